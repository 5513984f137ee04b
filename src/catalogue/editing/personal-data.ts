import type { PersonalData } from '../../identity/model.ts'
import { forgetPerson, listOfPerson } from '../feedback/store.ts'
import { deleteSearchesOf, listSearchesOf } from '../saved/store.ts'
import { forgetProposer, listProposalsOf } from './store.ts'

/**
 * What the catalogue keeps about a person: the changes she proposed, what she said about data, the searches she saved.
 * Erasure cuts the tie; words of remarks and saved searches go.
 */
export const personalData: PersonalData = {
  room: 'catalogue',
  export: async (ctx, personId) => ({
    proposals: await listProposalsOf(ctx.db, personId),
    feedback: await listOfPerson(ctx.db, personId),
    searches: await listSearchesOf(ctx.db, personId),
  }),
  erase: async (ctx, personId) => {
    await forgetProposer(ctx.db, personId)
    await forgetPerson(ctx.db, personId)
    await deleteSearchesOf(ctx.db, personId)
  },
}
