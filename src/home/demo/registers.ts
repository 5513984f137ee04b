import {
  climateOf,
  readings,
  sensorsOf,
  treesOf,
  type BlockClimate,
  type Sensor,
  type Tree,
} from './climate.ts'
import { careOf, type Care } from './kitas.ts'
import { aged, populate, type Household, type Inhabitant, type Population } from './people.ts'
import { seeded } from './random.ts'
import { DEMO_SEED, layOut, type Block, type Ground } from './town.ts'

/** One check before school, as the health office keeps it. */
export interface SchoolCheck {
  child: Inhabitant
  year: number
  kitaYears: number
  language: 'unauffällig' | 'Förderbedarf'
  motor: 'unauffällig' | 'Förderbedarf'
  vaccinated: boolean
}

/** What a household used in 2025. Heat and electricity in kWh, water in cubic metres. */
export interface Consumption {
  household: Household
  electricity: number
  heat: number
  water: number
}

/** Devices that a company counted in a block in one hour of a usual week; rounded to ten, null below thirty. */
export interface DeviceCount {
  block: Block
  weekday: number
  hour: number
  devices: number | null
}

/** The whole model town with every register that its offices and companies keep. Same seed, same town. */
export interface ModelTown {
  seed: number
  ground: Ground
  population: Population
  climate: BlockClimate[]
  care: Care
  sensors: Sensor[]
  trees: Tree[]
}

/** Builds the town in well under a second; the long registers are generated on demand. */
export function buildTown(seed = DEMO_SEED): ModelTown {
  const ground = layOut(seed)
  const population = populate(ground, seed)
  const climate = climateOf(ground, population, seed)
  const care = careOf(ground, population, seed)
  return {
    seed,
    ground,
    population,
    climate,
    care,
    sensors: sensorsOf(climate, seed),
    trees: treesOf(climate, seed),
  }
}

/** Every hourly reading of the summer; see `climate.ts`. */
export function readingsOf(town: ModelTown) {
  return readings(town.sensors, town.seed)
}

/** The checks before school of three years: the longer a child went to day care, the fewer need help with language. */
export function schoolChecks(town: ModelTown): SchoolCheck[] {
  const random = seeded(town.seed, 'school')
  return aged(town.population, 6, 8).map((child) => {
    const { district } = child.household.block
    const kitaYears = Math.max(0, Math.min(5, Math.round(random.normal(3.6 - district.unmet * 4, 1))))
    const language = 0.44 - 0.07 * kitaYears + district.unmet * 0.2
    return {
      child,
      year: 2025 - (child.age - 6),
      kitaYears,
      language: random.chance(Math.max(0.03, language)) ? 'Förderbedarf' : 'unauffällig',
      motor: random.chance(0.17 - 0.015 * kitaYears) ? 'Förderbedarf' : 'unauffällig',
      vaccinated: random.chance(0.92),
    }
  })
}

/** What every household used: grows with its people, less than in step. */
export function consumption(town: ModelTown): Consumption[] {
  const random = seeded(town.seed, 'utility')
  return town.population.households.map((household) => {
    const size = household.people.length
    const spread = Math.exp(random.normal(0, 0.28))
    return {
      household,
      electricity: Math.round((780 + 870 * size ** 0.8) * spread),
      heat: Math.round((4200 + 2500 * size ** 0.7) * Math.exp(random.normal(0, 0.32))),
      water: Math.round((12 + 34 * size) * Math.exp(random.normal(0, 0.25))),
    }
  })
}

/** Devices per block and hour of a usual week: home at night, middle and harbour by day. */
export function* deviceCounts(town: ModelTown): Generator<DeviceCount> {
  const random = seeded(town.seed, 'devices')
  const residents = new Map<Block, number>()
  for (const { household } of town.population.people)
    residents.set(household.block, (residents.get(household.block) ?? 0) + 1)
  for (const block of town.ground.blocks) {
    const home = (residents.get(block) ?? 0) * 0.31
    const work = { ALT: 420, BHF: 520, HAF: 380, ZIE: 160 }[block.district.code] ?? 45
    for (let hour = 0; hour < 168; hour++) {
      const weekday = Math.floor(hour / 24) + 1
      const out = awayShare(weekday, hour % 24)
      const seen = home * (1 - out) + work * out * (weekday > 5 ? 0.45 : 1) + random.normal(0, 6)
      yield { block, weekday, hour: hour % 24, devices: seen < 30 ? null : Math.round(seen / 10) * 10 }
    }
  }
}

function awayShare(weekday: number, hour: number): number {
  if (hour < 6 || hour > 21) return 0.06
  const day = hour >= 8 && hour <= 16 ? 0.62 : 0.34
  return weekday > 5 ? day * 0.6 : day
}
