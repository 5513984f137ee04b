import type { PersonalData } from '../../identity/model.ts'
import { forgetProposer, listProposalsOf } from './store.ts'

/** What the catalogue keeps about a person: the changes she proposed. Erasure cuts the tie, the proposals stay. */
export const personalData: PersonalData = {
  room: 'catalogue',
  export: async (ctx, personId) => ({ proposals: await listProposalsOf(ctx.db, personId) }),
  erase: (ctx, personId) => forgetProposer(ctx.db, personId),
}
