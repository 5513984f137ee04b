import { globSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const all = ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts']

/** Tests that never meet a database give the same on either, so with a server only those are run that reach one. */
function reachDatabase(): string[] {
  const reaches =
    /harness\.ts|scan-engines\.ts|test\/fixtures\/|PGlite|\.\/fixtures\/|TEST_DATABASE_URL|inject\(/
  return globSync(all).filter((file) => reaches.test(readFileSync(file, 'utf8')))
}

export default defineConfig({
  test: {
    include: process.env['TEST_DATABASE_URL'] ? reachDatabase() : all,
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Modules are loaded once in a worker, not once in each file: each file has a world and a database of its own.
    isolate: false,
  },
})
