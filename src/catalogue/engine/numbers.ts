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

/** Whole numbers in as few bytes as the largest of them needs. */
export type Narrow = Uint16Array | Uint32Array

/** Room for so many numbers, none above `largest`. */
export function narrow(length: number, largest: number): Narrow {
  return largest < 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length)
}

/** Lists of numbers, one per document: the values of `d` lie between `offsets[d]` and `offsets[d + 1]`. */
export type Lists = { readonly offsets: Uint32Array; readonly values: Narrow }

/**
 * Lists that documents share: document `d` has the list `of[d]`, whose values lie between its offsets. Counting a facet then
 * takes one step per document, however long the lists are.
 */
export type Sets = { readonly of: Narrow; readonly offsets: Uint32Array; readonly values: Uint32Array }
