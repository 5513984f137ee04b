import { aged, type Inhabitant, type Population } from './people.ts'
import { seeded, type Random } from './random.ts'
import { DEMO_SEED, placeIn, type Block, type Ground, type Place } from './town.ts'

/** A house of day care. */
export interface Kita {
  code: string
  name: string
  block: Block
  place: Place
  carrier: string
  places: number
  /** Latest hour of pick-up. */
  closes: number
  children: number
}

/** What the youth office knows of one child under six. */
export interface CareRecord {
  child: Inhabitant
  /** All parents of the household work: the family needs care. */
  needs: boolean
  kita: Kita | undefined
  /** Hours a week that were agreed; 0 without a place. */
  hours: number
  waiting: boolean
}

/** Houses of day care and who has a place in them. */
export interface Care {
  kitas: Kita[]
  records: CareRecord[]
}

const KITAS = 38
const names = [
  'Sonnenhof',
  'Flussufer',
  'Ringelblume',
  'Am Anger',
  'Kastanie',
  'Regenbogen',
  'Schwalbennest',
  'Sandkiste',
  'Pusteblume',
  'Wirbelwind',
  'Lindenhof',
  'Brückenhaus',
  'Birkenweg',
  'Storchennest',
  'Auwald',
  'Zwergenhaus',
  'Werkhof',
  'Spatzen',
  'Am Wehr',
]
const carriers = [
  ['Stadt', 45],
  ['Kirche', 25],
  ['Verein', 20],
  ['Betrieb', 10],
] as const

/** Gives every small child a place or not: who needs one and has none follows the model of the district. */
export function careOf(ground: Ground, population: Population, seed = DEMO_SEED): Care {
  const random = seeded(seed, 'care')
  const children = aged(population, 0, 5)
  const kitas = buildKitas(ground, children, random)
  const records = children.map((child) => recordOf(child, kitas, random))
  for (const kita of kitas) kita.places = kita.children + random.int(0, 4)
  return { kitas, records }
}

function buildKitas(ground: Ground, children: readonly Inhabitant[], random: Random): Kita[] {
  return ground.districts.flatMap((district) => {
    const blocks = ground.blocks.filter((block) => block.district === district)
    const own = children.filter((child) => child.household.block.district === district).length
    const count = own < 30 ? 0 : Math.max(1, Math.round((own / children.length) * KITAS))
    return Array.from({ length: count }, (_, index) => {
      const block = random.pick(blocks)
      return {
        code: `${district.code}-K${index + 1}`,
        name: `Kita ${names[index % names.length]} ${district.name}`,
        block,
        place: placeIn(block, random),
        carrier: random.weighted(carriers),
        places: 0,
        closes: closingHour(district.code, random),
        children: 0,
      }
    })
  })
}

// At the harbour the houses close early, although shifts end late there.
function closingHour(district: string, random: Random): number {
  return district === 'HAF'
    ? random.int(14, 15)
    : random.weighted([
        [16, 5],
        [17, 4],
        [18, 1],
      ])
}

function recordOf(child: Inhabitant, kitas: readonly Kita[], random: Random): CareRecord {
  const { district } = child.household.block
  const needs = child.household.working && child.age >= 1
  const share = needs ? 1 - district.unmet : child.age === 0 ? 0.04 : child.age < 3 ? 0.3 : 0.84
  if (!random.chance(share))
    return { child, needs, kita: undefined, hours: 0, waiting: needs && random.chance(0.8) }
  const near = kitas.filter((kita) => kita.block.district === district)
  const kita = random.pick(near.length > 0 && random.chance(0.93) ? near : kitas)
  kita.children += 1
  const longest = kita.closes <= 15 ? 35 : 45
  const wanted = needs
    ? random.weighted([
        [25, 1],
        [35, 4],
        [45, 5],
      ])
    : random.weighted([
        [25, 5],
        [35, 4],
        [45, 1],
      ])
  return { child, needs, kita, hours: Math.min(wanted, longest), waiting: false }
}
