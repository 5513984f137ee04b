import { setImmediate as pause } from 'node:timers/promises'
import {
  contextAfter,
  NotPlain,
  Refused,
  startContext,
  withPrefix,
  type JsonLdContext,
  type JsonLdTerm,
} from './jsonld-context.ts'
import { literalOf, namedTerm, nodeTerm } from './jsonld-terms.ts'
import { blank, iri, literal, triple, type NodeTerm, type ObjectTerm, type Quad } from './terms.ts'
import { RDF } from './vocabularies.ts'

/** Nodes inside nodes; catalogues have about six levels. */
const MAX_DEPTH = 200
/** Nodes after which the server gets to answer others. */
const BREATH = 500

type Json = Readonly<Record<string, unknown>>
type Reading = { readonly base: string; readonly quads: Quad[]; readonly most: number; blanks: number }
type Place = { readonly context: JsonLdContext; readonly depth: number }

/** `null` where the document uses what this reader leaves to the complete one, or is no JSON. */
export type PlainJsonLd = { quads: Quad[]; refused: string | null; more: boolean } | null

/**
 * Reads JSON-LD as catalogues write it, whole and fast: short names, prefixes, coercion, language maps, lists, nested nodes
 * (JSON-LD 1.1, without scoped contexts, reverse properties, index maps). `more`: there were more than `most` statements.
 */
