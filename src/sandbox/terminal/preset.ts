import type { CommandArgs } from '../../platform/command.ts'
import { presets, type Preset } from '../engine/preset.ts'
import { stop, texts } from './arguments.ts'

/** The level of protection of `--preset`, `allmende` without one. */
export function presetOf(args: CommandArgs): Preset {
  const name = texts(args.options['preset'])[0] ?? 'allmende'
  return Object.hasOwn(presets, name)
    ? presets[name as keyof typeof presets]
    : stop(`--preset: choose one of ${Object.keys(presets).join(', ')}`)
}
