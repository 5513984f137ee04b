import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { confirmRemoval, getRun, harvestUrl, importDcat, listFindings, searchEntries } from '../service.ts'
import { retrySetAside } from '../quarantine/service.ts'
import { findRaw, listQuarantined } from '../quarantine/store.ts'
import { removalLimit, sawEverything } from './model.ts'
import { withdrawMissing } from './service.ts'

const ROSTOCK = join(
  import.meta.dirname,
  '../../../../shared/fixtures/dcat/catalogues/govdata-dashboard/rostock-catalog-original-input.rdf.gz',
)

const dataset = (n: number, more = '') => `
<https://example.org/set/${n}> a dcat:Dataset ; dct:title "Datensatz ${n}"@de ; dct:description "Beschreibung ${n}"@de ;
  dct:publisher <https://example.org/amt> ; dcat:keyword "Wort${n}"@de ${more} .`
const turtle = (body: string) => `
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
<https://example.org/amt> a foaf:Agent ; foaf:name "Umweltamt" . ${body}`
const catalogue = (from: number, to: number, more = '') =>
  turtle(Array.from({ length: to - from + 1 }, (_, i) => dataset(from + i)).join('\n') + more)
const fileOf = (text: string | Uint8Array<ArrayBuffer>, name: string) => new File([text], name)

