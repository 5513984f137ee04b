import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { AccessType, DatasetRecord } from '../model.ts'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { createEntry, searchEntries } from '../service.ts'
import { readCursor, relatedWords, termsOf, writeCursor } from './model.ts'

function sample(
  title: string,
  given: {
    access?: AccessType
    theme?: string
    format?: string
    start?: string
    end?: string
    place?: string
  } = {},
): DatasetRecord {
  const base = emptyRecord()
  return {
    ...base,
    title: { de: title },
    description: { de: `Beschreibung von ${title}` },
    themes: given.theme ? [given.theme] : [],
    access: { ...base.access, type: given.access ?? 'open' },
    places: given.place ? [{ id: null, label: { de: given.place }, bbox: null, derived: false }] : [],
    periods: given.start ? [{ id: null, start: given.start, end: given.end ?? null }] : [],
    distributions: given.format ? [{ ...emptyDistribution(), format: given.format }] : [],
  }
}

describe('searching', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    const works = await world.organisation('Stadtwerke')
    const add = (organisationId: string, record: DatasetRecord) =>
      createEntry(world.system, { organisationId, record })
    const year = new Date().getUTCFullYear()
    await add(works.id, sample('Abfallkalender', { theme: 'ENVI', format: 'CSV', start: `${year}` }))
    await add(
      works.id,
      sample('Lufttemperatur', {
        access: 'sandbox',
        theme: 'ENVI',
        format: 'PARQUET',
        start: `${year - 1}`,
        end: `${year - 1}`,
      }),
    )
    await add(
      world.organisationId,
      sample('Gesundheitsämter', {
        theme: 'HEAL',
        format: 'CSV',
        place: 'Nordstadt',
        start: '2010',
        end: '2011',
      }),
    )
    await add(
      world.organisationId,
      sample('Bäume an Straßen', { theme: 'ENVI', format: 'GEOJSON', place: 'Nordstadt' }),
    )
    await add(world.organisationId, sample('<script>alert(1)</script> & "Test"', { access: 'closed' }))
  })
  afterAll(() => world.close())

  const titles = async (q: string) =>
    (await searchEntries(world.anonymous.ctx, { q })).hits.map((hit) => hit.title)

  it.each([
    ['Abfall', 'Abfallkalender'],
    ['kalender', 'Abfallkalender'],
    ['Baum', 'Bäume an Straßen'],
    ['baeume', 'Bäume an Straßen'],
    ['strasse', 'Bäume an Straßen'],
    ['temperatur', 'Lufttemperatur'],
    ['Gesundheitsamt', 'Gesundheitsämter'],
  ])('finds German compounds, umlauts and other forms: %s', async (q, title) => {
    expect(await titles(q)).toContain(title)
  })

  it('needs every word, and survives whatever is typed', async () => {
    expect(await titles('Abfall Nordstadt')).toEqual([])
    for (const q of ["' or 1=1 --", '%%%', '!!! & | :* ()', '\\', 'a'.repeat(200), '😀'])
      expect(Array.isArray(await titles(q))).toBe(true)
  })

  it('counts each facet without its own choice: OR within, AND across', async () => {
    const found = await searchEntries(world.anonymous.ctx, { access: ['open', 'sandbox'], topic: ['ENVI'] })
    expect(found.total).toBe(3)
    const count = (facet: string, value: string) =>
      found.facets.find((each) => each.facet === facet && each.value === value)?.count
    expect(count('access', 'open')).toBe(2)
    expect(count('access', 'sandbox')).toBe(1)
    expect(count('topic', 'HEAL')).toBe(1)
    expect(count('format', 'CSV')).toBe(1)
    expect(count('holder', 'Stadtwerke')).toBe(2)
    expect(count('place', 'Nordstadt')).toBe(1)
  })

  it('overlaps periods and tells older ones apart', async () => {
    const year = new Date().getUTCFullYear()
    const of = async (period: string) =>
      (await searchEntries(world.anonymous.ctx, { period: [period] })).hits.map((hit) => hit.title)
    expect(await of(String(year))).toEqual(['Abfallkalender'])
    expect(await of(String(year - 1))).toEqual(['Lufttemperatur'])
    expect(await of('older')).toEqual(['Gesundheitsämter'])
  })

  it.each(['fit', 'newest', 'title', 'quality'] as const)(
    'pages by cursor sorted by %s, each entry once',
    async (sort) => {
      const seen: string[] = []
      for (let cursor: string | undefined; ;) {
        const found = await searchEntries(world.anonymous.ctx, { sort, limit: 2, cursor })
        seen.push(...found.hits.map((hit) => hit.id))
        cursor = found.next
        if (!cursor) break
      }
      expect(seen.length).toBe(5)
      expect(new Set(seen).size).toBe(5)
    },
  )

  it('shows foreign text as text, on the page and in the table', async () => {
    const html = await (await world.anonymous.get('/catalogue')).text()
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;')
    const csv = await (await world.anonymous.get('/catalogue/export.csv')).text()
    expect(csv.split('\r\n').length).toBe(7)
    expect(csv).toContain('""Test""')
  })

  it('answers unusable addresses with the first page, and the interface with the field', async () => {
    expect((await world.anonymous.get('/catalogue?access=nonsense&cursor=%00&period=x')).status).toBe(200)
    expect((await world.anonymous.get('/catalogue?q=a&q=b')).status).toBe(200)
    const api = await world.anonymous.get('/api/v1/catalogue/datasets?access=nonsense')
    expect(api.status).toBe(400)
    expect(api.headers.get('content-type')).toContain('application/problem+json')
    const ok = (await (
      await world.anonymous.get('/api/v1/catalogue/datasets?q=Abfall&access=open')
    ).json()) as { total: number; datasets: { title: string }[] }
    expect(ok).toMatchObject({ total: 1, datasets: [{ title: 'Abfallkalender' }] })
  })

  it('says what to do where nothing is found, in both languages', async () => {
    expect(await (await world.anonymous.get('/catalogue?q=xyzzy')).text()).toContain(
      'Dazu haben wir nichts gefunden',
    )
    expect(await (await world.anonymous.get('/en/catalogue?q=xyzzy')).text()).toContain(
      'We found nothing for this',
    )
  })
})

describe('search words', () => {
  it('drops words that say nothing and folds the rest', () => {
    expect(termsOf('Wo wohnen die Kinder in der Größenstraße?').map((term) => term.folded)).toEqual([
      'wohnen',
      'kinder',
      'groessenstrasse',
    ])
  })
  it('knows relatives, also through compounds', () => {
    expect(relatedWords('Sommerhitze')).toContain('temperatur')
    expect(relatedWords('Quastenflosser')).toEqual([])
  })
  it('reads its own cursors and no others', () => {
    const cursor = { value: '0.12', id: '0190a000-0000-7000-8000-000000000001' }
    expect(readCursor(writeCursor(cursor))).toEqual(cursor)
    expect(readCursor('garbage')).toBeUndefined()
  })
})
