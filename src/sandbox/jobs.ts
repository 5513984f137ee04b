import { z } from 'zod'
import { isPastTerm } from '../cooperation/model.ts'
import type { Ctx } from '../platform/context.ts'
import type { AnyJob } from '../platform/jobs.ts'
import { defineJob } from '../platform/jobs.ts'
import { subscribe } from '../platform/events.ts'
import { isProblem } from '../platform/problem.ts'
import { agreementOf } from './access/service.ts'
import { failStaleQueries } from './queries/store.ts'
import { closeWorkspace, openWorkspace } from './service.ts'
import { listWorkspaceRows } from './store.ts'
import { settleSnapshot } from './snapshots/jobs.ts'
import { clearStaleSnapshots } from './snapshots/service.ts'
import { clearStaleLoads } from './tables/service.ts'

/** Opens the room as soon as the last signature is there, so that holders can bring their data. */
const openRoom = defineJob({
  name: 'sandbox.open-workspace',
  payload: z.object({ agreementId: z.string() }),
  run: async (ctx, { agreementId }) => {
    try {
      await openWorkspace(ctx, { agreementId })
    } catch (error) {
      // Ended or not yet begun meanwhile: the room opens when the agreement says so, or by hand.
      if (!isProblem(error)) throw error
    }
  },
})

/** Destroys the key of a room whose agreement has ended. */
const closeRoom = defineJob({
  name: 'sandbox.close-workspace',
  payload: z.object({
    agreementId: z.string(),
    reason: z.enum(['withdrawn', 'expired', 'ended']).catch('ended'),
  }),
  run: (ctx, { agreementId, reason }) => closeWorkspace(ctx, { agreementId, reason }),
})

const endReasons = { withdrawn: 'withdrawn', expired: 'expired', ended: 'ended' } as const

/** Looks through all rooms: closes those whose agreement is over (also if its event was lost) and finishes half-done closings. */
export const expireRooms = defineJob({
  name: 'sandbox.expire-workspaces',
  payload: z.object({}),
  cron: '17 * * * *',
  slow: true,
  run: async (ctx) => {
    for (const workspace of await listWorkspaceRows(ctx.db, { limit: 10_000 })) {
      if (workspace.keyDestroyedAt) continue
      const reason = workspace.closeReason ?? (await overSince(ctx, workspace.agreementId))
      if (reason) await closeWorkspace(ctx, { agreementId: workspace.agreementId, reason })
    }
  },
})

async function overSince(ctx: Ctx, agreementId: string) {
  const agreement = await agreementOf(ctx, agreementId)
  if (agreement.state === 'signed') return isPastTerm(agreement, ctx.now) ? ('expired' as const) : undefined
  return agreement.state in endReasons ? endReasons[agreement.state as keyof typeof endReasons] : undefined
}

/** Marks questions and uploads that a crash left half-done; nothing of them is kept. */
export const cleanUp = defineJob({
  name: 'sandbox.clean-up',
  payload: z.object({}),
  cron: '*/10 * * * *',
  run: async (ctx) => {
    const before = new Date(ctx.now.getTime() - 15 * 60_000)
    await failStaleQueries(ctx.db, before, { code: 'interrupted' })
    await clearStaleLoads(ctx, before)
    await clearStaleSnapshots(ctx, before)
  },
})

/** Background work of this room. */
export const jobs: readonly AnyJob[] = [
  openRoom,
  closeRoom,
  expireRooms,
  cleanUp,
  settleSnapshot,
] as readonly AnyJob[]

/** News from cooperation that this room acts on. */
export const subscriptions = [
  subscribe('cooperation.agreement-in-force', openRoom),
  subscribe('cooperation.agreement-ended', closeRoom),
]
