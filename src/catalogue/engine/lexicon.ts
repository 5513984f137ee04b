import { baseWords, irregularForms } from './words-german.ts'
import { isStop } from './tokens.ts'

/** German base words with all their forms. `own` are words learned from the corpus, which a snapshot has to keep. */
export type Lexicon = {
  readonly forms: ReadonlyMap<string, string>
  /** Base words that came from the shipped list; short ones may be parts of compounds, learned ones must be longer. */
  readonly shipped: ReadonlySet<string>
  readonly own: readonly string[]
}

const endings = ['', 's', 'es', 'n', 'en', 'e', 'er', 'ern', 'em', 'ens', 'in', 'innen', 'se', 'sen']
const umlautEndings = ['e', 'en', 'er', 'ern', 'chen']

/** The lexicon of the shipped words and those learned from a corpus. Shipped words and exact base words win over forms. */
export function lexiconOf(own: readonly string[] = []): Lexicon {
  const shipped = baseWords()
  const bases = [...shipped, ...own.filter((word) => !shipped.has(word))]
  const forms = new Map<string, string>(bases.map((word) => [word, word]))
  for (const [form, base] of Object.entries(irregularForms)) forms.set(form, base)
  for (const word of bases) for (const form of formsOf(word)) if (!forms.has(form)) forms.set(form, word)
  return { forms, shipped, own: own.filter((word) => !shipped.has(word)) }
}

function* formsOf(word: string): Generator<string> {
  for (const ending of endings) yield word + ending
  if (word.length > 4 && word.endsWith('e')) yield word.slice(0, -1)
  if (word.endsWith('nis')) for (const ending of ['se', 'sen', 'ses']) yield word + ending
  const changed = withUmlaut(word)
  if (!changed) return
  for (const ending of umlautEndings) yield changed + ending
  if (/e[lnr]$/.test(word)) for (const ending of ['', 'n']) yield changed + ending
}

/** The last a, o, u or au of a word as its umlaut: "Baum" has "Bäume". */
function withUmlaut(word: string): string | undefined {
  const match = /^(.*?)(au|[aou])([^aeiouäöü]*(?:e[lnr])?)$/.exec(word)
  if (!match) return undefined
  const [, before = '', vowel = '', after = ''] = match
  const changed = { au: 'äu', a: 'ä', o: 'ö', u: 'ü' }[vowel]
  return changed ? before + changed + after : undefined
}

/** A part of a compound with the base word it stands for. */
export type Part = { readonly from: number; readonly base: string }

const MIN_LEARNED = 5

/**
 * Takes a compound apart, at best into few and long parts: "Straßenbaumkataster" gives Straße, Baum, Kataster. Undefined
 * for base words, for words with an unknown part, and for anything shorter than six letters.
 */
export function splitWord(lexicon: Lexicon, word: string): readonly Part[] | undefined {
  if (word.length < 6 || word.length > 45 || lexicon.shipped.has(word) || /\d/.test(word)) return undefined
  const best: ({ cost: number; to: number; base: string } | undefined)[] = []
  for (let from = word.length - 3; from >= 0; from--) best[from] = cheapest(lexicon, word, from, best)
  if (!best[0] || best[0].to === word.length) return undefined
  const parts: Part[] = []
  for (let from = 0; from < word.length; from = best[from]!.to) parts.push({ from, base: best[from]!.base })
  return parts
}

type Step = { readonly cost: number; readonly to: number; readonly base: string }

function cheapest(
  lexicon: Lexicon,
  word: string,
  from: number,
  best: readonly (Step | undefined)[],
): Step | undefined {
  let found: Step | undefined
  for (let to = from + 3; to <= word.length; to++) {
    const rest = to === word.length ? 0 : best[to]?.cost
    if (rest === undefined) continue
    const base = baseOfPart(lexicon, word.slice(from, to))
    if (base === undefined) continue
    const cost = rest + 10 + (base.length < 4 ? 7 : 0) + (to - from === base.length ? 0 : 1)
    if (!found || cost < found.cost) found = { cost, to, base }
  }
  return found
}

function baseOfPart(lexicon: Lexicon, part: string): string | undefined {
  const base = lexicon.forms.get(part)
  if (base === undefined || part.length < base.length - 1) return undefined
  return lexicon.shipped.has(base) || part.length >= MIN_LEARNED ? base : undefined
}

/** How a word could have been spelt with umlauts and ß: "strassenbaeume" as "straßenbäume". At most eight ways. */
export function* spellings(word: string): Generator<string> {
  const places = [...word.matchAll(/ae|oe|ue|ss/g)].slice(0, 3)
  for (let choice = 2 ** places.length - 1; choice > 0; choice--) {
    let made = word
    for (let at = places.length - 1; at >= 0; at--) {
      if (!(choice & (1 << at))) continue
      const from = places[at]!.index
      made = made.slice(0, from) + umlauts[places[at]![0]]! + made.slice(from + 2)
    }
    yield made
  }
}

const umlauts: Readonly<Record<string, string>> = { ae: 'ä', oe: 'ö', ue: 'ü', ss: 'ß' }

const MAX_OWN = 20_000
const noPart =
  /^(?:ungen|ungs|keit|keiten|heit|heiten|schaft|schaften|lich|liche|licher|liches|bar|isch|ische)$/

/**
 * The words of a corpus that are worth knowing as base words: frequent, of letters only, no form of a known one and no
 * compound of known ones; short ones first, so that longer ones can be made of them.
 */
export function learnWords(counts: ReadonlyMap<string, number>, atLeast = 4): string[] {
  const candidates = [...counts]
    .filter(
      ([word, n]) => n >= atLeast && /^[a-zäöüß]{4,14}$/.test(word) && !isStop(word) && !noPart.test(word),
    )
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_OWN * 2)
    .map(([word]) => word)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  const shipped = lexiconOf()
  const forms = new Map(shipped.forms)
  const learned: string[] = []
  for (const word of candidates) {
    if (isKnown({ ...shipped, forms }, word)) continue
    learned.push(word)
    forms.set(word, word)
    for (const form of formsOf(word)) if (!forms.has(form)) forms.set(form, word)
    if (learned.length >= MAX_OWN) break
  }
  return learned
}

/** True for a form or compound of known words, also in another spelling: "strasse" is no word beside "straße". */
function isKnown(lexicon: Lexicon, word: string): boolean {
  return [word, ...spellings(word)].some((each) => lexicon.forms.has(each) || splitWord(lexicon, each))
}
