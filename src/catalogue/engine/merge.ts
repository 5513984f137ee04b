import { createSets } from './collecting.ts'
import type { Lists, Sets } from './numbers.ts'
import { narrow } from './numbers.ts'
import type { FacetField, Segment } from './segment.ts'
import { facetFields, orderById, sequenceOf, stopIn } from './segment.ts'
import { allTexts, tableOf, textAt } from './strings.ts'

/** A segment with the documents that no longer count (1 = gone). */
export type Layer = { readonly segment: Segment; readonly dead: Uint8Array }

const NOWHERE = 0xffffffff

/** One segment out of several: what is gone is left out, all else stays in its order. The words are not looked at again. */
export function mergeSegments(layers: readonly Layer[]): Segment {
  const targets = targetsOf(layers)
  const size = layers.reduce((sum, layer) => sum + layer.segment.size - countOnes(layer.dead), 0)
  const terms = mergeTerms(layers)
  const ids = joinRows(layers, 'ids', 16, size)
  return {
    size,
    terms: tableOf(terms.names),
    postings: mergePostings(layers, targets, terms),
    sequence: joinSequences(layers, terms, size),
    ids,
    byId: orderById(ids, size),
    titles: tableOf(
      layers.flatMap(({ segment, dead }) => allTexts(segment.titles).filter((_, doc) => !dead[doc])),
    ),
    facets: Object.fromEntries(
      facetFields.map((field) => [field, mergeFacet(layers, field)]),
    ) as Segment['facets'],
    visibility: joinRows(layers, 'visibility', 1, size),
    quality: joinRows(layers, 'quality', 1, size),
    starts: joinRows(layers, 'starts', 1, size),
    ends: joinRows(layers, 'ends', 1, size),
    modified: joinRows(layers, 'modified', 1, size),
    bbox: joinRows(layers, 'bbox', 4, size),
  }
}

function countOnes(flags: Uint8Array): number {
  let n = 0
  for (const flag of flags) n += flag
  return n
}

/** Where each document goes in the merged segment. */
function targetsOf(layers: readonly Layer[]): Uint32Array[] {
  let next = 0
  return layers.map(({ segment, dead }) => {
    const targets = new Uint32Array(segment.size)
    for (let doc = 0; doc < segment.size; doc++) targets[doc] = dead[doc] ? NOWHERE : next++
    return targets
  })
}

type Terms = { readonly names: readonly string[]; readonly places: readonly Uint32Array[] }

function mergeTerms(layers: readonly Layer[]): Terms {
  const texts = layers.map(({ segment }) => allTexts(segment.terms))
  const names = [...new Set(texts.flat())].sort((a, b) => (a < b ? -1 : 1))
  const numbers = new Map(names.map((name, at) => [name, at]))
  return { names, places: texts.map((list) => Uint32Array.from(list, (name) => numbers.get(name)!)) }
}

function mergePostings(
  layers: readonly Layer[],
  targets: readonly Uint32Array[],
  terms: Terms,
): Segment['postings'] {
  const offsets = new Uint32Array(terms.names.length + 1)
  eachPosting(layers, targets, (layer, term) => void offsets[terms.places[layer]![term]! + 1]!++)
  for (let at = 0; at < terms.names.length; at++) offsets[at + 1]! += offsets[at]!
  const total = offsets[terms.names.length]!
  const last = targets.reduce((most, each) => most + each.length, 0)
  const docs = narrow(total, last)
  const weights = new Uint8Array(total)
  const next = offsets.slice()
  // Layer by layer, so that documents rise within each term.
  eachPosting(layers, targets, (layer, term, doc, weight) => {
    const to = next[terms.places[layer]![term]!]!++
    docs[to] = doc
    weights[to] = weight
  })
  return { offsets, docs, weights }
}

function eachPosting(
  layers: readonly Layer[],
  targets: readonly Uint32Array[],
  visit: (layer: number, term: number, doc: number, weight: number) => void,
): void {
  for (const [at, { segment }] of layers.entries()) {
    const { offsets, docs, weights } = segment.postings
    for (let term = 0; term + 1 < offsets.length; term++) {
      for (let posting = offsets[term]!; posting < offsets[term + 1]!; posting++) {
        const doc = targets[at]![docs[posting]!]!
        if (doc !== NOWHERE) visit(at, term, doc, weights[posting]!)
      }
    }
  }
}

type Column = 'ids' | 'visibility' | 'quality' | 'starts' | 'ends' | 'modified' | 'bbox'

function joinRows<C extends Column>(
  layers: readonly Layer[],
  column: C,
  width: number,
  size: number,
): Segment[C] {
  const Numbers = layers[0]!.segment[column].constructor as new (length: number) => Segment[C]
  const joined = new Numbers(size * width)
  let to = 0
  for (const { segment, dead } of layers) {
    for (let doc = 0; doc < segment.size; doc++) {
      if (dead[doc]) continue
      for (let at = 0; at < width; at++) joined[to++] = segment[column][doc * width + at]!
    }
  }
  return joined
}

function joinSequences(layers: readonly Layer[], terms: Terms, size: number): Lists {
  const offsets = new Uint32Array(size + 1)
  let [doc, length] = [0, 0]
  for (const { segment, dead } of layers)
    for (let each = 0; each < segment.size; each++) {
      if (dead[each]) continue
      length += segment.sequence.offsets[each + 1]! - segment.sequence.offsets[each]!
      offsets[++doc] = length
    }
  const values = sequenceOf(length, terms.names.length)
  let to = 0
  for (const [at, { segment, dead }] of layers.entries()) {
    const [from, places] = [segment.sequence, terms.places[at]!]
    const stop = stopIn(from.values)
    const shift = stopIn(values) - stop
    for (let each = 0; each < segment.size; each++) {
      if (dead[each]) continue
      for (let place = from.offsets[each]!; place < from.offsets[each + 1]!; place++) {
        const value = from.values[place]!
        values[to++] = value >= stop ? value + shift : places[value]!
      }
    }
  }
  return { offsets, values }
}

function mergeFacet(layers: readonly Layer[], field: FacetField): Segment['facets'][FacetField] {
  const numbers = new Map<string, number>()
  const places = layers.map(({ segment }) => {
    const { names } = segment.facets[field]
    return Uint32Array.from({ length: names.offsets.length - 1 }, (_, at) => {
      const name = textAt(names, at)
      if (!numbers.has(name)) numbers.set(name, numbers.size)
      return numbers.get(name)!
    })
  })
  return { names: tableOf([...numbers.keys()]), sets: joinSets(layers, field, places) }
}

/** The lists of all documents that count, with the new numbers of their values. */
function joinSets(layers: readonly Layer[], field: FacetField, places: readonly Uint32Array[]): Sets {
  const joined = createSets()
  for (const [at, { segment, dead }] of layers.entries()) {
    const { of, offsets, values } = segment.facets[field].sets
    const sets = Array.from({ length: offsets.length - 1 }, (_, set) =>
      Array.from(values.subarray(offsets[set], offsets[set + 1]), (value) => places[at]![value]!),
    )
    for (let doc = 0; doc < segment.size; doc++) if (!dead[doc]) joined.add(sets[of[doc]!]!)
  }
  return joined.take()
}
