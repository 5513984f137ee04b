import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { isomorphic } from 'rdf-isomorphic'
import { describe, expect, it } from 'vitest'
import { parseRdf } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import { validateShacl, type ShaclResult } from '../../rdf/shacl.ts'
import { nodeOf, type Quad } from '../../rdf/terms.ts'
import { DCAT } from '../../rdf/vocabularies.ts'
import { emptyDistribution, emptyRecord, recordForFace, type DatasetRecord } from '../model.ts'
import { readDcat, readDcatFile } from './read.ts'
import { lists } from './vocabulary.ts'
import { licenceIri } from './licences.ts'
import { writeDcatCatalogue, writeDcatDataset } from './write.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const codes = (findings: { code: string }[]): string[] => findings.map((f) => f.code)

/** A record that uses every field a public reader may see. */
const full: DatasetRecord = {
  ...emptyRecord(),
  uri: 'https://daten.auenstadt.example/catalogue/datasets/1',
  identifier: 'auenstadt-hitze-2026',
  otherIdentifiers: ['https://daten.auenstadt.example/id/1', 'H-26'],
  title: { de: 'Hitzetage je Block', en: 'Hot days per block' },
  description: { de: 'Zahl der Tage über 30 °C je Baublock.\nGemessen an 40 Stationen.' },
  keywords: [
    { text: 'Hitze', lang: 'de' },
    { text: 'Klima', lang: '' },
  ],
  themes: ['ENVI', 'HEAL'],
  publisher: {
    id: 'https://auenstadt.example/',
    name: { de: 'Stadt Auenstadt' },
    type: 'http://purl.org/adms/publishertype/LocalAuthority',
    url: 'https://auenstadt.example/',
    email: 'daten@auenstadt.example',
  },
  creators: [{ id: null, name: { de: 'Umweltamt' }, type: null, url: null, email: null }],
  custodians: [{ id: null, name: { de: 'Stelle für Daten' }, type: null, url: null, email: null }],
  originators: [{ id: null, name: { de: 'Messnetz' }, type: null, url: null, email: null }],
  contacts: [
    {
      id: null,
      kind: 'organisation',
      name: 'Umweltamt',
      email: 'umwelt@auenstadt.example',
      phone: '+499991234',
      url: 'https://auenstadt.example/umwelt',
    },
  ],
  contributorIds: ['http://dcat-ap.de/def/contributors/auenstadt'],
  access: { ...emptyRecord().access, type: 'open' },
  legislation: ['https://www.gesetze-im-internet.de/dng/'],
  places: [{ id: null, label: { de: 'Auenstadt' }, bbox: [11.5, 50.2, 11.9, 50.6], derived: false }],
  ags: '99000001',
  geocodingLevel: 'municipality',
  periods: [{ id: null, start: '2026-06-01', end: '2026-08-31' }],
  frequency: 'ANNUAL',
  issued: '2026-09-15',
  modified: '2026-10-01T10:00:00Z',
  version: '1.0',
  availability: 'STABLE',
  languages: ['DEU'],
  landingPages: ['https://daten.auenstadt.example/catalogue/datasets/1'],
  documentation: ['https://daten.auenstadt.example/answers/1'],
  references: ['https://musterdatenkatalog.de/def/musterdatensatz/wetter/klima'],
  columns: [
    { name: 'block', meaning: 'Baublock', type: 'text', unit: null, personal: false },
    { name: 'tage', meaning: 'Tage über 30 °C', type: 'integer', unit: 'd', personal: false },
  ],
  distributions: [
    {
      ...emptyDistribution(),
      title: { de: 'CSV' },
      accessUrl: 'https://daten.auenstadt.example/f/hitze.csv',
      downloadUrl: 'https://daten.auenstadt.example/f/hitze.csv',
      format: 'CSV',
      mediaType: 'text/csv',
      licence: licenceIri('dl-by-de/2.0'),
      attribution: { de: 'Stadt Auenstadt' },
      byteSize: 1234,
      checksum: { id: null, algorithm: 'sha256', value: 'ab12' },
      issued: '2026-09-15',
      modified: '2026-10-01',
      availability: 'STABLE',
      status: 'COMPLETED',
      languages: ['DEU'],
    },
  ],
}

