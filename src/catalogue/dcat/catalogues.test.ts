import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseRdf } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import { validateShacl, type ShaclResult } from '../../rdf/shacl.ts'
import type { Quad } from '../../rdf/terms.ts'
import { closed, full } from './examples.ts'
import { readDcatFile } from './read.ts'
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
