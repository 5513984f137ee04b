import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { forgetOldPreviews } from './service.ts'

/** Forgets at night the previews nobody has looked at for a week. */
export const forgetPreviews = defineJob({
  name: 'catalogue.forget-previews',
  payload: z.object({}),
  cron: '20 3 * * *',
  run: (ctx) => forgetOldPreviews(ctx),
})
