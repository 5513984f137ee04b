import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { clearLog } from './log.ts'

/** Processes that were away longer build their index anew. */
const KEPT_MS = 3 * 86_400_000

/** Clears old lines of the search log at night. */
export const clearSearchLog = defineJob({
  name: 'catalogue.clear-search-log',
  payload: z.object({}),
  cron: '25 3 * * *',
  run: (ctx) => clearLog(ctx.db, new Date(ctx.now.getTime() - KEPT_MS)),
})
