import type { Layer } from './merge.ts'
import type { FacetField } from './segment.ts'
import { noStart } from './segment.ts'
import { sizeOf, textAt } from './strings.ts'

/** What hits are narrowed by and counted by: the lists of a document, and two that are worked out from its numbers. */
export type FacetName = Exclude<FacetField, 'organisation' | 'partner'> | 'period' | 'quality'

/** A value of a facet with its number of hits. */
export type FacetCount = { readonly facet: FacetName; readonly value: string; readonly count: number }

/** A facet to count, and the values chosen in it (none: all pass). */
export type FacetWish = { readonly facet: FacetName; readonly chosen: readonly string[] }

/** Counts one facet over the documents of one layer. */
export type Counter = {
  readonly facet: FacetName
  /** Undefined where nothing is chosen. */
  readonly passes: ((doc: number) => boolean) | undefined
  readonly count: (doc: number) => void
  readonly result: () => readonly (readonly [string, number])[]
}

/** The counter of a facet in a layer. `years`: the newest years first; everything before them is "older". */
export function counterOf(layer: Layer, wish: FacetWish, years: readonly number[]): Counter {
  if (wish.facet === 'period') return testCounter(wish, periodTests(layer, years))
  if (wish.facet === 'quality') return testCounter(wish, qualityTests(layer))
  return listCounter(layer, wish, wish.facet)
}

function listCounter(layer: Layer, wish: FacetWish, field: FacetField): Counter {
  const { names, lists } = layer.segment.facets[field]
  const counts = new Uint32Array(sizeOf(names))
  const { offsets, values } = lists
  return {
    facet: wish.facet,
    passes: wish.chosen.length > 0 ? listTest(layer, field, wish.chosen) : undefined,
    count: (doc) => {
      for (let at = offsets[doc]!; at < offsets[doc + 1]!; at++) counts[values[at]!]!++
    },
    result: () => {
      const found: [string, number][] = []
      for (let at = 0; at < counts.length; at++) if (counts[at]) found.push([textAt(names, at), counts[at]!])
      return found
    },
  }
}

/** True for documents whose list holds one of the values. */
export function listTest(
  layer: Layer,
  field: FacetField,
  chosen: readonly string[],
): (doc: number) => boolean {
  const { names, lists } = layer.segment.facets[field]
  const wanted = new Set(chosen)
  const flags = Uint8Array.from({ length: sizeOf(names) }, (_, at) => (wanted.has(textAt(names, at)) ? 1 : 0))
  const { offsets, values } = lists
  return (doc) => {
    for (let at = offsets[doc]!; at < offsets[doc + 1]!; at++) if (flags[values[at]!]) return true
    return false
  }
}

type Tests = Readonly<Record<string, (doc: number) => boolean>>

function testCounter(wish: FacetWish, tests: Tests): Counter {
  const entries = Object.entries(tests)
  const counts = new Uint32Array(entries.length)
  const chosen = entries.filter(([value]) => wish.chosen.includes(value)).map(([, test]) => test)
  return {
    facet: wish.facet,
    passes: wish.chosen.length > 0 ? (doc) => chosen.some((test) => test(doc)) : undefined,
    count: (doc) => {
      for (let at = 0; at < entries.length; at++) if (entries[at]![1](doc)) counts[at]!++
    },
    result: () => entries.flatMap(([value], at) => (counts[at] ? [[value, counts[at]] as const] : [])),
  }
}

/** The day number of a calendar day. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
}

function periodTests({ segment }: Layer, years: readonly number[]): Tests {
  const { starts, ends } = segment
  const tests: Record<string, (doc: number) => boolean> = {}
  for (const year of years) {
    const [from, to] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)]
    tests[String(year)] = (doc) => starts[doc]! > noStart && starts[doc]! <= to && ends[doc]! >= from
  }
  const before = dayNumber(`${Math.min(...years)}-01-01`)
  tests['older'] = (doc) => starts[doc]! > noStart && starts[doc]! < before
  return tests
}

/** Completeness of a description in three steps; the limits are those of the quality page: 80 is good, 50 is usable. */
export const qualitySteps = { good: 80, fair: 50, poor: 0 } as const

function qualityTests({ segment }: Layer): Tests {
  const { quality } = segment
  return {
    good: (doc) => quality[doc]! >= qualitySteps.good,
    fair: (doc) => quality[doc]! >= qualitySteps.fair && quality[doc]! < qualitySteps.good,
    poor: (doc) => quality[doc]! < qualitySteps.fair,
  }
}

/** Sums the counts of one facet over all layers: the commonest first, cut at `most`; chosen values always stay. */
export function sumCounts(
  counters: readonly Counter[],
  wish: FacetWish,
  most: number,
): { counts: FacetCount[]; values: number } {
  const sums = new Map<string, number>()
  for (const counter of counters)
    for (const [value, n] of counter.result()) sums.set(value, (sums.get(value) ?? 0) + n)
  const sorted = [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const kept = sorted.filter(([value], at) => at < most || wish.chosen.includes(value))
  const counted = wish.chosen.length > 0 ? sorted.filter(([value]) => wish.chosen.includes(value)) : sorted
  return {
    counts: kept.map(([value, count]) => ({ facet: wish.facet, value, count })),
    values: counted.length,
  }
}
