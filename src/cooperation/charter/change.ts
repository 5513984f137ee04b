import type { Agreement, ClauseText, Overrides, Terms } from '../model.ts'
import { problems } from '../problems.ts'
import type { ChangeClause } from '../schema.ts'
import { charterOf } from './clauses.ts'
import { lostPlaceholders, wordingOf } from './text.ts'

/**
 * The values and wordings after a change of one clause. A wording equal to the charter's is no deviation. A translation
 * that was not renewed with its German text is dropped. Refuses lost placeholders, a bad term, and a change of nothing.
 */
export function applyChange(
  agreement: Agreement,
  change: ChangeClause,
): { terms: Terms; overrides: Overrides } {
  const terms = withValues(agreement.terms, change.values ?? {})
  if (terms.validUntil < terms.validFrom) throw problems.badTerm()
  const overrides = changeWording(agreement, change)
  if (same(terms, agreement.terms) && same(overrides, agreement.overrides))
    throw problems.nothingChanged({ id: agreement.id })
  return { terms, overrides }
}

function changeWording(agreement: Agreement, change: ChangeClause): Overrides {
  const before = wordingOf(agreement.charter, agreement.overrides, change.clause)
  const after: ClauseText = {
    plain: changeSide(before.plain, change.plain, change.plainEn),
    legal: changeSide(before.legal, change.legal, change.legalEn),
  }
  for (const text of [after.legal.de, after.legal.en]) {
    const lost = text ? lostPlaceholders(agreement.charter, change.clause, text) : []
    if (lost.length > 0) throw problems.placeholderLost({ names: lost.map((name) => `{${name}}`).join(', ') })
  }
  const standard = charterOf(agreement.charter).clauses.find((one) => one.key === change.clause)
  const { [change.clause]: _old, ...others } = agreement.overrides
  return standard && same(after, standard.text) ? others : { ...others, [change.clause]: after }
}

function changeSide(
  before: { de: string; en: string },
  newDe: string | undefined,
  newEn: string | undefined,
) {
  const de = tidy(newDe) || before.de
  const given = tidy(newEn)
  if (given !== undefined && given !== before.en) return { de, en: given }
  return { de, en: de === before.de ? before.en : '' }
}

// Browsers send line ends as CRLF; they are no change.
function tidy(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim()
}

function withValues(terms: Terms, values: NonNullable<ChangeClause['values']>): Terms {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  return { ...terms, ...(given as Partial<Terms>) }
}

// JSONB gives keys back in an order of its own.
function same(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b)
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}
