/** Maps a domain onto a range, straight; a domain without width maps to the start of the range. */
export function linear(
  domain: readonly [number, number],
  range: readonly [number, number],
): (value: number) => number {
  const width = domain[1] - domain[0]
  if (width === 0) return () => range[0]
  return (value) => round(range[0] + ((value - domain[0]) / width) * (range[1] - range[0]))
}

/** Round values (1, 2 or 5 times a power of ten) that cover the domain, about `count` of them. */
export function ticks(min: number, max: number, count = 5): number[] {
  if (!(max > min)) return [min]
  const raw = (max - min) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10)
  // Whole steps are counted, so that sums of small steps do not drift.
  const first = Math.floor(min / step)
  const last = Math.ceil(max / step)
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

/** Two digits after the point: enough for a drawing, short enough for a page. */
function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** Smallest and largest of the finite values; [0, 1] when there is none. */
export function extent(values: Iterable<number | null>): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : [0, 1]
}

/** At most `count` of the items, evenly spread, the first always among them. */
export function thin<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.ceil(items.length / count))
  return items.filter((_, index) => index % step === 0)
}
