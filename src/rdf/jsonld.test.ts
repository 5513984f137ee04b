import { Readable } from 'node:stream'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { isomorphic } from 'rdf-isomorphic'
import { describe, expect, it } from 'vitest'
import { rdfFormats } from './formats.ts'
import { parseRdf } from './parse.ts'
import { readPlainJsonLd } from './read-jsonld.ts'
import { serialise } from './serialise.ts'
import { iri, literal, triple, type Quad } from './terms.ts'

const BASE = 'https://example.org/a/b'

async function complete(text: string): Promise<Quad[]> {
  const parser = new JsonLdParser({ baseIRI: BASE, skipContextValidation: true })
  const quads: Quad[] = []
  for await (const quad of Readable.from([text]).pipe(parser as never) as AsyncIterable<Quad>)
    quads.push(quad)
  return quads
}

const context = {
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  id: '@id',
  type: '@type',
  title: { '@id': 'dct:title', '@language': 'DE' },
  plain: { '@id': 'dct:title', '@language': null },
  words: { '@id': 'dct:subject', '@container': '@set' },
  names: { '@id': 'dct:alternative', '@container': '@language' },
  order: { '@id': 'dct:order', '@container': '@list' },
  page: { '@id': 'dct:source', '@type': '@id' },
  kind: { '@id': 'dct:type', '@type': '@vocab' },
  day: { '@id': 'dct:issued', '@type': 'xsd:date' },
  size: { '@id': 'dct:extent', '@type': 'xsd:decimal' },
  gone: null,
}

describe('JSON-LD read the short way says the same as read the long way', () => {
  it.each<[string, unknown]>([
    ['coercion', { id: 'x', type: 'dct:Thing', page: '../c', kind: 'title', day: '2024-01-01', size: 5 }],
    ['languages', { id: 'urn:a', title: ['a', { '@value': 'b', '@language': 'EN' }], plain: 'c' }],
    ['a language map', { id: 'urn:a', names: { de: ['a', 'b'], EN: 'c', '@none': 'd' } }],
    ['numbers', { id: 'urn:a', 'dct:n': [1, -1.5, 1e21, 1e-7, 0.1, 3.0, true, false], size: [2.5, 7] }],
    ['typed values', { id: 'urn:a', 'dct:n': [{ '@value': '1', '@type': 'xsd:int' }, { '@value': 2 }] }],
    [
      'lists',
      {
        id: 'urn:a',
        order: ['a', { id: 'urn:b' }],
        'dct:l': { '@list': [1, 'b'] },
        'dct:e': { '@list': [] },
      },
    ],
    [
      'sets and null',
      { id: 'urn:a', words: { '@set': ['a', 'b'] }, title: null, 'dct:x': [null, 'y'], gone: 'z' },
    ],
    ['nested nodes', { 'dct:publisher': { id: '_:p', 'dct:title': 'P', 'dct:part': [{ type: 'dct:A' }] } }],
    [
      'a graph',
      {
        '@graph': [
          { id: 'urn:a', title: 'a' },
          { id: 'urn:b', title: 'b' },
        ],
      },
    ],
    [
      'a context inside',
      { id: 'urn:a', 'dct:p': { '@context': { title: 'dct:other', '@language': 'fr' }, title: 't' } },
    ],
    [
      'a vocabulary',
      { '@context': { '@vocab': 'http://v.example/' }, '@type': 'T', name: 'n', 'http://x.example/p': 1 },
    ],
    ['names of nothing', { id: 'urn:a', unknown: 'x', 'other:thing': 'y', title: 't' }],
  ])('%s', async (_, document) => {
    const text = JSON.stringify({ '@context': context, ...(document as object) })
    const found = await readPlainJsonLd(text, BASE, 1000)
    const wanted = await complete(text)
    expect(found?.refused).toBeNull()
    expect(found?.quads.length).toBe(wanted.length)
    expect(isomorphic(found?.quads ?? [], wanted)).toBe(true)
  })

  it.each<[string, object]>([
    ['reverse properties', { '@reverse': { 'dct:x': { id: 'urn:b' } } }],
    ['scoped contexts', { '@context': { dct: context.dct, p: { '@id': 'dct:p', '@context': {} } } }],
    ['index maps', { '@context': { p: { '@id': 'urn:p', '@container': '@index' } }, p: { a: 'b' } }],
    ['named graphs', { id: 'urn:g', 'dct:title': 'G', '@graph': [{ id: 'urn:a', title: 'a' }] }],
  ])('%s are left to the complete reader', async (_, document) => {
    expect(await readPlainJsonLd(JSON.stringify({ '@context': context, ...document }), BASE, 1000)).toBeNull()
  })
})

