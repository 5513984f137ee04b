// What other rooms may ask of this room, from its four sub-rooms.
export { wishesOf } from './account/service.ts'
export { createConfirmation } from './confirmations/service.ts'
export {
  addMember,
  createOrganisation,
  getOrganisation,
  listOrganisations,
  membersOf,
  namesOfOrganisations,
  setManager,
} from './organisations/service.ts'
export { createPerson, createSignInLink, displayNames, emailsOf } from './people/service.ts'
export { listMunicipalities, resolveTown, saveMunicipality } from './towns/service.ts'
