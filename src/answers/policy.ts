import type { Policy } from '../platform/permission.ts'

/** Who may do what with answers. `@own`: in one of the agreement's parties; those who analyse write, the steward publishes. */
export const policy = {
  read: ['anyone'],
  openForm: ['signed-in'],
  // the parties read an answer before it becomes public, as the charter promises
  readDraft: ['steward', 'author', 'holder@own', 'analyst@own', 'reviewer@own', 'citizen@own'],
  draft: ['steward', 'analyst@own'],
  edit: ['steward', 'analyst@own'],
  publish: ['steward'],
  decision: ['steward', 'council'],
  indicator: ['steward'],
} as const satisfies Policy
