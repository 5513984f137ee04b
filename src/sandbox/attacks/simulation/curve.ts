import { epsilonOf } from '../../dp/accountant.ts'
import { presets, type Preset } from '../../engine/preset.ts'
import { conversionDelta } from '../../privacy/model.ts'
import { presetOf } from '../../protection/model.ts'
import { simulate, withinOneTable, type Reached } from './campaign.ts'
import { mostNamed, privateDefence, standardDefence, type Defence } from './defence.ts'
import { simulations } from './simulations.ts'

/** The best of the strongest campaigns against a fair coin, with what stood before the data. */
export type Point = {
  readonly people: number
  readonly cells: number
  readonly campaign: string
  readonly baseline: number
  readonly oneTable: number
  readonly recovered: number
  readonly surest: number
  readonly withinOneTable: boolean
}

/** Cells a workspace may have against what a campaign reaches with them, so that a holder sees where the risk lies. */
export type BudgetPoint = Point & { readonly unitsPerCell: number }

/** A level of protection against what a campaign reaches under it, in a town of 2 000. */
export type LevelPoint = Point & { readonly level: string; readonly k: number; readonly unitsPerCell: number }

/** A workspace's budget under differential privacy: what is proven for everybody, and what the campaigns reach. */
export type PrivatePoint = Point & {
  readonly rho: number
  readonly epsilon: number
  readonly proven: number
}

/** How far a curve goes: sizes of towns, units per cell, levels, budgets ρ. */
export type Reach = {
  readonly people: readonly number[]
  readonly unitsPerCell: readonly number[]
  readonly levels: Readonly<Record<string, Preset>>
  readonly rho: readonly number[]
}

/** What stands in the documentation. */
const fullReach: Reach = {
  people: [400, 2_000, 20_000],
  unitsPerCell: [100, 25, 10, 5],
  levels: {
    'allmende, basic': presetOf('basic'),
    'allmende, raised': presetOf('raised'),
    'allmende, high': presetOf('high'),
    destatis: presets.destatis,
    rdc: presets.rdc,
    opensafely: presets.opensafely,
    acro: presets.acro,
  },
  rho: [0.002, 0.01, 0.05, 0.25, 0.5],
}

/** The whole curve: the strongest campaigns against a fair coin under budgets, levels and differential privacy; seeds are fixed. */
export type Curve = {
  readonly budgets: readonly BudgetPoint[]
  readonly levels: readonly LevelPoint[]
  readonly private: readonly PrivatePoint[]
}

/** Runs the curve; takes some minutes in full. `short` aims at a part of the campaigns, for tests. */
export async function runCurve(reach: Reach = fullReach, effort: 'full' | 'short' = 'full'): Promise<Curve> {
  const budgets: BudgetPoint[] = []
  for (const people of reach.people)
    for (const unitsPerCell of reach.unitsPerCell) {
      const defence = standardDefence({ ...presets.allmende, unitsPerCell, cellsAtLeast: 1 })
      budgets.push({ unitsPerCell, ...(await strongest(defence, people, effort)) })
    }
  const levels: LevelPoint[] = []
  for (const [level, preset] of Object.entries(reach.levels)) {
    const { k, unitsPerCell } = preset
    levels.push({ level, k, unitsPerCell, ...(await strongest(standardDefence(preset), 2_000, effort)) })
  }
  const points: PrivatePoint[] = []
  for (const rho of reach.rho) {
    const of = { rho, epsilon: epsilonOf(rho, conversionDelta), proven: mostNamed(rho) }
    points.push({ ...of, ...(await strongest(privateDefence(rho), 2_000, effort)) })
  }
  return { budgets, levels, private: points }
}

/** Campaigns aimed at everybody: they tell the most, and have enough people to tell it from chance. */
const strong = simulations.filter(({ id }) => id === 'least-squares' || id === 'random-subsets')

async function strongest(defence: Defence, people: number, effort: 'full' | 'short'): Promise<Point> {
  const towns = effort === 'short' || people > 10_000 ? 1 : 3
  const seen: Reached[] = []
  for (const simulation of towns === 1 ? strong.slice(0, 1) : strong)
    seen.push(await simulate(simulation, { people, towns, share: 0.5, effort }, defence))
  const best = seen.reduce((a, b) => (b.recovered > a.recovered ? b : a))
  return {
    people,
    cells: best.cells / towns,
    campaign: best.id,
    baseline: best.baseline,
    oneTable: best.oneTable,
    recovered: best.recovered,
    surest: best.surest.precision,
    withinOneTable: withinOneTable(best),
  }
}
