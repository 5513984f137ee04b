import { join } from 'node:path'
import type { ExitCode } from './platform/command.ts'
import { backUpTo } from './platform/backup.ts'
import type { Config } from './platform/config.ts'
import { openHub } from './hub.ts'

/**
 * Writes a gzipped copy of the embedded database, opens that copy and reads every table of it: only a backup that was read
 * counts. 2 where a PostgreSQL server is used (its own tools back it up).
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
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
    const done = await backUpTo(hub.database, to ?? join(config.dataDir, 'backups', `${stamp}.tar.gz`))
    if (!done) return 2
    say.out(`${done.file}: opened and read, ${done.rows} rows`)
    return 0
  } finally {
    await hub.close()
  }
}
