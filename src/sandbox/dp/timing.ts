import { seededBits, type Bits } from './bits.ts'
import { drawnBeside } from './draw.ts'
import { discreteGaussian, type Fraction } from './sampler.ts'

/** How closely the work of drawing follows the size of the noise that is used: −1 to 1, 0 is not at all. */
export type Timing = {
  readonly held: boolean
  readonly seen: string
  readonly alone: number
  readonly batch: number
}

/** Bits are the sampler's only source of work: every loop of it takes some. Counting them needs no quiet machine. */
function counted(bits: Bits): { bits: Bits; taken: () => number } {
  let taken = 0
  const counting: Bits = (count) => {
    taken += 1
    return bits(count)
  }
  return { bits: counting, taken: () => taken }
}

/**
 * The timing attack on samplers (Jin et al. 2022): the time of a draw follows the size of the noise. Compares drawing one
 * figure by itself with the batch that an answer draws; held when the batch shows no more than chance would.
 */
export function samplerTiming(rounds = 1_000): Timing {
  const variance: Fraction = { part: 50n, of: 1n }
  const work = (beside: number, seed: string) => {
    const source = counted(seededBits(seed))
    return Array.from({ length: rounds }, () => {
      const before = source.taken()
      for (let i = 0; i < beside; i++) discreteGaussian(variance, source.bits)
      const noise = Number(discreteGaussian(variance, source.bits))
      return { size: Math.abs(noise), work: source.taken() - before }
    })
  }
  const [alone, batch] = [correlation(work(0, 'alone')), correlation(work(drawnBeside, 'batch'))]
  const chance = 4 / Math.sqrt(rounds)
  const held = Math.abs(batch) < chance
  const seen = `work and noise correlate by ${batch.toFixed(2)} (a single draw: ${alone.toFixed(2)}), chance reaches ${chance.toFixed(2)}`
  return { held, seen, alone, batch }
}

function correlation(points: readonly { size: number; work: number }[]): number {
  const mean = (of: (p: { size: number; work: number }) => number) =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length
  const [x, y] = [mean((p) => p.size), mean((p) => p.work)]
  const spread = Math.sqrt(mean((p) => (p.size - x) ** 2) * mean((p) => (p.work - y) ** 2))
  return spread === 0 ? 0 : mean((p) => (p.size - x) * (p.work - y)) / spread
}
