import { globSync } from 'node:fs'
import { resolve } from 'node:path'

/** What every file in bench/ exports: measures and gives its figures, one a line. */
export type Bench = (say: (line: string) => void) => Promise<void>

// --full: the sizes of the goals, which take minutes; the benches read it from here.
if (process.argv.includes('--full')) process.env['BENCH_FULL'] = '1'
const wanted = process.argv.slice(2).filter((word) => word !== '--full')
const files = globSync('bench/*.bench.ts').filter(
  (file) => wanted.length === 0 || wanted.some((word) => file.includes(word)),
)
for (const file of files.sort()) {
  process.stdout.write(`\n${file}\n`)
  const { bench } = (await import(resolve(file))) as { bench: Bench }
  await bench((line) => void process.stdout.write(`  ${line}\n`))
}
process.exit()
