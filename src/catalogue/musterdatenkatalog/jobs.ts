import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { matchBatch } from './service.ts'

/** Looks every ten minutes which model datasets new and changed entries are; goes on at once while there are more. */
export const matchModelDatasets = defineJob({
  name: 'catalogue.match-model-datasets',
  payload: z.object({ after: z.string().optional() }),
  cron: '*/10 * * * *',
  run: async (ctx, { after }) => {
    const next = await matchBatch(ctx, after)
    if (next) await ctx.enqueue(matchModelDatasets, { after: next })
  },
})
