import { globSync } from 'node:fs'
import { resolve } from 'node:path'

/** What every file in bench/ exports: measures and gives its figures, one a line. */
export type Bench = (say: (line: string) => void) => Promise<void>

const wanted = process.argv.slice(2)
const files = globSync('bench/*.bench.ts').filter(
  (file) => wanted.length === 0 || wanted.some((word) => file.includes(word)),
)
for (const file of files.sort()) {
  process.stdout.write(`\n${file}\n`)
  const { bench } = (await import(resolve(file))) as { bench: Bench }
  await bench((line) => void process.stdout.write(`  ${line}\n`))
}
process.exit()
