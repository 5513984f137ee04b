import type { Growing, Sets } from './numbers.ts'
import { growing, narrow } from './numbers.ts'
import type { FacetField, Segment } from './segment.ts'
import { tableOf } from './strings.ts'

/** A facet while documents come in: names and equal lists are kept once. */
export type CollectingSets = {
  readonly field: FacetField
  readonly add: (names: readonly string[]) => void
  readonly take: () => Segment['facets'][FacetField]
}

/** An empty facet. */
export function collectingSets(field: FacetField): CollectingSets {
  const names = new Map<string, number>()
  const lists = createSets()
  return {
    field,
    add: (given) => lists.add([...new Set(given)].map((name) => numberOf(names, name))),
    take: () => ({ names: tableOf([...names.keys()]), sets: lists.take() }),
  }
}

/** The number of a word; the next one where it is new. */
export function numberOf(numbers: Map<string, number>, word: string): number {
  const known = numbers.get(word)
  if (known !== undefined) return known
  numbers.set(word, numbers.size)
  return numbers.size - 1
}

/** Lists of numbers, one per document, equal ones kept once. */
export function createSets(): { add: (list: readonly number[]) => void; take: () => Sets } {
  const known = new Map<string, number>()
  const of: Growing = growing()
  const offsets = growing()
  const values = growing()
  offsets.push(0)
  return {
    add: (list) => {
      const set = numberOf(known, list.join(' '))
      of.push(set)
      if (set + 1 < offsets.length()) return
      for (const value of list) values.push(value)
      offsets.push(values.length())
    },
    take: () => {
      const numbers = narrow(of.length(), known.size)
      numbers.set(of.take())
      return { of: numbers, offsets: offsets.take().slice(), values: values.take().slice() }
    },
  }
}
