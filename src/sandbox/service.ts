import type { Ctx } from '../platform/context.ts'
import type { PersonalData } from '../identity/model.ts'
import { forgetMapper } from './maps/store.ts'
import { forgetWriter, notebooksOf } from './notebooks/store.ts'
import { forgetSaver, savedOf } from './saved/store.ts'
import { forgetPerson, queriesOfPerson, releasesOfPerson } from './store.ts'

// What other rooms may ask of this room, from its sub-rooms.
export {
  getWorkspace,
  listRoomsOfQuestion,
  listWorkspaces,
  openWorkspace,
  closeWorkspace,
} from './workspaces/service.ts'
export { confirmRoles, getTable, listTables, removeTable, uploadTable } from './tables/service.ts'
export { deskTasks, searchHits } from './tasks/service.ts'
export { getQuery, listQueries, previewQuery, readLog, runQuery } from './queries/service.ts'
export { getRelease, listReleases, listToDecide } from './releases/service.ts'
export { requestRelease, reviseRelease, withdrawRelease } from './requests/service.ts'
export { decideRelease, redactRelease } from './deciding/service.ts'
export { packageOf, verifyRelease } from './packages/service.ts'
export { endRule, setRule } from './rules/service.ts'
export { changeSaved, listSaved, removeSaved, saveQuery } from './saved/service.ts'
export { getNotebook, startNotebook, writeNotebook } from './notebooks/service.ts'
export { addMap } from './maps/service.ts'
export { settlePrivacy } from './privacy/service.ts'

/**
 * What this room keeps about a person: questions asked and kept, pages written, releases requested. Erasure cuts the name, the
 * record stays; what was hers alone is thrown away.
 */
export const personalData: PersonalData = {
  room: 'sandbox',
  export: async (ctx: Ctx, personId: string) => ({
    queries: (await queriesOfPerson(ctx.db, personId)).map((q) => ({
      ...q,
      askedAt: q.askedAt.toISOString(),
    })),
    releases: (await releasesOfPerson(ctx.db, personId)).map((r) => ({
      ...r,
      requestedAt: r.requestedAt.toISOString(),
    })),
    saved: (await savedOf(ctx.db, personId)).map(({ title, sql }) => ({ title, sql })),
    notebooks: (await notebooksOf(ctx.db, personId)).map(({ title, steps }) => ({ title, steps })),
  }),
  erase: async (ctx: Ctx, personId: string) => {
    await forgetSaver(ctx.db, personId)
    await forgetWriter(ctx.db, personId)
    await forgetMapper(ctx.db, personId)
    await forgetPerson(ctx.db, personId)
  },
}
