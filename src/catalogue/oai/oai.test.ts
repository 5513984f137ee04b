import { describe, expect, it } from 'vitest'
import type { PageContext } from '../formats/format.ts'
import { oaiFormat } from './source.ts'

const around = (inside: string): string =>
  `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"><responseDate>2026-01-01T00:00:00Z</responseDate>${inside}</OAI-PMH>`
const record = (id: string, metadata: string): string =>
  `<record><header><identifier>${id}</identifier><datestamp>2026-01-0${id}</datestamp></header><metadata>${metadata}</metadata></record>`
const dc =
  '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Bäume</dc:title><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights><dc:identifier>https://e.example/1</dc:identifier></oai_dc:dc>'
const rdf =
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><dcat:Dataset rdf:about="urn:d2"><dct:title xml:lang="de">Rehe</dct:title></dcat:Dataset></rdf:RDF>'
const bare =
  '<dcat:Dataset xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="urn:d3"><dct:title>Hasen</dct:title></dcat:Dataset>'
const iso =
  '<gmd:MD_Metadata xmlns:gmd="g" xmlns:gco="c"><gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title><gco:CharacterString>Karten</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>'

const asked = (url: string): PageContext => ({
  request: { method: 'GET', url, accept: '*/*', body: null, contentType: null },
  contentType: null,
  filename: null,
})
const read = (xml: string, url = 'https://o.example/oai?verb=ListRecords&metadataPrefix=oai_dc') =>
  oaiFormat.readPage(new TextEncoder().encode(xml), asked(url))

describe('OAI-PMH', () => {
  it('reads Dublin Core, DCAT with and without RDF around it, and ISO', async () => {
    const page = await read(
      around(
        `<ListRecords>${record('1', dc)}${record('2', rdf)}${record('3', bare)}${record('4', iso)}</ListRecords>`,
      ),
    )
    expect(page.findings).toEqual([])
    expect(page.items.map((item) => [item.remoteId, Object.values(item.read().record.title)[0]])).toEqual([
      ['1', 'Bäume'],
      ['2', 'Rehe'],
      ['3', 'Hasen'],
      ['4', 'Karten'],
    ])
    expect(page.items[0]?.read().record.distributions[0]).toMatchObject({
      accessUrl: 'https://e.example/1',
      licence: 'http://dcat-ap.de/def/licenses/cc-by/4.0',
    })
    expect(page.items[1]?.modified).toBe('2026-01-02')
  })

  it('follows resumption tokens and tells what is gone', async () => {
    const gone = '<record><header status="deleted"><identifier>9</identifier></header></record>'
    const page = await read(
      around(
        `<ListRecords>${record('1', dc)}${gone}<resumptionToken completeListSize="240" cursor="0">a b&amp;c</resumptionToken></ListRecords>`,
      ),
    )
    expect(page).toMatchObject({
      total: 240,
      gone: ['9'],
      next: { url: 'https://o.example/oai?verb=ListRecords&resumptionToken=a+b%26c' },
    })
    const last = await read(
      around(`<ListRecords>${record('1', dc)}<resumptionToken/></ListRecords>`),
      page.next?.url,
    )
    expect(last.next).toBeNull()
  })

  it('tells an empty answer from a refusal, and unknown content from a failure', async () => {
    expect((await read(around('<error code="noRecordsMatch">none</error>'))).findings).toEqual([])
    expect((await read(around('<error code="badArgument">no</error>'))).findings).toMatchObject([
      { code: 'oai-error', severity: 'error' },
    ])
    const odd = await read(around(`<ListRecords>${record('1', '<mods:mods xmlns:mods="m"/>')}</ListRecords>`))
    expect(odd.items[0]?.read().findings).toMatchObject([{ code: 'oai-unknown-payload' }])
    expect((await read(around('<Identify/>'))).findings).toMatchObject([{ code: 'no-dataset' }])
  })

  it('asks for records, since a day, with the prefix the address names', () => {
    const first = (base: string, since: string | null): string =>
      oaiFormat.firstPage({ base, pageSize: 100, since }).url
    expect(first('https://o.example/oai', null)).toBe(
      'https://o.example/oai?verb=ListRecords&metadataPrefix=oai_dc',
    )
    expect(first('https://o.example/oai?metadataPrefix=dcat_ap', '2026-02-03T04:05:06Z')).toBe(
      'https://o.example/oai?metadataPrefix=dcat_ap&verb=ListRecords&from=2026-02-03',
    )
  })
})
