import { z } from 'zod'
import { defineJob } from '../../platform/jobs.ts'
import { dropSnapshot, pinSnapshot } from './service.ts'

/** Settles a waiting state in the process that has the vault: only one may write what a vault holds. */
export const settleSnapshot = defineJob({
  name: 'sandbox.settle-snapshot',
  payload: z.object({
    tableId: z.uuid(),
    number: z.number().int().min(1).max(9_999_999),
    verb: z.enum(['pin', 'drop']),
  }),
  slow: true,
  run: async (ctx, { verb, ...state }) => {
    await (verb === 'pin' ? pinSnapshot(ctx, state) : dropSnapshot(ctx, state))
  },
})
