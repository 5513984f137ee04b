import type { Bits } from './bits.ts'
import { rootOf, uniformBelow, type Fraction } from './sampler.ts'

// A quantile by the exponential mechanism (McSherry, Talwar 2007) over registered classes: a class is the likelier, the fewer
// rows lie between it and the rank that is asked for. A choice with chances in proportion to e^(−ε·distance / 2Δ) costs
// ρ = ε² / 8 (Cesar, Rogers 2021): as much as Gaussian noise of σ = 2Δ / ε on a number that moves by as many rows.

/** Chances are whole numbers of this many binary digits; they are worked out with more. */
const digits = 128n
const inner = 192n
const one = 1n << inner

/** A class further away than this exponent is as unlikely as this, 10⁻¹⁹, and never impossible. */
const furthest = 44n * one

/** Exponents are kept in these parts; one part less than exact covers what the chances are rounded by. */
const parts = 10n ** 15n

/** A quantile between 0 and 1 as a fraction, to a millionth. */
export function rankOf(at: number): Fraction {
  let [part, of] = [Math.round(at * 1e6), 1e6]
  for (const factor of [2, 5])
    while (part % factor === 0 && of % factor === 0) [part, of] = [part / factor, of / factor]
  return { part: BigInt(part), of: BigInt(of) }
}

/** By how much a distance moves at most when one row comes or goes. */
function perRow({ part, of }: Fraction): bigint {
  return part > of - part ? part : of - part
}

/** How far each class lies from the rank, in 1/`of` rows: none where the rank falls into the class. */
export function distancesOf(counts: readonly bigint[], rank: Fraction): bigint[] {
  const wanted = rank.part * counts.reduce((sum, count) => sum + count, 0n)
  let before = 0n
  return counts.map((count) => {
    const above = rank.of * before - wanted
    before += count
    const below = wanted - rank.of * before
    return above > 0n ? above : below > 0n ? below : 0n
  })
}

/** What a distance is multiplied by: 1 / (σ · distance per row), rounded down. `variance`: σ² in rows that one unit moves. */
export function exponentOf(variance: Fraction, rank: Fraction): Fraction {
  const part = rootOf((variance.of * parts * parts) / (variance.part * perRow(rank) ** 2n)) - 1n
  return { part: part > 0n ? part : 0n, of: parts }
}

/** Chances of the classes as whole numbers. The same work whatever the distances are, so that time tells nothing. */
export function chancesOf(distances: readonly bigint[], exponent: Fraction): bigint[] {
  return distances.map((distance) => {
    const x = (exponent.part * distance * one) / exponent.of
    return power(x < furthest ? x : furthest) >> (inner - digits)
  })
}

/** e^(−x), numbers in 2^−192: the series for x / 256, squared eight times. */
function power(x: bigint): bigint {
  let [term, sum] = [one, one]
  for (let n = 1n; n <= 34n; n++) {
    term = -((term * x) >> (inner + 8n)) / n
    sum += term
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> inner
  return sum
}

/** Draws the place of a class from how many rows lie in each. */
export function chooseClass(
  counts: readonly bigint[],
  by: { rank: Fraction; variance: Fraction; bits: Bits },
): number {
  const chances = chancesOf(distancesOf(counts, by.rank), exponentOf(by.variance, by.rank))
  let left = uniformBelow(
    chances.reduce((sum, chance) => sum + chance, 0n),
    by.bits,
  )
  let place = -1
  for (const [i, chance] of chances.entries()) {
    if (place < 0 && left < chance) place = i
    left -= chance
  }
  return place
}

/** In 95 of 100 cases no more rows than this lie between the rank that was asked for and the class that was drawn. */
export function rowsBeside(of: { at: number; sd: number; classes: number }): number {
  return of.sd * Math.max(of.at, 1 - of.at) * Math.log(20 * of.classes)
}
