import { expect, test } from 'vitest'
import { perturbationTable, lookUp } from '../../engine/ptable.ts'
import { presets } from '../../engine/preset.ts'
import { chanceOf } from './chance.ts'
import { simulate, withinOneTable } from './campaign.ts'
import { mostNamed, privateDefence, standardDefence } from './defence.ts'
import { oneTableOf } from './one-table.ts'
import { simulations } from './simulations.ts'
import { reconstruct, type Equation } from './solve.ts'
import { townOf } from './town.ts'

const size = { people: 600, towns: 1, effort: 'short' } as const

test.each(simulations)('$name reaches no more than guessing without a question', async (simulation) => {
  const reached = await simulate(simulation, { ...size, share: 0.2 })
  expect(reached.recovered).toBeLessThanOrEqual(reached.baseline + reached.tolerance)
  expect(reached.questions).toBeGreaterThan(0)
})

const named = (id: string) => {
  const found = simulations.find((s) => s.id === id)
  if (!found) throw new Error(`no simulation ${id}`)
  return found
}

test.each(['least-squares', 'random-subsets'])(
  '%s tells no more of a fair coin than one ordinary table does',
  async (id) => {
    const reached = await simulate(named(id), { ...size, share: 0.5 })
    expect(withinOneTable(reached)).toBe(true)
    expect(reached.cells).toBeGreaterThan(15)
  },
)

test('without a budget per table, a campaign tells more than one ordinary table', async () => {
  const open = standardDefence({ ...presets.allmende, unitsPerCell: 1 })
  const long = { ...named('random-subsets'), short: { ways: 250, groups: 0 } }
  const reached = await simulate(long, { ...size, people: 300, share: 0.5 }, open)
  expect(withinOneTable(reached)).toBe(false)
})

test('under differential privacy a campaign stays below what is proven, and at a small budget at guessing', async () => {
  const of = async (rho: number) =>
    simulate(named('least-squares'), { ...size, share: 0.5 }, privateDefence(rho, 10))
  const [small, large] = [await of(0.002), await of(0.5)]
  expect(small.recovered).toBeLessThanOrEqual(small.baseline + small.tolerance)
  expect(large.recovered).toBeLessThanOrEqual(mostNamed(0.5))
  expect([small.answered, large.answered]).toEqual([10, 10])
})

test('one ordinary table shows no cell under the threshold and no more cells than allowed', () => {
  const town = townOf(600, 0.5, 3)
  const { shown, way, guesses } = oneTableOf(town, { cells: 12, k: 10 })
  const groups = Map.groupBy(guesses.keys(), (i) => way.map((d) => town.people[i]?.values[d]).join())
  const yes = [...groups.values()].map((g) => g.filter((i) => town.people[i]?.secret).length)
  expect([shown > 5, shown <= 12, yes.filter((n) => n >= 10).length]).toEqual([true, true, shown])
})

test('without the engine in front, the same reconstruction names nearly every secret', () => {
  const chance = chanceOf(5)
  const table = perturbationTable({ D: 5, V: 2.25, js: 2 })
  const secrets = Array.from({ length: 100 }, () => chance() < 0.5)
  const equations = Array.from({ length: 400 }, (): Equation => {
    const members = secrets.flatMap((_, i) => (chance() < 0.5 ? [i] : []))
    const n = members.filter((i) => secrets[i]).length
    return { members, shown: n + lookUp(table, n, chance()) }
  })
  const guess = reconstruct(equations, { people: 100, share: 0.5, noiseSd: 1.5 })
  const right = secrets.filter((secret, i) => (guess[i] ?? 0) >= 0.5 === secret).length
  expect(right).toBeGreaterThanOrEqual(95)
})

test('without the engine in front, the mean of many partitions is exact', () => {
  const chance = chanceOf(6)
  const table = perturbationTable({ D: 5, V: 2.25, js: 2 })
  const exact = (ways: number) =>
    Array.from({ length: 200 }, () => {
      const n = 60 + Math.floor(chance() * 240)
      let sum = 0
      for (let way = 0; way < ways; way++) {
        const part = Array.from({ length: n }).filter(() => chance() < 0.5).length
        sum += n + lookUp(table, part, chance()) + lookUp(table, n - part, chance())
      }
      return Math.round(sum / ways) === n
    }).filter(Boolean).length / 200
  expect(exact(10)).toBeGreaterThan(0.4)
  expect(exact(100)).toBeGreaterThan(0.9)
})

test('a table stops giving out cells before its people can be solved for', async () => {
  const tight = { ...presets.allmende, cellsAtLeast: 15, unitsPerCell: 100 }
  const reached = await simulate(named('random-subsets'), { ...size, share: 0.5 }, standardDefence(tight))
  expect(reached.cells).toBeLessThanOrEqual(15)
  expect(reached.refused['table-budget']).toBeGreaterThan(5)
})
