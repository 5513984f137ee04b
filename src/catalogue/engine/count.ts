import type { Layer } from './merge.ts'
import type { FacetField } from './segment.ts'
import { noStart } from './segment.ts'
import type { StringTable } from './strings.ts'
import { allTexts, sizeOf } from './strings.ts'

/** What hits are narrowed by and counted by: the lists of a document, and two that are worked out from its numbers. */
export type FacetName = Exclude<FacetField, 'organisation' | 'partner'> | 'period' | 'quality'

/** A value of a facet with its number of hits. */
export type FacetCount = { readonly facet: FacetName; readonly value: string; readonly count: number }

/** A facet to count, and the values chosen in it (none: all pass). */
export type FacetWish = { readonly facet: FacetName; readonly chosen: readonly string[] }

/** Counts one facet over the documents of one layer. */
export type Counter = {
  /** Undefined where nothing is chosen. */
  readonly passes: ((doc: number) => boolean) | undefined
  readonly count: (docs: Uint32Array) => void
  /** The values in a fixed order, and how often each was counted. */
  readonly names: readonly string[]
  readonly counts: Uint32Array
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
    passes: wish.chosen.length > 0 ? listTest(layer, field, wish.chosen) : undefined,
    count: (docs) => {
      for (let each = 0; each < docs.length; each++) {
        const doc = docs[each]!
        for (let at = offsets[doc]!, end = offsets[doc + 1]!; at < end; at++) counts[values[at]!]!++
      }
    },
    names: namesOf(names),
    counts,
  }
}

const decoded = new WeakMap<StringTable, readonly string[]>()

/** The values of a facet as texts, decoded once per segment. */
export function namesOf(table: StringTable): readonly string[] {
  const known = decoded.get(table)
  if (known) return known
  const made = allTexts(table)
  decoded.set(table, made)
  return made
}

/** True for documents whose list holds one of the values. */
export function listTest(
  layer: Layer,
  field: FacetField,
  chosen: readonly string[],
): (doc: number) => boolean {
  const { names, lists } = layer.segment.facets[field]
  const wanted = new Set(chosen)
  const flags = Uint8Array.from(namesOf(names), (name) => (wanted.has(name) ? 1 : 0))
  const { offsets, values } = lists
  return (doc) => {
    for (let at = offsets[doc]!; at < offsets[doc + 1]!; at++) if (flags[values[at]!]) return true
    return false
  }
}

type Tests = Readonly<Record<string, (doc: number) => boolean>>

function testCounter(wish: FacetWish, tests: Tests): Counter {
  const entries = Object.entries(tests)
  const all = entries.map(([, test]) => test)
  const counts = new Uint32Array(entries.length)
  const chosen = entries.filter(([value]) => wish.chosen.includes(value)).map(([, test]) => test)
  return {
    passes: wish.chosen.length > 0 ? (doc) => chosen.some((test) => test(doc)) : undefined,
    count: (docs) => {
      for (const [at, test] of all.entries()) {
        let n = 0
        for (let each = 0; each < docs.length; each++) if (test(docs[each]!)) n++
        counts[at]! += n
      }
    },
    names: entries.map(([value]) => value),
    counts,
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
  const counted = counters.length === 1 ? counters[0]! : joinCounters(counters)
  const chosen = new Set(wish.chosen)
  const kept: FacetCount[] = []
  let values = 0
  let least = 1
  for (let at = 0; at < counted.counts.length; at++) {
    const count = counted.counts[at]!
    if (count === 0) continue
    const value = counted.names[at]!
    const isChosen = chosen.has(value)
    if (chosen.size === 0 || isChosen) values++
    if (count < least && !isChosen) continue
    kept.push({ facet: wish.facet, value, count })
    if (kept.length > 8 * most + 64) least = shrink(kept, chosen, most)
  }
  shrink(kept, chosen, most)
  return { counts: kept, values }
}

/** Keeps the commonest and the chosen; answers with the count below which nothing can come in any more. */
function shrink(kept: FacetCount[], chosen: ReadonlySet<string>, most: number): number {
  kept.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const rest = kept.slice(most).filter((each) => chosen.has(each.value))
  kept.splice(most, Infinity, ...rest)
  return kept[most - 1]?.count ?? 1
}

function joinCounters(counters: readonly Counter[]): Pick<Counter, 'names' | 'counts'> {
  const sums = new Map<string, number>()
  for (const { names, counts } of counters)
    for (let at = 0; at < counts.length; at++)
      if (counts[at]) sums.set(names[at]!, (sums.get(names[at]!) ?? 0) + counts[at]!)
  return { names: [...sums.keys()], counts: Uint32Array.from(sums.values()) }
}
