import type { ProtectionLevel } from '../../cooperation/model.ts'
import { minimumUnits } from '../../cooperation/model.ts'
import { presets, type Preset } from '../engine/preset.ts'

/**
 * The level of protection an agreement settled on: its smallest number of units, the rest in proportion. An
 * installation's own `base` is never weakened: the larger number of both holds.
 */
export function presetOf(level: ProtectionLevel, base: Preset = presets.allmende): Preset {
  const agreed = minimumUnits(level)
  const k = base === presets.allmende ? agreed : Math.max(agreed, base.k)
  if (k === base.k) return base
  return {
    ...base,
    version: `${base.version}-k${k}`,
    k,
    effect: Math.max(2 * k, base === presets.allmende ? 0 : base.effect),
    sibling: Math.max(k, base === presets.allmende ? 0 : base.sibling),
    unitsPerCell: Math.max(Math.ceil(2.5 * k), base === presets.allmende ? 0 : base.unitsPerCell),
  }
}

/** What a page may say of the level that holds: never the shape of the noise. `noisy`: counts are changed, not only rounded. */
export type ShownLevel = Pick<Preset, 'k' | 'rounding' | 'version'> & { readonly noisy: boolean }

/** The public part of a level of protection. */
export function shownLevel({ k, rounding, version, counts }: Preset): ShownLevel {
  return { k, rounding, version, noisy: counts !== null }
}
