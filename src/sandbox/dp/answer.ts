import { canonicalJson, sha256Hex, type Json } from '../../platform/canonical.ts'
import { failureOf, outerResult, plainResult, planHash } from '../engine/ask.ts'
import type { InnerAggregate } from '../engine/inner.ts'
import type { ProtectedCells } from '../engine/protect.ts'
import { Refused, type Refusal } from '../engine/refusal.ts'
import type { Cell, DataRoom, ProtectedResult } from '../engine/result.ts'
import type { OuterEngine, Vault } from '../vault/contract.ts'
import type { Loss } from './accountant.ts'
import type { Bits } from './bits.ts'
import { byValues, nameOf, orderOf } from './cells.ts'
import { deviationOf, shareOf, type StoredFigure } from './draw.ts'
import { drawFigures } from './drawing.ts'
import { figureFrom, type PrivateFigure } from './figure.ts'
import { lossOf, missingOf, type Stored } from './loss.ts'
import { passedSd } from './passed.ts'
import type { PrivateBlock, PrivatePlan, PrivateTerms } from './plan.ts'

/** What a question needs besides its plan. `rho`: what it may cost as a whole, in billionths, if nothing of it is stored. */
export type PrivateQuestion = {
  readonly plan: PrivatePlan
  readonly rho: bigint
  readonly terms: PrivateTerms
  readonly stored: Stored
  readonly room: DataRoom
  readonly vault: Pick<Vault, 'query'>
  readonly outer: Pick<OuterEngine, 'run'>
  readonly bits: Bits
}

/** Noisy rows, what was drawn anew (to be kept, so that a repeat is free), and what is booked for it. */
export type PrivateAnswer = {
  readonly result: ProtectedResult
  readonly fresh: readonly StoredFigure[]
  readonly loss: Loss
  readonly planHash: string
  readonly resultHash: string
  readonly version: string
}

/**
 * Answers with noisy rows. Must only be called once `lossOf` has been booked: from here on the cost stands, whatever
 * happens. All noise is drawn before the vault is asked.
 */
export async function answerPrivately(question: PrivateQuestion): Promise<PrivateAnswer> {
  const { plan, room } = question
  const loss = lossOf(question)
  const known = new Map(question.stored)
  const fresh: StoredFigure[] = []
  const cells: PrivateCells[] = []
  for (const block of plan.blocks) {
    const drawn = await answerBlock(block, { ...question, stored: known })
    for (const figure of drawn.fresh) known.set(figure.key, figure)
    fresh.push(...drawn.fresh)
    cells.push(drawn.cells)
  }
  const protectedCells = cells.map((c) => c.cells)
  const result = plan.plan.plain
    ? { ...plainResult(plan.plan, protectedCells), sd: cells[0]?.sd.map((row) => pick(plan, row)) ?? [] }
    : await throughOuter(question, cells)
  const version = `zcdp-1 ${question.rho}`
  return {
    result,
    fresh,
    loss,
    planHash: sha256Hex(`${planHash(plan.plan, room, plan.tables)}|${version}`),
    resultHash: sha256Hex(canonicalJson({ columns: result.columns, rows: result.rows } as unknown as Json)),
    version,
  }
}

/** What the second engine makes of noisy rows; with their deviations where it only chose and ordered them. */
async function throughOuter(
  question: PrivateQuestion,
  cells: readonly PrivateCells[],
): Promise<ProtectedResult> {
  const { plan, outer, room } = question
  const result = await outerResult(
    plan.plan,
    cells.map((c) => c.cells),
    { outer, room },
  )
  const [only] = cells
  const passed = (only?.cells.rows ?? []).map((row, i) => ({ ...row, sd: only?.sd[i] ?? [] }))
  const sd = passedSd(plan.plan, passed, result.rows)
  return sd ? { ...result, sd } : result
}

function pick(plan: PrivatePlan, row: readonly (number | null)[]): (number | null)[] {
  return plan.plan.select.map((name) => (name.startsWith('_f') ? (row[Number(name.slice(2))] ?? null) : null))
}

type PrivateCells = { readonly cells: ProtectedCells; readonly sd: readonly (readonly (number | null)[])[] }

async function answerBlock(
  block: PrivateBlock,
  question: PrivateQuestion,
): Promise<{ cells: PrivateCells; fresh: StoredFigure[] }> {
  const share = shareOf(question.rho, question.plan.figures)
  const missing = missingOf(block, share, question.stored)
  const fresh = missing.length > 0 ? await drawFigures(block, missing, { ...question, rho: share }) : []
  const figures = block.keys.map((key) => fresh.find((f) => f.key === key) ?? question.stored.get(key))
  return { cells: assemble(block, figures, { question, share }), fresh }
}

/** The cells that may be seen, each figure from its noisy parts. */
function assemble(
  block: PrivateBlock,
  figures: readonly (StoredFigure | undefined)[],
  by: { question: PrivateQuestion; share: bigint },
): PrivateCells {
  const order = orderOf(block.block.dimensions)
  const deciding = block.threshold === null ? undefined : figures[block.threshold]
  const all =
    block.cells ?? [...(deciding?.cells.keys() ?? [])].map((name) => valuesOf(name, order)).sort(byValues)
  const rows = all.slice(0, by.question.room.preset.maxCells).map((values) => {
    const name = nameOf(order.map((i) => values[i] ?? null))
    const of = block.block.query.aggregates.map((a, i) =>
      figureAt(block, a, { figures, name, of: block.of[i] ?? [], decimals: block.decimals[i] ?? 0 }),
    )
    return {
      values,
      figures: of.map((f) => f?.value ?? null),
      noise: of.map((f) => f?.noise ?? null),
      sd: of.map((f) => f?.sd ?? null),
    }
  })
  const shown = rows.reduce((sum, row) => sum + row.figures.filter((f) => f !== null).length, 0)
  const cells = { rows, shown, hidden: null, keys: [], partition: { base: '', way: '' } }
  return { cells, sd: rows.map((row) => row.sd) }
}

function valuesOf(name: string, order: readonly number[]): Cell[] {
  const sorted = JSON.parse(name) as Cell[]
  const values: Cell[] = sorted.map(() => null)
  for (const [at, i] of order.entries()) values[i] = sorted[at] ?? null
  return values
}

function figureAt(
  block: PrivateBlock,
  aggregate: InnerAggregate,
  at: {
    figures: readonly (StoredFigure | undefined)[]
    name: string
    of: readonly number[]
    decimals: number
  },
): PrivateFigure | null {
  const parts = at.of.map((i) => ({
    value: at.figures[i]?.cells.get(at.name) ?? 0n,
    sd: deviationOf(block.bounding, i, at.figures[i]?.rho ?? 1n),
  }))
  const bounds = block.bounding.bounds[at.of.at(-1) ?? -1] ?? null
  return figureFrom(aggregate, parts, { decimals: at.decimals, bounds })
}

/** A refusal where the planner or the vault refused, from the closed list; other errors are faults and thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal
  const failure = failureOf(error)
  if (failure) return { code: failure }
  throw error
}
