import type { Lists, Narrow, Sets } from './numbers.ts'
import { narrow } from './numbers.ts'
import type { StringTable } from './strings.ts'

/** What documents can be narrowed by or counted by: lists of words per document. */
export const facetFields = [
  'access',
  'kind',
  'topic',
  'holder',
  'format',
  'licence',
  'place',
  'region',
  'source',
  'tag',
  'organisation',
  'partner',
] as const

/** One of the lists of words of a document. */
export type FacetField = (typeof facetFields)[number]

/** One entry as the index takes it: public words and facts only. Days count from 1970-01-01; `bbox` is west, south, east, north. */
export type SearchDocument = {
  readonly id: string
  readonly title: string
  readonly keywords: readonly string[]
  readonly holder: string
  readonly text: string
  readonly facets: Readonly<Record<FacetField, readonly string[]>>
  readonly visibility: 'public' | 'partners' | 'own'
  readonly starts: number | null
  readonly ends: number | null
  readonly quality: number
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly bbox: readonly [number, number, number, number] | null
}

/** A sealed part of the index: postings by term, words by document, facts by document. All of it lies in typed arrays. */
export type Segment = {
  readonly size: number
  /** Sorted; the term's place is its number. */
  readonly terms: StringTable
  /** Documents of a term, rising, with the weight of the term in each (1 to 255). */
  readonly postings: {
    readonly offsets: Uint32Array
    readonly docs: Narrow
    readonly weights: Uint8Array
  }
  /** Each document's terms in their order; `gap` between fields, `stop` for a word without meaning. */
  readonly sequence: Lists
  /** 16 bytes each. */
  readonly ids: Uint8Array
  /** Documents in the order of their ids. */
  readonly byId: Uint32Array
  readonly titles: StringTable
  readonly facets: Readonly<Record<FacetField, { readonly names: StringTable; readonly sets: Sets }>>
  readonly visibility: Uint8Array
  readonly quality: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly modified: Float64Array
  /** Four numbers each; NaN where the place is unknown. */
  readonly bbox: Float32Array
}

/** Between two fields, so that no phrase runs from one into the next. */
export const gap = 0xffffffff
/** A word that carries no meaning; in a phrase it stands for any such word. */
export const stop = 0xfffffffe

/** As many documents as a layer may have at most: their numbers fit into two bytes, and merging it takes little memory. */
export const LAYER = 0xffff

/** A sequence of terms in as few bytes as their number allows; `gap` and `stop` are the two highest values either way. */
export function sequenceOf(length: number, terms: number): Narrow {
  return narrow(length, terms + 1)
}

/** `stop` as it stands in a sequence; what is above it is `gap`, what is below a term. */
export function stopIn(values: Narrow): number {
  return values instanceof Uint16Array ? stop & 0xffff : stop
}

/** Codes of the visibility column. */
export const visibilityCodes = { public: 0, partners: 1, own: 2 } as const

/** Day numbers for "not said": an end this late is open, a start this early has none. */
export const noEnd = 2_000_000
export const noStart = -2_000_000

/** The id as 16 bytes. */
export function idBytes(id: string): Uint8Array {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

/** The id of a document as text. */
export function idAt(segment: Segment, doc: number): string {
  const at = segment.ids.byteOffset + doc * 16
  const hex = Buffer.from(segment.ids.buffer as ArrayBuffer, at, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Compares a document's id with the given bytes. */
export function compareId(segment: Segment, doc: number, id: Uint8Array): number {
  for (let at = 0; at < 16; at++) {
    const difference = segment.ids[doc * 16 + at]! - id[at]!
    if (difference !== 0) return difference
  }
  return 0
}

/** The document with this id, or -1. */
export function findDocument(segment: Segment, id: Uint8Array): number {
  let low = 0
  let high = segment.size - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const order = compareId(segment, segment.byId[middle]!, id)
    if (order === 0) return segment.byId[middle]!
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The documents in the order of their ids. */
export function orderById(ids: Uint8Array, size: number): Uint32Array {
  const view = new DataView(ids.buffer, ids.byteOffset, ids.byteLength)
  const order = Uint32Array.from({ length: size }, (_, at) => at)
  return order.sort((a, b) => {
    for (let at = 0; at < 16; at += 4) {
      const difference = view.getUint32(a * 16 + at) - view.getUint32(b * 16 + at)
      if (difference !== 0) return difference
    }
    return 0
  })
}
