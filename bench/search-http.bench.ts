import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Hub } from '../src/hub.ts'
import { openHub } from '../src/hub.ts'
import { readConfig } from '../src/platform/config.ts'
import { createLog } from '../src/platform/log.ts'
import type { Db } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { columnsFor } from '../src/catalogue/entries/columns.ts'
import { runHub } from '../test/demo-server.ts'
import { watchMemory } from './process-memory.ts'
import { corpusRecord, zipfWord } from './search-corpus.ts'
import { searches } from './search-queries.ts'

const SIZE = Number(process.env['BENCH_SIZE'] ?? 160_000)
const ALONE = 200
const RATE = 20
const SECONDS = 20

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)]!

const BATCH = 500

/** A database with so many entries and their index, as `allmende catalogue reindex` would leave it. */
async function fill(dataDir: string, say: (line: string) => void): Promise<void> {
  const server = process.env['BENCH_DATABASE_URL']
  const config = readConfig({
    NODE_ENV: 'test',
    ALLMENDE_DATA: dataDir,
    LOG_LEVEL: 'error',
    ...(server ? { DATABASE_URL: server } : {}),
  })
  const hub = await openHub(config, { log: createLog('error') })
  const { db } = hub.database
  const started = performance.now()
  // The index is built from the entries afterwards: a line in its log for each of them would only cost time here.
  await sql`alter table catalogue_entry disable trigger user`.execute(db)
  let storing = Promise.resolve()
  for (let from = 0; from < SIZE; from += BATCH) {
    const rows = rowsFrom(hub, from)
    await storing
    storing = store(db, rows)
  }
  await storing
  await sql`alter table catalogue_entry enable trigger user`.execute(db)
  await sql`analyze catalogue_entry`.execute(db)
  say(`${SIZE} entries stored: ${((performance.now() - started) / 1000).toFixed(0)} s`)
  const building = performance.now()
  await hub.resources.catalogueIndex!.rebuild()
  say(`index built in its thread: ${((performance.now() - building) / 1000).toFixed(0)} s`)
  await hub.close()
}

function rowsFrom(hub: Hub, from: number): object[] {
  const ctx = hub.makeCtx({ now: new Date(1_700_000_000_000 + from) })
  return Array.from({ length: Math.min(BATCH, SIZE - from) }, (_, at) => {
    const record = corpusRecord(from + at)
    const columns = columnsFor(record, { holderName: record.publisher!.name['de']!, now: ctx.now })
    const fixed = {
      organisation_id: 'house',
      visibility: 'public',
      created_at: ctx.now,
      preview_face: 'public',
    }
    return { id: newId(ctx.now.getTime()), ...fixed, ...columns }
  })
}

async function store(db: Db, rows: readonly object[]): Promise<void> {
  const columns = sql.raw(Object.keys(rows[0]!).join(', '))
  await sql`insert into catalogue_entry (${columns}) select ${columns}
    from jsonb_populate_recordset(null::catalogue_entry, ${JSON.stringify(rows)}::jsonb)`.execute(db)
}

const address = (url: string, at: number, all: ReturnType<typeof searches>) => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(all[at % all.length]!))
    for (const each of [value].flat()) query.append(name, String(each))
  return `${url}/api/v1/catalogue/search?${query}`
}

const loadLine = () =>
  `load of the machine: ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}`

async function time(url: string): Promise<number> {
  const started = performance.now()
  const response = await fetch(url)
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return performance.now() - started
}

async function alone(url: string): Promise<number[]> {
  const all = searches(ALONE)
  const times: number[] = []
  for (let at = 0; at < 2 * ALONE; at++) {
    const ms = await time(address(url, at, all))
    if (at >= ALONE) times.push(ms)
  }
  return times
}

/** Open load: requests leave at the given rate whatever the answers take. */
async function load(url: string): Promise<number[]> {
  const all = searches(RATE * SECONDS)
  const pending: Promise<number>[] = []
  const start = performance.now()
  for (let at = 0; at < RATE * SECONDS; at++) {
    const wait = start + (at * 1000) / RATE - performance.now()
    if (wait > 0) await new Promise((later) => setTimeout(later, wait))
    pending.push(time(address(url, at, all)))
  }
  return Promise.all(pending)
}

// The index forgives misspellings, the tables do not: the first answer to one says that it is loaded.
async function untilIndexed(url: string): Promise<string> {
  const word = Array.from({ length: 100 }, (_, at) => zipfWord(0.2 + at / 1000)).find(
    (each) => each.length > 8 && each[4] !== each[5],
  )!
  const q = word.slice(0, 4) + word[5] + word[4] + word.slice(6)
  const started = performance.now()
  const passed = () => (performance.now() - started) / 1000
  while (passed() < 120) {
    const answer = await fetch(`${url}/api/v1/catalogue/search?q=${encodeURIComponent(q)}&limit=1`)
    const { corrected } = (await answer.json()) as { corrected: unknown[] }
    if (corrected.length > 0) return passed().toFixed(2)
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`The index did not correct “${q}” to “${word}” within two minutes.`)
}

/** Searching a large catalogue over HTTP: from the start of the hub to the first answer of the index, alone, under load. */
export async function bench(say: (line: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allmende-bench-search-'))
  try {
    await fill(dataDir, say)
    const server = process.env['BENCH_DATABASE_URL']
    const hub = await runHub({ dataDir, ...(server ? { env: { DATABASE_URL: server } } : {}) })
    say(`start of the hub: ${(hub.startMs / 1000).toFixed(2)} s`)
    say(`from there to the first answer of the index: ${await untilIndexed(hub.url)} s`)
    say(loadLine())
    const memory = watchMemory(hub.pid)
    const single = await alone(hub.url)
    const many = await load(hub.url)
    say(
      `one after the other: p50 ${quantile(single, 0.5).toFixed(1)} ms, p95 ${quantile(single, 0.95).toFixed(1)} ms (goal 50)`,
    )
    say(
      `at ${RATE} a second: p50 ${quantile(many, 0.5).toFixed(1)} ms, p95 ${quantile(many, 0.95).toFixed(1)} ms (goal 150)`,
    )
    say(`memory of the hub meanwhile: ${memory.stop().together} MB`)
    say(loadLine())
    await hub.kill()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
