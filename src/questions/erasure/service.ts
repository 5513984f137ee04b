import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { PersonalData } from '../../identity/model.ts'
import { policy } from '../policy.ts'
import { recountSupport } from '../support/store.ts'
import { cutPersonData, readPersonData } from './store.ts'

/** All this room keeps about a person. For the person and the hub only. */
export async function exportPersonData(ctx: Ctx, personId: string): Promise<Record<string, unknown>> {
  requirePermission(ctx, policy, 'own', { authorId: personId })
  return readPersonData(ctx.db, personId)
}

/** Cuts the tie to a person: public texts stay without a name, all else goes. For the person and the hub only. */
export async function erasePersonData(ctx: Ctx, personId: string): Promise<void> {
  requirePermission(ctx, policy, 'own', { authorId: personId })
  await transact(ctx, async (ctx) => {
    for (const questionId of await cutPersonData(ctx.db, personId)) await recountSupport(ctx.db, questionId)
  })
}

/** This room's part in the account's copy and erasure. */
export const personalData: PersonalData = {
  room: 'questions',
  export: exportPersonData,
  erase: erasePersonData,
}
