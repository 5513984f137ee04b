import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { serveCatalogue } from '../../../bench/catalogue-server.ts'
import { harvestUrl } from '../../../src/catalogue/service.ts'
import { openHub } from '../../../src/hub.ts'
import { createOrganisation, saveMunicipality } from '../../../src/identity/service.ts'
import { readConfig } from '../../../src/platform/config.ts'
import { createLog } from '../../../src/platform/log.ts'
import { runHub } from '../../demo-server.ts'

const KILLS = Number(process.env['KILLS'] ?? 5)
const ENTRIES = Number(process.env['ENTRIES'] ?? 1500)

/** A small seeded generator, so that a failing run can be repeated. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const env = (host: string) => ({ ALLMENDE_FETCH_ALLOW: host })
const open = (dataDir: string, host: string) =>
  openHub(
    {
      ...readConfig({
        NODE_ENV: 'test',
        ALLMENDE_DATA: dataDir,
        ALLMENDE_URL: 'http://localhost',
        ALLMENDE_AGS: '00990001',
        ALLMENDE_TOWN: 'Auenstadt',
        LOG_LEVEL: 'error',
      }),
      fetchAllow: [host],
    },
    { log: createLog('error') },
  )

/** A town whose queue holds one harvest that nobody has begun. */
async function prepare(url: string, host: string): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allmende-harvest-kill-'))
  const hub = await open(dataDir, host)
  const ctx = hub.makeCtx()
  await saveMunicipality(ctx, { ags: '00990001', name: 'Auenstadt', hostnames: [] })
  const house = await createOrganisation(ctx, {
    ags: '00990001',
    name: 'Statistikstelle',
    shortName: 'Statistik',
    kind: 'department',
  })
  await harvestUrl(ctx, { organisationId: house.id, name: 'Quelle', url, format: 'ckan', pace: 0 })
  await hub.close()
  return dataDir
}

type State = { readonly run: Record<string, unknown>; readonly entries: string; readonly versions: number }

/** What is there once the run is over: its counts, and a hash over all entries and what was noted of them. */
async function stateOf(dataDir: string, host: string): Promise<State> {
  const hub = await open(dataDir, host)
  const { db } = hub.database
  const run = await db
    .selectFrom('catalogue_run')
    .select([
      'state',
      'read',
      'created',
      'changed',
      'unchanged',
      'quarantined',
      'missing',
      'pages',
      'failures',
    ])
    .executeTakeFirstOrThrow()
  const { rows } = await sql<{ entries: string; versions: number }>`
    select md5(string_agg(e.remote_id || e.hash || e.state || e.version || h.raw_hash || h.run_no, ',' order by e.remote_id)) as entries,
      (select count(*)::int from catalogue_entry_version) as versions
    from catalogue_entry e join catalogue_harvested h on h.entry_id = e.id`.execute(db)
  await hub.close()
  return { run, ...rows[0]! }
}

/** True once the public register says that the run is finished: that line is written with the run's end, or not at all. */
async function isOver(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/transparency/entries?room=catalogue`)
  const { entries } = (await answer.json()) as { entries: { event: string }[] }
  return entries.some(({ event }) => event === 'catalogue.run-finished')
}

/** Lets the hub run until the harvest is over; five minutes are twenty times what it takes. */
async function finish(dataDir: string, host: string): Promise<void> {
  const hub = await runHub({ dataDir, env: env(host) })
  for (let waited = 0; waited < 600 && !(await isOver(hub.url)); waited++)
    await new Promise((later) => setTimeout(later, 500))
  await hub.kill()
}

it(`comes to the same end when it is killed ${KILLS} times while it harvests ${ENTRIES} entries`, async () => {
  const pages = await mkdtemp(join(tmpdir(), 'allmende-pages-'))
  const source = await serveCatalogue(ENTRIES, pages)
  const url = `${source.url}/api/3/action/package_search?rows=100`
  const calm = await prepare(url, source.host)
  await finish(calm, source.host)
  const expected = await stateOf(calm, source.host)
  expect(expected.run).toMatchObject({ state: 'complete', read: ENTRIES, created: ENTRIES, failures: 0 })

  const random = mulberry(20261122)
  const disturbed = await prepare(url, source.host)
  let kills = 0
  for (; kills < KILLS; kills++) {
    const hub = await runHub({ dataDir: disturbed, env: env(source.host) })
    await new Promise((later) => setTimeout(later, 100 + random() * (8000 / KILLS)))
    await hub.kill('SIGKILL')
  }
  await finish(disturbed, source.host)
  expect(await stateOf(disturbed, source.host)).toEqual(expected)
  await source.close()
  for (const folder of [calm, disturbed, pages]) await rm(folder, { recursive: true, force: true })
})
