import type { Bounding } from '../dp/bounding.ts'
import type { DimensionValue, UnitType } from './roles.ts'

/** A column of one of the tables of an inner block. */
export type InnerColumn = { readonly table: string; readonly column: string }

/** A condition on one dimension; conditions of a block are joined by AND. Ranges include both ends, null is open. */
export type InnerCondition = { readonly on: InnerColumn } & (
  | { readonly kind: 'in'; readonly values: readonly Exclude<DimensionValue, null>[] }
  | { readonly kind: 'range'; readonly from: number | string | null; readonly to: number | string | null }
)

/** A measure; `positive`: its public lower bound is not below zero, which makes large contributions cheap to find. */
export type InnerMeasure = InnerColumn & { readonly positive: boolean }

/** A figure per cell. `rows`: COUNT(*); `units`: COUNT(DISTINCT unit); `values`: COUNT(measure). */
export type InnerAggregate =
  | { readonly kind: 'rows' | 'units' }
  | { readonly kind: 'values' | 'sum' | 'mean'; readonly measure: InnerMeasure }

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
  /** Differential privacy: the vault bounds what each unit can weigh and gives the sums of `dp/print.ts` instead. */
  readonly bound?: Bounding
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
    by: query.dimensions.map(column).sort(),
    figures: query.aggregates.map((a) => ('measure' in a ? [a.kind, column(a.measure)] : [a.kind])),
    unit: query.unitType,
  })
}
