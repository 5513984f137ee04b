import { writeFile } from 'node:fs/promises'
import { runAttacks, type Seen } from '../src/sandbox/attacks/suite.ts'

const path = 'docs/attacks.md'

const words: Readonly<Record<string, string>> = {
  refused: 'The question is not answered.',
  neutralised: 'It is answered, but gives nothing away.',
  governed: 'Not decided by the engine: people and the limits of the workspace decide.',
  open: 'Not dealt with yet.',
  failed: 'The defence did not hold.',
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The list of attacks as a page: how often each outcome was seen, then each attack with what must happen and what did. */
export function attackPage(seen: readonly Seen[]): string {
  const counts = Object.entries(words).map(
    ([outcome, meaning]) => `| ${outcome} | ${seen.filter((s) => s.seen === outcome).length} | ${meaning} |`,
  )
  const rows = seen.map(
    (s) => `| ${s.id} | ${cell(s.name)} | ${s.required} | ${s.seen} | ${cell(s.detail)} |`,
  )
  return `# Attacks on the sandbox

Written by \`node --import ./script/tsx-hook.mjs scripts/attack-protocol.ts\`; do not edit by hand. The same list runs as a test and
as \`bin/allmende sandbox attack\`: each attack is put to the real engine and vault on generated tables. What the outcomes mean for
the promise is in [disclosure-control.md](disclosure-control.md). An attack that is *governed* or *open* only states its case; nothing
was run that could have held or failed.

| Outcome | Attacks | Meaning |
|---|---|---|
${counts.join('\n')}

| No. | Attack | Required | Seen | What was seen |
|---|---|---|---|---|
${rows.join('\n')}
`
}

if (import.meta.main) {
  const seen = await runAttacks()
  await writeFile(path, attackPage(seen))
  const broken = seen.filter((s) => s.seen !== s.required).length
  process.stdout.write(`${path}: ${seen.length} attacks, ${broken} not as required\n`)
  process.exitCode = broken ? 1 : 0
}
