import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableSpec } from '../engine/roles.ts'
import type { FileFacts, SourceRow } from './contract.ts'
import { startProcess, VaultError, type VaultProcess } from './process.ts'
import { fail, loadMs, workFolder, type Room } from './room.ts'
import { openBytes, openFile, sealBytes, sealStream } from './seal.ts'

/** How long reading one file may take, and how much text its process may hold. */
const readMs = 3 * 60_000
const heapMb = 1_536

/** Where the sealed bytes of an upload lie. Refuses ids that are no plain words. */
export function keptFile(room: Room, id: string): string {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) throw new VaultError('failed')
  return join(room.dir, 'kept', `${id}.age`)
}

/** Seals bytes, or a stream of them as they arrive; what breaks off leaves nothing. */
export async function keep(
  room: Room,
  id: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = keptFile(room, id)
  if (content instanceof Uint8Array) return sealBytes(content, file, room.recipient)
  await sealStream(content, file, room.recipient).catch(async (error: unknown) => {
    await rm(`${file}.part`, { force: true })
    throw error
  })
}

/** The bytes of a kept upload. */
export function openKept(room: Room, id: string): Promise<Uint8Array> {
  return openBytes(keptFile(room, id), room.identity).catch(() => fail('failed'))
}

/** Gives a kept upload another id. */
export async function renameKept(room: Room, from: string, to: string): Promise<void> {
  await rename(keptFile(room, from), keptFile(room, to)).catch(() => fail('failed'))
}

/** Removes uploads that no use case took over within a day: their hub was killed. */
export async function forgetLeftUploads(room: Room, now: number): Promise<void> {
  const folder = join(room.dir, 'kept')
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const left = name.startsWith('incoming-') || name.endsWith('.part')
    if (left && (await stat(file)).mtimeMs < now - 86_400_000) await rm(file, { force: true })
  }
}

/** Reads a kept file in a process of its own, which is gone afterwards: a hostile file harms nobody else. */
export function readKept(
  room: Room,
  id: string,
  named: { filename: string; table: string },
): Promise<FileFacts> {
  return withReader(room, id, (reader, file) => readFile(reader, file, named))
}

function readFile(reader: VaultProcess, file: string, named: { filename: string; table: string }) {
  return reader.call({ op: 'read', file, ...named }, readMs).catch((error: unknown) => {
    // A process that died of a file ran out of memory; nothing else can end it.
    throw error instanceof VaultError && error.message === 'unavailable' ? new VaultError('memory') : error
  })
}

/** The rows of a kept file in the order of a table's columns, read in a process of its own. */
export async function withKeptRows<T>(
  room: Room,
  from: { id: string; filename: string; spec: TableSpec },
  work: (rows: AsyncIterable<SourceRow>) => Promise<T>,
): Promise<T> {
  return withReader(room, from.id, async (reader, file) => {
    const read = await readFile(reader, file, { filename: from.filename, table: from.spec.name })
    if ('refused' in read) return fail('failed')
    return work(rowsFrom(reader, from.spec))
  })
}

async function* rowsFrom(reader: VaultProcess, spec: TableSpec): AsyncGenerator<SourceRow> {
  for (;;) {
    const batch = await reader.call({ op: 'rows', spec }, loadMs)
    if (!batch) return
    yield* batch
  }
}

async function withReader<T>(
  room: Room,
  id: string,
  work: (reader: VaultProcess, file: string) => Promise<T>,
): Promise<T> {
  const folder = await workFolder()
  const reader = startProcess(room.limits, heapMb)
  try {
    const file = join(folder, 'upload')
    await openFile(keptFile(room, id), file, room.identity).catch(() => fail('failed'))
    return await work(reader, file)
  } finally {
    reader.kill()
    await rm(folder, { recursive: true, force: true })
  }
}
