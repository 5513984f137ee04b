import type { Lexicon, Part } from './lexicon.ts'
import { spellings, splitWord } from './lexicon.ts'
import { stemEnglish, stemGerman } from './stem.ts'
import { fold } from './tokens.ts'

/** What a word stands for in the index: itself in its base form, the parts it is made of, and neighbouring parts joined. */
export type Analysis = {
  readonly key: string
  readonly parts: readonly string[]
  readonly joined: readonly string[]
}

/** Analyses words with one lexicon; the same words are looked at once. */
export type Analyser = (word: string, language: 'de' | 'en') => Analysis

/** An analyser over a lexicon. It remembers up to `remember` words and then begins anew. */
export function analyserOf(lexicon: Lexicon, remember = 500_000): Analyser {
  const known = new Map<string, Analysis>()
  return (word, language) => {
    const at = language === 'en' ? ` ${word}` : word
    const found = known.get(at)
    if (found) return found
    if (known.size >= remember) known.clear()
    const made = language === 'en' ? whole(stemEnglish(word)) : analyseGerman(lexicon, word)
    known.set(at, made)
    return made
  }
}

const whole = (key: string): Analysis => ({ key, parts: [], joined: [] })

function analyseGerman(lexicon: Lexicon, word: string): Analysis {
  const known = knownForm(lexicon, word)
  if (known) return known
  for (const other of spellings(word)) {
    const spelt = knownForm(lexicon, other)
    if (spelt) return spelt
  }
  return whole(stemGerman(withoutDigraphs(word)))
}

// A word no list knows, mostly a name: Koeln and Köln meet, because umlauts lose their dots in base forms.
const withoutDigraphs = (word: string) => word.replaceAll(/(?<![aeiouäöüq])([aou])e/g, '$1')

function knownForm(lexicon: Lexicon, word: string): Analysis | undefined {
  const base = lexicon.forms.get(word)
  if (base !== undefined) return whole(base)
  const split = splitWord(lexicon, word)
  if (!split) return undefined
  const bases = split.map((part) => part.base)
  // Of three parts and more, neighbours are words of their own: Straßenbaumkataster is a Baumkataster.
  const joined = bases.length < 3 ? [] : bases.slice(1).map((base, at) => between(word, split, at) + base)
  return {
    key: word.slice(0, split.at(-1)!.from) + bases.at(-1)!,
    parts: [...new Set(bases)],
    joined: [...new Set(joined)],
  }
}

const between = (word: string, split: readonly Part[], at: number) =>
  word.slice(split[at]!.from, split[at + 1]!.from)

/** How a title is compared when sorting by it: folded, at most 80 letters. */
export function sortTitle(title: string): string {
  return fold(title.normalize('NFC').toLowerCase())
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 80)
}
