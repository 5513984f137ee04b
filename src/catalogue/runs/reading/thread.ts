import { Worker } from 'node:worker_threads'
import type { Answers, Ask, FromThread, OpenedPage, ToThread } from './protocol.ts'

/** The heap a page may take while it is read; one that needs more is refused, and the hub goes on. */
const HEAP_MB = 384

/** The thread ended before it answered: the page was too much for it, or it was closed. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone'
}

/** A thread that reads pages and makes rows of records. Ends with `close`. */
export type Reader = {
  /** Reads a page; several may be open at once, each under its own number. */
  readonly open: (ask: Omit<Extract<Ask, { op: 'open' }>, 'op'>) => Promise<OpenedPage>
  readonly map: (ask: Omit<Extract<Ask, { op: 'map' }>, 'op'>) => Promise<Answers['map']>
  readonly diff: (ask: Omit<Extract<Ask, { op: 'diff' }>, 'op'>) => Promise<Answers['diff']>
  readonly closePage: (page: number) => Promise<null>
  readonly close: () => Promise<void>
}

/** Starts a reading thread with a heap of its own, so that a monster ends the thread and not the hub. */
export function startReader(): Reader {
  const worker = new Worker(new URL('./read-page.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const state = { next: 1, ended: false }
  worker.on('message', ({ id, value, fault }: FromThread) => {
    const call = waiting.get(id)
    waiting.delete(id)
    if (fault === undefined) call?.resolve(value)
    else call?.reject(new Error(fault))
  })
  const end = () => {
    state.ended = true
    for (const call of waiting.values()) call.reject(new ReaderGone())
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', end)
  const ask = <K extends keyof Answers>(question: Extract<Ask, { op: K }>) =>
    new Promise<Answers[K]>((resolve, reject) => {
      if (state.ended) return reject(new ReaderGone())
      const id = state.next++
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
      worker.postMessage({ id, ask: question } satisfies ToThread)
    })
  return {
    open: (given) => ask({ op: 'open', ...given }),
    map: (given) => ask({ op: 'map', ...given }),
    diff: (given) => ask({ op: 'diff', ...given }),
    closePage: (page) => ask({ op: 'close', page }),
    close: async () => {
      await worker.terminate()
    },
  }
}
