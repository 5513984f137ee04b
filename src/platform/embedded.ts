import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'

// The optimising compiler takes 600 MB and three seconds for a single function of the database. The plain one makes long
// scans about a third slower and short queries no slower; see docs/adr/0015.
setFlagsFromString('--no-wasm-tier-up')
setFlagsFromString('--no-wasm-dynamic-tiering')

const extensions = { pg_trgm, unaccent }

/** One session needs no room for a hundred, and the system's own cache holds the files. */
const settings = ['shared_buffers=32MB', 'wal_buffers=1MB', 'max_connections=10', 'temp_buffers=2MB']

/** PostgreSQL in this process, over a folder or over a packed copy that then lives in memory, set up for a small machine. */
export function openLite(
  from: { readonly dataDir: string } | { readonly loadDataDir: Blob },
): Promise<PGlite> {
  const chosen = settings.flatMap((setting) => ['-c', setting])
  return PGlite.create({ ...from, extensions, startParams: [...PGlite.defaultStartParams, ...chosen] })
}
