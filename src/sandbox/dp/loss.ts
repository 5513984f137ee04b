import { refuse } from '../engine/refusal.ts'
import type { ResultColumn } from '../engine/result.ts'
import type { Loss } from './accountant.ts'
import { deviationOf, shareOf, type StoredFigure } from './draw.ts'
import { rowsBeside } from './choice.ts'
import { halfWidth } from './figure.ts'
import { classesOf, isRank } from './ranks.ts'
import { passesThrough } from './passed.ts'
import type { PrivateBlock, PrivatePlan, PrivateTerms } from './plan.ts'

/** Figures that were drawn before, by key; only those at least as precise as wanted are taken. */
export type Stored = ReadonlyMap<string, StoredFigure>

/** What the price of a question depends on. `rho`: what it may cost as a whole, in billionths, if nothing of it is stored. */
export type Priced = {
  readonly plan: PrivatePlan
  readonly rho: bigint
  readonly terms: PrivateTerms
  readonly stored: Stored
}

/** What a question costs before it is asked: only figures that are not stored at this precision. Looks at no data. */
export function lossOf(question: Priced): Loss {
  const { plan, terms } = question
  const share = shareOf(question.rho, plan.figures)
  if (share <= 0n) refuse('privacy-budget', { construct: 'rho' })
  const fresh = new Set<string>()
  let thresholds = 0n
  for (const block of plan.blocks) {
    const missing = missingOf(block, share, question.stored)
    if (block.threshold !== null && missing.includes(block.threshold)) thresholds += 1n
    for (const i of missing) fresh.add(block.keys[i] ?? '')
  }
  return { rho: BigInt(fresh.size) * share, delta: thresholds * terms.thresholdDelta }
}

/**
 * How far counts and sums will lie from the truth in 95 of 100 cases, where nothing is computed from them; means depend on the
 * answer.
 */
export function rangesOf(plan: PrivatePlan, rho: bigint): { column: ResultColumn; half: number }[] {
  const [block] = plan.blocks
  const share = shareOf(rho, plan.figures)
  if (!(plan.plan.plain || passesThrough(plan.plan)) || !block || share <= 0n) return []
  return plan.plan.select.flatMap((select, i) => {
    const at = select.startsWith('_f') ? Number(select.slice(2)) : -1
    const [first, ...more] = block.of[at] ?? []
    const aggregate = block.block.query.aggregates[at]
    const column = plan.plan.outputs[i]
    if (first === undefined || more.length > 0 || !aggregate || !column) return []
    const scale = aggregate.kind === 'sum' ? 10 ** (block.decimals[at] ?? 0) : 1
    const half = halfWidth(deviationOf(block.bounding, first, share) / scale)
    return [{ column, half: Number(half.toPrecision(2)) }]
  })
}

/** How many rows lie at most, in 95 of 100 cases, between the quantiles of a plain question and the classes given for them. */
export function ranksOf(plan: PrivatePlan, rho: bigint): { column: ResultColumn; rows: number }[] {
  const [block] = plan.blocks
  const share = shareOf(rho, plan.figures)
  if (!block || plan.blocks.length > 1 || share <= 0n) return []
  return plan.plan.outputs.flatMap((column) => {
    const { of } = column
    const at = block.bounding.figures.findIndex(
      (f) => isRank(f) && of?.figure === 'quantile' && f.measure.column === of.column && f.at === of.at,
    )
    const [figure, bounds] = [block.bounding.figures[at], block.bounding.bounds[at]]
    if (!isRank(figure) || !bounds) return []
    const sd = deviationOf(block.bounding, at, share)
    const classes = classesOf(figure.bins, bounds).count
    return [{ column, rows: Math.ceil(rowsBeside({ at: figure.at, sd, classes })) }]
  })
}

/** Figures of a block to be drawn: not stored, too coarse, or not stored for every cell that may be named. */
export function missingOf(block: PrivateBlock, share: bigint, stored: Stored): number[] {
  const at = (i: number) => {
    const found = stored.get(block.keys[i] ?? '')
    return found && found.rho >= share ? found : undefined
  }
  const deciding = block.threshold === null ? null : at(block.threshold)
  const all = block.keys.map((_, i) => i)
  if (block.threshold !== null && !deciding) return all
  const names = deciding ? [...deciding.cells.keys()] : []
  return all.filter((i) => {
    const found = at(i)
    return !found || names.some((name) => !found.cells.has(name))
  })
}
