import { composed, epsilonOf, perRho, rhoNumber, type Loss } from '../dp/accountant.ts'
import { usualContribution, type Contribution } from '../dp/bounding.ts'
import type { UnitType } from '../engine/roles.ts'

/** How precisely a question is asked; ρ in billionths. A count by one row per unit has σ = 15.8, 7.1 or 3.2. */
export const precisions = { coarse: 2_000_000n, usual: 10_000_000n, fine: 50_000_000n } as const

/** Name of a precision. */
export type Precision = keyof typeof precisions

/** Half of the whole δ = 10⁻⁶ is for the conversion from ρ, half for thresholds on values that are not registered. */
export const conversionDelta = 5e-7

/** What one threshold costs and what all of a workspace's may cost, in 10⁻¹⁵: fifty of 10⁻⁸. */
export const thresholds = { each: 10_000_000n, all: 500_000_000n } as const

/** Limits where nobody decided otherwise: workspace 0.5, person 0.25, lifetime of a holder's units 1. */
export const usualLimits = { room: perRho / 2n, person: perRho / 4n, lifetime: perRho } as const

/** More than this in one workspace would be a number without a promise: ρ = 10 is ε ≈ 33. */
export const mostRho = 10

/** What the holders of a workspace settled; of several decisions the strictest value counts. */
export type PrivacySetting = {
  readonly rhoLimit: bigint
  readonly personLimit: bigint
  readonly contribution: Contribution
}

/** One holder's decision about a workspace. */
export type PrivacyDecision = PrivacySetting & { readonly organisationId: string; readonly decidedAt: Date }

/** A workspace in the private mode: what was settled, what is spent, what of it by the reader. */
export type RoomPrivacy = {
  readonly setting: PrivacySetting
  readonly decisions: readonly PrivacyDecision[]
  readonly spent: Loss
  readonly mine: bigint
}

/** One account of a holder's ledger: a type of units, its limit for good, what each workspace has spent of it. */
export type Account = {
  readonly unitType: UnitType
  readonly limit: bigint
  readonly decidedAt: Date | null
  readonly spent: Loss
  readonly rooms: readonly {
    readonly workspaceId: string
    readonly title: string
    readonly spent: Loss
    readonly questions: number
  }[]
}

/** The strictest of several decisions, or undefined where none was made: then the standard mode holds. */
export function strictest(decisions: readonly PrivacyDecision[]): PrivacySetting | undefined {
  if (decisions.length === 0) return undefined
  const least = (of: (d: PrivacyDecision) => bigint) => decisions.map(of).reduce((a, b) => (b < a ? b : a))
  const fewest = (of: (d: PrivacyDecision) => number) => Math.min(...decisions.map(of))
  return {
    rhoLimit: least((d) => d.rhoLimit),
    personLimit: least((d) => d.personLimit),
    contribution: {
      groups: fewest((d) => d.contribution.groups),
      rows: fewest((d) => d.contribution.rows),
    },
  }
}

/** The setting that is offered before anybody decided. */
export const usualSetting: PrivacySetting = {
  rhoLimit: usualLimits.room,
  personLimit: usualLimits.person,
  contribution: usualContribution,
}

/** Which budget a loss would break, or undefined: the workspace's, the person's, or the thresholds'. */
export function brokenBudget(
  privacy: RoomPrivacy,
  loss: Loss,
): 'project' | 'person' | 'threshold' | undefined {
  if (privacy.spent.rho + loss.rho > privacy.setting.rhoLimit) return 'project'
  if (privacy.mine + loss.rho > privacy.setting.personLimit) return 'person'
  return loss.delta > 0n && privacy.spent.delta + loss.delta > thresholds.all ? 'threshold' : undefined
}

/** The ε of a booked ρ at the fixed share of δ. */
export function epsilonShown(rho: bigint): number {
  return epsilonOf(rhoNumber(rho), conversionDelta)
}

/** Adds up losses. */
export const sumOf = composed
