/** A whole number: exact as a plain number where that is possible, else a bigint. */
export type Whole = number | bigint

const safe = BigInt(Number.MAX_SAFE_INTEGER)

/** A raw figure as a whole number; nothing is 0. The same figure always has the same form. Throws on anything else. */
export function wholeOf(value: unknown): Whole {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  if (value === null || value === undefined) return 0
  const isText = typeof value === 'string' && /^-?\d+$/.test(value)
  if (typeof value !== 'bigint' && !isText) throw new Error('a raw figure is no whole number')
  const big = BigInt(value)
  return big <= safe && big >= -safe ? Number(big) : big
}

/** The sum of whole numbers, exact: plain numbers are added up as long as they can be. */
export function sumOf(values: Iterable<Whole>): Whole {
  let [small, large] = [0, 0n]
  for (const value of values) {
    const next = typeof value === 'number' ? small + value : Number.NaN
    if (Number.isSafeInteger(next)) small = next
    else large += BigInt(value)
  }
  return large === 0n ? small : wholeOf(large + BigInt(small))
}
