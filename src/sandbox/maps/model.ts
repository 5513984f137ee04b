import type { ProtectedResult } from '../engine/result.ts'
import type { TableSpec } from '../engine/roles.ts'

/** GeoJSON areas as the drawn maps need them. */
export type MapAreas = {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    geometry: { type: string; coordinates?: unknown } | null
    properties: Record<string, unknown> | null
  }[]
}

/** A result laid on areas: which column names the area, by which property it is joined, and what people call the area. */
export type Fit = { column: number; idKey: string; nameKey: string; share: number }

const text = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** Fewer matches than this share of the values are a coincidence, not a map. */
const leastShare = 0.8

/**
 * The dimension of a result whose values are areas of the map, if at least four in five are. One value per area is drawn, so
 * the result must have no other dimension.
 */
export function fitTo(result: ProtectedResult, geo: MapAreas): Fit | undefined {
  const dimensions = result.columns.flatMap((c, i) => (c.kind === 'dimension' ? [i] : []))
  const [column] = dimensions
  if (column === undefined || dimensions.length > 1 || result.rows.length < 2) return undefined
  const wanted = new Set(result.rows.map((row) => text(row[column])).filter(Boolean))
  const keys = [...new Set(geo.features.flatMap((f) => Object.keys(f.properties ?? {})))]
  const best = keys
    .map((idKey) => {
      const found = geo.features.filter((f) => wanted.has(text(f.properties?.[idKey])))
      return { idKey, share: new Set(found.map((f) => text(f.properties?.[idKey]))).size / wanted.size }
    })
    .sort((a, b) => b.share - a.share)[0]
  if (!best || best.share < leastShare) return undefined
  const nameKey = keys.find((key) => /^(name|bezeichnung|stadtteil|bezirk)$/i.test(key)) ?? best.idKey
  return { column, nameKey, ...best }
}

/** The columns whose registered values are areas of the map, as `table.column`. */
export function columnsOn(geo: MapAreas, tables: readonly TableSpec[]): string[] {
  const values = geo.features.flatMap((f) => Object.values(f.properties ?? {}).map(text))
  const areas = new Set(values.filter(Boolean))
  return tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const domain = column.role === 'dimension' ? (column.domain ?? []) : []
      const found = domain.filter((value) => areas.has(text(value))).length
      return domain.length > 1 && found / domain.length >= leastShare ? [`${table.name}.${column.name}`] : []
    }),
  )
}

/** What is wrong with a file of outlines, or nothing. */
export function areasOf(value: unknown): MapAreas | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, features } = value as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return undefined
  const good = features.flatMap((item): MapAreas['features'] => {
    const each = item as Partial<MapAreas['features'][number]> | null
    if (!each || !each.geometry?.type?.endsWith('Polygon')) return []
    return [{ type: 'Feature', geometry: each.geometry, properties: each.properties ?? {} }]
  })
  return good.length > 0 && good.length <= 2_000 ? { type: 'FeatureCollection', features: good } : undefined
}
