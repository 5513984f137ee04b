/** The room order: a room may import only rooms to its left. `scripts/check-rooms.ts` enforces it. */
export const rooms = [
  'transparency',
  'identity',
  'questions',
  'catalogue',
  'governance',
  'cooperation',
  'sandbox',
  'answers',
  'programme',
  'academy',
  'exchange',
  'home',
] as const

/** One room's name: also its URL segment, table prefix, job prefix, register event prefix and problem prefix. */
export type Room = (typeof rooms)[number]
