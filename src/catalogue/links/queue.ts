import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

/** Stands in the queue for asking addresses at once; the worklist's `jobs.ts` gives it its run. */
export const checkNow = defineJob({
  name: 'catalogue.check-links-now',
  payload: z.object({}),
  slow: true,
  run: async () => {},
})
