import { describe, expect, it } from 'vitest'
import { fileContext, type PageContext, type SourcePage } from '../formats/format.ts'
import { closed, full, service } from '../dcat/examples.ts'
import { emptyDistribution, emptyRecord, type DatasetRecord } from '../model.ts'
import { ckanLicences, ckanName, ckanTag, slug, uuidOf } from './names.ts'
import { readCkanPackage } from './read.ts'
import { ckanFormat } from './source.ts'
import { writeCkanPackage } from './write.ts'

const options = {
  id: '0191f3c2-0000-7000-8000-00000000abcd',
  url: 'https://daten.auenstadt.example/catalogue/datasets/1',
  created: new Date('2026-01-02T03:04:05Z'),
  modified: new Date('2026-02-03T04:05:06Z'),
  organization: { id: 'o1', name: 'stadtwerke', title: 'Stadtwerke' },
}
const page = async (json: unknown, context: PageContext = fileContext('a.json')): Promise<SourcePage> =>
  ckanFormat.readPage(new TextEncoder().encode(JSON.stringify(json)), context)
const asked = (url: string): PageContext => ({
  request: { method: 'GET', url, accept: '*/*', body: null, contentType: null },
  contentType: null,
  filename: null,
})

describe('writing a package', () => {
  it('writes every field of a full record as before', async () => {
    await expect(`${JSON.stringify(writeCkanPackage(full, options), null, 2)}\n`).toMatchFileSnapshot(
      'golden/package.json',
    )
  })

  it('says of a service that it is one, and reads it back', () => {
    const written = writeCkanPackage(service, options)
    expect(written.type).toBe('dataset')
    expect(written.extras).toContainEqual({ key: 'resource-type', value: 'service' })
    expect(written.resources).toMatchObject([
      { url: 'https://geo.auenstadt.example/wfs', resource_type: 'api' },
    ])
    expect(JSON.parse(written.resources[0]!.access_services!)).toMatchObject([
      { endpoint_url: service.service!.endpoints, serves_dataset: service.service!.serves },
    ])
    expect(written.license_id).toBe('dl-by-de-2.0')
    const { record } = readCkanPackage({ ...written }, null)
    expect(record.service).toMatchObject({
      endpoints: service.service!.endpoints,
      descriptions: service.service!.descriptions,
      serves: service.service!.serves,
    })
    expect(record.unknown).not.toContain('resource-type')
    expect(writeCkanPackage({ ...service, access: closed.access }, options).resources).toEqual([])
  })

  it('reads back what it wrote', () => {
    const { record } = readCkanPackage({ ...writeCkanPackage(full, options) }, null)
    const flat = (text: Record<string, string>): string[] => Object.values(text)
    expect(flat(record.title)).toEqual(expect.arrayContaining([full.title['de']]))
    expect(record.uri).toBe(full.uri)
    expect(record.identifier).toBe(full.identifier)
    expect(record.themes).toEqual(full.themes)
    expect(record.frequency).toBe(full.frequency)
    expect(record.contributorIds).toEqual(full.contributorIds)
    expect(record.legislation).toEqual(full.legislation)
    expect(record.geocodingLevel).toBe(full.geocodingLevel)
    expect(record.ags).toBe(full.ags)
    expect(record.distributions.map((d) => [d.downloadUrl, d.format, d.licence, d.byteSize])).toEqual(
      full.distributions.map((d) => [d.downloadUrl, d.format, d.licence, d.byteSize]),
    )
  })

  it('gives no address of what is not open', () => {
    const leaky: DatasetRecord = {
      ...closed,
      distributions: [
        {
          ...emptyDistribution(),
          accessUrl: 'https://intern.example/geheim.csv',
          licence: 'http://dcat-ap.de/def/licenses/cc-zero',
        },
      ],
    }
    const written = writeCkanPackage(leaky, options)
    expect(written).toMatchObject({ isopen: false, resources: [], num_resources: 0 })
    expect(JSON.stringify(written)).not.toContain('geheim')
  })

  it('makes names and tags CKAN takes', () => {
    expect(ckanName('Öffentliche Toiletten – Standorte', options.id)).toBe(
      'oeffentliche-toiletten-standorte-00000000abcd',
    )
    expect(ckanName('!!!', options.id)).toBe('dataset-00000000abcd')
    expect(ckanName('x'.repeat(500), options.id)).toHaveLength(100)
    expect(slug('Straße Ärger')).toBe('strasse-aerger')
    expect(ckanTag('Bäume (Kataster), 2020')?.name).toBe('Bäume Kataster 2020')
    expect(ckanTag('!')).toBeNull()
    expect(uuidOf('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(ckanLicences().map(({ id }) => id)).size).toBe(ckanLicences().length)
  })
})

describe('reading packages', () => {
  it('keeps extras no field takes, and writes them again', () => {
    const json = {
      id: 'a',
      title: 'T',
      extras: [
        { key: 'Stadtbezirk', value: 'Mitte=Nord' },
        { key: 'frequency', value: 'nach Mondphase' },
      ],
    }
    const { record } = readCkanPackage(json, null)
    const { extras } = writeCkanPackage(record, options)
    expect(extras).toEqual(
      expect.arrayContaining([
        { key: 'Stadtbezirk', value: 'Mitte=Nord' },
        { key: 'frequency', value: 'nach Mondphase' },
      ]),
    )
  })

  it('reads the German form of 2013 with roles, dates and terms of use', () => {
    const { record } = readCkanPackage(
      {
        name: 'beteiligungen',
        title: 'Beteiligungen',
        groups: ['verwaltung', 'wirtschaft_arbeit'],
        extras: {
          contacts: [
            { role: 'veroeffentlichende_stelle', name: 'Stadt Moers' },
            { role: 'ansprechpartner', name: 'Amt 10', email: 'amt10@moers.example' },
          ],
          dates: [{ role: 'erstellt', date: '2013-02-15T00:00' }],
          terms_of_use: { license_id: 'dl-de-by-1.0' },
        },
        resources: [{ url: 'https://moers.example/a.json', format: 'application/json' }],
      },
      null,
    )
    expect(record).toMatchObject({
      themes: ['GOVE', 'ECON'],
      publisher: { name: { '': 'Stadt Moers' } },
      contacts: [{ name: 'Amt 10', email: 'amt10@moers.example' }],
      issued: '2013-02-15T00:00:00',
    })
    expect(record.distributions[0]).toMatchObject({
      format: 'JSON',
      licence: 'http://dcat-ap.de/def/licenses/dl-by-de/1.0',
    })
  })

  it('reads DKAN: German dates, sizes in words, files behind pages', () => {
    const { record } = readCkanPackage(
      {
        id: 'd1',
        title: 'Stadtviertel',
        description: '<p>Viertel &amp; mehr</p>',
        aktualisiert: 'Dienstag, 19. November 2013 - 10:13',
        license: 'Creative Commons Namensnennung 3.0 DE\r',
        resources: [
          { file_url: 'https://k.example/a.zip', file_size: '509.76 KB', format: 'zip', url: '/dataset/a' },
        ],
      },
      'https://k.example',
    )
    expect(record).toMatchObject({
      uri: 'https://k.example/dataset/d1',
      modified: '2013-11-19',
      description: { '': 'Viertel & mehr' },
    })
    expect(record.distributions[0]).toMatchObject({
      downloadUrl: 'https://k.example/a.zip',
      byteSize: 521_994,
      format: 'ZIP',
      licence: 'http://dcat-ap.de/def/licenses/cc-by-de/3.0',
    })
  })

  it('takes places from GeoJSON, edges, addresses and keys', () => {
    const { record } = readCkanPackage(
      {
        id: 'a',
        title: 'T',
        spatial: '{"type":"Polygon","coordinates":[[[13,52],[14,52],[14,53],[13,53],[13,52]]]}',
        extras: [
          {
            key: 'politicalGeocodingURI',
            value: '["http://dcat-ap.de/def/politicalGeocoding/municipalityKey/13003000"]',
          },
        ],
      },
      null,
    )
    expect(record.ags).toBe('13003000')
    expect(record.places.find((place) => place.bbox)?.bbox).toEqual([13, 52, 14, 53])
  })
})

describe('pages of the action API', () => {
  const packages = [
    { id: 'a', title: 'A', notes: 'n' },
    { id: 'b', title: 'B', notes: 'n', state: 'deleted' },
  ]

  it('walks on by what really came, and ends at the announced number', async () => {
    const url = 'https://c.example/api/3/action/package_search?rows=2&start=0'
    const first = await page({ success: true, result: { count: 3, results: packages } }, asked(url))
    expect(first).toMatchObject({ total: 3, gone: ['b'], next: { url: expect.stringContaining('start=2') } })
    expect(first.items.map((item) => item.read().record.uri)).toEqual(['https://c.example/dataset/a'])
    const last = await page(
      { success: true, result: { count: 3, results: [packages[0]] } },
      asked(first.next?.url ?? ''),
    )
    expect(last.next).toBeNull()
    expect((await page({ success: true, result: { count: 3, results: [] } }, asked(url))).next).toBeNull()
  })

  it('says why nothing can be read', async () => {
    const codes = async (json: unknown): Promise<string[]> => (await page(json)).findings.map((f) => f.code)
    expect(
      await codes({ success: false, error: { __type: 'Not Found Error', message: 'Not found' } }),
    ).toEqual(['ckan-refused'])
    expect(await codes({ success: true, result: ['a', 'b'] })).toEqual(['ckan-names-only'])
    expect(await codes({ success: true, result: { count: 0, results: [] } })).toEqual([])
    expect(await codes({ success: true, result: { id: 'g', title: 'Gruppe', package_count: 3 } })).toEqual([
      'no-dataset',
    ])
  })

  it('asks for the first page of a portal, also since an instant', () => {
    const first = (base: string, since: string | null = null): URL =>
      new URL(ckanFormat.firstPage({ base, pageSize: 100, since }).url)
    expect(first('https://c.example/portal/').pathname).toBe('/portal/api/3/action/package_search')
    expect(first('https://c.example/api/3').searchParams.get('rows')).toBe('100')
    expect(
      first(
        'https://c.example/api/3/action/package_search?fq=organization:a',
        '2026-01-01T00:00:00Z',
      ).searchParams.get('fq'),
    ).toBe('(organization:a) AND metadata_modified:[2026-01-01T00:00:00Z TO *]')
  })

  it('hashes the same whatever CKAN counts on its own', async () => {
    const [a, b] = [
      { ...packages[0], metadata_modified: '1', revision_id: 'x' },
      { notes: 'n', title: 'A', id: 'a', metadata_modified: '2' },
    ]
    const raw = async (json: unknown): Promise<string | undefined> => (await page([json])).items[0]?.raw()
    expect(await raw(a)).toBe(await raw(b))
    expect(emptyRecord().uri).toBeNull()
  })
})
