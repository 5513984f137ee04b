import { isMissing, numberShape, parseDate, parseDateTime, parseTime } from './values.ts'

type CellKind = 'empty' | 'number' | 'year' | 'date' | 'text'

/** How many of the first records may stand above the header (titles, notes, dates of export). */
const MAX_PREAMBLE = 20

/** Finds the index of the record with the column names; -1 when the table starts with data. */
export function findHeader(rows: string[][]): number {
  const width = modalWidth(rows)
  const start = rows.findIndex((row) => filled(row) >= Math.max(1, width * 0.6))
  if (start < 0 || start > MAX_PREAMBLE) return rows.length > 1 ? 0 : -1
  const candidate = rows[start] ?? []
  const body = rows.slice(start + 1, start + 100)
  if (body.length === 0) return candidate.every((cell) => kindOf(cell) === 'text') ? start : -1
  const votes = vote(candidate, body) || voteBelowNames(candidate, body)
  if (votes !== 0) return votes > 0 ? start : -1
  if (standsOverNames(candidate, body)) return start + 1
  return looksLikeNames(candidate, body) ? start : -1
}

/** Years over a row of words over numbers: merged cells above the header. */
function standsOverNames(candidate: string[], body: string[][]): boolean {
  const [names = [], ...more] = body
  const kinds = candidate.map(kindOf).filter((kind) => kind !== 'empty')
  const isGroup = kinds.includes('year') && kinds.every((kind) => kind === 'year' || kind === 'text')
  const areNames = names.every((cell) => ['text', 'empty'].includes(kindOf(cell)))
  return isGroup && areNames && vote(names, more) >= 2
}

/** Rows of words right below (units of measure, second names) are passed over; they can only speak for a header. */
function voteBelowNames(candidate: string[], body: string[][]): number {
  const first = body.findIndex((row) => row.some((cell) => cell.trim() !== '' && kindOf(cell) !== 'text'))
  return first > 0 && first <= 2 && body.length > first + 1
    ? Math.max(0, vote(candidate, body.slice(first)))
    : 0
}

/** Each column votes: a word over numbers or dates speaks for a header, a number over numbers against it. */
function vote(candidate: string[], body: string[][]): number {
  let votes = 0
  for (let i = 0; i < candidate.length; i += 1) {
    const above = kindOf(candidate[i] ?? '')
    const below = mainKind(body, i)
    if (below === 'number' || below === 'date' || below === 'year') {
      if (above === 'text') votes += 1
      else if (above === 'number' || above === 'date') votes -= 1
    }
  }
  return votes
}

/** All columns are text: names are filled, different from each other, and do not come back as values. */
function looksLikeNames(candidate: string[], body: string[][]): boolean {
  const names = candidate.filter((cell) => cell.trim() !== '')
  if (names.some((name) => kindOf(name) !== 'text' && kindOf(name) !== 'year')) return false
  if (new Set(names).size !== names.length || names.some((name) => name.length > 80)) return false
  const again = candidate.some((name, i) => name !== '' && body.some((row) => row[i] === name))
  const fullNames = names.length >= candidate.length * 0.8
  return fullNames && !again && (body.length > 2 || names.every((name) => /^[\p{L}_]/u.test(name)))
}

/** What most filled cells of a column are: above four fifths numbers or dates, else text. */
export function mainKind(body: readonly string[][], column: number): CellKind {
  const counts: Record<CellKind, number> = { empty: 0, number: 0, year: 0, date: 0, text: 0 }
  for (const row of body) counts[kindOf(row[column] ?? '')] += 1
  const total = body.length - counts.empty
  if (total === 0) return 'empty'
  if ((counts.number + counts.year) / total > 0.8) return 'number'
  if (counts.date / total > 0.8) return 'date'
  return 'text'
}

/** What a single cell looks like. */
export function kindOf(cell: string): CellKind {
  const text = cell.trim()
  if (isMissing(text)) return 'empty'
  if (/^(?:19|20|21)\d{2}$/.test(text)) return 'year'
  if (numberShape(text)) return 'number'
  if (parseDate(text, 'iso') ?? parseDate(text, 'dmy') ?? parseDateTime(text, 'iso') ?? parseTime(text))
    return 'date'
  return 'text'
}

function modalWidth(rows: string[][]): number {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

function filled(row: string[]): number {
  return row.filter((cell) => cell.trim() !== '').length
}
