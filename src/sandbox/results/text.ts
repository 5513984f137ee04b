import type { View } from '../../platform/view.ts'
import type { Cell, FigureOf, ProtectedResult, ResultColumn } from '../engine/result.ts'
import { messages } from './messages.ts'

/**
 * What a column is called for people: a figure after what it says, unless the analyst gave it a name of her own; everything
 * else with a capital, without underscores, units of measure in brackets.
 */
export function columnLabel(view: View, column: ResultColumn): string {
  const said = column.of && isMade(column.name, column.of) ? figureLabel(view, column.of) : undefined
  if (said) return said
  const name = asWord(column.label ?? column.name)
  return column.unit ? `${name} (${column.unit})` : name
}

function asWord(name: string): string {
  const plain = name.replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

/** Names that the form and the engine give figures: not an analyst’s own words. */
const made =
  /^(?:anzahl|personen|haushalte|firmen|standorte|rows|count|(?:count|sum|avg|mean|median|quantile|quantile_cont|stddev|stddev_samp|stddev_pop|variance|var_samp|var_pop|summe|mittel|streuung|verschiedene|korrelation|corr|covar_samp|covar_pop|regr_slope|regr_intercept|regr_r2)_(.+))$/

function isMade(name: string, of: FigureOf): boolean {
  if (name === of.column) return true
  const found = made.exec(name)
  return (
    found !== null && (!found[1] || !of.column || found[1].startsWith(of.column) || of.figure === 'units')
  )
}

/** „Stunden (Median, h)“, „Personen“: what a figure says, in the reader's language. */
function figureLabel(view: View, of: FigureOf): string {
  const t = messages[view.locale]
  if (!of.column) return of.unitType ? t.units[of.unitType] : t.figures.rows
  const name = asWord(of.label ?? of.column)
  const word =
    of.figure === 'quantile' && of.at !== 0.5
      ? t.quantile({ share: view.percent(of.at ?? 0) })
      : t.figures[of.figure]
  const both = of.with ? t.and({ a: name, b: asWord(of.with) }) : name
  const unit = of.unit && !both.toLowerCase().includes(of.unit.toLowerCase()) ? of.unit : ''
  return `${both} (${[word, unit].filter(Boolean).join(', ')})`
}

/** „Kinder nach Stadtteil“: what a result shows, in the reader's language. */
export function resultTitle(view: View, columns: readonly ResultColumn[]): string {
  const t = messages[view.locale]
  const named = (of: readonly ResultColumn[]) => of.map((column) => columnLabel(view, column))
  const figures = named(columns.filter((c) => c.kind !== 'dimension'))
  const dimensions = named(columns.filter((c) => c.kind === 'dimension'))
  const measures = figures.length ? view.list(figures) : t.rows
  return dimensions.length ? t.by({ measures, dimensions: view.list(dimensions) }) : t.total({ measures })
}

/** One value of a dimension as people read it: bands as „0–4“, yes and no as words. */
export function dimensionText(view: View, column: ResultColumn, value: Cell): string {
  const t = messages[view.locale]
  if (value === null) return t.missing
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'number' && column.band) {
    return `${view.number(value)}–${view.number(Number.isInteger(column.band) ? value + column.band - 1 : value + column.band)}`
  }
  if (typeof value === 'number') return String(value)
  return value
}

/** How a derived column is read: as it is, or as a share given from 0 to 1 or to 100. */
export type Share = 'fraction' | 'percent' | undefined

/** A figure as people read it, in their language; shares as per cent. */
export function figureText(view: View, column: ResultColumn, value: Cell, share?: Share): string {
  if (typeof value !== 'number') return String(value)
  if (share) return view.percent(share === 'fraction' ? value : value / 100)
  return view.number(value, column.kind === 'count' ? 0 : 2)
}

/** The range that holds the true figure in 95 of 100 cases, to two digits: „± 14“. Only where its noise is public. */
export function rangeText(view: View, sd: number): string {
  const half = Number((1.959964 * sd).toPrecision(2))
  const digits = Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(Math.max(half, 1e-9)))))
  return `± ${view.number(half, digits)}`
}

/** Figures of a derived column that are read as shares: all between 0 and 1, or up to 100 under a name that says so. */
export function shareOf(result: ProtectedResult, index: number): Share {
  const column = result.columns[index]
  if (column?.kind !== 'derived' || (column.unit && column.unit !== '%')) return undefined
  const values = result.rows.map((row) => row[index]).filter((v) => typeof v === 'number')
  const within = (top: number) => values.length > 0 && values.every((v) => v >= 0 && v <= top)
  if (within(1) && values.some((v) => !Number.isInteger(v))) return 'fraction'
  const isNamed = /anteil|prozent|quote|share|percent/i.test(`${column.name} ${column.label ?? ''}`)
  return isNamed && within(100) ? 'percent' : undefined
}
