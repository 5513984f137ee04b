import type { Policy } from '../platform/permission.ts'

/**
 * Who may do what with accounts and organisations. `author` of an organisation is whoever manages it. `ownAccount` is
 * always the account of the person who acts. An empty list: the hub itself only.
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
  ownAccount: ['signed-in'],
} as const satisfies Policy
