import type { Analyser } from './analyse.ts'
import type { Wanted } from './expand.ts'
import type { Layer } from './merge.ts'
import type { Typed } from './parse.ts'
import { stop } from './segment.ts'
import { placeOf } from './strings.ts'
import { isStop } from './tokens.ts'

/** The documents of a layer that match, with how well; `scores` is by document. */
export type Matched = { readonly docs: Uint32Array; readonly scores: Float32Array }

/** What is searched: the words with their ways, the typed form for phrases and exclusions, and how many words must occur. */
export type Searched = {
  readonly wanted: readonly Wanted[]
  readonly typed: Typed
  readonly least: number
  readonly analyse: Analyser
}

/** How rare each term is, over all layers: ln(1 + (N - n + 0.5) / (n + 0.5)). */
export type Rarity = (term: string) => number

/** Counts terms over all layers, each once. */
export function rarityOf(layers: readonly Layer[]): Rarity {
  const total = layers.reduce((sum, { segment }) => sum + segment.size, 0)
  const known = new Map<string, number>()
  return (term) => {
    const found = known.get(term)
    if (found !== undefined) return found
    const n = layers.reduce((sum, { segment }) => sum + postingsOf(segment, term).length, 0)
    const rarity = Math.log(1 + (total - n + 0.5) / (n + 0.5))
    known.set(term, rarity)
    return rarity
  }
}

type Postings = { readonly docs: Uint32Array; readonly weights: Uint8Array; readonly length: number }
const none: Postings = { docs: new Uint32Array(0), weights: new Uint8Array(0), length: 0 }

function postingsOf(segment: Layer['segment'], term: string): Postings {
  const place = placeOf(segment.terms, term)
  if (place < 0) return none
  const { offsets, docs, weights } = segment.postings
  const [from, to] = [offsets[place]!, offsets[place + 1]!]
  return { docs: docs.subarray(from, to), weights: weights.subarray(from, to), length: to - from }
}

type Tally = {
  /** How many words each document has, which word touched it last, and what that was worth. */
  readonly hits: Uint8Array
  readonly touched: Uint8Array
  readonly last: Float32Array
  readonly scores: Float32Array
}

/** All documents of a layer that have at least `least` of the words, all phrases and nothing that is not wanted. */
export function matchLayer(layer: Layer, searched: Searched, rarity: Rarity): Matched {
  const { segment } = layer
  const { wanted, typed } = searched
  const tally: Tally = {
    hits: new Uint8Array(segment.size),
    touched: new Uint8Array(segment.size),
    last: new Float32Array(segment.size),
    scores: new Float32Array(segment.size),
  }
  const phrases = typed.phrases.map((phrase) => phrase.map((word) => keyOf(searched.analyse, word)))
  const groups = [...wanted.map((each) => each.ways), ...phrases.flatMap(waysOfPhrase)]
  const least = searched.least + groups.length - wanted.length
  const rarest = groups.map((ways) => ({
    ways,
    n: ways.reduce((n, way) => n + postingsOf(segment, way.terms[0]!).length, 0),
  }))
  rarest.sort((a, b) => a.n - b.n)
  for (const [at, { ways }] of rarest.entries()) {
    // Where every word is needed, a document that missed one can no longer match.
    const floor = least - (groups.length - at)
    for (const way of ways) addWay(segment, way, { tally, mark: at + 1, floor, rarity })
  }
  const docs = collect(layer, tally, least, groups.length === 0)
  return { docs: withPhrases(layer, docs, phrases, unwanted(searched, layer)), scores: tally.scores }
}

const waysOfPhrase = (keys: readonly (string | undefined)[]) =>
  keys.flatMap((key) => (key === undefined ? [] : [[{ terms: [key], worth: 1 }]]))

const keyOf = (analyse: Analyser, word: string) => (isStop(word) ? undefined : analyse(word, 'de').key)

type Adding = {
  readonly tally: Tally
  readonly mark: number
  readonly floor: number
  readonly rarity: Rarity
}

