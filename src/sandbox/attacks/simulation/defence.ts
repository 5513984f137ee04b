import { presets, type Preset } from '../../engine/preset.ts'
import type { TestRoom } from '../target.ts'
import { attackerIn, type Attacker } from './attacker.ts'
import { privateAttackerIn } from './private-attacker.ts'

/** What stands before the data in a campaign, and what the attacker supposes about its noise: all of it is public to her. */
export type Defence = {
  readonly attackerIn: (room: TestRoom, seed: number) => Attacker
  /** Standard deviation of a count's noise and rounding. */
  readonly noiseSd: number
  /** Fewest people of a published cell, for the one table a campaign is compared with. */
  readonly k: number
}

/** The standard mode with the whole budget of one workspace. */
export function standardDefence(preset: Preset = presets.allmende): Defence {
  return {
    attackerIn: (room) => attackerIn(room, preset),
    noiseSd: Math.sqrt((preset.counts?.V ?? 0) + preset.rounding ** 2 / 12),
    k: preset.k,
  }
}

/** Differential privacy: a workspace's whole budget `rho`, which the attacker shares equally among `questions`. */
export function privateDefence(rho: number, questions = 25): Defence {
  const each = rho / questions
  return {
    attackerIn: (room, seed) => privateAttackerIn(room, { each, questions, seed }),
    noiseSd: Math.sqrt(1 / (2 * each)),
    k: presets.allmende.k,
  }
}

/**
 * The largest share of yes or no secrets that zCDP allows anybody to name, with a fair coin and whatever else she knows:
 * (1 + √(ρ/2)) / 2, as the total variation is at most √(KL/2) and KL at most ρ (Bun, Steinke 2016; Pinsker).
 */
export function mostNamed(rho: number): number {
  return Math.min(1, (1 + Math.sqrt(rho / 2)) / 2)
}
