import { existsSync, mkdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unitColumns, unitTypesOf, type TableSpec, type UnitType, type VaultTable } from '../engine/roles.ts'
import type { RawCells, SourceRow, Vault, VaultKeys, VaultLimits } from './contract.ts'
import { startProcess, VaultError, type VaultProcess } from './process.ts'
import { openBytes, openFile, recipientOf, roomIdentity, sealBytes, sealFile, shredFile } from './seal.ts'
import { rowWriter, storedColumns, type Counts, type StoredColumn, type StoredValue } from './stored.ts'

/** Enough for a town's register on a small server; a holder's own site may set others. */
export const defaultLimits: VaultLimits = {
  memoryMb: 512,
  threads: 1,
  timeoutMs: 20_000,
  maxRows: 200_000,
  maxTempMb: 2_000,
}

/** Where a vault lies and with which keys. `keyFile` may lie apart from the data, so that backups of data hold no key. */
export type VaultOptions = {
  readonly dir: string
  readonly keys: VaultKeys
  readonly keyFile?: string
  readonly limits?: Partial<VaultLimits>
}

type Snapshot = VaultTable & { readonly file: string }

type Room = {
  readonly dir: string
  readonly keyFile: string
  readonly keys: VaultKeys
  readonly limits: VaultLimits
  identity: string
  recipient: string
  tables: Snapshot[]
  /** Private folder with the opened tables while the vault runs. */
  open: string | undefined
  process: VaultProcess | undefined
  attached: string
  closed: boolean
  queue: Promise<unknown>
}

const loadMs = 10 * 60_000
const batchRows = 8_192

/** Opens a data room's vault; makes it on first use. Rejects with `destroyed` once its key is gone. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const keyFile = options.keyFile ?? join(options.dir, 'identity.age')
  if (existsSync(join(options.dir, 'destroyed'))) throw new VaultError('destroyed')
  mkdirSync(join(options.dir, 'tables'), { recursive: true, mode: 0o700 })
  mkdirSync(join(options.dir, 'kept'), { recursive: true, mode: 0o700 })
  const identity = await roomIdentity(keyFile, options.keys).catch(() => fail('failed'))
  const room: Room = {
    dir: options.dir,
    keyFile,
    keys: options.keys,
    limits: { ...defaultLimits, ...options.limits },
    identity,
    recipient: await recipientOf(identity),
    tables: await readManifest(options.dir),
    open: undefined,
    process: undefined,
    attached: '',
    closed: false,
    queue: Promise.resolve(),
  }
  return vaultOf(room)
}

function vaultOf(room: Room): Vault {
  const keptFile = (id: string) => {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) throw new VaultError('failed')
    return join(room.dir, 'kept', `${id}.age`)
  }
  return {
    keep: (id, bytes) => inTurn(room, () => sealBytes(bytes, keptFile(id), room.recipient)),
    kept: (id) => inTurn(room, () => openBytes(keptFile(id), room.identity).catch(() => fail('failed'))),
    forget: (id) => inTurn(room, () => rm(keptFile(id), { force: true })),
    ingest: (spec, rows) => inTurn(room, () => ingest(room, spec, rows)),
    drop: (table) => inTurn(room, () => drop(room, table)),
    tables: async () => room.tables.map(({ file: _file, ...table }) => table),
    query: (query) => inTurn(room, () => queryCells(room, query)),
    close: () => inTurn(room, () => close(room)),
    destroy: async () => {
      room.process?.kill()
      await inTurn(room, () => destroy(room))
    },
  }
}

function fail(failure: 'failed' | 'destroyed'): never {
  throw new VaultError(failure)
}

/** One thing at a time per room: a query never meets a half-written table. */
function inTurn<T>(room: Room, work: () => Promise<T>): Promise<T> {
  const turn = room.queue.then(async () => {
    if (room.closed) throw new VaultError('destroyed')
    return work()
  })
  room.queue = turn.catch(() => undefined)
  return turn
}

async function readManifest(dir: string): Promise<Snapshot[]> {
  const file = join(dir, 'manifest.json')
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Snapshot[]) : []
}

async function writeManifest(room: Room, tables: Snapshot[]): Promise<void> {
  const file = join(room.dir, 'manifest.json')
  await writeFile(`${file}.part`, JSON.stringify(tables), { mode: 0o600 })
  await rename(`${file}.part`, file)
  room.tables = tables
}

/** Private folders lie in memory where the system has a memory file system. */
const privateRoot = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** The private folder of a room, named after the hub's process. */
async function openFolder(room: Room): Promise<string> {
  room.open ??= await mkdtemp(join(privateRoot, `allmende-vault-${process.pid}-`))
  await mkdir(join(room.open, 'spill'), { recursive: true, mode: 0o700 })
  return room.open
}

