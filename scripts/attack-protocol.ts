import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Fuzzed } from '../src/sandbox/attacks/fuzz.ts'
import { runSimulations, type Judged } from '../src/sandbox/attacks/simulation/campaign.ts'
import { runCurve, type Curve, type Point } from '../src/sandbox/attacks/simulation/curve.ts'
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
function attackPage(seen: readonly Seen[]): string {
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
function simulationPart(judged: readonly Judged[]): string {
  const rows = judged.map(
    (j) =>
      `| ${j.name} | ${j.aimedAt} | ${j.questions} | ${j.answered} | ${j.cells} | ${percent(j.baseline)} | ${percent(j.recovered)} | ± ${percent(j.tolerance)} | ${j.held ? 'held' : 'failed'} |`,
  )
  const worst = judged.map(
    ({ name, worst: w }) =>
      `| ${name} | ${w.cells} | ${percent(w.baseline)} | ${percent(w.oneTable)} | ${percent(w.recovered)} | ± ${percent(w.tolerance)} | ${w.improvement.toFixed(2)} | ${percent(w.surest.precision)} | ${w.surest.improvement.toFixed(2)} | ${w.withinOneTable ? 'held' : 'failed'} |`,
  )
  return `
## Simulated campaigns

\`bin/allmende sandbox attack --simulations\`: whole campaigns against made-up towns of 2 000 people (three towns each, fixed seeds),
through the real engine with the budget of one workspace. The attacker knows everything about everybody except one yes or no, which
has nothing to do with the rest, and solves for it as well as least squares can. *Without questions*: everybody is said to have what
most have.

**With a secret that a fifth of the people have**, as rare as such things are in registers, no campaign reaches more than that:

| Campaign | People aimed at | Questions | Answered | Cells spent | Without questions | Reached | Chance | |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

**With a fair coin as the secret** every figure about a group tells something about its members: whoever knows what most of a group of g
people have names about 50 % + 40 %/√g of them rightly, of ten 62 %, of twenty 59 %. No table that says anything can stay at guessing
here, and it is not claimed. What is claimed, and held against, is this: **a whole campaign tells no more than one table that anybody
might publish by ordinary rules.** *One table* is that table: exact counts, cells of fewer than ten with the secret blank, no more cells
shown than the campaign spent, and of all such tables the one that should tell most. *Share of the way* is (reached − guessing) /
(1 − guessing); *surest* are the twentieth of the guesses the attacker is surest of, with their share of the way; literature calls 0.5 alarming.

| Campaign | Cells spent | Without questions | One table | Reached | Chance | Share of the way | Surest | Their share | |
|---|---|---|---|---|---|---|---|---|---|
${worst.join('\n')}

The same attacks on the Cell Key Method alone, without the engine in front, name nearly everything: 400 random subsets of 100
people reconstruct 95 % and more of a fair coin, and the mean of 100 partitions is exact in nine of ten cases
(\`simulations.test.ts\` runs both).
`
}

const point = (p: Point) =>
  `${Math.round(p.cells)} | ${percent(p.baseline)} | ${percent(p.oneTable)} | ${percent(p.recovered)} | ${percent(p.surest)} | ${p.withinOneTable ? 'yes' : 'no'} |`

/** What a campaign reaches with how many cells, under which level, and under differential privacy, as a page part. */
function curvePart({ budgets, levels, private: points }: Curve): string {
  const byBudget = budgets.map((p) => `| ${p.people} | 1 in ${p.unitsPerCell} | ${point(p)}`)
  const byLevel = levels.map((p) => `| ${p.level} | ${p.k} | 1 in ${p.unitsPerCell} | ${point(p)}`)
  const byRho = points.map(
    (p) =>
      `| ${p.rho} | ${p.epsilon.toFixed(2)} | ${percent(p.proven)} | ${percent(p.baseline)} | ${percent(p.recovered)} | ${percent(p.surest)} |`,
  )
  return `
## How much a budget gives away

\`bin/allmende sandbox attack --curve\`: the stronger of least squares and random subsets against a fair coin, three towns each (20 000
people: one town, least squares). What counts is how many cells are given out for how many people: each cell explains at most one
person's worth of the secret, so with c cells about n people a solver explains at most c/n of it and names at most about
50 % + 40 %·√(c/n). A workspace therefore gets one cell per 2.5 thresholds of people, ten at least: about as many as the finest
table has in which every cell reaches the threshold. *Within* says whether the campaign stayed within what one such table tells.

| People | Cells allowed | Cells spent | Without questions | One table | Reached | Surest | Within |
|---|---|---|---|---|---|---|---|
${byBudget.join('\n')}

The levels of protection as they are, in a town of 2 000; the one table has each level's own threshold:

| Level | k | Cells allowed | Cells spent | Without questions | One table | Reached | Surest | Within |
|---|---|---|---|---|---|---|---|---|
${byLevel.join('\n')}

In differential privacy, with the whole budget of a workspace shared among 25 questions. *Proven* is the most that anybody can name
of a fair coin, whoever she is and whatever else she knows, also all others' secrets: (1 + √(ρ/2)) / 2. It stays at guessing only with
small budgets: at the usual ρ = 0.5 a campaign reaches more than in the standard mode, whose campaigns end with their cells. The
difference is what is promised: the bound holds against every attack there is, not only against these.

| ρ of the workspace | ε at δ = 10⁻⁶ | Proven, at most | Without questions | Reached | Surest |
|---|---|---|---|---|---|
${byRho.join('\n')}

Which to choose: for a secret that few have, any level. For one that about half have, the raised or the high level: under basic,
destatis, and ρ of 0.25 and more, the surest twentieth of the guesses crosses the line that literature calls alarming (about 75 % here).
Where nothing may be guessed at all, differential privacy with ρ of 0.01 or less in the workspace. Budgets are per workspace: several
workspaces about the same people give away the sum of theirs, up to the noise that equal groups share.
`
}

/** Mutated questions and functions as a page part. */
function fuzzPart(of: { seed: number; questions: Fuzzed; functions: Fuzzed }): string {
  const row = (name: string, f: Fuzzed) => {
    const refused = Object.values(f.refused).reduce((a, b) => a + b, 0)
    return `| ${name} | ${f.questions} | ${refused} | ${f.answered} | ${f.crashes.length} | ${f.leaks.length} |`
  }
  return `
## Mutated questions and all functions

\`bin/allmende sandbox fuzz --count ${of.questions.questions} --seed ${of.seed}\`: questions of analysts and 51 probes, one for each
construct that the engine's serialiser turns into a tree, mutated: two thirds word by word, one third put together from parts of several
trees, so that they are grammatical. And every function of the engine's own catalogue in ten places of a question. Of those that were planned, the first are also run. *Leaked*: an answer
or a refusal, in either language, repeats what only stands in hidden columns or unit ids.

| | Put | Refused | Answered | Broke | Leaked |
|---|---|---|---|---|---|
${row('mutated questions', of.questions)}
${row('functions in every place', of.functions)}
`
}

/** The parts about campaigns of an earlier page. */
function campaignsIn(page: string): string {
  const [from, to] = [page.indexOf('\n## Simulated campaigns'), page.indexOf('\n## Mutated questions')]
  return page.slice(from, to < 0 ? page.length : to)
}

const readJson = async <T>(file: string) => JSON.parse(await readFile(file, 'utf8')) as T

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      simulations: { type: 'string' },
      curve: { type: 'string' },
      fuzz: { type: 'string' },
      keep: { type: 'boolean' },
    },
  })
  const seen = await runAttacks()
  const fuzzed = values.fuzz ? fuzzPart(await readJson<Parameters<typeof fuzzPart>[0]>(values.fuzz)) : ''
  // --keep: the campaigns take long; their parts stay as they were written last.
  if (values.keep) {
    const before = await readFile(path, 'utf8')
    await writeFile(path, attackPage(seen) + campaignsIn(before) + fuzzed)
    process.exit(seen.some((s) => s.seen !== s.required) ? 1 : 0)
  }
  const judged = values.simulations
    ? await readJson<Judged[]>(values.simulations)
    : await runSimulations('full')
  const curve = values.curve ? await readJson<Curve>(values.curve) : await runCurve()
  await writeFile(path, attackPage(seen) + simulationPart(judged) + curvePart(curve) + fuzzed)
  const broken =
    seen.filter((s) => s.seen !== s.required).length +
    judged.filter((j) => !j.held || !j.worst.withinOneTable).length
  process.stdout.write(
    `${path}: ${seen.length} attacks, ${judged.length} campaigns, ${broken} not as required\n`,
  )
  process.exitCode = broken ? 1 : 0
}
