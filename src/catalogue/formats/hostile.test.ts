import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fixture, fixtureFiles, hasFixtures } from '../../../test/conformance/fixtures.ts'
import { convertRecords } from './convert.ts'
import { fileContext } from './format.ts'
import { readDocument, type ReadDocument } from './read.ts'

/** All files, several harms each; otherwise a sample that takes seconds. */
const FULL = process.env['FORMATS_FULL'] === '1'

async function read(filename: string, bytes: Uint8Array | string): Promise<ReadDocument> {
  const plain = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  return readDocument({ bytes: plain, filename, context: fileContext(filename) }, undefined)
}

/** A repeatable source of numbers below one (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const harms: Record<string, (bytes: Buffer, next: () => number) => Uint8Array> = {
  cut: (bytes, next) => bytes.subarray(0, Math.floor(next() * bytes.length)),
  'cut in front': (bytes, next) => bytes.subarray(Math.floor(next() * bytes.length)),
  'flip bits': (bytes, next) => {
    const copy = Buffer.from(bytes)
    for (let i = 0; i < 20; i++) {
      const at = Math.floor(next() * copy.length)
      copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(next() * 8))
    }
    return copy
  },
  'wrong encoding': (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
  'utf-16': (bytes) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('utf8'), 'utf16le')]),
  twice: (bytes) => Buffer.concat([bytes, bytes]),
}

describe.skipIf(!hasFixtures)('damaged catalogues (skipped: shared/fixtures is missing)', () => {
  const all = ['dcat/catalogues', 'harvest'].flatMap(fixtureFiles)
  const small = all.filter((path) => fixture(path).length < 120_000)
  const paths = FULL ? all : small.filter((_, i) => i % 23 === 0)

  it.each(Object.keys(harms))('are read as far as they go: %s', { timeout: 600_000 }, async (name) => {
    const next = random(4711 + name.length)
    for (const path of paths) {
      for (let round = 0; round < (FULL ? 3 : 1); round++) {
        const bytes = harms[name]?.(fixture(path), next) ?? Buffer.alloc(0)
        const found = await read(basename(path), bytes)
        const silent = found.records.length === 0 && found.findings.length === 0
        expect([path, name, silent]).toEqual([path, name, false])
        for (const { record } of found.records) expect(JSON.stringify(record).length).toBeLessThan(20_000_000)
        expect(
          convertRecords(
            found.records.map(({ record }) => record),
            'ntriples',
          ),
        ).toBeTypeOf('string')
      }
    }
  })
})

describe.skipIf(!hasFixtures)('real catalogues (skipped: shared/fixtures is missing)', () => {
  const forms = { turtle: 'ttl', rdfxml: 'rdf', jsonld: 'jsonld', ntriples: 'nt', ckan: 'json' } as const
  const paths = ['dcat/catalogues', 'harvest'].flatMap(fixtureFiles)

  it('come back whole from every form they are converted to', { timeout: 600_000 }, async () => {
    const sample = paths.filter((path, i) => FULL || (i % 19 === 0 && fixture(path).length < 400_000))
    let datasets = 0
    for (const path of sample) {
      const found = await read(basename(path), fixture(path))
      const records = found.format === 'data' ? [] : found.records.map(({ record }) => record)
      const own = new Set(records.map(({ uri }, i) => uri ?? i)).size
      datasets += own
      if (own === 0) continue
      for (const [to, ending] of Object.entries(forms) as [keyof typeof forms, string][]) {
        const back = await read(`x.${ending}`, convertRecords(records, to))
        expect([path, to, back.findings.filter((f) => f.severity === 'error')]).toEqual([path, to, []])
        expect([path, to, back.records.length]).toEqual([path, to, to === 'ckan' ? records.length : own])
      }
    }
    expect(datasets).toBeGreaterThan(20)
  })
})

const many = (n: number, make: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => make(i)).join('')
const iso = (inside: string): string =>
  `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>a</gco:CharacterString></gmd:fileIdentifier>${inside}</gmd:MD_Metadata>`
const word = (name: string, text: string): string =>
  `<gmd:${name}><gco:CharacterString>${text}</gco:CharacterString></gmd:${name}>`

describe('monsters', () => {
  it.each([
    [
      'ckan',
      'm.json',
      JSON.stringify({
        id: 'a',
        title: 'T',
        notes: 'N',
        tags: Array.from({ length: 10_000 }, (_, i) => ({ name: `w${i}` })),
        resources: Array.from({ length: 8000 }, (_, i) => ({ url: `https://e.example/${i}` })),
      }),
    ],
    [
      'csw',
      'm.xml',
      iso(
        `<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:descriptiveKeywords><gmd:MD_Keywords>${many(10_000, (i) => word('keyword', `w${i}`))}</gmd:MD_Keywords></gmd:descriptiveKeywords></gmd:MD_DataIdentification></gmd:identificationInfo><gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>${many(8000, (i) => `<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://e.example/${i}.csv</gmd:URL></gmd:linkage></gmd:CI_OnlineResource></gmd:onLine>`)}</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>`,
      ),
    ],
    [
      'dcat',
      'm.ttl',
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . <urn:d> a dcat:Dataset ; dcat:keyword ${many(10_000, (i) => `${i ? ',' : ''}"w${i}"`)} . ${many(8000, (i) => `<urn:d> dcat:distribution <urn:f${i}> . <urn:f${i}> a dcat:Distribution .\n`)}`,
    ],
  ])('%s: 10 000 keywords and 8 000 files are capped and named', async (format, name, text) => {
    const found = await read(name, text)
    expect(found.format).toBe(format)
    const [only] = found.records
    expect(only?.record.keywords.length).toBe(500)
    expect(only?.record.distributions.length).toBeLessThanOrEqual(1000)
    expect(only?.findings.map((f) => f.code)).toEqual(
      expect.arrayContaining(['too-many-keywords', 'too-many-distributions']),
    )
  })

  it.each([
    ['m.json', (long: string) => JSON.stringify({ id: 'a', title: 'T', notes: long })],
    [
      'm.xml',
      (long: string) =>
        iso(
          `<gmd:identificationInfo><gmd:MD_DataIdentification>${word('abstract', long)}</gmd:MD_DataIdentification></gmd:identificationInfo>`,
        ),
    ],
    [
      'm.ttl',
      (long: string) =>
        `<urn:d> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/description> "${long}" .`,
    ],
    [
      'm.html',
      (long: string) =>
        `<!doctype html><script type="application/ld+json">{"@context":"https://schema.org","@type":"Dataset","name":"T","description":"${long}"}</script>`,
    ],
  ])('a text of 5 MB in %s is cut', async (name, make) => {
    const found = await read(name, make('lang '.repeat(1024 * 1024)))
    const text = Object.values(found.records[0]?.record.description ?? {})[0] ?? ''
    expect(text.length).toBeGreaterThan(1000)
    expect(text.length).toBeLessThanOrEqual(200_000)
  })

  it('entities are never expanded, whatever the form of XML', async () => {
    const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha">${many(9, (i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`)}]>`
    for (const body of [
      iso(word('language', '&j;')),
      '<OAI-PMH><ListRecords>&j;</ListRecords></OAI-PMH>',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&j;</rdf:RDF>',
    ]) {
      const found = await read('m.xml', `<?xml version="1.0"?>${laughs}${body}`)
      expect(JSON.stringify(found.records).length).toBeLessThan(100_000)
      expect(found.findings.length).toBeGreaterThan(0)
    }
  })

  it('contexts on other machines are not fetched', async () => {
    const found = await read(
      'm.jsonld',
      '{"@context":"http://127.0.0.1:9/context.jsonld","@type":"Dataset","title":"x"}',
    )
    expect(found.findings.some((f) => f.severity === 'error')).toBe(true)
  })

  it('deep nesting ends in findings', async () => {
    const deep = 50_000
    const texts: [string, string][] = [
      ['m.json', `${'[{"results":'.repeat(deep)}1${'}]'.repeat(deep)}`],
      [
        'm.json',
        `{"success":true,"result":{"results":[{"id":"a","title":"t","notes":"n","extras":[{"key":"k","value":${'['.repeat(deep)}${']'.repeat(deep)}}]}]}}`,
      ],
      ['m.xml', iso(`${'<gmd:a>'.repeat(deep)}${'</gmd:a>'.repeat(deep)}`)],
      [
        'm.html',
        `<html><script type="application/ld+json">${'{"@graph":['.repeat(deep)}${']}'.repeat(deep)}</script>`,
      ],
    ]
    for (const [name, text] of texts) {
      const found = await read(name, text)
      expect([name, found.findings.length + found.records.length > 0]).toEqual([name, true])
    }
  })
})
