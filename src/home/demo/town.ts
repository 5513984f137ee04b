import { districtModels, riverModel, type DistrictModel, type Drawn } from './districts.ts'
import { seeded, type Random } from './random.ts'

/** Longitude and latitude in degrees. */
export type Place = [number, number]

/** One building block: the smallest area of the model town. */
export interface Block {
  code: string
  district: DistrictModel
  outline: readonly Drawn[]
  /** Share of the district's dwellings. */
  weight: number
}

/** The ground of the model town. `ags` is invented: no town has it. */
export interface Ground {
  ags: string
  name: string
  districts: readonly DistrictModel[]
  blocks: readonly Block[]
}

/** The seed of the demo that everybody sees. */
export const DEMO_SEED = 2026

const ORIGIN: Place = [11.18, 51.24]
const DEGREE_NORTH = 13 / 111_320
const DEGREE_EAST = DEGREE_NORTH / Math.cos((51.21 * Math.PI) / 180)

/** Lays out the town: districts cut into convex blocks that tile them exactly. */
export function layOut(seed = DEMO_SEED): Ground {
  const random = seeded(seed, 'ground')
  const blocks = districtModels.flatMap((district) =>
    split(district.outline, district.blocks, random).map((outline, index) => ({
      code: `${district.code}-${String(index + 1).padStart(2, '0')}`,
      district,
      outline,
      weight: 0.5 + random.next(),
    })),
  )
  return { ags: '09999001', name: 'Auenstadt', districts: districtModels, blocks }
}

/** Cuts a convex area into `count` pieces of about the same size, always across its longer side. */
function split(outline: readonly Drawn[], count: number, random: Random): readonly (readonly Drawn[])[] {
  if (count === 1) return [outline]
  const first = Math.floor(count / 2)
  const share = first / count + random.normal(0, 0.03)
  const [left, right] = cutByShare(outline, longAxis(outline, random), share)
  return [...split(left, first, random), ...split(right, count - first, random)]
}

function longAxis(outline: readonly Drawn[], random: Random): Drawn {
  const xs = outline.map(([x]) => x)
  const ys = outline.map(([, y]) => y)
  const isWide = Math.max(...xs) - Math.min(...xs) > Math.max(...ys) - Math.min(...ys)
  const tilt = random.normal(0, 0.12)
  return isWide ? [Math.cos(tilt), Math.sin(tilt)] : [Math.sin(tilt), Math.cos(tilt)]
}

function cutByShare(
  outline: readonly Drawn[],
  axis: Drawn,
  share: number,
): [readonly Drawn[], readonly Drawn[]] {
  const along = outline.map((point) => dot(point, axis))
  let low = Math.min(...along)
  let high = Math.max(...along)
  const whole = areaOf(outline)
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (areaOf(halfPlane(outline, axis, middle)) / whole < share) low = middle
    else high = middle
  }
  const back: Drawn = [-axis[0], -axis[1]]
  return [halfPlane(outline, axis, low), halfPlane(outline, back, -low)]
}

/** The part of a convex area where the position along `axis` is at most `limit`. */
function halfPlane(outline: readonly Drawn[], axis: Drawn, limit: number): Drawn[] {
  const kept: Drawn[] = []
  outline.forEach((point, index) => {
    const next = outline[(index + 1) % outline.length] as Drawn
    const here = dot(point, axis) - limit
    const there = dot(next, axis) - limit
    if (here <= 0) kept.push(point)
    if (here * there < 0) {
      const share = here / (here - there)
      kept.push([point[0] + (next[0] - point[0]) * share, point[1] + (next[1] - point[1]) * share])
    }
  })
  return kept
}

function dot([x, y]: Drawn, [a, b]: Drawn): number {
  return x * a + y * b
}

/** Area in drawing units squared; always positive. */
export function areaOf(outline: readonly Drawn[]): number {
  let sum = 0
  outline.forEach(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length] as Drawn
    sum += x * nextY - nextX * y
  })
  return Math.abs(sum) / 2
}

/** A random place inside a block, away from its edges. */
export function placeIn(block: Block, random: Random): Place {
  const weights = block.outline.map(() => 0.35 + random.next())
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let x = 0
  let y = 0
  block.outline.forEach((point, index) => {
    x += (point[0] * (weights[index] as number)) / total
    y += (point[1] * (weights[index] as number)) / total
  })
  return toPlace([x, y])
}

/** Drawing units to degrees, six digits: about ten centimetres. */
function toPlace([x, y]: Drawn): Place {
  return [round6(ORIGIN[0] + x * DEGREE_EAST), round6(ORIGIN[1] - y * DEGREE_NORTH)]
}

function round6(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

// RFC 7946: the outer ring counter-clockwise as seen on a map; the drawing's y grows to the south.
function ring(outline: readonly Drawn[]): Place[] {
  const places = outline.map(toPlace)
  let turn = 0
  places.forEach(([x, y], index) => {
    const [nextX, nextY] = places[(index + 1) % places.length] as Place
    turn += x * nextY - nextX * y
  })
  if (turn < 0) places.reverse()
  return [...places, places[0] as Place]
}

const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features })

/** The districts as GeoJSON with `code` and `name`. */
export function districtsGeoJson(ground: Ground) {
  return collection(
    ground.districts.map((district) => ({
      type: 'Feature' as const,
      properties: { code: district.code, name: district.name },
      geometry: { type: 'Polygon' as const, coordinates: [ring(district.outline)] },
    })),
  )
}

/** The blocks as GeoJSON with `block`, `stadtteil` and the extra properties given. */
export function blocksGeoJson(ground: Ground, extra: (block: Block) => Record<string, unknown> = () => ({})) {
  return collection(
    ground.blocks.map((block) => ({
      type: 'Feature' as const,
      properties: { block: block.code, stadtteil: block.district.name, ...extra(block) },
      geometry: { type: 'Polygon' as const, coordinates: [ring(block.outline)] },
    })),
  )
}

/** The river as GeoJSON. */
export function riverGeoJson() {
  return collection([
    {
      type: 'Feature' as const,
      properties: { name: 'Aue' },
      geometry: { type: 'LineString' as const, coordinates: riverModel.map(toPlace) },
    },
  ])
}
