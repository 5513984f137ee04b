import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Db } from '../src/platform/db.ts'
import { openEmbedded } from '../src/platform/db.ts'
import { migrate, readMigrations } from '../src/platform/migrate.ts'

/** The schema as text: tables with columns, constraints, indexes, functions and triggers, in a fixed order. */
async function dumpSchema(db: Db): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    select line from (
      select 1 as part, c.table_name as name, c.ordinal_position as n,
        format('%s.%s %s%s%s', c.table_name, c.column_name, c.udt_name,
          case c.is_nullable when 'NO' then ' not null' else '' end,
          case when c.is_generated = 'ALWAYS' then ' generated ' || c.generation_expression
               when c.column_default is not null then ' default ' || c.column_default else '' end) as line
      from information_schema.columns c where c.table_schema = 'public'
      union all
      select 2, t.relname, 0, format('%s: %s', t.relname, pg_get_constraintdef(k.oid))
      from pg_constraint k join pg_class t on t.oid = k.conrelid join pg_namespace s on s.oid = t.relnamespace
      where s.nspname = 'public' and k.contype <> 'n'
      union all
      select 3, tablename, 0, indexdef from pg_indexes where schemaname = 'public'
      union all
      select 4, p.proname, 0, pg_get_functiondef(p.oid) from pg_proc p join pg_namespace s on s.oid = p.pronamespace
      where s.nspname = 'public' and p.prolang <> (select oid from pg_language where lanname = 'c')
      union all
      select 5, t.tgname, 0, pg_get_triggerdef(t.oid) from pg_trigger t where not t.tgisinternal
    ) as parts order by part, name collate "C", n, line collate "C"`.execute(db)
  return `-- Generated from migrations/ by scripts/dump-schema.ts; script/check compares.\n${rows.map((row) => row.line).join('\n')}\n`
}

const folder = mkdtempSync(join(tmpdir(), 'allmende-schema-'))
const database = await openEmbedded(folder)
await migrate(database.db, await readMigrations('migrations'))
const now = await dumpSchema(database.db)
await database.close()
rmSync(folder, { recursive: true })
if (process.argv.includes('--check')) {
  if (readFileSync('schema.sql', 'utf8') !== now) {
    process.stdout.write('schema.sql differs from the migrations. Run: node scripts/dump-schema.ts\n')
    process.exitCode = 1
  }
} else writeFileSync('schema.sql', now)
