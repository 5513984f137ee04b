import type { ClauseKey } from '../model.ts'

/** A value of the terms that can be changed after the first draft. */
export type ValueField =
  'purpose' | 'legalBasis' | 'protectionLevel' | 'validFrom' | 'validUntil' | 'deletion' | 'benefit'

/** Which values each clause holds. */
export const valueFields: Readonly<Record<ClauseKey, readonly ValueField[]>> = {
  parties: [],
  purpose: ['purpose'],
  'legal-basis': ['legalBasis'],
  term: ['validFrom', 'validUntil', 'deletion'],
  output: ['protectionLevel'],
  data: [],
  benefit: ['benefit'],
  prohibitions: [],
  publication: [],
  oversight: [],
  change: [],
}
