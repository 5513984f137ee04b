import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import * as queue from './queue.ts'
import { readRun, resumeRuns } from './service.ts'

/** Reads one source to its end; safe to run again. */
export const executeRun = defineJob({ ...queue.executeRun, run: (ctx, { runId }) => readRun(ctx, runId) })

/** Looks every ten minutes for runs whose process died and starts them again. */
export const resumeStuckRuns = defineJob({
  name: 'catalogue.resume-runs',
  payload: z.object({}),
  cron: '*/10 * * * *',
  run: (ctx) => resumeRuns(ctx),
})
