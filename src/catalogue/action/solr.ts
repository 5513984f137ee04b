/** The subset of Solr's query language that CKAN clients send in `q` and `fq` (Lucene syntax: fields, phrases, ranges, AND OR NOT + -). */
export type SolrQuery =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly of: readonly SolrQuery[] }
  | { readonly kind: 'not'; readonly of: SolrQuery }
  | SolrTerm
  | SolrRange

/** One word or phrase, in one field or (null) in the text. `prefix`: only the beginning was given, as in `Abf*`. */
export type SolrTerm = {
  readonly kind: 'term'
  readonly field: string | null
  readonly value: string
  readonly phrase: boolean
  readonly prefix: boolean
}

/** `[a TO b]` (ends belong to it) or `{a TO b}`; null is an open end. */
export type SolrRange = {
  readonly kind: 'range'
  readonly field: string
  readonly from: string | null
  readonly to: string | null
  readonly inclusive: boolean
}

/** What could not be read, in words for the client's developer. */
export class SolrSyntaxError extends Error {}

type Token =
  | { readonly is: 'word' | 'phrase' | 'range' | 'field'; readonly text: string }
  | { readonly is: '(' | ')' | 'AND' | 'OR' | 'NOT' | '+' | '-' }

const MAX_LENGTH = 10_000
const MAX_TOKENS = 500
const MAX_DEPTH = 20

const patterns: readonly (readonly [Token['is'], RegExp])[] = [
  ['range', /[[{]\s*(?:"[^"]*"|[^\]\s}]+)\s+TO\s+(?:"[^"]*"|[^\]\s}]+)\s*[\]}]/y],
  ['phrase', /"((?:[^"\\]|\\.)*)"(?:~\d+)?(?:\^[\d.]+)?/y],
  ['field', /([A-Za-z_][\w.-]*):(?!\/\/)/y],
  ['AND', /(?:AND(?=[\s(]|$)|&&)/y],
  ['OR', /(?:OR(?=[\s(]|$)|\|\|)/y],
  ['NOT', /(?:NOT(?=[\s(]|$)|!)/y],
  ['(', /\(/y],
  [')', /\)(?:\^[\d.]+)?/y],
  ['+', /\+/y],
  ['-', /-/y],
  ['word', /((?:[^\s()"[\]{}:\\^~]|\\.|:(?=\/\/))+)(?:[~^][\d.]*)*/y],
]

function tokensOf(text: string): Token[] {
  if (text.length > MAX_LENGTH)
    throw new SolrSyntaxError(`The query is longer than ${MAX_LENGTH} characters.`)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at]!)) at += 1
    else at += readToken(text, at, tokens)
    if (tokens.length > MAX_TOKENS) throw new SolrSyntaxError(`The query has more than ${MAX_TOKENS} parts.`)
  }
  return tokens
}

function readToken(text: string, at: number, tokens: Token[]): number {
  if (text.startsWith('*:*', at)) {
    tokens.push({ is: 'word', text: '*:*' })
    return 3
  }
  for (const [is, pattern] of patterns) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) continue
    tokens.push({ is, text: is === 'range' ? match[0] : (match[1] ?? '') } as Token)
    return match[0].length
  }
  throw new SolrSyntaxError(`Cannot parse the query at character ${at + 1}: “${text.slice(at, at + 20)}”.`)
}

/** Reads a query; words beside each other are joined by AND, as CKAN does. Empty text means everything; throws `SolrSyntaxError`. */
export function parseSolr(text: string): SolrQuery {
  const tokens = tokensOf(text)
  if (tokens.length === 0) return { kind: 'all' }
  const reader = { tokens, at: 0 }
  const query = readOr(reader, { field: null, depth: 0 })
  if (reader.at < tokens.length) throw new SolrSyntaxError('A bracket closes that was never opened.')
  return query
}

type Reader = { readonly tokens: readonly Token[]; at: number }
type Place = { readonly field: string | null; readonly depth: number }

const peek = (reader: Reader) => reader.tokens[reader.at]

function readOr(reader: Reader, place: Place): SolrQuery {
  const parts = [readAnd(reader, place)]
  while (peek(reader)?.is === 'OR') {
    reader.at += 1
    parts.push(readAnd(reader, place))
  }
  return parts.length === 1 ? parts[0]! : { kind: 'or', of: parts }
}

function readAnd(reader: Reader, place: Place): SolrQuery {
  const parts = [readOne(reader, place)]
  for (let next = peek(reader); next && next.is !== 'OR' && next.is !== ')'; next = peek(reader)) {
    if (next.is === 'AND') reader.at += 1
    parts.push(readOne(reader, place))
  }
  return parts.length === 1 ? parts[0]! : { kind: 'and', of: parts }
}

