import type { Policy } from '../platform/permission.ts'

/** Who may do what with agreements. `@own` means: in one of the parties; `steward` and `reviewer` stand between the parties. */
export const policy = {
  read: ['anyone'],
  // the steps before signing, changing and withdrawing say themselves what the reader may do
  openForm: ['signed-in'],
  draft: ['steward', 'holder@own', 'analyst@own'],
  readInside: [
    'steward',
    'reviewer',
    'author',
    'holder@own',
    'analyst@own',
    'steward@own',
    'citizen@own',
    'council@own',
  ],
  propose: ['steward', 'author', 'holder@own', 'analyst@own'],
  discuss: ['steward', 'reviewer', 'holder@own', 'analyst@own', 'citizen@own'],
  change: ['steward', 'holder@own', 'analyst@own'],
  // `own` is here the one organisation signed for, never another party
  sign: ['holder@own', 'analyst@own', 'steward@own'],
  signAsAsker: ['holder@own', 'analyst@own', 'steward@own', 'citizen@own'],
  withdraw: ['reviewer', 'holder@own', 'analyst@own', 'steward@own'],
  end: ['steward', 'holder@own'],
  // the hub itself, by the day's job
  keepTerms: [],
} as const satisfies Policy
