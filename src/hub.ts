import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { backUpTo, createBackups, nameIn } from './platform/backup.ts'
import type { Blobs } from './platform/blobs.ts'
import { createFileBlobs } from './platform/blobs.ts'
import { CannotStart } from './platform/cannot-start.ts'
import type { Config } from './platform/config.ts'
import type { Actor, Ctx, Resources } from './platform/context.ts'
import { system } from './platform/context.ts'
import type { Database } from './platform/db.ts'
import { openEmbedded, openServer } from './platform/db.ts'
import type { Locale } from './platform/i18n.ts'
import type { Queue } from './platform/jobs.ts'
import { openQueue } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { createLog } from './platform/log.ts'
import { isBehind, migrate, readMigrations } from './platform/migrate.ts'
import { buildResources } from './resources.ts'
import { allJobs } from './work.ts'

/** Everything a running hub consists of. */
export type Hub = {
  readonly config: Config
  readonly log: Log
  readonly database: Database
  readonly queue: Queue
  readonly blobs: Blobs
  readonly resources: Partial<Resources>
  /** The one place where a `Ctx` is built: for requests, jobs, commands and tests. */
  readonly makeCtx: (options?: CtxOptions) => Ctx
  /** Starts the background workers. */
  readonly work: () => Promise<void>
  /** Runs all due jobs to the end; returns how many. */
  readonly drain: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Who, when and in which language; the hub itself, now, in German if left out. */
export type CtxOptions = {
  readonly actor?: Actor
  readonly now?: Date
  readonly locale?: Locale
  readonly requestId?: string
}

/** What may be handed in instead of being opened. */
export type HubParts = { readonly database?: Database; readonly log?: Log; readonly migrations?: string }

const migrationsFolder = join(import.meta.dirname, '..', 'migrations')

/** Opens a hub: database (migrated), blobs, queue and the rooms' resources. Throws when the configuration cannot work. */
export async function openHub(config: Config, parts: HubParts = {}): Promise<Hub> {
  const log = parts.log ?? createLog(config.logLevel)
  const database = parts.database ?? (await openDatabase(config))
  try {
    await bringUpToDate(database, log, { config, migrations: parts.migrations ?? migrationsFolder })
    return await furnish(database, log, config)
  } catch (error) {
    // What stays open keeps the process alive, and the lock taken.
    await database.close()
    throw error
  }
}

async function bringUpToDate(
  database: Database,
  log: Log,
  { config, migrations: folder }: { config: Config; migrations: string },
): Promise<void> {
  const migrations = await readMigrations(folder)
  if (database.embedded && (await isBehind(database.db, migrations)))
    await backUpTo(database, nameIn(join(config.dataDir, 'backups'), 'before-update', new Date()))
  const applied = await migrate(database.db, migrations)
  if (applied.length) log.info({ applied: applied.length }, 'migrated')
}

async function furnish(database: Database, log: Log, config: Config): Promise<Hub> {
  const queue = await openQueue(database, log)
  const blobs = createFileBlobs(join(config.dataDir, 'blobs'))
  const base = { db: database.db, log, config, blobs, queue, enqueue: queue.enqueueIn(database.db) }
  const makeCtx = (resources: Partial<Resources>, options: CtxOptions = {}): Ctx => ({
    ...base,
    resources,
    actor: options.actor ?? system('hub'),
    now: options.now ?? new Date(),
    locale: options.locale ?? 'de',
    requestId: options.requestId ?? randomUUID(),
  })
  const built = await buildResources(config, (options) => makeCtx({}, options))
  const backups = createBackups(database, join(config.dataDir, 'backups'))
  const resources = { ...built.resources, backups }
  const jobCtx = (job: string): Ctx => makeCtx(resources, { actor: system(job) })
  return {
    config,
    log,
    database,
    queue,
    blobs,
    resources,
    makeCtx: (options) => makeCtx(resources, options),
    work: () => queue.work(allJobs, jobCtx),
    drain: () => queue.drain(allJobs, jobCtx),
    close: async () => {
      await queue.stop()
      await built.close()
      await database.close()
    },
  }
}

async function openDatabase(config: Config): Promise<Database> {
  if (!config.databaseUrl) return openEmbedded(join(config.dataDir, 'database'))
  const database = openServer(config.databaseUrl)
  try {
    await sql`select 1`.execute(database.db)
    return database
  } catch (error) {
    await database.close()
    throw new CannotStart(`The database of DATABASE_URL does not answer: ${(error as Error).message}`)
  }
}
