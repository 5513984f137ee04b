import { describe, expect, test } from 'vitest'
import { explain } from '../engine/explain.ts'
import { parseSql, requireFixpoint } from '../engine/parse.ts'
import { presets } from '../engine/preset.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { fuzzFunctions, fuzzQuestions } from './fuzz.ts'
import { mutations, seeds } from './mutation.ts'
import { probes } from './probes.ts'
import { children, heat, homes, visits } from './target.ts'

const soundly = { crashes: [], leaks: [] }

test('1500 mutated questions are answered or refused; nothing breaks, nothing hidden is repeated', async () => {
  const seen = await fuzzQuestions({ count: 1_500, seed: 20_261_121, answers: 80 })
  expect(seen).toMatchObject(soundly)
  expect(seen.questions).toBe(1_500)
  expect([seen.planned > 200, seen.answered, Object.keys(seen.refused).length > 12]).toEqual([true, 80, true])
})

test('functions of the engine’s catalogue are refused in every place, or on the list', async () => {
  const seen = await fuzzFunctions({ answers: 20, every: 20 })
  expect(seen).toMatchObject(soundly)
  expect(seen.questions).toBeGreaterThan(300)
  expect(seen.planned).toBeLessThan(seen.questions / 10)
})

test('the same seed gives the same questions, and the probes are among their seeds', async () => {
  const first = async (count: number) => {
    const all: string[] = []
    for await (const sql of mutations(3, count)) all.push(sql)
    return all
  }
  expect(await first(50)).toEqual(await first(50))
  expect(new Set(await first(200)).size).toBeGreaterThan(150)
  expect(seeds).toEqual(expect.arrayContaining(probes.map(({ sql }) => sql)))
})

describe('the 51 probes', () => {
  const tables = supposedTables([children.spec, heat.spec, visits.spec, homes.spec])
  const room = { tables, preset: presets.allmende }

  test.each(probes)('$construct: $expected', async ({ sql, expected }) => {
    const seen = await explain({ sql, room })
    expect(seen.refusal?.code ?? 'admitted').toBe(expected)
  })

  test('are printed and read back to the same tree, all but VALUES', async () => {
    const back = async ({ construct, sql }: (typeof probes)[number]) =>
      requireFixpoint(await parseSql(sql)).then(
        () => [],
        () => [construct],
      )
    expect((await Promise.all(probes.map(back))).flat()).toEqual(['VALUES'])
    expect(probes).toHaveLength(51)
  })
})
