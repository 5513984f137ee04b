import type { Layer } from './merge.ts'
import type { Segment } from './segment.ts'
import { compareId, findDocument, idAt, idBytes } from './segment.ts'
import { textAt } from './strings.ts'

/** How hits are put in order. */
export type Order = 'fit' | 'newest' | 'title' | 'quality'

/** A document of one of the layers with what it is sorted by. */
export type Ranked = { readonly layer: number; readonly doc: number; readonly key: number | string }

/** Where the page before ended: the sort value and id of its last hit. */
export type After = { readonly key: number | string; readonly id: string }

/** The hits of a layer with what each is sorted by; `scores` is by document. */
export type Rated = {
  readonly hits: Uint32Array
  readonly scores: Float32Array
  readonly keyOf: (doc: number) => number | string
}

/** So much the worth of an entry may drift between two pages because others came and went; more, and it changed itself. */
const DRIFT = 0.3

/**
 * Where the page before ended, as its last hit is rated now. Each change of the catalogue moves the rarity of words and with
 * it the worth of all hits a little: with the old worth some would be passed over.
 */
export function ratedNow(
  layers: readonly Layer[],
  after: After | undefined,
  found: readonly Rated[],
): After | undefined {
  if (!after || typeof after.key === 'string') return after
  const id = idBytes(after.id)
  for (const [number, { segment, dead }] of layers.entries()) {
    const doc = findDocument(segment, id)
    const { scores, keyOf } = found[number]!
    if (doc < 0 || dead[doc] || !scores[doc]) continue
    const key = keyOf(doc)
    if (typeof key === 'number' && Math.abs(key - after.key) <= DRIFT * after.key) return { ...after, key }
  }
  return after
}

const DAY = 86_400_000
/** Quality and freshness only decide between hits that fit about as well: together at most eight hundredths. */
const nudge = { quality: 0.05, fresh: 0.03 } as const

const nudges = new WeakMap<Segment, { readonly day: number; readonly factors: Float32Array }>()

/** What the fit of each document is multiplied with, worked out once a day per segment. */
function factorsOf(segment: Segment, now: number): Float32Array {
  const day = Math.floor(now / DAY)
  const known = nudges.get(segment)
  if (known?.day === day) return known.factors
  const { modified, quality } = segment
  const factors = new Float32Array(segment.size)
  for (let doc = 0; doc < factors.length; doc++) {
    const age = Math.max(0, day - modified[doc]! / DAY)
    factors[doc] = 1 + (nudge.quality * quality[doc]!) / 100 + nudge.fresh * 2 ** (-age / 365)
  }
  nudges.set(segment, { day, factors })
  return factors
}

/** Gives the sort value of each document of a layer; a rounded one, so that it survives the way through a link. */
export function keysOf(
  { segment }: Layer,
  given: { order: Order; scores: Float32Array; now: number },
): (doc: number) => number | string {
  const { scores, order } = given
  const { modified, quality, titles } = segment
  if (order === 'title') return (doc) => textAt(titles, doc)
  if (order === 'quality') return (doc) => quality[doc]!
  if (order === 'newest') return (doc) => modified[doc]!
  const factors = factorsOf(segment, given.now)
  return (doc) => {
    const score = scores[doc]!
    return score === 0 ? modified[doc]! : Math.round(score * factors[doc]! * 10_000)
  }
}

/** The best hits in order, at most `most`, only those after `after`. */
export type Ranking = {
  readonly offer: (layer: number, docs: Uint32Array, keyOf: (doc: number) => number | string) => void
  readonly take: () => Ranked[]
}

/** Keeps the best of what it is offered. */
export function createRanking(
  layers: readonly Layer[],
  wanted: { order: Order; most: number; after: After | undefined },
): Ranking {
  const compare = (a: Ranked, b: Ranked) => compareHits(layers, wanted.order, a, b)
  const isAfter = wanted.after ? afterTest(layers, wanted.order, wanted.after) : undefined
  let best: Ranked[] = []
  let worst: Ranked | undefined
  const rising = wanted.order === 'title'
  const shrink = () => {
    best = best.sort(compare).slice(0, wanted.most)
    worst = best.length === wanted.most ? best.at(-1) : undefined
  }
  const keep = (hit: Ranked) => {
    if (worst && compare(hit, worst) > 0) return
    if (isAfter && !isAfter(hit)) return
    best.push(hit)
    if (best.length >= 2 * wanted.most + 16) shrink()
  }
  return {
    offer: (layer, docs, keyOf) => {
      for (let at = 0; at < docs.length; at++) {
        const doc = docs[at]!
        const key = keyOf(doc)
        // Most hits are worse than what is kept already: they are passed over before anything is made of them.
        if (worst && (rising ? key > worst.key : key < worst.key)) continue
        keep({ layer, doc, key })
      }
    },
    take: () => {
      shrink()
      return best
    },
  }
}

function compareHits(layers: readonly Layer[], order: Order, a: Ranked, b: Ranked): number {
  const first = order === 'title' ? 1 : -1
  if (a.key !== b.key) return a.key < b.key ? -first : first
  const id = layers[b.layer]!.segment.ids.subarray(b.doc * 16, b.doc * 16 + 16)
  return compareId(layers[a.layer]!.segment, a.doc, id) * first
}

function afterTest(layers: readonly Layer[], order: Order, after: After): (hit: Ranked) => boolean {
  const first = order === 'title' ? 1 : -1
  const id = idBytes(after.id)
  return (hit) => {
    if (hit.key !== after.key) return hit.key < after.key ? first < 0 : first > 0
    return compareId(layers[hit.layer]!.segment, hit.doc, id) * first > 0
  }
}

/** The id of a hit. */
export function idOfHit(layers: readonly Layer[], hit: Ranked): string {
  return idAt(layers[hit.layer]!.segment, hit.doc)
}
