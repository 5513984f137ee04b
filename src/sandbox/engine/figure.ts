import type { RawCell, RawMeasure } from './cells.ts'
import type { InnerAggregate, InnerColumn, InnerMeasure } from './inner.ts'
import { cellKey, cellUniform, largestNormal, ledgerKey, normal, purposeOf, type UnitSet } from './keys.ts'
import {
  isDominated,
  isSharedUnevenly,
  noisyTotal,
  roundMean,
  roundTotal,
  type Contributions,
  type NoisyTotal,
} from './magnitude.ts'
import { lookUp, perturbationTable, type PerturbationTable } from './ptable.ts'
import type { Preset } from './preset.ts'
import type { NoiseClass } from './result.ts'
import type { SideCells } from './sides.ts'

/** A protected figure: what is shown, how much noise matters, and what the ledger remembers. */
export type Figure = { readonly value: number; readonly noise: NoiseClass; readonly keys: readonly string[] }

/** Secrets and tables that turn raw figures into protected ones. */
export type Protection = {
  readonly secret: Uint8Array
  readonly preset: Preset
  /** Null: counts get no noise. */
  readonly counts: PerturbationTable | null
  readonly sums: PerturbationTable
  /** Figures of one unit type never share noise with those of another. */
  readonly unitType: string
}

/** Steps of the noise for totals: an eighth of a typical contribution. */
const sumStep = 8

/** Builds the perturbation tables of a preset once per question. */
export function protectionOf(secret: Uint8Array, preset: Preset, unitType: string): Protection {
  return {
    secret,
    preset,
    unitType,
    counts: preset.counts ? tableOf(preset.counts) : null,
    sums: totalTable(preset),
  }
}

function totalTable({ sums }: Preset): PerturbationTable {
  if (sums.method === 'flattened') return tableOf({ ...sums.table, step: sumStep, rows: [sums.table.D] })
  const equality = sums.table.rows.map((_, i) => i === 0)
  return tableOf({ ...sums.table, equality })
}

const built = new Map<string, PerturbationTable>()

function tableOf(parameters: Parameters<typeof perturbationTable>[0]): PerturbationTable {
  const key = JSON.stringify(parameters)
  const table = built.get(key) ?? perturbationTable(parameters)
  built.set(key, table)
  return table
}

/** So many units reach the noisy threshold whatever is drawn. */
export function surelyEnough({ preset }: Protection): number {
  return preset.k + preset.thresholdSd * (2 * Math.SQRT2 + largestNormal)
}

/** The noisy threshold: never below k, and never known exactly from outside. */
export function reachesThreshold(set: UnitSet, by: Protection): boolean {
  const { k, thresholdSd: sd } = by.preset
  const n = Number(set.n)
  if (n < k) return false
  if (n >= surelyEnough(by)) return true
  const draw = normal(cellKey(by.secret, purposeOf('threshold', by.unitType), set))
  return n >= Math.max(k, k + 2 * sd * Math.SQRT2 + sd * draw)
}

/** Raw figures of a measure with its decimals and its name. */
export type RawTotal = { readonly measure: RawMeasure; readonly decimals: number; readonly name: string }

/** What making a figure needs besides the cell: secrets, its measures as the vault gave them, cells of finer blocks. */
export type FigureContext = {
  readonly by: Protection
  readonly onePerUnit: boolean
  /** A measure's raw figures in this cell, its decimals and its name in keys of noise. */
  readonly raw: (of: InnerMeasure) => RawTotal | undefined
  readonly side: (name: string) => SideCells
  readonly decimals: (of: InnerColumn) => number
}

/** Figures that are not computed from others. */
export type PlainAggregate = Extract<InnerAggregate, { kind: 'rows' | 'units' | 'values' | 'sum' | 'mean' }>

/** A count, total or mean of a cell whose units have passed all checks; null where it must stay protected. */
export function plainFigure(cell: RawCell, aggregate: PlainAggregate, context: FigureContext): Figure | null {
  const { by, onePerUnit } = context
  if (aggregate.kind === 'units' || (aggregate.kind === 'rows' && onePerUnit))
    return countFigure(cell.units, by)
  if (aggregate.kind === 'rows') return rowsFigure(cell, by)
  if (aggregate.kind === 'values') return valuesFigure(cell, aggregate.measure, context)
  const total = protectTotal(aggregate.measure, context)
  if (!total) return null
  return aggregate.kind === 'sum' ? sumFigure(total) : meanFigure(total, context)
}

function valuesFigure(cell: RawCell, of: InnerMeasure, context: FigureContext): Figure | null {
  const { by, onePerUnit } = context
  const measure = context.raw(of)?.measure
  const having = measure?.having
  if (!having || !onePerUnit || !reachesThreshold(having, by) || isFewOthers(measure, by)) return null
  return isFew(Number(cell.units.n) - Number(having.n), by) ? null : countFigure(having, by)
}

/** A perturbed total with what it came from. `decimals`: it is in units of 10^-decimals. */
export type ProtectedTotal = {
  readonly noisy: NoisyTotal
  readonly measure: RawMeasure
  readonly decimals: number
  readonly key: string
}

