import { rmSync } from 'node:fs'
import { attach, cells } from './cells-worker.ts'
import { change } from './change-worker.ts'
import type { VaultFailure } from './contract.ts'
import { state, TooLarge } from './engine.ts'
import { outer } from './outer-worker.ts'
import type { FromVault, Reply, Request, ToVault } from './protocol.ts'
import { append, begin, finish, restore } from './table-worker.ts'
import { compare, units } from './units-worker.ts'

// The process around one engine. It knows no secret, takes no SQL text and never writes to standard output.

type Operation<K extends Request['op']> = (
  request: Extract<Request, { op: K }>,
  id: number,
) => Promise<Reply[K]>

const operations: { [K in Request['op']]: Operation<K> } = {
  attach,
  cells,
  outer,
  begin,
  append,
  finish,
  restore,
  // The readers of files are loaded where a file is read: a vault that answers questions starts without them.
  read: async (request) => (await import('./file-worker.ts')).read(request),
  rows: async (request) => (await import('./file-worker.ts')).rows(request),
  change,
  units,
  compare,
}

/** The only words that leave the process about an error. */
function failureOf(error: unknown): VaultFailure {
  if (error instanceof TooLarge) return 'result-too-large'
  const text = error instanceof Error ? error.message : ''
  if (/^INTERRUPT|Interrupted/i.test(text)) return 'time'
  return /^Out of Memory|memory/i.test(text) ? 'memory' : 'failed'
}

function send(message: FromVault): void {
  process.send?.(message)
}

process.on('message', (message: ToVault) => {
  if ('interrupt' in message) return state.running.get(message.interrupt)?.interrupt()
  const run = operations[message.request.op] as (request: Request, id: number) => Promise<unknown>
  run(message.request, message.id).then(
    (value) => send({ id: message.id, value }),
    (error: unknown) => send({ id: message.id, failure: failureOf(error) }),
  )
})
process.on('disconnect', () => {
  if (state.folder) rmSync(state.folder, { recursive: true, force: true })
  process.exit(0)
})
