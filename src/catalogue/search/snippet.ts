import type { Analyser } from '../engine/analyse.ts'

/** A piece of text; `mark` where it is what was searched for. */
export type Piece = { readonly text: string; readonly mark: boolean }

type Spot = { readonly from: number; readonly to: number }

const MAX_READ = 6000
const SHOWN = 240

/**
 * The part of a text that shows best what was searched for, cut at words, with the words found marked. The beginning where
 * nothing is found. `terms` are what the search looked for in base form.
 */
export function snippetOf(text: string, terms: ReadonlySet<string>, analyse: Analyser): Piece[] {
  const read = text.slice(0, MAX_READ).replaceAll(/\s+/g, ' ')
  const spots = terms.size > 0 ? spotsOf(read, terms, analyse) : []
  const from = beginOf(read, spots)
  const to = endOf(read, from)
  return piecesOf(read, { from, to }, spots)
}

/** Where words stand that are, or contain, one of the terms. */
function spotsOf(text: string, terms: ReadonlySet<string>, analyse: Analyser): Spot[] {
  const spots: Spot[] = []
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const { key, parts, joined } = analyse(match[0].toLowerCase(), 'de')
    if ([key, ...parts, ...joined].some((term) => terms.has(term)))
      spots.push({ from: match.index, to: match.index + match[0].length })
  }
  return spots
}

/** The start of the window that holds most spots, a little before the first of them. */
function beginOf(text: string, spots: readonly Spot[]): number {
  let best = { from: 0, n: spots.filter((spot) => spot.to <= SHOWN).length }
  for (const { from } of spots) {
    const n = spots.filter((spot) => spot.from >= from && spot.to <= from + SHOWN - 40).length
    if (n > best.n) best = { from: Math.max(0, from - 40), n }
  }
  if (best.from === 0) return 0
  const space = text.indexOf(' ', best.from)
  return space < 0 ? best.from : space + 1
}

function endOf(text: string, from: number): number {
  if (text.length <= from + SHOWN) return text.length
  const space = text.lastIndexOf(' ', from + SHOWN)
  return space > from + SHOWN - 40 ? space : from + SHOWN
}

function piecesOf(text: string, window: Spot, spots: readonly Spot[]): Piece[] {
  const pieces: Piece[] = window.from > 0 ? [{ text: '… ', mark: false }] : []
  let at = window.from
  for (const spot of spots) {
    if (spot.from < at || spot.to > window.to) continue
    if (spot.from > at) pieces.push({ text: text.slice(at, spot.from), mark: false })
    pieces.push({ text: text.slice(spot.from, spot.to), mark: true })
    at = spot.to
  }
  if (at < window.to) pieces.push({ text: text.slice(at, window.to), mark: false })
  return window.to < text.length ? [...pieces, { text: ' …', mark: false }] : pieces
}
