import { z } from 'zod'
import type { AnyJob } from '../platform/jobs.ts'
import { defineJob } from '../platform/jobs.ts'
import { executeRun, resumeStuckRuns } from './runs/jobs.ts'
import { forgetDrafts } from './sources/service.ts'

/** Forgets at night what nobody confirmed within a week. */
const forgetOldDrafts = defineJob({
  name: 'catalogue.forget-drafts',
  payload: z.object({}),
  cron: '10 3 * * *',
  run: (ctx) => forgetDrafts(ctx),
})

/** The catalogue's background work. */
export const jobs: readonly AnyJob[] = [
  executeRun as AnyJob,
  resumeStuckRuns as AnyJob,
  forgetOldDrafts as AnyJob,
]
