import type { Layer } from './merge.ts'
import type { Sets } from './numbers.ts'
import type { FacetField, Segment } from './segment.ts'
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
  /** Counts each document so many times (1, or -1 to take it off again). */
  readonly count: (docs: Uint32Array, by: number) => void
  /** The values in a fixed order, and how often each was counted. */
  readonly names: readonly string[]
  readonly counts: Uint32Array
  /** Stands for what is counted, whatever is chosen. */
  readonly key: string
}

/** The counter of a facet in a layer. `years`: the newest years first; everything before them is "older". */
export function counterOf(layer: Layer, wish: FacetWish, years: readonly number[]): Counter {
  if (wish.facet === 'period') return codeCounter(wish, periodCodes(layer.segment, years))
  if (wish.facet === 'quality') return codeCounter(wish, qualityCodes(layer.segment))
  return listCounter(layer, wish, wish.facet)
}

function listCounter(layer: Layer, wish: FacetWish, field: FacetField): Counter {
  const { names, sets } = layer.segment.facets[field]
  const counts = new Uint32Array(sizeOf(names))
  return {
    passes: wish.chosen.length > 0 ? listTest(layer, field, wish.chosen) : undefined,
    count: (docs, by) => countSets(docs, sets, { counts, by }),
    names: namesOf(names),
    counts,
    key: field,
  }
}

type Counting = { readonly counts: Uint32Array; readonly by: number }

function countSets(docs: Uint32Array, { of, offsets, values }: Sets, { counts, by }: Counting): void {
  const different = offsets.length - 1
  if (docs.length < different) {
    for (let each = 0; each < docs.length; each++) {
      const set = of[docs[each]!]!
      for (let at = offsets[set]!, end = offsets[set + 1]!; at < end; at++) counts[values[at]!]! += by
    }
    return
  }
  const found = new Uint32Array(different)
  for (let each = 0; each < docs.length; each++) found[of[docs[each]!]!]!++
  for (let set = 0; set < different; set++) {
    const n = found[set]! * by
    if (n !== 0) for (let at = offsets[set]!; at < offsets[set + 1]!; at++) counts[values[at]!]! += n
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
  const { names, sets } = layer.segment.facets[field]
  const { of, offsets, values } = sets
  const wanted = new Set(chosen)
  const named = Uint8Array.from(namesOf(names), (name) => (wanted.has(name) ? 1 : 0))
  const flags = new Uint8Array(offsets.length - 1)
  for (let set = 0; set < flags.length; set++)
    for (let at = offsets[set]!; at < offsets[set + 1]!; at++) if (named[values[at]!]) flags[set] = 1
  return (doc) => flags[of[doc]!] === 1
}

/** A bit per value for each document. */
type Codes = { readonly names: readonly string[]; readonly codes: Uint8Array; readonly key: string }

function codeCounter(wish: FacetWish, { names, codes, key }: Codes): Counter {
  const counts = new Uint32Array(names.length)
  const mask = names.reduce((bits, name, at) => (wish.chosen.includes(name) ? bits | (1 << at) : bits), 0)
  return {
    passes: wish.chosen.length > 0 ? (doc) => (codes[doc]! & mask) !== 0 : undefined,
    count: (docs, by) => {
      const found = new Uint32Array(256)
      for (let each = 0; each < docs.length; each++) found[codes[docs[each]!]!]!++
      for (let code = 1; code < 256; code++)
        for (let at = 0; at < names.length; at++) if ((code >> at) & 1) counts[at]! += found[code]! * by
    },
    names,
    counts,
    key,
  }
}

const codesOf = new WeakMap<Segment, Map<string, Codes>>()

/** Worked out once per segment; as many values as a byte has bits. */
function codesFor(segment: Segment, key: string, tests: Record<string, (doc: number) => boolean>): Codes {
  const known = codesOf.get(segment) ?? new Map<string, Codes>()
  const found = known.get(key)
  if (found) return found
  const entries = Object.entries(tests)
  const codes = new Uint8Array(segment.size)
  for (const [at, [, test]] of entries.entries())
    for (let doc = 0; doc < codes.length; doc++) if (test(doc)) codes[doc]! |= 1 << at
  const made = { names: entries.map(([name]) => name), codes, key }
  codesOf.set(segment, known.set(key, made))
  return made
}

/** The day number of a calendar day. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
}

function periodCodes(segment: Segment, years: readonly number[]): Codes {
  const { starts, ends } = segment
  const tests: Record<string, (doc: number) => boolean> = {}
  for (const year of years) {
    const [from, to] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)]
    tests[String(year)] = (doc) => starts[doc]! > noStart && starts[doc]! <= to && ends[doc]! >= from
  }
  const before = dayNumber(`${Math.min(...years)}-01-01`)
  tests['older'] = (doc) => starts[doc]! > noStart && starts[doc]! < before
  return codesFor(segment, `period ${years.join(' ')}`, tests)
}

/** Completeness of a description in three steps; the limits are those of the quality page: 80 is good, 50 is usable. */
export const qualitySteps = { good: 80, fair: 50, poor: 0 } as const

function qualityCodes(segment: Segment): Codes {
  const { quality } = segment
  return codesFor(segment, 'quality', {
    good: (doc) => quality[doc]! >= qualitySteps.good,
    fair: (doc) => quality[doc]! >= qualitySteps.fair && quality[doc]! < qualitySteps.good,
    poor: (doc) => quality[doc]! < qualitySteps.fair,
  })
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
