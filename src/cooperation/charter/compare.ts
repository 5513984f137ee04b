import type { Agreement, AgreementVersion } from '../model.ts'
import { readClauses, type ReadableClause } from './text.ts'

/** Two readings of an agreement side by side; `before` is undefined where there is no difference to show. */
export type Comparison = {
  clauses: ReadableClause[]
  before: ReadableClause[] | undefined
  from: AgreementVersion | undefined
}

/**
 * The current text beside an earlier version, or beside the charter's wording with the same values (`from: 'charter'`).
 * An unknown version compares with the charter.
 */
export function compareTexts(
  agreement: Agreement,
  versions: readonly AgreementVersion[],
  from: string,
  lang: 'de' | 'en',
): Comparison {
  const clauses = readClauses(agreement, lang)
  const version = versions.find((one) => String(one.version) === from && one.version !== agreement.version)
  const before = readClauses(version ?? { ...agreement, overrides: {} }, lang)
  const differs = clauses.some(
    (clause, index) => clause.plain !== before[index]?.plain || clause.legal !== before[index]?.legal,
  )
  return { clauses, before: differs ? before : undefined, from: version }
}
