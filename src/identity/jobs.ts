import { z } from 'zod'
import type { AnyJob } from '../platform/jobs.ts'
import { defineJob } from '../platform/jobs.ts'
import { forgetExpired } from './people/service.ts'

/** Clears away ended sessions, used-up time of links and counted tries. */
const forgetExpiredJob = defineJob({
  name: 'identity.forget-expired',
  payload: z.object({}),
  cron: '20 3 * * *',
  run: forgetExpired,
})

/** The background work of this room. */
export const jobs: readonly AnyJob[] = [forgetExpiredJob as AnyJob]
