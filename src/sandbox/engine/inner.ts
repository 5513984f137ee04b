import type { Bounding } from '../dp/bounding.ts'
import type { DimensionValue, UnitType } from './roles.ts'

/** A column of one of the tables of an inner block; with `bin` the number of the bin that a measure's value lies in. */
export type InnerColumn = { readonly table: string; readonly column: string; readonly bin?: Bins }

/** A condition on one dimension; conditions of a block are joined by AND. Ranges include both ends, null is open. */
export type InnerCondition = { readonly on: InnerColumn } & (
  | { readonly kind: 'in'; readonly values: readonly Exclude<DimensionValue, null>[] }
  | { readonly kind: 'range'; readonly from: number | string | null; readonly to: number | string | null }
)

/**
 * A measure, or what is computed from one per row, in the vault's whole numbers: `column - shift`, multiplied by
 * `times` where given, only in rows where `beside` has a value too. `positive`: it cannot be below zero, which makes
 * large contributions cheap to find.
 */
export type InnerMeasure = InnerColumn & {
  readonly positive: boolean
  readonly shift?: number
  readonly times?: InnerColumn & { readonly shift: number }
  readonly beside?: InnerColumn
}

/** Figures that come from sums of a measure and of its squares. */
export type SpreadKind = 'var_samp' | 'var_pop' | 'stddev_samp' | 'stddev_pop'
/** Figures that come from sums of two measures (y first, as in SQL), their squares and their product. */
export type RelationKind = 'corr' | 'covar_samp' | 'covar_pop' | 'regr_slope' | 'regr_intercept' | 'regr_r2'

/**
 * A figure per cell. `rows`: COUNT(*); `units`: COUNT(DISTINCT unit); `values`: COUNT(measure). `quantile` and `others`
 * (COUNT(DISTINCT dimension)) have no raw columns of their own: they are made from a finer block (see `sides.ts`).
 */
export type InnerAggregate =
  | { readonly kind: 'rows' }
  | { readonly kind: 'units' }
  | { readonly kind: 'values'; readonly measure: InnerMeasure }
  | { readonly kind: 'sum'; readonly measure: InnerMeasure }
  | { readonly kind: 'mean'; readonly measure: InnerMeasure }
  | {
      readonly kind: 'spread'
      readonly of: SpreadKind
      readonly measure: InnerMeasure
      readonly square: InnerMeasure
    }
  | {
      readonly kind: 'relation'
      readonly of: RelationKind
      readonly y: InnerMeasure
      readonly x: InnerMeasure
      readonly yy: InnerMeasure
      readonly xx: InnerMeasure
      readonly xy: InnerMeasure
    }
  | { readonly kind: 'quantile'; readonly at: number; readonly on: InnerColumn; readonly bins: Bins }
  | { readonly kind: 'others'; readonly on: InnerColumn }

/** Registered bins of a measure, in the vault's whole numbers. */
export type Bins = { readonly origin: number; readonly width: number }

/** The measures a figure is made of. */
export function measuresIn(aggregate: InnerAggregate): readonly InnerMeasure[] {
  if (aggregate.kind === 'spread') return [aggregate.measure, aggregate.square]
  if (aggregate.kind === 'relation')
    return [aggregate.y, aggregate.x, aggregate.yy, aggregate.xx, aggregate.xy]
  return 'measure' in aggregate ? [aggregate.measure] : []
}

/** A measure's name in keys of noise: equal for equal values whatever figure asks for them. */
export function measureName(measure: InnerMeasure): string {
  const shifted = (c: InnerColumn, shift = 0) => `${c.table}.${c.column}${shift === 0 ? '' : `-${shift}`}`
  const times = measure.times ? `*${shifted(measure.times, measure.times.shift)}` : ''
  const beside = measure.beside ? `&${shifted(measure.beside)}` : ''
  return `${shifted(measure, measure.shift)}${times}${beside}`
}

/** The second table of a block: at most one row per key. `inner` counts as a condition: who has no partner is left out. */
export type InnerJoin = {
  readonly table: string
  readonly kind: 'inner' | 'left'
  readonly left: string
  readonly right: string
}

/**
 * One closed question to the protected tables, in no engine's dialect. Figures count units of `unitType`; cells must
 * also have enough units of the `otherUnits`. With `onePerUnit` the cells need no grouping by unit first.
 */
export type InnerQuery = {
  readonly table: string
  readonly join: InnerJoin | null
  readonly dimensions: readonly InnerColumn[]
  readonly conditions: readonly InnerCondition[]
  readonly aggregates: readonly InnerAggregate[]
  readonly unitType: UnitType
  readonly otherUnits: readonly { readonly table: string; readonly unitType: UnitType }[]
  readonly onePerUnit: boolean
  /** Left out, everything is counted out. Says nothing about the question, only how it may be answered sooner. */
  readonly screen?: Screen
  /** Differential privacy: the vault bounds what each unit can weigh and gives the sums of `dp/print.ts` instead. */
  readonly bound?: Bounding
}

/**
 * What need not be counted out: a condition's effect from `effect` units on, units of other types from `others` on.
 * `rows` of the table with the units tell whether it is worth while to prove this on a part of them first. `p` and `dominance`:
 * the rules by which no unit of another type may have too much of a total.
 */
export type Screen = {
  readonly rows: number
  readonly effect: number
  readonly others: number
  readonly p?: number
  readonly dominance?: { readonly n: number; readonly share: number } | null
}

/** The same block always has the same text, whatever the analyst wrote: the base of plan hashes and partitions. */
export function canonicalInner(query: InnerQuery): string {
  const column = (c: InnerColumn) => `${c.table}.${c.column}`
  return JSON.stringify({
    from: [
      query.table,
      query.join ? [query.join.table, query.join.kind, query.join.left, query.join.right] : null,
    ],
    where: query.conditions
      .map((c) => [column(c.on), c.kind === 'in' ? [...c.values].map(String).sort() : [c.from, c.to]])
      .map((c) => JSON.stringify(c))
      .sort(),
    by: query.dimensions
      .map((d) => (d.bin ? `${column(d)}/${d.bin.origin}/${d.bin.width}` : column(d)))
      .sort(),
    figures: query.aggregates.map(figureText),
    unit: query.unitType,
  })
}

function figureText(aggregate: InnerAggregate): readonly unknown[] {
  const details = Object.entries(aggregate).filter(([key]) => key === 'of' || key === 'at' || key === 'bins')
  const columns = 'on' in aggregate ? [`${aggregate.on.table}.${aggregate.on.column}`] : []
  return [aggregate.kind, ...measuresIn(aggregate).map(measureName), ...columns, ...details.map(([, v]) => v)]
}
