import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRdf } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import type { Quad } from '../../rdf/terms.ts'
import { DCAT } from '../../rdf/vocabularies.ts'
import { recordForFace, type DatasetRecord } from '../model.ts'
import { closed, full } from './examples.ts'
import { licenceIri } from './licences.ts'
import { readDcat, readDcatFile } from './read.ts'
import { lists } from './vocabulary.ts'
import { writeDcatCatalogue, writeDcatDataset } from './write.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const codes = (findings: { code: string }[]): string[] => findings.map((f) => f.code)

describe('a record of our own', () => {
  it('comes back unchanged through every format', async () => {
    for (const format of ['turtle', 'rdfxml', 'jsonld', 'ntriples'] as const) {
      const { records } = await readDcatFile(bytes(serialise(writeDcatDataset(full), format)))
      expect(records).toHaveLength(1)
      expect(records[0]?.findings).toEqual([])
      expect(plain(records[0]?.record)).toEqual(plain({ ...full, places: [...full.places, townPlace] }))
    }
  })

  it('keeps access, reasons and grounds of data that are not open', () => {
    const [read] = readDcat(writeDcatDataset(closed)).records
    expect(read?.record.access).toEqual({ ...closed.access, type: 'on-request' })
  })

  it('never writes inventory fields, and hides what the public face hides', () => {
    const hidden = {
      ...closed,
      faces: { contacts: 'partner', columns: 'holder' } as const,
      unknown: '<urn:x> <urn:y> "umwelt@auenstadt.example" .\n',
    }
    const text = serialise(writeDcatDataset(recordForFace(hidden, 'public')), 'turtle')
    expect(text).toContain('Einschulungsuntersuchungen')
    for (const secret of ['fs01', 'Erika', 'umwelt@auenstadt', 'csvw', 'Baublock"'])
      expect(text).not.toContain(secret)
    expect(serialise(writeDcatDataset(recordForFace(hidden, 'holder')), 'turtle')).not.toContain('fs01')
  })

  it('states deprecated properties only when asked', () => {
    const uri = `${lists.geocoding}municipalityKey/99000001`
    const said = (quads: Quad[]): boolean =>
      quads.some((q) => q.predicate.value.endsWith('politicalGeocodingURI') && q.object.value === uri)
    expect(said(writeDcatDataset(full))).toBe(false)
    expect(said(writeDcatDataset(full, { deprecated: true }))).toBe(true)
  })

  it('pages a catalogue under both Hydra names', () => {
    const base = 'https://daten.auenstadt.example/catalog'
    const info = {
      uri: base,
      title: { de: 'Katalog' },
      description: { de: 'Alles' },
      publisher: full.publisher,
      homepage: null,
      issued: null,
      modified: null,
    }
    const page = {
      self: `${base}?page=1`,
      first: `${base}?page=1`,
      previous: null,
      next: `${base}?page=2`,
      last: `${base}?page=9`,
      total: 900,
      size: 100,
    }
    const read = readDcat(
      writeDcatCatalogue(
        info,
        [
          { record: full, uri: '' },
          { record: closed, uri: '' },
        ],
        { page },
      ),
    )
    expect(read).toMatchObject({
      next: `${base}?page=2`,
      total: 900,
      catalogue: { uri: base, title: { de: 'Katalog' } },
    })
    expect(read.records.map(({ record }) => record.identifier)).toEqual([full.identifier, closed.identifier])
  })
})

