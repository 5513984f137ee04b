import { excerpt } from '../../platform/finding.ts'
import type { ColumnProfile, Table } from '../../platform/tabular/table.ts'
import type { Preview } from '../entries/model.ts'
import type { Column } from '../model.ts'
import { chartOf, seriesOf } from './chart.ts'
import type { Found } from './describe.ts'
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
  const series = personal ? null : seriesOf(found.columns, found.table)
  const chart = personal || series ? null : chartOf(found.columns, found.table)
  return {
    columns: header,
    rows,
    rowCount: found.rowCount,
    invented: false,
    ...(chart ? { chart } : {}),
    ...(series ? { series } : {}),
    ...(found.geo !== undefined && !personal ? { geo: found.geo } : {}),
  }
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
