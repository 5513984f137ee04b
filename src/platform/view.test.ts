import { expect, test } from 'vitest'
import { makeView } from './view.ts'

const facts = {
  actor: { kind: 'anonymous' },
  town: { ags: '09999001', name: 'Auenstadt' },
  path: '/questions?q=x',
} as const
const de = makeView({ ...facts, locale: 'de' })
const en = makeView({ ...facts, locale: 'en' })

test('writes dates in the language of the reader and the time of the town', () => {
  expect(de.date('2026-05-08')).toBe('8. Mai 2026')
  expect(en.date('2026-05-08')).toBe('8 May 2026')
  expect(de.dateTime(new Date('2026-05-08T21:30:00Z'))).toBe('8. Mai 2026, 23:30 Uhr')
  expect(de.date(new Date('2026-12-31T23:30:00Z'))).toBe('1. Januar 2027')
})

test('groups digits with a narrow no-break space and keeps the decimal sign of the language', () => {
  expect(de.number(4112)).toBe('4\u202f112')
  expect(de.number('1234567.5')).toBe('1\u202f234\u202f567,5')
  expect(en.number(5.6)).toBe('5.6')
  expect(de.percent(0.704)).toBe('70\u202f%')
  expect(en.percent(0.704, 1)).toBe('70.4%')
  expect(de.bytes(2048)).toBe('2 kB')
  expect(de.bytes(0)).toBe('0 Byte')
  expect(en.bytes(464)).toBe('464 bytes')
})

test('adds the language only to paths of our own', () => {
  expect(en.href('/questions')).toBe('/en/questions')
  expect(en.href('/')).toBe('/en')
  for (const other of [
    'https://example.org/x',
    '//example.org',
    '#top',
    '/assets/site.css',
    '/api/v1/x',
    '/en/x',
  ]) {
    expect(en.href(other)).toBe(other)
  }
  expect(de.href('/questions')).toBe('/questions')
})

test('quotes and lists as the language does', () => {
  expect(de.quote('Hitze')).toBe('„Hitze“')
  expect(en.quote('heat')).toBe('“heat”')
  expect(de.list(['Jugendamt', 'Stadtwerke', 'Universität'])).toBe('Jugendamt, Stadtwerke und Universität')
})
