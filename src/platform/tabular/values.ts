import type { DateForm } from './table.ts'

const GROUPED = /^\d{1,3}(?:[.\u00a0\u202f ']\d{3})+$|^\d{1,3}(?:,\d{3})+$/

/** Cells that mean "no value" in any column. */
const NOTHING = new Set([
  '',
  'na',
  'n/a',
  '#n/a',
  '#nv',
  'nan',
  'null',
  'none',
  'k.a.',
  'k. a.',
  'keine angabe',
  'nil',
  '\\n',
])

/** What a spreadsheet writes where a formula cannot be worked out. */
const ERRORS = /^#(DIV\/0!|WERT!|VALUE!|BEZUG!|REF!|NAME\?|ZAHL!|NUM!|NULL!|N\/A|NV|ÜBERLAUF!|SPILL!|CALC!)$/i

/** True for the error of a formula. */
export function isFormulaError(text: string): boolean {
  return text.charCodeAt(0) === 35 && text.length <= 12 && ERRORS.test(text.trim())
}

/** Marks that mean "no value" among numbers and dates (official statistics use them), but may be text elsewhere. */
const MARKS = new Set(['-', '–', '—', '.', '..', '...', '…', '/', 'x', '?', '*', '--'])

/** True for an empty cell or a word that stands for nothing. */
export function isMissing(text: string): boolean {
  if (text === '') return true
  // Nearly every cell is decided by its first sign.
  if (text.length > 16 || !/^[nNkK#\\\s]/.test(text)) return false
  return NOTHING.has(text.trim().toLowerCase()) || isFormulaError(text)
}

/** Given names that read like a word for nothing; among words they are names. */
const NAMES = /^(Nil|Nan|Na|None)$/

/** True for a cell of a column of words that stands for nothing. */
export function isMissingWord(text: string): boolean {
  return isMissing(text) && !NAMES.test(text)
}

/** True for a mark that stands for "no value" in a column of numbers or dates. */
export function isMissingMark(text: string): boolean {
  return text.length <= 5 && MARKS.has(text.trim().toLowerCase())
}

/** How numbers of a column are written. */
export type NumberForm = { decimal: ',' | '.'; thousands: ',' | '.' | ' ' | null }

/** The shape of a number-like text: what its signs allow. null when it is no number. */
export type NumberShape =
  'whole' | 'grouped-dot' | 'grouped-comma' | 'dot' | 'comma' | 'german' | 'english' | 'spaced'

const NUMBER = /^[-+−]?\d[\d.,\u00a0\u202f ']*(?:[eE][-+]?\d{1,3})?(?:\s?[%€])?$|^[-+−]?[.,]\d+$/

/** Classifies a text as number by the signs it uses; null when it is none. */
export function numberShape(text: string): NumberShape | null {
  if (isDigits(text)) return 'whole'
  if (text.length > 40 || !NUMBER.test(text)) return null
  const body = text
    .replace(/^[-+−]/, '')
    .replace(/\s?[%€]$/, '')
    .replace(/[eE][-+]?\d+$/, '')
  if (/^\d+$/.test(body)) return 'whole'
  const dots = body.split('.').length - 1
  const commas = body.split(',').length - 1
  if (dots > 0 && commas > 0) return twoSigns(body)
  if (GROUPED.test(body)) return dots > 0 ? 'grouped-dot' : commas > 0 ? 'grouped-comma' : 'spaced'
  if (dots === 1 && /^\d*\.\d*$/.test(body)) return 'dot'
  if (commas === 1 && /^\d*,\d*$/.test(body)) return 'comma'
  return /^\d{1,3}(?:[\u00a0\u202f ']\d{3})+(?:[.,]\d+)?$/.test(body) ? 'spaced' : null
}

function isDigits(text: string): boolean {
  if (text.length === 0 || text.length > 15) return false
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return true
}

function twoSigns(body: string): NumberShape | null {
  if (/^\d{1,3}(?:\.\d{3})+,\d*$/.test(body)) return 'german'
  if (/^\d{1,3}(?:,\d{3})+\.\d*$/.test(body)) return 'english'
  return null
}

/** Reads a number in the given form; null when it does not fit. */
export function parseNumber(text: string, form: NumberForm): number | null {
  if (isDigits(text)) return Number(text)
  let body = text.trim()
  if (body.length > 40 || !NUMBER.test(body)) return null
  body = body
    .replace(/\s?[%€]$/, '')
    .replace('−', '-')
    .replace(/[\u00a0\u202f ']/g, '')
  if (form.thousands && form.thousands !== ' ') body = body.replaceAll(form.thousands, '')
  if (form.decimal === ',') body = body.replace(',', '.')
  const value = Number(body)
  return Number.isFinite(value) && body !== '' ? value : null
}

const TRUE = new Set(['ja', 'j', 'yes', 'y', 'true', 'wahr', 't'])
const FALSE = new Set(['nein', 'n', 'no', 'false', 'falsch', 'f'])

/** Reads German and English words for yes and no; null for anything else (0 and 1 stay numbers). */
export function parseBoolean(text: string): boolean | null {
  if (text.length > 7) return null
  const word = text.trim().toLowerCase()
  if (TRUE.has(word)) return true
  return FALSE.has(word) ? false : null
}

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?$/

/** Reads a time of day as 'HH:MM:SS'; null when it is none. */
export function parseTime(text: string): string | null {
  const m = CLOCK.exec(text.trim().replace(/ ?Uhr$/, ''))
  if (!m) return null
  const [hour, minute, second] = [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)]
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null
  return `${pad(hour)}:${pad(minute)}:${pad(second)}`
}

const SPLIT = /^(\S{6,10})(?:[T ]\s?(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?))\s?(Z|UTC|[-+]\d{2}:?\d{2})?$/

/** Reads a date with a time as ISO text 'YYYY-MM-DDTHH:MM:SS' and the zone if one is given; null when it is none. */
export function parseDateTime(text: string, form: DateForm): string | null {
  const m = SPLIT.exec(text.trim())
  if (!m) return null
  const day = parseDate(m[1] ?? '', form)
  const time = parseTime(m[2] ?? '')
  if (!day || !time) return null
  const zone = m[3] === 'UTC' ? 'Z' : (m[3] ?? '').replace(/^([-+]\d{2})(\d{2})$/, '$1:$2')
  return `${day}T${time}${zone}`
}

/** Reads a calendar day in the given form as 'YYYY-MM-DD' ('YYYY-MM' for months); null when it is none. */
export function parseDate(text: string, form: DateForm): string | null {
  const t = text.trim()
  if (form === 'iso') return ymd(/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(t), 1, 2, 3)
  if (form === 'compact') return ymd(/^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(t), 1, 2, 3)
  if (form === 'month') return month(t)
  const m = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(t)
  // With dots the day comes first, also where other cells of the column are written the American way.
  return form === 'dmy' || t.includes('.') ? ymd(m, 3, 2, 1) : ymd(m, 3, 1, 2)
}

function month(text: string): string | null {
  const m =
    /^((?:1[5-9]|2[01])\d{2})[-/](\d{1,2})$/.exec(text) ?? /^(\d{1,2})\/((?:1[5-9]|2[01])\d{2})$/.exec(text)
  if (!m) return null
  const [a = '', b = ''] = [m[1], m[2]]
  const [year, value] = a.length === 4 ? [a, Number(b)] : [b, Number(a)]
  return value >= 1 && value <= 12 ? `${year}-${pad(value)}` : null
}

function ymd(m: RegExpExecArray | null, year: number, month: number, day: number): string | null {
  if (!m) return null
  let y = Number(m[year])
  if (m[year]?.length === 2) y += y < 70 ? 2000 : 1900
  const [mo, d] = [Number(m[month]), Number(m[day])]
  if (y < 1000 || mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo)) return null
  return `${y}-${pad(mo)}-${pad(d)}`
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function pad(n: number): string {
  return String(n).padStart(2, '0')
}
