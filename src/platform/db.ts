import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'

// Calendar days stay texts ('2026-11-21'): a JavaScript Date would move them with the server's time zone.
pg.types.setTypeParser(1082, (text: string) => text)

/** All tables; each room's `store.ts` merges its own in. */
export interface Tables {}

/** The database or, inside `transact`, the transaction. */
export type Db = Kysely<Tables>

/** An opened database. `embedded` is PostgreSQL in WebAssembly in this process; otherwise a PostgreSQL server. */
export type Database = {
  readonly db: Db
  readonly pool: pg.Pool
  readonly embedded: boolean
  /** A gzipped copy of the embedded data folder; undefined on a server. */
  readonly dump: () => Promise<Blob | undefined>
  readonly close: () => Promise<void>
}

/** Thrown when another process already has the embedded database open. */
export class DatabaseInUse extends CannotStart {
  override readonly name = 'DatabaseInUse'
}

/** Opens a PostgreSQL server by its URL. */
export function openServer(url: string, max = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 5000 })
  pool.on('error', () => {}) // an idle connection lost is replaced on next use
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, embedded: false, dump: async () => undefined, close: () => db.destroy() }
}

/**
 * Opens the embedded database in a folder, creating it if needed (first in a temporary folder, then renamed, so that a
 * crash while creating leaves nothing half-made). Refuses with `DatabaseInUse` while another live process holds it.
 */
export async function openEmbedded(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const release = await takeLock(join(folder, 'lock'))
  try {
    const path = join(folder, 'pglite')
    if (!existsSync(path)) await initialise(path)
    return await wrap(await openLite({ dataDir: path }), release)
  } catch (error) {
    await release()
    throw error
  }
}

/** Opens a copy of an embedded database that only lives in memory or in a folder of the caller's (tests, restore). */
export async function openCopy(dataDir: string): Promise<Database> {
  return wrap(await openLite({ dataDir }), async () => {})
}

/** Loaded where it is needed: a hub with a server does without. */
const openLite = async (from: { dataDir: string }) => (await import('./embedded.ts')).openLite(from)

async function initialise(path: string): Promise<void> {
  const temporary = `${path}.new`
  await rm(temporary, { recursive: true, force: true })
  const lite = await openLite({ dataDir: temporary })
  await lite.close()
  await rename(temporary, path)
}

async function wrap(lite: PGlite, release: () => Promise<void>): Promise<Database> {
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  // One connection: PGlite is one session. Waiting longer than this means an outer `db` was used inside a transaction.
  const limits = { max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 }
  const pool = new pg.Pool(Object.assign(createPgConfig(lite), limits))
  pool.on('error', () => {})
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    pool,
    embedded: true,
    dump: async () => {
      // The only connection is held meanwhile: nobody writes while the files are read.
      const client = await pool.connect()
      try {
        await client.query('checkpoint')
        return (await lite.dumpDataDir('gzip')) as Blob
      } finally {
        client.release()
      }
    },
    close: async () => {
      await db.destroy()
      await lite.close()
      await release()
    },
  }
}

/** Takes a lock file naming our process; a lock of a process that no longer lives is taken over. */
async function takeLock(path: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(path, 'wx', 0o600)
      await file.writeFile(String(process.pid))
      await file.close()
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number((await readFile(path, 'utf8').catch(() => '')) || 0)
      if (holder && holder !== process.pid && isAlive(holder)) {
        const folder = path.replace(/\/lock$/, '')
        throw new DatabaseInUse(
          `The database in ${folder} is in use by process ${holder}. End it first; if it is no hub, remove ${path}.`,
        )
      }
      await rm(path, { force: true })
    }
  }
  throw new DatabaseInUse('The database lock could not be taken.')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
