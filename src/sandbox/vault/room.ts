import { existsSync, mkdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VaultTable } from '../engine/roles.ts'
import type { VaultKeys, VaultLimits } from './contract.ts'
import { startProcess, VaultError, type VaultProcess } from './process.ts'
import { recipientOf, roomIdentity } from './seal.ts'
import { alone, type Work } from './work.ts'

/** Enough for a town's register on a small server; a holder's own site may set others. */
export const defaultLimits: VaultLimits = {
  memoryMb: 512,
  threads: 1,
  timeoutMs: 20_000,
  maxRows: 200_000,
  maxTempMb: 2_000,
}

/** How long loading a whole table may take. */
export const loadMs = 10 * 60_000

/** Where a vault lies and with which keys. `keyFile` may lie apart from the data, so that backups of data hold no key. */
export type VaultOptions = {
  readonly dir: string
  readonly keys: VaultKeys
  readonly keyFile?: string
  readonly limits?: Partial<VaultLimits>
  /** Where the process comes from that answers questions; started when it is needed if left out. */
  readonly start?: (limits: VaultLimits) => VaultProcess
  /** Where the process comes from that works out and compares unit sets; one for each piece if left out. */
  readonly work?: Work
}

/** One sealed state of a table. `pinned`: the one that questions are asked of. */
export type Snapshot = VaultTable & { readonly file: string; readonly pinned: boolean }

/** What a running vault knows of itself. Plain tables lie in `open` only, a private folder that goes with the process. */
export type Room = {
  readonly dir: string
  readonly keyFile: string
  readonly keys: VaultKeys
  readonly limits: VaultLimits
  readonly start: (limits: VaultLimits) => VaultProcess
  readonly work: Work
  identity: string
  recipient: string
  snapshots: Snapshot[]
  open: string | undefined
  reader: { readonly tables: string; readonly process: Promise<VaultProcess> } | undefined
  closed: boolean
  queue: Promise<unknown>
}

/** Opens a data room's folder; makes it on first use. Rejects with `destroyed` once its key is gone. */
export async function openRoom(options: VaultOptions): Promise<Room> {
  const keyFile = options.keyFile ?? join(options.dir, 'identity.age')
  if (existsSync(join(options.dir, 'destroyed'))) throw new VaultError('destroyed')
  for (const folder of ['tables', 'kept', 'units'])
    mkdirSync(join(options.dir, folder), { recursive: true, mode: 0o700 })
  const identity = await roomIdentity(keyFile, options.keys).catch(() => fail('failed'))
  return {
    dir: options.dir,
    keyFile,
    keys: options.keys,
    limits: { ...defaultLimits, ...options.limits },
    start: options.start ?? startProcess,
    work: options.work ?? alone,
    identity,
    recipient: await recipientOf(identity),
    snapshots: await readManifest(options.dir),
    open: undefined,
    reader: undefined,
    closed: false,
    queue: Promise.resolve(),
  }
}

/** Ends a call with a word of the closed list. */
export function fail(failure: 'failed' | 'destroyed'): never {
  throw new VaultError(failure)
}

/** One write at a time per room; questions do not wait for it. */
export function inTurn<T>(room: Room, work: () => Promise<T>): Promise<T> {
  const turn = room.queue.then(async () => {
    if (room.closed) throw new VaultError('destroyed')
    return work()
  })
  room.queue = turn.catch(() => undefined)
  return turn
}

/** The snapshots that questions are asked of: one per table. */
export function pinnedOf(room: Room): Snapshot[] {
  return room.snapshots.filter((s) => s.pinned)
}

/** Manifests written before there were several snapshots per table name none of them pinned: there was one. */
async function readManifest(dir: string): Promise<Snapshot[]> {
  const file = join(dir, 'manifest.json')
  if (!existsSync(file)) return []
  const kept = JSON.parse(await readFile(file, 'utf8')) as (Omit<Snapshot, 'pinned'> & { pinned?: boolean })[]
  return kept.map((s) => ({ ...s, pinned: s.pinned ?? true }))
}

/** Writes which snapshots there are; the file appears whole or not at all. */
export async function writeManifest(room: Room, snapshots: Snapshot[]): Promise<void> {
  const file = join(room.dir, 'manifest.json')
  await writeFile(`${file}.part`, JSON.stringify(snapshots), { mode: 0o600 })
  await rename(`${file}.part`, file)
  room.snapshots = snapshots
}

/** Private folders lie in memory where the system has a memory file system. */
const privateRoot = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** The private folder of a room, named after the hub's process. */
export async function openFolder(room: Room): Promise<string> {
  room.open ??= await mkdtemp(join(privateRoot, `allmende-vault-${process.pid}-`))
  await mkdir(join(room.open, 'spill'), { recursive: true, mode: 0o700 })
  return room.open
}

/** A private folder for one piece of work; whoever asks for it removes it. */
export function workFolder(): Promise<string> {
  return mkdtemp(join(privateRoot, `allmende-vault-${process.pid}-`))
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
