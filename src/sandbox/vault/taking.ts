import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { unitColumns, unitTypesOf, type TableSpec, type UnitType, type VaultTable } from '../engine/roles.ts'
import type { SourceRow } from './contract.ts'
import { startProcess, VaultError, type VaultProcess } from './process.ts'
import { loadMs, openFolder, writeManifest, type Room, type Snapshot } from './room.ts'
import { sealFile } from './seal.ts'
import { newSnapshotKey, shredSnapshotKey } from './snapshot-keys.ts'
import { rowWriter, storedColumns, type Counts, type StoredColumn, type StoredValue } from './stored.ts'

/** Rows per message to the writing process: a slice that does not hold up the hub. */
const batchRows = 4_096

/**
 * Writes the rows of a table as a new snapshot: sealed first, then in the manifest; what breaks off before leaves nothing.
 * `hold`: the snapshot waits beside the pinned one; else it takes its place and the earlier ones are removed.
 */
export async function takeTable(
  room: Room,
  spec: TableSpec,
  input: { rows: AsyncIterable<SourceRow> | Iterable<SourceRow>; hold: boolean },
): Promise<VaultTable> {
  const folder = await openFolder(room)
  const snapshot = Math.max(0, ...room.snapshots.map((t) => t.snapshot)) + 1
  const name = `${spec.name}-${snapshot}`
  const [file, parquet] = [join(folder, `${name}.duckdb`), join(folder, `${name}.parquet`)]
  const writer = startProcess(room.limits)
  try {
    const { facts, counts } = await write(room, writer, { spec, rows: input.rows, file, parquet })
    const sealed = `${name}.age`
    await sealFile(parquet, join(room.dir, 'tables', sealed), await newSnapshotKey(room, { file: sealed }))
    const pinned = !input.hold
    const table: Snapshot = { spec, snapshot, ...facts, ...counts, file: sealed, pinned }
    await enter(room, table)
    return published(table)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    writer.kill()
    await rm(parquet, { force: true })
    await rm(`${file}.wal`, { force: true })
  }
}

type Writing = {
  readonly spec: TableSpec
  readonly rows: AsyncIterable<SourceRow> | Iterable<SourceRow>
  readonly file: string
  readonly parquet: string
}

async function write(room: Room, writer: VaultProcess, { spec, rows, file, parquet }: Writing) {
  const counts: Counts = { excluded: 0, clamped: 0 }
  const columns = storedColumns(spec)
  await writer.call({ op: 'begin', limits: room.limits, file, columns }, loadMs)
  await appendRows(writer, rows, { columns, write: rowWriter(spec, room.keys, counts) })
  const units = unitTypesOf(spec).map((unitType) => ({ unitType, id: unitColumns(unitType).id }))
  const done = await writer.call(
    { op: 'finish', parquet, units, keys: keyColumns(spec), measures: measureColumns(spec) },
    loadMs,
  )
  return { facts: { ...done, onePerUnit: done.onePerUnit as UnitType[] }, counts }
}

/** Puts a sealed snapshot into the manifest; a pinned one takes the place of all earlier ones of its table. */
async function enter(room: Room, table: Snapshot): Promise<void> {
  const replaced = table.pinned ? room.snapshots.filter((t) => t.spec.name === table.spec.name) : []
  await writeManifest(room, [...room.snapshots.filter((t) => !replaced.includes(t)), table])
  await removeSealed(room, replaced)
}

/** A snapshot as the rest of the hub knows it. */
export function published({ file: _file, pinned: _pinned, ...table }: Snapshot): VaultTable {
  return table
}

function keyColumns(spec: TableSpec): string[] {
  return spec.columns
    .filter((c) => c.role === 'key' || (c.role === 'dimension' && c.key !== undefined))
    .map((c) => c.name)
}

function measureColumns(spec: TableSpec): string[] {
  return spec.columns.filter((c) => c.role === 'measure').map((c) => c.name)
}

async function appendRows(
  writer: VaultProcess,
  rows: AsyncIterable<SourceRow> | Iterable<SourceRow>,
  into: {
    columns: readonly StoredColumn[]
    write: (row: SourceRow) => StoredValue[] | null
  },
): Promise<void> {
  let batch: StoredValue[][] = into.columns.map(() => [])
  const flush = async () => {
    const count = batch[0]?.length ?? 0
    if (count > 0) await writer.call({ op: 'append', columns: batch, rows: count }, loadMs)
    batch = into.columns.map(() => [])
  }
  for await (const row of rows) {
    const stored = into.write(row)
    stored?.forEach((value, i) => batch[i]?.push(value))
    if ((batch[0]?.length ?? 0) >= batchRows) await flush()
  }
  await flush()
}

/**
 * Removes sealed files that no manifest names, with their keys: the hub was killed between writing and tidying up. Younger
 * ones may be on their way into a manifest; without any snapshot the manifest itself may be missing, and nothing is touched.
 */
export async function removeLeftSealed(room: Room, now: number): Promise<void> {
  const folder = join(room.dir, 'tables')
  if (room.snapshots.length === 0) return
  const known = new Set(room.snapshots.map((s) => s.file))
  for (const name of existsSync(folder) ? await readdir(folder) : []) {
    if (known.has(name) || (await stat(join(folder, name))).mtimeMs > now - 86_400_000) continue
    await shredSnapshotKey(room, { file: name })
    await rm(join(folder, name), { force: true })
  }
}

async function removeSealed(room: Room, gone: readonly Snapshot[]): Promise<void> {
  for (const old of gone) {
    await shredSnapshotKey(room, old)
    await rm(join(room.dir, 'tables', old.file), { force: true })
  }
}

/** Makes a held snapshot the one that questions are asked of. The earlier one stays until it is dropped. */
export async function pinSnapshot(room: Room, name: string, snapshot: number): Promise<void> {
  if (!room.snapshots.some((s) => s.spec.name === name && s.snapshot === snapshot))
    throw new VaultError('failed')
  const pin = (s: Snapshot) => (s.spec.name === name ? { ...s, pinned: s.snapshot === snapshot } : s)
  await writeManifest(room, room.snapshots.map(pin))
}

/** Removes a table with all its snapshots, or one snapshot of it. */
export async function dropTable(room: Room, name: string, snapshot?: number): Promise<void> {
  const gone = (s: Snapshot) => s.spec.name === name && (snapshot === undefined || s.snapshot === snapshot)
  const dropped = room.snapshots.filter(gone)
  await writeManifest(
    room,
    room.snapshots.filter((s) => !gone(s)),
  )
  await removeSealed(room, dropped)
}
