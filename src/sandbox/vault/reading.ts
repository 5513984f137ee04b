import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { InnerQuery } from '../engine/inner.ts'
import type { VaultTable } from '../engine/roles.ts'
import type { RawCells } from './contract.ts'
import { startProcess, VaultError, type VaultProcess } from './process.ts'
import { fail, loadMs, openFolder, pinnedOf, type Room, type Snapshot } from './room.ts'
import { openFile } from './seal.ts'
import { snapshotIdentity } from './snapshot-keys.ts'

/** Where a snapshot lies while it is open. */
export type OpenTable = { readonly name: string; readonly file: string }

/** How often a question is asked anew whose process was killed because of another one. */
const attempts = 3

type Asking = { readonly planned?: readonly VaultTable[]; readonly attempt?: number }

/**
 * Asks the reader; a question that was not the cause of its process's end is asked again of a new one. A question planned
 * for snapshots that are no longer pinned is not asked: what was planned may not hold for the new ones.
 */
export async function queryCells(room: Room, query: InnerQuery, asking: Asking = {}): Promise<RawCells> {
  const { planned, attempt = 1 } = asking
  if (room.closed) throw new VaultError('destroyed')
  const reader = await readerOf(room)
  if (planned && !isPinned(room, query, planned)) throw new VaultError('unavailable')
  try {
    const request = { op: 'cells', query, maxRows: room.limits.maxRows } as const
    return await reader.call(request, room.limits.timeoutMs)
  } catch (error) {
    const innocent = error instanceof VaultError && error.message === 'unavailable' && !room.closed
    if (!innocent || attempt >= attempts) throw error
    return queryCells(room, query, { ...asking, attempt: attempt + 1 })
  }
}

function isPinned(room: Room, query: InnerQuery, planned: readonly VaultTable[]): boolean {
  const names = [query.table, ...(query.join ? [query.join.table] : [])]
  return names.every((name) => {
    const plan = planned.find((t) => t.spec.name === name)
    return plan && pinnedOf(room).some((s) => s.spec.name === name && s.snapshot === plan.snapshot)
  })
}

/** The running reader with all pinned tables attached; started, restarted or opened from the sealed files as needed. */
async function readerOf(room: Room): Promise<VaultProcess> {
  const tables = pinnedOf(room)
    .map((t) => t.file)
    .join()
  const known = room.reader
  const running = await known?.process.catch(() => undefined)
  // Another question may have started a new one while this one waited.
  if (room.reader !== known) return readerOf(room)
  if (known && running?.alive() && known.tables === tables) return running
  room.reader = { tables, process: startReader(room) }
  running?.retire()
  return room.reader.process
}

async function startReader(room: Room): Promise<VaultProcess> {
  const started = room.start(room.limits)
  try {
    const tables = await openTables(room, pinnedOf(room))
    const folder = await openFolder(room)
    const spill = join(folder, 'spill')
    await started.call({ op: 'attach', limits: room.limits, spill, folder, tables }, loadMs)
    await removeOthers(room, folder)
    return started
  } catch (error) {
    started.kill()
    throw error
  }
}

/** Opens sealed snapshots into the private folder, where they are not open yet. */
export async function openTables(room: Room, snapshots: readonly Snapshot[]): Promise<OpenTable[]> {
  const folder = await openFolder(room)
  for (const snapshot of snapshots)
    if (!existsSync(openFileOf(folder, snapshot))) await unseal(room, snapshot, openFileOf(folder, snapshot))
  return snapshots.map((s) => ({ name: s.spec.name, file: openFileOf(folder, s) }))
}

const openFileOf = (folder: string, snapshot: Pick<Snapshot, 'file'>) =>
  join(folder, snapshot.file.replace(/\.age$/, '.duckdb'))

async function unseal(room: Room, snapshot: Snapshot, file: string): Promise<void> {
  const parquet = `${file}.parquet`
  const writer = startProcess(room.limits)
  try {
    const identity = await snapshotIdentity(room, snapshot)
    await openFile(join(room.dir, 'tables', snapshot.file), parquet, identity).catch(() => fail('failed'))
    await writer.call({ op: 'restore', limits: room.limits, file: `${file}.part`, parquet }, loadMs)
    await rename(`${file}.part`, file)
  } finally {
    writer.kill()
    await rm(parquet, { force: true })
  }
}

/** Opened tables whose snapshot is gone; half-written ones are left to those who write them. */
async function removeOthers(room: Room, folder: string): Promise<void> {
  const keep = new Set(room.snapshots.map((s) => openFileOf(folder, s)))
  for (const name of await readdir(folder)) {
    const file = join(folder, name)
    const known = /^(.+)-(\d+)\.duckdb$/.exec(name)
    const newest = Math.max(0, ...room.snapshots.map((s) => s.snapshot))
    if (known && Number(known[2]) <= newest && !keep.has(file)) await rm(file, { force: true })
  }
}

/** Ends the reader and removes what was open. */
export async function closeRoom(room: Room): Promise<void> {
  const running = await room.reader?.process.catch(() => undefined)
  running?.kill()
  room.reader = undefined
  if (room.open) await rm(room.open, { recursive: true, force: true })
  room.open = undefined
}
