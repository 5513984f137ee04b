import { expect, test } from 'vitest'
import { perturbationTable, lookUp } from '../../engine/ptable.ts'
import { presets } from '../../engine/preset.ts'
import { chanceOf } from './chance.ts'
import { simulate, simulations } from './simulations.ts'
import { reconstruct, type Equation } from './solve.ts'

const size = { people: 600, towns: 1, effort: 'short' } as const

test.each(simulations)('$name reaches no more than guessing without a question', async (simulation) => {
  const reached = await simulate(simulation, { ...size, share: 0.2 })
  expect(reached.recovered).toBeLessThanOrEqual(reached.baseline + reached.tolerance)
  expect(reached.questions).toBeGreaterThan(0)
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
  const subsets = simulations.find((s) => s.id === 'random-subsets')
  if (!subsets) throw new Error('no such simulation')
  const tight = { ...presets.allmende, cellsAtLeast: 15, unitsPerCell: 100 }
  const reached = await simulate(subsets, { ...size, share: 0.5 }, tight)
  expect(reached.cells).toBeLessThanOrEqual(15)
  expect(reached.refused['table-budget']).toBeGreaterThan(5)
})
