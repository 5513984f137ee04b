import { existsSync, readFileSync } from 'node:fs'
import type { CommandArgs } from '../../platform/command.ts'
import { readPreset } from '../engine/own-preset.ts'
import { presets, type Preset } from '../engine/preset.ts'
import { stop, texts } from './arguments.ts'

/** The level of protection of `--preset`: a built-in name or a JSON file of one’s own; `allmende` without one. */
export function presetOf(args: CommandArgs): Preset {
  const name = texts(args.options['preset'])[0] ?? 'allmende'
  if (Object.hasOwn(presets, name)) return presets[name as keyof typeof presets]
  if (!existsSync(name)) stop(`--preset: choose one of ${Object.keys(presets).join(', ')} or a JSON file`)
  const own = readPreset(readFileSync(name, 'utf8'))
  return 'unusable' in own ? stop(`${name}: ${own.unusable.join('; ')}`) : own
}