function addWay(
  segment: Layer['segment'],
  way: { terms: readonly string[]; worth: number },
  adding: Adding,
): void {
  if (way.terms.length > 1) return addTogether(segment, way, adding)
  const { docs, weights, length } = postingsOf(segment, way.terms[0]!)
  const factor = (way.worth * adding.rarity(way.terms[0]!)) / 255
  for (let at = 0; at < length; at++) touch(adding, docs[at]!, weights[at]! * factor)
}

function touch({ tally, mark, floor }: Adding, doc: number, score: number): void {
  if (tally.touched[doc] === mark) {
    if (score <= tally.last[doc]!) return
    tally.scores[doc]! += score - tally.last[doc]!
  } else {
    if (tally.hits[doc]! < floor) return
    tally.touched[doc] = mark
    tally.hits[doc]!++
    tally.scores[doc]! += score
  }
  tally.last[doc] = score
}

/** All terms of a way in one document: the mean of what each is worth. */
function addTogether(
  segment: Layer['segment'],
  way: { terms: readonly string[]; worth: number },
  adding: Adding,
): void {
  const rounds = new Uint8Array(segment.size)
  const sums = new Float32Array(segment.size)
  const lists = way.terms.map((term) => ({ ...postingsOf(segment, term), rarity: adding.rarity(term) }))
  lists.sort((a, b) => a.length - b.length)
  for (const [turn, { docs, weights, length, rarity }] of lists.entries()) {
    const factor = (way.worth * rarity) / 255 / lists.length
    for (let at = 0; at < length; at++) {
      const doc = docs[at]!
      if (rounds[doc] !== turn) continue
      rounds[doc] = turn + 1
      sums[doc]! += weights[at]! * factor
    }
  }
  for (const doc of lists[0]!.docs) if (rounds[doc] === lists.length) touch(adding, doc, sums[doc]!)
}

function collect(layer: Layer, tally: Tally, least: number, all: boolean): Uint32Array {
  const found = new Uint32Array(layer.segment.size)
  let n = 0
  for (let doc = 0; doc < found.length; doc++)
    if (!layer.dead[doc] && (all || tally.hits[doc]! >= least)) found[n++] = doc
  return found.subarray(0, n)
}

type Keys = readonly (string | undefined)[]

function withPhrases(
  layer: Layer,
  docs: Uint32Array,
  phrases: readonly Keys[],
  without: Uint8Array | undefined,
): Uint32Array {
  if (phrases.length === 0 && !without) return docs
  const numbered = phrases.map((keys) => numbersOf(layer, keys))
  return docs.filter(
    (doc) => !without?.[doc] && numbered.every((numbers) => numbers && holds(layer, doc, numbers)),
  )
}

function numbersOf(layer: Layer, keys: Keys): number[] | undefined {
  const numbers = keys.map((key) => (key === undefined ? stop : placeOf(layer.segment.terms, key)))
  return numbers.includes(-1) ? undefined : numbers
}

/** True if the terms stand in the document one after the other. */
function holds({ segment }: Layer, doc: number, numbers: readonly number[]): boolean {
  const { offsets, values } = segment.sequence
  const end = offsets[doc + 1]! - numbers.length
  for (let at = offsets[doc]!; at <= end; at++) {
    let same = 0
    while (same < numbers.length && values[at + same] === numbers[same]) same++
    if (same === numbers.length) return true
  }
  return false
}

/** 1 for each document that has something not wanted: a word (also inside a compound) or a phrase. */
function unwanted({ typed, analyse }: Searched, layer: Layer): Uint8Array | undefined {
  if (typed.without.length === 0) return undefined
  const flags = new Uint8Array(layer.segment.size)
  for (const words of typed.without) {
    const keys = words.map((word) => keyOf(analyse, word))
    const numbers = words.length > 1 ? numbersOf(layer, keys) : undefined
    const first = keys.find((key) => key !== undefined)
    if (first === undefined || (words.length > 1 && !numbers)) continue
    for (const doc of postingsOf(layer.segment, first).docs)
      if (!numbers || holds(layer, doc, numbers)) flags[doc] = 1
  }
  return flags
}
