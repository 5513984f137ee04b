import { createHash, hkdfSync } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Command, CommandArgs, CommandIo, ExitCode } from '../platform/command.ts'
import { attacks, runAttacks } from './attacks/suite.ts'
import { ask } from './engine/ask.ts'
import { explain } from './engine/explain.ts'
import { presets, type Preset } from './engine/preset.ts'
import { perturbationTable } from './engine/ptable.ts'
import type { Answer, Ledger } from './engine/result.ts'
import type { TableSpec } from './engine/roles.ts'
import { refusalText } from './engine/texts.ts'
import { identifierOf, proposeRoles } from './ingest/propose.ts'
import { readRoles, supposedTables } from './ingest/roles-file.ts'
import { syntheticRows } from './ingest/synthetic.ts'
import { readSource, rowsOf, type Source } from './ingest/source.ts'
import type { Vault, VaultKeys } from './vault/contract.ts'
import { createOuterEngine } from './vault/pool.ts'
import { ephemeralKeys, installationKeys } from './vault/seal.ts'
import { openVault } from './vault/vault.ts'

/** Ends a command with exit code 2 and a sentence. */
class Unusable extends Error {}

type Option = CommandArgs['options'][string]

function texts(option: Option | undefined): string[] {
  return option === undefined || option === true ? [] : typeof option === 'string' ? [option] : [...option]
}

function need(args: CommandArgs, name: string): string {
  return texts(args.options[name])[0] ?? stop(`--${name} is missing`)
}

function stop(reason: string): never {
  throw new Unusable(reason)
}

/** Turns unusable input into exit code 2 with one line; other errors are faults. */
function usable(run: (args: CommandArgs, io: CommandIo) => Promise<ExitCode>) {
  return async (args: CommandArgs, io: CommandIo): Promise<ExitCode> => {
    try {
      return await run(args, io)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      if (io.json) io.out(JSON.stringify({ unusable: error.message }))
      else io.note(error.message)
      return 2
    }
  }
}

type Loaded = { readonly name: string; readonly bytes: Uint8Array; readonly source: Source }

async function load(path: string): Promise<Loaded> {
  const bytes = await readFile(path).catch(() => stop(`${path} cannot be read`))
  const source = await readSource(bytes, basename(path))
  if ('refused' in source) stop(`${path}: ${source.findings.map((f) => f.text.en).join(' ')}`)
  return {
    name: identifierOf(basename(path).replace(/(\.(csv|tsv|txt|xlsx|parquet|gz|zip))+$/i, '')),
    bytes,
    source,
  }
}

async function runIngest(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [path = stop('Name a file: sandbox ingest FILE')] = args.words
  const { name, source } = await load(path)
  const roles = proposeRoles(source, name)
  const columns = source.columns.map(({ values: _values, ...column }, i) => ({
    ...column,
    name: roles.columns[i]?.name,
    role: roles.columns[i]?.role,
  }))
  if (io.json)
    io.out(
      JSON.stringify(
        { file: basename(path), rows: source.rows, columns, roles, findings: source.findings },
        null,
        2,
      ),
    )
  else {
    io.out(`${source.rows} rows, ${columns.length} columns`)
    for (const c of columns) io.out(`${c.name}\t${c.type}\t${c.role}\t${c.missing} missing`)
    for (const f of source.findings) io.note(f.text.en)
  }
  return 0
}

function presetOf(args: CommandArgs): Preset {
  const name = texts(args.options['preset'])[0] ?? 'allmende'
  return Object.hasOwn(presets, name)
    ? presets[name as keyof typeof presets]
    : stop(`--preset: choose one of ${Object.keys(presets).join(', ')}`)
}

async function rolesFor(args: CommandArgs, proposed: readonly TableSpec[]): Promise<TableSpec[]> {
  const path = need(args, 'roles')
  const specs = readRoles(await readFile(path, 'utf8').catch(() => stop(`${path} cannot be read`)), proposed)
  return 'unusable' in specs ? stop(`${path}: ${specs.unusable.join('; ')}`) : specs
}

/**
 * Keys of a run: from `--key FILE`, else derived from the files, so that the same question has the same answer. Whoever
 * holds the files learns nothing from such keys.
 */
