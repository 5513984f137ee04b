import { excerpt } from '../../platform/finding.ts'
import type { ColumnProfile, Table } from '../../platform/tabular/table.ts'
import type { Preview } from '../entries/model.ts'
import type { Column } from '../model.ts'
import type { Found } from './describe.ts'
import { meaningOf } from './dictionary.ts'
import { nameProperty, type PreviewGeo } from './geojson.ts'
import type { Point } from './points.ts'

const ROWS = 10
const COLUMNS = 30
const POINTS = 500

/** The preview of a table: first rows, one chart, the map. With columns that may be personal it shows names only. */
export function previewOfTable(found: Found, columns: Column[]): Preview {
  const personal = columns.some((c) => c.personal)
  const header = found.table.header.slice(0, COLUMNS)
  const rows = personal
    ? []
    : found.table.rows
        .slice(0, ROWS)
        .map((row) => row.slice(0, COLUMNS).map((cell) => (cell === '' ? null : excerpt(cell, 80))))
  const chart = personal ? null : chartOf(found.columns, found.table)
  return {
    columns: header,
    rows,
    rowCount: found.rowCount,
    invented: false,
    ...(chart ? { chart } : {}),
    ...(found.geo !== undefined && !personal ? { geo: found.geo } : {}),
  }
}

/** A bar for each frequent value of the most telling column, or the spread of a number. */
function chartOf(columns: ColumnProfile[], table: Table): Preview['chart'] | null {
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
    title: `Verteilung von ${number.name}`,
    label: number.name,
    items: counts.map((value, i) => ({
      label: `${format(start + i * width)} bis ${format(start + (i + 1) * width)}`,
      value,
    })),
  }
}

/** Keys, places, years and budget lines have no spread worth a chart. */
function isMeasure(name: string): boolean {
  const meaning = meaningOf(name)?.de ?? ''
  return (
    !/^(Kennung|Nummer|Ostwert|Nordwert|Geografische|Gliederung|Jahr|Bau|Postleitzahl)/.test(meaning) &&
    !/schl|nummer|_id$|^id$|^spalte \d/i.test(name)
  )
}

/** Points for a map, evenly picked when there are many. */
export function geoOfPoints(table: Table, columns: ColumnProfile[], points: Point[]): PreviewGeo | undefined {
  if (points.length === 0) return undefined
  const name = table.header.indexOf(nameProperty(columns) ?? '')
  const step = Math.ceil(points.length / POINTS)
  return {
    type: 'FeatureCollection',
    features: points
      .filter((_, i) => i % step === 0)
      .map((p) => ({
        type: 'Feature',
        geometry: {
          type: 'Point',
          coordinates: [Math.round(p.longitude * 1e5) / 1e5, Math.round(p.latitude * 1e5) / 1e5],
        },
        properties: { name: name < 0 ? '' : excerpt(table.rows[p.row]?.[name] ?? '') },
      })),
  }
}
