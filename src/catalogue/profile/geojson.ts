import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { inferColumns } from '../../platform/tabular/columns.ts'
import { defaultTableLimits, type ColumnProfile, type Table } from '../../platform/tabular/table.ts'
import type { Bbox } from '../model.ts'
import { boxWithoutStrays } from './points.ts'
import { guessCrs, toDegrees, type Crs } from './projection.ts'

/** GeoJSON for a map, small enough for a page. */
export type PreviewGeo = { type: 'FeatureCollection'; features: PreviewFeature[] }

/** One shape with a name. */
export type PreviewFeature = { type: 'Feature'; geometry: Geometry; properties: { name: string } }

/** A geometry with nested coordinate lists. */
export type Geometry = { type: string; coordinates: Nested }

type Nested = number | Nested[]

/** What was read of a GeoJSON file: its properties as a table, the box around it, the shapes. */
export type ReadGeoJson = {
  table: Table
  columns: ColumnProfile[]
  bbox: Bbox | null
  crs: Crs
  kinds: Record<string, number>
  geo: PreviewGeo
  findings: Finding[]
}

const MAX_FEATURES = 500
const MAX_POSITIONS = 20_000

type Feature = { properties: Record<string, unknown>; geometry: Geometry | null }

/** Reads a parsed GeoJSON document; null when the document is none. Never throws. */
export function readGeoJson(document: unknown): ReadGeoJson | null {
  const features = featuresOf(document)
  if (!features) return null
  const findings: Finding[] = []
  const crs = crsOf(document, features, findings)
  const table = tableOfFeatures(features)
  const columns = inferColumns(table)
  const kinds: Record<string, number> = {}
  const marks: [number, number][] = []
  for (const { geometry } of features) {
    if (!geometry) continue
    kinds[geometry.type] = (kinds[geometry.type] ?? 0) + 1
    marks.push(...corners(geometry, crs))
  }
  const { bbox, strays } = boxWithoutStrays(marks)
  if (strays > 0) findings.push(straysFinding(strays))
  return { table, columns, bbox, crs, kinds, geo: previewOf(features, columns, crs, findings), findings }
}

/** Says that places lie far away and do not count for the extent. */
export function straysFinding(strays: number): Finding {
  return finding('warning', 'points-astray', {
    de: `${strays} Lagen liegen weit außerhalb (vielleicht ein Tippfehler) und zählen nicht für den Raumbezug.`,
    en: `${strays} places lie far outside (perhaps a typing error) and do not count for the extent.`,
  })
}

const GEOMETRIES = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
])

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function featuresOf(document: unknown): Feature[] | null {
  if (!isObject(document)) return null
  const list =
    document['type'] === 'FeatureCollection'
      ? document['features']
      : document['type'] === 'Feature'
        ? [document]
        : null
  if (Array.isArray(list)) return list.slice(0, defaultTableLimits.maxRows).filter(isObject).map(featureOf)
  if (typeof document['type'] !== 'string' || !GEOMETRIES.has(document['type'])) return null
  return [featureOf({ properties: {}, geometry: document })]
}

function featureOf(raw: Record<string, unknown>): Feature {
  const { properties, geometry } = raw
  const good =
    isObject(geometry) &&
    typeof geometry['type'] === 'string' &&
    GEOMETRIES.has(geometry['type']) &&
    isNested(geometry['coordinates'], 0)
  return {
    properties: isObject(properties) ? properties : {},
    geometry: good ? (geometry as unknown as Geometry) : null,
  }
}

function isNested(value: unknown, depth: number): value is Nested {
  if (typeof value === 'number') return depth > 0 && Number.isFinite(value)
  return Array.isArray(value) && depth < 5 && value.every((inner) => isNested(inner, depth + 1))
}

function crsOf(document: unknown, features: Feature[], findings: Finding[]): Crs {
  const named = JSON.stringify(isObject(document) ? (document['crs'] ?? '') : '')
  const code = /EPSG:{1,2}(25832|25833|31466|31467|31468|31469)/.exec(named)?.[1]
  if (code) return `EPSG:${code}` as Crs
  const first = features.map((f) => f.geometry && firstPosition(f.geometry.coordinates)).find((p) => p)
  const crs = first ? guessCrs(first[0], first[1]) : 'EPSG:4326'
  if (crs && crs !== 'EPSG:4326')
    findings.push(
      finding('warning', 'geojson-projected', {
        de: `Die Koordinaten sind nicht in Grad angegeben; sie wurden als ${crs} gelesen.`,
        en: `The coordinates are not in degrees; they were read as ${crs}.`,
      }),
    )
  return crs ?? 'EPSG:4326'
}

