import type { Attacker } from './attacker.ts'
import { averagingAttack, type Effort, type Guesses } from './averaging.ts'
import { cloningAttack, differentialAttack, uniquePeople } from './noise-exploitation.ts'
import { leastSquaresAttack, namedSubsets, randomSubsetsAttack } from './reconstruction.ts'
import type { Town } from './town.ts'

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
