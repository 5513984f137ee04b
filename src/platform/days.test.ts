import { expect, it } from 'vitest'
import { dayAfter, dayOf, daysUntil, startOfDay, writtenDay } from './days.ts'

it('tells the day of the town, not that of Greenwich', () => {
  expect(dayOf(new Date('2026-12-31T22:59:59Z'))).toBe('2026-12-31')
  expect(dayOf(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01')
  expect(dayOf(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01')
})

it('counts days, also where one of them has 23 hours', () => {
  const evening = new Date('2026-03-28T22:30:00Z')
  expect([dayAfter(evening, 1), dayAfter(evening, 2), dayAfter(evening, -28)]).toEqual([
    '2026-03-29',
    '2026-03-30',
    '2026-02-28',
  ])
  expect(['2026-03-27', '2026-03-28', '2026-03-30'].map((day) => daysUntil(day, evening))).toEqual([-1, 0, 2])
})

it.each([
  ['2026-07-01T22:30:00.250Z', '2026-07-01T22:00:00.000Z'],
  ['2026-12-01T22:30:00Z', '2026-11-30T23:00:00.000Z'],
  ['2026-03-29T10:00:00Z', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25T10:00:00Z', '2026-10-24T22:00:00.000Z'],
])('begins the day of %s at %s', (at, start) => {
  expect(startOfDay(new Date(at)).toISOString()).toBe(start)
})

it('writes a calendar day out in the reader’s language', () => {
  expect([writtenDay('2026-03-31', 'de'), writtenDay('2026-03-31', 'en')]).toEqual([
    '31. März 2026',
    '31 March 2026',
  ])
})
