import { excerpt } from '../../platform/finding.ts'
import type { ColumnProfile, Table } from '../../platform/tabular/table.ts'
import { parseNumber, type NumberForm } from '../../platform/tabular/values.ts'
import type { Preview } from '../entries/model.ts'
import { meaningOf } from './dictionary.ts'

/** A bar for each frequent value of the most telling column, or the spread of a number. */
export function chartOf(columns: ColumnProfile[], table: Table): Preview['chart'] | null {
  const telling = columns.filter(
    (c) =>
      c.type === 'text' &&
      c.distinct >= 2 &&
      c.distinct <= 30 &&
      c.distinct < c.total * 0.7 &&
      c.missing < c.total / 2,
  )
  const best = telling.sort((a, b) => score(b) - score(a))[0]
  if (best)
    return {
      kind: 'counts',
      title: `Zeilen je ${best.name}`,
      label: best.name,
      items: best.top.map(({ value, count }) => ({ label: excerpt(value, 40), value: count })),
    }
  return spreadOf(columns, table)
}

/** Categories are more telling than keys; five to twelve bars read best. */
function score(column: ColumnProfile): number {
  const named = /art|typ|kategorie|klasse|gruppe|bezirk|stadtteil|geschlecht|status/i.test(column.name)
    ? 2
    : 0
  return named + (column.distinct >= 3 && column.distinct <= 12 ? 1 : 0)
}

function spreadOf(columns: ColumnProfile[], table: Table): Preview['chart'] | null {
  const number = columns.find(
    (c) => (c.type === 'decimal' || c.type === 'integer') && c.distinct > 12 && isMeasure(c.name),
  )
  if (
    !number ||
    typeof number.min !== 'number' ||
    typeof number.max !== 'number' ||
    number.min === number.max
  )
    return null
  const width = (number.max - number.min) / 10
  const counts = Array.from({ length: 10 }, () => 0)
  for (const row of table.rows) {
    const value = Number(
      (row[number.position] ?? '')
        .replaceAll(number.thousands ?? '\0', '')
        .replace(number.decimal === ',' ? ',' : '.', '.'),
    )
    if (!Number.isFinite(value) || row[number.position] === '') continue
    const at = Math.min(9, Math.floor((value - number.min) / width))
    counts[at] = (counts[at] ?? 0) + 1
  }
  const format = (n: number): string => n.toLocaleString('de-DE', { maximumFractionDigits: 1 })
  const start = number.min
  return {
    kind: 'spread',
    title: `Verteilung von ${number.name}`,
    label: number.name,
    items: counts.map((value, i) => ({
      label: `${format(start + i * width)} – ${format(start + (i + 1) * width)}`,
      value,
    })),
  }
}

/** At most so many points of a line, and lines in one drawing. */
const POINTS = 400
const LINES = 3
/** From so many days on a line says more than bars. */
const FEWEST = 8

/** Measures over days: where each day stands once, up to three numbers of like size as lines. */
export function seriesOf(columns: ColumnProfile[], table: Table): Preview['series'] | null {
  const day = columns.find((c) => c.type === 'date' || c.type === 'datetime')
  if (!day || day.total < FEWEST || day.missing > 0 || day.distinct < Math.min(day.total, 10_000)) return null
  const measures = columns.filter(
    (c) => (c.type === 'decimal' || c.type === 'integer') && c.distinct > 2 && isMeasure(c.name),
  )
  const most = measures.map(largest)
  const lines = measures.filter((_, i) => alike(most[i] ?? 0, most[0] ?? 0)).slice(0, LINES)
  if (lines.length === 0) return null
  const days = table.rows
    .map((row) => ({ at: dayOf(row[day.position] ?? ''), row }))
    .filter((each) => each.at !== '')
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  const step = Math.ceil(days.length / POINTS)
  const shown = days.filter((_, i) => i % step === 0)
  if (shown.length < FEWEST) return null
  const points = (line: ColumnProfile) =>
    shown.map(({ at, row }) => [at, parseNumber(row[line.position] ?? '', formOf(line))] as const)
  return { label: day.name, lines: lines.map((line) => ({ name: line.name, points: points(line) })) }
}

function formOf({ decimal, thousands }: ColumnProfile): NumberForm {
  return { decimal: decimal ?? '.', thousands }
}

function largest(column: ColumnProfile): number {
  return Math.max(Math.abs(Number(column.min)), Math.abs(Number(column.max)))
}

const alike = (a: number, b: number) => Math.max(a, b) <= 5 * Math.min(a, b)

/** The calendar day of a cell, also as `31.12.2025`; empty where it is none. */
function dayOf(cell: string): string {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(cell.trim())
  const iso = german
    ? `${german[3]}-${german[2]?.padStart(2, '0')}-${german[1]?.padStart(2, '0')}`
    : cell.trim().slice(0, 10)
  return Number.isNaN(Date.parse(iso)) || !/^\d{4}-\d\d-\d\d$/.test(iso) ? '' : iso
}

/** Keys, places, years and budget lines have no spread worth a chart. */
function isMeasure(name: string): boolean {
  const meaning = meaningOf(name)?.de ?? ''
  return (
    !/^(Kennung|Nummer|Ostwert|Nordwert|Geografische|Gliederung|Jahr|Bau|Postleitzahl)/.test(meaning) &&
    !/schl|nummer|_id$|^id$|^spalte \d/i.test(name)
  )
}