const closed: DatasetRecord = {
  ...full,
  uri: 'https://daten.auenstadt.example/catalogue/datasets/2',
  identifier: 'auenstadt-einschulung',
  title: { de: 'Einschulungsuntersuchungen' },
  access: {
    type: 'sandbox',
    assumed: false,
    reasons: ['f'],
    grounds: ['personal'],
    note: { de: 'Nur als geschützte Tabelle.' },
    requestUrl: null,
  },
  distributions: [],
  inventory: { ...full.inventory, location: '\\\\fs01\\gesundheit\\esu.mdb', contactPerson: 'Erika Muster' },
}

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

const fixtures = join(import.meta.dirname, '../../../../shared/fixtures/dcat')
const fixture = (path: string): Buffer => readFileSync(join(fixtures, path))

describe.skipIf(!existsSync(fixtures))('real catalogues (skipped: shared/fixtures/dcat is missing)', () => {
  const rostock = 'catalogues/govdata-dashboard/rostock-catalog-original-input.rdf.gz'

  it('reads the Rostock catalogue: 100 datasets, the next page, the announced number', async () => {
    const read = await readDcatFile(fixture(rostock), { filename: rostock })
    expect(read.records).toHaveLength(100)
    expect(read).toMatchObject({
      next: 'https://www.opendata-hro.de/catalog.rdf?page=2',
      total: 217,
      findings: [],
    })
    for (const { record } of read.records) {
      expect(record.publisher?.name['']).toBeTruthy()
      expect(record.distributions.every((d) => d.licence?.startsWith(lists.licence))).toBe(true)
    }
  })

  it.each([
    rostock,
    'catalogues/dcat-ap-de-v2.0-refimp/dcat_ap_de-RefImp_TTL_ADVANCED.ttl',
    'catalogues/dcat-ap-de-v2.0-refimp/dcat_ap_de-RefImp_RDF_SIMPLE.rdf',
    'catalogues/ckanext-dcatde/metadata_max.rdf',
    'catalogues/semic-3.0.1/example-bee-population.ttl',
    'catalogues/semic-hvd-3.0.0/example-ms_dataset.ttl',
    'catalogues/udata/bnodes.xml',
  ])(
    'loses no statement of %s but the listed ones',
    async (path) => {
      const read = await readDcatFile(fixture(path), { filename: path, baseIri: 'http://base.example/' })
      expect(read.records.length).toBeGreaterThan(0)
      for (const { record } of read.records) {
        const source = closure(read.quads, record.uri ?? '')
        const written = writeDcatDataset(record)
        expect(difference(source, written).filter((line) => !isListed(line))).toEqual([])
        const again = readDcat(written).records[0]?.record
        expect(isomorphic(writeDcatDataset(again ?? full), written)).toBe(true)
      }
    },
    120_000,
  )

  it('writes a feed without a violation of the official shapes, and the shapes find faults', async () => {
    const shapes = await officialShapes()
    const info = {
      uri: 'https://daten.auenstadt.example/catalog',
      title: { de: 'Datenkatalog' },
      description: { de: 'Alle Daten der Stadt' },
      publisher: full.publisher,
      homepage: 'https://daten.auenstadt.example/',
      issued: '2026-01-01',
      modified: '2026-11-01',
    }
    const feed = writeDcatCatalogue(info, [
      { record: full, uri: '' },
      { record: closed, uri: '' },
    ])
    expect((await validateShacl(feed, shapes)).filter(counts)).toEqual([])
    const bad = writeDcatDataset({
      ...full,
      publisher: null,
      contacts: [{ id: null, kind: 'other', name: 'x', email: null, phone: null, url: null }],
    })
    const found = (await validateShacl(bad, shapes)).filter(counts)
    expect(found.map((r) => r.message).join()).toContain('dcterms:publisher')
    expect(found.length).toBeGreaterThanOrEqual(2)
    const deprecated = await parseRdf(fixture('shacl-testcases-de/dataset-politicalGeocodingURI.ttl'), {
      filename: 'x.ttl',
    })
    expect((await validateShacl(deprecated.quads, shapes)).length).toBeGreaterThan(0)
  }, 60_000)
})

