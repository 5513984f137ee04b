import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { drawNoise, exampleNoise, isSound, type NoiseSet } from '../engine/noise-set.ts'
import { readPreset } from '../engine/own-preset.ts'
import type { Preset } from '../engine/preset.ts'

/** An installation's protection: the secret shape of its noise and, where set, its own level. For `ctx.resources`. */
export type Protection = {
  readonly noise: () => NoiseSet
  readonly preset: Preset | undefined
  /** Draws a new set and keeps it; figures shown before get another noise. */
  readonly renew: () => NoiseSet
}

const table = z.object({
  D: z.number().int().positive(),
  V: z.number().positive(),
  js: z.number().int().nonnegative(),
  pstay: z.number().positive().exactOptional(),
})
const kept = z.object({
  version: z.number().int().nonnegative(),
  origin: z.enum(['example', 'drawn']),
  counts: table,
  sums: table,
})

/**
 * Opens an installation's protection. `keys` is the folder of its keys: a new installation draws its noise at first
 * start, one that already had keys keeps the example set until it is renewed. `presetFile` names an own level; an
 * unusable file stops the start with its reasons.
 */
export function openProtection(options: { keys: string; presetFile?: string | undefined }): Protection {
  const file = join(options.keys, 'noise.json')
  const isOld = existsSync(join(options.keys, 'installation.json'))
  let noise = existsSync(file) ? readNoise(file) : isOld ? exampleNoise : keep(file, draw(1))
  const preset = options.presetFile ? presetFrom(options.presetFile) : undefined
  const renew = () => (noise = keep(file, draw(noise.version + 1)))
  return { noise: () => noise, preset, renew }
}

const draw = (version: number) => drawNoise(() => randomBytes(6).readUIntBE(0, 6) / 2 ** 48, version)

function readNoise(file: string): NoiseSet {
  const set = kept.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!set.success || !isSound(set.data)) throw new Error(`${file} is damaged; bring it back from the backup`)
  return set.data
}

/** Whole or not at all, readable by the hub only. */
function keep(file: string, set: NoiseSet): NoiseSet {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.part`, `${JSON.stringify(set)}\n`, { mode: 0o600 })
  renameSync(`${file}.part`, file)
  return set
}

function presetFrom(file: string): Preset {
  const preset = readPreset(readFileSync(file, 'utf8'))
  if ('unusable' in preset) throw new Error(`${file}: ${preset.unusable.join('; ')}`)
  return preset
}
