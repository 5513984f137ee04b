import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import * as queue from './queue.ts'
import { readRun, resumeRuns, withdrawMissing } from './service.ts'

/** Reads one source to its end; safe to run again. */
export const executeRun = defineJob({ ...queue.executeRun, run: (ctx, { runId }) => readRun(ctx, runId) })

/** Looks every ten minutes for runs whose process died and starts them again. */
export const resumeStuckRuns = defineJob({
  name: 'catalogue.resume-runs',
  payload: z.object({}),
  cron: '*/10 * * * *',
  run: (ctx) => resumeRuns(ctx),
})

/** Takes away at night what its source has not listed for a week, and looks anew which entries are doubles of others. */
export const withdrawMissingEntries = defineJob({
  name: 'catalogue.withdraw-missing',
  payload: z.object({}),
  cron: '20 3 * * *',
  run: async (ctx) => {
    await withdrawMissing(ctx)
    // What people changed or a source took away may have been shown in the place of others.
    await ctx.enqueue(queue.afterRun, {}, { key: 'after-run' })
  },
})
