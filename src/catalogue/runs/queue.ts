import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'

/** Stands in the queue for reading a source; `jobs.ts` gives it its run, which needs the service that enqueues it. */
export const executeRun = defineJob({
  name: 'catalogue.execute-run',
  payload: z.object({ runId: z.string() }),
  slow: true,
  run: async () => {},
})

/** Stands in the queue for what follows a run: duplicates and quality. */
export const afterRun = defineJob({
  name: 'catalogue.after-run',
  payload: z.object({}),
  slow: true,
  run: async () => {},
})
