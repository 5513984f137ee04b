import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { InnerQuery } from '../engine/inner.ts'
import type { DimensionValue, UnitType } from '../engine/roles.ts'
import type { UnitComparison } from './contract.ts'
import { VaultError, type VaultProcess } from './process.ts'
import type { UnitSetFiles } from './protocol.ts'
import { openTables } from './reading.ts'
import { loadMs, pinnedOf, workFolder, type Room } from './room.ts'
import { openFile, sealFile } from './seal.ts'

/** What lies open about a kept set: nothing of its members. `rows` names the snapshot where rows are the units. */
type KeptSet = { readonly unitType: UnitType; readonly cells: number; readonly rows: string }

const indexFile = (room: Room) => join(room.dir, 'units', 'sets.json')
const setFile = (room: Room, id: string) => join(room.dir, 'units', `set-${id}.age`)
const numbersFile = (room: Room, unitType: UnitType) => join(room.dir, 'units', `numbers-${unitType}.age`)

async function readIndex(room: Room): Promise<Record<string, KeptSet>> {
  const file = indexFile(room)
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Record<string, KeptSet>) : {}
}

async function writeIndex(room: Room, index: Record<string, KeptSet>): Promise<void> {
  await writeFile(`${indexFile(room)}.part`, JSON.stringify(index), { mode: 0o600 })
  await rename(`${indexFile(room)}.part`, indexFile(room))
}

function requireId(id: string): void {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) throw new VaultError('failed')
}

/** Works out and seals the unit sets of some cells of a block. What breaks off leaves the earlier sets as they were. */
export async function keepUnitSets(
  room: Room,
  id: string,
  of: { query: InnerQuery; cells: readonly (readonly DimensionValue[])[] },
): Promise<void> {
  requireId(id)
  const { query, cells } = of
  const names = [query.table, ...(query.join ? [query.join.table] : [])]
  const snapshots = pinnedOf(room).filter((s) => names.includes(s.spec.name))
  const tables = await openTables(room, snapshots)
  await withWork(room, async (folder, worker) => {
    const [set, next] = [join(folder, 'set'), join(folder, 'next')]
    const old = await openNumbers(room, query.unitType, join(folder, 'numbers'))
    const { limits } = room
    await worker.call({ op: 'units', limits, query, cells, tables, numbers: { old, next }, set }, loadMs)
    // Numbers first: more of them than needed do no harm, a set without its numbers could not be read.
    await sealFile(next, numbersFile(room, query.unitType), room.recipient)
    await sealFile(set, setFile(room, id), room.recipient)
  })
  const main = snapshots.find((s) => s.spec.name === query.table)
  const counted = main?.spec.columns.some((c) => c.role === 'unit' && c.unitType === query.unitType)
  const rows = counted ? '' : `${room.dir}|${query.table}|${main?.snapshot ?? 0}`
  await writeIndex(room, {
    ...(await readIndex(room)),
    [id]: { unitType: query.unitType, cells: cells.length, rows },
  })
}

/** Removes a kept set; its units keep their numbers. */
export async function forgetUnitSets(room: Room, id: string): Promise<void> {
  requireId(id)
  const { [id]: _gone, ...rest } = await readIndex(room)
  await writeIndex(room, rest)
  await rm(setFile(room, id), { force: true })
}

async function openNumbers(room: Room, unitType: UnitType, file: string): Promise<string | null> {
  if (!existsSync(numbersFile(room, unitType))) return null
  await openFile(numbersFile(room, unitType), file, room.identity)
  return file
}

/** A process and a private folder for one piece of work; the folder is gone afterwards. */
async function withWork<T>(
  room: Room,
  work: (folder: string, worker: VaultProcess) => Promise<T>,
): Promise<T> {
  const folder = await workFolder()
  try {
    return await room.work(room.limits, (worker) => work(folder, worker))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Named = { readonly room: Room; readonly id: string }

/** Compares two kept sets, of one room or of two. Both must be of one unit type; units that are mere rows, of one snapshot. */
export async function compareUnitSets(a: Named, b: Named, below: number): Promise<UnitComparison> {
  const [keptA, keptB] = [(await readIndex(a.room))[a.id], (await readIndex(b.room))[b.id]]
  if (!keptA || !keptB || keptA.unitType !== keptB.unitType || keptA.rows !== keptB.rows)
    return { comparable: false, pairs: [], restA: [], restB: [] }
  return withWork(a.room, async (folder, worker) => {
    const { limits } = a.room
    const first = await openSet(a, keptA, join(folder, 'a'))
    const same = a.room.dir === b.room.dir
    const opened = await openSet(b, keptB, join(folder, 'b'))
    const second = same ? { ...opened, numbers: first.numbers } : opened
    const found = await worker.call({ op: 'compare', limits, a: first, b: second, below }, loadMs)
    return { comparable: true, ...found }
  })
}

async function openSet({ room, id }: Named, kept: KeptSet, to: string): Promise<UnitSetFiles> {
  await openFile(setFile(room, id), `${to}-set`, room.identity)
  await openFile(numbersFile(room, kept.unitType), `${to}-numbers`, room.identity)
  return { set: `${to}-set`, numbers: `${to}-numbers`, cells: kept.cells }
}
