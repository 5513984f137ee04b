import { finding, type Finding } from '../../platform/finding.ts'
import { convertValue } from '../../platform/tabular/columns.ts'
import type { ColumnProfile } from '../../platform/tabular/table.ts'

const totalWord = /^(insgesamt|summe|gesamt|gesamtsumme|total|zusammen|sum|gesamtergebnis)\b\.?:?$/i
const numeric = new Set(['integer', 'decimal'])

/**
 * True if the last row is the sum of the others: it says so in a word, or it names nothing and its numbers are the sums.
 * Counted as a row of data, it would double every figure.
 */
export function endsWithTotal(rows: readonly string[][], columns: readonly ColumnProfile[]): boolean {
  const last = rows.at(-1)
  if (!last || rows.length < 5) return false
  const sums = columns.filter((c) => numeric.has(c.type) && isSum(rows, c))
  const named = columns.filter((c) => !numeric.has(c.type))
  const words = named.map((c) => (last[c.position] ?? '').trim()).filter(Boolean)
  const says = [last.find((cell) => cell.trim() !== '') ?? '', ...words].some((w) => totalWord.test(w.trim()))
  if (says) return sums.length > 0
  return words.length === 0 && named.length >= 2 && sums.length >= 2
}

/** The last value is the sum of those before, up to one in two hundred; sums of nothing but zeros do not count. */
function isSum(rows: readonly string[][], column: ColumnProfile): boolean {
  const value = (row: readonly string[] | undefined) =>
    Number(convertValue(row?.[column.position] ?? '', column) ?? 0)
  const total = value(rows.at(-1))
  if (total === 0) return false
  let sum = 0
  for (let i = 0; i < rows.length - 1; i++) sum += value(rows[i])
  return Math.abs(sum - total) <= Math.abs(total) / 200
}

const totalStart =
  /^(insgesamt|(zwischen|teil|gesamt)?summe|gesamt|(sub-?)?total|zusammen|sum|gesamtergebnis)(?=$|[ :.])/i

/** A warning where rows inside the table say that they are sums of others. They are kept: only a person can tell. */
export function totalsInside(rows: readonly string[][], columns: readonly ColumnProfile[]): Finding[] {
  const words = columns.filter((c) => c.type === 'text' && c.distinct > 1)
  if (!columns.some((c) => numeric.has(c.type))) return []
  const says = (row: readonly string[]) => words.some((c) => totalStart.test((row[c.position] ?? '').trim()))
  const found = rows.filter(says).length
  return found > 0 && found < rows.length ? [rowsOfTotals(found)] : []
}

function rowsOfTotals(n: number): Finding {
  return finding('warning', 'total-rows', {
    de: `${n} Zeilen nennen sich Summe oder insgesamt. Sind sie die Summe anderer Zeilen, zählt alles doppelt: Bitte nehmen Sie sie heraus.`,
    en: `${n} rows call themselves sum or total. If they are sums of other rows, everything counts twice: please take them out.`,
  })
}
