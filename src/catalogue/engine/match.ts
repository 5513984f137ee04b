import type { Analyser } from './analyse.ts'
import type { Wanted } from './expand.ts'
import type { Layer } from './merge.ts'
import type { Typed } from './parse.ts'
import type { Narrow } from './numbers.ts'
import type { Scratch } from './scratch.ts'
import { stopIn } from './segment.ts'
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

type Postings = { readonly docs: Narrow; readonly weights: Uint8Array; readonly length: number }
const none: Postings = { docs: new Uint32Array(0), weights: new Uint8Array(0), length: 0 }

function postingsOf(segment: Layer['segment'], term: string): Postings {
  const place = placeOf(segment.terms, term)
  if (place < 0) return none
  const { offsets, docs, weights } = segment.postings
  const [from, to] = [offsets[place]!, offsets[place + 1]!]
  return { docs: docs.subarray(from, to), weights: weights.subarray(from, to), length: to - from }
}

/** What matching needs beside the layer and the words. `scratch` is freshly taken; what comes out lies in it. */
export type Means = { readonly rarity: Rarity; readonly scratch: Scratch }

/** All documents of a layer that have at least `least` of the words, all phrases and nothing that is not wanted. */
export function matchLayer(layer: Layer, searched: Searched, { rarity, scratch }: Means): Matched {
  const { segment } = layer
  const { wanted, typed } = searched
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
    for (const way of ways) addWay(segment, way, { scratch, mark: at + 1, floor, rarity })
  }
  if (groups.length === 0) scratch.scores.fill(0, 0, segment.size)
  const docs = groups.length === 0 ? everything(layer, scratch) : collect(layer, scratch, least)
  return { docs: withPhrases(layer, docs, phrases, unwanted(searched, layer)), scores: scratch.scores }
}

const waysOfPhrase = (keys: readonly (string | undefined)[]) =>
  keys.flatMap((key) => (key === undefined ? [] : [[{ terms: [key], worth: 1 }]]))

const keyOf = (analyse: Analyser, word: string) => (isStop(word) ? undefined : analyse(word, 'de').key)

type Adding = {
  readonly scratch: Scratch
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

function touch({ scratch, mark, floor }: Adding, doc: number, score: number): void {
  const { hits, touched, scores, last } = scratch
  if (touched[doc] === mark) {
    if (score <= last[doc]!) return
    scores[doc]! += score - last[doc]!
  } else {
    const before = hits[doc]!
    if (before < floor) return
    touched[doc] = mark
    hits[doc] = before + 1
    scores[doc] = before === 0 ? score : scores[doc]! + score
  }
  last[doc] = score
}

/** All terms of a way in one document: the mean of what each is worth. The rarest leads, the others follow in step. */
function addTogether(
  segment: Layer['segment'],
  way: { terms: readonly string[]; worth: number },
  adding: Adding,
): void {
  const lists = way.terms.map((term) => {
    const factor = (way.worth * adding.rarity(term)) / 255 / way.terms.length
    return { ...postingsOf(segment, term), factor, next: 0 }
  })
  const [first, ...others] = lists.sort((a, b) => a.length - b.length)
  for (let at = 0; at < first!.length; at++) {
    const doc = first!.docs[at]!
    let sum = first!.weights[at]! * first!.factor
    let together = true
    for (const other of others) {
      other.next = seek(other.docs, doc, other.next)
      if (other.next === other.length) return
      if (other.docs[other.next] !== doc) {
        together = false
        break
      }
      sum += other.weights[other.next]! * other.factor
    }
    if (together) touch(adding, doc, sum)
  }
}

/** The first place from `from` on whose document is not below `doc`: in strides that double, then by halves. */
function seek(docs: Narrow, doc: number, from: number): number {
  let [low, stride] = [from, 1]
  while (low + stride < docs.length && docs[low + stride]! < doc) {
    low += stride
    stride *= 2
  }
  let high = Math.min(docs.length, low + stride)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (docs[middle]! < doc) low = middle + 1
    else high = middle
  }
  return low
}

function everything({ segment, dead }: Layer, { found }: Scratch): Uint32Array {
  let n = 0
  for (let doc = 0; doc < segment.size; doc++) if (!dead[doc]) found[n++] = doc
  return found.subarray(0, n)
}

function collect({ segment, dead }: Layer, { hits, found }: Scratch, least: number): Uint32Array {
  const fours = new Uint32Array(hits.buffer, 0, Math.ceil(segment.size / 4))
  let n = 0
  for (let four = 0; four < fours.length; four++) {
    if (fours[four] === 0) continue
    const end = Math.min(segment.size, four * 4 + 4)
    for (let doc = four * 4; doc < end; doc++) if (hits[doc]! >= least && !dead[doc]) found[n++] = doc
  }
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
  if (numbered.includes(undefined)) return docs.subarray(0, 0)
  let n = 0
  // In place: what is kept never stands behind what is read.
  for (let at = 0; at < docs.length; at++) {
    const doc = docs[at]!
    if (without && without[doc]) continue
    if (numbered.every((numbers) => holds(layer, doc, numbers!))) docs[n++] = doc
  }
  return docs.subarray(0, n)
}

function numbersOf(layer: Layer, keys: Keys): number[] | undefined {
  const stop = stopIn(layer.segment.sequence.values)
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
