import type { Layer } from './merge.ts'
import { compareId, idAt, idBytes } from './segment.ts'
import { textAt } from './strings.ts'

/** How hits are put in order. */
export type Order = 'fit' | 'newest' | 'title' | 'quality'

/** A document of one of the layers with what it is sorted by. */
export type Ranked = { readonly layer: number; readonly doc: number; readonly key: number | string }

/** Where the page before ended: the sort value and id of its last hit. */
export type After = { readonly key: number | string; readonly id: string }

const DAY = 86_400_000
/** Quality and freshness only decide between hits that fit about as well: together at most eight hundredths. */
const nudge = { quality: 0.05, fresh: 0.03 } as const

/** The sort value of a document; a rounded one, so that it survives the way through a link. */
export function keyOf(
  layer: Layer,
  doc: number,
  given: { order: Order; score: number; now: number },
): number | string {
  const { segment } = layer
  if (given.order === 'title') return textAt(segment.titles, doc)
  if (given.order === 'quality') return segment.quality[doc]!
  if (given.order === 'newest' || given.score === 0) return segment.modified[doc]!
  const age = Math.max(0, (given.now - segment.modified[doc]!) / DAY)
  const fresh = nudge.fresh * 2 ** (-age / 365)
  return Math.round(given.score * (1 + (nudge.quality * segment.quality[doc]!) / 100 + fresh) * 10_000)
}

/** The best hits in order, at most `most`, only those after `after`. */
export type Ranking = {
  readonly offer: (layer: number, doc: number, key: number | string) => void
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
  return {
    offer: (layer, doc, key) => {
      // Most hits are worse than what is kept already: they are passed over before anything is made of them.
      if (worst && (rising ? key > worst.key : key < worst.key)) return
      const hit = { layer, doc, key }
      if (worst && compare(hit, worst) > 0) return
      if (isAfter && !isAfter(hit)) return
      best.push(hit)
      if (best.length >= 2 * wanted.most + 16) shrink()
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
