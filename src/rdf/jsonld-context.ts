import { knownContext } from './context.ts'

/** A context says something the plain reader does not take; the document is read the long way. */
export class NotPlain extends Error {}

/** A context, or a document in it, is somewhere else or endless: it is not read at all. */
export class Refused extends Error {}

/** What a short name stands for: its IRI or keyword, how its values are read. */
export type JsonLdTerm = {
  readonly id: string
  readonly type: string | null
  readonly container: 'set' | 'list' | 'language' | null
  /** undefined: as the context has it; null: none. */
  readonly language: string | null | undefined
}

/** Short names and defaults in force at a place of a document. `null` marks a name that is taken away. */
export type JsonLdContext = {
  readonly terms: ReadonlyMap<string, JsonLdTerm | null>
  readonly vocab: string | null
  readonly base: string | null
  readonly language: string | null
}

type Local = Readonly<Record<string, unknown>>

const KEYWORDS = new Set(['@id', '@type', '@value', '@language', '@graph', '@list', '@set', '@context'])
const SETTINGS = new Set(['@vocab', '@base', '@language', '@version', '@protected'])
const TERM_PARTS = new Set(['@id', '@type', '@container', '@language', '@prefix', '@protected'])
const CONTAINERS = { '@set': 'set', '@list': 'list', '@language': 'language' } as const
/** Contexts inside contexts, and short names that stand for short names. */
const MAX_DEPTH = 50

/** The context a document starts with. */
export function startContext(base: string): JsonLdContext {
  return { terms: new Map(), vocab: null, base, language: null }
}

/** The context after `@context`: an object, a list, null, or an address we know. Other addresses are refused, never fetched. */
export function contextAfter(active: JsonLdContext, given: unknown, base: string, depth = 0): JsonLdContext {
  if (depth > MAX_DEPTH) throw new NotPlain('contexts')
  if (given === null) return startContext(base)
  if (Array.isArray(given))
    return given.reduce<JsonLdContext>((now, each) => contextAfter(now, each, base, depth + 1), active)
  if (typeof given === 'string') {
    const known = knownContext(given)
    if (!known) throw new Refused(`remote context ${given}`)
    return contextAfter(active, known['@context'], base, depth + 1)
  }
  if (typeof given !== 'object') throw new NotPlain('context')
  return withTerms(withSettings(active, given as Local), given as Local)
}

function withSettings(active: JsonLdContext, local: Local): JsonLdContext {
  const { '@vocab': vocab, '@base': base, '@language': language } = local
  for (const each of [vocab, base, language])
    if (each !== undefined && each !== null && typeof each !== 'string') throw new NotPlain('setting')
  if (typeof base === 'string' && !/^[a-z][a-z0-9+.-]*:/i.test(base)) throw new NotPlain('@base')
  if (typeof vocab === 'string' && !vocab.includes(':')) throw new NotPlain('@vocab')
  return {
    terms: active.terms,
    vocab: vocab === undefined ? active.vocab : (vocab as string | null),
    base: base === undefined ? active.base : (base as string | null),
    language: language === undefined ? active.language : ((language as string | null)?.toLowerCase() ?? null),
  }
}

function withTerms(active: JsonLdContext, local: Local): JsonLdContext {
  const names = Object.keys(local)
  const terms = new Map(active.terms)
  const context = { ...active, terms }
  for (const name of names)
    if (name.startsWith('@')) {
      if (!SETTINGS.has(name)) throw new NotPlain(name)
    } else terms.delete(name)
  for (const name of names) if (!name.startsWith('@')) define({ context, terms, local, depth: 0 }, name)
  return context
}

type Defining = {
  readonly context: JsonLdContext
  readonly terms: Map<string, JsonLdTerm | null>
  readonly local: Local
  readonly depth: number
}

function define(state: Defining, name: string): void {
  if (state.terms.has(name)) return
  if (state.depth > MAX_DEPTH) throw new NotPlain('short names in a circle')
  const given = state.local[name]
  const parts = partsOf(given)
  if (parts === null) return void state.terms.set(name, null)
  const id = idOf({ ...state, depth: state.depth + 1 }, name, parts['@id'])
  const type = parts['@type']
  if (type !== undefined && typeof type !== 'string') throw new NotPlain('@type')
  state.terms.set(name, {
    id,
    type: type === undefined ? null : typeOf({ ...state, depth: state.depth + 1 }, type),
    container: containerOf(parts['@container']),
    language: languageOf(parts['@language']),
  })
}

function partsOf(given: unknown): Local | null {
  if (given === null) return null
  if (typeof given === 'string') return { '@id': given }
  if (typeof given !== 'object' || Array.isArray(given)) throw new NotPlain('definition')
  const parts = given as Local
  if (Object.keys(parts).some((part) => !TERM_PARTS.has(part))) throw new NotPlain('definition')
  return parts['@id'] === null ? null : parts
}

function idOf(state: Defining, name: string, given: unknown): string {
  const wanted = given ?? name
  if (typeof wanted !== 'string') throw new NotPlain('@id')
  if (KEYWORDS.has(wanted) && wanted !== '@context') return wanted
  if (wanted.startsWith('@')) throw new NotPlain(wanted)
  const id =
    wanted === name
      ? wanted.includes(':')
        ? prefixed(state, wanted)
        : state.context.vocab === null
          ? null
          : state.context.vocab + wanted
      : expanded(state, wanted)
  if (id === null) throw new NotPlain(name)
  return id
}

function typeOf(state: Defining, given: string): string {
  if (given === '@id' || given === '@vocab') return given
  const type = given.startsWith('@') ? null : expanded(state, given)
  if (type === null) throw new NotPlain(given)
  return type
}

/** An IRI written in a context, where it may use names the same context defines. */
function expanded(state: Defining, wanted: string): string | null {
  if (state.local[wanted] !== undefined) define(state, wanted)
  const known = state.terms.get(wanted)
  if (known !== undefined) return known?.id ?? null
  if (wanted.includes(':')) return prefixed(state, wanted)
  return state.context.vocab === null ? null : state.context.vocab + wanted
}

function prefixed(state: Defining, wanted: string): string {
  const prefix = wanted.slice(0, wanted.indexOf(':'))
  if (state.local[prefix] !== undefined && !wanted.startsWith(`${prefix}://`)) define(state, prefix)
  return withPrefix(state.context, wanted)
}

/** `dct:title` written out where the prefix is known; other IRIs as they are. */
export function withPrefix(context: JsonLdContext, value: string): string {
  const at = value.indexOf(':')
  const rest = value.slice(at + 1)
  const prefix = rest.startsWith('//') ? undefined : context.terms.get(value.slice(0, at))
  return prefix ? prefix.id + rest : value
}

function containerOf(given: unknown): JsonLdTerm['container'] {
  if (given === undefined || given === null) return null
  const name = Array.isArray(given) && given.length === 1 ? (given[0] as unknown) : given
  const container = CONTAINERS[name as keyof typeof CONTAINERS]
  if (container === undefined) throw new NotPlain('@container')
  return container
}

function languageOf(given: unknown): string | null | undefined {
  if (given === undefined || given === null) return given
  if (typeof given !== 'string') throw new NotPlain('@language')
  return given.toLowerCase()
}
