import type { Analyser } from './analyse.ts'
import { listTest, namesOf } from './count.ts'
import { expandTyped } from './expand.ts'
import { matchLayer, rarityOf } from './match.ts'
import type { Layer } from './merge.ts'
import { parseTyped } from './parse.ts'
import { giveBack, takeScratch } from './scratch.ts'
import type { FacetField } from './segment.ts'
import { findDocument, idBytes, noStart } from './segment.ts'

/** A condition on documents; conditions may be nested. Numbers: days for `starts`, milliseconds for `modified`. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** A word of a list, whatever its case; with * any that fits. */
  | { readonly field: FacetField; readonly value: string }
  /** A list with a word that passes. */
  | { readonly field: FacetField; readonly fits: (name: string) => boolean }
  | { readonly ids: readonly string[] }
  | { readonly words: string }
  | { readonly modified: { readonly from?: number | undefined; readonly to?: number | undefined } }
  /** Days; what overlaps the span passes, what has no period does not. */
  | { readonly period: { readonly from: number; readonly to: number } }
  /** West, south, east, north: what overlaps the box passes, what has no place does not. */
  | { readonly box: readonly [number, number, number, number] }

type Test = (doc: number) => boolean

/** The condition as a test for the documents of one layer. */
export function testOf(condition: Condition, layer: Layer, around: Around): Test {
  if ('all' in condition) {
    const tests = condition.all.map((each) => testOf(each, layer, around))
    return (doc) => tests.every((test) => test(doc))
  }
  if ('any' in condition) {
    const tests = condition.any.map((each) => testOf(each, layer, around))
    return (doc) => tests.some((test) => test(doc))
  }
  if ('not' in condition) {
    const test = testOf(condition.not, layer, around)
    return (doc) => !test(doc)
  }
  return plainTest(condition, layer, around)
}

/** What word conditions need to know beside their layer. */
export type Around = { readonly layers: readonly Layer[]; readonly analyse: Analyser }

type Plain = Exclude<
  Condition,
  { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown }
>

function plainTest(condition: Plain, layer: Layer, around: Around): Test {
  if ('fits' in condition) return namedTest(layer, condition.field, condition.fits)
  if ('field' in condition) return fieldTest(condition, layer)
  if ('ids' in condition) {
    const docs = new Set(condition.ids.map((id) => findDocument(layer.segment, idBytes(id))))
    return (doc) => docs.has(doc)
  }
  if ('words' in condition) return wordTest(condition.words, layer, around)
  if ('box' in condition) return boxTest(condition.box, layer)
  const { modified, starts, ends } = layer.segment
  if ('modified' in condition) {
    const { from = -Infinity, to = Infinity } = condition.modified
    return (doc) => modified[doc]! >= from && modified[doc]! <= to
  }
  const { from, to } = condition.period
  return (doc) => starts[doc]! > noStart && starts[doc]! <= to && ends[doc]! >= from
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')

function fieldTest({ field, value }: { field: FacetField; value: string }, layer: Layer): Test {
  const pattern = new RegExp(`^${value.split('*').map(literally).join('.*')}$`, 'iu')
  return namedTest(layer, field, (name) => pattern.test(name))
}

function namedTest(layer: Layer, field: FacetField, fits: (name: string) => boolean): Test {
  return listTest(layer, field, namesOf(layer.segment.facets[field].names).filter(fits))
}

function wordTest(text: string, layer: Layer, around: Around): Test {
  const typed = parseTyped(text)
  const wanted = expandTyped({ ...around, visible: () => undefined }, typed)
  const searched = { wanted, typed, least: wanted.length, analyse: around.analyse }
  const flags = new Uint8Array(layer.segment.size)
  const scratch = takeScratch(layer.segment.size)
  for (const doc of matchLayer(layer, searched, { rarity: rarityOf(around.layers), scratch }).docs)
    flags[doc] = 1
  giveBack(scratch)
  return (doc) => flags[doc] === 1
}

function boxTest([west, south, east, north]: readonly [number, number, number, number], layer: Layer): Test {
  const { bbox } = layer.segment
  // A document without a place has NaN here, which compares as false.
  return (doc) =>
    bbox[doc * 4]! <= east &&
    bbox[doc * 4 + 2]! >= west &&
    bbox[doc * 4 + 1]! <= north &&
    bbox[doc * 4 + 3]! >= south
}
