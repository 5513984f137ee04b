import { z } from 'zod'
import { defineJob, type AnyJob } from '../platform/jobs.ts'
import { keepTerms } from './ending/service.ts'

/** Starts, reminds and expires agreements by their days; use is stopped by the day itself, this makes it visible. */
const keepTermsJob = defineJob({
  name: 'cooperation.keep-terms',
  payload: z.object({}),
  cron: '5 * * * *',
  run: (ctx) => keepTerms(ctx),
})

/** The room's background jobs. */
export const jobs: readonly AnyJob[] = [keepTermsJob]
