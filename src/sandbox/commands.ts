import type { Command } from '../platform/command.ts'
import { usable } from './terminal/arguments.ts'
import { runAttack } from './terminal/attack.ts'
import { runExplain, runSample } from './terminal/explain.ts'
import { runFuzz } from './terminal/fuzz.ts'
import { runIngest } from './terminal/ingest.ts'
import { runNoise } from './terminal/noise.ts'
import { runPtable } from './terminal/ptable.ts'
import { runQuery } from './terminal/query.ts'
import { runSnapshots } from './terminal/snapshots.ts'
import { runVerify } from './terminal/verify.ts'

/** `allmende sandbox …`: read a file, ask protected questions of files, dry runs, perturbation tables. No hub needed. */
export const commands: Command[] = [
  {
    room: 'sandbox',
    verb: 'ingest',
    usage: 'ingest FILE [--json]',
    summary: 'Reads a table and proposes types and roles for its columns; nothing is stored.',
    needsHub: false,
    run: usable(runIngest),
  },
  {
    room: 'sandbox',
    verb: 'query',
    usage:
      'query --data FILE… --roles ROLES.json --sql SQL… [--preset NAME] [--key FILE] [--dp --epsilon E --delta D [--groups N] [--rows-per-unit N]] [--json]',
    summary: 'Asks questions of files through a vault of its own and prints protected rows, or why not.',
    needsHub: false,
    run: usable(runQuery),
  },
  {
    room: 'sandbox',
    verb: 'explain',
    usage:
      'explain --roles ROLES.json --sql SQL [--data FILE…] [--preset NAME] [--dialect duckdb|postgresql] [--json]',
    summary: 'Says without any data whether a question is admissible and what it costs at most.',
    needsHub: false,
    run: usable(runExplain),
  },
  {
    room: 'sandbox',
    verb: 'sample',
    usage: 'sample --roles ROLES.json [--rows N] [--seed TEXT] [--json]',
    summary: 'Makes up rows that look like the tables, from roles and registered values alone.',
    needsHub: false,
    run: usable(runSample),
  },
  {
    room: 'sandbox',
    verb: 'ptable',
    usage:
      'ptable --D N --V N [--js N] [--pstay P] [--mono T,F…] [--optim 1,4…] [--step N] [--icat N,…] [--json]',
    summary: 'Prints a perturbation table of the Cell Key Method.',
    needsHub: false,
    run: usable(runPtable),
  },
  {
    room: 'sandbox',
    verb: 'attack',
    usage: 'attack [NUMBER…] [--only NUMBER|NAME…] [--simulations [--short]] [--curve] [--json]',
    summary: 'Runs the list of 65 attacks against generated tables and says what happened to each.',
    needsHub: false,
    run: usable(runAttack),
  },
  {
    room: 'sandbox',
    verb: 'noise',
    usage: 'noise [--renew --yes] [--json]',
    summary: 'Says which set of secret noise is in use; draws a new one. Its parameters are never shown.',
    needsHub: true,
    run: runNoise,
  },
  {
    room: 'sandbox',
    verb: 'snapshots',
    usage: 'snapshots TABLE [--pin N --yes | --drop N --yes] [--json]',
    summary: 'Lists the numbered states of a table; accepts or throws away one that waits.',
    needsHub: true,
    run: runSnapshots,
  },
  {
    room: 'sandbox',
    verb: 'fuzz',
    usage: 'fuzz [--count N] [--seed N] [--answers N] [--json]',
    summary:
      'Puts mutated questions and every function of the engine to the planner and the vault; nothing may break or leak.',
    needsHub: false,
    run: usable(runFuzz),
  },
  {
    room: 'sandbox',
    verb: 'verify',
    usage: 'verify [--json]',
    summary: 'Self-test: published tables and runs, plans, noise and some attacks. Needs no data.',
    needsHub: false,
    run: usable(runVerify),
  },
]
