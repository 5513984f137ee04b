import type { Analyser } from './analyse.ts'
import { sortTitle } from './analyse.ts'
import type { CollectingSets } from './collecting.ts'
import { collectingSets, numberOf } from './collecting.ts'
import { growing, narrow } from './numbers.ts'
import type { Growing, Narrow } from './numbers.ts'
import type { SearchDocument, Segment } from './segment.ts'
import {
  facetFields,
  gap,
  idBytes,
  noEnd,
  noStart,
  orderById,
  sequenceOf,
  stop,
  visibilityCodes,
} from './segment.ts'
import { tableOf } from './strings.ts'
import { isStop, languageOf, tokensOf } from './tokens.ts'

/** Fields in the order of their weight; `usual` is how many words such a field has in a usual entry. */
const fields = [
  { weight: 5, usual: 7, even: 0.3 },
  { weight: 2.5, usual: 8, even: 0.5 },
  { weight: 2, usual: 4, even: 0.2 },
  { weight: 1, usual: 60, even: 0.6 },
] as const
const saturation = 1.4
/** A word inside a compound counts less than the word by itself. */
const partWeight = 0.45

/** Collects documents and seals them as a segment. Words are analysed once each, when it is sealed. */
export type Builder = {
  readonly add: (document: SearchDocument) => void
  readonly size: () => number
  /** In how many public documents each word stands: what a lexicon is learned from. */
  readonly wordCounts: () => ReadonlyMap<string, number>
  readonly seal: (analyse: Analyser) => Segment
}

type Kept = Omit<SearchDocument, 'text' | 'keywords' | 'facets'>

/** An empty builder. */
export function createBuilder(): Builder {
  const documents: Kept[] = []
  const facets = facetFields.map((field) => collectingSets(field))
  const words = new Map<string, number>()
  const texts = { tokens: growing(), starts: growing(), languages: [] as ('de' | 'en')[] }
  const counts = growing()
  const add = (document: SearchDocument) => {
    const { text, keywords, facets: lists, ...facts } = document
    const parts = [document.title, keywords.join(' . '), document.holder, text].map((part) => tokensOf(part))
    texts.starts.push(texts.tokens.length())
    texts.languages.push(languageOf(parts.flat()))
    for (const part of parts) {
      for (const word of part) texts.tokens.push(numberOf(words, word))
      texts.tokens.push(gap)
    }
    if (document.visibility === 'public')
      for (const word of new Set(parts.flat())) counts.push(words.get(word)!)
    for (const each of facets) each.add(lists[each.field])
    documents.push(facts)
  }
  return {
    add,
    size: () => documents.length,
    wordCounts: () => countWords(words, counts),
    seal: (analyse) => seal({ documents, facets, words: [...words.keys()], texts, analyse }),
  }
}

function countWords(words: ReadonlyMap<string, number>, seen: Growing): ReadonlyMap<string, number> {
  const sums = new Uint32Array(words.size)
  for (const number of seen.take()) sums[number]!++
  return new Map([...words].map(([word, number]) => [word, sums[number]!]))
}

type Collected = {
  readonly documents: readonly Kept[]
  readonly facets: readonly CollectingSets[]
  readonly words: readonly string[]
  readonly texts: { tokens: Growing; starts: Growing; languages: readonly ('de' | 'en')[] }
  readonly analyse: Analyser
}

type Meaning = { readonly key: number; readonly parts: readonly number[] } | undefined

function seal(collected: Collected): Segment {
  const terms = new Map<string, number>()
  const found = { terms: growing(), docs: growing(), weights: growing() }
  const sequence = { offsets: growing(), values: growing() }
  const meaningOf = meanings(collected, terms)
  const tokens = collected.texts.tokens.take()
  const starts = collected.texts.starts.take()
  for (let doc = 0; doc < collected.documents.length; doc++) {
    sequence.offsets.push(sequence.values.length())
    const own = tokens.subarray(starts[doc], starts[doc + 1] ?? tokens.length)
    const weights = weigh(own, collected.texts.languages[doc]!, meaningOf, sequence.values)
    for (const [term, weight] of weights) {
      found.terms.push(term)
      found.docs.push(doc)
      found.weights.push(Math.max(1, Math.round((255 * weight) / (saturation + weight))))
    }
  }
  sequence.offsets.push(sequence.values.length())
  const sorted = [...terms.keys()].sort((a, b) => (a < b ? -1 : 1))
  const place = new Uint32Array(terms.size)
  for (const [at, term] of sorted.entries()) place[terms.get(term)!] = at
  return {
    size: collected.documents.length,
    terms: tableOf(sorted),
    postings: invert(found, place),
    sequence: { offsets: sequence.offsets.take().slice(), values: renumber(sequence.values.take(), place) },
    ...columnsOf(collected.documents),
    facets: Object.fromEntries(
      collected.facets.map((each) => [each.field, each.take()]),
    ) as Segment['facets'],
  }
}

