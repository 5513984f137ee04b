import { expect, test } from 'vitest'
import { inQuantum, replyAt } from './quantum.ts'

test('answers come at the quantum, twice, four times it … whatever they took', () => {
  expect([0, 1, 249, 250, 251, 499, 501, 1_001].map((ms) => replyAt(ms, 250))).toEqual([
    250, 250, 250, 250, 500, 500, 1_000, 2_000,
  ])
  expect(replyAt(17, 0)).toBe(17)
})

test('an answer and an error of the same class are told apart by nothing but themselves', async () => {
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const seen: number[] = []
  for (const work of [
    async () => 1,
    () => sleep(5),
    () => sleep(5).then(() => Promise.reject(new Error('x'))),
  ]) {
    const started = performance.now()
    const found = await inQuantum(80, work).catch(() => ({ ms: 80 }))
    seen.push(found.ms)
    expect(performance.now() - started).toBeGreaterThanOrEqual(78)
  }
  expect(new Set(seen.map((ms) => ms % 80))).toEqual(new Set([0]))
})
