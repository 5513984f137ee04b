import type { Actor } from './context.ts'
import { TIME_ZONE } from './days.ts'
import type { Locale } from './i18n.ts'

/** The municipality a page speaks for. `ags` is the official key, `operator` the body that runs the hub. */
export interface Town {
  ags: string
  name: string
  operator?: string
  /** The line at the very top, where the town words its own. */
  claim?: string
  /** How to reach the operator, shown in the imprint. */
  contact?: string
}

/** One link of the frame; `room` marks it as the current one, paths without language prefix. */
export interface SiteLink {
  href: string
  label: string
  room?: string
}

/** Everything in the frame that has words of its own: given by the app, so that the toolbox knows no domain word. */
export interface Site {
  name: string
  tagline: string
  claim: string
  about: string
  nav: SiteLink[]
  top: SiteLink[]
  columns: { title: string; links: SiteLink[] }[]
  legal: SiteLink[]
}

/** What a page needs to know about its reader: language, links, formats, who and where. Pure; no database. */
export interface View {
  locale: Locale
  actor: Actor
  town: Town
  /** Path with query, without language prefix: the language switch leads to the same page. */
  path: string
  site: Site
  /** Address of a built asset by its plain name: `assets('allmende.css')`. */
  assets: (name: string) => string
  /** Adds the language prefix to a path of ours; leaves other addresses, fragments and files alone. */
  href: (path: string) => string
  date: (value: Date | string) => string
  dateShort: (value: Date | string) => string
  /** A day people wait for or look back to: „8. Mai“, with the year where it is not this one. */
  dateNear: (value: Date | string) => string
  dateTime: (value: Date | string) => string
  /** For narrow columns: „15. Sept., 9:42“, with the year where it is not this one. */
  moment: (value: Date | string) => string
  /** Digits in groups with a thin space, decimal sign of the language; accepts numeric text from the database. */
  number: (value: number | string | bigint, digits?: number) => string
  /** A share between 0 and 1 as percent with a thin no-break space. */
  percent: (share: number, digits?: number) => string
  bytes: (size: number | string) => string
  /** Joins words as the language does: „A, B und C“. */
  list: (words: string[]) => string
  /** Puts a text in the quotation marks of the language. */
  quote: (text: string) => string
}

/** The facts a view is made of. */
export interface ViewInput {
  locale: Locale
  actor: Actor
  town: Town
  path: string
  assets?: (name: string) => string
  site?: Site
}

const NARROW = '\u202f'
const NO_SITE: Site = {
  name: 'Allmende',
  tagline: '',
  claim: '',
  about: '',
  nav: [],
  top: [],
  columns: [],
  legal: [],
}

/** Builds the view of one request: pure formatting through Intl, German dates written out, thin spaces in numbers. */
export function makeView(input: ViewInput): View {
  const { locale, actor, town, path } = input
  const prefix = locale === 'en' ? '/en' : ''
  return {
    locale,
    actor,
    town,
    path,
    site: input.site ?? NO_SITE,
    assets: input.assets ?? ((name) => `/assets/${name}`),
    href: (to) => localHref(prefix, to),
    ...dateFormats(locale),
    ...numberFormats(locale),
    list: (words) => new Intl.ListFormat(tag(locale), { type: 'conjunction' }).format(words),
    quote: (text) => (locale === 'de' ? `„${text}“` : `“${text}”`),
  }
}

function tag(locale: Locale): string {
  return locale === 'de' ? 'de-DE' : 'en-GB'
}

function localHref(prefix: string, to: string): string {
  if (!prefix || !to.startsWith('/') || to.startsWith('//')) return to
  if (/^\/(en|assets|api)(\/|$)/.test(to)) return to
  return to === '/' ? prefix : prefix + to
}

// A calendar day 'YYYY-MM-DD' has no time zone: noon UTC is the same day everywhere in Europe.
function toDate(value: Date | string): Date {
  if (value instanceof Date) return value
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T12:00:00Z` : value)
}

function dateFormats(locale: Locale): Pick<View, 'date' | 'dateShort' | 'dateNear' | 'dateTime' | 'moment'> {
  const format = (options: Intl.DateTimeFormatOptions) => (value: Date | string) =>
    new Intl.DateTimeFormat(tag(locale), { timeZone: TIME_ZONE, ...options }).format(toDate(value))
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const time = format({ hour: '2-digit', minute: '2-digit' })
  const clock = format({ hour: 'numeric', minute: '2-digit' })
  const short = format({ day: 'numeric', month: 'short' })
  const shortWithYear = format({ day: 'numeric', month: 'short', year: 'numeric' })
  const isThisYear = (value: Date | string) => toDate(value).getFullYear() === new Date().getFullYear()
  const month = locale === 'de' ? 'long' : 'short'
  const dateShort = format({ day: 'numeric', month })
  const dateWithYear = format({ day: 'numeric', month, year: 'numeric' })
  return {
    date: day,
    dateShort,
    dateNear: (value) => (isThisYear(value) ? dateShort(value) : dateWithYear(value)),
    dateTime: (value) =>
      locale === 'de' ? `${day(value)}, ${time(value)} Uhr` : `${day(value)}, ${time(value)}`,
    moment: (value) => `${isThisYear(value) ? short(value) : shortWithYear(value)}, ${clock(value)}`,
  }
}

function numberFormats(locale: Locale): Pick<View, 'number' | 'percent' | 'bytes'> {
  const number = (value: number | string | bigint, digits = 2): string => {
    const formatter = new Intl.NumberFormat(tag(locale), { maximumFractionDigits: digits, useGrouping: true })
    return formatter
      .formatToParts(typeof value === 'string' ? Number(value) : value)
      .map((part) => (part.type === 'group' ? NARROW : part.value))
      .join('')
  }
  return {
    number,
    percent: (share, digits = 0) => `${number(share * 100, digits)}${locale === 'de' ? NARROW : ''}%`,
    bytes: (size) => byteText(Number(size), number, locale === 'de' ? 'Byte' : 'bytes'),
  }
}

function byteText(size: number, number: (value: number, digits: number) => string, smallest: string): string {
  const units = [smallest, 'kB', 'MB', 'GB', 'TB']
  const step = size < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3))
  const value = size / 1000 ** step
  return `${number(value, value < 10 && step > 0 ? 1 : 0)} ${units[step]}`
}
