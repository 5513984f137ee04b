import { describe, expect, it } from 'vitest'
import type { PageContext, SourcePage } from '../formats/format.ts'
import { ogcFormat } from './source.ts'

const feature = {
  type: 'Feature',
  id: 'urn:x:1',
  time: { interval: ['2020-01-01', '..'] },
  geometry: { type: 'Point', coordinates: [11.6, 51.5] },
  properties: {
    type: 'dataset',
    title: 'Pegel',
    description: 'Wasserstände',
    language: { code: 'de' },
    keywords: ['Umwelt', 'Wasser'],
    license: 'CC-BY-4.0',
    created: '2020-02-03T00:00:00Z',
    updated: '2026-02-03T00:00:00Z',
    contacts: [{ organization: 'Land', emails: [{ value: 'a@b.example' }], roles: ['publisher'] }],
    formats: [{ name: 'CSV' }],
    acronym: 'PGL',
  },
  links: [
    { rel: 'enclosure', href: 'https://e.example/p.csv', type: 'text/csv', title: 'Tabelle', length: 12 },
    { rel: 'self', href: 'https://e.example/self' },
  ],
}
const read = (json: unknown, url = 'https://o.example/collections/c/items?f=json'): Promise<SourcePage> => {
  const request = { method: 'GET' as const, url, accept: '*/*', body: null, contentType: null }
  const context: PageContext = { request, contentType: null, filename: null }
  return ogcFormat.readPage(new TextEncoder().encode(JSON.stringify(json)), context)
}

describe('OGC API Records', () => {
  it('reads a record with every part', async () => {
    const page = await read({
      type: 'FeatureCollection',
      numberMatched: 2,
      features: [feature],
      links: [{ rel: 'next', href: '/collections/c/items?f=json&offset=1' }],
    })
    expect(page).toMatchObject({
      total: 2,
      next: { url: 'https://o.example/collections/c/items?f=json&offset=1' },
    })
    const { record } = page.items[0]!.read()
    expect(record).toMatchObject({
      uri: 'urn:x:1',
      title: { de: 'Pegel' },
      themes: ['ENVI'],
      publisher: { name: { de: 'Land' }, email: 'a@b.example' },
      contacts: [{ email: 'a@b.example' }],
      periods: [{ start: '2020-01-01', end: null }],
      places: [{ bbox: [11.6, 51.5, 11.6, 51.5] }],
      distributions: [
        {
          format: 'CSV',
          downloadUrl: 'https://e.example/p.csv',
          licence: 'http://dcat-ap.de/def/licenses/cc-by/4.0',
          byteSize: 12,
        },
      ],
    })
    expect(record.unknown).toContain('acronym=PGL')
  })

  it('ends where the next page is the same one, and finds the way from the list of collections', async () => {
    const url = 'https://o.example/collections/c/items?f=json'
    expect(
      (
        await read(
          { type: 'FeatureCollection', features: [feature], links: [{ rel: 'next', href: url }] },
          url,
        )
      ).next,
    ).toBeNull()
    const list = await read(
      {
        collections: [
          { id: 'maps', itemType: 'feature' },
          { id: 'katalog', itemType: 'record' },
        ],
      },
      'https://o.example/collections',
    )
    expect(list.next?.url).toBe('https://o.example/collections/katalog/items?f=json')
    expect(
      ogcFormat.firstPage({ base: 'https://o.example/collections/c', pageSize: 50, since: null }).url,
    ).toBe('https://o.example/collections/c/items?f=json&limit=50')
  })

  it('takes plain geodata for no records', async () => {
    expect(
      (
        await read({
          type: 'FeatureCollection',
          features: [{ type: 'Feature', properties: { name: 'Baum' } }],
        })
      ).findings,
    ).toMatchObject([{ code: 'no-dataset' }])
  })
})
