import { licenceOf } from '../dcat/licences.ts'
import type { DatasetRecord } from '../model.ts'
import { licenceOfRecord, textIn } from '../model.ts'
import type { AnsweredBy, Fix } from './score.ts'

type Asked = { readonly record: DatasetRecord; readonly answered: AnsweredBy }

/** One thing a service should say: its weight, where it applies, when it is met. */
type Point = {
  readonly id: string
  readonly weight: number
  readonly applies?: (asked: Asked) => boolean
  readonly has: (asked: Asked) => boolean
}

const said = (text: Record<string, string>) => textIn(text, 'de').trim() !== ''

/** What makes a service findable and usable: what DCAT-AP.de 3.0 asks of `dcat:DataService`; nothing only files can have. */
const points: readonly Point[] = [
  {
    id: 'inventory-description',
    weight: 15,
    has: ({ record }) => textIn(record.description, 'de').trim().length >= 100,
  },
  { id: 'keyword', weight: 10, has: ({ record }) => record.keywords.length > 0 },
  { id: 'category', weight: 10, has: ({ record }) => record.themes.length > 0 },
  { id: 'spatial', weight: 5, has: ({ record }) => record.places.length > 0 || record.ags !== null },
  {
    id: 'service-description',
    weight: 15,
    has: ({ record }) => (record.service?.descriptions.length ?? 0) > 0,
  },
  {
    id: 'access-url-answers',
    weight: 10,
    // An address nobody asked yet counts neither way.
    applies: (asked) => states(asked).length > 0,
    has: (asked) => states(asked).includes('ok'),
  },
  { id: 'licence', weight: 10, has: ({ record }) => licenceOfRecord(record) !== null },
  {
    id: 'licence-listed',
    weight: 5,
    has: ({ record }) => licenceOf(licenceOfRecord(record) ?? '') !== null,
  },
  { id: 'access-right', weight: 5, has: ({ record }) => !record.access.assumed },
  { id: 'contact', weight: 10, has: ({ record }) => record.contacts.length > 0 },
  { id: 'publisher', weight: 5, has: ({ record }) => record.publisher !== null },
  {
    id: 'inventory-reason',
    weight: 10,
    applies: ({ record }) => record.access.type !== 'open',
    has: ({ record: { access } }) => access.reasons.length + access.grounds.length > 0 || said(access.note),
  },
]

function states({ record, answered }: Asked): ('ok' | 'broken')[] {
  const addresses = [
    ...record.distributions.map((each) => each.accessUrl ?? ''),
    ...(record.service?.descriptions ?? []),
  ]
  const found = addresses.map((url) => answered.get(url) ?? 'unknown')
  return found.filter((each) => each !== 'unknown')
}

/**
 * How well a service is described, 0 to 100. The European measure knows datasets and their distributions only, so it gives
 * services no points; here only what a service can have counts, and what does not apply to one is left out of the sum.
 */
export function scoreService(
  record: DatasetRecord,
  answered: AnsweredBy = new Map(),
): { total: number; fixes: readonly Fix[] } {
  const asked = { record, answered }
  const applying = points.filter(({ applies }) => !applies || applies(asked))
  const most = applying.reduce((sum, each) => sum + each.weight, 0)
  const lacking = applying.filter(({ has }) => !has(asked))
  const lost = lacking.reduce((sum, each) => sum + each.weight, 0)
  const fixes = lacking.map(({ id, weight }) => ({ id, gain: Math.round((100 * weight) / most) }))
  return {
    total: Math.round((100 * (most - lost)) / most),
    fixes: fixes.toSorted((a, b) => b.gain - a.gain),
  }
}
