import type { Policy } from '../platform/permission.ts'

/**
 * Who may do what. `@own` is meant relative to the organisations handed in: for `query` and `request` those that
 * take part as analysts (so for `keep`), for `upload`, `confirm`, `decide`, `rule`, `readLog` those that take part as holders.
 */
export const policy = {
  read: ['anyone'],
  open: ['steward', 'holder@own', 'analyst@own'],
  seeStatus: ['steward', 'holder@own', 'reviewer@own', 'analyst@own'],
  upload: ['holder@own'],
  confirm: ['holder@own'],
  remove: ['holder@own'],
  query: ['analyst@own'],
  request: ['analyst@own'],
  keep: ['analyst@own'],
  settlePrivacy: ['holder@own'],
  readPrivacy: ['holder@own', 'reviewer@own'],
  limitPrivacy: ['holder@own'],
  readLog: ['holder@own', 'reviewer@own'],
  decide: ['reviewer@own', 'holder@own'],
  rule: ['holder@own'],
} satisfies Policy
