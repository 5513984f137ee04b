import type { Attacker } from './attacker.ts'
import type { Effort, Guesses } from './averaging.ts'
import { chanceOf } from './chance.ts'
import { subsets } from './one-table.ts'
import { reconstruct, type Equation } from './solve.ts'
import type { Town } from './town.ts'

/** Least squares: everybody's secret is solved for from all tables the engine gives, split in all ways of up to four dimensions. */
export async function leastSquaresAttack(town: Town, attacker: Attacker, by: Effort): Promise<Guesses> {
  const chance = chanceOf(101)
  const ways = subsets(town.known.length, 4)
    .map((way) => ({ way, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, by.ways)
  const equations: Equation[] = []
  for (const { way } of ways) {
    const names = way.map((d) => town.known[d]?.name ?? '').join(', ')
    const result = await attacker.ask(`SELECT ${names}, COUNT(*) FROM leute WHERE leistung GROUP BY ${names}`)
    for (const row of result?.rows ?? [])
      add(equations, row.at(-1), town, (values) => way.every((d, j) => values[d] === row[j]))
  }
  return solved(equations, town, by)
}

/** Random subsets: groups put together from random values of one to three dimensions, as many as the budget gives. */
export async function randomSubsetsAttack(town: Town, attacker: Attacker, by: Effort): Promise<Guesses> {
  const chance = chanceOf(202)
  const equations: Equation[] = []
  for (let asked = 0; asked < by.ways && !attacker.exhausted(); asked++) {
    const tests = randomTests(town, chance)
    const where = tests.map(({ name, values }) => `${name} IN (${values.map((v) => `'${v}'`).join(', ')})`)
    const result = await attacker.ask(
      `SELECT COUNT(*) FROM leute WHERE ${['leistung', ...where].join(' AND ')}`,
    )
    add(equations, result?.rows[0]?.[0], town, (values) =>
      tests.every(({ at, values: list }) => list.includes(values[at] ?? '')),
    )
  }
  return solved(equations, town, by)
}

/** The attacker cannot name people: these are the subsets of the literature, by number, by bits, by hash. */
export const namedSubsets: readonly string[] = [
  "SELECT COUNT(*) FROM leute WHERE leistung AND person_id IN ('p1', 'p5', 'p8')",
  'SELECT COUNT(*) FROM leute WHERE leistung AND hash(person_id) % 2 = 0',
  "SELECT COUNT(*) FROM leute WHERE leistung AND substr(person_id, 2, 1) = '1'",
  'SELECT COUNT(*) FROM leute WHERE leistung AND random() < 0.5',
  'SELECT COUNT(*) FROM leute TABLESAMPLE 50 PERCENT WHERE leistung',
]

function randomTests(town: Town, chance: () => number) {
  const dimensions = town.known
    .map((dimension, at) => ({ ...dimension, at, order: chance() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, 1 + Math.floor(chance() * 3))
  return dimensions.map(({ name, values, at }) => {
    const list = values.filter(() => chance() < 0.6)
    return { name, at, values: list.length > 0 ? list : values.slice(0, 1) }
  })
}

function add(
  equations: Equation[],
  shown: unknown,
  town: Town,
  isMember: (values: readonly string[]) => boolean,
): void {
  if (typeof shown !== 'number') return
  equations.push({ shown, members: town.people.flatMap((p, i) => (isMember(p.values) ? [i] : [])) })
}

function solved(equations: readonly Equation[], town: Town, by: Effort): Guesses {
  if (equations.length === 0) return new Map()
  const x = reconstruct(equations, { people: town.people.length, share: by.share, noiseSd: by.noiseSd })
  return new Map(x.entries())
}
