import { describe, expect, it } from 'vitest'
import { checkConformity } from '../conformity/check.ts'
import { writeDcatDataset } from '../dcat/write.ts'
import { fileContext, type SourcePage } from '../formats/format.ts'
import type { DatasetRecord } from '../model.ts'
import { licenceIn } from './rights.ts'
import { cswSample, isoSample } from './sample.ts'
import { cswFormat } from './source.ts'

const read = (xml: string, startPosition?: number): Promise<SourcePage> => {
  const asked = { ...cswFormat.firstPage({ base: 'https://g.example/csw?', pageSize: 10, since: null }) }
  const body = asked.body?.replace('startPosition="1"', `startPosition="${startPosition}"`) ?? ''
  const context =
    startPosition === undefined ? fileContext('a.xml') : { ...fileContext(), request: { ...asked, body } }
  return cswFormat.readPage(new TextEncoder().encode(xml), context)
}
const recordOf = async (xml: string): Promise<DatasetRecord> => (await read(xml)).items[0]!.read().record
const nextStart = (page: SourcePage): number | null =>
  page.next === null ? null : Number(/startPosition="(\d+)"/.exec(page.next.body ?? '')?.[1])

describe('a record of ISO 19139', () => {
  it('becomes a record with every part', async () => {
    const record = await recordOf(isoSample())
    expect(record).toMatchObject({
      uri: 'https://registry.gdi-de.org/id/de.auenstadt/1',
      identifier: '0f9c2a60-0000-4000-8000-000000000001',
      title: { de: 'Baumkataster 1' },
      themes: ['ENVI'],
      publisher: { name: { de: 'Stadt Auenstadt, Amt für Geoinformation' } },
      contacts: [{ kind: 'organisation', email: 'geo@auenstadt.example' }],
      access: { type: 'open', assumed: false },
      ags: '15002000',
      periods: [{ start: '2010-01-01', end: '2025-12-31' }],
      frequency: 'ANNUAL',
      issued: '2020-05-06',
      modified: '2026-03-04',
      languages: ['DEU'],
      conformsTo: ['http://www.opengis.net/def/crs/EPSG/0/25833'],
    })
    expect(record.places.find((place) => place.bbox)?.bbox).toEqual([11.5, 51.4, 11.9, 51.6])
    expect(record.distributions.map((d) => [d.format, d.downloadUrl, d.licence, d.attribution['']])).toEqual([
      ['WFS_SRVC', null, 'http://dcat-ap.de/def/licenses/dl-by-de/2.0', 'Stadt Auenstadt'],
      [
        'CSV',
        'https://geo.auenstadt.example/baeume-1.csv',
        'http://dcat-ap.de/def/licenses/dl-by-de/2.0',
        'Stadt Auenstadt',
      ],
    ])
  })

  it('keeps other titles and lineage, and conforms to DCAT-AP.de when written', async () => {
    const record = await recordOf(isoSample())
    const quads = writeDcatDataset(record)
    const said = quads.map((quad) => quad.object.value)
    expect(said).toEqual(expect.arrayContaining(['Stadtbäume', 'Aus der Baumkontrolle.']))
    expect(quads.find((quad) => quad.object.value === 'Stadtbäume')?.subject.value).toBe(record.uri)
    expect(checkConformity(quads)).toMatchObject({ conforms: true, breaches: [] })
  })

  it('says why data are closed', async () => {
    const closed = isoSample().replace(
      'LimitationsOnPublicAccess/noLimitations',
      'LimitationsOnPublicAccess/INSPIRE_Directive_Article13_1f',
    )
    expect((await recordOf(closed)).access).toMatchObject({ type: 'closed', reasons: ['f'], assumed: false })
  })

  it('finds licences in JSON, links and words, and none where none is', () => {
    const of = (text: string, href = ''): string | undefined =>
      licenceIn({ text, href })?.licence.replace('http://dcat-ap.de/def/licenses/', '')
    expect(of('{"id":"cc-by/4.0","name":"","url":"","quelle":""}')).toBe('cc-by/4.0')
    expect(of('Siehe https://www.govdata.de/dl-de/zero-2-0.')).toBe('dl-zero-de/2.0')
    expect(of('', 'https://creativecommons.org/licenses/by-sa/4.0/')).toBe('cc-by-sa/4.0')
    expect(of('Es gilt die Datenlizenz Deutschland – Namensnennung – Version 2.0')).toBe('dl-by-de/2.0')
    expect(of('Nutzungsbestimmungen für Geodaten des Landes Berlin')).toBe('geoNutz/20131001')
    expect(of('Bitte fragen Sie nach.')).toBeUndefined()
    expect(of('{ kaputt')).toBeUndefined()
  })
})

describe('pages of a catalogue service', () => {
  it('are asked for by POST and followed by the number of the next record', async () => {
    const page = await read(cswSample({ start: 1, count: 3, matched: 7, next: 4 }), 1)
    expect(page).toMatchObject({ total: 7, detail: 'MD_Metadata', next: { method: 'POST' } })
    expect(page.items.map((item) => item.remoteId?.slice(-1))).toEqual(['1', '2', '3'])
    expect(nextStart(page)).toBe(4)
    expect(nextStart(await read(cswSample({ start: 4, count: 4, matched: 7, next: 0 }), 4))).toBeNull()
  })

  it.each([
    ['says nothing of the next record', undefined, 4],
    ['says 0 too early', 0, 4],
    ['leads back to the first', 1, 4],
    ['leads past the end', 99, 4],
  ])('go on by what really came where the service %s', async (_, next, expected) => {
    expect(nextStart(await read(cswSample({ start: 1, count: 3, matched: 7, next }), 1))).toBe(expected)
  })

  it('end on an empty page, on a file, and name what a service refuses', async () => {
    expect(nextStart(await read(cswSample({ start: 8, count: 0, matched: 7 }), 8))).toBeNull()
    expect((await read(cswSample({ start: 1, count: 1, matched: 9 }))).next).toBeNull()
    const refused = await read(
      '<ows:ExceptionReport xmlns:ows="o"><ows:Exception exceptionCode="NoApplicableCode"><ows:ExceptionText>kaputt</ows:ExceptionText></ows:Exception></ows:ExceptionReport>',
    )
    expect(refused.findings).toMatchObject([{ code: 'csw-exception', severity: 'error' }])
    expect(refused.findings[0]?.text.de).toContain('kaputt')
  })

  it('give the sound records around a faulty one, and say that something is missing', async () => {
    const faulty = cswSample({ start: 1, count: 3, matched: 3 }).replace(
      'Baumkataster 2',
      'Baum & Kataster 2',
    )
    const page = await read(faulty)
    expect(page.items.map((item) => item.read().record.title['de'])).toEqual(
      expect.arrayContaining(['Baumkataster 1', 'Baumkataster 3']),
    )
    expect(page.findings).toMatchObject([{ code: 'xml-syntax', severity: 'error' }])
  })

  it('keep the text of each record apart, for hashing', async () => {
    const page = await read(cswSample({ start: 1, count: 2, matched: 2 }))
    expect(page.items.map((item) => item.raw())).toEqual([isoSample(1), isoSample(2)])
  })
})
