import type { Vault } from '../vault/contract.ts'
import type { Bits } from './bits.ts'
import { nameOf, orderOf } from './cells.ts'
import { drawNoise, readBounded, thresholdFor, type StoredFigure } from './draw.ts'
import type { Stored } from './loss.ts'
import type { PrivateBlock, PrivateTerms } from './plan.ts'
import { drawRank, isRank } from './ranks.ts'

/** What drawing needs besides the block. `rho`: what each figure may cost, in billionths. */
type Drawing = {
  readonly rho: bigint
  readonly bits: Bits
  readonly terms: PrivateTerms
  readonly stored: Stored
  readonly vault: Pick<Vault, 'query'>
}

/** Draws the figures of a block that are not stored yet: sums with noise first, then quantiles for the cells that are named. */
export async function drawFigures(
  block: PrivateBlock,
  missing: readonly number[],
  by: Drawing,
): Promise<StoredFigure[]> {
  const sums = missing.filter((i) => !isRank(block.bounding.figures[i]))
  const drawn = sums.length > 0 ? await drawSums(block, sums, by) : []
  const names = namesOf(block, [...drawn, ...by.stored.values()])
  for (const i of missing.filter((i) => !sums.includes(i)))
    drawn.push({ key: block.keys[i] ?? '', rho: by.rho, cells: await drawRank(block, i, { ...by, names }) })
  return drawn
}

async function drawSums(
  block: PrivateBlock,
  missing: readonly number[],
  { rho, bits, terms, stored, vault }: Drawing,
): Promise<StoredFigure[]> {
  const noise = drawNoise(block, missing, { rho, bits })
  const asked = {
    ...block.bounding,
    figures: missing.map((i) => block.bounding.figures[i] ?? { kind: 'rows' as const }),
    bounds: missing.map((i) => block.bounding.bounds[i] ?? null),
  }
  const found = readBounded(block, asked, await vault.query({ ...block.block.query, bound: asked }))
  const noisy = (i: number, name: string) => (found.get(name)?.[missing.indexOf(i)] ?? 0n) + noise(i)
  const { threshold } = block
  const figure = (i: number, cells: readonly (readonly [string, bigint])[]): StoredFigure => ({
    key: block.keys[i] ?? '',
    rho,
    cells: new Map(cells),
  })
  if (threshold === null || !missing.includes(threshold)) {
    const names = namesOf(block, [...stored.values()])
    return missing.map((i) =>
      figure(
        i,
        names.map((name) => [name, noisy(i, name)]),
      ),
    )
  }
  const least = thresholdFor(block, rho, terms)
  const counted = [...found.keys()].map((name) => [name, noisy(threshold, name)] as const)
  const named = counted.filter(([, count]) => Number(count) >= least)
  return missing.map((i) => figure(i, i === threshold ? named : named.map(([n]) => [n, noisy(i, n)])))
}

/** The cells that may be named: registered ones, or those that a threshold let through, now or when it was stored. */
function namesOf(block: PrivateBlock, known: readonly StoredFigure[]): string[] {
  if (block.cells) {
    const order = orderOf(block.block.dimensions)
    return block.cells.map((values) => nameOf(order.map((i) => values[i] ?? null)))
  }
  const key = block.keys[block.threshold ?? -1]
  return [...(known.find((f) => f.key === key)?.cells.keys() ?? [])]
}
