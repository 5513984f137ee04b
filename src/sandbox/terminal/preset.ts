import { readFileSync, statSync } from 'node:fs'
import type { CommandArgs } from '../../platform/command.ts'
import { readPreset } from '../engine/own-preset.ts'
import { presets, type Preset } from '../engine/preset.ts'
import { optional, stop } from './arguments.ts'

/** The level of protection of `--preset`: a built-in name or a JSON file of one’s own; `allmende` without one. */
export function presetOf(args: CommandArgs): Preset {
  const name = optional(args, 'preset') ?? 'allmende'
  if (Object.hasOwn(presets, name)) return presets[name as keyof typeof presets]
  if (!statSync(name, { throwIfNoEntry: false })?.isFile())
    stop(`--preset: choose one of ${Object.keys(presets).join(', ')} or a JSON file`)
  const own = readPreset(readFileSync(name, 'utf8'))
  return 'unusable' in own ? stop(`${name}: ${own.unusable.join('; ')}`) : own
}
