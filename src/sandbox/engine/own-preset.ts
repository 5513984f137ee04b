import { z } from 'zod'
import { perturbationTable } from './ptable.ts'
import { presets, type NoiseTable, type Preset, type PresetName } from './preset.ts'

const count = z.number().int()
const noise = z.strictObject({
  D: count.min(2).max(20),
  V: z.number().positive().max(100),
  js: count.min(0).max(5).default(0),
  pstay: z.number().gt(0).lt(1).exactOptional(),
})

/** An own level of protection: what differs from a built-in one. Bounds keep a mistake from switching protection off. */
const file = z.strictObject({
  base: z.enum(['allmende', 'destatis', 'rdc', 'opensafely', 'acro']).default('allmende'),
  name: z.string().min(1).max(60),
  version: z.string().regex(/^[a-z0-9.-]{1,40}$/, 'lower case letters, digits, dots and hyphens'),
  k: count.min(3).max(1_000).optional(),
  thresholdSd: z.number().min(0).max(20).optional(),
  counts: noise.nullable().optional(),
  sums: noise.optional(),
  rounding: z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(10)]).optional(),
  p: z.number().int().min(1).max(100).optional(),
  dominance: z
    .strictObject({ n: count.min(1).max(5), share: z.number().gt(0).lt(1) })
    .nullable()
    .optional(),
  dof: count.min(1).max(1_000).optional(),
  effect: count.min(3).max(10_000).optional(),
  sibling: count.min(3).max(10_000).optional(),
  maxDimensions: count.min(1).max(6).optional(),
  maxCells: count.min(10).max(10_000).optional(),
  maxConditions: count.min(1).max(5).optional(),
  maxValues: count.min(1).max(50).optional(),
  cellsPerProject: count.min(1).max(100_000).optional(),
  cellsPerDay: count.min(1).max(100_000).optional(),
  unitsPerCell: count.min(1).max(1_000).optional(),
  cellsAtLeast: count.min(1).max(1_000).optional(),
  partitions: count.min(1).max(50).optional(),
  sparsity: z.number().min(0).max(1).optional(),
})

/** Why an own level of protection cannot be used, one line per problem. */
export type UnusablePreset = { readonly unusable: readonly string[] }

/**
 * Reads an own level of protection from JSON: `base` and what differs from it. Refuses unknown fields, values out of
 * bounds, noise for which no table exists, and a level whose counts would be neither perturbed nor rounded.
 */
export function readPreset(text: string): Preset | UnusablePreset {
  const parsed = file.safeParse(jsonOf(text))
  if (!parsed.success)
    return { unusable: parsed.error.issues.map((i) => `${i.path.join('.') || 'preset'}: ${i.message}`) }
  const { base, sums, ...own } = parsed.data
  const preset = whole(presets[base as PresetName], own, sums)
  const unusable = reasonsAgainst(preset)
  return unusable.length > 0 ? { unusable } : preset
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Own = Omit<z.output<typeof file>, 'base' | 'sums'>

/** Condition effect and siblings follow `k` in the proportions of the built-in levels unless named. */
function whole(base: Preset, own: Own, sums: NoiseTable | undefined): Preset {
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
  const k = own.k ?? base.k
  return {
    ...base,
    effect: own.k === undefined ? base.effect : 2 * k,
    sibling: own.k === undefined ? base.sibling : k,
    ...(sums ? { sums: { method: 'flattened', table: sums } } : {}),
    ...given,
  } as Preset
}

function reasonsAgainst(preset: Preset): string[] {
  const reasons: string[] = []
  if (!preset.counts && preset.rounding === 1)
    reasons.push('counts: without noise, counts must be rounded to 3, 5 or 10')
  if (preset.effect < preset.k) reasons.push('effect: must not be smaller than k')
  if (preset.sibling < Math.min(preset.k, 3)) reasons.push('sibling: must not be smaller than 3')
  if (preset.counts && !exists(preset.counts)) reasons.push('counts: no table has these parameters')
  if (preset.sums.method === 'flattened' && !exists({ ...preset.sums.table, js: 0 }))
    reasons.push('sums: no table has these parameters')
  return reasons
}

function exists(table: NoiseTable): boolean {
  try {
    return perturbationTable(table).rows.length > 0
  } catch {
    return false
  }
}
