import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { reckonGaps } from './counting.ts'
import * as queue from './queue.ts'
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

/** Twice an hour: what there is of each model dataset, for everyone. */
export const reckonModelDatasets = defineJob({
  name: 'catalogue.reckon-gaps',
  payload: z.object({}),
  cron: '20,50 * * * *',
  slow: true,
  run: (ctx) => reckonGaps(ctx),
})

/** The same because somebody has said what an entry is. */
export const reckonModelDatasetsNow = defineJob({ ...queue.reckonNow, run: (ctx) => reckonGaps(ctx) })
