import { describe, expect, it } from 'vitest'
import { SolrSyntaxError, parseSolr, solrDate } from './solr.ts'

const term = (field: string | null, value: string) => ({
  kind: 'term',
  field,
  value,
  phrase: false,
  prefix: false,
})

describe('the subset of Solr’s query language', () => {
  it('takes nothing and *:* for everything', () => {
    expect(parseSolr('')).toEqual({ kind: 'all' })
    expect(parseSolr('*:*')).toEqual({ kind: 'all' })
  })

  it('joins words beside each other by AND and binds AND closer than OR', () => {
    expect(parseSolr('kita hitze OR schatten')).toEqual({
      kind: 'or',
      of: [{ kind: 'and', of: [term(null, 'kita'), term(null, 'hitze')] }, term(null, 'schatten')],
    })
  })

  it('gives a field to a whole bracket, as harvesters ask for several houses', () => {
    expect(parseSolr('organization:(stadtwerke OR "amt-fuer-statistik")')).toEqual({
      kind: 'or',
      of: [
        term('organization', 'stadtwerke'),
        { kind: 'term', field: 'organization', value: 'amt-fuer-statistik', phrase: true, prefix: false },
      ],
    })
  })

  it('reads ranges, exclusions, prefixes and escapes', () => {
    expect(parseSolr('metadata_modified:[2026-01-01T00:00:00Z TO *]')).toEqual({
      kind: 'range',
      field: 'metadata_modified',
      from: '2026-01-01T00:00:00Z',
      to: null,
      inclusive: true,
    })
    expect(parseSolr('+state:active -dataset_type:harvest')).toEqual({
      kind: 'and',
      of: [term('state', 'active'), { kind: 'not', of: term('dataset_type', 'harvest') }],
    })
    expect(parseSolr('Abf*')).toEqual({
      kind: 'term',
      field: null,
      value: 'Abf',
      phrase: false,
      prefix: true,
    })
    expect(parseSolr('a\\:b')).toEqual(term(null, 'a:b'))
  })

  it('keeps an address in one piece', () => {
    expect(parseSolr('identifier:"http://x.de/a?b=1"')).toMatchObject({ value: 'http://x.de/a?b=1' })
    expect(parseSolr('http://x.de/a')).toMatchObject({ field: null, value: 'http://x.de/a' })
  })

  it.each([
    '(a',
    'a)',
    'title:',
    'AND',
    '[a TO b]',
    'title:[a',
    '"offen',
    '~',
    `${'('.repeat(60)}a${')'.repeat(60)}`,
    'x '.repeat(600),
  ])('says what is wrong with %s', (text) => {
    expect(() => parseSolr(text)).toThrow(SolrSyntaxError)
  })
})

describe('moments in Solr’s words', () => {
  const now = new Date('2026-03-31T12:34:56Z')
  it.each([
    ['NOW', '2026-03-31T12:34:56.000Z'],
    ['NOW-7DAYS', '2026-03-24T12:34:56.000Z'],
    ['NOW/DAY', '2026-03-31T00:00:00.000Z'],
    ['NOW/YEAR-1YEAR', '2025-01-01T00:00:00.000Z'],
    ['2026-01-02T03:04:05', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.678901Z', '2026-01-02T03:04:05.678Z'],
    ['2026-01', '2026-01-01T00:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(solrDate(text, now).toISOString()).toBe(iso)
  })
  it.each(['gestern', 'NOW-1FORTNIGHT', 'NOW+'])('refuses %s', (text) => {
    expect(() => solrDate(text, now)).toThrow(SolrSyntaxError)
  })
})
