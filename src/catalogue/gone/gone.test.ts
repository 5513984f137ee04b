import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { CommandIo } from '../../platform/command.ts'
import { advanceQuestion, raiseQuestion } from '../../questions/service.ts'
import { deskTasks } from '../desk/service.ts'
import { usesOf } from './uses.ts'
import { withdrawMissingEntries } from '../runs/jobs.ts'
import { withdrawMissing } from '../runs/service.ts'
import { addNeed, getEntry, getRun, harvestUrl, mapNeed, searchEntries } from '../service.ts'
import { changeSource } from '../sources/service.ts'
import { goneCommands } from './commands.ts'
import {
  adoptGone,
  buryRemoved,
  followRules,
  keepGone,
  listGone,
  removeGone,
  restoreGone,
} from './service.ts'

const DAY = 86_400_000
const catalogue = (numbers: readonly number[]) => `
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
${numbers.map((n) => `<https://example.org/set/${n}> a dcat:Dataset ; dct:identifier "set-${n}" ; dct:title "Datensatz ${n}"@de ; dct:description "Was an dieser Stelle gezählt wurde, Nummer ${n}"@de .`).join('\n')}`

describe('entries gone at their source', () => {
  let world: World
  let steward: User
  let server: Server
  let base: string
  let body = catalogue([1, 2, 3, 4, 5, 6])
  const twin = catalogue([71]).replaceAll('/set/', '/twin/')
  let sourceId: string
  const ids = new Map<string, string>()
  const idOf = (n: number) => ids.get(`Datensatz ${n}`)!
  const titles = async (removed = false) =>
    (await listGone(steward.ctx, { removed })).lines.map(({ entry }) => entry.title).toSorted()
  const later = (days: number) => steward.at(new Date(Date.now() + days * DAY))
  const harvest = async () => {
    const url = `${base}/catalog.ttl`
    const run = await harvestUrl(steward.ctx, {
      organisationId: world.organisationId,
      name: 'Land',
      url,
      pace: 0,
    })
    await world.runJobs()
    sourceId = run.sourceId
    return (await getRun(steward.ctx, run.id)).run
  }

  beforeAll(async () => {
    server = createServer(({ url }, response) =>
      response.writeHead(200, { 'content-type': 'text/turtle' }).end(url === '/twin.ttl' ? twin : body),
    )
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    base = `http://${host}`
    world = await createWorld({ config: { fetchAllow: [host] } })
    steward = world.as('steward')
    await harvest()
    const { hits } = await searchEntries(world.anonymous.ctx, { q: 'Datensatz', limit: 20 })
    for (const hit of hits) ids.set(hit.title, hit.id)
    const question = await raiseQuestion(steward.ctx, {
      title: 'Wo fehlt Schatten auf den Wegen?',
      why: 'Im Sommer ist es dort zu heiß für alle.',
    })
    await advanceQuestion(world.system, { questionId: question.id, to: 'prioritised' })
    const need = await addNeed(steward.ctx, { questionId: question.id, what: 'Datensatz 2' })
    await mapNeed(steward.ctx, { needId: need.id, entryId: idOf(2) })
    body = catalogue([6])
    await harvest()
    await world.system.db
      .updateTable('catalogue_harvested')
      .set({ missing_since: new Date(Date.now() - 8 * DAY) })
      .where('missing_since', 'is not', null)
      .execute()
    await withdrawMissing(world.hub.makeCtx())
  })
  afterAll(async () => {
    server.close()
    await world.close()
  })

  it('lists them with since when, from where, and what refers to them', async () => {
    const { lines, counts } = await listGone(steward.ctx)
    expect(counts).toEqual({ gone: 5, kept: 0, removed: 0 })
    const used = lines.find(({ entry }) => entry.id === idOf(2))!
    expect(used.entry).toMatchObject({ sourceName: 'Land', identifier: 'set-2' })
    expect(used.uses).toMatchObject([{ kind: 'need' }])
    const page = await (await steward.get('/catalogue/gone')).text()
    expect(page).toContain('Datensatz 5')
    expect(page).toContain('/catalogue/needs/')
    expect((await steward.get('/en/catalogue/gone?show=removed')).status).toBe(200)
    expect(await (await steward.get('/catalogue/sources')).text()).toContain('Verschwunden (5)')
    const task = (await deskTasks(steward.ctx)).find(({ id }) => id === 'sources')
    expect(task?.text.de).toContain('5 verschwundene Einträge')
    expect(await (await steward.get(`/catalogue?source=${sourceId}`)).text()).toContain('Quelle: Land')
    expect(await (await steward.get(`/catalogue/saved/new?source=${sourceId}`)).text()).toContain(
      'Quelle: Land',
    )
  })

  it('asks the rooms that keep agreements and answers, whatever their state', async () => {
    const [agreed, answered] = [idOf(4), idOf(5)]
    const content = JSON.stringify({ sources: [{ entryId: answered }], map: null })
    await world.system.db.transaction().execute(async (trial) => {
      await sql`insert into cooperation_agreement (id, question_id, title, state, version, charter, hash, valid_from, valid_until, created_at)
        values ('a', 'q', 'A', 'ended', 2, '1', 'h', '2020-01-01', '2020-12-31', now())`.execute(trial)
      await sql`insert into cooperation_version (agreement_id, version, charter, terms, overrides, hash, created_at)
        values ('a', 1, '1', ${JSON.stringify({ entries: [{ entryId: agreed }] })}::jsonb, '[]', 'h', now())`.execute(
        trial,
      )
      await sql`insert into answers_answer (id, number, question_id, state, draft, parties, created_at, updated_at)
        values ('w', 'A-1', 'q', 'published', '{}', '[]', now(), now())`.execute(trial)
      await sql`insert into answers_version (answer_id, version, content, changes, files, entry_id, sha256, published_at)
        values ('w', 1, ${content}::jsonb, '', '[]', 'e', 's', now())`.execute(trial)
      const uses = await usesOf({ ...world.system, db: trial }, [agreed, answered])
      expect(uses.get(agreed)).toMatchObject([{ kind: 'agreement', href: '/cooperation/agreements/a' }])
      expect(uses.get(answered)).toMatchObject([{ kind: 'answer', href: '/answers/A-1' }])
      for (const name of [
        'answers_version',
        'answers_answer',
        'cooperation_version',
        'cooperation_agreement',
      ])
        await sql`delete from ${sql.table(name)}`.execute(trial)
    })
  })

  it('answers 410 with the name and a way forward once one was removed, and takes it back', async () => {
    await steward.post('/catalogue/gone/remove', { id: idOf(1) })
    const answer = await world.anonymous.get(`/catalogue/datasets/${idOf(1)}`)
    expect(answer.status).toBe(410)
    const text = await answer.text()
    expect(text).toContain('Datensatz 1')
    expect(text).toContain('set-1')
    expect(text).toContain('/catalogue?q=Datensatz+1')
    for (const path of [`/catalogue/datasets/${idOf(1)}.ttl`, `/api/v1/catalogue/datasets/${idOf(1)}`])
      expect((await world.anonymous.get(path)).status).toBe(410)
    expect((await world.anonymous.get(`/api/3/action/package_show?id=${idOf(1)}`)).status).toBe(404)
    await steward.post('/catalogue/gone/restore', { id: idOf(1) })
    expect((await world.anonymous.get(`/catalogue/datasets/${idOf(1)}`)).status).toBe(200)
    await expect(restoreGone(steward.ctx, idOf(1))).rejects.toThrow('catalogue/not-gone')
  })

  it('shows how many a removal takes before it takes them, and leaves the pinned ones', async () => {
    await keepGone(steward.ctx, { id: idOf(3), keep: true })
    const later9 = await steward.post('/catalogue/gone/many', { days: '0', source: sourceId })
    expect(await later9.text()).toContain('4 Einträge')
    expect(await titles()).toHaveLength(5)
    const io = commandIo()
    expect(await purge(later(60), { 'older-than': '30' }, io)).toBe(0)
    expect(io.lines).toEqual(['4 would be removed, 1 of them are in use; do it with --yes'])
    expect(await removeGone(later(60), { days: 90 })).toBe(0)
    expect(await purge(later(60), { 'older-than': '30', yes: true }, io)).toBe(0)
    expect(await titles()).toEqual(['Datensatz 3'])
    expect(await titles(true)).toHaveLength(4)
    expect(await purge(steward.ctx, { 'older-than': 'soon' }, io)).toBe(2)
  })

  it('deletes for good after thirty days, but never what is in use', async () => {
    const job = (days: number) => world.hub.makeCtx({ now: new Date(Date.now() + days * DAY) })
    await restoreGone(steward.ctx, idOf(4))
    expect(await buryRemoved(job(70))).toBe(0)
    expect(await buryRemoved(job(91))).toBe(2)
    expect(await titles(true)).toEqual(['Datensatz 2'])
    expect((await world.anonymous.get(`/catalogue/datasets/${idOf(1)}`)).status).toBe(410)
    expect((await world.anonymous.get(`/catalogue/datasets/${idOf(2)}`)).status).toBe(410)
    await expect(restoreGone(steward.ctx, idOf(1))).rejects.toThrow('catalogue/not-gone')
    await restoreGone(steward.ctx, idOf(2))
    expect((await getEntry(world.anonymous.ctx, idOf(2))).title).toBe('Datensatz 2')
  })

  it('follows the rule of a source, which keeps everything unless it says otherwise', async () => {
    const job = world.hub.makeCtx({ now: new Date(Date.now() + 40 * DAY) })
    expect(await followRules(job)).toBe(0)
    await changeSource(steward.ctx, {
      sourceId,
      name: 'Land',
      schedule: 'manual',
      pace: 0,
      priority: 50,
      removeAfter: 30,
    })
    expect(await followRules(job)).toBe(2)
    expect(await titles()).toEqual(['Datensatz 3'])
  })

  it('carries one on as an own entry of its house', async () => {
    await adoptGone(steward.ctx, idOf(3))
    const entry = await getEntry(world.anonymous.ctx, idOf(3))
    expect(entry).toMatchObject({ state: 'live', sourceId: null, version: 2 })
    const edit = { title: 'Datensatz 3, nun von hier' }
    const answer = await world.as('holder').json('PUT', `/api/v1/catalogue/datasets/${idOf(3)}`, edit)
    expect(answer.status).toBe(200)
  })

  it('brings back what its source lists again, and leads from a deleted address to the new entry', async () => {
    body = catalogue([1, 2, 4, 6])
    expect(await harvest()).toMatchObject({ state: 'complete', created: 1 })
    expect((await getEntry(world.anonymous.ctx, idOf(2))).state).toBe('live')
    expect((await getEntry(world.anonymous.ctx, idOf(4))).state).toBe('live')
    const answer = await world.anonymous.json('GET', `/api/v1/catalogue/datasets/${idOf(1)}`)
    expect(answer.status).toBe(410)
    const { next } = (await answer.json()) as { next: { href: string } }
    expect((await world.anonymous.get(next.href)).status).toBe(200)
  })

  it('does it over the interface for programs, and puts every step on public record', async () => {
    const removals = '/api/v1/catalogue/gone/removals'
    expect((await world.as('holder').json('POST', removals, { days: 0 })).status).toBe(403)
    const foreseen = await steward.json('POST', `${removals}/foreseen`, { days: 0 })
    expect(await foreseen.json()).toEqual({ total: 0, inUse: 0 })
    expect((await steward.json('POST', removals, { ids: ['x'] })).status).toBe(400)
    expect((await steward.json('POST', `/api/v1/catalogue/gone/${idOf(6)}/restore`)).status).toBe(409)
    const list = await steward.get('/api/v1/catalogue/gone')
    expect(await list.json()).toMatchObject({ counts: { gone: 0, kept: 0, removed: 0 } })
    const events = await world.system.db.selectFrom('transparency_entry').select('event').distinct().execute()
    const names = events.map((each) => each.event)
    for (const name of [
      'entries-removed',
      'entry-restored',
      'entry-kept',
      'entry-adopted',
      'entries-deleted',
    ])
      expect(names).toContain(`catalogue.${name}`)
  })

  function commandIo(): CommandIo & { readonly lines: string[] } {
    const lines: string[] = []
    return { lines, out: (line) => lines.push(line), note: () => {}, json: false }
  }
  async function purge(ctx: User['ctx'], options: Record<string, string | true>, io: CommandIo) {
    const command = goneCommands.find((each) => each.verb === 'purge')!
    return command.needsHub ? command.run(ctx, { words: [], options }, io) : 2
  }

  it('shows the same data of another source again when what stood in their place is gone', async () => {
    body = catalogue([6, 71])
    await harvest()
    const named = { organisationId: world.organisationId, name: 'Zwilling', url: `${base}/twin.ttl`, pace: 0 }
    await harvestUrl(steward.ctx, named)
    await world.runJobs()
    const shown = async () => {
      const { hits } = await searchEntries(world.anonymous.ctx, { q: '"Datensatz 71"' })
      return Promise.all(hits.map(async ({ id }) => (await getEntry(world.anonymous.ctx, id)).record.uri))
    }
    expect(await shown()).toEqual(['https://example.org/set/71'])
    body = catalogue([6])
    await harvest()
    await withdrawMissingEntries.run({ ...world.system, now: later(8).now }, {})
    await world.runJobs()
    expect(await shown()).toEqual(['https://example.org/twin/71'])
  })
})
