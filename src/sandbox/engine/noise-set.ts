import { perturbationTable } from './ptable.ts'
import type { NoiseTable, Preset } from './preset.ts'

/** The shape of an installation's noise. Everything but `version` and `origin` is secret and never shown. */
export type NoiseSet = {
  /** 0 for the published example, then counted up; shown as part of a preset's version. */
  readonly version: number
  readonly origin: 'example' | 'drawn'
  readonly counts: NoiseTable
  readonly sums: NoiseTable
}

/**
 * The published example set, for the command line and for installations from before sets were drawn. Never change it:
 * figures once shown would get another noise.
 */
export const exampleNoise: NoiseSet = {
  version: 0,
  origin: 'example',
  counts: { D: 5, V: 2.25, js: 2 },
  sums: { D: 5, V: 2.25, js: 0 },
}

/** What may be drawn: variances well above what blocked values ask for, deviations of at least three deviations' width. */
const bounds = {
  countD: [5, 9],
  countJs: [1, 3],
  countV: [2.25, 4],
  sumD: [5, 6],
  sumV: [2.25, 3.5],
} as const

/** Beyond this noise of a single count would surprise more than it protects. */
const largestV = 6

/**
 * Draws a set of noise parameters for an installation. `chance` gives numbers in [0, 1) and must be unpredictable.
 * Only sets for which both tables exist and keep their variance are taken (feasibility: V above floor((js+1)²/4)).
 */
export function drawNoise(chance: () => number, version: number): NoiseSet {
  for (;;) {
    const js = between(chance, bounds.countJs)
    const least = Math.max(bounds.countV[0], Math.floor((js + 1) ** 2 / 4) + 0.25)
    const counts: NoiseTable = {
      D: between(chance, bounds.countD),
      V: rounded(least + chance() * (Math.min(largestV, least + 1.75) - least)),
      js,
      ...(chance() < 0.5 ? { pstay: rounded(0.05 + chance() * 0.2) } : {}),
    }
    const sums: NoiseTable = {
      D: between(chance, bounds.sumD),
      V: rounded(bounds.sumV[0] + chance() * (bounds.sumV[1] - bounds.sumV[0])),
      js: 0,
    }
    const set: NoiseSet = { version, origin: 'drawn', counts, sums }
    if (isSound(set)) return set
  }
}

const rounded = (x: number) => Math.round(x * 1000) / 1000

function between(chance: () => number, [least, most]: readonly [number, number]): number {
  return least + Math.floor(chance() * (most - least + 1))
}

/** True if both tables of a set can be built and large counts get the whole variance. */
export function isSound(set: Pick<NoiseSet, 'counts' | 'sums'>): boolean {
  try {
    const table = perturbationTable(set.counts)
    perturbationTable({ ...set.sums, rows: [set.sums.D], step: 2 })
    const last = table.rows.at(-1)?.intervals ?? []
    const variance = last.reduce((sum, { v, p }) => sum + v * v * p, 0)
    const stays = last.find(({ v }) => v === 0)?.p ?? 1
    return variance > 0.9 * set.counts.V && stays < 0.5
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** A level of protection with an installation's noise in it. What a preset leaves unperturbed stays so. */
export function withNoise(preset: Preset, noise: NoiseSet): Preset {
  if (noise.version === 0) return preset
  return {
    ...preset,
    version: `${preset.version}-n${noise.version}`,
    counts: preset.counts ? noise.counts : null,
    sums: preset.sums.method === 'flattened' ? { ...preset.sums, table: noise.sums } : preset.sums,
  }
}
