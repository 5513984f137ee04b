import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OuterEngine, UnitComparison, Vault, VaultKeys, VaultLimits, VaultPool } from './contract.ts'
import { startProcess, VaultError, type VaultProcess } from './process.ts'
import { installationKeys } from './seal.ts'
import { shredKeys } from './snapshot-keys.ts'
import { defaultLimits, openRoom, removeLeftFolders, type Room } from './room.ts'
import { createSpare } from './spare.ts'
import { createSharedWork } from './work.ts'
import { compareUnitSets } from './unit-sets.ts'
import { tidied } from './vault.ts'

/** `dir` holds `rooms/<id>/` (data) and `keys/` (the rooms' sealed keys and the installation's key file). */
export type PoolOptions = {
  readonly dir: string
  readonly keys?: VaultKeys
  readonly limits?: Partial<VaultLimits>
  readonly idleMs?: number
  /** Keeps one more process ready than is needed: a killed vault is back at once. */
  readonly spare?: boolean
}

type Entry = {
  readonly room: Promise<Room>
  readonly vault: Promise<Vault>
  timer: NodeJS.Timeout | undefined
}

/** The vaults of an installation. A vault that nobody asks closes after `idleMs` (15 minutes) and opens again on demand. */
export async function createVaultPool(options: PoolOptions): Promise<VaultPool> {
  const keys = options.keys ?? (await installationKeys(join(options.dir, 'keys', 'installation.json')))
  await removeLeftFolders()
  const entries = new Map<string, Entry>()
  const outer = createOuterEngine(options.limits)
  const keyFile = (id: string) => join(options.dir, 'keys', `${id}.age`)
  const spare = options.spare ? createSpare() : undefined
  const shared = createSharedWork()
  const given = {
    work: shared.work,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(spare ? { start: spare.take } : {}),
  }
  const enter = (id: string): Entry => {
    const room = openRoom({ dir: join(options.dir, 'rooms', id), keys, keyFile: keyFile(id), ...given })
    const vault = room.then(tidied)
    return { room, vault, timer: undefined }
  }
  const entryOf = async (id: string): Promise<Entry> => {
    requireId(id)
    await mkdir(join(options.dir, 'keys'), { recursive: true, mode: 0o700 })
    const entry = entries.get(id) ?? enter(id)
    entries.set(id, entry)
    entry.vault.catch(() => entries.delete(id))
    rest(entry, options.idleMs ?? 15 * 60_000)
    return entry
  }
  const open = async (id: string): Promise<Vault> => (await entryOf(id)).vault
  const compare: VaultPool['compareUnitSets'] = async (a, b, { below }) => {
    if (existsSync(join(options.dir, 'rooms', b.roomId, 'destroyed'))) return notComparable
    const [roomA, roomB] = [await (await entryOf(a.roomId)).room, await (await entryOf(b.roomId)).room]
    return compareUnitSets({ room: roomA, id: a.id }, { room: roomB, id: b.id }, below)
  }
  const destroy = async (id: string): Promise<void> => {
    requireId(id)
    const dir = join(options.dir, 'rooms', id)
    if (existsSync(join(dir, 'destroyed'))) return
    const vault = existsSync(dir) ? await open(id) : undefined
    clearTimeout(entries.get(id)?.timer)
    entries.delete(id)
    if (vault) return vault.destroy()
    await shredKeys(keyFile(id))
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await writeFile(join(dir, 'destroyed'), '')
  }
  const close = async (): Promise<void> => {
    const all = [...entries.values()]
    entries.clear()
    for (const entry of all) clearTimeout(entry.timer)
    spare?.close()
    shared.close()
    await Promise.allSettled([...all.map(async (e) => (await e.vault).close()), outer.close()])
  }
  return { open, outer, cellKey: keys.cell, compareUnitSets: compare, destroy, close }
}

const notComparable: UnitComparison = { comparable: false, pairs: [], restA: [], restB: [] }

function requireId(id: string): void {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new VaultError('failed')
}

function rest(entry: Entry, idleMs: number): void {
  clearTimeout(entry.timer)
  entry.timer = setTimeout(
    () => void entry.vault.then((vault) => vault.close()).catch(() => undefined),
    idleMs,
  )
  entry.timer.unref()
}

/** The second engine: an empty process, locked down like a vault, restarted after a kill. One query at a time. */
export function createOuterEngine(overrides: Partial<VaultLimits> = {}): OuterEngine {
  const limits: VaultLimits = {
    ...defaultLimits,
    memoryMb: 256,
    timeoutMs: 5_000,
    maxTempMb: 0,
    ...overrides,
  }
  let running: Promise<VaultProcess> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  const start = async () => {
    const started = startProcess(limits)
    await started.call({ op: 'attach', limits, spill: '', folder: '', tables: [] }, 30_000)
    return started
  }
  const run: OuterEngine['run'] = (input) => {
    const turn = queue.then(async () => {
      // A start that failed must not stand in the way of the next.
      if (!(await running?.catch(() => undefined))?.alive()) running = start()
      return ((await running) as VaultProcess).call({ op: 'outer', ...input }, limits.timeoutMs)
    })
    queue = turn.catch(() => undefined)
    return turn
  }
  const close = async () => {
    await queue
    ;(await running?.catch(() => undefined))?.kill()
    running = undefined
  }
  return { run, close }
}
