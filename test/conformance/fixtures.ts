import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Where real catalogues lie, beside this repository; they are written by others and not part of it. */
const fixtureRoot = join(import.meta.dirname, '../../../shared/fixtures')

/** True when the real catalogues are there. */
export const hasFixtures = existsSync(join(fixtureRoot, 'dcat/catalogues'))

/** Every file below a folder of the fixtures, as path relative to their root, sorted. */
export function fixtureFiles(folder: string): string[] {
  if (!hasFixtures) return []
  return readdirSync(join(fixtureRoot, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(join(fixtureRoot, path)).isFile())
    .sort()
}

/** The bytes of a fixture. */
export function fixture(path: string): Buffer {
  return readFileSync(join(fixtureRoot, path))
}
