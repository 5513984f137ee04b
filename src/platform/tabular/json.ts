import { finding, type Finding } from '../finding.ts'
import { noTable, tableOfRecords, type PlainRecord } from './records.ts'
import type { Table, TableLimits } from './table.ts'

/** A table out of JSON; `geo`: it was a GeoJSON collection. */
export type JsonTable = { readonly table: Table; readonly geo: boolean }

/**
 * Reads a list of objects, an object in each line, an object with exactly one list of objects (up to two levels down), or
 * GeoJSON features with the place of points. Anything else is refused with the reason. Never throws.
 */
export function readJson(text: string, limits: TableLimits): JsonTable {
  const value = parsed(text)
  if (value === undefined) return { table: noTable(broken()), geo: false }
  const features = featuresOf(value)
  if (features) return { table: ofFeatures(features, value, limits), geo: true }
  const lists = listsOf(value)
  const [only] = lists
  if (!only) return { table: noTable(noList()), geo: false }
  if (lists.length > 1) return { table: noTable(manyLists(lists.map((l) => l.path))), geo: false }
  const table = tableOfRecords(only.records, limits)
  return { table: only.path ? noted(table, listRead(only.path)) : table, geo: false }
}

function parsed(text: string): unknown {
  try {
    return exactly(text)
  } catch {
    return linesOf(text)
  }
}

/** Whole numbers that cannot be held exactly stay as their digits: they are ids. */
function exactly(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  const digits = (_key: string, value: unknown, context?: { source?: string }) =>
    Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value
  return JSON.parse(text, digits as (key: string, value: unknown) => unknown)
}

/** JSON lines: an object in each line. */
function linesOf(text: string): unknown {
  if (!/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text)) return undefined
  try {
    return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [exactly(line)]))
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is PlainRecord {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

type List = { readonly path: string; readonly records: readonly PlainRecord[] }

function listsOf(value: unknown, path = '', depth = 0): List[] {
  if (Array.isArray(value)) {
    const records = value.filter(isRecord)
    return records.length > 0 && records.length === value.length ? [{ path, records }] : []
  }
  if (!isRecord(value) || depth > 2) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    listsOf(inner, path ? `${path}.${name}` : name, depth + 1),
  )
}

function featuresOf(value: unknown): readonly PlainRecord[] | null {
  if (!isRecord(value)) return null
  if (value['type'] === 'Feature') return [value]
  if (value['type'] !== 'FeatureCollection' || !Array.isArray(value['features'])) return null
  return value['features'].filter(isRecord)
}

function ofFeatures(features: readonly PlainRecord[], whole: unknown, limits: TableLimits): Table {
  const shapes = new Map<string, number>()
  const records = features.map((feature) => {
    const { geometry } = feature
    const type = isRecord(geometry) ? String(geometry['type']) : ''
    if (type && type !== 'Point') shapes.set(type, (shapes.get(type) ?? 0) + 1)
    const id = feature['id'] === undefined ? {} : { 'feature.id': feature['id'] }
    const properties = isRecord(feature['properties']) ? feature['properties'] : {}
    return { ...id, ...properties, ...placeOf(geometry) }
  })
  const table = tableOfRecords(records, limits)
  const said = [...shapes].map(([type, n]) => shapesLeftOut(type, n))
  const crs = crsOf(whole)
  return noted(table, ...said, ...(crs ? [crsRead(crs)] : []))
}

/** The place of a point: degrees, or metres where the numbers are too large for degrees. */
function placeOf(geometry: unknown): PlainRecord {
  if (!isRecord(geometry) || geometry['type'] !== 'Point') return {}
  const { coordinates } = geometry
  if (!Array.isArray(coordinates)) return {}
  const [x, y] = coordinates.map(Number)
  if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) return {}
  const degrees = Math.abs(x) <= 180 && Math.abs(y) <= 90
  return degrees
    ? { 'geometry.longitude': x, 'geometry.latitude': y }
    : { 'geometry.easting': x, 'geometry.northing': y }
}

function crsOf(whole: unknown): string | null {
  const crs = isRecord(whole) && isRecord(whole['crs']) ? whole['crs']['properties'] : null
  return isRecord(crs) && typeof crs['name'] === 'string' ? crs['name'].slice(0, 80) : null
}

function noted(table: Table, ...findings: Finding[]): Table {
  return { ...table, findings: [...table.findings, ...findings] }
}

function broken(): Finding {
  return finding('error', 'json-broken', {
    de: 'Die JSON-Datei ist beschädigt oder unvollständig.',
    en: 'The JSON file is damaged or incomplete.',
  })
}

function noList(): Finding {
  return finding('error', 'json-no-list', {
    de: 'Die JSON-Datei enthält keine Liste gleichartiger Einträge und damit keine Tabelle.',
    en: 'The JSON file holds no list of like entries and so no table.',
  })
}

function manyLists(paths: readonly string[]): Finding {
  const names = paths.slice(0, 6).join(', ')
  return finding('error', 'json-many-lists', {
    de: `Die JSON-Datei enthält mehrere Listen (${names}). Bitte laden Sie die gemeinte einzeln hoch.`,
    en: `The JSON file holds several lists (${names}). Please upload the one that is meant.`,
  })
}

function listRead(path: string): Finding {
  return finding('info', 'json-list', {
    de: `Gelesen wurde die Liste „${path}“; was darum herum steht, nicht.`,
    en: `The list “${path}” was read, not what stands around it.`,
  })
}

function shapesLeftOut(type: string, n: number): Finding {
  return finding('info', 'shapes-left-out', {
    de: `${n} Geometrien (${type}) wurden nicht übernommen, nur die Sachdaten dazu.`,
    en: `${n} shapes (${type}) were not taken over, only the attributes that go with them.`,
  })
}

function crsRead(name: string): Finding {
  return finding('info', 'crs', {
    de: `Die Datei nennt das Koordinatensystem ${name}.`,
    en: `The file names the coordinate system ${name}.`,
  })
}
