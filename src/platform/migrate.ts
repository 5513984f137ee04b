import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CompiledQuery, sql } from 'kysely'
import { CannotStart } from './cannot-start.ts'
import { sha256Hex } from './canonical.ts'
import type { Db } from './db.ts'

declare module './db.ts' {
  interface Tables {
    platform_migration: { name: string; sha256: string; applied_at: Date }
  }
}

/** One numbered SQL file. */
export type Migration = { readonly name: string; readonly text: string }

/** The migrations of a folder in their order. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })))
}

/**
 * Applies what is missing, each file in one transaction, under an advisory lock, so that two starting processes do not
 * race. Forward only: refuses with `CannotStart` when a file that was applied has changed since, or is unknown: then a newer
 * program has used the database. Returns the names applied.
 */
export async function migrate(db: Db, migrations: readonly Migration[]): Promise<readonly string[]> {
  await sql`create table if not exists platform_migration (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now())`.execute(db)
  await refuseNewer(db, migrations)
  const applied: string[] = []
  for (const migration of migrations) {
    if (await applyOne(db, migration)) applied.push(migration.name)
  }
  return applied
}

async function refuseNewer(db: Db, migrations: readonly Migration[]): Promise<void> {
  const known = new Set(migrations.map((migration) => migration.name))
  const applied = await db.selectFrom('platform_migration').select('name').orderBy('name').execute()
  const newer = applied.find(({ name }) => !known.has(name))
  if (!newer) return
  throw new CannotStart(
    `The database was used by a newer program (${newer.name} is not known here). Start that one, or put back the copy from before it.`,
  )
}

/** True if a database that already holds a hub lacks some of the migrations: the moment for a copy. */
export async function isBehind(db: Db, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await sql<{
    found: string | null
  }>`select to_regclass('platform_migration') as found`.execute(db)
  if (!rows[0]?.found) return false
  const applied = await db.selectFrom('platform_migration').select('name').execute()
  const names = new Set(applied.map((row) => row.name))
  return applied.length > 0 && migrations.some((migration) => !names.has(migration.name))
}

async function applyOne(db: Db, migration: Migration): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7236001)`.execute(tx)
    const sha256 = sha256Hex(migration.text)
    const known = await tx
      .selectFrom('platform_migration')
      .select('sha256')
      .where('name', '=', migration.name)
      .executeTakeFirst()
    if (known) {
      if (known.sha256 === sha256) return false
      throw new CannotStart(
        `Migration ${migration.name} was changed after it had been applied. Add a new file instead.`,
      )
    }
    await tx.executeQuery(CompiledQuery.raw(migration.text))
    await tx
      .insertInto('platform_migration')
      .values({ name: migration.name, sha256, applied_at: new Date() })
      .execute()
    return true
  })
}
