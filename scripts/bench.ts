import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What every file in bench/ exports: measures and gives its figures, one a line. */
export type Bench = (say: (line: string) => void) => Promise<void>

// --full: the sizes of the goals, which take minutes; the benches read it from here.
if (process.argv.includes('--full')) process.env['BENCH_FULL'] = '1'
const wanted = process.argv.slice(2).filter((word) => word !== '--full')
const files = globSync('bench/*.bench.ts').filter(
  (file) => wanted.length === 0 || wanted.some((word) => file.includes(word)),
)
if (files.length === 0) {
  const names = globSync('bench/*.bench.ts').map((file) => basename(file, '.bench.ts'))
  process.stderr.write(`No bench has that name. There are: ${names.sort().join(', ')}\n`)
  process.exit(2)
}
for (const file of files.sort()) {
  process.stdout.write(`\n${file}\n`)
  const { bench } = (await import(pathToFileURL(resolve(file)).href)) as { bench: Bench }
  await bench((line) => void process.stdout.write(`  ${line}\n`))
}
process.exit()
