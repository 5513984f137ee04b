import { writeFile } from 'node:fs/promises'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { planSql } from '../src/sandbox/engine/plan.ts'
import { presets } from '../src/sandbox/engine/preset.ts'
import { protectBlock } from '../src/sandbox/engine/protect.ts'
import { attach, cells } from '../src/sandbox/vault/cells-worker.ts'
import { state } from '../src/sandbox/vault/engine.ts'
import { defaultLimits } from '../src/sandbox/vault/room.ts'
import { copyToServer } from './sandbox-postgresql.ts'
import { factQuestions, unitQuestions, type BenchQuestion } from './sandbox-questions.ts'
import { townFor, type BenchTown } from './sandbox-town.ts'

type Figures = { readonly cpu: number; readonly wall: number }
export type Measured = { readonly name: string; readonly ways: readonly Figures[] }

const rounds = 9

/** Rounds of all questions before anything is measured: a hub and its vaults have been at work for days, not seconds. */
const warmUp = 4

/** Runs several ways to do the same alternately and gives the medians of their times, in milliseconds. */
async function alternately(ways: readonly (() => Promise<unknown>)[]): Promise<Figures[]> {
  const times = ways.map((): Figures[] => [])
  for (let round = 0; round <= rounds; round++)
    for (const [i, way] of ways.entries()) {
      const used = process.cpuUsage()
      const started = performance.now()
      await way()
      const { user, system } = process.cpuUsage(used)
      if (round > 0) times[i]?.push({ cpu: (user + system) / 1000, wall: performance.now() - started })
    }
  return times.map((of) => ({ cpu: median(of.map((t) => t.cpu)), wall: median(of.map((t) => t.wall)) }))
}

/** The middle value; of an even number the upper of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** Plans, scans and protects one question in this process, with the code and the limits of a vault. */
async function protectedAnswer(sql: string, town: BenchTown): Promise<number> {
  const room = { tables: town.tables, preset: presets.allmende, cellKey: new Uint8Array(32).fill(7) }
  const plan = await planSql(sql, room.tables, room.preset)
  let shown = 0
  for (const block of plan.blocks) {
    const raw = await cells({ op: 'cells', query: block.query, maxRows: defaultLimits.maxRows }, 1)
    shown += protectBlock(block, raw, room).shown
  }
  return shown
}

/** Rows of people to generate: 10 million with `script/bench --full`, else a tenth; BENCH_ROWS sets any number. */
export function benchRows(): number {
  const full = process.env['BENCH_FULL'] ? 10_000_000 : 1_000_000
  return Number(process.env['BENCH_ROWS'] ?? full)
}

async function measure(
  questions: readonly BenchQuestion[],
  town: BenchTown,
  connection: DuckDBConnection,
): Promise<Measured[]> {
  const found: Measured[] = []
  for (let round = 0; round < warmUp; round++)
    for (const question of questions) await protectedAnswer(question.sql, town)
  for (const question of questions) {
    const shown = await protectedAnswer(question.sql, town)
    if (shown === 0) throw new Error(`${question.name}: nothing shown`)
    const raws = [question.raw, ...('plain' in question ? [String(question.plain)] : [])]
    const ways = await alternately([
      () => protectedAnswer(question.sql, town),
      ...raws.map((sql) => () => connection.runAndReadAll(sql)),
    ])
    found.push({ name: question.name, ways })
  }
  return found
}

function table(say: (line: string) => void, title: string, measured: readonly Measured[]): void {
  say(title)
  const ratios = measured.map(({ name, ways: [own, raw, plain] }) => {
    const ratio = (own?.cpu ?? 0) / (raw?.cpu ?? 1)
    const more = plain ? `  ${((own?.cpu ?? 0) / plain.cpu).toFixed(1)} × without counting people` : ''
    say(
      `  ${name.padEnd(42)} raw ${(raw?.cpu ?? 0).toFixed(0).padStart(6)} ms  protected ${(own?.cpu ?? 0).toFixed(0).padStart(6)} ms  ${ratio.toFixed(2)} ×${more}`,
    )
    return ratio
  })
  say(`  median ${median(ratios).toFixed(2)}, worst ${Math.max(...ratios).toFixed(2)}`)
}

/** Wall times of protected answers here against the plain questions on a PostgreSQL server with the same rows. */
async function compareServer(
  say: (line: string) => void,
  town: BenchTown,
  by: { url: string; dir: string },
): Promise<{ name: string; own: number; server: number }[]> {
  const source = await DuckDBInstance.create(town.raw, { access_mode: 'READ_ONLY', memory_limit: '2GB' })
  const connection = await source.connect()
  const server = await copyToServer(by.url, connection, by.dir)
  connection.closeSync()
  source.closeSync()
  say(`protected here against plain questions in ${server.version} (goal: below 1)`)
  const found: { name: string; own: number; server: number }[] = []
  for (const question of [...unitQuestions, ...factQuestions]) {
    const plain = 'plain' in question ? String(question.plain) : question.raw
    const [own, other] = await alternately([
      () => protectedAnswer(question.sql, town),
      () => server.run(plain),
    ])
    const [ownMs, serverMs] = [own?.wall ?? 0, other?.wall ?? 1]
    found.push({ name: question.name, own: ownMs, server: serverMs })
    say(
      `  ${question.name.padEnd(42)} here ${ownMs.toFixed(0).padStart(6)} ms  there ${serverMs.toFixed(0).padStart(6)} ms  ${(ownMs / serverMs).toFixed(2)} ×`,
    )
  }
  await server.close()
  return found
}

/**
 * What protection costs: CPU time of a protected answer (plan, scan, protection) against the plain query on the same
 * engine, alternately in one run; with BENCH_DATABASE_URL also wall time against a PostgreSQL server on this machine.
 * BENCH_JSON names a file for the figures.
 */
export async function bench(say: (line: string) => void): Promise<void> {
  const rows = benchRows()
  const { dir, town, tidy } = await townFor(rows)
  try {
    const server = process.env['BENCH_DATABASE_URL']
    say(`${rows} people and visits, ${rows / 5} households; one thread, ${defaultLimits.memoryMb} MB`)
    const tables = [...town.files, { name: 'raw', file: town.raw }]
    await attach({ op: 'attach', limits: defaultLimits, spill: dir, folder: '', tables })
    if (!state.instance) throw new Error('no engine')
    const connection = await state.instance.connect()
    await connection.run('USE t_raw')
    const units = await measure(unitQuestions, town, connection)
    table(say, 'one row per unit (goal: median 1.3, worst 2)', units)
    const facts = await measure(factQuestions, town, connection)
    table(say, 'ten rows per unit, against COUNT(DISTINCT unit) (goal: 1)', facts)
    const there = server ? await compareServer(say, town, { url: server, dir }) : []
    const json = process.env['BENCH_JSON']
    if (json) await writeFile(json, JSON.stringify({ rows, units, facts, there }, null, 2))
  } finally {
    await tidy()
  }
}
