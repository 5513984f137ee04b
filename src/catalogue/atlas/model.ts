import type { Box, Cluster, Spread } from '../engine/clusters.ts'

/** A window of the map with the drawing it is shown in: 1 unit of the drawing is the same way in both directions. */
export type Drawing = {
  readonly width: number
  readonly height: number
  readonly at: (point: readonly [longitude: number, latitude: number]) => readonly [number, number]
}

const WIDTH = 620

/** The drawing of a window: equirectangular around its middle latitude, north up. */
export function drawingOf([west, south, east, north]: Box, width = WIDTH): Drawing {
  const squeeze = Math.max(0.1, Math.cos((((south + north) / 2) * Math.PI) / 180))
  const spanX = Math.max((east - west) * squeeze, 1e-6)
  const spanY = Math.max(north - south, 1e-6)
  // Very flat or very tall windows are drawn no more than twice as long as wide.
  const height = Math.round(width * Math.min(2, Math.max(0.4, spanY / spanX)))
  return {
    width,
    height,
    at: ([longitude, latitude]) => [
      round(((longitude - west) / Math.max(east - west, 1e-6)) * width),
      round(((north - latitude) / spanY) * height),
    ],
  }
}

const round = (value: number) => Math.round(value * 10) / 10

/** The window twice as wide around the same middle, at most the world. */
export function wider([west, south, east, north]: Box): Box {
  const [x, y] = [(east - west) / 2, (north - south) / 2]
  return inside([west - x, south - y, east + x, north + y])
}

/** The window half a width further in a direction. */
export function moved([west, south, east, north]: Box, x: number, y: number): Box {
  const [byX, byY] = [((east - west) / 2) * x, ((north - south) / 2) * y]
  return inside([west + byX, south + byY, east + byX, north + byY])
}

function inside([west, south, east, north]: Box): Box {
  return [Math.max(-180, west), Math.max(-90, south), Math.min(180, east), Math.min(90, north)]
}

/** A window as it stands in an address: four numbers with four digits after the point (about ten metres). */
export function writeBox(box: Box): string {
  return box.map((side) => String(Math.round(side * 10_000) / 10_000)).join(',')
}

/** Lines of a net of degrees through a window, about five each way, at round numbers. */
export function netOf([west, south, east, north]: Box): { meridians: number[]; parallels: number[] } {
  return { meridians: roundSteps(west, east), parallels: roundSteps(south, north) }
}

function roundSteps(from: number, to: number): number[] {
  const raw = (to - from) / 5
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, 1e-6)))
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? power
  const found: number[] = []
  for (let at = Math.ceil(from / step); at * step <= to; at++) found.push(Math.round(at * step * 1e6) / 1e6)
  return found
}

/** The radius of a circle for so many entries; its area grows with the logarithm, so that small ones can still be hit. */
export function radiusOf(n: number): number {
  return Math.round(14 + 7 * Math.log2(n) ** 0.8)
}

const FEW_COLUMNS = 5
const FEW_ROWS = 4

/** The same hits in fields twice as wide and high, for a small drawing. */
export function fewer({ window: [west, south, east, north], clusters }: Spread): Cluster[] {
  const [width, height] = [(east - west) / FEW_COLUMNS, (north - south) / FEW_ROWS]
  const fields = Map.groupBy(clusters, ({ middle: [x, y] }) => {
    const column = Math.min(FEW_COLUMNS - 1, Math.floor((x - west) / width))
    return Math.min(FEW_ROWS - 1, Math.floor((y - south) / height)) * FEW_COLUMNS + column
  })
  return [...fields.values()].map((parts) => {
    const n = parts.reduce((sum, part) => sum + part.n, 0)
    const mean = (at: 0 | 1) => parts.reduce((sum, part) => sum + part.middle[at] * part.n, 0) / n
    const side = (at: 0 | 1 | 2 | 3, pick: (...values: number[]) => number) =>
      pick(...parts.map((part) => part.box[at]))
    const box = [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)] as const
    return { n, middle: [mean(0), mean(1)] as const, box }
  })
}
