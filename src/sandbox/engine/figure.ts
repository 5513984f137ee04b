import type { RawCell, RawMeasure } from './cells.ts'
import type { InnerAggregate } from './inner.ts'
import { cellKey, ledgerKey, normal, uniform, type UnitSet } from './keys.ts'
import {
  isDominated,
  noisyTotal,
  roundMean,
  roundTotal,
  type Contributions,
  type NoisyTotal,
} from './magnitude.ts'
import { lookUp, perturbationTable, type PerturbationTable } from './ptable.ts'
import type { Preset } from './preset.ts'
import type { NoiseClass } from './result.ts'

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

/** The noisy threshold: never below k, and never known exactly from outside. */
export function reachesThreshold(set: UnitSet, by: Protection): boolean {
  const { k, thresholdSd: sd } = by.preset
  if (set.n < BigInt(k)) return false
  const draw = normal(cellKey(by.secret, `threshold|${by.unitType}`, set))
  return Number(set.n) >= Math.max(k, k + 2 * sd * Math.SQRT2 + sd * draw)
}

/** One figure of a cell whose units have passed all checks; null where the figure itself must stay protected. */
export function protectFigure(
  cell: RawCell,
  aggregate: InnerAggregate,
  context: {
    by: Protection
    measure: RawMeasure | undefined
    decimals: number
    name: string
    onePerUnit: boolean
  },
): Figure | null {
  const { by, measure, onePerUnit } = context
  if (aggregate.kind === 'units' || (aggregate.kind === 'rows' && onePerUnit))
    return countFigure(cell.units, by)
  if (aggregate.kind === 'rows') return rowsFigure(cell, by)
  if (!measure || !reachesThreshold(measure.having, by)) return null
  if (aggregate.kind === 'values')
    return onePerUnit && !isFew(cell.units.n - measure.having.n, by) ? countFigure(measure.having, by) : null
  const of: Contributions = {
    set: measure.nonZero,
    sum: measure.sum,
    absolute: measure.absolute,
    top: measure.top,
  }
  if (!reachesThreshold(measure.nonZero, by) || isDominated(of, by.preset) || showsFewZeros(measure, by))
    return null
  const sum = noisyTotal(`${by.unitType}|${context.name}`, of, by)
  return aggregate.kind === 'sum'
    ? sumFigure(sum, measure, context)
    : meanFigure(sum, measure, { ...context, cell })
}

/** Some, but too few to be shown: what is left when one count is taken from another. */
function isFew(n: bigint, by: Protection): boolean {
  return n > 0n && n < BigInt(by.preset.sibling)
}

/** A total of equal contributions counts the units that have one; then those without must not be few. */
function showsFewZeros(measure: RawMeasure, by: Protection): boolean {
  const largest = measure.top[0] ?? 0n
  const equal = (largest < 0n ? -largest : largest) * measure.nonZero.n === measure.absolute
  return equal && isFew(measure.having.n - measure.nonZero.n, by)
}

function countFigure(set: UnitSet, by: Protection): Figure {
  const value = roundTo(noisyCount(set, by), by.preset.rounding)
  return {
    value,
    noise: classOf(countSd(by), value),
    keys: [ledgerKey(by.secret, `count|${by.unitType}`, set)],
  }
}

/** The perturbed count before rounding: the Cell Key Method. */
function noisyCount(set: UnitSet, by: Protection): number {
  const n = Number(set.n)
  if (!by.counts) return n
  return Math.max(0, n + lookUp(by.counts, n, uniform(cellKey(by.secret, `count|${by.unitType}`, set))))
}

/** Standard deviation of a shown count; without noise that of rounding. */
function countSd(by: Protection): number {
  return by.counts ? Math.sqrt(by.counts.parameters.V) : by.preset.rounding / Math.sqrt(12)
}

/** COUNT(*) where units have several rows: a total of rows per unit. */
function rowsFigure(cell: RawCell, by: Protection): Figure | null {
  const of: Contributions = { set: cell.units, sum: cell.rows, absolute: cell.rows, top: cell.topRows }
  if (isDominated(of, by.preset)) return null
  const noisy = noisyTotal(`rows|${by.unitType}`, of, by)
  const value = roundTo(Math.max(0, Number(roundTotal(noisy))), by.preset.rounding)
  return {
    value,
    noise: classOf(noisy.sd, value),
    keys: [ledgerKey(by.secret, `rows|${by.unitType}`, cell.units)],
  }
}

function sumFigure(
  sum: NoisyTotal,
  measure: RawMeasure,
  context: { by: Protection; decimals: number; name: string },
): Figure {
  const { by } = context
  const scale = 10 ** context.decimals
  const value = Number((Number(roundTotal(sum)) / scale).toFixed(context.decimals))
  return {
    value,
    noise: classOf(sum.sd / scale, value),
    keys: [ledgerKey(by.secret, `sum|${by.unitType}|${context.name}`, measure.nonZero)],
  }
}

/** Mean = perturbed sum / perturbed count, so that neither can be had exactly from the two. */
function meanFigure(
  sum: NoisyTotal,
  measure: RawMeasure,
  context: { by: Protection; decimals: number; name: string; onePerUnit: boolean; cell: RawCell },
): Figure | null {
  const { by } = context
  const perUnit = Number(measure.values) / Number(measure.having.n)
  const count = noisyCount(measure.having, by) * (context.onePerUnit ? 1 : perUnit)
  if (count <= 0) return null
  const scale = 10 ** context.decimals
  const mean = Number(sum.value) / scale / count
  const sd = Math.hypot(sum.sd / scale, mean * countSd(by)) / count
  const value = roundMean(mean, sd, context.decimals)
  const keys = [
    ledgerKey(by.secret, `sum|${by.unitType}|${context.name}`, measure.nonZero),
    ledgerKey(by.secret, `count|${by.unitType}`, measure.having),
  ]
  return { value, noise: classOf(sd, value), keys }
}

function roundTo(value: number, base: number): number {
  return Math.round(value / base) * base
}

function classOf(sd: number, value: number): NoiseClass {
  const share = (2 * sd) / Math.max(Math.abs(value), 1e-9)
  return share <= 0.02 ? 'fine' : share <= 0.1 ? 'usable' : 'rough'
}
