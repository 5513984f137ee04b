import { Worker } from 'node:worker_threads'
import type { Layer } from '../engine/merge.ts'
import type { Packed } from '../engine/packing.ts'
import { pack } from '../engine/packing.ts'
import type { SearchDocument, Segment } from '../engine/segment.ts'
import type { Delivery, Order } from './worker.ts'

/** The thread in which segments are built and merged, so that pages are never held up. Started at the first order. */
export type Workshop = {
  readonly add: (documents: readonly SearchDocument[]) => Promise<void>
  /** Seals what was added; without `words` it first learns which words the documents use. */
  readonly seal: (words?: readonly string[]) => Promise<{ packed: Packed; words: readonly string[] }>
  readonly merge: (layers: readonly Layer[]) => Promise<Packed>
  readonly close: () => Promise<void>
}

type Waiting = { readonly done: (delivery: Delivery) => void; readonly failed: (error: Error) => void }
type Unsent = Order extends infer O ? (O extends Order ? Omit<O, 'id'> : never) : never

/** The packed form of segments that came from a workshop or a file, so that they need not be packed again. */
const packedForms = new WeakMap<Segment, Packed>()

/** Notes the packed memory a segment lies over. */
export function rememberPacked(segment: Segment, packed: Packed): Segment {
  packedForms.set(segment, packed)
  return segment
}

/** The packed form of a segment; packed now if it was built in this thread. */
export function packedOf(segment: Segment): Packed {
  const known = packedForms.get(segment)
  if (known) return known
  const made = pack(segment)
  packedForms.set(segment, made)
  return made
}

/** So long a thread without work is kept. */
const IDLE_MS = 10_000

/** A workshop without a thread yet. */
export function createWorkshop(): Workshop {
  let worker: Worker | undefined
  let next = 1
  const waiting = new Map<number, Waiting>()
  let holding = false
  let idle: NodeJS.Timeout | undefined
  // A thread that waits would keep what it last worked on; the next order starts another.
  const rest = () => {
    clearTimeout(idle)
    idle = setTimeout(() => {
      if (waiting.size > 0 || holding || !worker) return
      const done = worker
      worker = undefined
      done.removeAllListeners('exit')
      void done.terminate()
    }, IDLE_MS)
    idle.unref()
  }
  const end = (error: Error) => {
    worker = undefined
    for (const each of waiting.values()) each.failed(error)
    waiting.clear()
  }
  const ask = (order: Unsent): Promise<Delivery> => {
    worker ??= startWorker(waiting, end)
    const id = next++
    holding = order.do === 'add' || (holding && order.do !== 'seal')
    return new Promise<Delivery>((done, failed) => {
      waiting.set(id, { done, failed })
      worker!.postMessage({ id, ...order })
    }).finally(rest)
  }
  return {
    add: async (documents) => void (await ask({ do: 'add', documents })),
    seal: async (words) => {
      const delivery = await ask({ do: 'seal', words })
      return { packed: delivery.packed!, words: delivery.words! }
    },
    merge: async (layers) => {
      const packed = layers.map(({ segment, dead }) => ({ packed: packedOf(segment), dead }))
      return (await ask({ do: 'merge', layers: packed })).packed!
    },
    close: async () => {
      clearTimeout(idle)
      await worker?.terminate()
      end(new Error('closed'))
    },
  }
}

const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 }

function startWorker(waiting: Map<number, Waiting>, end: (error: Error) => void): Worker {
  // Types are stripped by Node itself: the thread needs none of the process's loaders.
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    execArgv: [],
    env: {},
    resourceLimits,
  })
  worker.unref()
  worker.on('message', (delivery: Delivery) => {
    const order = waiting.get(delivery.id)
    waiting.delete(delivery.id)
    if (delivery.error) order?.failed(new Error(delivery.error))
    else order?.done(delivery)
  })
  worker.on('error', end)
  worker.on('exit', () => end(new Error('the search thread ended')))
  return worker
}
