import { mkdir, writeFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import type { ExitCode } from './platform/command.ts'
import type { Config } from './platform/config.ts'
import { openHub } from './hub.ts'

/**
 * Writes a gzipped copy of the embedded database, opens that copy and counts the register's entries in it: only a backup
 * that was read counts. 1 if the copy cannot be read, 2 where a PostgreSQL server is used (its own tools back it up).
 */
export async function backUp(
  config: Config,
  to: string | undefined,
  say: { readonly out: (line: string) => void; readonly note: (line: string) => void },
): Promise<ExitCode> {
  if (config.databaseUrl) {
    say.note('This hub uses a PostgreSQL server: back it up with pg_dump or your provider’s means.')
    return 2
  }
  const hub = await openHub(config)
  try {
    const dump = await hub.database.dump()
    if (!dump) return 2
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
    const file = to ?? join(config.dataDir, 'backups', `${stamp}.tar.gz`)
    const entries = await countEntries(dump)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(`${file}.part`, Buffer.from(await dump.arrayBuffer()), { mode: 0o600, flush: true })
    await rename(`${file}.part`, file)
    say.out(`${file}: read back, ${entries} register entries`)
    return 0
  } finally {
    await hub.close()
  }
}

async function countEntries(dump: Blob): Promise<number> {
  const copy = await PGlite.create({ loadDataDir: dump, extensions: { pg_trgm, unaccent } })
  try {
    const { rows } = await copy.query<{ n: string }>('select count(*) as n from transparency_entry')
    return Number(rows[0]?.n)
  } finally {
    await copy.close()
  }
}