async function keysFor(args: CommandArgs, files: readonly Loaded[]): Promise<VaultKeys> {
  const [file] = texts(args.options['key'])
  if (file) return installationKeys(file)
  const digest = createHash('sha256')
  for (const { bytes } of files) digest.update(createHash('sha256').update(bytes).digest())
  const seed = digest.digest()
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', seed, 'allmende-cli', purpose, 32))
  return { ...(await ephemeralKeys()), unit: derive('unit'), record: derive('record'), cell: derive('cell') }
}

/** What one run has spent; lives as long as the run. */
function runLedger(
  budget: number,
): Ledger & { readonly take: (answer: Answer) => void; readonly used: () => number } {
  const cells = new Set<string>()
  const ways = new Map<string, Set<string>>()
  return {
    get remaining() {
      return budget - cells.size
    },
    seen: async (keys) => new Set(keys.filter((key) => cells.has(key))),
    waysOf: async (base) => ways.get(base) ?? new Set(),
    used: () => cells.size,
    take: (answer) => {
      if (answer.kind === 'refused') return
      for (const key of answer.spending.fresh) cells.add(key)
      for (const { base, way } of answer.spending.partitions)
        ways.set(base, (ways.get(base) ?? new Set()).add(way))
    },
  }
}

async function runQuery(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const questions = texts(args.options['sql'])
  if (questions.length === 0) stop('--sql is missing')
  const paths = [...texts(args.options['data']), ...args.words]
  if (paths.length === 0) stop('--data is missing')
  const preset = presetOf(args)
  const files = await Promise.all(paths.map(load))
  const specs = await rolesFor(
    args,
    files.map((f) => proposeRoles(f.source, f.name)),
  )
  const keys = await keysFor(args, files)
  const dir = await mkdtemp(join(tmpdir(), 'allmende-cli-'))
  const outer = createOuterEngine()
  const vault = await openVault({ dir, keys })
  try {
    await fill(vault, { files, specs }, io)
    const room = { tables: await vault.tables(), preset, cellKey: keys.cell }
    const ledger = runLedger(preset.cellsPerProject)
    const answers: Answer[] = []
    for (const sql of questions) {
      const answer = await ask({ sql, room, vault, outer, ledger })
      ledger.take(answer)
      answers.push(answer)
    }
    return report(answers, { io, used: ledger.used(), remaining: ledger.remaining })
  } finally {
    await Promise.all([outer.close(), vault.destroy()])
    await rm(dir, { recursive: true, force: true })
  }
}

async function fill(
  vault: Vault,
  input: { files: readonly Loaded[]; specs: readonly TableSpec[] },
  io: CommandIo,
): Promise<void> {
  for (const [index, spec] of input.specs.entries()) {
    const file =
      input.files.find((f) => f.name === spec.name) ??
      (input.files.length === input.specs.length ? input.files[index] : undefined)
    if (!file) stop(`no file for the table ${spec.name}`)
    const table = await vault.ingest(spec, rowsOf(file.source, spec))
    io.note(
      `${spec.name}: ${table.rows} rows${table.excluded > 0 ? `, ${table.excluded} without a unit left out` : ''}`,
    )
  }
}

function report(
  answers: readonly Answer[],
  by: { io: CommandIo; used: number; remaining: number },
): ExitCode {
  const shown = answers.map(printable)
  const budget = { used: by.used, remaining: by.remaining }
  const [first] = shown
  if (by.io.json)
    by.io.out(JSON.stringify(shown.length === 1 ? { ...first, budget } : { answers: shown, budget }, null, 2))
  else for (const answer of answers) printAnswer(answer, by.io)
  return answers.some((a) => a.kind === 'refused') ? 1 : 0
}

function printable(answer: Answer): Record<string, unknown> {
  if (answer.kind === 'refused')
    return { kind: answer.kind, refusal: { ...answer.refusal, ...refusalText(answer.refusal, 'en') } }
  const { result, spending, ...rest } = answer
  return { ...rest, ...result, newCells: spending.fresh.length, repeatedCells: spending.repeated }
}

function printAnswer(answer: Answer, io: CommandIo): void {
  if (answer.kind === 'refused') {
    const text = refusalText(answer.refusal, 'en')
    io.note(`${text.title}. ${text.detail} ${text.instead}`)
    return
  }
  io.out(answer.result.columns.map((c) => c.name).join('\t'))
  for (const row of answer.result.rows)
    io.out(
      row
        .map((cell, i) =>
          cell === null && answer.result.columns[i]?.kind !== 'dimension' ? 'protected' : String(cell ?? ''),
        )
        .join('\t'),
    )
}

