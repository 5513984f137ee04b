import { z } from 'zod'
import { backUpDaily } from './platform/backup.ts'
import type { Subscription } from './platform/events.ts'
import { deliveryJob, forgetEvents } from './platform/events.ts'
import { forgetSubmissions } from './platform/http.ts'
import type { AnyJob } from './platform/jobs.ts'
import { defineJob } from './platform/jobs.ts'
import { sendQueuedMail } from './platform/mail.ts'
import * as identity from './identity/jobs.ts'
import * as questions from './questions/jobs.ts'
import * as catalogue from './catalogue/jobs.ts'
import * as cooperation from './cooperation/jobs.ts'
import * as sandbox from './sandbox/jobs.ts'
import * as transparency from './transparency/jobs.ts'

// A day is longer than any upload; jobs that failed are tried again for minutes, not weeks.
const forget = defineJob({
  name: 'platform.forget-submissions',
  payload: z.object({}),
  cron: '40 3 * * *',
  run: async (ctx) => {
    const daysAgo = (days: number) => new Date(ctx.now.getTime() - days * 86_400_000)
    await forgetSubmissions(ctx)
    await ctx.blobs.sweep(daysAgo(1))
    await forgetEvents(ctx, daysAgo(30))
  },
})

const subscriptions: readonly Subscription[] = [...sandbox.subscriptions, ...questions.subscriptions]

/** Every background job of every room, and the one that delivers news between rooms. */
export const allJobs: readonly AnyJob[] = [
  forget as AnyJob,
  backUpDaily as AnyJob,
  sendQueuedMail as AnyJob,
  deliveryJob(subscriptions),
  ...transparency.jobs,
  ...sandbox.jobs,
  ...catalogue.jobs,
  ...cooperation.jobs,
  ...identity.jobs,
  ...questions.jobs,
]
