import type { DimensionValue } from './roles.ts'

/** A column of one of the tables of an inner block. */
export type InnerColumn = { readonly table: string; readonly column: string }

/** A condition on one dimension; conditions of a block are joined by AND. Ranges include both ends, null is open. */
export type InnerCondition = { readonly on: InnerColumn } & (
  | { readonly kind: 'in'; readonly values: readonly Exclude<DimensionValue, null>[] }
  | { readonly kind: 'range'; readonly from: number | string | null; readonly to: number | string | null }
)

/** A figure per cell. `rows`: COUNT(*); `units`: COUNT(DISTINCT unit); `values`: COUNT(measure). */
export type InnerAggregate = { readonly as: string } & (
  | { readonly kind: 'rows' }
  | { readonly kind: 'units' }
  | { readonly kind: 'values' | 'sum' | 'mean'; readonly measure: InnerColumn }
)

/**
 * One closed question to the protected tables, in no engine's dialect. `unitTypes` are those of the
 * unit table; with `onePerUnit` the cells need no grouping by unit first.
 */
export type InnerQuery = {
  readonly table: string
  readonly join?: {
    readonly table: string
    readonly key: string
    readonly left: string
    readonly right: string
  }
  readonly dimensions: readonly (InnerColumn & { readonly as: string })[]
  readonly conditions: readonly InnerCondition[]
  readonly aggregates: readonly InnerAggregate[]
  readonly unitType: string
  readonly otherUnits: readonly string[]
  readonly onePerUnit: boolean
}

/** The same block always has the same text, whatever the analyst wrote: the base of plan hashes and partitions. */
export function canonicalInner(query: InnerQuery): string {
  const column = (c: InnerColumn) => `${c.table}.${c.column}`
  return JSON.stringify({
    from: [query.table, query.join ? [query.join.table, query.join.left, query.join.right] : null],
    where: query.conditions
      .map((c) => [column(c.on), c.kind === 'in' ? [...c.values].map(String).sort() : [c.from, c.to]])
      .map((c) => JSON.stringify(c))
      .sort(),
    by: query.dimensions.map(column).sort(),
    figures: query.aggregates.map((a) => ('measure' in a ? [a.kind, column(a.measure)] : [a.kind])),
    unit: query.unitType,
  })
}