describe('reading catalogues', () => {
  let world: World
  let steward: User
  let server: Server
  let base: string
  const pages = new Map<string, { status?: number; body: string | Buffer; type?: string }>()

  beforeAll(async () => {
    server = createServer((request, response) => {
      const found = pages.get(request.url ?? '')
      response.writeHead(found?.status ?? (found ? 200 : 404), {
        'content-type': found?.type ?? 'text/turtle',
      })
      response.end(found?.body ?? '')
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    base = `http://${host}`
    world = await createWorld({ config: { fetchAllow: [host] } })
    steward = world.as('steward')
  })
  afterAll(async () => {
    server.close()
    await world.close()
  })

  const harvest = async (path: string) => {
    const run = await harvestUrl(steward.ctx, {
      organisationId: world.organisationId,
      name: `Katalog ${path}`,
      url: base + path,
      pace: 0,
    })
    await world.runJobs()
    return (await getRun(steward.ctx, run.id)).run
  }

  it('imports a file and leaves the unchanged alone the second time', async () => {
    const file = fileOf(catalogue(1, 60), 'amt.ttl')
    const first = await importDcat(steward.ctx, { organisationId: world.organisationId, file })
    await world.runJobs()
    expect((await getRun(steward.ctx, first.id)).run).toMatchObject({
      state: 'complete',
      created: 60,
      quarantined: 0,
    })
    const again = fileOf(catalogue(1, 59) + dataset(60, '; dcat:keyword "Neu"@de'), 'amt.ttl')
    const second = await importDcat(steward.ctx, { organisationId: world.organisationId, file: again })
    await world.runJobs()
    expect((await getRun(steward.ctx, second.id)).run).toMatchObject({
      state: 'complete',
      created: 0,
      changed: 1,
      unchanged: 59,
    })
    const found = await searchEntries(world.anonymous.ctx, { q: 'Datensatz', limit: 1 })
    expect(found).toMatchObject({ total: 60, holders: 1 })
    expect(found.hits[0]?.holderName).toBe('Umweltamt')
  })

  it('sets bad records aside with their raw input and takes the good ones', async () => {
    const body = turtle(
      `${dataset(901)} <https://example.org/bad> a dcat:Dataset ; dct:description "ohne Titel"@de . [] a dcat:Dataset ; dct:title "namenlos"@de .`,
    )
    const run = await importDcat(steward.ctx, {
      organisationId: world.organisationId,
      file: fileOf(body, 'mixed.ttl'),
    })
    await world.runJobs()
    expect((await getRun(steward.ctx, run.id)).run).toMatchObject({
      state: 'complete',
      created: 1,
      quarantined: 2,
    })
    const { findings } = await listFindings(steward.ctx, run.id)
    const waiting = await listQuarantined(world.system.db, { state: 'open' })
    const untitled = waiting.find((each) => each.code === 'no-title')
    expect(await findRaw(world.system.db, untitled!.id)).toContain('ohne Titel')
    expect(findings.some((each) => each.code === 'no-identity')).toBe(true)
  })

  it('leaves what a steward has put right alone while its source goes on saying the same', async () => {
    pages.set('/right', { body: catalogue(921, 922) })
    expect(await harvest('/right')).toMatchObject({ created: 2 })
    pages.set('/right', { body: catalogue(921, 922).replace('dct:title "Datensatz 922"@de ;', '') })
    expect(await harvest('/right')).toMatchObject({ unchanged: 1, quarantined: 1 })
    const [record] = await listQuarantined(world.system.db, { state: 'open' })
    expect(record?.remoteId).toBe('https://example.org/set/922')
    expect(await retrySetAside(steward.ctx, { id: record!.id, raw: turtle(dataset(922)) })).toMatchObject({
      entryId: expect.any(String) as string,
    })
    expect(await harvest('/right')).toMatchObject({ unchanged: 2, quarantined: 0, changed: 0 })
    pages.set('/right', { body: catalogue(921, 922).replace('"Beschreibung 922"', '"Neue Worte"') })
    expect(await harvest('/right')).toMatchObject({ unchanged: 1, changed: 1 })
  })

  it('takes what a broken file says before the fault and calls the run incomplete', async () => {
    const run = await importDcat(steward.ctx, {
      organisationId: world.organisationId,
      file: fileOf(`${catalogue(911, 912)} <broken`, 'broken.ttl'),
    })
    await world.runJobs()
    expect((await getRun(steward.ctx, run.id)).run.state).toBe('incomplete')
  })

  it('follows pages and removes nothing after an incomplete run', async () => {
    const more = (next: string | null, total: number) =>
      ` <https://example.org/page> a hydra:PartialCollectionView ; hydra:totalItems ${total} ${next ? `; hydra:next "${base}${next}"` : ''} .`
    pages.set('/a?page=1', { body: catalogue(101, 130, more('/a?page=2', 60)) })
    pages.set('/a?page=2', { body: catalogue(131, 160, more(null, 60)) })
    expect(await harvest('/a?page=1')).toMatchObject({ state: 'complete', created: 60, expected: 60 })
    pages.set('/a?page=2', { body: '', status: 500 })
    expect(await harvest('/a?page=1')).toMatchObject({
      state: 'incomplete',
      gone: 0,
      missing: 0,
      unchanged: 30,
    })
    pages.set('/a?page=2', { body: catalogue(131, 140, more(null, 60)) })
    expect(await harvest('/a?page=1')).toMatchObject({ state: 'incomplete', gone: 0 })
    expect((await searchEntries(world.anonymous.ctx, { q: 'Wort155' })).total).toBe(1)
  })

  it('takes a few missing entries away, brings them back, and asks before taking many', async () => {
    pages.set('/b', { body: catalogue(201, 260) })
    expect(await harvest('/b')).toMatchObject({ state: 'complete', created: 60 })
    pages.set('/b', { body: catalogue(201, 250) })
    expect(await harvest('/b')).toMatchObject({ state: 'complete', missing: 10, gone: 0, withheld: 0 })
    const days = (n: number) => world.hub.makeCtx({ now: new Date(Date.now() + n * 86_400_000) })
    expect(await withdrawMissing(days(6))).toBe(0)
    expect((await searchEntries(world.anonymous.ctx, { q: 'Wort255' })).total).toBe(1)
    expect(await withdrawMissing(days(8))).toBe(10)
    expect((await searchEntries(world.anonymous.ctx, { q: 'Wort255' })).total).toBe(0)
    pages.set('/b', { body: catalogue(201, 260) })
    expect(await harvest('/b')).toMatchObject({ state: 'complete', gone: 0, unchanged: 60 })
    expect((await searchEntries(world.anonymous.ctx, { q: 'Wort255' })).total).toBe(1)
    pages.set('/b', { body: catalogue(201, 205) })
    const run = await harvest('/b')
    expect(run).toMatchObject({ state: 'complete', gone: 0, withheld: 55 })
    expect((await confirmRemoval(steward.ctx, run.id)).gone).toBe(55)
    await expect(confirmRemoval(steward.ctx, run.id)).rejects.toThrow('catalogue/nothing-withheld')
  })

  it('refuses addresses off the public internet', async () => {
    const response = await steward.post('/catalogue/sources', {
      organisationId: world.organisationId,
      name: 'Innen',
      url: 'http://169.254.169.254/latest/meta-data',
    })
    expect(response.status).toBe(422)
    const again = await response.text()
    expect(again).toContain('nicht im öffentlichen Internet')
    expect(again).toContain('value="http://169.254.169.254/latest/meta-data"')
    expect(again).toContain('href="#url-url"')
  })

  it('shows a preview before anything is taken over, and the run afterwards', async () => {
    pages.set('/c', { body: catalogue(301, 330) })
    const preview = await (
      await steward.post('/catalogue/sources', {
        organisationId: world.organisationId,
        name: 'Katalog C',
        url: `${base}/c`,
      })
    ).text()
    expect(preview).toContain('Datensatz 320')
    expect(preview).not.toContain('Datensatz 321')
    expect((await searchEntries(steward.ctx, { q: 'Wort320' })).total).toBe(0)
    const started = await steward.post('/catalogue/sources/add', {
      organisationId: world.organisationId,
      name: 'Katalog C',
      url: `${base}/c`,
    })
    expect(started.status).toBe(303)
    const running = await steward.get(started.headers.get('location')!)
    expect(await running.text()).toContain('http-equiv="refresh"')
    await world.runJobs()
    const finished = await steward.get(started.headers.get('location')!)
    const shown = await finished.text()
    expect(shown).toContain('vollständig')
    expect(shown).not.toContain('http-equiv="refresh"')
  })

  it.skipIf(!existsSync(ROSTOCK))('harvests the catalogue of Rostock', { timeout: 120_000 }, async () => {
    pages.set('/rostock.rdf.gz', { body: readFileSync(ROSTOCK), type: 'application/octet-stream' })
    // The file is the first of three pages; the others lie on the city's own host, so the run is rightly not complete.
    const run = await harvest('/rostock.rdf.gz')
    expect(run).toMatchObject({ state: 'incomplete', created: 100, expected: 217, gone: 0, quarantined: 0 })
    expect((await listFindings(steward.ctx, run.id)).findings[0]?.code).toBe('next-page-elsewhere')
    expect(
      (await searchEntries(world.anonymous.ctx, { q: 'Rostock', format: ['CSV'] })).total,
    ).toBeGreaterThan(10)
    expect(await harvest('/rostock.rdf.gz')).toMatchObject({ created: 0, changed: 0, unchanged: 100 })
  })
})

describe('the delete guard', () => {
  it('lets ten percent go, but at least twenty', () => {
    expect([removalLimit(5), removalLimit(200), removalLimit(1000)]).toEqual([20, 20, 100])
  })
  it('counts a run as whole only without failures and with all announced datasets', () => {
    expect(sawEverything({ failures: 0, expected: null, seen: 3 })).toBe(true)
    expect(sawEverything({ failures: 1, expected: null, seen: 3 })).toBe(false)
    expect(sawEverything({ failures: 0, expected: 10, seen: 9 })).toBe(false)
  })
})
