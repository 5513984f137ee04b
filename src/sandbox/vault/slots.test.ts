import { expect, test } from 'vitest'
import { slotsOf } from './slots.ts'

test('two at a time, and one that needs all slots runs alone, in the order they came', async () => {
  const inSlots = slotsOf(2)
  const seen: string[] = []
  let running = 0
  const work = (name: string) => async () => {
    running++
    seen.push(`${name}${running}`)
    await new Promise((later) => setTimeout(later, 5))
    running--
  }
  await Promise.all([
    inSlots(1, work('a')),
    inSlots(1, work('b')),
    inSlots(2, work('c')),
    inSlots(1, work('d')),
    inSlots(1, work('e')),
  ])
  expect(seen).toEqual(['a1', 'b2', 'c1', 'd1', 'e2'])
})

test('work that fails gives its slots back', async () => {
  const inSlots = slotsOf(1)
  await expect(inSlots(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inSlots(1, async () => 'yes')).toBe('yes')
})
