import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { CannotStart } from './cannot-start.ts'

// The optimising compiler takes 600 MB and three seconds for a single function of the database. The plain one makes long
// scans about a third slower and short queries no slower; see docs/adr/0015.
setFlagsFromString('--no-wasm-tier-up')
setFlagsFromString('--no-wasm-dynamic-tiering')

const extensions = { pg_trgm, unaccent }

/** One session needs no room for a hundred, and the system's own cache holds the files. */
const settings = ['shared_buffers=32MB', 'wal_buffers=1MB', 'max_connections=10', 'temp_buffers=2MB']

/** The database's own numbers for what the system refuses it (WASI). */
const refusals: Readonly<Record<number, string>> = {
  2: 'permission denied',
  19: 'disk quota exceeded',
  51: 'no space left on the disk',
  69: 'the file system is read-only',
}

/**
 * PostgreSQL in this process, over a folder or over a packed copy that then lives in memory, set up for a small machine.
 * Throws `CannotStart` where the system refuses it room or rights.
 */
export async function openLite(
  from: { readonly dataDir: string } | { readonly loadDataDir: Blob },
): Promise<PGlite> {
  const chosen = settings.flatMap((setting) => ['-c', setting])
  try {
    return await PGlite.create({
      ...from,
      extensions,
      startParams: [...PGlite.defaultStartParams, ...chosen],
    })
  } catch (error) {
    const reason = refusals[(error as { errno?: number }).errno ?? 0]
    throw reason ? new CannotStart(`The embedded database cannot be opened: ${reason}.`) : error
  }
}