async function officialShapes(): Promise<Quad[]> {
  const files = [
    'dcat-ap-de/v3.0/dcat-ap-spec-german-additions.ttl',
    'dcat-ap-de/v3.0/dcat-ap-de-deprecated.ttl',
    'dcat-ap/3.0.0/dcat-ap-SHACL.ttl',
    'dcat-ap-de/v3.0/dcat-ap-SHACL-DE.ttl',
  ]
  const parsed = await Promise.all(
    files.map((file) => parseRdf(fixture(`shacl/${file}`), { filename: file })),
  )
  return parsed.flatMap((p) => p.quads)
}

function counts(result: ShaclResult): boolean {
  return result.severity === 'violation'
}

/** Statements reachable from a dataset, without entering other datasets. */
function closure(quads: Quad[], uri: string): Quad[] {
  const bySubject = new Map<string, Quad[]>()
  for (const q of quads) bySubject.set(key(q.subject), [...(bySubject.get(key(q.subject)) ?? []), q])
  const start = key(nodeOf(uri))
  const seen = new Set([start])
  const found: Quad[] = []
  for (const at of seen) {
    for (const quad of bySubject.get(at) ?? []) {
      found.push(quad)
      const alone = (bySubject.get(key(quad.object)) ?? []).some((q) =>
        /dcat#(Dataset|DatasetSeries|Catalog|CatalogRecord)$/.test(q.object.value),
      )
      if (!alone && quad.object.termType !== 'Literal') seen.add(key(quad.object))
    }
  }
  return found
}

function key(term: Quad['object']): string {
  return term.termType === 'BlankNode' ? `_:${term.value}` : term.value
}

/** Statements of `a` that `b` lacks; blank nodes count as equal, datatypes of text too. */
function difference(a: Quad[], b: Quad[]): string[] {
  const line = (q: Quad): string => `${flat(q.subject)} ${q.predicate.value} ${flat(q.object)}`
  const have = new Set(b.map(line))
  return a.map(line).filter((text) => !have.has(text))
}

function flat(term: Quad['object']): string {
  if (term.termType === 'BlankNode') return '_:'
  return term.termType === 'Literal' ? `"${term.value}"@${term.language}` : `<${term.value}>`
}

/** What is rewritten on purpose: old profile and list addresses, deprecated properties, text where the shapes want IRIs. */
const LISTED = [
  /dcat-ap\.de\/def\//,
  /dcatde\/(1\.|maintainer|originator|geocodingDescription|politicalGeocodingURI|plannedAvailability|legalBasis)/,
  /vcard\/ns#(Voice|Work|Home|Cell|Text)>$|purl\.org\/dc\/terms\/(accessRights|language|license|format|publisher|creator|rights|accrualPeriodicity|modified|issued|spatial) "/,
  /owl#versionInfo|schema\.org\/(startDate|endDate)|xmlns\.com\/foaf\/0\.1\/(mbox|homepage)/,
  /vcard\/ns#(hasEmail|email|hasTelephone|hasValue|hasURL)/,
  /dcat#(mediaType|byteSize|keyword|accessURL|downloadURL|landingPage)|adms#(status|identifier)|dc\/terms\/format|foaf\/0\.1\/page "/,
  /checksumAlgorithm_|hashAlgorithms/,
]

function isListed(line: string): boolean {
  return LISTED.some((pattern) => pattern.test(line))
}

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