describe('texts by language under the context of the European profile', () => {
  it.each([
    ['an object of languages', { en: 'Bees', de: ['Bienen'] }, ['Bees@en', 'Bienen@de']],
    ['one text with its language', { '@value': 'Bienen', '@language': 'de' }, ['Bienen@de']],
    ['a plain text', 'Bienen', ['Bienen@']],
  ])('are read from %s', async (_, title, expected) => {
    const address =
      'https://semiceu.github.io/uri.semic.eu-generated/DCAT-AP/releases/3.0.0/html/examples/context.jsonld'
    const document = { '@context': address, '@id': 'urn:a', '@type': 'Dataset', title }
    const bytes = new TextEncoder().encode(JSON.stringify(document))
    const { quads } = await parseRdf(bytes, { filename: 'x.jsonld' })
    const titles = quads.filter((quad) => quad.predicate.value.endsWith('/title')).map(({ object }) => object)
    const said = titles.map((each) => (each.termType === 'Literal' ? `${each.value}@${each.language}` : '?'))
    expect(said.toSorted()).toEqual(expected)
  })
})

describe('documents made to exhaust the reader', () => {
  const rdf = (inside: string, head = ''): string =>
    `<?xml version="1.0"?>${head}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/">${inside}</rdf:RDF>`
  const about = (text: string): string =>
    `<rdf:Description rdf:about="urn:a"><dct:title>${text}</dct:title></rdf:Description>`
  it.each([
    ['m.jsonld', '{"@context":{"a":"urn:a"},"@id":"urn:x","a":'.repeat(20_000), 'rdf-too-deep'],
    ['m.rdf', rdf('<rdf:Description><dct:relation>'.repeat(30_000)), 'rdf-too-deep'],
    ['m.rdf', rdf(about('&b;'), '<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'), 'rdf-entities'],
    ['m.rdf', rdf(about('&b;'), '<!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), 'rdf-entities'],
    [
      'm.rdf',
      rdf(about('&b;'.repeat(5000)), `<!DOCTYPE r [<!ENTITY b '${'x'.repeat(5000)}'>]>`),
      'rdf-entities',
    ],
  ])('%s is refused in little time', async (filename, text, code) => {
    const { quads, findings } = await parseRdf(new TextEncoder().encode(text), { filename })
    expect(findings.map((each) => each.code)).toEqual([code])
    expect(quads.length).toBeLessThan(2000)
  })

  it('own entities used as short names stay readable', async () => {
    const text = rdf(about('a &b; c'), '<!DOCTYPE rdf:RDF [<!ENTITY b "B">]>')
    const { quads } = await parseRdf(new TextEncoder().encode(text), { filename: 'm.rdf' })
    expect(quads.map(({ object }) => object.value)).toEqual(['a B c'])
  })
})

describe('any text is written so that it is read again', () => {
  const texts = [
    'a\nb',
    'a\\nb\nc\\',
    '"\n"',
    '"""\n\\"""',
    '\\',
    '\r\n\t',
    "'''\n'",
    '\u0085\u2028\n😀',
    '\\u0041\n\\U0',
  ]
  it.each(['turtle', 'ntriples', 'jsonld', 'rdfxml'] as const)('%s', async (format) => {
    const written = texts.map((text, i) => triple(iri(`urn:a:${i}`), iri('urn:p:text'), literal(text)))
    const { quads, findings } = await parseRdf(new TextEncoder().encode(serialise(written, format)), {
      contentType: rdfFormats[format].mediaType,
    })
    expect(findings).toEqual([])
    expect(isomorphic(quads, written)).toBe(true)
  })
})
