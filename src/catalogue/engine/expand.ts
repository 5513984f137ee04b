import type { Analyser, Analysis } from './analyse.ts'
import type { Layer } from './merge.ts'
import type { Typed, TypedWord } from './parse.ts'
import { relativesOf, synonymsOf } from './relatives.ts'
import { allowedEdits, nearTerms } from './spelling.ts'
import { placeOf, prefixRange, textAt } from './strings.ts'
import { isStop } from './tokens.ts'

/** One way a word may occur: all these terms in one document, with how much that is worth (1 = the word itself). */
export type Way = { readonly terms: readonly string[]; readonly worth: number }

/** A typed word with all the ways it may occur. `instead`: the nearest known word where the typed one is unknown. */
export type Wanted = {
  readonly word: string
  readonly key: string
  readonly ways: readonly Way[]
  readonly instead: string | undefined
  readonly relatives: readonly string[]
}

/** What expansion needs: the layers for their dictionaries, the analyser, and which documents count for hints. */
export type Words = {
  readonly layers: readonly Layer[]
  readonly analyse: Analyser
  /** 1 for each document of a layer the asker may see; hints come from these alone. Undefined: all of them. */
  readonly visible: (layer: Layer) => Uint8Array | undefined
}

const worth = { parts: 0.7, english: 0.9, synonym: 0.4, part: 0.3, beginning: 0.6, near: 0.5 } as const
const MAX_BEGINNINGS = 60

/** The ways of each typed word. */
export function expandTyped(words: Words, typed: Typed): Wanted[] {
  return typed.words.map((each) => expandWord(words, each))
}

function expandWord(words: Words, typed: TypedWord): Wanted {
  const german = words.analyse(typed.word, 'de')
  const english = words.analyse(typed.word, 'en')
  const ways: Way[] = [{ terms: [german.key], worth: 1 }]
  if (english.key !== german.key) ways.push({ terms: [english.key], worth: worth.english })
  if (german.parts.length > 1) ways.push({ terms: german.parts, worth: worth.parts })
  for (const synonym of synonymsOf(german.key))
    ways.push({ terms: [words.analyse(synonym, 'de').key], worth: worth.synonym })
  if (typed.beginning) ways.push(...beginnings(words, typed.word))
  const exists = ways.some((way) => way.terms.every((term) => seen(words, term)))
  const further = exists ? { ways: [], instead: undefined } : otherwise(words, typed.word, german)
  return {
    word: typed.word,
    key: german.key,
    ways: [...ways, ...further.ways],
    instead: further.instead,
    relatives: relativesOf(german.key, german.parts),
  }
}

/** True if a document the asker may see has the term. */
function seen(words: Words, term: string): boolean {
  return words.layers.some((layer) => seenIn(layer, words.visible(layer), placeOf(layer.segment.terms, term)))
}

function seenIn(layer: Layer, visible: Uint8Array | undefined, place: number): boolean {
  if (place < 0) return false
  const { offsets, docs } = layer.segment.postings
  for (let at = offsets[place]!; at < offsets[place + 1]!; at++) {
    const doc = docs[at]!
    if (!layer.dead[doc] && (!visible || visible[doc])) return true
  }
  return false
}

/** Terms that begin with the word, the commonest first. */
function beginnings(words: Words, word: string): Way[] {
  const counts = new Map<string, number>()
  for (const layer of words.layers) {
    const { terms, postings } = layer.segment
    const [from, to] = prefixRange(terms, word)
    for (let place = from; place < to; place++) {
      const n = postings.offsets[place + 1]! - postings.offsets[place]!
      const term = textAt(terms, place)
      counts.set(term, (counts.get(term) ?? 0) + n)
    }
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_BEGINNINGS)
    .map(([term]) => ({ terms: [term], worth: worth.beginning }))
}

/** For a word nobody wrote: any part of a compound, else terms it begins, else the nearest spellings. */
function otherwise(words: Words, word: string, { key, parts }: Analysis) {
  const known = parts.filter((part) => seen(words, part))
  if (known.length > 0)
    return { ways: known.map((part) => ({ terms: [part], worth: worth.part })), instead: undefined }
  // Only what the asker may see: else it would show in the answer that a hidden entry has such a word.
  const begun = word.length > 2 ? beginnings(words, word).filter(({ terms }) => seen(words, terms[0]!)) : []
  if (begun.length > 0) return { ways: begun, instead: undefined }
  const near = nearest(words, key)
  return {
    ways: near.map(({ term, distance }) => ({ terms: [term], worth: worth.near / distance })),
    instead: near[0]?.term,
  }
}

/** Visible terms within reach of a word: the nearest first, of those the commonest; at most five. */
export function nearest(words: Words, word: string): { term: string; distance: number; n: number }[] {
  const most = isStop(word) ? 0 : allowedEdits(word)
  const found = new Map<string, { term: string; distance: number; n: number }>()
  for (const layer of most ? words.layers : []) {
    const { terms, postings } = layer.segment
    for (const { term: place, distance } of nearTerms(terms, word, most)) {
      if (!seenIn(layer, words.visible(layer), place)) continue
      const term = textAt(terms, place)
      const n = postings.offsets[place + 1]! - postings.offsets[place]!
      found.set(term, { term, distance: Math.max(1, distance), n: n + (found.get(term)?.n ?? 0) })
    }
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || b.n - a.n).slice(0, 5)
}