function readOne(reader: Reader, place: Place): SolrQuery {
  const token = peek(reader)
  reader.at += 1
  if (!token) throw new SolrSyntaxError('The query ends where a word was expected.')
  if (place.depth > MAX_DEPTH) throw new SolrSyntaxError(`More than ${MAX_DEPTH} brackets lie in each other.`)
  switch (token.is) {
    case '+':
      return readOne(reader, place)
    case '-':
    case 'NOT':
      return { kind: 'not', of: readOne(reader, { ...place, depth: place.depth + 1 }) }
    case '(':
      return readGroup(reader, { ...place, depth: place.depth + 1 })
    case 'field':
      return readOne(reader, { field: token.text, depth: place.depth + 1 })
    case 'range':
      return rangeOf(token.text, place.field)
    case 'phrase':
      return { kind: 'term', field: place.field, value: unescape(token.text), phrase: true, prefix: false }
    case 'word':
      return wordOf(token.text, place.field)
    default:
      throw new SolrSyntaxError(`“${token.is}” stands where a word was expected.`)
  }
}

function readGroup(reader: Reader, place: Place): SolrQuery {
  const query = readOr(reader, place)
  if (peek(reader)?.is !== ')') throw new SolrSyntaxError('A bracket is not closed.')
  reader.at += 1
  return query
}

function wordOf(text: string, field: string | null): SolrQuery {
  if (text === '*:*' || text === '*') return field === null ? { kind: 'all' } : rangeOf('[* TO *]', field)
  const prefix = text.endsWith('*') && !text.endsWith('\\*')
  return { kind: 'term', field, value: unescape(prefix ? text.slice(0, -1) : text), phrase: false, prefix }
}

function rangeOf(text: string, field: string | null): SolrRange {
  const match = /^([[{])\s*("[^"]*"|\S+)\s+TO\s+("[^"]*"|\S+?)\s*[\]}]$/.exec(text)
  if (!match) throw new SolrSyntaxError(`The range “${text}” cannot be read.`)
  if (field === null) throw new SolrSyntaxError(`The range “${text}” names no field.`)
  const end = (part: string) => (part === '*' ? null : part.replace(/^"|"$/g, ''))
  return { kind: 'range', field, from: end(match[2]!), to: end(match[3]!), inclusive: match[1] === '[' }
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1')
}

const units: Readonly<Record<string, (at: Date, n: number) => void>> = {
  YEAR: (at, n) => at.setUTCFullYear(at.getUTCFullYear() + n),
  MONTH: (at, n) => at.setUTCMonth(at.getUTCMonth() + n),
  DAY: (at, n) => at.setUTCDate(at.getUTCDate() + n),
  HOUR: (at, n) => at.setUTCHours(at.getUTCHours() + n),
  MINUTE: (at, n) => at.setUTCMinutes(at.getUTCMinutes() + n),
  SECOND: (at, n) => at.setUTCSeconds(at.getUTCSeconds() + n),
}

/** A moment in Solr's words: ISO 8601 (UTC if no zone is given) or `NOW-7DAYS`, `NOW/DAY`; throws `SolrSyntaxError`. */
export function solrDate(text: string, now: Date): Date {
  if (text.startsWith('NOW')) return dateMath(text.slice(3), now)
  const iso =
    /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text) || /([zZ]|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) throw new SolrSyntaxError(`“${text}” is not a date.`)
  return at
}

function dateMath(math: string, now: Date): Date {
  const at = new Date(now)
  const rest = math.replace(
    /([+-]\d{1,5})([A-Z]+?)S?(?=[+\-/]|$)|\/(YEAR|MONTH|DAY|HOUR)/g,
    (all, n, unit, floor) => {
      if (floor) at.setTime(floorOf(at, floor as Floor))
      else if (units[unit]) units[unit](at, Number(n))
      else return all
      return ''
    },
  )
  if (rest || Number.isNaN(at.getTime())) throw new SolrSyntaxError(`“NOW${math}” is not a date.`)
  return at
}

type Floor = 'YEAR' | 'MONTH' | 'DAY' | 'HOUR'

function floorOf(at: Date, floor: Floor): number {
  const kept = { YEAR: 4, MONTH: 7, DAY: 10, HOUR: 13 }[floor]
  return Date.parse(at.toISOString().slice(0, kept) + (floor === 'HOUR' ? ':00Z' : ''))
}