/** The perturbed total of a measure; null under the threshold, where it is dominated or tells of few zeros. */
export function protectTotal(of: InnerMeasure, context: FigureContext): ProtectedTotal | null {
  const { by } = context
  const raw = context.raw(of)
  if (!raw || !reachesThreshold(raw.measure.having, by)) return null
  const { measure } = raw
  if (isFewOthers(measure, by) || measure.others.some((of) => isSharedUnevenly(of, by.preset))) return null
  const given: Contributions = {
    set: measure.nonZero,
    sum: measure.sum,
    absolute: measure.absolute,
    top: measure.top,
  }
  if (!reachesThreshold(measure.nonZero, by) || isDominated(given, by.preset) || showsFewZeros(measure, by))
    return null
  const purpose = purposeOf(by.unitType, raw.name)
  const key = ledgerKey(by.secret, purposeOf('sum', purpose), measure.nonZero)
  return { noisy: noisyTotal(purpose, given, by), measure, decimals: raw.decimals, key }
}

/** True if units of another type have the values, but too few of them. */
function isFewOthers({ others }: RawMeasure, by: Protection): boolean {
  return others.some(([units = 0]) => units > 0 && units < by.preset.k)
}

/** Some, but too few to be shown: what is left when one count is taken from another. */
function isFew(n: number, by: Protection): boolean {
  return n > 0 && n < by.preset.sibling
}

/** A total of equal contributions counts the units that have one; then those without must not be few. */
function showsFewZeros(measure: RawMeasure, by: Protection): boolean {
  const without = Number(measure.having.n) - Number(measure.nonZero.n)
  if (!isFew(without, by)) return false
  const largest = BigInt(measure.top[0] ?? 0)
  return (largest < 0n ? -largest : largest) * BigInt(measure.nonZero.n) === BigInt(measure.absolute)
}

/** A protected count of a set of units. */
function countFigure(set: UnitSet, by: Protection): Figure {
  const value = roundTo(noisyCount(set, by), by.preset.rounding)
  return {
    value,
    noise: classOf(countSd(by), value),
    keys: [ledgerKey(by.secret, purposeOf('count', by.unitType), set)],
  }
}

/** The perturbed count before rounding: the Cell Key Method. */
export function noisyCount(set: UnitSet, by: Protection): number {
  const n = Number(set.n)
  if (!by.counts) return n
  return Math.max(0, n + lookUp(by.counts, n, cellUniform(by.secret, purposeOf('count', by.unitType), set)))
}

/** Standard deviation of a shown count; without noise that of rounding. */
export function countSd(by: Protection): number {
  return by.counts ? Math.sqrt(by.counts.parameters.V) : by.preset.rounding / Math.sqrt(12)
}

/** COUNT(*) where units have several rows: a total of rows per unit. */
function rowsFigure(cell: RawCell, by: Protection): Figure | null {
  const of: Contributions = { set: cell.units, sum: cell.rows, absolute: cell.rows, top: cell.topRows }
  if (isDominated(of, by.preset)) return null
  const noisy = noisyTotal(purposeOf('rows', by.unitType), of, by)
  const value = roundTo(Math.max(0, Number(roundTotal(noisy))), by.preset.rounding)
  return {
    value,
    noise: classOf(noisy.sd, value),
    keys: [ledgerKey(by.secret, purposeOf('rows', by.unitType), cell.units)],
  }
}

function sumFigure({ noisy, decimals, key }: ProtectedTotal): Figure {
  const scale = 10 ** decimals
  const value = Number((Number(roundTotal(noisy)) / scale).toFixed(decimals))
  return { value, noise: classOf(noisy.sd / scale, value), keys: [key] }
}

/** The perturbed number of values behind a total: units, times rows per unit where they have several. */
export function noisyValues(measure: RawMeasure, context: Pick<FigureContext, 'by' | 'onePerUnit'>): number {
  const perUnit = context.onePerUnit ? 1 : Number(measure.values) / Number(measure.having.n)
  return noisyCount(measure.having, context.by) * perUnit
}

/** Mean = perturbed sum / perturbed count, so that neither can be had exactly from the two. */
function meanFigure(total: ProtectedTotal, context: FigureContext): Figure | null {
  const { by } = context
  const count = noisyValues(total.measure, context)
  if (count <= 0) return null
  const scale = 10 ** total.decimals
  const mean = Number(total.noisy.value) / scale / count
  const sd = Math.hypot(total.noisy.sd / scale, mean * countSd(by)) / count
  const value = roundMean(mean, sd, total.decimals)
  const keys = [total.key, ledgerKey(by.secret, purposeOf('count', by.unitType), total.measure.having)]
  return { value, noise: classOf(sd, value), keys }
}

/** The nearest multiple of a base; halves go up. */
export function roundTo(value: number, base: number): number {
  return Math.round(value / base) * base
}

/** How much noise of this deviation matters for a figure. */
export function classOf(sd: number, value: number): NoiseClass {
  const share = (2 * sd) / Math.max(Math.abs(value), 1e-9)
  return share <= 0.02 ? 'fine' : share <= 0.1 ? 'usable' : 'rough'
}
