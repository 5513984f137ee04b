import { existsSync } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Database } from './db.ts'
import { defineJob } from './jobs.ts'

declare module './context.ts' {
  interface Resources {
    backups: Backups
  }
}

/** A copy of the embedded database that was opened and read. */
export type Backup = {
  readonly file: string
  readonly at: Date
  readonly size: number
  readonly rows: number
}

/** The hub's own copies. */
export type Backups = {
  /** Makes one, and lets go of all but the last seven; undefined on a server. */
  readonly backUp: (now: Date) => Promise<Backup | undefined>
  /** When the newest was made and how large it is; undefined if there is none. */
  readonly last: () => Promise<{ readonly at: Date; readonly size: number } | undefined>
}

const KEPT = 7
/** Names of the copies made by themselves; others in the folder are the operator's and stay. */
const OURS = /^(daily|before-update)-[\dTZ-]+\.tar\.gz$/

/** Copies of one database in one folder. */
export function createBackups(database: Database, folder: string): Backups {
  return {
    backUp: async (now) => {
      const done = await backUpTo(database, nameIn(folder, 'daily', now))
      if (done) await letGo(folder)
      return done && { ...done, at: now }
    },
    last: () => lastIn(folder),
  }
}

/** Where a copy made by itself lies. */
export function nameIn(folder: string, why: 'daily' | 'before-update', now: Date): string {
  return join(folder, `${why}-${now.toISOString().replaceAll(/[:.]/g, '-')}.tar.gz`)
}

/**
 * Writes a copy of the embedded database: under another name first, read from disk again, opened, every table counted. Only
 * then it gets its name. Throws if it cannot be read and leaves nothing; undefined on a server.
 */
export async function backUpTo(database: Database, file: string): Promise<Backup | undefined> {
  const dump = await database.dump()
  if (!dump) return undefined
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.part`
  try {
    const handle = await open(part, 'w', 0o600)
    await handle.writeFile(Buffer.from(await dump.arrayBuffer()))
    await handle.sync()
    await handle.close()
    const rows = await countRows(part)
    await rename(part, file)
    return { file, at: new Date(), size: (await stat(file)).size, rows }
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Reads every table of a copy; throws if it cannot be opened or holds no migrated hub. */
export async function countRows(file: string): Promise<number> {
  const loadDataDir = new Blob([await readFile(file)])
  const { openLite } = await import('./embedded.ts')
  const copy = await openLite({ loadDataDir })
  try {
    const { rows } = await copy.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
    )
    if (!rows.some((row) => row.name === 'platform_migration')) throw new Error('The copy holds no hub.')
    const sums = rows.map((row) => `(select count(*) from ${row.name})`).join(' + ')
    const counted = await copy.query<{ n: string }>(`select ${sums} as n`)
    return Number(counted.rows[0]?.n)
  } finally {
    await copy.close()
  }
}

async function letGo(folder: string): Promise<void> {
  const ours = (await readdir(folder)).filter((name) => OURS.test(name)).sort()
  for (const why of ['daily', 'before-update']) {
    const alike = ours.filter((name) => name.startsWith(why))
    for (const name of alike.slice(0, -KEPT)) await rm(join(folder, name), { force: true })
  }
}

async function lastIn(folder: string): Promise<{ at: Date; size: number } | undefined> {
  if (!existsSync(folder)) return undefined
  const found: { at: Date; size: number }[] = []
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.tar.gz'))) {
    const { mtime, size } = await stat(join(folder, name))
    found.push({ at: mtime, size })
  }
  return found.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
}

/** Copies the embedded database each night. Does nothing on a server, whose own tools do it. */
export const backUpDaily = defineJob({
  name: 'platform.back-up',
  payload: z.object({}),
  cron: '10 3 * * *',
  slow: true,
  run: async (ctx) => {
    const done = await ctx.resources.backups?.backUp(ctx.now)
    if (done) ctx.log.info({ rows: done.rows, bytes: done.size }, 'backed up')
  },
})
