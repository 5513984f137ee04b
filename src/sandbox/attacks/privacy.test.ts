import { afterAll, beforeAll, expect, it } from 'vitest'
import { samplerTiming } from '../dp/timing.ts'
import { privacyChecks } from './privacy.ts'
import { children, createTestRoom, visits, type TestRoom } from './target.ts'

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([children, visits])
})
afterAll(() => room.close())

it.each(privacyChecks)('$id $name is held off', async ({ run }) => {
  expect(await run(room)).toMatchObject({ held: true })
})

it('a sampler without a batch would be seen by the same measure', () => {
  const { alone, batch } = samplerTiming(1_500)
  expect(Math.abs(alone)).toBeGreaterThan(2 * Math.abs(batch))
})
