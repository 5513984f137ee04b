import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { decideDuplicate, listDuplicates } from '../duplicates/service.ts'
import { checkLinks, linksOfEntry } from '../links/service.ts'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { dismissSetAside, listSetAside, retrySetAside } from '../quarantine/service.ts'
import { createEntry, getEntry, harvestUrl, searchEntries } from '../service.ts'
import { feedbackOf, giveFeedback, answerFeedback } from '../feedback/service.ts'
import { scoreEntries } from './scoring.ts'
import { getQuality, getWorklist, sendWorklistDigest } from './service.ts'

const DAY = 86_400_000

describe('after a harvest', () => {
  let world: World
  let steward: User
  let holder: User
  let base: string
  let dead = false
  const bodies = new Map<string, string>()
  const server = createServer((request, response) => {
    const body = bodies.get(request.url ?? '')
    response.writeHead(body !== undefined && !(dead && request.url === '/file.csv') ? 200 : 404)
    response.end(request.method === 'HEAD' ? undefined : body)
  })

  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    base = `http://${host}`
    world = await createWorld({ config: { fetchAllow: [host] } })
    steward = world.as('steward')
    holder = world.as('holder')
    bodies.set('/file.csv', 'a;b')
  })
  afterAll(async () => {
    server.close()
    await world.close()
  })

  const catalogue = (prefix: string, modified: string, more = '') => `
    @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
    <https://${prefix}.example.org/1> a dcat:Dataset ; dct:title "Baumkataster von ${prefix}"@de ; dct:identifier "tree-register-1" ;
      dct:modified "${modified}" ; dcat:distribution <https://${prefix}.example.org/1#d> .
    <https://${prefix}.example.org/1#d> a dcat:Distribution ; dcat:accessURL <${base}/file.csv> ; dcat:downloadURL <${base}/file.csv> .
    ${more}`
  const read = async (name: string, body: string) => {
    bodies.set(`/${name}.ttl`, body)
    await harvestUrl(steward.ctx, {
      organisationId: world.organisationId,
      name,
      url: `${base}/${name}.ttl`,
      pace: 0,
    })
    await world.runJobs()
  }
  const total = async (q: string) => (await searchEntries(world.anonymous.ctx, { q })).total
  const idOf = async (q: string) => (await searchEntries(world.anonymous.ctx, { q })).hits[0]!.id

  it('lists data that two sources describe only once, and both again when a steward tells them apart', async () => {
    await read('alpha', catalogue('alpha', '2025-01-01'))
    await read('beta', catalogue('beta', '2025-06-01'))
    expect(await total('Baumkataster')).toBe(1)
    const { clusters } = await listDuplicates(steward.ctx, { state: 'open' })
    expect(clusters).toHaveLength(1)
    expect(clusters[0]).toMatchObject({ decidedBy: 'newer' })
    const winner = clusters[0]!.entries.find((each) => each.id === clusters[0]!.winner)!
    expect(winner.title).toContain('beta')
    const loser = clusters[0]!.members.find((id) => id !== winner.id)!
    expect((await getEntry(world.anonymous.ctx, loser)).state).toBe('duplicate')
    const page = await (await world.anonymous.get(`/catalogue/datasets/${loser}`)).text()
    expect(page).toContain('steht nicht in den Listen')
    await decideDuplicate(steward.ctx, { clusterId: clusters[0]!.id, decision: 'split' })
    expect(await total('Baumkataster')).toBe(2)
    await read('beta', `${catalogue('beta', '2025-07-01')} # anders`)
    expect(await total('Baumkataster')).toBe(2)
    await decideDuplicate(steward.ctx, { clusterId: clusters[0]!.id, decision: 'confirm', winner: loser })
    expect((await getEntry(world.anonymous.ctx, winner.id)).state).toBe('duplicate')
  })

  it('takes a record over once a steward has put it right, or leaves it out', async () => {
    const bad = (n: number) =>
      `<https://gamma.example.org/${n}> a dcat:Dataset ; dct:description "ohne Titel ${n}"@de .`
    await read('gamma', catalogue('gamma', '2025-01-01', bad(7) + bad(8)))
    const { records } = await listSetAside(steward.ctx, {})
    expect(records.map((each) => each.code)).toEqual(['no-title', 'no-title'])
    expect(await retrySetAside(steward.ctx, { id: records[0]!.id })).toMatchObject({ entryId: null })
    const raw = `<${records[0]!.remoteId}> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "Nachgetragener Titel"@de .`
    const taken = await retrySetAside(steward.ctx, { id: records[0]!.id, raw })
    expect((await getEntry(world.anonymous.ctx, taken.entryId!)).title).toBe('Nachgetragener Titel')
    await expect(retrySetAside(steward.ctx, { id: records[0]!.id })).rejects.toThrow('settled-already')
    expect((await dismissSetAside(steward.ctx, records[1]!.id)).state).toBe('dismissed')
    expect((await listSetAside(steward.ctx, {})).records).toEqual([])
  })

  it('checks addresses, calls them dead after two days without answer, and takes the points away', async () => {
    const id = await idOf('Baumkataster')
    await scoreEntries(world.system)
    const at = (days: number) => world.hub.makeCtx({ now: new Date(Date.now() + days * DAY) })
    expect(await checkLinks(at(0), { pace: 0 })).toMatchObject({ asked: 1, ok: 1 })
    expect((await linksOfEntry(world.system, id))[0]!.state).toBe('ok')
    dead = true
    await checkLinks(at(15), { pace: 0 })
    expect((await linksOfEntry(world.system, id))[0]!.state).toBe('suspect')
    await checkLinks(at(17), { pace: 0 })
    expect((await linksOfEntry(world.system, id))[0]!.state).toBe('broken')
    expect(await (await world.anonymous.get(`/catalogue/datasets/${id}`)).text()).toContain('tot seit')
  })

  it('shows everyone the sums, and the house what to mend first', async () => {
    await createEntry(holder.ctx, {
      organisationId: world.organisationId,
      record: {
        ...emptyRecord(),
        title: { de: 'Messwerte der Pegel' },
        description: { de: 'Stündlich gemessen.' },
        frequency: 'DAILY',
        modified: '2020-01-01',
        distributions: [{ ...emptyDistribution(), accessUrl: `${base}/file.csv`, format: 'CSV' }],
      },
    })
    await scoreEntries(world.system)
    const quality = await getQuality(world.anonymous.ctx)
    expect(quality.own).toMatchObject({ entries: 1, staleness: { overdue: 1 } })
    expect(quality.all.entries).toBeGreaterThan(1)
    expect(quality.houses[0]).toMatchObject({ entries: 1, overdue: 1, mayOpen: false })
    expect(quality.links.broken).toBe(1)
    const list = await getWorklist(holder.ctx, { organisationId: world.organisationId })
    expect(list.items[0]).toMatchObject({ title: 'Messwerte der Pegel', staleness: 'overdue' })
    expect(list.items[0]!.fixes[0]!.gain).toBe(30)
    const csv = await (await holder.get(`/catalogue/quality/${world.organisationId}.csv`)).text()
    expect(csv).toContain('Messwerte der Pegel')
    expect((await world.anonymous.get('/catalogue/quality')).status).toBe(200)
  })

  it('counts nothing for the page: sums, houses and addresses are those of one moment', async () => {
    const before = await getQuality(world.anonymous.ctx)
    const { db } = world.system
    await db
      .updateTable('catalogue_entry')
      .set({ visibility: 'own' })
      .where('source_id', 'is', null)
      .execute()
    await db.updateTable('catalogue_link').set({ state: 'unknown' }).execute()
    expect(await getQuality(world.anonymous.ctx)).toEqual(before)
    await db
      .updateTable('catalogue_entry')
      .set({ visibility: 'public' })
      .where('source_id', 'is', null)
      .execute()
    await scoreEntries(world.system)
    const after = await getQuality(world.anonymous.ctx)
    expect([before.links.broken > 0, after.links.broken]).toEqual([true, 0])
  })

  it('mails the house once what is late', async () => {
    const sent = await sendWorklistDigest(world.system, world.organisationId)
    const mails = (await world.mails()).filter((mail) => mail.subject.includes('Pflege'))
    expect(mails.length).toBe(sent)
    expect(sent).toBeGreaterThan(0)
    expect(mails[0]!.text).toContain('überfällig')
  })

  it('counts what users say, shows their words to the house alone, and the answer to all', async () => {
    const entryId = await idOf('Pegel')
    const text = 'Ich brauche Werte je Stunde'
    await giveFeedback(world.as('citizen').ctx, { entryId, kind: 'too-coarse', text })
    const seen = await feedbackOf(world.anonymous.ctx, entryId)
    expect(seen.counts.get('too-coarse')).toBe(1)
    expect(JSON.stringify(seen.remarks)).not.toContain(text)
    const inside = await feedbackOf(holder.ctx, entryId)
    expect(inside.remarks[0]!.text).toBe(text)
    await answerFeedback(holder.ctx, { feedbackId: inside.remarks[0]!.id, answer: 'Kommt im Mai.' })
    const page = await (await world.anonymous.get(`/catalogue/datasets/${entryId}`)).text()
    expect(page).toContain('Kommt im Mai.')
    expect(page).not.toContain(text)
  })
})
