import { expect, it } from 'vitest'
import { clauseKeys } from '../model.ts'
import { currentCharter } from './clauses.ts'
import { canonicalText, hashText } from './canonical.ts'
import { terms } from '../../../test/fixtures/cooperation/terms.ts'
import { fill, lostPlaceholders, readClauses } from './text.ts'

const text = {
  agreementId: 'a-1',
  questionId: 'q-1',
  title: 'Hitze',
  version: 1,
  charter: '1',
  terms,
  overrides: {},
}

it('has a clause for every key, in both languages and both voices', () => {
  const { clauses } = currentCharter()
  expect(clauses.map((clause) => clause.key)).toEqual(clauseKeys)
  for (const clause of clauses) {
    for (const words of [clause.title, clause.text.plain, clause.text.legal]) {
      expect(words.de.length).toBeGreaterThan(4)
      expect(words.en.length).toBeGreaterThan(4)
    }
    for (const lang of ['de', 'en'] as const)
      expect(lostPlaceholders('1', clause.key, clause.text.legal[lang])).toEqual([])
  }
})

it('leaves no placeholder in a finished text', () => {
  for (const lang of ['de', 'en'] as const) {
    const all = readClauses(text, lang)
      .map((clause) => `${clause.plain} ${clause.legal}`)
      .join(' ')
    expect(all).not.toMatch(/[{}]/)
    expect(all).not.toMatch(/ {2}/)
  }
})

it('puts the agreed values into the legal text', () => {
  const legal = readClauses(text, 'de')
    .map((clause) => clause.legal)
    .join('\n')
  for (const value of [
    '30. September 2026',
    '1. Mai 2026',
    'Mindestfallzahl von 10',
    '„Kinder nach Baublock“',
    'Jugendamt (Datenhalter)',
    'am stärksten belastet sind.',
  ])
    expect(legal).toContain(value)
})

it('keeps an unknown placeholder visible instead of swallowing it', () => {
  expect(fill('bis {wann}', terms, 'de', 'legal')).toBe('bis {wann}')
})

it('shows the German text where a changed clause has no translation', () => {
  const override = { plain: { de: 'Nur so.', en: '' }, legal: { de: 'Nur {minimum}.', en: '' } }
  const clause = readClauses({ ...text, overrides: { output: override } }, 'en').find(
    (one) => one.key === 'output',
  )
  expect(clause).toMatchObject({ lang: 'de', legal: 'Nur 10.', changed: true })
})

it('changes the checksum with every value, every word and every version', () => {
  const base = hashText(text)
  const others = [
    { ...text, version: 2 },
    { ...text, title: 'Hitze!' },
    { ...text, questionId: 'q-2' },
    { ...text, terms: { ...terms, validUntil: '2026-10-01' } },
    { ...text, terms: { ...terms, protectionLevel: 'high' as const } },
    { ...text, overrides: { benefit: { plain: { de: 'x', en: '' }, legal: { de: 'y', en: '' } } } },
  ]
  const hashes = new Set([base, ...others.map(hashText)])
  expect(hashes.size).toBe(others.length + 1)
  expect(hashText(structuredClone(text))).toBe(base)
  expect(JSON.parse(canonicalText(text))).toMatchObject({ agreement: 'a-1', charter: '1' })
})
