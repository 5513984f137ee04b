import { isKey, isYear } from './keys.ts'
import type { CellValue, ColumnProfile, ColumnType, DateForm, Table } from './table.ts'
import {
  isMissing,
  isMissingMark,
  isMissingWord,
  numberShape,
  parseBoolean,
  parseDate,
  parseDateTime,
  parseNumber,
  parseTime,
  type NumberForm,
  type NumberShape,
} from './values.ts'

/** Share of cells that may not fit a type before the column becomes text. */
const TOLERANCE = 0.01
const DISTINCT_CAP = 10_000
const DATE_FORMS: DateForm[] = ['iso', 'dmy', 'mdy', 'compact', 'month']

type Guess = Pick<ColumnProfile, 'type' | 'decimal' | 'thousands' | 'dateForm' | 'keyLike'>

/** Types of all columns of a table with what the values show; numbers of one table share one decimal sign. */
export function inferColumns(table: Table): ColumnProfile[] {
  const tableDecimal = decimalOfTable(table)
  return table.header.map((name, i) =>
    inferColumn(
      name,
      i,
      table.rows.map((row) => row[i] ?? ''),
      tableDecimal,
    ),
  )
}

/** Type and figures of one column. `tableDecimal` settles numbers like 1.234 that can be read in two ways. */
export function inferColumn(
  name: string,
  position: number,
  cells: string[],
  tableDecimal: ',' | '.' = '.',
): ColumnProfile {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const guess = guessType(
    name,
    filled.filter((cell) => !isMissing(cell)),
    tableDecimal,
  )
  const values = filled.filter((cell) => !(guess.type === 'text' ? isMissingWord(cell) : isMissing(cell)))
  return measure({ name, position, total: cells.length, ...guess }, values)
}

function guessType(name: string, values: string[], tableDecimal: ',' | '.'): Guess {
  const text: Guess = { type: 'text', decimal: null, thousands: null, dateForm: null, keyLike: false }
  const marked = values.filter((value) => !isMissingMark(value))
  if (values.length === 0) return { ...text, type: 'empty' }
  if (marked.length < values.length * 0.2) return text
  if (fits(marked, (v) => parseBoolean(v) !== null) && new Set(marked).size > 1)
    return { ...text, type: 'boolean' }
  const dated = guessDate(name, marked)
  if (dated) return { ...text, ...dated }
  return guessNumber(name, marked, tableDecimal) ?? text
}

function guessDate(name: string, values: string[]): Pick<Guess, 'type' | 'dateForm'> | null {
  const probe = values.slice(0, 20).join('')
  if (!/\d/.test(probe)) return null
  for (const dateForm of DATE_FORMS) {
    if (dateForm === 'compact' && !/dat|tag|date|day|stichtag|zeit/i.test(name)) continue
    if (fits(values, (v) => parseDate(v, dateForm) !== null)) return { type: 'date', dateForm }
    if (hasTimes(values, dateForm)) return { type: 'datetime', dateForm }
  }
  return fits(values, (v) => parseTime(v) !== null) ? { type: 'time', dateForm: null } : null
}

/** Days without a time among date-times count as midnight: spreadsheets write them so. */
function hasTimes(values: string[], form: DateForm): boolean {
  return (
    fits(values, (v) => readDateTime(v, form) !== null) && values.some((v) => parseDateTime(v, form) !== null)
  )
}

function readDateTime(text: string, form: DateForm): string | null {
  const moment = parseDateTime(text, form)
  if (moment || form === 'month') return moment
  const day = parseDate(text, form)
  return day && `${day}T00:00:00`
}

function guessNumber(name: string, values: string[], tableDecimal: ',' | '.'): Guess | null {
  const shapes = countShapes(values)
  if (!shapes) return null
  if (isKey(name, values))
    return { type: 'text', decimal: null, thousands: null, dateForm: null, keyLike: true }
  const { decimal, thousands } = numberForm(shapes, spacedDecimal(values) ?? tableDecimal)
  const fractional =
    shapes.german + shapes.english > 0 ||
    (decimal === ',' ? shapes.comma + shapes['grouped-comma'] : shapes.dot + shapes['grouped-dot']) > 0 ||
    values.some((v) => /[eE]/.test(v) || (thousands === ' ' && /[.,]/.test(v)))
  const type: ColumnType = fractional ? 'decimal' : isYear(name, values) ? 'year' : 'integer'
  return { type, decimal: fractional ? decimal : null, thousands, dateForm: null, keyLike: false }
}

type Shapes = Record<NumberShape, number>

/** Counts number shapes; null as soon as too many values are no numbers. */
function countShapes(values: string[]): Shapes | null {
  const shapes: Shapes = {
    whole: 0,
    'grouped-dot': 0,
    'grouped-comma': 0,
    dot: 0,
    comma: 0,
    german: 0,
    english: 0,
    spaced: 0,
  }
  let misfits = 0
  const allowed = Math.floor(values.length * TOLERANCE)
  for (const value of values) {
    const shape = numberShape(value)
    if (shape) shapes[shape] += 1
    else if (++misfits > allowed) return null
  }
  return shapes
}

