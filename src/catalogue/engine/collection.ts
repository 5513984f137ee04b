import type { Analyser } from './analyse.ts'
import { analyserOf } from './analyse.ts'
import type { Lexicon } from './lexicon.ts'
import { lexiconOf } from './lexicon.ts'
import type { Layer } from './merge.ts'
import type { Segment } from './segment.ts'
import { LAYER, findDocument, idBytes } from './segment.ts'

/** The whole index at one moment: sealed layers, oldest first, and the lexicon their words were taken apart with. */
export type Collection = {
  readonly layers: readonly Layer[]
  readonly lexicon: Lexicon
  readonly analyse: Analyser
  /** Rises with every change, so that what was worked out before can be told from what is now. */
  readonly revision: number
}

/** An empty index. */
export function emptyCollection(own: readonly string[] = []): Collection {
  const lexicon = lexiconOf(own)
  return { layers: [], lexicon, analyse: analyserOf(lexicon), revision: 0 }
}

/** How many documents count. */
export function countLive(collection: Collection): number {
  return collection.layers.reduce((sum, { dead, segment }) => {
    let gone = 0
    for (const flag of dead) gone += flag
    return sum + segment.size - gone
  }, 0)
}

/** The collection with documents taken out, and a segment with their new versions put on top. */
export function withChange(
  collection: Collection,
  change: { readonly gone: readonly string[]; readonly segment?: Segment | undefined },
): Collection {
  const layers = takeOut(collection.layers, change.gone)
  const top = change.segment && change.segment.size > 0 ? [layerOf(change.segment)] : []
  return { ...collection, layers: [...layers, ...top], revision: collection.revision + 1 }
}

/** A segment of which everything counts. */
export function layerOf(segment: Segment): Layer {
  return { segment, dead: new Uint8Array(segment.size) }
}

function takeOut(layers: readonly Layer[], gone: readonly string[]): Layer[] {
  const ids = gone.map(idBytes)
  return layers.map((layer) => {
    const docs = ids
      .map((id) => findDocument(layer.segment, id))
      .filter((doc) => doc >= 0 && !layer.dead[doc])
    if (docs.length === 0) return layer
    const dead = layer.dead.slice()
    for (const doc of docs) dead[doc] = 1
    return { segment: layer.segment, dead }
  })
}

/**
 * Neighbouring layers to put together, never to more than `LAYER` documents, so that merging a large catalogue takes no more
 * memory than merging a small one: those that have grown against the layer below them, many small ones, or one of which half
 * has gone. Undefined: none.
 */
export function dueMerge({ layers }: Collection): Due | undefined {
  const live = layers.map(({ dead }) => dead.length - dead.reduce((sum, flag) => sum + flag, 0))
  for (const from of layers.keys()) {
    const to = endOfRun(live, from)
    const [base, above] = [live[from]!, live.slice(from + 1, to).reduce((sum, n) => sum + n, 0)]
    if (above > 2000 && above * 4 > base) return { from, layers: layers.slice(from, to) }
    if (to - from > 6) return { from: from + 1, layers: layers.slice(from + 1, to) }
    const { size } = layers[from]!.segment
    if (size > 2000 && base * 2 < size) return { from, layers: [layers[from]!] }
  }
  return undefined
}

type Due = { readonly from: number; readonly layers: readonly Layer[] }

/** Up to where layers from `from` on make one together. */
function endOfRun(live: readonly number[], from: number): number {
  let [to, sum] = [from + 1, live[from]!]
  while (to < live.length && sum + live[to]! <= LAYER) sum += live[to++]!
  return to
}

/**
 * The collection with merged layers in the place of those they were made of. What was taken out since the merge began is
 * taken out of the result too.
 */
export function withMerged(
  collection: Collection,
  merge: { readonly from: number; readonly layers: readonly Layer[]; readonly segment: Segment },
): Collection {
  const { from, layers: old, segment } = merge
  const now = collection.layers.slice(from, from + old.length)
  if (now.some((layer, at) => layer.segment !== old[at]!.segment)) return collection
  const dead = deadSince(old, now)
  const layers = [
    ...collection.layers.slice(0, from),
    { segment, dead },
    ...collection.layers.slice(from + old.length),
  ]
  return { ...collection, layers, revision: collection.revision + 1 }
}

function deadSince(before: readonly Layer[], now: readonly Layer[]): Uint8Array {
  const flags: number[] = []
  for (const [at, layer] of before.entries())
    for (let doc = 0; doc < layer.dead.length; doc++) if (!layer.dead[doc]) flags.push(now[at]!.dead[doc]!)
  return Uint8Array.from(flags)
}
