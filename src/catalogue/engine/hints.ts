import type { Words } from './expand.ts'
import { nearest } from './expand.ts'
import type { Narrow } from './numbers.ts'
import { prefixRange, textAt } from './strings.ts'
import { allowedEdits } from './spelling.ts'

/** A word worth typing, with in how many visible entries it stands. */
export type Hint = { readonly word: string; readonly n: number }

/** How many postings of one term are looked at to count what the asker may see. */
const MAX_COUNTED = 20_000

/** Words that begin as typed, from entries the asker may see, the commonest first. */
export function completions(words: Words, beginning: string, most: number): Hint[] {
  const counts = new Map<string, number>()
  for (const layer of words.layers) {
    const { terms, postings } = layer.segment
    const visible = words.visible(layer)
    const [from, to] = prefixRange(terms, beginning)
    for (let place = from; place < Math.min(to, from + 3000); place++) {
      const n = countVisible(layer.dead, visible, postings.docs, [
        postings.offsets[place]!,
        postings.offsets[place + 1]!,
      ])
      if (n > 0) {
        const term = textAt(terms, place)
        counts.set(term, (counts.get(term) ?? 0) + n)
      }
    }
  }
  return [...counts]
    .map(([word, n]) => ({ word, n }))
    .sort((a, b) => b.n - a.n || (a.word < b.word ? -1 : 1))
    .slice(0, most)
}

function countVisible(
  dead: Uint8Array,
  visible: Uint8Array | undefined,
  docs: Narrow,
  [from, to]: readonly [number, number],
): number {
  let n = 0
  for (let at = from; at < Math.min(to, from + MAX_COUNTED); at++) {
    const doc = docs[at]!
    if (!dead[doc] && (!visible || visible[doc])) n++
  }
  return n
}

/**
 * A likelier spelling of a rare word: a visible term one or two letters away that stands in far more entries. Undefined
 * where the word is fine as it is.
 */
export function likelier(words: Words, key: string, n: number): string | undefined {
  if (n > 2 || allowedEdits(key) === 0) return undefined
  const other = nearest(words, key).find((each) => each.term !== key && each.n >= 10 * Math.max(1, n))
  return other?.term
}
