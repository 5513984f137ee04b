import type { Policy } from '../platform/permission.ts'

/**
 * Who may do what with accounts and organisations. `author` of an organisation is whoever manages it;
 * `author` of an account is its owner.
 */
export const policy = {
  read: ['anyone'],
  createOrganisation: ['operator', 'steward'],
  manageOrganisation: ['operator', 'author'],
  seeMembers: ['operator', 'steward', 'author'],
  seePeople: ['operator'],
  grantAnyRole: ['operator'],
  nameManager: ['operator'],
  saveMunicipality: ['operator'],
  createPerson: [],
  createSignInLink: [],
  ownAccount: ['author'],
} as const satisfies Policy
