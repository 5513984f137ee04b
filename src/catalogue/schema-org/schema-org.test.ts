import { describe, expect, it } from 'vitest'
import { closed, full, service } from '../dcat/examples.ts'
import { fileContext, type SourcePage } from '../formats/format.ts'
import { schemaOrgFormat } from './source.ts'
import { writeSchemaOrg } from './write.ts'

const options = {
  url: 'https://daten.auenstadt.example/catalogue/datasets/1',
  catalogue: { name: 'Daten', url: 'https://daten.auenstadt.example/' },
}
const read = (text: string): Promise<SourcePage> =>
  schemaOrgFormat.readPage(new TextEncoder().encode(text), fileContext('a.html'))

describe('schema.org', () => {
  it('writes every public field as before', async () => {
    await expect(`${writeSchemaOrg(full, options)}\n`).toMatchFileSnapshot('golden/dataset.json')
  })

  it('reads back what it wrote, out of a web page', async () => {
    const page = await read(
      `<!doctype html><html><head><script>var x = "</p>"</script><script type="application/ld+json">${writeSchemaOrg(full, options)}</script></head></html>`,
    )
    const { record } = page.items[0]!.read()
    expect(record).toMatchObject({
      uri: full.uri,
      identifier: full.identifier,
      modified: full.modified,
      publisher: { name: { '': 'Stadt Auenstadt' } },
    })
    expect(Object.values(record.title)).toEqual([full.title['de']])
    expect(record.distributions.map((d) => [d.downloadUrl, d.format, d.licence])).toEqual(
      full.distributions.map((d) => [d.downloadUrl, d.format, d.licence]),
    )
    expect(record.places.find((place) => place.bbox)?.bbox).toEqual(
      full.places.find((place) => place.bbox)?.bbox,
    )
  })

  it('writes a service as an API with its addresses, and reads it back', async () => {
    const text = writeSchemaOrg(service, options)
    expect(JSON.parse(text)).toMatchObject({ '@type': 'WebAPI', termsOfService: expect.any(String) })
    const [item, ...others] = (await read(`<html><script type="application/ld+json">${text}</script>`)).items
    expect(others).toEqual([])
    const { serves, ...rest } = service.service!
    expect(serves).toHaveLength(1)
    expect(item!.read().record).toMatchObject({ service: { ...rest, serves: [] }, themes: ['ENVI'] })
    expect(writeSchemaOrg({ ...service, access: closed.access }, options)).not.toContain('geo.auenstadt')
    const foreign = '{"@type":"WebAPI","name":"Bezahlen","documentation":"https://a.example/"}'
    expect((await read(`<html><script type="application/ld+json">${foreign}</script>`)).items).toEqual([])
  })

  it('shows no files of what is not open, and can not break out of a script element', () => {
    expect(writeSchemaOrg(closed, options)).not.toContain('DataDownload')
    expect(writeSchemaOrg({ ...full, title: { de: '</script><b>' } }, options)).not.toContain('</script')
  })

  it('finds datasets in graphs, catalogues and under prefixes, each once', async () => {
    const page = await read(
      `<html><script type='application/ld+json'>{"@context":"https://schema.org","@graph":[{"@type":"DataCatalog","dataset":[{"@type":"Dataset","@id":"urn:a","name":"A"},{"@type":"Dataset","@id":"urn:a","name":"A"}]},{"@type":["schema:Dataset"],"schema:name":"B","schema:temporalCoverage":"2010/2012","schema:spatialCoverage":{"schema:geo":{"schema:box":"51 11 52 12"}}}]}</script><script type="application/ld+json">{kaputt</script></html>`,
    )
    expect(page.items.map((item) => item.read().record.title[''])).toEqual(['B', 'A'])
    expect(page.items[0]!.read().record).toMatchObject({
      periods: [{ start: '2010', end: '2012' }],
      places: [{ bbox: [11, 51, 12, 52] }],
    })
    expect(page.findings).toMatchObject([{ code: 'json-ld-block' }])
  })
})