async function runExplain(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const preset = presetOf(args)
  const tables = supposedTables(await rolesFor(args, []))
  const explanation = await explain({ sql: need(args, 'sql'), room: { tables, preset } })
  const refusal = explanation.refusal
    ? { ...explanation.refusal, ...refusalText(explanation.refusal, 'en') }
    : undefined
  if (io.json) io.out(JSON.stringify({ ...explanation, ...(refusal ? { refusal } : {}) }, null, 2))
  else if (refusal) io.note(`${refusal.title}. ${refusal.detail} ${refusal.instead}`)
  else
    io.out(
      [
        `admissible, ${explanation.cellsAtMost ?? 'an unknown number of'} cells at most`,
        ...explanation.inner,
      ].join('\n'),
    )
  return explanation.admissible ? 0 : 1
}

async function runSample(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [count = '10'] = texts(args.options['rows'])
  if (!/^\d{1,5}$/.test(count)) stop('--rows must be a number up to 10000')
  const [seed = 'sample'] = texts(args.options['seed'])
  const specs = await rolesFor(args, [])
  const tables = specs.map((spec) => ({
    table: spec.name,
    rows: syntheticRows(spec, { rows: Number(count), seed }),
  }))
  if (io.json) io.out(JSON.stringify({ madeUp: true, tables }, null, 2))
  else
    for (const { table, rows } of tables)
      for (const row of rows) io.out([table, ...Object.values(row)].join('\t'))
  return 0
}

async function runPtable(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const number = (name: string, fallback?: number) => {
    const [text] = texts(args.options[name])
    const value = text === undefined ? fallback : Number(text)
    return value !== undefined && Number.isFinite(value) ? value : stop(`--${name} must be a number`)
  }
  const pstay = texts(args.options['pstay']).length > 0 ? { pstay: number('pstay') } : {}
  const parameters = { D: number('D'), V: number('V'), js: number('js', 0), ...pstay }
  try {
    const { rows } = perturbationTable(parameters)
    const flat = rows.flatMap(({ i, intervals }) =>
      intervals.map(({ v, p, lower, upper }) => ({ i, j: i + v, v, p, lower, upper })),
    )
    if (io.json) io.out(JSON.stringify({ parameters, rows: flat }, null, 2))
    else
      for (const r of flat)
        io.out([r.i, r.v, r.p.toFixed(8), r.lower.toFixed(8), r.upper.toFixed(8)].join('\t'))
    return 0
  } catch (error) {
    return error instanceof RangeError ? stop(error.message) : Promise.reject(error)
  }
}

async function runAttack(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const wanted = new Set([...texts(args.options['only']), ...args.words].map(Number))
  const chosen = attacks.filter((a) => wanted.size === 0 || wanted.has(a.id))
  if (chosen.length === 0) stop(`--only takes numbers from 1 to ${attacks.length}`)
  io.note(`${chosen.length} attacks on generated tables`)
  const seen = await runAttacks(chosen)
  const failed = seen.filter((s) => s.outcome !== s.required)
  if (io.json) io.out(JSON.stringify({ attacks: seen, failed: failed.length }, null, 2))
  else for (const s of seen) io.out([s.id, s.outcome, s.name, s.seen].join('\t'))
  return failed.length === 0 ? 0 : 1
}

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
    usage: 'query --data FILE… --roles ROLES.json --sql SQL… [--preset NAME] [--key FILE] [--json]',
    summary: 'Asks questions of files through a vault of its own and prints protected rows, or why not.',
    needsHub: false,
    run: usable(runQuery),
  },
  {
    room: 'sandbox',
    verb: 'explain',
    usage: 'explain --roles ROLES.json --sql SQL [--preset NAME] [--json]',
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
    usage: 'ptable --D N --V N [--js N] [--pstay P] [--json]',
    summary: 'Prints a perturbation table of the Cell Key Method.',
    needsHub: false,
    run: usable(runPtable),
  },
  {
    room: 'sandbox',
    verb: 'attack',
    usage: 'attack [NUMBER…] [--json]',
    summary: 'Runs the list of 65 attacks against generated tables and says what happened to each.',
    needsHub: false,
    run: usable(runAttack),
  },
]
