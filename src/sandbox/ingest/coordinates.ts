import { finding, type Finding } from '../../platform/finding.ts'
import type { SourceColumn } from './column.ts'

type Range = readonly [number, number]
type System = { readonly epsg: number; readonly name: string; readonly x: Range; readonly y: Range }

const north: Range = [5_200_000, 6_150_000]

/** Coordinate systems of German registers by the numbers they give inside Germany; the first that fits is taken. */
const systems: readonly System[] = [
  { epsg: 4326, name: 'WGS 84', x: [5, 16], y: [46, 56] },
  { epsg: 25832, name: 'ETRS89/UTM 32', x: [200_000, 950_000], y: north },
  { epsg: 4647, name: 'ETRS89/UTM 32 (zE-N)', x: [32_200_000, 32_950_000], y: north },
  { epsg: 31466, name: 'Gauß-Krüger 2', x: [2_450_000, 2_700_000], y: north },
  { epsg: 31467, name: 'Gauß-Krüger 3', x: [3_300_000, 3_750_000], y: north },
  { epsg: 31468, name: 'Gauß-Krüger 4', x: [4_300_000, 4_750_000], y: north },
  { epsg: 31469, name: 'Gauß-Krüger 5', x: [5_300_000, 5_750_000], y: north },
  { epsg: 3857, name: 'Web Mercator', x: [600_000, 1_750_000], y: [5_900_000, 7_500_000] },
]

const eastNames =
  /(^|[^a-zäöü])(x|lon|lng|long|longitude|laenge|länge|längengrad|laengengrad|geogr[. _]*laenge|rechts|rechtswert|ost|ostwert|easting|koorx|xcoord|xcenter|utm_?e|rechts_?utm)([^a-z]|$|_)/i
const northNames =
  /(^|[^a-zäöü])(y|lat|latitude|breite|breitengrad|geogr[. _]*breite|hoch|hochwert|nord|nordwert|northing|koory|ycoord|ycenter|utm_?n|hoch_?utm)([^a-z]|$|_)/i

/** Two columns that together say where something is. */
export type Place = { readonly x: number; readonly y: number; readonly epsg: number; readonly name: string }

/** Pairs of columns with coordinates, found by their values and, where columns do not stand side by side, by their names. */
export function placesOf(columns: readonly SourceColumn[]): Place[] {
  const places: Place[] = []
  const taken = new Set<number>()
  for (const [x, east] of columns.entries()) {
    for (const [y, northing] of columns.entries()) {
      if (x === y || taken.has(x) || taken.has(y)) continue
      const named = eastNames.test(east.source) && northNames.test(northing.source)
      if (!named && (Math.abs(x - y) !== 1 || !isFine(east) || !isFine(northing))) continue
      const system = systems.find((s) => within(east, s.x) && within(northing, s.y))
      if (!system) continue
      places.push({ x, y, epsg: system.epsg, name: system.name })
      taken.add(x).add(y)
    }
  }
  return places
}

/** Unnamed columns count only with many different values; degrees must have decimals to be told from other numbers. */
function isFine(column: SourceColumn): boolean {
  const many = column.distinct >= 20
  return many && (column.decimals >= 4 || (typeof column.min === 'number' && column.min > 100_000))
}

/** Most values lie inside; single ones may be wrong. */
function within(column: SourceColumn, [low, high]: Range): boolean {
  if (column.type !== 'decimal' && column.type !== 'integer') return false
  const numbers = column.values.filter((v) => typeof v.value === 'number')
  const inside = numbers.filter(({ value }) => Number(value) >= low && Number(value) <= high)
  return numbers.length > 0 && inside.length >= numbers.length * 0.9
}

/** Says which system was recognised and that single places stay hidden. */
export function placeFinding(place: Place, columns: readonly SourceColumn[]): Finding {
  const [x, y] = [columns[place.x]?.source ?? '', columns[place.y]?.source ?? '']
  return finding(
    'info',
    'coordinates',
    {
      de: `„${x}“ und „${y}“ sind Koordinaten (${place.name}, EPSG:${place.epsg}). Orte einzelner Zeilen bleiben verborgen; als Raster (Klassen von 1000 Metern) lassen sie sich freigeben.`,
      en: `“${x}” and “${y}” are coordinates (${place.name}, EPSG:${place.epsg}). Places of single rows stay hidden; they can be opened as a grid (bands of 1000 metres).`,
    },
    x,
  )
}
