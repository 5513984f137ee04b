/** The parts of GeoJSON that the drawn maps need; anything else in a file is passed over. */
export interface FeatureCollection {
  type: 'FeatureCollection'
  features: Feature[]
}

/** One thing on a map with its properties. */
export interface Feature {
  type: 'Feature'
  geometry: { type: string; coordinates?: unknown } | null
  properties: Record<string, unknown> | null
}

type Point = [number, number]

/** Turns longitude and latitude into drawing units: equirectangular around the middle latitude, north up. */
export interface Projection {
  width: number
  height: number
  at: (point: Point) => Point
}

const round = (value: number) => Math.round(value * 10) / 10

/** A local projection that fits all features into `width` with a margin. True to shape for a town, not for a country. */
export function fitProjection(features: readonly Feature[], width = 620, margin = 10): Projection {
  const box = bounds(features)
  const squeeze = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180)
  const spanX = Math.max((box.east - box.west) * squeeze, 1e-9)
  const spanY = Math.max(box.north - box.south, 1e-9)
  const scale = Math.min((width - 2 * margin) / spanX, (width - 2 * margin) / spanY)
  return {
    width,
    height: Math.ceil(spanY * scale + 2 * margin),
    at: ([longitude, latitude]) => [
      round(margin + (longitude - box.west) * squeeze * scale),
      round(margin + (box.north - latitude) * scale),
    ],
  }
}

function bounds(features: readonly Feature[]) {
  const box = { west: 180, south: 90, east: -180, north: -90 }
  for (const feature of features) {
    for (const [x, y] of allPoints(feature.geometry?.coordinates)) {
      box.west = Math.min(box.west, x)
      box.east = Math.max(box.east, x)
      box.south = Math.min(box.south, y)
      box.north = Math.max(box.north, y)
    }
  }
  return box.west <= box.east ? box : { west: 0, south: 0, east: 1, north: 1 }
}

function* allPoints(value: unknown): Generator<Point> {
  if (!Array.isArray(value)) return
  if (isPoint(value)) yield [value[0], value[1]]
  else for (const item of value) yield* allPoints(item)
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1])
}

function rings(value: unknown): Point[][] {
  if (!Array.isArray(value)) return []
  if (value.length > 0 && value.every(isPoint)) return [value]
  return value.flatMap(rings)
}

/** The outline of a feature as SVG path data; closed for areas, open for lines, '' for points. */
export function pathOf(feature: Feature, projection: Projection): string {
  const kind = feature.geometry?.type ?? ''
  if (kind.endsWith('Point')) return ''
  const end = kind.endsWith('Polygon') ? 'Z' : ''
  return rings(feature.geometry?.coordinates)
    .map((ring) => `M${ring.map((point) => projection.at(point).join(' ')).join('L')}${end}`)
    .join('')
}

/** The points of a point feature in drawing units. */
export function pointsOf(feature: Feature, projection: Projection): Point[] {
  if (!feature.geometry?.type.endsWith('Point')) return []
  return [...allPoints(feature.geometry.coordinates)].map((point) => projection.at(point))
}

/** Where a label stands best: the centroid of the largest ring, in drawing units. */
export function labelPoint(feature: Feature, projection: Projection): Point | undefined {
  const drawn = rings(feature.geometry?.coordinates).map((ring) => ring.map((point) => projection.at(point)))
  const best = drawn
    .map((ring) => ({ ring, area: Math.abs(signedArea(ring)) }))
    .sort((a, b) => b.area - a.area)[0]
  if (!best) return undefined
  return best.area === 0 ? best.ring[0] : centroid(best.ring)
}

function signedArea(ring: readonly Point[]): number {
  let sum = 0
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    sum += x * nextY - nextX * y
  })
  return sum / 2
}

function centroid(ring: readonly Point[]): Point {
  const area = signedArea(ring)
  let sumX = 0
  let sumY = 0
  ring.forEach(([x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    const cross = x * nextY - nextX * y
    sumX += (x + nextX) * cross
    sumY += (y + nextY) * cross
  })
  return [round(sumX / (6 * area)), round(sumY / (6 * area))]
}

/** Reads unknown JSON as a feature collection; undefined when it is none. */
export function asFeatures(value: unknown): FeatureCollection | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, features } = value as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return undefined
  const good = features.filter(
    (item): item is Feature => typeof item === 'object' && item !== null && 'geometry' in item,
  )
  return { type: 'FeatureCollection', features: good }
}

/** A property of a feature as text; undefined where it has none or where it is no plain value. */
export function propertyText(feature: Feature, key: string): string | undefined {
  const value = feature.properties?.[key]
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
