import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { changeBetween } from './change.ts'
import type { Vault } from './contract.ts'
import { VaultError } from './process.ts'
import { closeRoom, queryCells } from './reading.ts'
import { inTurn, openRoom, pinnedOf, type Room, type VaultOptions } from './room.ts'
import { forgetLeftUploads, keep, keptFile, openKept, readKept, renameKept, withKeptRows } from './kept.ts'
import { shredKeys } from './snapshot-keys.ts'
import { dropTable, pinSnapshot, published, removeLeftSealed, takeTable } from './taking.ts'
import { forgetUnitSets, keepUnitSets } from './unit-sets.ts'

/** Opens a data room's vault; makes it on first use. Rejects with `destroyed` once its key is gone. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  return tidied(await openRoom(options))
}

/** The vault of an opened room, once what an earlier process left behind is gone. */
export async function tidied(room: Room): Promise<Vault> {
  await forgetLeftUploads(room, Date.now())
  await removeLeftSealed(room, Date.now())
  return vaultOf(room)
}

function vaultOf(room: Room): Vault {
  return {
    keep: (id, content) => whileOpen(room, () => keep(room, id, content)),
    kept: (id) => whileOpen(room, () => openKept(room, id)),
    renameKept: (from, to) => whileOpen(room, () => renameKept(room, from, to)),
    readKept: (id, named) => whileOpen(room, () => readKept(room, id, named)),
    forget: (id) => whileOpen(room, () => rm(keptFile(room, id), { force: true })),
    ingestKept: (spec, from, options) =>
      inTurn(room, () =>
        withKeptRows(room, { ...from, spec }, (rows) =>
          takeTable(room, spec, { rows, hold: options?.hold ?? false }),
        ),
      ),
    ingest: (spec, rows, options) =>
      inTurn(room, () => takeTable(room, spec, { rows, hold: options?.hold ?? false })),
    pin: (table, snapshot) => inTurn(room, () => pinSnapshot(room, table, snapshot)),
    changeBetween: (table, from, to) => inTurn(room, () => changeBetween(room, table, [from, to])),
    drop: (table, snapshot) => inTurn(room, () => dropTable(room, table, snapshot)),
    tables: async () => pinnedOf(room).map(published),
    query: (query) => queryCells(room, query),
    at: (tables) => ({ query: (query) => queryCells(room, query, { planned: tables }) }),
    keepUnitSets: (id, query, cells) => inTurn(room, () => keepUnitSets(room, id, { query, cells })),
    forgetUnitSets: (id) => inTurn(room, () => forgetUnitSets(room, id)),
    close: () => inTurn(room, () => closeRoom(room)),
    destroy: async () => {
      const running = room.reader?.process
      room.reader = undefined
      await running?.then((reader) => reader.kill()).catch(() => undefined)
      await inTurn(room, () => destroy(room))
    },
  }
}

/** Work on sealed uploads: they do not meet each other, so nobody waits; never after the room's end. */
async function whileOpen<T>(room: Room, work: () => Promise<T>): Promise<T> {
  if (room.closed) throw new VaultError('destroyed')
  return work()
}

async function destroy(room: Room): Promise<void> {
  room.closed = true
  await closeRoom(room)
  await shredKeys(room.keyFile)
  room.identity = ''
  await rm(room.dir, { recursive: true, force: true })
  await mkdir(room.dir, { recursive: true, mode: 0o700 })
  await writeFile(join(room.dir, 'destroyed'), '')
}
