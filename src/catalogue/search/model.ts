import type { EntrySummary } from '../entries/model.ts'
import { fold } from '../entries/model.ts'
import type { Spread } from '../engine/clusters.ts'
import type { Piece } from './snippet.ts'

/** What results can be narrowed by, in the order of the page. */
export const facetNames = [
  'access',
  'kind',
  'topic',
  'holder',
  'format',
  'licence',
  'place',
  'region',
  'period',
  'quality',
  'source',
  'tag',
] as const

/** One facet. */
export type FacetName = (typeof facetNames)[number]

/** The chosen values: OR within a facet, AND across facets. */
export type Chosen = Readonly<Record<FacetName, readonly string[]>>

/** A value of a facet with the number of hits it would give, its own facet left aside. */
export type FacetCount = { readonly facet: FacetName; readonly value: string; readonly count: number }

/** A page of hits with the counts of all facets; every number comes from the same visible set. */
export type Found = {
  readonly hits: readonly EntrySummary[]
  readonly total: number
  readonly holders: number
  readonly facets: readonly FacetCount[]
  readonly next: string | undefined
  /** Other words for what was searched. */
  readonly related: readonly string[]
  /** Words nobody wrote, with the words they were taken for. */
  readonly corrected: readonly { readonly from: string; readonly to: string }[]
  /** The same search with likelier spellings, where hardly anything was found. */
  readonly meant: string | undefined
  /** Where the hits lie, if asked for; undefined where the index is not there. */
  readonly spread?: Spread | undefined
  /** Per hit, the part of its description that shows what was searched for. */
  readonly snippets: ReadonlyMap<string, readonly Piece[]>
}

/** One word of a search: as typed for the stemmer, folded for substrings. */
export type Term = { readonly word: string; readonly folded: string }

const stopWords = new Set(
  'der die das den dem des ein eine einen einem einer eines und oder in im am an auf aus bei mit nach von vom vor zu zum zur fuer ueber unter wo wie was wer welche welcher welches sind ist werden wird hat haben es sie er wir ihr nicht kein keine the of and or in on at for with to is are a an where which what how who'.split(
    ' ',
  ),
)

/** The words of a search that carry meaning; at most twelve, so that no query grows without bound. */
export function termsOf(query: string): Term[] {
  const words = query.match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu) ?? []
  const terms = words.map((word) => ({ word: word.toLowerCase(), folded: fold(word) }))
  return terms.filter((term) => term.folded.length > 1 && !stopWords.has(term.folded)).slice(0, 12)
}

/** The folded single words of a text, without those that say nothing; for comparing a need with an entry. */
export function wordSet(text: string): Set<string> {
  return new Set(
    fold(text)
      .split(' ')
      .filter((word) => word.length > 2 && !stopWords.has(word)),
  )
}

/** Families of words that towns use for the same thing; a search names the others, a need looks for them too. */
const families: readonly (readonly string[])[] = [
  ['hitze', 'wärme', 'temperatur', 'stadtklima', 'klima'],
  ['kita', 'kindertagesstätte', 'kindergarten', 'kindertagesbetreuung', 'krippe'],
  ['kinder', 'kind', 'minderjährige', 'jugend', 'familien'],
  ['schatten', 'baum', 'bäume', 'baumkataster', 'grünfläche'],
  ['müll', 'abfall', 'entsorgung', 'wertstoff'],
  ['verkehr', 'mobilität', 'zählung', 'kfz'],
  ['rad', 'fahrrad', 'radverkehr', 'radweg'],
  ['bus', 'bahn', 'nahverkehr', 'haltestelle', 'öpnv', 'fahrplan'],
  ['luft', 'luftqualität', 'feinstaub', 'stickstoffdioxid', 'immission'],
  ['lärm', 'geräusch', 'schall'],
  ['einwohner', 'bevölkerung', 'einwohnerinnen', 'melderegister'],
  ['wohnung', 'wohnen', 'miete', 'haushalte'],
  ['strom', 'energie', 'gas', 'fernwärme', 'verbrauch'],
  ['wasser', 'abwasser', 'grundwasser', 'trinkwasser'],
  ['haushalt', 'finanzen', 'steuern', 'ausgaben'],
  ['schule', 'schüler', 'bildung', 'einschulung'],
  ['arzt', 'gesundheit', 'krankenhaus', 'praxis', 'untersuchung'],
  ['unfall', 'unfälle', 'verkehrsunfall', 'sicherheit'],
  ['parken', 'parkplatz', 'parkhaus', 'stellplatz'],
  ['sensor', 'messstation', 'messnetz', 'messwerte'],
  ['wahl', 'wahlen', 'stimmbezirk', 'wahlergebnis'],
]

/** Other words for a search term; none if no family knows it. Also through compounds: "Sommerhitze" → "Wärme". */
export function relatedWords(term: string): string[] {
  const folded = fold(term)
  const family = families.find((words) => words.some((word) => sameRoot(folded, fold(word))))
  return (family ?? []).filter((word) => !sameRoot(folded, fold(word)))
}

function sameRoot(term: string, word: string): boolean {
  if (term === word) return true
  return word.length >= 4 && term.length > word.length && (term.startsWith(word) || term.endsWith(word))
}

/** Where a page ended: the last sort value and id. */
export type Cursor = { readonly value: string; readonly id: string }

/** A cursor as one opaque word for a link. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.value, cursor.id])).toString('base64url')
}

/** Reads a cursor; a broken one counts as none, so an old link shows the first page. */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (!text) return undefined
  try {
    const [value, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof value !== 'string' || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return undefined
    return { value: value.slice(0, 400), id }
  } catch {
    return undefined
  }
}

/** The years offered as periods: this one and the two before; everything earlier is "older". */
export function periodYears(now: Date): readonly number[] {
  const year = now.getUTCFullYear()
  return [year, year - 1, year - 2]
}