export async function readPlainJsonLd(text: string, base: string, most: number): Promise<PlainJsonLd> {
  if (text.includes('"_:plain')) return null
  const document = parsed(text)
  if (document === undefined) return null
  const reading: Reading = { base, quads: [], most, blanks: 0 }
  try {
    await readTop(reading, document)
    return { quads: reading.quads, refused: null, more: reading.quads.length > most }
  } catch (error) {
    if (error instanceof Refused) return { quads: reading.quads, refused: error.message, more: false }
    if (error instanceof NotPlain) return null
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readTop(reading: Reading, document: unknown): Promise<void> {
  const queue: { value: unknown; place: Place }[] = [
    { value: document, place: { context: startContext(reading.base), depth: 0 } },
  ]
  let read = 0
  for (let at = queue.shift(); at && reading.quads.length <= reading.most; at = queue.shift()) {
    const inside = topList(reading, at.value, at.place)
    if (inside) for (const value of inside.values) queue.push({ value, place: inside.place })
    else nodeAt(reading, at.value, at.place)
    if (++read % BREATH === 0) await pause()
  }
}

/** The nodes of a list, or of an object that only holds a graph; null for a node. */
function topList(reading: Reading, value: unknown, place: Place): { values: unknown[]; place: Place } | null {
  if (place.depth > MAX_DEPTH) throw new NotPlain('too deep')
  const below = { ...place, depth: place.depth + 1 }
  if (Array.isArray(value)) return { values: value, place: below }
  if (!isJson(value)) return null
  const context =
    '@context' in value ? contextAfter(place.context, value['@context'], reading.base) : place.context
  const keys = Object.keys(value).filter((key) => key !== '@context')
  const [only] = keys
  if (keys.length !== 1 || only === undefined || nameOf(context, only) !== '@graph') return null
  return { values: listOf(value[only]), place: { context, depth: below.depth } }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** A key written out: a keyword, an IRI, or null where it stands for nothing. */
function nameOf(context: JsonLdContext, key: string): string | null {
  if (key.startsWith('@')) return key
  const term = context.terms.get(key)
  if (term !== undefined) return term?.id ?? null
  if (key.includes(':')) return withPrefix(context, key)
  return context.vocab === null ? null : context.vocab + key
}

/** Reads a node with everything below it; gives its term, or null for what is no node. */
function nodeAt(reading: Reading, value: unknown, at: Place): NodeTerm | null {
  if (!isJson(value)) return null
  if (at.depth > MAX_DEPTH) throw new NotPlain('too deep')
  const context = '@context' in value ? contextAfter(at.context, value['@context'], reading.base) : at.context
  const place = { context, depth: at.depth + 1 }
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const name = key === '@context' ? null : nameOf(context, key)
    return name === null ? [] : [{ key, name, inner }]
  })
  const own = entries.find(({ name }) => name === '@id')
  const self = own ? nodeTerm(context, own.inner) : blank(`plain${reading.blanks++}`)
  for (const { key, name, inner } of entries) {
    if (name === '@id') continue
    if (name === '@type') types(reading, self, { context, inner })
    else if (name.startsWith('@')) throw new NotPlain(name)
    else property(reading, self, { key, name, inner, place })
  }
  return self
}

function types(reading: Reading, self: NodeTerm, given: { context: JsonLdContext; inner: unknown }): void {
  for (const each of listOf(given.inner)) {
    if (typeof each !== 'string') throw new NotPlain('@type')
    reading.quads.push(triple(self, RDF.type, namedTerm(given.context, each)))
  }
}

type Property = {
  readonly key: string
  readonly name: string
  readonly inner: unknown
  readonly place: Place
}

function property(reading: Reading, self: NodeTerm, given: Property): void {
  const { name, inner, place } = given
  if (name.startsWith('_:') || !name.includes(':')) throw new NotPlain('predicate')
  const predicate = iri(name)
  const term = place.context.terms.get(given.key) ?? null
  const say = (object: ObjectTerm | null): void => {
    if (object !== null && reading.quads.length <= reading.most)
      reading.quads.push(triple(self, predicate, object))
  }
  if (term?.container === 'list' && !(isJson(inner) && '@list' in inner))
    return say(rdfList(reading, listOf(inner), { term, place }))
  // Some write one text with its language where the context wants an object of languages.
  if (term?.container === 'language' && isJson(inner) && !('@value' in inner)) return languages(inner, say)
  for (const value of listOf(inner)) values(reading, value, { term, place, say })
}

type Valued = { readonly term: JsonLdTerm | null; readonly place: Place }

function values(
  reading: Reading,
  value: unknown,
  given: Valued & { say: (o: ObjectTerm | null) => void },
): void {
  if (Array.isArray(value)) throw new NotPlain('list of lists')
  if (isJson(value) && '@set' in value) {
    for (const each of listOf(value['@set'])) values(reading, each, given)
  } else given.say(objectOf(reading, value, given))
}

function languages(map: Json, say: (object: ObjectTerm | null) => void): void {
  for (const [tag, texts] of Object.entries(map))
    for (const text of listOf(texts)) {
      if (text === null) continue
      if (typeof text !== 'string' || (tag.startsWith('@') && tag !== '@none'))
        throw new NotPlain('language map')
      say(literal(text, tag === '@none' ? '' : tag.toLowerCase()))
    }
}

function rdfList(reading: Reading, items: unknown[], given: Valued): NodeTerm {
  const objects = items.flatMap((item) => {
    if (Array.isArray(item)) throw new NotPlain('list of lists')
    return objectOf(reading, item, given) ?? []
  })
  let rest: NodeTerm = RDF.nil
  for (const object of objects.toReversed()) {
    const cell = blank(`plain${reading.blanks++}`)
    reading.quads.push(triple(cell, RDF.first, object), triple(cell, RDF.rest, rest))
    rest = cell
  }
  return rest
}

function objectOf(reading: Reading, value: unknown, given: Valued): ObjectTerm | null {
  const { term, place } = given
  if (value === null) return null
  if (!isJson(value)) return plainValue(value, given)
  if ('@list' in value) return rdfList(reading, listOf(value['@list']), { term, place })
  const { context } = place
  const aliased = Object.keys(value).map((key) => nameOf(context, key))
  if (!aliased.includes('@value')) return nodeAt(reading, value, place)
  if (aliased.some((name) => name === null || !/^@(value|type|language|index)$/.test(name)))
    throw new NotPlain('value')
  const part = (wanted: string): unknown =>
    Object.entries(value).find(([key]) => nameOf(context, key) === wanted)?.[1]
  return typedValue(context, {
    value: part('@value'),
    type: part('@type'),
    language: part('@language'),
  })
}

function typedValue(
  context: JsonLdContext,
  given: { value: unknown; type: unknown; language: unknown },
): ObjectTerm | null {
  const { value, type, language } = given
  if (value === null) return null
  if (type !== undefined && type !== null) {
    if (typeof type !== 'string' || type.startsWith('@') || language !== undefined)
      throw new NotPlain('@type')
    const datatype = namedTerm(context, type)
    return literalOf(value, datatype.value)
  }
  if (language === undefined || language === null) return literalOf(value, null)
  if (typeof language !== 'string' || typeof value !== 'string') throw new NotPlain('@language')
  return literal(value, language.toLowerCase())
}

function plainValue(value: unknown, { term, place }: Valued): ObjectTerm | null {
  const type = term?.type ?? null
  const { context } = place
  if (typeof value === 'string') {
    if (type === '@id') return nodeTerm(context, value)
    if (type === '@vocab') return namedTerm(context, value)
    if (type !== null) return literal(value, iri(type))
    const language = term?.language === undefined ? context.language : term.language
    return literal(value, language ?? '')
  }
  return literalOf(value, type === '@id' || type === '@vocab' ? null : type)
}
