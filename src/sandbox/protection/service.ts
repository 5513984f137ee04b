import type { ProtectionLevel } from '../../cooperation/model.ts'
import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import { exampleNoise, withNoise } from '../engine/noise-set.ts'
import type { Preset } from '../engine/preset.ts'
import type { Protection } from './kept.ts'
import { presetOf } from './model.ts'

declare module '../../platform/context.ts' {
  interface Resources {
    /** The secret shape of this installation's noise, and its own level of protection where one is set. */
    protection: Protection
  }
}

/** An agreement's level of protection as it holds here: with the installation's own level and its secret noise. */
export function levelOf(ctx: Ctx, level: ProtectionLevel): Preset {
  const { protection } = ctx.resources
  return withNoise(presetOf(level, protection?.preset), protection?.noise() ?? exampleNoise)
}

/** What may be said about the noise: a number and where it comes from, never its shape. */
export type NoiseState = { readonly version: number; readonly origin: 'example' | 'drawn' }

/** The number of the noise in use. */
export function noiseState(ctx: Ctx): NoiseState {
  const { version, origin } = ctx.resources.protection?.noise() ?? exampleNoise
  return { version, origin }
}

/**
 * Draws new noise for the whole installation, on the operator's command line only. Questions asked before get another
 * answer from now on, so it is entered in the public register. Refuses everyone but the hub itself.
 */
export async function renewNoise(ctx: Ctx): Promise<NoiseState> {
  if (ctx.actor.kind !== 'system') throw general.forbidden()
  const { protection } = ctx.resources
  if (!protection) throw general.notFound()
  const before = protection.noise().version
  return transact(ctx, async (ctx) => {
    await record(ctx, {
      event: 'sandbox.noise-renewed',
      object: { type: 'noise', id: String(before + 1) },
      summary: {
        de: `Das geheime Rauschen der Arbeitsräume wurde neu gezogen (Satz ${before + 1}).`,
        en: `The secret noise of the workspaces was drawn anew (set ${before + 1}).`,
      },
      details: { before, after: before + 1 },
    })
    protection.renew()
    return noiseState(ctx)
  })
}