function meanings(collected: Collected, terms: Map<string, number>) {
  const known = { de: new Map<number, Meaning>(), en: new Map<number, Meaning>() }
  return (token: number, language: 'de' | 'en'): Meaning => {
    const of = known[language]
    if (of.has(token)) return of.get(token)
    const word = collected.words[token]!
    let meaning: Meaning
    if (!isStop(word)) {
      const { key, parts, joined } = collected.analyse(word, language)
      const inner = [...parts, ...joined].map((part) => numberOf(terms, part))
      meaning = { key: numberOf(terms, key), parts: inner }
    }
    of.set(token, meaning)
    return meaning
  }
}

/** The weight of each term of a document (BM25F: per field by its length, then summed), and its words in their order. */
function weigh(
  tokens: Uint32Array,
  language: 'de' | 'en',
  meaningOf: (token: number, language: 'de' | 'en') => Meaning,
  sequence: Growing,
): Map<number, number> {
  const weights = new Map<number, number>()
  const bump = (term: number, by: number) => weights.set(term, (weights.get(term) ?? 0) + by)
  let from = 0
  for (const field of fields) {
    const to = tokens.indexOf(gap, from)
    const by = field.weight / (1 - field.even + (field.even * (to - from)) / field.usual)
    for (let at = from; at < to; at++) {
      const meaning = meaningOf(tokens[at]!, language)
      sequence.push(meaning ? meaning.key : stop)
      if (!meaning) continue
      bump(meaning.key, by)
      for (const part of meaning.parts) bump(part, by * partWeight)
    }
    sequence.push(gap)
    from = to + 1
  }
  return weights
}

function renumber(values: Uint32Array, place: Uint32Array): Narrow {
  const renumbered = sequenceOf(values.length, place.length)
  for (let at = 0; at < values.length; at++)
    renumbered[at] = values[at]! >= stop ? values[at]! : place[values[at]!]!
  return renumbered
}

/** Postings by term out of postings by document: a counting sort, so documents stay rising. */
function invert(
  found: { terms: Growing; docs: Growing; weights: Growing },
  place: Uint32Array,
): Segment['postings'] {
  const [terms, docs, weights] = [found.terms.take(), found.docs.take(), found.weights.take()]
  const offsets = new Uint32Array(place.length + 1)
  for (const term of terms) offsets[place[term]! + 1]!++
  for (let at = 0; at < place.length; at++) offsets[at + 1]! += offsets[at]!
  const next = offsets.slice()
  const sorted = { docs: narrow(terms.length, docs.at(-1) ?? 0), weights: new Uint8Array(terms.length) }
  for (let at = 0; at < terms.length; at++) {
    const to = next[place[terms[at]!]!]!++
    sorted.docs[to] = docs[at]!
    sorted.weights[to] = weights[at]!
  }
  return { offsets, ...sorted }
}

function columnsOf(documents: Collected['documents']) {
  const size = documents.length
  const ids = new Uint8Array(size * 16)
  const bbox = new Float32Array(size * 4).fill(Number.NaN)
  for (const [doc, { id, bbox: box }] of documents.entries()) {
    ids.set(idBytes(id), doc * 16)
    if (box) bbox.set(box, doc * 4)
  }
  return {
    ids,
    byId: orderById(ids, size),
    bbox,
    titles: tableOf(documents.map((each) => sortTitle(each.title))),
    visibility: Uint8Array.from(documents, (each) => visibilityCodes[each.visibility]),
    quality: Uint8Array.from(documents, (each) => each.quality),
    starts: Int32Array.from(documents, (each) => each.starts ?? noStart),
    ends: Int32Array.from(documents, (each) => each.ends ?? (each.starts === null ? noStart : noEnd)),
    modified: Float64Array.from(documents, (each) => each.modified),
  }
}
