import { z } from 'zod'
import type { AnyJob } from '../platform/jobs.ts'
import { defineJob } from '../platform/jobs.ts'
import { closeDays } from './service.ts'

/** Shortly after midnight UTC: one Merkle root for each day that ended. */
const closeEndedDays = defineJob({
  name: 'transparency.close-days',
  payload: z.object({}),
  cron: '15 2 * * *',
  run: async (ctx) => {
    await closeDays(ctx)
  },
})

/** The room's background jobs. */
export const jobs = [closeEndedDays as AnyJob]
