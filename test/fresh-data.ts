import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

/**
 * A data folder of the caller's whose embedded database is migrated and empty: a copy of the tests' template, which is
 * ready sooner than one that the hub creates.
 */
export async function freshData(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'allmende-data-'))
  const template = inject('template')
  if (!template.startsWith('postgres')) {
    await cp(template, join(folder, 'database', 'pglite'), { recursive: true })
  }
  return folder
}
