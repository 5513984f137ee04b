import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

/** Stands in the queue for counting anew at once, because somebody has said what an entry is; `jobs.ts` gives it its run. */
export const reckonNow = defineJob({
  name: 'catalogue.reckon-gaps-now',
  payload: z.object({}),
  slow: true,
  run: async () => {},
})
