import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { buryRemoved, followRules } from './service.ts'

/** Removes at night what the rules of the sources say, and deletes what was removed thirty days ago. */
export const settleGoneEntries = defineJob({
  name: 'catalogue.settle-gone',
  payload: z.object({}),
  cron: '50 3 * * *',
  run: async (ctx) => {
    await followRules(ctx)
    await buryRemoved(ctx)
  },
})
