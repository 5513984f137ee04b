import type { Layer } from './merge.ts'

/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** A field of the map with how many entries have their middle in it. */
export type Cluster = { readonly box: Box; readonly middle: readonly [number, number]; readonly n: number }

/** Where hits lie: fields of a grid over `window`, entries that cover more than the window, and those without a place. */
export type Spread = {
  readonly window: Box
  readonly clusters: readonly Cluster[]
  readonly wide: number
  readonly nowhere: number
}

/** Collects hits and says where they lie. */
export type Spreading = {
  readonly add: (layer: Layer, doc: number) => void
  readonly result: (window?: Box) => Spread
}

const COLUMNS = 10
const ROWS = 8

/** An empty collection of places. */
export function createSpreading(): Spreading {
  const boxes: number[] = []
  let nowhere = 0
  return {
    add: ({ segment }, doc) => {
      const at = doc * 4
      const { bbox } = segment
      if (Number.isNaN(bbox[at]!)) nowhere++
      else boxes.push(bbox[at]!, bbox[at + 1]!, bbox[at + 2]!, bbox[at + 3]!)
    },
    result: (window) => ({ ...spread(boxes, window ?? around(boxes)), nowhere }),
  }
}

/** The box around the middles of all, with a margin; a degree around a single one. */
function around(boxes: readonly number[]): Box {
  if (boxes.length === 0) return [5.8, 47.2, 15.1, 55.1]
  let [west, south, east, north] = [180, 90, -180, -90]
  for (let at = 0; at < boxes.length; at += 4) {
    west = Math.min(west, boxes[at]!)
    south = Math.min(south, boxes[at + 1]!)
    east = Math.max(east, boxes[at + 2]!)
    north = Math.max(north, boxes[at + 3]!)
  }
  const margin = [Math.max(0.01, (east - west) * 0.04), Math.max(0.01, (north - south) * 0.04)] as const
  return [
    Math.max(-180, west - margin[0]),
    Math.max(-90, south - margin[1]),
    Math.min(180, east + margin[0]),
    Math.min(90, north + margin[1]),
  ]
}

function spread(boxes: readonly number[], window: Box): Omit<Spread, 'nowhere'> {
  const [west, south, east, north] = window
  const [width, height] = [(east - west) / COLUMNS, (north - south) / ROWS]
  const cells = Array.from({ length: COLUMNS * ROWS }, () => ({ n: 0, x: 0, y: 0 }))
  let wide = 0
  for (let at = 0; at < boxes.length; at += 4) {
    const [x, y] = [(boxes[at]! + boxes[at + 2]!) / 2, (boxes[at + 1]! + boxes[at + 3]!) / 2]
    const covers =
      boxes[at]! <= west && boxes[at + 1]! <= south && boxes[at + 2]! >= east && boxes[at + 3]! >= north
    if (covers || x < west || x > east || y < south || y > north) {
      wide++
      continue
    }
    const column = Math.min(COLUMNS - 1, Math.floor((x - west) / width))
    const row = Math.min(ROWS - 1, Math.floor((y - south) / height))
    const cell = cells[row * COLUMNS + column]!
    cell.n++
    cell.x += x
    cell.y += y
  }
  const clusters = cells.flatMap(({ n, x, y }, at) => {
    if (n === 0) return []
    const [left, low] = [west + (at % COLUMNS) * width, south + Math.floor(at / COLUMNS) * height]
    return [{ n, middle: [x / n, y / n] as const, box: [left, low, left + width, low + height] as const }]
  })
  return { window, clusters, wide }
}
