import { setImmediate } from 'node:timers/promises'
import { rawRows, type RawColumns, type RawRows } from '../engine/cells.ts'
import type { Bins, InnerQuery } from '../engine/inner.ts'
import { refuse } from '../engine/refusal.ts'
import type { Cell } from '../engine/result.ts'
import type { Vault } from '../vault/contract.ts'
import type { Bits } from './bits.ts'
import type { BoundFigure, Bounding, RankFigure, WholeBounds } from './bounding.ts'
import { nameOf, orderOf } from './cells.ts'
import { chooseClass, rankOf } from './choice.ts'
import { varianceOf, whole } from './draw.ts'
import type { PrivateBlock } from './plan.ts'
import { boundedColumns } from './print.ts'

/** Chances are worked out for each class of each cell; more classes say no more about a distribution. */
const mostClasses = 1_000

/** Cells after which others get their turn: working out chances is the only long work outside the vault. */
const cellsAtOnce = 20

/** True for quantiles, which are drawn among classes instead of being given noise. */
export function isRank(figure: BoundFigure | undefined): figure is RankFigure {
  return figure?.kind === 'rank'
}

/** The classes that values within the bounds can lie in: number of the first one, and how many there are. */
export function classesOf(bins: Bins, bounds: WholeBounds): { first: number; count: number } {
  const place = (value: number) => Math.floor((value - bins.origin) / bins.width)
  const first = place(bounds.lower)
  return { first, count: place(bounds.upper) - first + 1 }
}

/**
 * Refuses `privacy-figure` where a measure has more than a thousand classes, and where units have several rows that belong to
 * nobody else: one of them could weigh more in a cell than a rank is protected for.
 */
export function requireRanks({ figures, bounds, way }: Pick<Bounding, 'figures' | 'bounds' | 'way'>): void {
  for (const [i, figure] of figures.entries()) {
    const of = bounds[i]
    if (!isRank(figure) || !of) continue
    if (way === 'groups' || classesOf(figure.bins, of).count > mostClasses)
      refuse('privacy-figure', { construct: 'quantile', column: figure.measure.column })
  }
}

/** Draws one class per cell: its number, by the cell's name. Each unit is in the counts as often as its bounds allow. */
export async function drawRank(
  block: PrivateBlock,
  index: number,
  by: { rho: bigint; bits: Bits; vault: Pick<Vault, 'query'>; names: readonly string[] },
): Promise<Map<string, bigint>> {
  const figure = block.bounding.figures[index]
  const bounds = block.bounding.bounds[index]
  if (!isRank(figure) || !bounds) throw new Error('no quantile')
  const classes = classesOf(figure.bins, bounds)
  const query = countingQuery(block, figure)
  const found = readCounts(block, { query, classes, raw: await by.vault.query(query) })
  const none = Array.from({ length: classes.count }, () => 0n)
  const of = { rank: rankOf(figure.at), variance: varianceOf(block.bounding, index, by.rho), bits: by.bits }
  const drawn = new Map<string, bigint>()
  for (const [i, name] of by.names.entries()) {
    if (i % cellsAtOnce === cellsAtOnce - 1) await setImmediate()
    drawn.set(name, BigInt(classes.first + chooseClass(found.get(name) ?? none, of)))
  }
  return drawn
}

type CountingQuery = InnerQuery & { readonly bound: Bounding }

/** The block with one dimension more: the class; rows without a value are left out before any are kept. */
function countingQuery({ block, bounding }: PrivateBlock, { measure, bins }: RankFigure): CountingQuery {
  const { table, column } = measure
  return {
    ...block.query,
    dimensions: [...block.query.dimensions, { table, column, bin: bins }],
    bound: {
      ...bounding,
      figures: [{ kind: 'rows' }],
      bounds: [null],
      registered: [...bounding.registered, true],
    },
  }
}

/** Rows by class for each cell. Values outside the bounds count in the outermost class. */
function readCounts(
  block: PrivateBlock,
  by: { query: CountingQuery; classes: { first: number; count: number }; raw: RawRows | RawColumns },
): Map<string, bigint[]> {
  const { query, classes, raw } = by
  if (raw.columns.join() !== boundedColumns(query, query.bound).join())
    throw new Error('the vault answered another question')
  const order = orderOf(block.block.dimensions)
  const found = new Map<string, bigint[]>()
  for (const row of rawRows(raw)) {
    const name = nameOf(order.map((i) => (row[i] ?? null) as Cell))
    const counts = found.get(name) ?? Array.from({ length: classes.count }, () => 0n)
    const at = Math.min(classes.count - 1, Math.max(0, Number(row[order.length]) - classes.first))
    counts[at] = (counts[at] ?? 0n) + whole(row[order.length + 1])
    found.set(name, counts)
  }
  return found
}
