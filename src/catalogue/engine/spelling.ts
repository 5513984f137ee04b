import type { StringTable } from './strings.ts'
import { lowerBound, sizeOf, textAt } from './strings.ts'

const umlauts: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u' }
const same = (a: string, b: string) => a === b || umlauts[a] === b || umlauts[b] === a

/** A term within reach of a word: how many letters were left out, added, changed or swapped. */
export type Near = { readonly term: number; readonly distance: number }

/**
 * The terms of a sorted table within `most` edits (Damerau-Levenshtein, optimal string alignment) of a word; umlauts and
 * their plain letters count as the same. Terms with a common beginning share its rows, and a beginning that is already
 * too far away is passed over as a whole, as an automaton over the sorted words would. The first letter must agree.
 */
export function nearTerms(table: StringTable, word: string, most: number): Near[] {
  const first = word[0]
  if (!first) return []
  const other = umlauts[first] ?? { a: 'ä', o: 'ö', u: 'ü' }[first]
  return [first, ...(other ? [other] : [])].flatMap((letter) => nearFrom(table, word, most, letter))
}

function nearFrom(table: StringTable, word: string, most: number, letter: string): Near[] {
  const found: Near[] = []
  const rows: Uint8Array[] = [Uint8Array.from({ length: word.length + 1 }, (_, at) => at)]
  let before = ''
  let at = lowerBound(table, letter)
  const end = lowerBound(table, `${letter}\uffff`)
  while (at < Math.min(end, sizeOf(table))) {
    const term = textAt(table, at)
    let depth = commonLength(before, term)
    let dead = 0
    for (; depth < term.length && !dead; depth++) {
      const low = fillRow(rows, word, term, depth)
      if (low > most || depth > word.length + most) dead = depth + 1
    }
    before = dead ? term.slice(0, dead) : term
    if (dead) {
      at = lowerBound(table, `${term.slice(0, dead)}\uffff`)
      continue
    }
    const distance = rows[term.length]![word.length]!
    if (distance <= most) found.push({ term: at, distance })
    at++
  }
  return found
}

function commonLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at++
  return at
}

/** Row `depth + 1` of the distance table, for the letter at `depth` of the term; answers with the row's least value. */
function fillRow(rows: Uint8Array[], word: string, term: string, depth: number): number {
  const above = rows[depth]!
  const row = (rows[depth + 1] ??= new Uint8Array(word.length + 1))
  const letter = term[depth]!
  row[0] = depth + 1
  let low = row[0]!
  for (let at = 1; at <= word.length; at++) {
    const own = word[at - 1]!
    let cost = Math.min(above[at]! + 1, row[at - 1]! + 1, above[at - 1]! + (same(own, letter) ? 0 : 1))
    const swapped = at > 1 && depth > 0 && own === term[depth - 1] && word[at - 2] === letter
    if (swapped) cost = Math.min(cost, rows[depth - 1]![at - 2]! + 1)
    row[at] = cost
    if (cost < low) low = cost
  }
  return low
}

/** How many mistakes a word of this length may hold: none up to three letters, one up to seven, then two. */
export function allowedEdits(word: string): number {
  if (word.length < 4 || /\d/.test(word)) return 0
  return word.length < 8 ? 1 : 2
}
