import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { getRun, harvestSource, harvestUrl, listFindings, searchEntries } from '../service.ts'
import { entryCommands } from '../entries/commands.ts'
import { changesSince, nextRun } from './model.ts'
import { breakOff } from './finish.ts'
import { retryAfter } from './fetching/pace.ts'
import { startRun } from './service.ts'
import * as store from './store.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void

const packageOf = (n: number, more: object = {}) => ({
  id: `p${n}`,
  name: `paket-${n}`,
  title: `Paket ${n}`,
  notes: `Beschreibung ${n}`,
  tags: [{ name: 'b' }, { name: 'a' }],
  resources: [],
  organization: { title: 'Umweltamt' },
  metadata_modified: '2025-01-01T00:00:00.000000',
  ...more,
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => packageOf(from + i))
const ckan = (results: readonly object[], count: number) =>
  JSON.stringify({ success: true, result: { count, results } })

describe('servers as they are', () => {
  let world: World
  let steward: User
  let base: string
  const answers = new Map<string, Answer>()
  const seen: { url: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    seen.push({ url: request.url ?? '', headers: request.headers })
    const found = answers.get(url.pathname.split('/')[1] ?? '')
    if (found) found(request, response, url)
    else response.writeHead(404).end()
  })

  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    base = `http://${host}`
    world = await createWorld({ config: { fetchAllow: [host, host.replace('127.0.0.1', 'localhost')] } })
    steward = world.as('steward')
  })
  afterAll(async () => {
    server.close()
    await world.close()
  })

  const address = (name: string) => `${base}/${name}/api/3/action/package_search?rows=10`
  const read = async (name: string) => {
    const { id } = await harvestUrl(steward.ctx, {
      organisationId: world.organisationId,
      name: `Quelle ${name}`,
      url: address(name),
      format: 'ckan',
      pace: 0,
    })
    await world.runJobs()
    return (await getRun(steward.ctx, id)).run
  }
  const codes = async (runId: string) =>
    (await listFindings(steward.ctx, runId)).findings.map((each) => each.code)
  const paged =
    (all: () => readonly object[], total = () => all().length): Answer =>
    (_request, response, url) => {
      const start = Number(url.searchParams.get('start') ?? 0)
      response.end(ckan(all().slice(start, start + 10), total()))
    }

  it('reads CKAN pages and finds nothing new the second time, though tags are shuffled and stamps renewed', async () => {
    let list: object[] = range(0, 25)
    answers.set(
      'good',
      paged(() => list),
    )
    expect(await read('good')).toMatchObject({ state: 'complete', format: 'ckan', created: 25, pages: 3 })
    expect(await read('good')).toMatchObject({ unchanged: 25, created: 0, changed: 0, spared: 3 })
    const stamp = { metadata_modified: '2026-02-02T00:00:00.000000', tags: [{ name: 'a' }, { name: 'b' }] }
    list = list.map((each) => ({ ...each, ...stamp }))
    expect(await read('good')).toMatchObject({ unchanged: 25, changed: 0, spared: 0 })
    list[3] = { ...list[3], notes: 'Anders' }
    expect(await read('good')).toMatchObject({ unchanged: 24, changed: 1 })
  })

  it('finds the form of a portal in the run itself, without a preview and without asking twice', async () => {
    answers.set('portal', (_request, response, url) => {
      if (url.pathname.endsWith('/package_search')) return void response.end(ckan(range(700, 703), 3))
      response.writeHead(url.pathname === '/portal' ? 200 : 404, { 'content-type': 'text/html' })
      response.end('<!doctype html><title>Portal</title>')
    })
    const start = seen.length
    const named = { organisationId: world.organisationId, name: 'Portal', url: `${base}/portal`, pace: 0 }
    const { id } = await harvestUrl(steward.ctx, named)
    await world.runJobs()
    expect((await getRun(steward.ctx, id)).run).toMatchObject({
      state: 'complete',
      format: 'ckan',
      created: 3,
    })
    const asked = seen.slice(start).map((each) => each.url)
    expect(asked.filter((url) => url === '/portal')).toHaveLength(1)
    expect(asked.filter((url) => url.includes('package_search'))).toHaveLength(1)
  })

  it('hands the page that showed a form on to the run on the command line', async () => {
    answers.set('once', (_request, response) => {
      response.setHeader('content-type', 'text/turtle')
      response.end(
        '<https://example.org/once> a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> "Einmal"@de .',
      )
    })
    const start = seen.length
    const harvest = entryCommands.find((each) => each.verb === 'harvest')!
    const said: string[] = []
    const io = { out: (line: string) => said.push(line), note: () => {}, json: true }
    const args = { words: [`${base}/once`], options: { organisation: 'Stadt Auenstadt' } }
    const ctx = { ...world.system, config: world.config }
    expect(harvest.needsHub && (await harvest.run(ctx, args, io))).toBe(0)
    expect(JSON.parse(said[0]!)).toMatchObject({ state: 'complete', created: 1 })
    expect(seen.slice(start)).toHaveLength(1)
  })

  it('asks conditionally and reads nothing where the server says that nothing changed', async () => {
    answers.set('etag', (request, response) => {
      if (request.headers['if-none-match'] === '"1"') return void response.writeHead(304).end()
      response.setHeader('etag', '"1"')
      response.end(ckan(range(100, 105), 5))
    })
    expect(await read('etag')).toMatchObject({ created: 5, spared: 0 })
    const again = await read('etag')
    expect(again).toMatchObject({ state: 'complete', unchanged: 5, spared: 1, bytes: 0, missing: 0 })
  })

  it('stops at a feed that gives the same page for ever, and removes nothing', async () => {
    answers.set(
      'loop',
      paged(() => range(200, 215)),
    )
    expect(await read('loop')).toMatchObject({ state: 'complete', created: 15 })
    answers.set('loop', (_request, response) => response.end(ckan(range(200, 210), 1000)))
    const run = await read('loop')
    expect(run).toMatchObject({ state: 'incomplete', missing: 0, withheld: 0 })
    expect(await codes(run.id)).toContain('same-page-twice')
  })

  it('stops at a server that pays no heed to the page but says something new each time', async () => {
    let n = 0
    answers.set('heedless', (_request, response) =>
      response.end(ckan(range(220, 230), 100_000).replace('{', `{"asked":${n++},`)),
    )
    const run = await read('heedless')
    expect(run).toMatchObject({ state: 'incomplete', created: 10, pages: 5 })
    expect(await codes(run.id)).toContain('nothing-new')
  })

  it('counts removed records among what a source announced', async () => {
    const record = (id: number, state: string) =>
      `<record><header${state}><identifier>oai-${id}</identifier></header>${state ? '' : `<metadata><dc xmlns="d"><title>Nummer ${id}</title></dc></metadata>`}</record>`
    answers.set('oai', (_request, response, url) => {
      const second = url.searchParams.has('resumptionToken')
      const token = `<resumptionToken completeListSize="4">${second ? '' : 'weiter'}</resumptionToken>`
      const list = second ? [3, 4] : [1, 2]
      const records = list.map((id) => record(id, id % 2 === 0 ? ' status="deleted"' : '')).join('')
      response.end(`<OAI-PMH><ListRecords>${records}${token}</ListRecords></OAI-PMH>`)
    })
    const source = {
      organisationId: world.organisationId,
      name: 'OAI',
      url: `${base}/oai`,
      format: 'oai' as const,
    }
    for (const counts of [{ created: 2 }, { unchanged: 2 }]) {
      const { id } = await harvestUrl(steward.ctx, { ...source, pace: 0 })
      await world.runJobs()
      expect((await getRun(steward.ctx, id)).run).toMatchObject({
        state: 'complete',
        passedOver: 2,
        ...counts,
      })
    }
  })

  it('follows pages on the host a source redirects to, and does not take a web page for their end', async () => {
    const elsewhere = base.replace('127.0.0.1', 'localhost')
    answers.set('moved', (request, response, url) => {
      const there = request.headers.host?.startsWith('localhost')
      if (!there) return void response.writeHead(301, { location: `${elsewhere}/moved${url.search}` }).end()
      if (url.search === '?page=3')
        return void response.end('<!doctype html><title>Wartung</title><p>Gleich wieder da')
      const n = url.search === '' ? 1 : 2
      response.setHeader('content-type', 'text/turtle')
      response.end(`<https://example.org/m/${n}> a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> "Umzug ${n}"@de .
        <#p> a <http://www.w3.org/ns/hydra/core#PartialCollectionView>; <http://www.w3.org/ns/hydra/core#next> <${elsewhere}/moved?page=${n + 1}> .`)
    })
    const source = { organisationId: world.organisationId, name: 'Umzug', url: `${base}/moved`, pace: 0 }
    const { id } = await harvestUrl(steward.ctx, source)
    await world.runJobs()
    expect((await getRun(steward.ctx, id)).run).toMatchObject({ state: 'incomplete', created: 2, pages: 3 })
    expect(await codes(id)).not.toContain('next-page-elsewhere')
  })

  it('leaves a host alone that asks for a day, at once and without holding up other runs', async () => {
    const url = `${base.replace('127.0.0.1', 'localhost')}/patience`
    answers.set('patience', (_request, response) => response.writeHead(429, { 'retry-after': '86400' }).end())
    const source = { organisationId: world.organisationId, name: 'Geduld', url, pace: 0 }
    const asked = seen.length
    for (const why of ['429', 'bat darum']) {
      const { id } = await harvestUrl(steward.ctx, source)
      await world.runJobs()
      const { run } = await getRun(steward.ctx, id)
      expect(run).toMatchObject({ state: 'failed', reason: { de: expect.stringContaining(why) as string } })
    }
    expect(seen.slice(asked)).toHaveLength(1)
  })

  it('does not take a page about maintenance for the form of a source, and follows a change of form', async () => {
    let body = '<!doctype html><title>Wartung</title>'
    answers.set('forms', (_request, response, url) =>
      url.pathname === '/forms' ? response.end(body) : response.writeHead(404).end(),
    )
    const source = { organisationId: world.organisationId, name: 'Formen', url: `${base}/forms`, pace: 0 }
    const go = async () => {
      const { id } = await harvestUrl(steward.ctx, source)
      await world.runJobs()
      return (await getRun(steward.ctx, id)).run
    }
    expect(await go()).toMatchObject({ state: 'incomplete', read: 0 })
    body =
      '<https://example.org/f> a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> "Form"@de .'
    expect(await go()).toMatchObject({ state: 'complete', format: 'dcat', created: 1 })
    body = JSON.stringify({
      '@context': 'https://schema.org/',
      '@type': 'Dataset',
      '@id': 'https://example.org/f',
      name: 'Form',
    })
    expect(await go()).toMatchObject({ state: 'complete', format: 'schema-org', read: 1 })
  })

  it('stops at pages that lead in circles', async () => {
    const page = (n: number, next: number) => `
      @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
      @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
      <https://example.org/c/${n}> a dcat:Dataset ; dct:title "Kreis ${n}"@de .
      <#p> a hydra:PartialCollectionView ; hydra:next <${base}/circle?page=${next}> .`
    answers.set('circle', (_request, response, url) => {
      const n = Number(url.searchParams.get('page') ?? 1)
      response.setHeader('content-type', 'text/turtle')
      response.end(page(n, n === 3 ? 1 : n + 1))
    })
    const { id } = await harvestUrl(steward.ctx, {
      organisationId: world.organisationId,
      name: 'Kreis',
      url: `${base}/circle?page=1`,
      pace: 0,
    })
    await world.runJobs()
    const { run } = await getRun(steward.ctx, id)
    expect(run).toMatchObject({ state: 'incomplete', created: 3 })
    expect(await codes(run.id)).toContain('paging-loop')
  })

  it('does not believe that everything is gone when fewer come than were promised, or none at all', async () => {
    answers.set(
      'fewer',
      paged(() => range(300, 330)),
    )
    expect(await read('fewer')).toMatchObject({ state: 'complete', created: 30 })
    answers.set(
      'fewer',
      paged(
        () => range(300, 305),
        () => 30,
      ),
    )
    const short = await read('fewer')
    expect(short).toMatchObject({ state: 'incomplete', missing: 0, withheld: 0 })
    answers.set('fewer', (_request, response) => response.end(ckan([], 0)))
    const empty = await read('fewer')
    expect(empty.state).not.toBe('complete')
    expect(empty).toMatchObject({ missing: 0, withheld: 0 })
    expect((await searchEntries(world.anonymous.ctx, { q: 'Paket 329' })).total).toBeGreaterThan(0)
  })

  it('asks again after an error and as the server wishes, and gives up in the end', async () => {
    let failures = 2
    answers.set('weak', (_request, response) => {
      if (failures-- > 0) return void response.writeHead(503, { 'retry-after': '0' }).end()
      response.end(ckan(range(400, 405), 5))
    })
    expect(await read('weak')).toMatchObject({ state: 'complete', created: 5 })
    failures = 100
    expect(await read('weak')).toMatchObject({ state: 'failed', missing: 0 })
  })

  it('goes on with the page where it was cut off, and counts nothing twice', async () => {
    let dead = true
    answers.set('cut', (_request, response, url) => {
      const start = Number(url.searchParams.get('start') ?? 0)
      if (start === 20 && dead) return void response.writeHead(500).end()
      response.end(ckan(range(500, 540).slice(start, start + 10), 40))
    })
    const first = await read('cut')
    expect(first).toMatchObject({ state: 'incomplete', created: 20 })
    // As after a crash: the run is not over, its cursor stands at the third page.
    dead = false
    const at = first.next ?? {
      method: 'GET',
      url: `${address('cut')}&start=20&sort=id+asc`,
      accept: '*/*',
      body: null,
      contentType: null,
    }
    await store.updateRun(world.system.db, first.id, {
      state: 'reading',
      finished_at: null,
      next: at as never,
    })
    const { executeRun } = await import('./queue.ts')
    await world.system.enqueue(executeRun, { runId: first.id })
    await world.runJobs()
    const { run } = await getRun(steward.ctx, first.id)
    expect(run).toMatchObject({ state: 'complete', read: 40, created: 40, unchanged: 0 })
  })

  it('asks a CKAN source only for changes where that is enough', async () => {
    answers.set(
      'since',
      paged(() => range(600, 603)),
    )
    const run = await read('since')
    await harvestSource(steward.ctx, { sourceId: run.sourceId, only: 'changes' })
    await world.runJobs()
    expect(decodeURIComponent(seen.at(-1)!.url)).toContain('metadata_modified:[')
  })

  it('lets only one process work on a run', async () => {
    const source = (await store.listSourceRows(world.system.db))[0]!
    const run = await startRun(world.system, source, { inputs: [], since: null })
    await store.claimRun(world.system.db, run.id, '0190a000-0000-7000-8000-0000000000aa')
    const mine = { run, claim: '0190a000-0000-7000-8000-0000000000bb' }
    await expect(store.addCounts(world.system.db, mine, { read: 1 })).rejects.toThrow(store.Superseded)
    const reason = { de: 'Meine Leitung ist tot.', en: 'My line is dead.' }
    await expect(breakOff(world.system, { ...mine, source }, reason, 'failed')).rejects.toThrow(
      store.Superseded,
    )
    expect((await store.findRun(world.system.db, run.id))?.state).toBe('waiting')
    await store.updateRun(world.system.db, run.id, { state: 'failed' })
    expect(await store.claimRun(world.system.db, run.id, mine.claim)).toBe(false)
  })
})

describe('when a source is read', () => {
  const at = new Date('2026-03-10T09:00:00Z')
  it('is early in the morning after its rhythm, never for sources read by hand', () => {
    expect(nextRun('daily', at)?.toISOString()).toBe('2026-03-11T02:00:00.000Z')
    expect(nextRun('weekly', at)?.toISOString()).toBe('2026-03-17T02:00:00.000Z')
    expect(nextRun('manual', at)).toBeNull()
  })
  it('is asked for changes alone for a week after everything was read', () => {
    const day = (n: number) => new Date(at.getTime() - n * 86_400_000)
    expect(changesSince({ fullAt: day(3), lastRunAt: day(1) }, at)).toEqual(day(2))
    expect(changesSince({ fullAt: day(8), lastRunAt: day(1) }, at)).toBeNull()
    expect(changesSince({ fullAt: null, lastRunAt: day(1) }, at)).toBeNull()
  })
  it('waits as Retry-After says, in seconds or until a date', () => {
    expect(retryAfter('120', 0)).toBe(120_000)
    expect(retryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 0)).toBe(60_000)
    expect(retryAfter('soon', 0)).toBeNull()
  })
})
