import { createTestRoom } from '../target.ts'
import type { Tally } from './attacker.ts'
import type { Effort, Guesses } from './averaging.ts'
import { standardDefence, type Defence } from './defence.ts'
import { oneTableOf } from './one-table.ts'
import { simulations, type Simulation } from './simulations.ts'
import { baselineOf, townOf, type Town } from './town.ts'

/** How large a run is: people in the town, towns per simulation, share of the people with the secret. */
export type Size = {
  readonly people: number
  readonly towns: number
  readonly share: number
  readonly effort: 'full' | 'short'
}

/** What a campaign reached. Shares of the people aimed at whose secret was named rightly. */
export type Reached = Tally & {
  readonly id: string
  readonly name: string
  readonly people: number
  readonly aimedAt: number
  /** Share of people who have the secret. */
  readonly share: number
  /** Reached without a single question: everybody is said to have what most have. */
  readonly baseline: number
  /** Reached with one table by ordinary rules (exact counts from k people) that shows no more cells than were spent. */
  readonly oneTable: number
  readonly recovered: number
  /** (recovered - baseline) / (1 - baseline); 1 would be complete recovery. */
  readonly improvement: number
  /** The twentieth of the people aimed at whose guesses are surest: how many of them are right, and what that is worth. */
  readonly surest: { readonly precision: number; readonly improvement: number }
  /** Two standard errors of the baseline: below that, a difference is chance. */
  readonly tolerance: number
  /** Nothing beyond chance over guessing without questions. */
  readonly held: boolean
}

/** A campaign twice: with a secret as rare as in registers, and with a fair coin, where every hint counts. */
export type Judged = Reached & { readonly worst: Reached & { readonly withinOneTable: boolean } }

/** Sizes of the runs; the short one is for tests. */
const sizes = {
  full: { people: 2_000, towns: 3, effort: 'full' },
  short: { people: 600, towns: 1, effort: 'short' },
} as const

/** Runs one simulation through the real engine, with the budget of one workspace per town; seeds are fixed. */
export async function simulate(
  simulation: Simulation,
  size: Size,
  defence: Defence = standardDefence(),
): Promise<Reached> {
  const parts: Part[] = []
  for (let seed = 1; seed <= size.towns; seed++) {
    const town = townOf(size.people, size.share, seed * 7)
    const room = await createTestRoom([{ spec: town.spec, rows: town.rows }])
    try {
      const attacker = defence.attackerIn(room, seed)
      const effort: Effort = { ...simulation[size.effort], share: size.share, noiseSd: defence.noiseSd }
      const guesses = await simulation.run(town, attacker, effort)
      const tally = attacker.tally()
      const one = oneTableOf(town, { cells: tally.cells, k: defence.k }).guesses
      parts.push({ town, guesses, one, tally, aims: simulation.aims(town, effort.groups) })
    } finally {
      await room.close()
    }
  }
  return reached(simulation, size, parts)
}

/**
 * Runs all simulations, or some by id. Held: with a rare secret nothing beyond chance over guessing without questions; with a
 * fair coin no more than the one ordinary table tells.
 */
export async function runSimulations(
  effort: Size['effort'],
  only: readonly string[] = [],
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const simulation of simulations.filter((s) => only.length === 0 || only.includes(s.id))) {
    const rare = await simulate(simulation, { ...sizes[effort], share: 0.2 })
    const worst = await simulate(simulation, { ...sizes[effort], share: 0.5 })
    judged.push({ ...rare, worst: { ...worst, withinOneTable: withinOneTable(worst) } })
  }
  return judged
}

/** Whether a campaign told no more than one table by ordinary rules, give or take chance. */
export function withinOneTable(reached: Reached): boolean {
  return reached.recovered <= Math.max(reached.baseline, reached.oneTable) + reached.tolerance
}

type Part = {
  readonly town: Town
  readonly guesses: Guesses
  readonly one: Guesses
  readonly tally: Tally
  readonly aims: readonly number[]
}

function reached({ id, name }: Simulation, size: Size, parts: readonly Part[]): Reached {
  const people = parts.flatMap(({ town, aims }) => aims.flatMap((i) => town.people[i] ?? []))
  const baseline = baselineOf(people)
  const most = people.filter((p) => p.secret).length * 2 > people.length ? 1 : 0
  const recovered = rightOf(judgedBy(parts, 'guesses', most))
  const sure = surestOf(judgedBy(parts, 'guesses', most), size.share)
  const tolerance = 2 * Math.sqrt((baseline * (1 - baseline)) / people.length)
  const improvement = (share: number) => (share - baseline) / (1 - baseline)
  return {
    id,
    name,
    people: size.people * size.towns,
    aimedAt: people.length,
    share: size.share,
    baseline,
    oneTable: rightOf(judgedBy(parts, 'one', most)),
    recovered,
    improvement: improvement(recovered),
    surest: { precision: sure, improvement: improvement(sure) },
    tolerance,
    held: recovered <= baseline + tolerance,
    ...tallied(parts.map((p) => p.tally)),
  }
}

type JudgedGuess = { readonly guess: number; readonly right: boolean }

/** Each person aimed at with the guess, by the campaign or by the one table; where there is none, what most have. */
function judgedBy(parts: readonly Part[], by: 'guesses' | 'one', most: number): JudgedGuess[] {
  return parts.flatMap((part) =>
    part.aims.map((i) => {
      const guess = part[by].get(i) ?? most
      return {
        guess: part[by].has(i) ? guess : Number.NaN,
        right: guess >= 0.5 === part.town.people[i]?.secret,
      }
    }),
  )
}

function rightOf(judged: readonly JudgedGuess[]): number {
  return judged.filter((j) => j.right).length / Math.max(1, judged.length)
}

/** How many of the surest twentieth of the guesses are right: those that lie farthest from what was known beforehand. */
function surestOf(judged: readonly JudgedGuess[], share: number): number {
  const sureness = ({ guess }: JudgedGuess) => (Number.isNaN(guess) ? 0 : Math.abs(guess - share))
  const sorted = [...judged].sort((a, b) => sureness(b) - sureness(a))
  return rightOf(sorted.slice(0, Math.ceil(judged.length / 20)))
}

function tallied(tallies: readonly Tally[]): Tally {
  const refused: Record<string, number> = {}
  for (const tally of tallies)
    for (const [code, times] of Object.entries(tally.refused)) refused[code] = (refused[code] ?? 0) + times
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0)
  return {
    questions: sum((t) => t.questions),
    answered: sum((t) => t.answered),
    refused,
    cells: sum((t) => t.cells),
  }
}
