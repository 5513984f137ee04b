import type { SearchEntries } from '../src/catalogue/schema.ts'
import { zipfWord } from './search-corpus.ts'

const facets: readonly SearchEntries[] = [
  {},
  { topic: ['ENVI'] },
  { format: ['CSV', 'JSON'] },
  { topic: ['ENVI', 'TRAN'], format: ['CSV'] },
  { place: ['Auenstadt'] },
  { region: ['05'] },
  { from: '2020-01-01', to: '2022-12-31' },
  { bbox: '10.2,50.2,10.4,50.4' },
]

/**
 * So many different searches: 40 % one word, 30 % two, 10 % three, 5 % with a word not wanted, 5 % phrases, 5 % beginnings,
 * 5 % misspelt; every second one narrowed by facets, period or map extent.
 */
export function searches(n: number): SearchEntries[] {
  return Array.from({ length: n }, (_, at) => ({
    q: queryOf(at),
    ...(at % 2 ? facets[at % facets.length] : {}),
  }))
}

function queryOf(at: number): string {
  // The golden ratio spreads the ranks evenly, so that common and rare words come in the proportion of language.
  const word = (k: number) => zipfWord(((at * 4 + k) * 0.618_033_988_7) % 1)
  const kind = at % 20
  if (kind < 8) return word(0)
  if (kind < 14) return `${word(0)} ${word(1)}`
  if (kind < 16) return `${word(0)} ${word(1)} ${word(2)}`
  if (kind === 16) return `${word(0)} -${word(1)}`
  if (kind === 17) return `"${word(0)} ${word(1)}"`
  if (kind === 18) return `${word(0).slice(0, 5)}*`
  return misspelt(word(0))
}

function misspelt(word: string): string {
  const at = Math.floor(word.length / 2)
  return word.length < 5 ? word : word.slice(0, at - 1) + word[at]! + word[at - 1]! + word.slice(at + 1)
}
