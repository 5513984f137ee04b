/** Room to work in for one layer, by document. What is in it before is of no meaning except `hits` and `touched`, which are 0. */
export type Scratch = {
  /** How many words each document has, which word touched it last, and what that was worth. */
  readonly hits: Uint8Array
  readonly touched: Uint8Array
  readonly last: Float32Array
  readonly scores: Float32Array
  readonly found: Uint32Array
  readonly passed: Uint32Array
}

const free = new Map<number, Scratch[]>()
const MAX_KEPT = 8

/** Takes room for so many documents; it is kept from search to search, so that a search leaves nothing to clear away. */
export function takeScratch(size: number): Scratch {
  const capacity = capacityFor(size)
  const scratch = free.get(capacity)?.pop() ?? make(capacity)
  scratch.hits.fill(0, 0, size)
  scratch.touched.fill(0, 0, size)
  return scratch
}

/** Gives room back; nothing made of it may be read any more. */
export function giveBack(scratch: Scratch): void {
  const capacity = scratch.hits.length
  const list = free.get(capacity) ?? []
  if (list.length < MAX_KEPT) list.push(scratch)
  free.set(capacity, list)
}

// A multiple of four, because hits are looked over four at a time.
const capacityFor = (size: number) => Math.max(1024, 2 ** Math.ceil(Math.log2(size + 4)))

function make(capacity: number): Scratch {
  return {
    hits: new Uint8Array(capacity),
    touched: new Uint8Array(capacity),
    last: new Float32Array(capacity),
    scores: new Float32Array(capacity),
    found: new Uint32Array(capacity),
    passed: new Uint32Array(capacity),
  }
}
