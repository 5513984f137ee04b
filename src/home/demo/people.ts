import { seeded, type Random } from './random.ts'
import { DEMO_SEED, type Block, type Ground } from './town.ts'

/** How a household lives together. */
export type HouseholdKind = 'single' | 'couple' | 'family' | 'single-parent' | 'shared'

/** One inhabitant. `age` is in full years on 1 January 2026. */
export interface Inhabitant {
  id: number
  household: Household
  age: number
  sex: 'w' | 'm'
}

/** A dwelling with those who live in it. */
export interface Household {
  id: number
  block: Block
  kind: HouseholdKind
  people: Inhabitant[]
  /** True where every adult of the household works. */
  working: boolean
}

/** All who live in the model town. */
export interface Population {
  households: Household[]
  people: Inhabitant[]
}

/** Fills the blocks with households until each district has its inhabitants: about 60 000 people. */
export function populate(ground: Ground, seed = DEMO_SEED): Population {
  const random = seeded(seed, 'people')
  const population: Population = { households: [], people: [] }
  for (const district of ground.districts) {
    const blocks = ground.blocks.filter((block) => block.district === district)
    const weights = blocks.map((block) => [block, block.weight] as const)
    const target = population.people.length + district.inhabitants
    while (population.people.length < target) addHousehold(population, random.weighted(weights), random)
  }
  return population
}

function addHousehold(population: Population, block: Block, random: Random): void {
  const kind = drawKind(block, random)
  const household: Household = {
    id: population.households.length + 1,
    block,
    kind,
    people: [],
    working: false,
  }
  for (const age of agesOf(kind, block, random)) {
    const person: Inhabitant = { id: population.people.length + 1, household, age, sex: drawSex(age, random) }
    household.people.push(person)
    population.people.push(person)
  }
  household.working = random.chance(workingShare(household))
  population.households.push(household)
}

function drawKind(block: Block, random: Random): HouseholdKind {
  const { families } = block.district
  return random.weighted<HouseholdKind>([
    ['single', 0.43 * (1 - families)],
    ['couple', 0.46 * (1 - families)],
    ['shared', 0.11 * (1 - families)],
    ['family', families * 0.76],
    ['single-parent', families * 0.24],
  ])
}

function agesOf(kind: HouseholdKind, block: Block, random: Random): number[] {
  const isOld = random.chance(block.district.old * 1.2)
  if (kind === 'single') return [isOld ? elder(random) : young(random)]
  if (kind === 'couple') return pair(isOld ? elder(random) : random.int(24, 66), random)
  if (kind === 'shared') return Array.from({ length: random.int(2, 4) }, () => random.int(19, 38))
  return familyAges(kind, random)
}

function familyAges(kind: HouseholdKind, random: Random): number[] {
  const count = random.weighted([
    [1, 48],
    [2, 38],
    [3, 11],
    [4, 3],
  ])
  const youngest = random.int(0, 19)
  const children = [youngest]
  while (children.length < count)
    children.push(Math.min(24, (children.at(-1) ?? youngest) + random.int(1, 4)))
  const mother = clamp(Math.round(random.normal((children.at(-1) ?? 0) + 29, 4)), 17, 60)
  return kind === 'family' ? [...pair(mother, random), ...children] : [mother, ...children]
}

function pair(age: number, random: Random): number[] {
  return [age, clamp(Math.round(random.normal(age + 1.5, 3.5)), 19, 99)]
}

function young(random: Random): number {
  return clamp(Math.round(random.normal(38, 13)), 19, 66)
}

function elder(random: Random): number {
  return clamp(Math.round(random.normal(74, 8.5)), 60, 101)
}

// Women outlive men: about half at sixty, two thirds at ninety.
function drawSex(age: number, random: Random): 'w' | 'm' {
  return random.chance(age < 60 ? 0.495 : 0.5 + (age - 60) * 0.006) ? 'w' : 'm'
}

function workingShare(household: Household): number {
  const adults = household.people.filter((person) => person.age >= 19)
  if (adults.some((person) => person.age > 66)) return 0.03
  const { working } = household.block.district
  return household.kind === 'single-parent' ? working + 0.08 : working
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** All inhabitants between two ages, both included. */
export function aged(population: Population, from: number, to: number): Inhabitant[] {
  return population.people.filter((person) => person.age >= from && person.age <= to)
}
