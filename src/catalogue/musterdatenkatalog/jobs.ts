import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { matchEntries } from './service.ts'

/** Looks every ten minutes which model datasets new and changed entries are; goes on at once while there are more. */
export const matchModelDatasets = defineJob({
  name: 'catalogue.match-model-datasets',
  payload: z.object({}),
  cron: '*/10 * * * *',
  run: async (ctx) => {
    if ((await matchEntries(ctx)) > 0) await ctx.enqueue(matchModelDatasets, {})
  },
})
