import { fold } from '../entries/model.ts'
import type { Concept } from './taxonomy.ts'
import { concepts } from './taxonomy.ts'
import words from './words.json' with { type: 'json' }

/**
 * Further words under which offices list a model dataset, by its id: our own list. Words of one entry stand for each other;
 * several words in one piece must all occur.
 */
const furtherWords: Readonly<Record<string, readonly string[]>> = words

/** What is known of a dataset when a model dataset is looked for. */
export type Described = {
  readonly title: string
  readonly description?: string
  readonly keywords?: readonly string[]
}

/** A model dataset that may fit; `score` from 0 to 1, from 0.6 on the suggestion is usually right. */
export type Suggestion = { readonly concept: Concept; readonly score: number }

/** From this score on a suggestion is good enough to be counted as “probably there”. */
export const PROBABLE = 0.6

/** Words that say nothing about which model dataset is meant. */
const empty = new Set(
  'und der die das in im am an zu zur zum mit nach von vom des dem den fuer auf aus je pro seit bis bei daten datensatz statistik liste verzeichnis uebersicht stadt gemeinde kreis landkreis kommune staedtisch amtlich aktuell jahr jahre anzahl zahl prozent csv gk'.split(
    ' ',
  ),
)

/** Parts of labels that mean something only beside the other part. */
const general = new Set(
  'standort plan bericht messung bestand budget angebot programm personal wasser planung controlling satzung verein termin container block quelle integration foerderung besucherzahl teilnehmerzahl veranstaltung strassenverzeichnis'.split(
    ' ',
  ),
)

/** The stem of a folded German word: plural umlauts and endings fall away, so that “Bäume” and “Baum” meet. */
function stem(word: string): string {
  const plain = word
    .replace(/ae/g, 'a')
    .replace(/oe/g, 'o')
    .replace(/ue(?!l)/g, 'u')
  // Twice, so that the singular loses what the plural hid: Denkstein(e), Haus (Häuser).
  return withoutEnding(withoutEnding(plain.replace(/innen$/, 'in')))
}

function withoutEnding(word: string): string {
  const end = ['ern', 'um', 'en', 'er', 'es', 'e', 'n', 's'].find(
    (each) => word.endsWith(each) && word.length - each.length >= 3,
  )
  return end ? word.slice(0, -end.length) : word
}

function stemsOf(text: string): string[] {
  return fold(text)
    .replace(/(\p{L})(?=\d)|(\d)(?=\p{L})/gu, '$1$2 ')
    .split(' ')
    .filter((word) => word.length > 1 && !empty.has(word) && !/^\d+$/.test(word))
    .map(stem)
}

type Phrase = { readonly stems: readonly string[]; readonly weight: number }

/** How a concept may be called: its label, the telling part of its label, and our further words. */
function phrasesOf(concept: Concept): Phrase[] {
  const parts = concept.de.split(' - ')
  const telling = parts.length > 1 && !general.has(fold(parts[1]!)) ? [parts[1]!] : []
  const single = parts.length === 1 ? concept.de.split(' und ') : []
  const whole = { stems: stemsOf(concept.de), weight: 1 }
  const others = [...telling, ...single, ...(furtherWords[concept.id] ?? [])].map((text) => ({
    stems: stemsOf(text),
    weight: 0.95,
  }))
  // “Museen” alone most often lists where they are.
  const place = fold(parts[1] ?? '') === 'standort' ? [{ stems: stemsOf(parts[0]!), weight: 0.85 }] : []
  return [whole, ...others, ...place].filter((phrase) => phrase.stems.length > 0)
}

const known = concepts
  .filter((concept) => concept.id !== 'sonstiges/sonstiges')
  .map((concept) => ({ concept, phrases: phrasesOf(concept) }))

/** How well a word of the text stands for a stem: the same, its head (Kinderspielplatz), its beginning, or somewhere inside. */
function likeness(word: string, wanted: string): number {
  if (word === wanted) return 1
  if (wanted.length < 4 || word.length <= wanted.length) return 0
  if (word.endsWith(wanted)) return 0.9
  if (word.startsWith(wanted)) return wanted.length * 2 > word.length ? 0.92 : wanted.length >= 5 ? 0.6 : 0.4
  return wanted.length >= 6 && word.includes(wanted) ? 0.5 : 0
}

/** The stems of all phrases by their first letters: a word is looked through once instead of compared with each of them. */
const byStart = Map.groupBy(
  new Set(known.flatMap(({ phrases }) => phrases.flatMap((phrase) => phrase.stems))),
  (wanted) => wanted.slice(0, 3),
)

/** A text as phrases are looked for in it: its length in letters, and how well its best word stands for a stem that occurs. */
type Heard = { readonly letters: number; readonly likeness: ReadonlyMap<string, number> }

function heard(texts: readonly string[]): Heard {
  const stems = texts.flatMap(stemsOf)
  const letters = stems.reduce((sum, word) => sum + word.length, 0)
  const best = new Map<string, number>()
  for (const word of new Set(stems)) {
    for (const wanted of within(word))
      best.set(wanted, Math.max(best.get(wanted) ?? 0, likeness(word, wanted)))
  }
  return { letters: Math.max(1, letters), likeness: best }
}

/** The stems of phrases that a word holds. */
function within(word: string): string[] {
  const short = word.length < 3 ? (byStart.get(word) ?? []) : []
  return Array.from({ length: Math.max(0, word.length - 2) }, (_, at) =>
    (byStart.get(word.slice(at, at + 3)) ?? []).filter((wanted) => word.startsWith(wanted, at)),
  )
    .flat()
    .concat(short)
}

function fit(text: Heard, phrase: Phrase): number {
  let least = 1
  let letters = 0
  for (const wanted of phrase.stems) {
    const best = text.likeness.get(wanted) ?? 0
    if (best === 0) return 0
    least = Math.min(least, best)
    letters += wanted.length
  }
  // Of two that fit, the one that says more is meant: “Wahl - Wahllokal” rather than “Wahl”.
  const covered = Math.min(1, letters / text.letters)
  return least * phrase.weight * (0.82 + 0.1 * covered + 0.08 * Math.min(1, (letters - 3) / 12))
}

function bestFit(text: Heard, phrases: readonly Phrase[]): number {
  let best = 0
  if (text.likeness.size > 0) for (const phrase of phrases) best = Math.max(best, fit(text, phrase))
  return best
}

/** The model datasets that fit a description, best first, at most `limit`; none where nothing speaks for any. */
export function suggestConcepts(described: Described, limit = 5): Suggestion[] {
  const title = heard([described.title])
  const keywords = heard(described.keywords ?? [])
  const description = heard([(described.description ?? '').slice(0, 600)])
  const found: Suggestion[] = []
  for (const { concept, phrases } of known) {
    const named = bestFit(title, phrases)
    const listed = bestFit(keywords, phrases)
    const told = bestFit(description, phrases)
    const score = Math.min(1, Math.max(named, 0.55 * listed, 0.4 * told) + 0.06 * listed + 0.04 * told)
    if (score >= 0.2) found.push({ concept, score })
  }
  return found
    .sort((a, b) => b.score - a.score || (a.concept.id < b.concept.id ? -1 : 1))
    .slice(0, limit)
    .map(({ concept, score }) => ({ concept, score: Math.round(score * 100) / 100 }))
}
