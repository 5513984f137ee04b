import type { Policy } from '../platform/permission.ts'

/** Everybody reads the start page; the desk is for whoever signed in; running the hub is the operator's. */
export const policy = {
  'read start': ['anyone'],
  search: ['anyone'],
  'use desk': ['signed-in'],
  operate: ['operator'],
} satisfies Policy