/** The decimal sign of numbers like 1 234,5 or 1'234.5; null where none of them has one. */
function spacedDecimal(values: readonly string[]): ',' | '.' | null {
  const found = values.flatMap((v) => /^[^.,]*[ '\u00a0\u202f][^.,]*([.,])\d+\s?[%€]?$/.exec(v)?.[1] ?? [])
  if (found.length === 0) return null
  return found.filter((sign) => sign === ',').length * 2 >= found.length ? ',' : '.'
}

/** Which sign is the decimal sign: clear shapes decide, ambiguous ones (1.234) follow the table. */
function numberForm(s: Shapes, tableDecimal: ',' | '.'): NumberForm {
  if (s.spaced > 0) return { decimal: tableDecimal, thousands: ' ' }
  if (s.german > 0) return { decimal: ',', thousands: '.' }
  if (s.english > 0) return { decimal: '.', thousands: ',' }
  if (s.comma > 0) return { decimal: ',', thousands: s['grouped-dot'] > 0 ? '.' : null }
  if (s.dot > 0) return { decimal: '.', thousands: s['grouped-comma'] > 0 ? ',' : null }
  if (s['grouped-dot'] > 0)
    return tableDecimal === ',' ? { decimal: ',', thousands: '.' } : { decimal: '.', thousands: null }
  if (s['grouped-comma'] > 0)
    return tableDecimal === '.' ? { decimal: '.', thousands: ',' } : { decimal: ',', thousands: null }
  return { decimal: tableDecimal, thousands: null }
}

/** The decimal sign most clear numbers of the table use; a file with semicolons and no clear sign is taken as German. */
function decimalOfTable(table: Table): ',' | '.' {
  let comma = 0
  let dot = 0
  for (const row of table.rows.slice(0, 500)) {
    for (const cell of row) {
      const shape = numberShape(cell.trim())
      if (shape === 'comma' || shape === 'german') comma += 1
      else if (shape === 'dot' || shape === 'english') dot += 1
    }
  }
  if (comma !== dot) return comma > dot ? ',' : '.'
  return table.dialect?.delimiter === ';' ? ',' : '.'
}

function fits(values: string[], test: (value: string) => boolean): boolean {
  if (values.length === 0) return false
  const allowed = Math.floor(values.length * TOLERANCE)
  let misfits = 0
  for (const value of values) if (!test(value) && ++misfits > allowed) return false
  return true
}

type Frame = Pick<ColumnProfile, 'name' | 'position' | 'total'> & Guess

/** Second pass: missing cells, misfits, distinct values, range and the most frequent values. */
function measure(frame: Frame, values: string[]): ColumnProfile {
  const profile: ColumnProfile = {
    ...frame,
    missing: 0,
    distinct: 0,
    distinctCapped: false,
    min: null,
    max: null,
    misfits: 0,
    top: [],
  }
  const counts = new Map<string, number>()
  let missing = frame.total - values.length
  for (const value of values) {
    const converted = convertValue(value, profile)
    if (converted === null) {
      if (isMissingMark(value)) missing += 1
      else profile.misfits += 1
      continue
    }
    const seen = counts.get(value)
    if (seen !== undefined) counts.set(value, seen + 1)
    else if (counts.size < DISTINCT_CAP) counts.set(value, 1)
    else profile.distinctCapped = true
    widen(profile, converted)
  }
  profile.missing = missing
  profile.distinct = counts.size
  profile.top = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 10)
    .map(([value, count]) => ({ value, count }))
  return profile
}

function widen(profile: ColumnProfile, value: CellValue): void {
  if (profile.type === 'text' || profile.type === 'boolean' || value === null || typeof value === 'boolean')
    return
  if (profile.min === null || value < profile.min) profile.min = value
  if (profile.max === null || value > profile.max) profile.max = value
}

/** A cell in the type of its column: numbers, booleans, ISO text for dates, text else; null when missing or a misfit. */
export function convertValue(
  cell: string,
  column: Pick<ColumnProfile, 'type' | 'decimal' | 'thousands' | 'dateForm'>,
): CellValue {
  const text = cell.trim()
  if (column.type === 'text' ? isMissingWord(text) : isMissing(text)) return null
  switch (column.type) {
    case 'integer':
    case 'decimal':
    case 'year':
      return parseNumber(text, {
        decimal: column.decimal ?? (column.thousands === '.' ? ',' : '.'),
        thousands: column.thousands,
      })
    case 'boolean':
      return parseBoolean(text)
    case 'date':
      return parseDate(text, column.dateForm ?? 'iso')
    case 'datetime':
      return readDateTime(text, column.dateForm ?? 'iso')
    case 'time':
      return parseTime(text)
    case 'empty':
      return null
    default:
      return text
  }
}
