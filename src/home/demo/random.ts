/** A small seeded generator: the same seed and stream always give the same town. Not for secrets. */
export interface Random {
  /** Evenly in [0, 1). */
  next: () => number
  /** A whole number from low to high, both included. */
  int: (low: number, high: number) => number
  /** Normally distributed. */
  normal: (mean: number, deviation: number) => number
  chance: (probability: number) => boolean
  pick: <T>(items: readonly T[]) => T
  /** One of the entries, each as likely as its weight. */
  weighted: <T>(entries: readonly (readonly [T, number])[]) => T
}

/** Starts a stream of its own per subject, so that a change in one register leaves the others alone. */
export function seeded(seed: number, stream: string): Random {
  let state = hash(`${seed}:${stream}`)
  // mulberry32: 32 bits of state, good enough for a model town and very fast.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const normal = (mean: number, deviation: number): number =>
    mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    next,
    normal,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
    weighted: (entries) => weighted(next(), entries),
  }
}

function weighted<T>(share: number, entries: readonly (readonly [T, number])[]): T {
  let rest = share * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of entries) {
    rest -= weight
    if (rest < 0) return item
  }
  const last = entries.at(-1)
  if (!last) throw new RangeError('weighted: nothing to choose from')
  return last[0]
}

function hash(text: string): number {
  let value = 2166136261
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  return value
}
