import type { Analyser } from './analyse.ts'
import type { Counter, FacetCount, FacetWish } from './count.ts'
import { counterOf, sumCounts } from './count.ts'
import type { Wanted, Words } from './expand.ts'
import { expandTyped } from './expand.ts'
import { matchLayer, rarityOf } from './match.ts'
import type { Layer } from './merge.ts'
import { growing } from './numbers.ts'
import type { Typed } from './parse.ts'
import type { After, Order, Rated } from './rank.ts'
import { createRanking, idOfHit, keysOf, ratedNow } from './rank.ts'
import type { Scratch } from './scratch.ts'
import { giveBack, takeScratch } from './scratch.ts'
import { countIn, wholeOf } from './whole.ts'

/** A search as the index answers it. */
export type Inquiry = {
  readonly typed: Typed
  /** `all` words must occur, with `some` at least half of them, with `any` one. */
  readonly need: 'all' | 'some' | 'any'
  /** 1 for each document of a layer the asker may see; undefined: all. */
  readonly visible: (layer: Layer) => Uint8Array | undefined
  /** A further condition (place, period, filter of an interface); undefined: none. */
  readonly only: (layer: Layer) => ((doc: number) => boolean) | undefined
  readonly facets: readonly FacetWish[]
  readonly years: readonly number[]
  readonly order: Order
  readonly after: After | undefined
  readonly offset: number
  readonly limit: number
  readonly facetLimit: number
  readonly now: number
  /** Called for every document that passes. */
  readonly each?: ((layer: Layer, doc: number) => void) | undefined
}

/** What was found. `key` and `id` of the last hit are where the next page begins. */
export type Found = {
  readonly total: number
  readonly hits: readonly { readonly id: string; readonly key: number | string; readonly score: number }[]
  readonly more: boolean
  readonly facets: readonly FacetCount[]
  /** How many different values of each facet the hits have. */
  readonly values: Readonly<Record<string, number>>
  readonly wanted: readonly Wanted[]
}

/** Searches all layers: one pass over what matches counts every facet without its own choice and keeps the best hits. */
export function findIn(layers: readonly Layer[], analyse: Analyser, inquiry: Inquiry): Found {
  const scratches = layers.map(({ segment }) => takeScratch(segment.size))
  try {
    return findWith(layers, scratches, { analyse, inquiry })
  } finally {
    scratches.forEach(giveBack)
  }
}

type Asked = { readonly analyse: Analyser; readonly inquiry: Inquiry }

function findWith(
  layers: readonly Layer[],
  scratches: readonly Scratch[],
  { analyse, inquiry }: Asked,
): Found {
  const words: Words = { layers, analyse, visible: inquiry.visible }
  const wanted = expandTyped(words, inquiry.typed)
  const shares = { all: 1, some: 0.5, any: 1 / Math.max(1, wanted.length) }
  const least = Math.ceil(wanted.length * shares[inquiry.need])
  const searched = { wanted, typed: inquiry.typed, least, analyse }
  const rarity = rarityOf(layers)
  const { order, offset, limit, now } = inquiry
  const counters: Counter[][] = inquiry.facets.map(() => [])
  const found: Rated[] = []
  for (const [number, layer] of layers.entries()) {
    const own = inquiry.facets.map((wish) => counterOf(layer, wish, inquiry.years))
    for (const [at, counter] of own.entries()) counters[at]!.push(counter)
    const scratch = scratches[number]!
    const { docs, scores } = matchLayer(layer, searched, { rarity, scratch })
    const hits = passOver(layer, { docs, scratch, counters: own, inquiry })
    found.push({ hits, scores, keyOf: keysOf(layer, { order, scores, now }) })
    if (inquiry.each) for (const doc of hits) inquiry.each(layer, doc)
  }
  const after = order === 'fit' ? ratedNow(layers, inquiry.after, found) : inquiry.after
  const ranking = createRanking(layers, { order, most: offset + limit + 1, after })
  for (const [number, { hits, keyOf }] of found.entries()) ranking.offer(number, hits, keyOf)
  const total = found.reduce((sum, { hits }) => sum + hits.length, 0)
  const best = ranking.take()
  const sums = counters.map((each, at) => sumCounts(each, inquiry.facets[at]!, inquiry.facetLimit))
  return {
    total,
    hits: best.slice(offset, offset + limit).map((hit) => ({
      id: idOfHit(layers, hit),
      key: hit.key,
      score: scratches[hit.layer]!.scores[hit.doc]!,
    })),
    more: best.length > offset + limit,
    facets: sums.flatMap((sum) => sum.counts),
    values: Object.fromEntries(sums.map((sum, at) => [inquiry.facets[at]!.facet, sum.values])),
    wanted,
  }
}

type Pass = {
  readonly docs: Uint32Array
  readonly scratch: Scratch
  readonly counters: readonly Counter[]
  readonly inquiry: Inquiry
}

/**
 * The documents that pass everything. Each counts in the facets it belongs to: in all where it passes all, in one where it
 * misses only that. Facets are counted one after the other over the same list, which is far quicker than one by one.
 */
function passOver(layer: Layer, { docs, scratch, counters, inquiry }: Pass): Uint32Array {
  const [visible, only] = [inquiry.visible(layer), inquiry.only(layer)]
  const tests = counters.filter((counter) => counter.passes !== undefined)
  const missing = tests.map(() => growing(256))
  const { passed: full } = scratch
  let n = 0
  for (let at = 0; at < docs.length; at++) {
    const doc = docs[at]!
    if ((visible && !visible[doc]) || (only && !only(doc))) continue
    const missed = tests.length === 0 ? -1 : missedBy(tests, doc)
    if (missed === -1) full[n++] = doc
    else if (missed >= 0) missing[missed]!.push(doc)
  }
  const passed = full.subarray(0, n)
  countIn(wholeOf(layer, visible), passed, counters)
  for (const [at, counter] of tests.entries()) counter.count(missing[at]!.take(), 1)
  return passed
}

/** Which one test a document misses; -1 for none, -2 for several. */
function missedBy(tests: readonly Counter[], doc: number): number {
  let missed = -1
  for (let at = 0; at < tests.length; at++) {
    if (tests[at]!.passes!(doc)) continue
    if (missed !== -1) return -2
    missed = at
  }
  return missed
}
