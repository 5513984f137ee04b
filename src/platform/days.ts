import type { Locale } from './i18n.ts'

/** The town's own time zone: every calendar day, and every time on a page, is meant in it. */
export const TIME_ZONE = 'Europe/Berlin'

const DAY = 86_400_000
// Swedish writes days as ISO 8601 does.
const days = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE })
const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE, timeStyle: 'medium' })

/** The calendar day ('YYYY-MM-DD') in which a moment lies. */
export function dayOf(at: Date): string {
  return days.format(at)
}

/** The calendar day so many days after that of a moment; before it where the number is negative. */
export function dayAfter(at: Date, count: number): string {
  return new Date(Date.parse(dayOf(at)) + count * DAY).toISOString().slice(0, 10)
}

/** Days from that of a moment to a calendar day: 0 on the day itself, negative after it. */
export function daysUntil(day: string, now: Date): number {
  return Math.round((Date.parse(day) - Date.parse(dayOf(now))) / DAY)
}

/** A calendar day as people write it in mails and the register: `10. November 2026`. Noon UTC is the same day all over Europe. */
export function writtenDay(day: string, locale: Locale): string {
  const words = { day: 'numeric', month: 'long', year: 'numeric', timeZone: TIME_ZONE } as const
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', words).format(
    new Date(`${day}T12:00:00Z`),
  )
}

/** Midnight at the start of the calendar day in which a moment lies. */
export function startOfDay(at: Date): Date {
  const start = at.getTime() - at.getMilliseconds() - secondsInto(at) * 1000
  // Where the clock was put forward or back since midnight, that was an hour too far or too near.
  const off = secondsInto(new Date(start))
  return new Date(start + (off > 43_200 ? 86_400 - off : -off) * 1000)
}

function secondsInto(at: Date): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(at).split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}
