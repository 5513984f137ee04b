import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { transact } from '../../platform/context.ts'
import { countLive } from '../engine/collection.ts'
import { emptyRecord } from '../model.ts'
import { createEntry, searchEntries, updateEntry } from '../service.ts'
import { createLiveIndex } from './live.ts'
import { clearLog, isBeforeFloor, positionNow, readLog } from './log.ts'
import { queryCatalogue } from './query.ts'
import { loadSnapshot, saveSnapshot } from './snapshot.ts'
import { suggestSearches } from './suggest.ts'
import { createWorkshop } from './workshop.ts'

describe('the live index', () => {
  let world: World
  let folder: string
  const record = (title: string) => ({
    ...emptyRecord(),
    title: { de: title },
    description: { de: `Beschreibung: ${title}` },
    keywords: [{ text: 'Wasser', lang: 'de' }],
    ags: '05315000',
  })
  const add = (title: string, visibility: 'public' | 'own' = 'public') =>
    createEntry(world.system, { organisationId: world.organisationId, record: record(title), visibility })
  const open = () => createLiveIndex({ db: world.system.db, dir: folder, log: world.system.log })
  beforeAll(async () => {
    world = await createWorld()
    folder = await mkdtemp(join(tmpdir(), 'allmende-live-'))
  })
  afterAll(async () => {
    await world.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('knows what has just been written, changed and closed', async () => {
    const total = async (q: string) => (await searchEntries(world.anonymous.ctx, { q })).total
    const entry = await add('Trinkbrunnen')
    expect(await total('Brunnen')).toBe(1)
    await updateEntry(world.as('holder').ctx, { id: entry.id, record: record('Springquelle') })
    expect([await total('Trinkbrunnen'), await total('Springquelle')]).toEqual([0, 1])
    await updateEntry(world.as('holder').ctx, { id: entry.id, visibility: 'own' })
    expect(await total('Springquelle')).toBe(0)
    expect((await searchEntries(world.as('holder').ctx, { q: 'Springquelle' })).total).toBe(1)
  })

  it('never takes in what a transaction takes back, and sees its own writes in the tables meanwhile', async () => {
    const undone = transact(world.system, async (ctx) => {
      await createEntry(ctx, { organisationId: world.organisationId, record: record('Luftschloss') })
      expect((await searchEntries(ctx, { q: 'Luftschloss' })).total).toBe(1)
      throw new Error('taken back')
    })
    await expect(undone).rejects.toThrow('taken back')
    expect((await searchEntries(world.system, { q: 'Luftschloss' })).total).toBe(0)
  })

  it('is loaded from its file and catches up from there; a file of another database is not used', async () => {
    await add('Wasserturm')
    const first = open()
    const collection = await first.ready()
    const before = countLive(collection)
    await first.close()
    const path = join(folder, 'catalogue-index.bin')
    await saveSnapshot(path, { collection, position: await positionNow(world.system.db), learned: before })
    await add('Wasserwerk')
    const second = open()
    expect(countLive(await second.ready())).toBe(before + 1)
    await second.close()
    const strange = { collection, position: { xid: '999999999', seq: '1' }, learned: before }
    await saveSnapshot(path, strange)
    const third = open()
    expect(countLive(await third.ready())).toBe(before + 1)
    await third.close()
    expect(await loadSnapshot(join(folder, 'nothing.bin'))).toBeUndefined()
    expect((await stat(path)).size).toBeGreaterThan(1000)
  })

  it('builds in a thread of its own what it builds here, and merges there', async () => {
    const index = open()
    const state = await index.ready()
    const { layers, lexicon } = state
    const workshop = createWorkshop()
    const packed = await workshop.merge(layers)
    // An entry that was read again lies in two layers, and only the newer one counts.
    expect(packed.size).toBe(countLive(state))
    await workshop.add([])
    expect((await workshop.seal(lexicon.own)).packed.size).toBe(0)
    await workshop.close()
    await expect(workshop.merge([])).rejects.toThrow(/reduce|layers|undefined/)
    await workshop.close()
    expect(await index.rebuild()).toBe(countLive(await index.ready()))
    await index.close()
  })

  it('reads the log in order of transactions, and knows when lines are missing', async () => {
    const { db } = world.system
    // Settled is what no transaction of the whole server still runs beside; other tests share it.
    const patience = { timeout: 25_000 }
    let position = await positionNow(db)
    const newer = async () => readLog(db, (position = await positionNow(db)), 10)
    await expect.poll(newer, patience).toEqual([])
    await add('Wasserfall')
    await expect.poll(() => readLog(db, position, 10), patience).toMatchObject([{ settled: true }])
    const lines = await readLog(db, position, 10)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ hide: false })
    expect(await readLog(db, { xid: lines[0]!.xid, seq: lines[0]!.seq }, 10)).toEqual([])
    expect(await isBeforeFloor(db, position)).toBe(false)
    expect((await searchEntries(world.anonymous.ctx, { q: 'Wasserfall' })).total).toBe(1)
    await clearLog(db, new Date(Date.now() + 60_000))
    expect(await isBeforeFloor(db, { xid: '1', seq: '0' })).toBe(true)
    expect((await searchEntries(world.anonymous.ctx, { q: 'Wasserfall' })).total).toBe(1)
  })

  it('suggests words and entries, but none from closed ones', async () => {
    await add('Geheimquellenplan', 'own')
    const found = await suggestSearches(world.anonymous.ctx, 'Plan Wasserf')
    expect(found.searches).toContainEqual({ q: 'Plan wasserfall', n: 1 })
    const closed = await suggestSearches(world.anonymous.ctx, 'Geheimq')
    expect(closed).toEqual({ searches: [], entries: [] })
    expect((await suggestSearches(world.as('holder').ctx, 'Geheimq')).entries).toHaveLength(1)
    const html = await (await world.anonymous.get('/catalogue/suggest?q=Wasserf')).text()
    expect(html).toContain('Wasserfall')
    const api = await (await world.anonymous.get('/api/v1/catalogue/search?q=Wassr&region=05')).json()
    expect(JSON.stringify(api)).not.toContain('Geheim')
  })

  it('answers other interfaces by nested conditions and slices', async () => {
    const answer = await queryCatalogue(world.anonymous.ctx, {
      filter: {
        all: [
          { field: 'tag', value: 'wass*' },
          { not: { words: 'Turm' } },
          { any: [{ field: 'region', value: '05315' }] },
        ],
      },
      facets: ['holder'],
      order: 'title',
      offset: 1,
      limit: 1,
    })
    expect(answer?.total).toBe(2)
    expect(answer?.hits.map((hit) => hit.title)).toEqual(['Wasserwerk'])
    expect(answer?.facets).toMatchObject([{ facet: 'holder', count: 2 }])
  })
})
