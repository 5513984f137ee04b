import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { isomorphic } from 'rdf-isomorphic'
import { describe, expect, it } from 'vitest'
import { gunzipSync } from 'node:zlib'
import { parseRdf } from './parse.ts'
import { rdfFormats, type RdfFormat } from './formats.ts'
import { serialise } from './serialise.ts'
import { validateShacl } from './shacl.ts'
import { blank, iri, distinct, literal, triple } from './terms.ts'
import { DCAT, DCT, RDF, XSD } from './vocabularies.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const codes = (findings: { code: string }[]): string[] => findings.map((f) => f.code)
const formats = Object.keys(rdfFormats) as RdfFormat[]
const fixtures = join(import.meta.dirname, '../../../shared/fixtures/dcat')

describe('parsing', () => {
  it('recognises a format by its start, whatever the server calls it', async () => {
    const xml = '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    expect((await parseRdf(bytes(xml), { contentType: 'text/plain' })).format).toBe('rdfxml')
    expect((await parseRdf(bytes('{"@id":"urn:a"}'), { contentType: 'text/html' })).format).toBe('jsonld')
    expect((await parseRdf(bytes('<urn:a> <urn:b> <urn:c> .'))).format).toBe('turtle')
  })

  it('says that a web page is no RDF', async () => {
    const result = await parseRdf(bytes('<!doctype html><html><title>Wartung</title></html>'))
    expect(codes(result.findings)).toEqual(['rdf-format'])
  })

  it('keeps what came before a mistake and names the line', async () => {
    const result = await parseRdf(bytes('<urn:a> <urn:b> "1" .\n<urn:a> <urn:b> oops .\n'), {
      filename: 'a.ttl',
    })
    expect(result.quads).toHaveLength(1)
    expect(result.findings[0]).toMatchObject({ code: 'rdf-syntax', severity: 'error', where: 'line 2' })
  })

  it('does not fetch a foreign JSON-LD context', async () => {
    const result = await parseRdf(bytes('{"@context":"http://127.0.0.1:9/c.jsonld","name":"x"}'))
    expect(codes(result.findings)).toEqual(['jsonld-remote-context'])
  })

  it('uses its own context for the short names of DCAT-AP', async () => {
    const doc = {
      '@context': 'https://semiceu.github.io/DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld',
      '@id': 'urn:d',
      '@type': 'Dataset',
      title: { '@value': 'Bäume', '@language': 'de' },
    }
    const { quads } = await parseRdf(bytes(JSON.stringify(doc)))
    const expected = [
      triple(iri('urn:d'), RDF.type, DCAT.Dataset),
      triple(iri('urn:d'), DCT.title, literal('Bäume', 'de')),
    ]
    expect(isomorphic(quads, expected)).toBe(true)
  })

  it('reads RDF/XML in the encoding it declares', async () => {
    const xml =
      '<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="urn:d:"><rdf:Description rdf:about="urn:a"><d:t>K\xf6ln</d:t></rdf:Description></rdf:RDF>'
    const { quads } = await parseRdf(Uint8Array.from(xml, (c) => c.charCodeAt(0)))
    expect(quads[0]?.object.value).toBe('Köln')
  })

  it('is not blown up by nested entities', async () => {
    const entities = Array.from(
      { length: 12 },
      (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
    ).join('')
    const xml = `<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY l0 "lol">${entities}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="urn:d:"><rdf:Description rdf:about="urn:a"><d:t>&l12;</d:t></rdf:Description></rdf:RDF>`
    const start = Date.now()
    const { quads } = await parseRdf(bytes(xml))
    expect(Date.now() - start).toBeLessThan(2000)
    for (const quad of quads) expect(quad.object.value.length).toBeLessThan(10_000)
  })

  it('cuts monster texts, encodes broken IRIs and removes control characters', async () => {
    const text = `<urn:a> <urn:t> "${'x'.repeat(5_000_000)}" .\n<urn:a> <urn:t> "a\\u0001b" .\n<urn:a> <urn:l> <http://x.example/a\\u0020b> .\n`
    const { quads, findings } = await parseRdf(bytes(text), { filename: 'a.nt' })
    expect(codes(findings)).toEqual(expect.arrayContaining(['rdf-long-text', 'rdf-control-characters']))
    expect(quads[0]?.object.value).toHaveLength(200_000)
    expect(quads[1]?.object.value).toBe('ab')
  })

  it('stops at the bound of statements', async () => {
    const text = Array.from({ length: 500 }, (_, i) => `<urn:a> <urn:b> "${i}" .`).join('\n')
    const { quads, findings } = await parseRdf(bytes(text), { filename: 'a.nt', limits: { maxQuads: 100 } })
    expect(quads).toHaveLength(100)
    expect(codes(findings)).toEqual(['rdf-too-many'])
  })

  it('never throws on any bytes, whatever they are called', async () => {
    const start = fc.constantFrom(
      '',
      '{',
      '<?xml version="1.0"?><rdf:RDF',
      '@prefix a: <urn:a> . ',
      '<urn:a> <urn:b> ',
    )
    await fc.assert(
      fc.asyncProperty(
        start,
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('a.ttl', 'a.rdf', 'a.jsonld', 'a.nt', 'a'),
        async (s, tail, filename) => {
          const result = await parseRdf(Buffer.concat([Buffer.from(s), tail]), { filename })
          expect(Array.isArray(result.quads)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('writing', () => {
  const node = fc.oneof(
    fc
      .constantFrom(
        'http://a.example/x',
        'http://a.example/ü?q=1&r=2',
        'urn:x:1',
        'http://www.w3.org/ns/dcat#Dataset',
      )
      .map(iri),
    fc.constantFrom('a', 'b1', 'c_2', 'd.3').map(blank),
  )
  const predicate = fc.constantFrom(
    DCT.title,
    DCAT.distribution,
    RDF.type,
    iri('http://p.example/x-1'),
    iri('urn:p:ö'),
  )
  const text = fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('a\nb\r\nc\t"\\', '"""', '<&>]]>', ''),
    )
    .map((s) => s.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, ''))
  const value = fc.oneof(
    text.map((t) => literal(t)),
    text.map((t) => literal(t, 'de')),
    fc.integer().map((n) => literal(String(n), XSD.integer)),
  )
  const quads = fc.array(
    fc.tuple(node, predicate, fc.oneof(node, value)).map(([s, p, o]) => triple(s, p, o)),
    { maxLength: 15 },
  )

  it.each(formats)('%s reads back as the same graph', async (format) => {
    await fc.assert(
      fc.asyncProperty(quads, async (graph) => {
        const safe = format === 'rdfxml' ? graph.filter((q) => !q.predicate.value.endsWith('ö')) : graph
        const back = await parseRdf(bytes(serialise(safe, format)), {
          contentType: rdfFormats[format].mediaType,
        })
        expect(back.findings).toEqual([])
        expect(isomorphic(back.quads, distinct(safe))).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('writes Turtle people can read', () => {
    const d = iri('http://a.example/d')
    const text = serialise(
      [
        triple(d, RDF.type, DCAT.Dataset),
        triple(d, DCAT.contactPoint, blank('c')),
        triple(blank('c'), DCT.title, literal('Amt', 'de')),
      ],
      'turtle',
    )
    expect(text).toBe(
      '@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n\n<http://a.example/d> a dcat:Dataset ;\n  dcat:contactPoint [\n    dcterms:title "Amt"@de\n  ] .\n',
    )
  })
})

describe('shapes', () => {
  const shapes =
    '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <urn:s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:message "Titel fehlt" ] .'

  it('reports a missing title with its path and passes a good record', async () => {
    const rules = (await parseRdf(bytes(shapes), { filename: 's.ttl' })).quads
    const bad = [triple(iri('urn:d'), RDF.type, DCAT.Dataset)]
    expect(await validateShacl(bad, rules)).toMatchObject([
      { severity: 'violation', focus: 'urn:d', path: DCT.title.value, message: 'Titel fehlt' },
    ])
    expect(await validateShacl([...bad, triple(iri('urn:d'), DCT.title, literal('x'))], rules)).toEqual([])
  })
})

describe.skipIf(!existsSync(fixtures))('the real catalogues (skipped: fixtures missing)', () => {
  const files = existsSync(fixtures)
    ? readdirSync(join(fixtures, 'catalogues'), { recursive: true })
        .map(String)
        .filter((f) => /\.(rdf|xml|ttl|nt|jsonld)(\.gz)?$/.test(f))
    : []

  it('read nearly all files and survive every format', { timeout: 120_000 }, async () => {
    let good = 0
    for (const file of files) {
      const raw = readFileSync(join(fixtures, 'catalogues', file))
      const parsed = await parseRdf(file.endsWith('.gz') ? gunzipSync(raw) : raw, {
        filename: file,
        baseIri: 'http://base.example/',
      })
      if (parsed.findings.every((f) => f.severity !== 'error')) good += 1
      if (parsed.quads.length > 5000) continue
      for (const format of formats) {
        const back = await parseRdf(bytes(serialise(parsed.quads, format)), {
          contentType: rdfFormats[format].mediaType,
        })
        expect([file, format, isomorphic(back.quads, distinct(parsed.quads))]).toEqual([file, format, true])
      }
    }
    expect(files.length).toBeGreaterThan(100)
    expect(good / files.length).toBeGreaterThan(0.85)
  })
})
