/** Numbers that grow in number: a typed array that doubles. */
export type Growing = {
  push: (value: number) => void
  readonly length: () => number
  take: () => Uint32Array
}

/** An empty growing list of unsigned 32-bit numbers. */
export function growing(capacity = 1024): Growing {
  let data = new Uint32Array(capacity)
  let length = 0
  return {
    push: (value) => {
      if (length === data.length) {
        const larger = new Uint32Array(data.length * 2)
        larger.set(data)
        data = larger
      }
      data[length++] = value
    },
    length: () => length,
    take: () => data.subarray(0, length),
  }
}

/** Lists of numbers, one per document: the values of `d` lie between `offsets[d]` and `offsets[d + 1]`. */
export type Lists = { readonly offsets: Uint32Array; readonly values: Uint32Array }

/** Packs one list per document. */
export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const offsets = new Uint32Array(lists.length + 1)
  for (const [at, list] of lists.entries()) offsets[at + 1] = offsets[at]! + list.length
  const values = new Uint32Array(offsets[lists.length]!)
  for (const [at, list] of lists.entries()) values.set(list, offsets[at])
  return { offsets, values }
}
