import { roles } from '../platform/context.ts'
import type { Grant, Policy } from '../platform/permission.ts'

/** Any role in the organisation concerned. */
const member: readonly Grant[] = roles.map((role) => `${role}@own` as const)

/** Who may do what with questions. `seeAll` shows what is pending or hidden; authors see their own. `leave` and `reply` need a signed link. */
export const policy = {
  read: ['anyone'],
  submit: ['anyone'],
  leave: ['anyone'],
  reply: ['anyone'],
  own: ['author'],
  raise: ['signed-in'],
  represent: member,
  edit: ['author', 'steward'],
  support: ['signed-in'],
  comment: ['signed-in'],
  follow: ['signed-in'],
  seeAll: ['steward'],
  moderate: ['steward'],
  merge: ['steward'],
  advance: ['steward'],
} satisfies Policy
