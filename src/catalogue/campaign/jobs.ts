import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { remindHouses } from './service.ts'

/** Reminds houses in the morning of working days. */
export const remindOfCampaigns = defineJob({
  name: 'catalogue.remind-of-campaigns',
  payload: z.object({}),
  cron: '15 8 * * 1-5',
  run: async (ctx) => {
    await remindHouses(ctx)
  },
})
