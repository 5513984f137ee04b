import { rawRows } from '../engine/cells.ts'
import type { RawCells } from '../vault/contract.ts'
import type { Cell } from '../engine/result.ts'
import { perDelta, perRho, upperQuantile } from './accountant.ts'
import type { Bits } from './bits.ts'
import { cellsTouched, sensitivitySquared, type Bounding } from './bounding.ts'
import { nameOf, orderOf } from './cells.ts'
import type { PrivateBlock, PrivateTerms } from './plan.ts'
import { boundedColumns } from './print.ts'
import { discreteGaussian, type Fraction } from './sampler.ts'

/** A noisy figure as it is kept: whole numbers as text by cell (values in the order of the columns' names), ρ in billionths. */
export type StoredFigure = {
  readonly key: string
  readonly rho: bigint
  readonly cells: ReadonlyMap<string, bigint>
}

/** Noise for the cells of a question, drawn before its result is known; goes on drawing where there are more cells. */
export type NoiseBatch = (figure: number) => bigint

/** Cells without a registered list are not known beforehand: noise for this many is drawn in any case. */
const drawnAhead = 10_000

/** Drawn beside the noise that is needed and thrown away, so that the time of drawing is not that of a single figure. */
export const drawnBeside = 256

/** σ² of a figure's noise: Δ² / 2ρ, as an exact fraction. */
export function varianceOf(by: Bounding, index: number, rho: bigint): Fraction {
  const squared = sensitivitySquared(by, by.figures[index] ?? { kind: 'rows' }, by.bounds[index] ?? null)
  return { part: squared * perRho, of: 2n * rho }
}

/** Draws the noise of a block's figures in one go, so that how long it takes tells nothing about any figure. */
export function drawNoise(
  block: PrivateBlock,
  fresh: readonly number[],
  by: { rho: bigint; bits: Bits },
): NoiseBatch {
  const ahead = (block.cells?.length ?? drawnAhead) + drawnBeside
  const drawn = new Map(
    fresh.map((i) => {
      const variance = varianceOf(block.bounding, i, by.rho)
      const more = () => discreteGaussian(variance, by.bits)
      return [i, { values: Array.from({ length: ahead }, more), more }]
    }),
  )
  return (figure) => {
    const of = drawn.get(figure)
    if (!of) throw new Error('no noise was asked for this figure')
    return of.values.pop() ?? of.more()
  }
}

/** The vault's answer as whole numbers by cell; cells that are not in it count zero. Throws if it answers another question. */
export function readBounded(
  block: PrivateBlock,
  asked: Bounding,
  raw: RawCells,
): Map<string, readonly bigint[]> {
  const expected = boundedColumns(block.block.query, asked)
  if (raw.columns.join() !== expected.join()) throw new Error('the vault answered another question')
  const order = orderOf(block.block.dimensions)
  return new Map(
    rawRows(raw).map((row) => {
      const values = order.map((i) => (row[i] ?? null) as Cell)
      return [nameOf(values), row.slice(order.length).map(whole)]
    }),
  )
}

/** A whole number of the vault's answer in any of the forms engines give it; nothing counts zero. */
export function whole(value: unknown): bigint {
  if (value === null || value === undefined) return 0n
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d+(\.0*)?$/.test(value)) return BigInt(value.split('.')[0] ?? '0')
  throw new Error('a bounded figure is no whole number')
}

/** The noisy count from which a cell may be named: k, or what a cell of one unit reaches with a chance of at most δ. */
export function thresholdFor(block: PrivateBlock, rho: bigint, terms: PrivateTerms): number {
  const { bounding, threshold } = block
  if (threshold === null) return -Infinity
  const { part, of } = varianceOf(bounding, threshold, rho)
  const sd = Math.sqrt(Number(part) / Number(of))
  const delta = Number(terms.thresholdDelta) / Number(perDelta) / cellsTouched(bounding)
  // One more than the continuous quantile: the tail of the discrete distribution lies below it shifted by one.
  return Math.max(terms.k, 2 + sd * upperQuantile(delta))
}

/** The standard deviation of a figure's noise in the figure's own whole numbers; public in this mode. */
export function deviationOf(by: Bounding, index: number, rho: bigint): number {
  const { part, of } = varianceOf(by, index, rho)
  return Math.sqrt(Number(part) / Number(of))
}

/** The share of a question's ρ that each of its figures gets, in billionths. */
export function shareOf(rho: bigint, figures: number): bigint {
  return figures > 0 ? rho / BigInt(figures) : 0n
}