describe('foreign input', () => {
  it('brings old German spellings to the current lists and keeps the rest word for word', async () => {
    const { records } = await readDcatFile(bytes(OLD), { filename: 'old.ttl' })
    const [read] = records
    expect(read?.record).toMatchObject({
      access: { type: 'open', assumed: false },
      ags: '13003000',
      frequency: 'ANNUAL',
      issued: '2017-08-01',
      publisher: { name: { '': 'Stadt X' } },
      custodians: [{ name: { '': 'Amt' } }],
      distributions: [
        {
          licence: licenceIri('dl-by-de/2.0'),
          format: 'SHP',
          mediaType: 'application/zip',
          byteSize: 10,
          rights: 'frei',
        },
      ],
    })
    expect(read?.record.unknown).toContain('"bleibt"')
    expect(codes(read?.findings ?? [])).toContain('deprecated')
    const again = serialise(writeDcatDataset(read?.record ?? full), 'turtle')
    expect(again).toContain('"bleibt"')
    expect(again).not.toContain('dcatde:maintainer')
  })

  it('caps a monster of keywords and distributions and says so', () => {
    const keywords = Array.from({ length: 10_000 }, (_, i) => `<urn:d> <${DCAT.keyword.value}> "k${i}" .`)
    const files = Array.from(
      { length: 1200 },
      (_, i) =>
        `<urn:d> <${DCAT.distribution.value}> <urn:f${i}> .\n<urn:f${i}> <${DCAT.accessURL.value}> <urn:u${i}> .`,
    )
    return readDcatFile(bytes([`<urn:d> a <${DCAT.Dataset.value}> .`, ...keywords, ...files].join('\n')), {
      filename: 'm.ttl',
    }).then(({ records }) => {
      expect(records[0]?.record.keywords).toHaveLength(500)
      expect(records[0]?.record.distributions).toHaveLength(1000)
      expect(codes(records[0]?.findings ?? [])).toEqual(
        expect.arrayContaining(['too-many-keywords', 'too-many-distributions']),
      )
      expect(records[0]?.record.unknown).toBe('')
    })
  })

  it('refuses a packed bomb and says when there is no dataset', async () => {
    const { gzipSync } = await import('node:zlib')
    expect(codes((await readDcatFile(gzipSync(Buffer.alloc(40_000_000)))).findings)).toEqual(['packed-bomb'])
    expect(codes((await readDcatFile(bytes('<urn:a> <urn:b> "c" .'))).findings)).toEqual(['no-dataset'])
  })

  it('survives circles and lists that bite their own tail', () => {
    const turtle = `@prefix dcat: <${'http://www.w3.org/ns/dcat#'}> . @prefix dct: <http://purl.org/dc/terms/> . @prefix csvw: <http://www.w3.org/ns/csvw#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      <urn:d> a dcat:Dataset ; dct:conformsTo _:s ; dcat:distribution <urn:d> ; dct:publisher <urn:d> ; dct:relation _:x .
      _:x <urn:p> _:y . _:y <urn:p> _:x . _:s a csvw:Schema ; csvw:column _:l . _:l rdf:first _:c ; rdf:rest _:l . _:c csvw:name "a" .`
    return readDcatFile(bytes(turtle)).then(async ({ records }) => {
      expect(records).toHaveLength(1)
      const text = serialise(writeDcatDataset(records[0]?.record ?? full), 'turtle')
      expect((await parseRdf(bytes(text))).findings).toEqual([])
    })
  })

  it('reads any cut or flipped catalogue without throwing', async () => {
    const whole = bytes(serialise(writeDcatDataset(full), 'rdfxml'))
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.nat(whole.length - 1),
        fc.nat(255),
        async (cut, at, value) => {
          const damaged = Uint8Array.from(whole)
          damaged[at] = value
          const read = await readDcatFile(damaged.subarray(0, cut), { filename: 'x.rdf' })
          for (const { record } of read.records) expect(writeDcatDataset(record).length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 150 },
    )
  })
})

const townPlace = { id: `${lists.geocoding}municipalityKey/99000001`, label: {}, bbox: null, derived: false }

/** A record without the blank node labels and what a public writer does not state. */
function plain(record: DatasetRecord | undefined): unknown {
  return JSON.parse(
    JSON.stringify(record ?? {}, (name, value: unknown) =>
      name === 'id' && typeof value === 'string' && value.startsWith('_:') ? null : value,
    ),
  )
}

const OLD = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix de: <https://www.dcat-ap.de/def/dcatde/1.1/> .
<urn:d> a dcat:Dataset ; dct:title "Alt" ; dct:accessRights "public" ; dct:accrualPeriodicity "jährlich" ; dct:issued "01.08.2017" ; dct:publisher "Stadt X" ;
  de:maintainer [ a foaf:Agent ; foaf:name "Amt" ] ; de:politicalGeocodingURI <https://www.dcat-ap.de/def/politicalGeocoding/regionalKey/130030000000> ;
  <urn:own> "bleibt" ; dcat:distribution <urn:f> .
<urn:f> a dcat:Distribution ; dcat:accessURL "https://x.example/a b.zip" ; dct:license <https://www.dcat-ap.de/def/licenses/dl-by-de/2_0> ; dct:format "SHP" ; dcat:mediaType "application/zip" ; dcat:byteSize "10.0" ; dct:rights "frei" .`
