import { parentPort } from 'node:worker_threads'
import { analyserOf } from '../engine/analyse.ts'
import type { Builder } from '../engine/build.ts'
import { createBuilder } from '../engine/build.ts'
import { learnWords, lexiconOf } from '../engine/lexicon.ts'
import { mergeSegments } from '../engine/merge.ts'
import type { Packed } from '../engine/packing.ts'
import { pack, unpack } from '../engine/packing.ts'
import type { SearchDocument } from '../engine/segment.ts'

/** What the thread can be asked: take documents, seal them (learning words first or with given ones), merge segments. */
export type Order =
  | { readonly id: number; readonly do: 'add'; readonly documents: readonly SearchDocument[] }
  | { readonly id: number; readonly do: 'seal'; readonly words?: readonly string[] | undefined }
  | {
      readonly id: number
      readonly do: 'merge'
      readonly layers: readonly { packed: Packed; dead: Uint8Array }[]
    }

/** What comes back: a segment in shared memory with the words its lexicon learned, or how many documents wait. */
export type Delivery = {
  readonly id: number
  readonly packed?: Packed
  readonly words?: readonly string[]
  readonly error?: string
}

let builder: Builder = createBuilder()
let kept: { words: readonly string[]; analyse: ReturnType<typeof analyserOf> } | undefined

function fulfil(order: Order): Omit<Delivery, 'id'> {
  if (order.do === 'add') {
    for (const document of order.documents) builder.add(document)
    return {}
  }
  if (order.do === 'merge')
    return {
      packed: pack(
        mergeSegments(order.layers.map(({ packed, dead }) => ({ segment: unpack(packed), dead }))),
      ),
    }
  const full = builder
  builder = createBuilder()
  const words = order.words ?? learnWords(full.wordCounts())
  if (kept?.words.length !== words.length || kept.words.some((word, at) => word !== words[at]))
    kept = { words, analyse: analyserOf(lexiconOf(words)) }
  return { packed: pack(full.seal(kept.analyse)), words }
}

parentPort?.on('message', (order: Order) => {
  try {
    parentPort!.postMessage({ id: order.id, ...fulfil(order) } satisfies Delivery)
  } catch (error) {
    builder = createBuilder()
    parentPort!.postMessage({ id: order.id, error: String(error) } satisfies Delivery)
  }
})
