import { canonicalJson, sha256Hex } from '../../platform/canonical.ts'
import type { Block } from '../engine/block.ts'
import { cellsAtMost, domainOf } from '../engine/domain.ts'
import type { InnerAggregate, InnerMeasure, InnerQuery } from '../engine/inner.ts'
import { requireFixpoint } from '../engine/parse.ts'
import { planSql, type Plan } from '../engine/plan.ts'
import type { Preset } from '../engine/preset.ts'
import { refuse } from '../engine/refusal.ts'
import type { Cell } from '../engine/result.ts'
import type { UnitType, VaultTable } from '../engine/roles.ts'
import type { BoundFigure, Bounding, Contribution, WholeBounds } from './bounding.ts'
import { requireRanks } from './ranks.ts'
import { registeredCells } from './cells.ts'
import { unitsOf } from './units.ts'

/** What holds for every question of a room: bounds per unit, fewest units of a cell that is not registered, δ of a threshold. */
export type PrivateTerms = {
  readonly contribution: Contribution
  readonly k: number
  /** In 10⁻¹⁵, booked for each question that needs a threshold. */
  readonly thresholdDelta: bigint
  /** Keys the order in which contributions are kept. */
  readonly salt: string
}

/**
 * A block with its bounded figures. `keys`: one name per figure, the same whenever the same thing is asked of the same
 * snapshot. `cells`: registered cells, null where a threshold decides. `of`: figures behind each of the block's aggregates.
 */
export type PrivateBlock = {
  readonly block: Block
  readonly bounding: Bounding
  readonly keys: readonly string[]
  readonly cells: readonly (readonly Cell[])[] | null
  readonly threshold: number | null
  readonly of: readonly (readonly number[])[]
  /** Decimal digits of each aggregate's measure. */
  readonly decimals: readonly number[]
  readonly unitTypes: readonly { readonly table: string; readonly unitType: UnitType }[]
}

/** A question planned for the private mode; no data were looked at. `figures`: how many noisy figures share its ρ. */
export type PrivatePlan = {
  readonly plan: Plan
  readonly blocks: readonly PrivateBlock[]
  readonly figures: number
  readonly tables: readonly string[]
}

type Setting = {
  readonly tables: readonly VaultTable[]
  readonly preset: Preset
  readonly terms: PrivateTerms
}

/** Plans a question with the same grammar as the standard mode and bounds what each unit can weigh. Refuses with a typed problem. */
export async function planPrivately(sql: string, setting: Setting): Promise<PrivatePlan> {
  const plan = await planSql(sql, setting.tables, setting.preset)
  if (!plan.plain) await requireFixpoint(plan.outer)
  const blocks = plan.blocks.map((block) => privateBlock(block, setting))
  const tables = plan.blocks.flatMap((b) => [b.query.table, ...(b.query.join ? [b.query.join.table] : [])])
  const figures = new Set(blocks.flatMap((b) => b.keys)).size
  return { plan, blocks, figures, tables: [...new Set(tables)] }
}

function privateBlock(block: Block, setting: Setting): PrivateBlock {
  const { query } = block
  const units = unitsOf(query, setting.tables)
  const figures: BoundFigure[] = []
  const place = (figure: BoundFigure) => {
    const text = JSON.stringify(figure)
    const known = figures.findIndex((f) => JSON.stringify(f) === text)
    return known < 0 ? figures.push(figure) - 1 : known
  }
  const of = query.aggregates.map((a) => figuresOf(a, units.way === 'single').map(place))
  const registered = block.dimensions.map((d) => domainOf(d) !== null)
  const open = cellsAtMost(block.dimensions) === null
  const threshold = open ? place(thresholdOf(units)) : null
  const bounding: Bounding = {
    way: units.way,
    unit: units.unit,
    shared: units.shared,
    countsShared: units.countsShared,
    contribution: narrowed(setting.terms.contribution, units.way, cellsAtMost(block.dimensions)),
    salt: setting.terms.salt,
    figures,
    bounds: figures.map((f) => ('measure' in f ? boundsOf(f, setting.tables) : null)),
    registered,
  }
  requireRanks(bounding)
  const cells = open ? null : registeredCells(block.dimensions, query.conditions)
  const keys = figures.map((_, i) => keyOf(query, bounding, i, setting.tables))
  const decimals = query.aggregates.map((a) => decimalsOf(a, setting.tables))
  return { block, bounding, keys, cells, threshold, of, decimals, unitTypes: units.types }
}

