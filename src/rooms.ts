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
