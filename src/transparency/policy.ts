import type { Policy } from '../platform/permission.ts'

/** Everybody reads and checks the register; only the hub itself closes days. Nobody may change it. */
export const policy = {
  read: ['anyone'],
  verify: ['anyone'],
  close: [],
} satisfies Policy
