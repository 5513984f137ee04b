import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { World } from '../../test/harness.ts'
import { createWorld } from '../../test/harness.ts'
import type { AnyJob } from './jobs.ts'
import { defineJob } from './jobs.ts'
import { transact } from './context.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('runs what waits in one go; a job that fails takes no other along and stays for another try', async () => {
  const ran: string[] = []
  const bad = defineJob({
    name: 'platform.bad',
    payload: z.object({}),
    run: async () => {
      ran.push('bad')
      throw new Error('on purpose')
    },
  })
  const good = defineJob({
    name: 'platform.good',
    payload: z.object({ n: z.number() }),
    run: async (_ctx, { n }) => void ran.push(`good ${n}`),
  })
  await transact(world.system, async (ctx) => {
    await ctx.enqueue(good, { n: 1 })
    await ctx.enqueue(bad, {})
    await ctx.enqueue(good, { n: 2 })
  })
  await world.hub.queue.work([bad as AnyJob, good as AnyJob], () => world.system)
  // All three were sent at the same moment, so their order is open.
  await expect.poll(() => [...new Set(ran)].sort(), { timeout: 20_000 }).toEqual(['bad', 'good 1', 'good 2'])
  expect(ran.filter((each) => each !== 'bad')).toHaveLength(2)
  await expect
    .poll(() => world.hub.queue.counts(), { timeout: 20_000 })
    .toMatchObject({ waiting: 1, running: 0 })
})
