import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { DatasetRecord } from '../model.ts'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { createEntry } from '../service.ts'
import { actions } from './actions.ts'
import { filterOf } from './filter.ts'
import { askIndex, translate } from './indexed.ts'
import { filterFacts } from './search.ts'
import { parseSolr } from './solr.ts'
import { countPackages, findPackages } from './store.ts'

const LICENCE = 'http://dcat-ap.de/def/licenses/dl-by-de/2.0'
const SECRET = 'nur-im-haus-4711'

type Answer = { success: boolean; help: string; result: never; error: Record<string, unknown> }

let world: World
let holder: User
const ids: string[] = []

function recordOf(title: string, extra: Partial<DatasetRecord> = {}): DatasetRecord {
  const file = {
    ...emptyDistribution(),
    title: { de: `${title} als Tabelle` },
    accessUrl: 'https://daten.example/liste.csv',
    format: 'CSV',
    licence: LICENCE,
  }
  return {
    ...emptyRecord(),
    title: { de: title },
    description: { de: 'Was man darüber wissen muss.' },
    keywords: [{ text: 'Spielplatz', lang: 'de' }],
    themes: ['EDUC'],
    distributions: [file],
    ...extra,
  }
}

beforeAll(async () => {
  world = await createWorld()
  const house = await world.organisation('Stadtwerke Süd')
  holder = await world.person({ roles: [{ role: 'holder', organisationId: house.id }] })
  const add = async (record: DatasetRecord, visibility: 'public' | 'own' = 'public') => {
    const entry = await createEntry(holder.ctx, { organisationId: house.id, record, visibility })
    ids.push(entry.id)
    return entry
  }
  for (let n = 0; n < 25; n++) await add(recordOf(`Bäume Bezirk ${String(n).padStart(2, '0')}`))
  await add(
    recordOf('Kita-Plätze', {
      themes: ['SOCI'],
      access: { ...emptyRecord().access, type: 'sandbox' },
      inventory: { ...emptyRecord().inventory, location: SECRET },
    }),
  )
  await add(recordOf(`Verborgenes ${SECRET}`), 'own')
})
afterAll(() => world.close())

async function act(name: string, params: Record<string, string> = {}): Promise<Answer & { status: number }> {
  const response = await world.anonymous.get(`/api/3/action/${name}?${new URLSearchParams(params)}`)
  return { ...((await response.json()) as Answer), status: response.status }
}

const search = async (params: Record<string, string>) =>
  (await act('package_search', params)).result as {
    count: number
    results: { id: string; title: string; name: string }[]
    facets: Record<string, Record<string, number>>
  }

