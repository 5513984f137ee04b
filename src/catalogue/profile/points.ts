import type { ColumnProfile, Table } from '../../platform/tabular/table.ts'
import { convertValue } from '../../platform/tabular/columns.ts'
import type { Bbox } from '../model.ts'
import { plainName } from './dictionary.ts'
import { guessCrs, toDegrees, type Crs } from './projection.ts'

/** Where a table keeps places: its coordinate columns and their reference system. */
export type PointColumns = { x: number; y: number; crs: Crs; swapped: boolean }

const EAST =
  /^(lon|lng|long|longitude|laenge|laengengrad|geogr laenge|geo laenge|rechts ?wert|rechts utm|ostwert|easting|utm ?x|koorx|x ?center.*|x ?koordinate|x|x wgs84)$/
const NORTH =
  /^(lat|latitude|breite|breitengrad|geogr breite|geo breite|hoch ?wert|hoch utm|nordwert|northing|utm ?y|koory|y ?center.*|y ?koordinate|y|y wgs84)$/

/** Finds a pair of coordinate columns by name and value; degrees are preferred to projected coordinates. */
export function findPoints(table: Table, columns: ColumnProfile[]): PointColumns | null {
  const numeric = columns.filter((c) => (c.type === 'decimal' || c.type === 'integer') && c.distinct > 0)
  const easts = numeric.filter((c) => EAST.test(plainName(c.name)))
  const norths = numeric.filter((c) => NORTH.test(plainName(c.name)))
  const pairs = easts.flatMap((x) => norths.map((y) => pairOf(table, x, y)).filter((p) => p !== null))
  return pairs.sort((a, b) => Number(b.crs === 'EPSG:4326') - Number(a.crs === 'EPSG:4326'))[0] ?? null
}

function pairOf(table: Table, x: ColumnProfile, y: ColumnProfile): PointColumns | null {
  const found: Record<string, number> = {}
  let swapped = 0
  let rows = 0
  for (const row of table.rows.slice(0, 500)) {
    const [a, b] = [valueIn(row, x), valueIn(row, y)]
    if (a === null || b === null || (a === 0 && b === 0)) continue
    rows += 1
    const crs = guessCrs(a, b)
    if (crs) found[crs] = (found[crs] ?? 0) + 1
    if (looksSwapped(a, b)) swapped += 1
  }
  const [crs, count] = Object.entries(found).sort((p, q) => q[1] - p[1])[0] ?? []
  if (rows === 0 || count === undefined || count < rows * 0.9) return null
  return {
    x: x.position,
    y: y.position,
    crs: crs as Crs,
    swapped: crs === 'EPSG:4326' && swapped > rows * 0.9,
  }
}

/** Longitude and latitude of Germany do not overlap: 5.5 to 15.5 against 47 to 55.5. */
function looksSwapped(x: number, y: number): boolean {
  return x > 46 && x < 56 && y > 5 && y < 16
}

function valueIn(row: string[], column: ColumnProfile): number | null {
  const value = convertValue(row[column.position] ?? '', column)
  return typeof value === 'number' ? value : null
}

/** A place of a row in degrees. */
export type Point = { row: number; longitude: number; latitude: number }

/** Places of the rows; rows without coordinates and the point 0/0 are left out. */
export function pointsOf(table: Table, columns: ColumnProfile[], at: PointColumns): Point[] {
  const [cx, cy] = [columns[at.x], columns[at.y]]
  if (!cx || !cy) return []
  const points: Point[] = []
  table.rows.forEach((row, i) => {
    const [a, b] = [valueIn(row, cx), valueIn(row, cy)]
    if (a === null || b === null || (a === 0 && b === 0)) return
    const [longitude, latitude] = at.swapped ? [b, a] : toDegrees(a, b, at.crs)
    if (Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) points.push({ row: i, longitude, latitude })
  })
  return points
}

/** Germany with a margin. */
const HOME: Bbox = [4.5, 46.5, 16.5, 56]

/** The box around points in degrees and how many were left out as strays: points far from home while most are at home. */
export function boxWithoutStrays(points: [longitude: number, latitude: number][]): {
  bbox: Bbox | null
  strays: number
} {
  const home = points.filter(([x, y]) => x >= HOME[0] && x <= HOME[2] && y >= HOME[1] && y <= HOME[3])
  const mostly = home.length >= points.length * 0.8
  const used = mostly ? home : points
  let box: Bbox | null = null
  for (const [x, y] of used)
    box = box
      ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]
      : [x, y, x, y]
  return {
    bbox: box && (box.map((n) => Math.round(n * 1e5) / 1e5) as Bbox),
    strays: points.length - used.length,
  }
}
