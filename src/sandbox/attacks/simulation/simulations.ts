import { presets, type Preset } from '../../engine/preset.ts'
import { createTestRoom } from '../target.ts'
import { attackerIn, type Attacker, type Tally } from './attacker.ts'
import { averagingAttack, type Effort, type Guesses } from './averaging.ts'
import { cloningAttack, differentialAttack, uniquePeople } from './noise-exploitation.ts'
import { leastSquaresAttack, namedSubsets, randomSubsetsAttack } from './reconstruction.ts'
import { baselineOf, townOf, type Town } from './town.ts'

type Run = (town: Town, attacker: Attacker, by: Effort) => Promise<Guesses>

/** A simulated attack: a whole campaign of questions, solved for the secret of single people. */
export type Simulation = {
  readonly id: string
  readonly name: string
  readonly run: Run
  /** The people whose secret is wanted. */
  readonly aims: (town: Town, groups: number) => readonly number[]
  /** Questions tried and groups aimed at, in full and in the short form for tests. */
  readonly full: Pick<Effort, 'ways' | 'groups'>
  readonly short: Pick<Effort, 'ways' | 'groups'>
}

/** What a simulation reached. Shares of the people aimed at whose secret was named rightly. */
export type Reached = Tally & {
  readonly id: string
  readonly name: string
  readonly people: number
  readonly aimedAt: number
  /** Share of people who have the secret. */
  readonly share: number
  /** Reached without a single question: everybody is said to have what most have. */
  readonly baseline: number
  readonly recovered: number
  /** (recovered - baseline) / (1 - baseline); 1 would be complete recovery. */
  readonly improvement: number
  /** Two standard errors of the baseline: below that, a difference is chance. */
  readonly tolerance: number
  readonly held: boolean
}

const withNamed: Run = async (town, attacker, by) => {
  for (const sql of namedSubsets) await attacker.ask(sql)
  return randomSubsetsAttack(town, attacker, by)
}

const everybody = (town: Town) => [...town.people.keys()]
const inSmallAreas = (town: Town) =>
  town.people.flatMap((p, i) => (p.values[0]?.startsWith('Rand') ? [i] : []))
const unique = (town: Town, groups: number) =>
  uniquePeople(town)
    .slice(0, groups)
    .map(([i]) => i)

/** The simulated attacks of the literature. */
export const simulations: readonly Simulation[] = [
  {
    id: 'averaging',
    name: 'averaging over partitions',
    run: averagingAttack,
    aims: inSmallAreas,
    full: { ways: 29, groups: 8 },
    short: { ways: 4, groups: 3 },
  },
  {
    id: 'least-squares',
    name: 'least-squares reconstruction',
    run: leastSquaresAttack,
    aims: everybody,
    full: { ways: 200, groups: 0 },
    short: { ways: 20, groups: 0 },
  },
  {
    id: 'random-subsets',
    name: 'random subsets',
    run: withNamed,
    aims: everybody,
    full: { ways: 2_000, groups: 0 },
    short: { ways: 60, groups: 0 },
  },
  {
    id: 'gadotti-differential',
    name: 'noise exploitation, differential (Gadotti)',
    run: differentialAttack,
    aims: unique,
    full: { ways: 4, groups: 300 },
    short: { ways: 3, groups: 12 },
  },
  {
    id: 'gadotti-cloning',
    name: 'noise exploitation, cloning (Gadotti)',
    run: cloningAttack,
    aims: unique,
    full: { ways: 10, groups: 100 },
    short: { ways: 3, groups: 8 },
  },
]

/** How large a run is: people in the town, towns per simulation, share of the people with the secret. */
export type Size = {
  readonly people: number
  readonly towns: number
  readonly share: number
  readonly effort: 'full' | 'short'
}

/** Runs one simulation through the real engine, with the budget of one workspace per town; seeds are fixed. */
export async function simulate(
  simulation: Simulation,
  size: Size,
  preset: Preset = presets.allmende,
): Promise<Reached> {
  const parts: Part[] = []
  for (let seed = 1; seed <= size.towns; seed++) {
    const town = townOf(size.people, size.share, seed * 7)
    const room = await createTestRoom([{ spec: town.spec, rows: town.rows }])
    try {
      const attacker = attackerIn(room, preset)
      const effort: Effort = { ...simulation[size.effort], share: size.share, noiseSd: noiseOf(preset) }
      const guesses = await simulation.run(town, attacker, effort)
      parts.push({ town, guesses, tally: attacker.tally(), aims: simulation.aims(town, effort.groups) })
    } finally {
      await room.close()
    }
  }
  return reached(simulation, size, parts)
}

/** One simulation twice: with a secret as rare as in registers, and with a fair coin, where every hint counts. */
export type Judged = Reached & { readonly worst: Omit<Reached, 'held'> }

/** Sizes of the runs; the short one is for tests. */
const sizes = {
  full: { people: 2_000, towns: 3, effort: 'full' },
  short: { people: 600, towns: 1, effort: 'short' },
} as const

/** Runs all simulations, or some by id. Held: with a rare secret, nothing beyond chance over guessing without questions. */
export async function runSimulations(
  effort: Size['effort'],
  only: readonly string[] = [],
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const simulation of simulations.filter((s) => only.length === 0 || only.includes(s.id))) {
    const rare = await simulate(simulation, { ...sizes[effort], share: 0.2 })
    const { held: _held, ...worst } = await simulate(simulation, { ...sizes[effort], share: 0.5 })
    judged.push({ ...rare, worst })
  }
  return judged
}

type Part = {
  readonly town: Town
  readonly guesses: Guesses
  readonly tally: Tally
  readonly aims: readonly number[]
}

/** What the attacker supposes about the noise of a count: its table and rounding are public knowledge here. */
function noiseOf(preset: Preset): number {
  return Math.sqrt((preset.counts?.V ?? 0) + preset.rounding ** 2 / 12)
}

function reached({ id, name }: Simulation, size: Size, parts: readonly Part[]): Reached {
  const people = parts.flatMap(({ town, aims }) => aims.flatMap((i) => town.people[i] ?? []))
  const baseline = baselineOf(people)
  const most = people.filter((p) => p.secret).length * 2 > people.length ? 1 : 0
  const right = parts.reduce(
    (sum, { town, aims, guesses }) =>
      sum + aims.filter((i) => (guesses.get(i) ?? most) >= 0.5 === town.people[i]?.secret).length,
    0,
  )
  const recovered = right / people.length
  const tolerance = 2 * Math.sqrt((baseline * (1 - baseline)) / people.length)
  return {
    id,
    name,
    people: size.people * size.towns,
    aimedAt: people.length,
    share: size.share,
    baseline,
    recovered,
    improvement: (recovered - baseline) / (1 - baseline),
    tolerance,
    held: recovered <= baseline + tolerance,
    ...tallied(parts.map((p) => p.tally)),
  }
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