describe('the CKAN action API', () => {
  it('gives a harvester’s loop every public dataset once', async () => {
    const seen: string[] = []
    for (let start = 0; ; start += 10) {
      const { results, count } = await search({ rows: '10', start: String(start), sort: 'id asc' })
      expect(count).toBe(26)
      if (results.length === 0) break
      seen.push(...results.map((each) => each.id))
    }
    expect(seen).toHaveLength(26)
    expect(new Set(seen)).toEqual(new Set(ids.slice(0, 26)))
  })

  it('sorts by name as names are written, houses and themes in the direction asked for', async () => {
    const names = (await search({ rows: '30', sort: 'name asc' })).results.map((each) => each.name)
    expect(names).toEqual(names.toSorted())
    const down = (await search({ rows: '30', sort: 'name desc' })).results.map((each) => each.name)
    expect(down).toEqual(names.toReversed())
    const themes = async (sort: string) => (await act('group_list', { sort })).result as string[]
    expect(await themes('name desc')).toEqual((await themes('name asc')).toReversed())
    expect((await themes('package_count')).slice(0, 2)).toEqual(['educ', 'soci'])
    expect(await act('organization_list', { sort: 'nothing' })).toMatchObject({ status: 409 })
  })

  it('forgives single quotes and brackets in plain words, and completes names', async () => {
    for (const q of ['"Bezirk', 'Bezirk (', 'Bezirk AND', 'Bezirk^'])
      expect([q, (await search({ q })).count]).toEqual([q, 25])
    expect((await search({ q: '(((' })).count).toBe(0)
    expect(await act('package_search', { q: 'title:(' })).toMatchObject({ status: 409 })
    const { result } = await act('package_autocomplete', { q: 'baeume-bezirk-07' })
    expect(result).toMatchObject([{ title: 'Bäume Bezirk 07', match_field: 'name' }])
  })

  it('lists names that package_show takes, without anything of the house', async () => {
    const { result } = await act('package_list')
    expect(result).toHaveLength(26)
    for (const name of (result as string[]).slice(-3)) {
      const shown = await act('package_show', { id: name })
      expect(shown.result).toMatchObject({ name, state: 'active', type: 'dataset', private: false })
      expect(JSON.stringify(shown)).not.toContain(SECRET)
    }
  })

  it('finds by words, house, theme, tag, format, licence and moment, and leaves out what is asked to', async () => {
    const { result } = await act('organization_list')
    expect(result).toEqual(['stadtwerke-sued'])
    for (const [fq, count] of [
      ['organization:stadtwerke-sued', 26],
      ['organization:andere', 0],
      ['groups:soci', 1],
      ['tags:Spielplatz', 26],
      ['res_format:csv', 26],
      ['license_id:dl-by-de-2.0', 26],
      ['isopen:false', 1],
      ['-groups:soci +state:active', 25],
      ['metadata_modified:[2000-01-01T00:00:00Z TO NOW+1DAY]', 26],
      ['metadata_modified:[NOW+1DAY TO *]', 0],
      ['title:Kita-Plätze OR title:"Bezirk 07"', 2],
      ['extras_guid:unbekannt', 0],
    ] as const)
      expect([fq, (await search({ fq })).count]).toEqual([fq, count])
    expect((await search({ q: 'baum' })).count).toBe(25)
    expect((await search({ q: 'Plätze' })).results[0]!.title).toBe('Kita-Plätze')
  })

  it('is answered by the index as by the tables', async () => {
    const facts = await filterFacts(world.anonymous.ctx)
    for (const text of [
      'organization:stadtwerke-sued',
      'groups:soci OR tags:Spielplatz',
      'Bezirk -groups:soci',
      'res_format:csv AND license_id:dl-by-de-2.0 AND isopen:false',
      'metadata_modified:[NOW-1DAY TO NOW+1DAY]',
      '*:*',
    ]) {
      const query = parseSolr(text)
      const asked = translate(query, facts)
      const sort = { by: 'modified', down: true } as const
      const answer = await askIndex(world.anonymous.ctx, asked, {
        sort,
        start: 0,
        rows: 30,
        facets: ['organization'],
        facetLimit: null,
      })
      const where = filterOf(query, facts)
      const rows = await findPackages(world.anonymous.ctx, where, { sort, score: sql`1`, start: 0, rows: 30 })
      expect([text, answer?.total]).toEqual([text, await countPackages(world.anonymous.ctx, where)])
      expect(answer?.hits.map((hit) => hit.id).sort()).toEqual(rows.map((row) => row.id).sort())
    }
    expect(translate(parseSolr('extras_guid:unbekannt'), facts)).toBeUndefined()
  })

  it('takes several filters at once and counts facets among what was found', async () => {
    const found = await search({
      fq_list: '["groups:educ", "tags:Spielplatz"]',
      'facet.field': '["organization", "groups", "tags", "res_format", "license_id"]',
      rows: '0',
    })
    expect(found.count).toBe(25)
    expect(found.facets).toEqual({
      organization: { 'stadtwerke-sued': 25 },
      groups: { educ: 25 },
      tags: { Spielplatz: 25 },
      res_format: { CSV: 25 },
      license_id: { 'dl-by-de-2.0': 25 },
    })
  })

  it('takes POST with JSON and without /3/, as ckanapi sends it', async () => {
    const response = await world.anonymous.send('/api/action/package_search', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'x', 'x-ckan-api-key': 'x' },
      body: JSON.stringify({ q: 'baum', rows: 2 }),
    })
    expect(await response.json()).toMatchObject({ success: true, result: { count: 25 } })
  })

  it('shows a resource by the id it gave out, and finds it', async () => {
    const [first] = (await search({ q: 'Bezirk', sort: 'id asc' })).results
    const shown = (await act('package_show', { id: first!.id })).result as { resources: { id: string }[] }
    const resource = shown.resources[0]!
    expect((await act('resource_show', { id: resource.id })).result).toEqual(resource)
    expect((await act('resource_search', { query: 'format:CSV' })).result).toMatchObject({ count: 25 })
  })

  it('names what is wrong in CKAN’s words', async () => {
    expect(await act('package_show', { id: 'gibt-es-nicht' })).toMatchObject({
      status: 404,
      success: false,
      error: { __type: 'Not Found Error', message: 'Not found' },
    })
    expect(await act('package_show', { id: ids[26]! })).toMatchObject({ status: 404 })
    expect(await act('package_show')).toMatchObject({ status: 409, error: { id: ['Missing value'] } })
    expect(await act('package_search', { fq: 'erfunden:1' })).toMatchObject({
      status: 409,
      error: { __type: 'Search Error' },
    })
    expect(await act('package_search', { rows: 'viele' })).toMatchObject({ status: 409 })
    expect(await act('toString')).toMatchObject({ status: 400, success: false })
  })

  it('answers each action of the read set', async () => {
    const needs: Record<string, Record<string, string>> = {
      help_show: { name: 'package_show' },
      package_show: { id: ids[0]! },
      package_autocomplete: { q: 'Bezirk' },
      resource_search: { query: 'name:Tabelle' },
      organization_show: { id: 'stadtwerke-sued', include_datasets: 'true' },
      organization_autocomplete: { q: 'stadt' },
      group_show: { id: 'educ' },
      group_package_show: { id: 'educ' },
      tag_show: { id: 'Spielplatz', include_datasets: 'true' },
      tag_autocomplete: { query: 'spiel' },
    }
    for (const name of Object.keys(actions).filter((each) => each !== 'resource_show')) {
      const answer = await act(name, needs[name] ?? {})
      expect([name, answer.status, answer.success]).toEqual([name, 200, true])
      expect(JSON.stringify(answer)).not.toContain(SECRET)
    }
  })

  it('leads the addresses of CKAN portals to the pages here', async () => {
    const [name] = (await act('package_list')).result as string[]
    const page = await world.anonymous.get(`/dataset/${name}`)
    expect([page.status, page.headers.get('location')]).toEqual([301, `/catalogue/datasets/${ids[0]}`])
    const rdf = await world.anonymous.get(`/dataset/${name}.ttl`)
    expect(await rdf.text()).toContain('dcat:Dataset')
    expect((await world.anonymous.get('/organization/stadtwerke-sued')).headers.get('location')).toContain(
      '/catalogue?holder=Stadtwerke',
    )
    expect((await world.anonymous.get('/group/educ')).headers.get('location')).toBe('/catalogue?topic=EDUC')
    expect((await world.anonymous.get('/dataset/nichts')).status).toBe(404)
  })
})
