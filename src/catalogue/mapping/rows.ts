import type { Locale } from '../../platform/i18n.ts'
import { holderLine } from '../entries/holder-line.ts'
import { words } from '../messages.ts'
import type { Fit, Level } from './fit.ts'
import { criteria } from './fit.ts'
import { messages } from './messages.ts'
import type { NeedLine } from './service.ts'

/** A cell of the data map: how well a criterion is met, and why, in words. */
export type MapCell = { readonly level: Level; readonly text: string }

/** An entry in the data map; `kind` in words, `beside` is what stands beside its title. */
export type MapEntry = {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly holder: string
  readonly beside: string
}

/** A row of the data map: a need and one entry taken for it; without an entry it is a gap. */
export type MapRow = {
  readonly need: string
  readonly entry: MapEntry | null
  /** What was done about a gap. */
  readonly gap: string
  readonly cells: readonly MapCell[]
}

/** The reason of a rating in words of a language. */
export function reasonIn(locale: Locale, fit: Fit): string {
  const grains: Readonly<Record<string, string>> = words[locale].grains
  const paces: Readonly<Record<string, string>> = words[locale].paces
  const value = fit.value ?? ''
  return messages[locale].fit[fit.reason](grains[value] ?? paces[value] ?? value)
}

/** The data map as rows, for tables and drawings outside the page. `gapOf` says what was done about a need without data. */
export function mapRows(
  locale: Locale,
  lines: readonly NeedLine[],
  gapOf: (line: NeedLine) => string,
): readonly MapRow[] {
  return lines.flatMap((line): MapRow[] => {
    const need = line.need.what
    if (line.accepted.length === 0) return [{ need, entry: null, gap: gapOf(line), cells: [] }]
    return line.accepted.map(({ entry, fits }) => ({
      need,
      entry: {
        id: entry.id,
        title: entry.title,
        kind: words[locale].kinds[entry.kind],
        holder: entry.holderName,
        beside: holderLine(locale, entry),
      },
      gap: '',
      cells: criteria.map((name) => ({ level: fits[name].level, text: reasonIn(locale, fits[name]) })),
    }))
  })
}
