import { aged, type Population } from './people.ts'
import { seeded } from './random.ts'
import { DEMO_SEED, placeIn, type Block, type Ground, type Place } from './town.ts'

/** How a block heats up. `hot`: at least ten days over 38 degrees felt temperature at two in the afternoon. */
export interface BlockClimate {
  block: Block
  hot: boolean
  /** 1 cool to 5 very hot. */
  heatClass: number
  /** Share of built-over ground. */
  sealed: number
  /** Share under tree crowns. */
  shaded: number
  /** Degrees above the meadows at two in the afternoon. */
  excess: number
}

/** The heat of every block. The hot ones are chosen so that the share of small children in them meets the district's model. */
export function climateOf(ground: Ground, population: Population, seed = DEMO_SEED): BlockClimate[] {
  const random = seeded(seed, 'climate')
  const children = new Map<Block, number>()
  for (const child of aged(population, 0, 5)) {
    const { block } = child.household
    children.set(block, (children.get(block) ?? 0) + 1)
  }
  return ground.districts.flatMap((district) => {
    const blocks = ground.blocks.filter((block) => block.district === district)
    const hot = closestSubset(
      blocks.map((block) => children.get(block) ?? 0),
      district.heat,
    )
    return blocks.map((block, index) => {
      const isHot = hot.has(index)
      // The old town is built over, but its narrow lanes lie in the shade of the houses.
      const lanes = district.code === 'ALT' ? 0.12 : 0
      const sealed = between(random.normal((isHot ? 0.79 : 0.44) + lanes, 0.07), 0.05, 0.97)
      const shaded = between(random.normal(isHot ? 0.07 : 0.26, 0.045), 0.01, 0.6)
      const raw = 1.2 + 4.6 * sealed - 5.5 * shaded + (isHot ? 1.1 : -0.5) - lanes * 6 + random.normal(0, 0.3)
      const excess = Math.round(between(raw, isHot ? 3.1 : -1.5, isHot ? 7.5 : 2.9) * 10) / 10
      return { block, hot: isHot, heatClass: heatClass(excess), sealed, shaded, excess }
    })
  })
}

function heatClass(excess: number): number {
  return 1 + [0.5, 1.8, 3, 4.6].filter((edge) => excess >= edge).length
}

function between(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}

/** Which of the counts together come closest to the wanted share of their sum; all combinations are tried. */
export function closestSubset(counts: readonly number[], share: number): Set<number> {
  const total = counts.reduce((sum, count) => sum + count, 0)
  let best = 0
  let error = Infinity
  for (let mask = 0; mask < 1 << counts.length; mask++) {
    let sum = 0
    for (let index = 0; index < counts.length; index++)
      if (mask & (1 << index)) sum += counts[index] as number
    const off = Math.abs(sum / Math.max(1, total) - share)
    if (off < error) [best, error] = [mask, off]
  }
  return new Set(counts.map((_, index) => index).filter((index) => best & (1 << index)))
}

/** A measuring point of the utility. Its place is known to the utility alone. */
export interface Sensor {
  code: string
  climate: BlockClimate
  place: Place
}

/** One hourly reading. Degrees, percent, micrograms per cubic metre; null where the device was silent. */
export interface Reading {
  sensor: Sensor
  at: Date
  temperature: number | null
  humidity: number | null
  fineDust: number | null
}

const SENSORS = 42
const SUMMER_START = Date.UTC(2025, 5, 1)
const SUMMER_DAYS = 92

/** The measuring points: every district has some, hot and cool blocks alike. */
export function sensorsOf(climate: readonly BlockClimate[], seed = DEMO_SEED): Sensor[] {
  const random = seeded(seed, 'sensors')
  const step = climate.length / SENSORS
  return Array.from({ length: SENSORS }, (_, index) => {
    const each = climate[Math.floor(index * step)] as BlockClimate
    return {
      code: `M${String(index + 1).padStart(2, '0')}`,
      climate: each,
      place: placeIn(each.block, random),
    }
  })
}

/** Every hour of June to August 2025 at every point: about 92 000 readings, with two heat waves and some silence. */
export function* readings(sensors: readonly Sensor[], seed = DEMO_SEED): Generator<Reading> {
  const random = seeded(seed, 'readings')
  const days = summerDays(seed)
  for (const sensor of sensors) {
    for (let hour = 0; hour < SUMMER_DAYS * 24; hour++) {
      const day = days[Math.floor(hour / 24)] as number
      const at = new Date(SUMMER_START + hour * 3_600_000)
      if (random.chance(0.004)) yield { sensor, at, temperature: null, humidity: null, fineDust: null }
      else yield { sensor, at, ...measure(sensor, day, at.getUTCHours(), random.normal(0, 0.4)) }
    }
  }
}

function measure(sensor: Sensor, day: number, hour: number, noise: number) {
  // Warmest at 15 h UTC+2; at night the built-over blocks keep about half of their excess.
  const swing = Math.cos(((hour - 13) / 24) * 2 * Math.PI)
  const excess = sensor.climate.excess * (0.72 + 0.28 * swing)
  const temperature = day + 5.4 * swing + excess * 0.62 + noise
  const humidity = 78 - (temperature - 16) * 2.3 - noise * 3
  const fineDust = 8 + sensor.climate.sealed * 9 + (hour >= 5 && hour <= 8 ? 4 : 0) + Math.abs(noise) * 5
  return {
    temperature: tenth(temperature),
    humidity: Math.round(Math.min(99, Math.max(18, humidity))),
    fineDust: tenth(fineDust),
  }
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** The mean of each day in the meadows: summer's curve, weather that lasts some days, heat waves in July and August. */
function summerDays(seed: number): number[] {
  const random = seeded(seed, 'weather')
  let weather = 0
  return Array.from({ length: SUMMER_DAYS }, (_, day) => {
    weather = 0.75 * weather + random.normal(0, 1.6)
    const season = 18.2 + 2.8 * Math.sin((day / SUMMER_DAYS) * Math.PI)
    const wave = 6.5 * Math.exp(-(((day - 46) / 4.5) ** 2)) + 5 * Math.exp(-(((day - 72) / 3.5) ** 2))
    return season + weather + wave
  })
}

/** One tree of the land register of trees. */
export interface Tree {
  id: number
  block: Block
  place: Place
  species: string
  planted: number
  crown: number
}

const species = [
  ['Winterlinde', 24],
  ['Spitzahorn', 18],
  ['Stieleiche', 12],
  ['Rosskastanie', 9],
  ['Platane', 9],
  ['Hainbuche', 8],
  ['Feldahorn', 8],
  ['Esche', 6],
  ['Zerreiche', 3],
  ['Blumenesche', 3],
] as const

/** The trees in public ground: the more shade a block has, the more of them. */
export function treesOf(climate: readonly BlockClimate[], seed = DEMO_SEED): Tree[] {
  const random = seeded(seed, 'trees')
  const trees: Tree[] = []
  for (const { block, shaded } of climate) {
    const count = Math.max(2, Math.round(shaded * 360 + random.normal(0, 6)))
    for (let index = 0; index < count; index++) {
      const planted = Math.min(2025, Math.round(random.normal(1986, 22)))
      const crown = Math.max(1, tenth(Math.sqrt(Math.max(1, 2026 - planted)) * 1.15 + random.normal(0, 0.8)))
      trees.push({
        id: trees.length + 1,
        block,
        place: placeIn(block, random),
        species: random.weighted(species),
        planted,
        crown,
      })
    }
  }
  return trees
}