function thresholdOf(units: { way: Bounding['way']; countsShared: boolean }): BoundFigure {
  if (units.way === 'single') return { kind: 'rows' }
  return { kind: units.way === 'groups' || units.countsShared ? 'units' : 'threshold' }
}

/** Where the question has fewer cells than a unit may touch, it cannot touch more. */
function narrowed(by: Contribution, way: Bounding['way'], cells: number | null): Contribution {
  if (way === 'single') return { groups: 1, rows: 1 }
  return way === 'groups' ? { ...by, groups: Math.min(by.groups, Math.max(1, cells ?? by.groups)) } : by
}

function figuresOf(aggregate: InnerAggregate, single: boolean): BoundFigure[] {
  const { kind } = aggregate
  if (kind === 'rows' || (kind === 'units' && single)) return [{ kind: 'rows' }]
  if (kind === 'units') return [{ kind }]
  if (kind === 'values' || kind === 'sum') return [{ kind, measure: plain(aggregate.measure) }]
  if (kind === 'quantile') return quantileOf(aggregate)
  if (kind !== 'mean' && kind !== 'spread') refuse('privacy-figure', { construct: kind })
  const measure = plain(aggregate.measure)
  const mean: BoundFigure[] = [
    { kind: 'values', measure },
    { kind: 'shifted', measure },
  ]
  return kind === 'mean' ? mean : [...mean, { kind: 'squares', measure }]
}

/** How many values there are, and the class at the rank: without the number nobody could tell whether the class means anything. */
function quantileOf({ on, at, bins }: Extract<InnerAggregate, { kind: 'quantile' }>): BoundFigure[] {
  const measure = plain({ ...on, positive: true })
  return [
    { kind: 'values', measure },
    { kind: 'rank', measure, at, bins },
  ]
}

function plain(measure: InnerMeasure): InnerMeasure {
  return { table: measure.table, column: measure.column, positive: measure.positive }
}

function boundsOf(
  figure: BoundFigure & { measure: InnerMeasure },
  tables: readonly VaultTable[],
): WholeBounds {
  const { table, column: name } = figure.measure
  const column = tables.find((t) => t.spec.name === table)?.spec.columns.find((c) => c.name === name)
  if (column?.role !== 'measure') refuse('not-a-measure', { column: name, table })
  const scale = 10 ** column.decimals
  const [lower, upper] = [Math.round(column.lower * scale), Math.round(column.upper * scale)]
  const known = Number.isSafeInteger(lower) && Number.isSafeInteger(upper) && lower <= upper
  return known ? { lower, upper } : refuse('privacy-figure', { column: name, table })
}

function decimalsOf(aggregate: InnerAggregate, tables: readonly VaultTable[]): number {
  const of = 'measure' in aggregate ? aggregate.measure : 'on' in aggregate ? aggregate.on : null
  if (!of) return 0
  const { table, column: name } = of
  const column = tables.find((t) => t.spec.name === table)?.spec.columns.find((c) => c.name === name)
  return column?.role === 'measure' ? column.decimals : 0
}

/** What a stored figure is found by: everything but the names given to columns and the order of conditions. */
function keyOf(query: InnerQuery, by: Bounding, index: number, tables: readonly VaultTable[]): string {
  const of = [query.table, ...(query.join ? [query.join.table] : [])]
  const snapshots = of.map((name) => tables.find((t) => t.spec.name === name)?.snapshot ?? 0)
  const { figures, bounds, registered: _registered, ...bounding } = by
  const text = canonicalJson(
    JSON.parse(
      JSON.stringify({
        from: [of, query.join, snapshots],
        where: query.conditions.map((c) => JSON.stringify(c)).sort(),
        by: query.dimensions.map((d) => JSON.stringify(d)).sort(),
        unit: query.unitType,
        bounding,
        figure: figures[index],
        bounds: bounds[index],
      }),
    ),
  )
  return sha256Hex(text)
}