function firstPosition(nested: Nested): [number, number] | null {
  if (!Array.isArray(nested)) return null
  const [a, b] = nested
  if (typeof a === 'number' && typeof b === 'number') return [a, b]
  return a === undefined ? null : firstPosition(a)
}

/** Lower left and upper right corner of a geometry in degrees. */
function corners(geometry: Geometry, crs: Crs): [number, number][] {
  const found: [number, number][] = []
  collect(geometry.coordinates, found)
  const xs = found.map(([x]) => x)
  const ys = found.map(([, y]) => y)
  if (found.length === 0) return []
  const low = toDegrees(lowest(xs), lowest(ys), crs)
  const high = toDegrees(-lowest(xs.map((x) => -x)), -lowest(ys.map((y) => -y)), crs)
  return [low, high].filter(([x, y]) => Math.abs(x) <= 180 && Math.abs(y) <= 90)
}

function lowest(values: number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
}

function collect(nested: Nested, into: [number, number][]): void {
  if (!Array.isArray(nested)) return
  const [a, b] = nested
  if (typeof a === 'number' && typeof b === 'number') into.push([a, b])
  else for (const inner of nested) collect(inner, into)
}

function tableOfFeatures(features: Feature[]): Table {
  const names = new Set<string>()
  for (const { properties } of features)
    for (const name of Object.keys(properties))
      if (names.size < defaultTableLimits.maxColumns) names.add(name)
  const header = [...names]
  const rows = features.map(({ properties }) => header.map((name) => cellOf(properties[name])))
  return { header, rows, dialect: null, truncated: false, findings: [] }
}

/** A JSON value as a table cell; of what is nested too deeply to be written, only that it is nested. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.slice(0, defaultTableLimits.maxCell)
  try {
    return JSON.stringify(value).slice(0, 1000)
  } catch {
    return Array.isArray(value) ? '[…]' : '{…}'
  }
}

/** The first shapes, thinned so that the page stays small, each with a name. */
function previewOf(features: Feature[], columns: ColumnProfile[], crs: Crs, findings: Finding[]): PreviewGeo {
  const shown = features.filter((f) => f.geometry).slice(0, MAX_FEATURES)
  const positions = shown.reduce((sum, f) => sum + countPositions(f.geometry?.coordinates ?? []), 0)
  const step = Math.max(1, Math.ceil(positions / MAX_POSITIONS))
  if (shown.length < features.length || step > 1)
    findings.push(
      finding('info', 'map-thinned', {
        de: `Die Karte zeigt ${shown.length} von ${features.length} Objekten, vereinfacht.`,
        en: `The map shows ${shown.length} of ${features.length} objects, simplified.`,
      }),
    )
  const name = nameProperty(columns)
  return {
    type: 'FeatureCollection',
    features: shown.flatMap(({ geometry, properties }) =>
      geometry
        ? [
            {
              type: 'Feature' as const,
              geometry: { type: geometry.type, coordinates: thin(geometry.coordinates, step, crs) },
              properties: { name: name ? excerpt(cellOf(properties[name])) : '' },
            },
          ]
        : [],
    ),
  }
}

/** The column that names an object best. */
export function nameProperty(columns: ColumnProfile[]): string | null {
  const texts = columns.filter((c) => c.type === 'text' && c.distinct > 0)
  const named = texts.find((c) => /name|bezeichnung|titel|title|standort|objekt/i.test(c.name))
  return (named ?? texts.sort((a, b) => b.distinct - a.distinct)[0])?.name ?? null
}

function countPositions(nested: Nested): number {
  if (!Array.isArray(nested)) return 0
  return typeof nested[0] === 'number'
    ? 1
    : nested.reduce<number>((sum, inner) => sum + countPositions(inner), 0)
}

/** Keeps every n-th position of a line or ring (rings stay closed) in degrees with five decimals. */
function thin(nested: Nested, step: number, crs: Crs): Nested {
  if (!Array.isArray(nested)) return nested
  const [a, b] = nested
  if (typeof a === 'number' && typeof b === 'number')
    return toDegrees(a, b, crs).map((n) => Math.round(n * 1e5) / 1e5)
  const isLine = Array.isArray(a) && typeof a[0] === 'number'
  const last = nested.length - 1
  const kept = isLine && last > 8 ? nested.filter((_, i) => i % step === 0 || i === last || i < 3) : nested
  return kept.map((inner) => thin(inner, step, crs))
}
