import { z } from 'zod'
import type { Json } from './canonical.ts'
import type { Ctx } from './context.ts'
import type { AnyJob, Job } from './jobs.ts'
import { defineJob } from './jobs.ts'
import { newId } from './ids.ts'

declare module './db.ts' {
  interface Tables {
    platform_event: { id: string; name: string; payload: Record<string, unknown>; at: Date }
  }
}

/** A room's interest in an event of a room to its right or left: the event becomes this job, with its payload. */
export type Subscription = { readonly event: string; readonly job: AnyJob }

/** Says which job an event becomes. */
export function subscribe<P>(event: string, job: Job<P>): Subscription {
  return { event, job: job as AnyJob }
}

/** News from one room to others. Stored with the use case in its transaction, delivered as jobs afterwards. */
export async function emit(ctx: Ctx, name: string, payload: Record<string, Json>): Promise<void> {
  const id = newId(ctx.now.getTime())
  await ctx.db.insertInto('platform_event').values({ id, name, payload, at: ctx.now }).execute()
  await ctx.enqueue(deliverEvent, { id, name, payload }, { key: id })
}

const eventSchema = z.object({ id: z.string(), name: z.string(), payload: z.record(z.string(), z.unknown()) })

/** Stands in the queue for an event; `deliveryJob` gives it its run. */
const deliverEvent = defineJob({ name: 'platform.deliver-event', payload: eventSchema, run: async () => {} })

/** The job that turns one event into one job per subscriber, atomically and once. */
export function deliveryJob(subscriptions: readonly Subscription[]): AnyJob {
  return defineJob({
    ...deliverEvent,
    run: async (ctx, event) => {
      for (const { event: name, job } of subscriptions) {
        if (name !== event.name) continue
        await ctx.enqueue(job as unknown as Job<unknown>, event.payload, { key: event.id })
      }
    },
  }) as AnyJob
}

/** Forgets news older than that; they were delivered long ago, and name people's ids. */
export async function forgetEvents(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('platform_event').where('at', '<', before).execute()
}
