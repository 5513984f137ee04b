import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold, keywords, rankSimilar, similarFrom, similarity } from './score.ts'

describe('folding', () => {
  it('writes umlauts and ß out and drops accents and signs', () => {
    expect(fold('Straßenbäume – über café!')).toBe('strassenbaeume ueber cafe')
  })
  it('folds letters typed with combining marks the same way', () => {
    expect(fold('Bäume')).toBe(fold('B\u0061\u0308ume'))
  })
  it('leaves out words without meaning and joins endings', () => {
    expect([...keywords('Wo wohnen die Kinder und wie viele sind es?')]).toEqual(['wohn', 'kind'])
    expect(keywords('Kindern')).toEqual(keywords('Kinder'))
  })
})

describe('similarity', () => {
  const alike: [string, string][] = [
    [
      'Wo sind kleine Kinder an heißen Tagen am stärksten belastet?',
      'Wo leiden Kinder besonders unter heissen Tagen?',
    ],
    ['Wo fehlen in drei Jahren Kita-Plätze?', 'Fehlen Kitaplätze für Familien?'],
    ['Welche Schulwege sind im Winter zu dunkel?', 'Dunkle Schulwege'],
    [
      'Reicht unser Grundwasser für die neuen Baugebiete?',
      'Haben wir genug Grundwasser für neue Baugebiete?',
    ],
  ]
  it.each(alike)('finds "%s" like "%s"', (a, b) => {
    expect(similarity(a, b)).toBeGreaterThanOrEqual(similarFrom)
  })
  const apart: [string, string][] = [
    [
      'Wo sind kleine Kinder an heißen Tagen am stärksten belastet?',
      'Wie oft fällt die Linie 12 am Abend aus?',
    ],
    ['Reicht unser Grundwasser für die neuen Baugebiete?', 'Welche Schulwege sind im Winter zu dunkel?'],
    ['Wie viele Bäume fehlen?', 'Wie viele Busse fahren?'],
    ['', 'Wo ist Schatten?'],
  ]
  it.each(apart)('keeps "%s" apart from "%s"', (a, b) => {
    expect(similarity(a, b)).toBeLessThan(similarFrom)
  })
  it('is symmetric, between 0 and 1, and never fails on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const score = similarity(a, b)
        expect(score).toBeCloseTo(similarity(b, a), 10)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('ranks the closest first and stops at the limit', () => {
    const titles = ['Wo ist Schatten auf Spielplätzen?', 'Schatten auf dem Marktplatz', 'Busse am Abend'].map(
      (title) => ({ title }),
    )
    const ranked = rankSimilar('Welche Spielplätze haben Schatten?', titles, 1)
    expect(ranked.map((each) => each.title)).toEqual(['Wo ist Schatten auf Spielplätzen?'])
  })
})
