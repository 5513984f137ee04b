import type { Counter } from './count.ts'
import type { Layer } from './merge.ts'

/** All documents of a layer that somebody may see, rising, with what has been counted over them. */
export type Whole = { readonly docs: Uint32Array; readonly totals: Map<string, Uint32Array> }

const wholes = new WeakMap<Layer, Map<Uint8Array | undefined, Whole>>()
const MAX_FACES = 40

/** Worked out once per layer and pair of eyes; a layer never changes. */
export function wholeOf(layer: Layer, visible: Uint8Array | undefined): Whole {
  const known = wholes.get(layer) ?? new Map<Uint8Array | undefined, Whole>()
  const found = known.get(visible)
  if (found) return found
  if (known.size >= MAX_FACES) known.clear()
  const docs = new Uint32Array(layer.segment.size)
  let n = 0
  for (let doc = 0; doc < docs.length; doc++)
    if (!layer.dead[doc] && (!visible || visible[doc])) docs[n++] = doc
  const made = { docs: docs.slice(0, n), totals: new Map<string, Uint32Array>() }
  wholes.set(layer, known.set(visible, made))
  return made
}

/**
 * Counts every facet over `docs`, a rising part of the whole. Where they are more than half of it, what is left out is
 * counted and taken off the totals, which are known.
 */
export function countIn(whole: Whole, docs: Uint32Array, counters: readonly Counter[]): void {
  if (docs.length * 2 <= whole.docs.length) {
    for (const counter of counters) counter.count(docs, 1)
    return
  }
  const rest = without(whole.docs, docs)
  for (const counter of counters) {
    const totals = totalsOf(whole, counter)
    for (let at = 0; at < totals.length; at++) counter.counts[at]! += totals[at]!
    counter.count(rest, -1)
  }
}

function totalsOf(whole: Whole, counter: Counter): Uint32Array {
  const known = whole.totals.get(counter.key)
  if (known) return known
  const before = counter.counts.slice()
  counter.count(whole.docs, 1)
  const totals = counter.counts.map((count, at) => count - before[at]!)
  counter.counts.set(before)
  whole.totals.set(counter.key, totals)
  return totals
}

function without(all: Uint32Array, docs: Uint32Array): Uint32Array {
  const rest = new Uint32Array(all.length - docs.length)
  let [next, n] = [0, 0]
  for (let at = 0; at < all.length; at++) {
    if (all[at] === docs[next]) next++
    else rest[n++] = all[at]!
  }
  return rest
}
