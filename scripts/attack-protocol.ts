import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Fuzzed } from '../src/sandbox/attacks/fuzz.ts'
import { runSimulations, type Judged } from '../src/sandbox/attacks/simulation/campaign.ts'
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
const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** The list of attacks as a page part: how often each outcome was seen, then each attack with what must happen and what did. */
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

/** Simulated campaigns as a page part: what was reached against guessing without a question. */
export function simulationPart(judged: readonly Judged[]): string {
  const rows = judged.map(
    (j) =>
      `| ${j.name} | ${j.aimedAt} | ${j.questions} | ${j.answered} | ${j.cells} | ${percent(j.baseline)} | ${percent(j.recovered)} | ± ${percent(j.tolerance)} | ${j.held ? 'held' : 'failed'} |`,
  )
  const worst = judged.map(
    ({ name, worst: w }) =>
      `| ${name} | ${percent(w.baseline)} | ${percent(w.recovered)} | ${w.improvement.toFixed(2)} |`,
  )
  return `
## Simulated campaigns

\`bin/allmende sandbox attack --simulations\`: whole campaigns against made-up towns of 2 000 people (three towns each, fixed seeds),
through the real engine with the budget of one workspace. The attacker knows everything about everybody except one yes or no and
solves for it as well as least squares can. *Without questions*: everybody is said to have what most have.

With a secret that a fifth of the people have, as rare as such things are in registers:

| Campaign | People aimed at | Questions | Answered | Cells spent | Without questions | Reached | Chance | |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

With a fair coin as the secret, where every hint counts. Here tables of groups do tell something about their members, as any
published table does: knowing what most of a group of ten have names 62 % of them rightly, of twenty 59 %. The last column is the
share of the way from guessing to certainty; literature calls 0.5 alarming.

| Campaign | Without questions | Reached | Share of the way |
|---|---|---|---|
${worst.join('\n')}

The same attacks on the Cell Key Method alone, without the engine in front, name nearly everything: 400 random subsets of 100
people reconstruct 95 % and more of a fair coin, and the mean of 100 partitions is exact in nine of ten cases
(\`simulations.test.ts\` runs both).
`
}

/** Mutated questions and functions as a page part. */
export function fuzzPart(of: { seed: number; questions: Fuzzed; functions: Fuzzed }): string {
  const row = (name: string, f: Fuzzed) => {
    const refused = Object.values(f.refused).reduce((a, b) => a + b, 0)
    return `| ${name} | ${f.questions} | ${refused} | ${f.answered} | ${f.crashes.length} | ${f.leaks.length} |`
  }
  return `
## Mutated questions and all functions

\`bin/allmende sandbox fuzz --count ${of.questions.questions} --seed ${of.seed}\`: questions of analysts, mutated word by word, and every function
of the engine's own catalogue in ten places of a question. Of those that were planned, the first are also run. *Leaked*: an answer
or a refusal, in either language, repeats what only stands in hidden columns or unit ids.

| | Put | Refused | Answered | Broke | Leaked |
|---|---|---|---|---|---|
${row('mutated questions', of.questions)}
${row('functions in every place', of.functions)}
`
}

const readJson = async <T>(file: string) => JSON.parse(await readFile(file, 'utf8')) as T

if (import.meta.main) {
  const { values } = parseArgs({ options: { simulations: { type: 'string' }, fuzz: { type: 'string' } } })
  const seen = await runAttacks()
  const judged = values.simulations
    ? await readJson<Judged[]>(values.simulations)
    : await runSimulations('full')
  const fuzzed = values.fuzz ? fuzzPart(await readJson<Parameters<typeof fuzzPart>[0]>(values.fuzz)) : ''
  await writeFile(path, attackPage(seen) + simulationPart(judged) + fuzzed)
  const broken = seen.filter((s) => s.seen !== s.required).length + judged.filter((j) => !j.held).length
  process.stdout.write(
    `${path}: ${seen.length} attacks, ${judged.length} campaigns, ${broken} not as required\n`,
  )
  process.exitCode = broken ? 1 : 0
}
