import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { createApp } from '../src/app.ts'
import { getRun, harvestUrl } from '../src/catalogue/service.ts'
import type { Run } from '../src/catalogue/runs/model.ts'
import { readRun } from '../src/catalogue/runs/service.ts'
import type { Hub } from '../src/hub.ts'
import { openHub } from '../src/hub.ts'
import { readConfig } from '../src/platform/config.ts'
import { resolveActor } from '../src/identity/auth.ts'
import { createLog } from '../src/platform/log.ts'
import { openServer } from '../src/platform/db.ts'
import { loadAssets } from '../src/web/assets.ts'
import { freePort } from '../test/demo-server.ts'

const HOUSE = '0190a000-0000-7000-8000-0000000000be'
const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 160_000)
const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? 0

type Source = {
  readonly url: string
  readonly say: (line: string) => Promise<void>
  readonly child: ChildProcess
}

// The catalogue answers from a process of its own, so that its work is not measured with ours.
async function startSource(entries: number): Promise<Source> {
  const script = join(import.meta.dirname, 'catalogue-server.ts')
  const child = spawn(process.execPath, [script, String(entries)], { stdio: ['pipe', 'pipe', 'ignore'] })
  const [first] = (await once(child.stdout!, 'data')) as [Buffer]
  const say = async (line: string) => {
    child.stdin!.write(`${line}\n`)
    await once(child.stdout!, 'data')
  }
  process.once('exit', () => child.kill('SIGKILL'))
  return { url: first.toString().trim(), say, child }
}

// Pages are made before they are asked for, as a catalogue with a cache has them.
async function warm(url: string, next: (from: number) => string, steps: readonly number[]): Promise<void> {
  for (const step of steps) await (await fetch(url + next(step))).arrayBuffer()
}

async function openTown(dataDir: string, host: string): Promise<Hub> {
  const base = readConfig({
    NODE_ENV: 'test',
    ALLMENDE_DATA: dataDir,
    ALLMENDE_URL: 'http://localhost',
    LOG_LEVEL: 'error',
  })
  const server = process.env['BENCH_DATABASE_URL']
  const parts = { log: createLog('error'), ...(server ? { database: openServer(server) } : {}) }
  const hub = await openHub({ ...base, fetchAllow: [host] }, parts)
  await hub.database.db
    .insertInto('identity_municipality')
    .values({ ags: hub.config.ags, name: hub.config.town, hostnames: [] })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await hub.database.db
    .insertInto('identity_organisation')
    .values({
      id: HOUSE,
      ags: hub.config.ags,
      name: 'Stadt',
      short_name: 'Stadt',
      kind: 'department',
      created_at: new Date(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return hub
}

type Measured = {
  readonly run: Run
  readonly seconds: number
  readonly peakMb: number
  readonly pages: readonly number[]
}

// Reads the source once; meanwhile somebody opens pages, and the memory of the whole process is watched.
async function harvest(hub: Hub, url: string, pageUrl: string): Promise<Measured> {
  const ctx = hub.makeCtx()
  const { id } = await harvestUrl(ctx, { organisationId: HOUSE, name: `Quelle ${url}`, url, pace: 0 })
  let peak = 0
  const pages: number[] = []
  let going = true
  const visitor = (async () => {
    while (going) {
      peak = Math.max(peak, process.memoryUsage.rss())
      const started = performance.now()
      await (await fetch(`${pageUrl}/catalogue/quality`)).arrayBuffer()
      pages.push(performance.now() - started)
      await new Promise((later) => setTimeout(later, 250))
    }
  })()
  const started = performance.now()
  await readRun(ctx, id)
  const seconds = (performance.now() - started) / 1000
  going = false
  await visitor
  return { run: (await getRun(ctx, id)).run, seconds, peakMb: peak / 1024 ** 2, pages }
}

const line = (what: string, goal: number, m: Measured) =>
  `${what}: ${m.run.read} in ${m.seconds.toFixed(1)} s = ${Math.round(m.run.read / m.seconds)}/s (goal ${goal}), ` +
  `${m.run.created} new, ${m.run.changed} changed, ${m.run.unchanged} unchanged, ${m.run.state}; ` +
  `memory at most ${Math.round(m.peakMb)} MB, a page meanwhile p50 ${quantile(m.pages, 0.5).toFixed(0)} ms p95 ${quantile(m.pages, 0.95).toFixed(0)} ms`

/** A catalogue of GovData's size, read anew, unchanged and with a hundredth changed, as CKAN and (a tenth of it) as DCAT pages. */
export async function bench(say: (line: string) => void): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allmende-bench-'))
  const source = await startSource(ENTRIES)
  const small = await startSource(Math.ceil(ENTRIES / 10))
  const host = new URL(source.url).host
  const hub = await openTown(dataDir, host)
  ;(hub.config.fetchAllow as string[]).push(new URL(small.url).host)
  const port = await freePort()
  const app = createApp(hub, {
    assets: await loadAssets(),
    resolveActor: (headers) => resolveActor(hub.resources.auth!, hub.database.db, headers),
    resolveTown: async () => ({ ags: hub.config.ags, name: hub.config.town }),
  })
  const server = serve({ fetch: app.fetch, port })
  const pageUrl = `http://localhost:${port}`
  try {
    say(`memory of the idle hub: ${Math.round(process.memoryUsage.rss() / 1024 ** 2)} MB`)
    const ckan = `${source.url}/api/3/action/package_search?rows=1000`
    const steps = (size: number, step: number) => Array.from({ length: Math.ceil(size / step) }, (_, n) => n)
    const at = (n: number) => `/api/3/action/package_search?rows=1000&start=${n * 1000}&sort=id+asc`
    await warm(source.url, at, steps(ENTRIES, 1000))
    say(line('CKAN, all new', 300, await harvest(hub, ckan, pageUrl)))
    say(line('CKAN, same pages', 3000, await harvest(hub, ckan, pageUrl)))
    await source.say(`change ${Math.floor(ENTRIES * 0.99)}`)
    await hub.database.db.updateTable('catalogue_source_page').set({ sha256: '' }).execute()
    await warm(source.url, at, steps(ENTRIES, 1000))
    say(
      line(
        'CKAN, same records on pages read anew, one in a hundred changed',
        3000,
        await harvest(hub, ckan, pageUrl),
      ),
    )
    const dcat = `${small.url}/catalog.ttl?page=1`
    await warm(small.url, (n) => `/catalog.ttl?page=${n + 1}`, steps(ENTRIES / 10, 100))
    say(line('DCAT in Turtle, all new', 300, await harvest(hub, dcat, pageUrl)))
    say(line('DCAT in Turtle, same pages', 3000, await harvest(hub, dcat, pageUrl)))
  } finally {
    server.close()
    source.child.kill()
    small.child.kill()
    await hub.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
