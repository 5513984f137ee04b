import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyserOf } from './analyse.ts'
import { learnWords, lexiconOf, splitWord } from './lexicon.ts'
import { parseTyped } from './parse.ts'
import { allowedEdits, nearTerms } from './spelling.ts'
import { stemEnglish, stemGerman } from './stem.ts'
import { allTexts, tableOf } from './strings.ts'
import { fold, languageOf, tokensOf } from './tokens.ts'

const lexicon = lexiconOf()
const analyse = analyserOf(lexicon)
const parts = (word: string) => splitWord(lexicon, word)?.map((part) => part.base)

describe('German words', () => {
  it.each([
    ['straßenbaumkataster', ['straße', 'baum', 'kataster']],
    ['gesundheitsämter', ['gesundheit', 'amt']],
    ['abfallkalender', ['abfall', 'kalender']],
    ['spielplätze', ['spiel', 'platz']],
    ['bevölkerungsstatistiken', ['bevölkerung', 'statistik']],
    ['schulstandorte', ['schule', 'standort']],
  ])('takes apart %s', (word, expected) => {
    expect(parts(word)).toEqual(expected)
  })
  it.each(['haushalt', 'bahnhof', 'landkreis', 'umwelt', 'xyzzykataster', 'a1b2c3d4'])(
    'leaves %s whole',
    (word) => {
      expect(parts(word)).toBeUndefined()
    },
  )
  it('keeps words apart that folding would throw together', () => {
    expect(analyse('förderung', 'de').key).not.toBe(analyse('forderung', 'de').key)
    expect(analyse('bürger', 'de').key).not.toBe(analyse('burgen', 'de').key)
  })
  it.each([
    ['häusern', 'haus'],
    ['bäume', 'baum'],
    ['museen', 'museum'],
    ['ämter', 'amt'],
    ['öffentlicher', 'öffentlich'],
    ['strassenbaeume', 'straßenbaum'],
  ])('finds the base form of %s', (word, key) => {
    expect(analyse(word, 'de').key).toBe(key)
  })
  it('joins neighbouring parts of long compounds', () => {
    expect(analyse('straßenbaumkataster', 'de').joined).toEqual(['straßenbaum', 'baumkataster'])
  })
  it('meets names in both spellings, and leaves vowels that only stand beside each other', () => {
    for (const [plain, marked] of [
      ['koeln', 'köln'],
      ['muenster', 'münster'],
      ['schoeneiche', 'schöneiche'],
    ] as const)
      expect(analyse(plain, 'de').key).toBe(analyse(marked, 'de').key)
    for (const word of ['neuenburg', 'bauerbach', 'queenstown'])
      expect(analyse(word, 'de').key).toBe(stemGerman(word))
  })
  it('stems what no list knows, and English by its own rules', () => {
    expect(stemGerman('düsseldorfs')).toBe(stemGerman('düsseldorf'))
    expect(stemGerman('bahn')).toBe('bahn')
    expect([stemEnglish('cities'), stemEnglish('datasets'), stemEnglish('trees')]).toEqual([
      'city',
      'dataset',
      'tree',
    ])
  })
  it('never fails on any word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        for (const word of tokensOf(text)) {
          const { key } = analyse(word, 'de')
          expect(key.length).toBeGreaterThan(0)
          expect(analyse(word, 'en').key.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})

describe('learning words from a corpus', () => {
  it('takes frequent words, but no forms, compounds, other spellings and endings', () => {
    const counts = new Map([
      ['lokator', 9],
      ['lokatoren', 9],
      ['lokatorkarte', 9],
      ['strasse', 9],
      ['abfallkalender', 9],
      ['selten', 1],
      ['keiten', 9],
    ])
    expect(learnWords(counts)).toEqual(['lokator'])
    expect(splitWord(lexiconOf(['lokator']), 'lokatorkarten')?.map((part) => part.base)).toEqual([
      'lokator',
      'karte',
    ])
  })
})

describe('tokens', () => {
  it('keeps umlauts, takes other accents off, and tells the language by the little words', () => {
    expect(tokensOf('Caféhäuser – 2019/20, Straße')).toEqual(['cafehäuser', '2019', '20', 'straße'])
    expect(fold('größe')).toBe('grosse')
    expect(languageOf(tokensOf('The list of all the trees in the city'))).toBe('en')
    expect(languageOf(tokensOf('Die Liste der Bäume in der Stadt'))).toBe('de')
  })
})

describe('what was typed', () => {
  it('reads words, phrases, exclusions and beginnings', () => {
    const typed = parseTyped('Bäume "an der Straße" -Kataster -"alte Linden" Klima*')
    expect(typed.words).toEqual([
      { word: 'bäume', beginning: false },
      { word: 'klima', beginning: true },
    ])
    expect(typed.phrases).toEqual([['an', 'der', 'straße']])
    expect(typed.without).toEqual([['kataster'], ['alte', 'linden']])
  })
  it('refuses nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseTyped(text).words.length).toBeLessThanOrEqual(12)
      }),
    )
  })
})

describe('near spellings', () => {
  const words = ['baum', 'bäume', 'bau', 'raum', 'baukasten', 'straße', 'gesundheit', 'gesundheitsamt'].sort()
  const table = tableOf(words)
  const near = (word: string, most: number) =>
    nearTerms(table, word, most).map(({ term, distance }) => [words[term], distance])
  it('finds left out, added, changed and swapped letters, with umlauts as their plain letters', () => {
    expect(near('baun', 1)).toContainEqual(['baum', 1])
    expect(near('baume', 1)).toContainEqual(['bäume', 0])
    expect(near('gesundhiet', 1)).toContainEqual(['gesundheit', 1])
    expect(near('raun', 1)).not.toContainEqual(['baum', 2])
  })
  it('finds the same as the plain table of distances', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 30 }), letters, (list, word) => {
        const sorted = tableOf([...list].sort())
        const found = nearTerms(sorted, word, 2).map(
          ({ term, distance }) => `${allTexts(sorted)[term]} ${distance}`,
        )
        const wanted = [...list]
          .sort()
          .filter((each) => each[0] === word[0] && distanceOf(each, word) <= 2)
          .map((each) => `${each} ${distanceOf(each, word)}`)
        expect(found.sort()).toEqual(wanted.sort())
      }),
    )
  })
  it('allows no mistake in short words and numbers', () => {
    expect([
      allowedEdits('bad'),
      allowedEdits('2019'),
      allowedEdits('baum'),
      allowedEdits('kataster'),
    ]).toEqual([0, 0, 1, 2])
  })
})

/** Optimal string alignment, the plain way. */
function distanceOf(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = cost
    }
  return rows[a.length]![b.length]!
}
