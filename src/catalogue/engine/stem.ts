import { fold } from './tokens.ts'

const VOWEL = /[aeiouyäöü]/

/**
 * Takes the endings off a German word that no list knows, then folds its umlauts: "Sensoren" and "Sensor" meet. Lighter than
 * CISTEM (Weißweiler/Fraser 2017): no prefix, no final t, n only after e, l or r, so that "Bahn" and "Stadt" stay whole.
 */
export function stemGerman(word: string): string {
  let rest = word
  while (rest.length > 3) {
    const shorter = withoutEnding(rest)
    if (shorter === rest) break
    rest = shorter
  }
  return withoutDouble(fold(rest))
}

function withoutEnding(word: string): string {
  if (word.length > 4 && /e[mr]$/.test(word) && !VOWEL.test(word.at(-3)!)) return word.slice(0, -2)
  if (/[elr]n$/.test(word)) return word.slice(0, -1)
  if (word.endsWith('e') && !VOWEL.test(word.at(-2)!)) return word.slice(0, -1)
  if (word.length > 4 && /[^s]s$/.test(word)) return word.slice(0, -1)
  return word
}

function withoutDouble(word: string): string {
  return word.length > 3 && /([bcdfgklmnprst])\1$/.test(word) ? word.slice(0, -1) : word
}

const plain: readonly (readonly [RegExp, string])[] = [
  [/(ss|x|ch|sh)es$/, '$1'],
  [/([^aeiou])ies$/, '$1y'],
  [/([a-z]{2}[^su])s$/, '$1'],
]
const derived: readonly (readonly [RegExp, string])[] = [
  [/([a-z]{2,}[aeiouy][a-z]*)(?:ings?|ed)$/, '$1'],
  [/([bdfgmnprt])\1$/, '$1'],
  [/([a-z]{2,})e$/, '$1'],
]

/** Takes the endings off an English word: plurals, -ing, -ed, final e (after Porter's first step). Words under four letters stay. */
export function stemEnglish(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return fold(word)
  let rest = word
  for (const [ending, instead] of plain) {
    if (!ending.test(rest)) continue
    rest = rest.replace(ending, instead)
    break
  }
  for (const [ending, instead] of derived) if (rest.length > 4) rest = rest.replace(ending, instead)
  return rest
}
