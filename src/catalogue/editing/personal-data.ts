import type { PersonalData } from '../../identity/model.ts'
import { forgetPerson, listOfPerson } from '../feedback/store.ts'
import { forgetProposer, listProposalsOf } from './store.ts'

/** What the catalogue keeps about a person: the changes she proposed and what she said about data. Erasure cuts the tie; words of remarks go. */
export const personalData: PersonalData = {
  room: 'catalogue',
  export: async (ctx, personId) => ({
    proposals: await listProposalsOf(ctx.db, personId),
    feedback: await listOfPerson(ctx.db, personId),
  }),
  erase: async (ctx, personId) => {
    await forgetProposer(ctx.db, personId)
    await forgetPerson(ctx.db, personId)
  },
}
