import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { full, service } from '../dcat/examples.ts'
import { createEntry, searchEntries } from '../service.ts'
import { scoreEntries } from '../worklist/scoring.ts'
import { scoreOf } from '../worklist/service.ts'

describe('a service beside data', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    for (const record of [full, service])
      await createEntry(world.system, { organisationId: world.organisationId, record })
    await scoreEntries(world.system)
  })
  afterAll(() => world.close())
  const text = async (path: string) => (await world.anonymous.get(path)).text()
  const found = () => searchEntries(world.anonymous.ctx, { q: 'Hitzetage', kind: ['service'] })

  it('is found as one, and counted as one', async () => {
    const all = await searchEntries(world.anonymous.ctx, { q: 'Hitzetage' })
    expect(all.hits.map((hit) => hit.kind).toSorted()).toEqual(['dataset', 'service'])
    expect(all.facets.filter((each) => each.facet === 'kind')).toEqual([
      { facet: 'kind', value: 'dataset', count: 1 },
      { facet: 'kind', value: 'service', count: 1 },
    ])
    expect((await found()).hits.map((hit) => hit.title)).toEqual(['Hitzetage (WFS)'])
  })

  it('is found by the tables as by the index', async () => {
    const ctx = { ...world.anonymous.ctx, inTransaction: true }
    const byTables = await searchEntries(ctx, { q: 'Hitzetage', kind: ['service'] })
    expect(byTables.hits.map((hit) => hit.kind)).toEqual(['service'])
    expect(byTables.facets.filter((each) => each.facet === 'kind')).toHaveLength(2)
  })

  it('says so in lists, suggestions, files and answers for programs', async () => {
    expect(await text('/catalogue')).toContain('2 Einträge')
    expect(await text('/catalogue?kind=service')).toMatch(/1 Dienst\s*</)
    expect(await text('/en/catalogue?kind=dataset')).toMatch(/1 dataset\s*</)
    expect(await text('/catalogue/suggest?q=hitze')).toContain('Dienst · ')
    const csv = await text('/catalogue/export.csv?kind=service')
    expect(csv.split('\r\n').map((line) => line.split(',')[1])).toEqual(['Art', 'Dienst', undefined])
    const rest = JSON.parse(await text('/api/v1/catalogue/search?kind=service')) as { hits: unknown[] }
    expect(rest.hits).toMatchObject([{ kind: 'service' }])
    const { result } = JSON.parse(
      await text('/api/3/action/package_search?fq=extras_resource-type:service'),
    ) as { result: { results: unknown[] } }
    expect(result.results).toMatchObject([{ title: 'Hitzetage (WFS)', num_resources: 1 }])
  })

  it('is an API for search engines, and has points of its own', async () => {
    const [hit] = (await found()).hits
    expect(await text(`/catalogue/datasets/${hit!.id}`)).toContain('"@type": "WebAPI"')
    expect(await text(`/catalogue/datasets/${hit!.id}`)).toContain('100 von 100 Punkten für Dienste')
    expect(await scoreOf(world.anonymous.ctx, hit!)).toMatchObject({ mqa: null, inventory: 100, dueOn: null })
  })

  it('leads from its page to its data, and from theirs to it', async () => {
    const [data] = (await searchEntries(world.anonymous.ctx, { kind: ['dataset'] })).hits
    const [own] = (await found()).hits
    // Harvests keep the names of data; here they are noted by hand.
    const key = { entry_id: data!.id, kind: 'identifier' as const, key: service.service!.serves[0]! }
    await world.system.db.insertInto('catalogue_entry_key').values(key).execute()
    const page = await text(`/catalogue/datasets/${own!.id}`)
    expect(page).toContain(`/catalogue/datasets/${data!.id}"`)
    expect(page).not.toContain('Wer sieht was')
    const there = await text(`/en/catalogue/datasets/${data!.id}`)
    expect(there).toContain('Also as a service')
    expect(there).toContain(`/catalogue/datasets/${own!.id}"`)
  })

  it('is linked to its data wherever these are described, on whatever page it stands itself', async () => {
    const data = await text('/catalog.ttl?fq=-extras_resource-type:service')
    expect(data).toMatch(/datasets\/3> dcat:servesDataset <[^>]*datasets\/1>/)
    expect(data).not.toContain('DataService')
    expect(await text('/catalog.ttl?fq=extras_resource-type:service')).not.toContain('servesDataset')
    expect((await text('/catalog.ttl')).match(/servesDataset/g)).toHaveLength(1)
    const [dataset] = (await searchEntries(world.anonymous.ctx, { kind: ['dataset'] })).hits
    expect(await text(`/catalogue/datasets/${dataset!.id}.ttl`)).toContain('servesDataset')
  })
})
