import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isomorphic } from 'rdf-isomorphic'
import { describe, expect, it } from 'vitest'
import { parseRdf } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import { validateShacl, type ShaclResult } from '../../rdf/shacl.ts'
import { nodeOf, type Quad } from '../../rdf/terms.ts'
import { closed, full } from './examples.ts'
import { readDcat, readDcatFile } from './read.ts'
import { lists } from './vocabulary.ts'
import { writeDcatCatalogue, writeDcatDataset } from './write.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

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
      const graph = bySubject(read.quads)
      for (const { record } of read.records) {
        const source = closure(graph, record.uri ?? '')
        const written = writeDcatDataset(record)
        expect(difference(source, written).filter((line) => !isListed(line))).toEqual([])
        const again = readDcat(written).records[0]?.record
        expect(isomorphic(writeDcatDataset(again ?? full), written)).toBe(true)
      }
    },
    120_000,
  )

  it('reads every catalogue file and writes what it read as readable RDF', { timeout: 120_000 }, async () => {
    const folders = [
      'catalogues',
      '../harvest/csw/udata-csw-dcat',
      '../harvest/ckan/ckanext-dcat',
      'shacl-testcases-de',
    ]
    let datasets = 0
    for (const folder of folders) {
      const files = readdirSync(join(fixtures, folder), { recursive: true }).map(String)
      for (const file of files.filter((f) => /\.(rdf|xml|ttl|nt|jsonld)(\.gz)?$/.test(f))) {
        const read = await readDcatFile(fixture(join(folder, file)), {
          filename: file,
          baseIri: 'http://base.example/',
        })
        datasets += read.records.length
        const quads = read.records
          .slice(0, 10)
          .flatMap(({ record }, i) => writeDcatDataset(record, { prefix: `d${i}` }))
        const back = await parseRdf(bytes(serialise(quads, 'rdfxml')), { filename: 'x.rdf' })
        expect([file, back.findings]).toEqual([file, []])
      }
    }
    expect(datasets).toBeGreaterThan(200)
  })

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

function bySubject(quads: Quad[]): Map<string, Quad[]> {
  const graph = new Map<string, Quad[]>()
  for (const quad of quads) {
    const about = graph.get(key(quad.subject))
    if (about) about.push(quad)
    else graph.set(key(quad.subject), [quad])
  }
  return graph
}

/** Statements reachable from a dataset, without entering other datasets. */
function closure(graph: Map<string, Quad[]>, uri: string): Quad[] {
  const start = key(nodeOf(uri))
  const seen = new Set([start])
  const found: Quad[] = []
  for (const at of seen) {
    for (const quad of graph.get(at) ?? []) {
      found.push(quad)
      const alone = (graph.get(key(quad.object)) ?? []).some((q) =>
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
