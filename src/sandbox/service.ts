import type { Ctx } from '../platform/context.ts'
import type { PersonalData } from '../identity/model.ts'
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
export {
  decideRelease,
  getRelease,
  getReleaseView,
  listReleases,
  listToDecide,
  requestRelease,
} from './releases/service.ts'

/** What this room keeps about a person: questions asked and releases requested. Erasure cuts the name, the record stays. */
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
  }),
  erase: (ctx: Ctx, personId: string) => forgetPerson(ctx.db, personId),
}
