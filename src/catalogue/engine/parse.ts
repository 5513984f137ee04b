import { isStop, tokensOf } from './tokens.ts'

/** A search as it was typed: words that must occur, phrases, and words or phrases that must not. */
export type Typed = {
  readonly words: readonly TypedWord[]
  readonly phrases: readonly (readonly string[])[]
  readonly without: readonly (readonly string[])[]
}

/** One word; with `beginning` any word that begins so counts ("klima*"). */
export type TypedWord = { readonly word: string; readonly beginning: boolean }

const MAX_WORDS = 12
const MAX_PHRASES = 4

/**
 * Reads what was typed: "in quotes" as a phrase, -word or -"a phrase" as not wanted, word* as a beginning. Anything else
 * is words; nothing is ever refused. At most twelve words and four phrases count.
 */
export function parseTyped(query: string): Typed {
  const words: TypedWord[] = []
  const phrases: string[][] = []
  const without: string[][] = []
  for (const match of query.matchAll(/(^|[\s(])(-?)["„“”]([^"“”]*)["“”]?|(\S+)/gu)) {
    const [whole, , minus, quoted, plain] = match
    if (quoted !== undefined) (minus ? without : phrases).push(tokensOf(quoted, 12))
    else if (plain && /^[-–][^\s-]/u.test(plain)) without.push(tokensOf(plain, 12))
    else addWords(words, plain ?? whole)
  }
  return {
    words: words.filter((each) => each.word.length > 1 && !isStop(each.word)).slice(0, MAX_WORDS),
    phrases: phrases.filter(hasMeaning).slice(0, MAX_PHRASES),
    without: without.filter(hasMeaning).slice(0, MAX_PHRASES),
  }
}

function addWords(words: TypedWord[], text: string): void {
  const beginning = text.endsWith('*')
  const tokens = tokensOf(text, MAX_WORDS)
  for (const [at, word] of tokens.entries())
    words.push({ word, beginning: beginning && at === tokens.length - 1 })
}

const hasMeaning = (tokens: readonly string[]) => tokens.some((token) => !isStop(token))
