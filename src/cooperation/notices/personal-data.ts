import type { PersonalData } from '../../identity/model.ts'
import { forgetPerson, selectOfPerson } from '../store.ts'

/** What this room keeps about a person: signatures and words about clauses. */
export const personalData: PersonalData = {
  room: 'cooperation',
  export: (ctx, personId) => selectOfPerson(ctx.db, personId),
  erase: (ctx, personId) => forgetPerson(ctx.db, personId),
}