/** Removes opened tables of hubs that no longer run: a hub that was killed cannot tidy up itself. */
export async function removeLeftFolders(): Promise<void> {
  for (const name of await readdir(privateRoot)) {
    const pid = Number(/^allmende-vault-(\d+)-/.exec(name)?.[1] ?? 0)
    if (pid > 0 && !isRunning(pid))
      await rm(join(privateRoot, name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function ingest(
  room: Room,
  spec: TableSpec,
  rows: AsyncIterable<SourceRow> | Iterable<SourceRow>,
): Promise<VaultTable> {
  const folder = await openFolder(room)
  const snapshot = Math.max(0, ...room.tables.map((t) => t.snapshot)) + 1
  const name = `${spec.name}-${snapshot}`
  const [file, parquet] = [join(folder, `${name}.duckdb`), join(folder, `${name}.parquet`)]
  const writer = startProcess(room.limits)
  try {
    const counts: Counts = { excluded: 0, clamped: 0 }
    const columns = storedColumns(spec)
    await writer.call({ op: 'begin', limits: room.limits, file, columns }, loadMs)
    await appendRows(writer, rows, { columns, write: rowWriter(spec, room.keys, counts) })
    const facts = await writer.call(
      {
        op: 'finish',
        parquet,
        units: unitTypesOf(spec).map((unitType) => ({ unitType, id: unitColumns(unitType).id })),
        keys: keyColumns(spec),
      },
      loadMs,
    )
    await sealFile(parquet, join(room.dir, 'tables', `${name}.age`), room.recipient)
    const table: Snapshot = {
      spec,
      snapshot,
      rows: facts.rows,
      ...counts,
      onePerUnit: facts.onePerUnit as UnitType[],
      uniqueKeys: facts.uniqueKeys,
      file: `${name}.age`,
    }
    const replaced = room.tables.filter((t) => t.spec.name === spec.name)
    await writeManifest(room, [...room.tables.filter((t) => t.spec.name !== spec.name), table])
    for (const old of replaced) await rm(join(room.dir, 'tables', old.file), { force: true })
    const { file: _file, ...published } = table
    return published
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    writer.kill()
    await rm(parquet, { force: true })
    await rm(`${file}.wal`, { force: true })
  }
}

function keyColumns(spec: TableSpec): string[] {
  return spec.columns
    .filter((c) => c.role === 'key' || (c.role === 'dimension' && c.key !== undefined))
    .map((c) => c.name)
}

async function appendRows(
  writer: VaultProcess,
  rows: AsyncIterable<SourceRow> | Iterable<SourceRow>,
  into: {
    columns: readonly StoredColumn[]
    write: (row: SourceRow, ordinal: number) => StoredValue[] | null
  },
): Promise<void> {
  let batch: StoredValue[][] = into.columns.map(() => [])
  let ordinal = 0
  const flush = async () => {
    const count = batch[0]?.length ?? 0
    if (count > 0) await writer.call({ op: 'append', columns: batch, rows: count }, loadMs)
    batch = into.columns.map(() => [])
  }
  for await (const row of rows) {
    const stored = into.write(row, ordinal++)
    stored?.forEach((value, i) => batch[i]?.push(value))
    if ((batch[0]?.length ?? 0) >= batchRows) await flush()
  }
  await flush()
}

async function drop(room: Room, name: string): Promise<void> {
  const dropped = room.tables.filter((t) => t.spec.name === name)
  await writeManifest(
    room,
    room.tables.filter((t) => t.spec.name !== name),
  )
  for (const table of dropped) await rm(join(room.dir, 'tables', table.file), { force: true })
}

/** The running reader with all current tables attached; started, restarted or opened from the sealed files as needed. */
async function reader(room: Room): Promise<VaultProcess> {
  const wanted = room.tables.map((t) => t.file).join()
  if (room.process?.alive() && room.attached === wanted) return room.process
  room.process?.kill()
  const folder = await openFolder(room)
  const tables = room.tables.map((t) => ({
    name: t.spec.name,
    file: join(folder, t.file.replace(/\.age$/, '.duckdb')),
    sealed: join(room.dir, 'tables', t.file),
  }))
  for (const table of tables) if (!existsSync(table.file)) await unseal(room, table)
  await removeOthers(folder, new Set(tables.map((t) => t.file)))
  const started = startProcess(room.limits)
  room.process = started
  const files = tables.map(({ name, file }) => ({ name, file }))
  const spill = join(folder, 'spill')
  await started.call({ op: 'attach', limits: room.limits, spill, folder, tables: files }, loadMs)
  room.attached = wanted
  return started
}

async function unseal(room: Room, table: { file: string; sealed: string }): Promise<void> {
  const parquet = `${table.file}.parquet`
  const writer = startProcess(room.limits)
  try {
    await openFile(table.sealed, parquet, room.identity).catch(() => fail('failed'))
    await writer.call({ op: 'restore', limits: room.limits, file: `${table.file}.part`, parquet }, loadMs)
    await rename(`${table.file}.part`, table.file)
  } finally {
    writer.kill()
    await rm(parquet, { force: true })
  }
}

async function removeOthers(folder: string, keep: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder))
    if (name !== 'spill' && !keep.has(join(folder, name)))
      await rm(join(folder, name), { force: true, recursive: true })
}

/** Asks the reader; if its process has died unnoticed, once more with a new one. */
async function queryCells(room: Room, query: Parameters<Vault['query']>[0]): Promise<RawCells> {
  const request = { op: 'cells', query, maxRows: room.limits.maxRows } as const
  const first = await reader(room)
  try {
    return await first.call(request, room.limits.timeoutMs)
  } catch (error) {
    if (!(error instanceof VaultError) || error.message !== 'unavailable') throw error
    return (await reader(room)).call(request, room.limits.timeoutMs)
  }
}

async function close(room: Room): Promise<void> {
  room.process?.kill()
  room.process = undefined
  if (room.open) await rm(room.open, { recursive: true, force: true })
  room.open = undefined
}

async function destroy(room: Room): Promise<void> {
  await close(room)
  await shredFile(room.keyFile)
  room.identity = ''
  room.closed = true
  await rm(room.dir, { recursive: true, force: true })
  await mkdir(room.dir, { recursive: true, mode: 0o700 })
  await writeFile(join(room.dir, 'destroyed'), '')
}
