import { expect, test } from 'vitest'
import { fuzzFunctions, fuzzQuestions } from './fuzz.ts'
import { mutations } from './mutation.ts'

const soundly = { crashes: [], leaks: [] }

test('3000 mutated questions are answered or refused; nothing breaks, nothing hidden is repeated', async () => {
  const seen = await fuzzQuestions({ count: 3_000, seed: 20_261_121, answers: 80 })
  expect(seen).toMatchObject(soundly)
  expect(seen.questions).toBe(3_000)
  expect([seen.planned > 300, seen.answered, Object.keys(seen.refused).length > 12]).toEqual([true, 80, true])
})

test('functions of the engine’s catalogue are refused in every place, or on the list', async () => {
  const seen = await fuzzFunctions({ answers: 20, every: 20 })
  expect(seen).toMatchObject(soundly)
  expect(seen.questions).toBeGreaterThan(300)
  expect(seen.planned).toBeLessThan(seen.questions / 10)
})

test('the same seed gives the same questions', () => {
  expect([...mutations(3, 50)]).toEqual([...mutations(3, 50)])
  expect(new Set(mutations(3, 200)).size).toBeGreaterThan(150)
})
