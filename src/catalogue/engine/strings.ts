/** Many texts as one block of bytes: text `i` lies between `offsets[i]` and `offsets[i + 1]`, in UTF-8. */
export type StringTable = { readonly bytes: Uint8Array; readonly offsets: Uint32Array }

/** Packs texts in the given order. */
export function tableOf(texts: readonly string[]): StringTable {
  const offsets = new Uint32Array(texts.length + 1)
  let total = 0
  for (const [at, text] of texts.entries()) {
    total += Buffer.byteLength(text)
    offsets[at + 1] = total
  }
  const bytes = Buffer.allocUnsafe(total)
  for (const [at, text] of texts.entries()) bytes.write(text, offsets[at]!)
  return { bytes, offsets }
}

/** How many texts a table has. */
export function sizeOf(table: StringTable): number {
  return table.offsets.length - 1
}

/** One text of a table. */
export function textAt(table: StringTable, at: number): string {
  const { bytes, offsets } = table
  const view = bytes instanceof Buffer ? bytes : bufferOver(bytes)
  return view.toString('utf8', offsets[at], offsets[at + 1])
}

const buffers = new WeakMap<Uint8Array, Buffer>()

// A Buffer over the same memory decodes shared memory too, which TextDecoder refuses.
function bufferOver(bytes: Uint8Array): Buffer {
  const known = buffers.get(bytes)
  if (known) return known
  const made = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  buffers.set(bytes, made)
  return made
}

/** All texts of a table. */
export function allTexts(table: StringTable): string[] {
  return Array.from({ length: sizeOf(table) }, (_, at) => textAt(table, at))
}

/** The first place in a sorted table whose text is not below `text`. */
export function lowerBound(table: StringTable, text: string): number {
  let low = 0
  let high = sizeOf(table)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (textAt(table, middle) < text) low = middle + 1
    else high = middle
  }
  return low
}

/** Where a text stands in a sorted table; -1 if it is not there. */
export function placeOf(table: StringTable, text: string): number {
  const at = lowerBound(table, text)
  return at < sizeOf(table) && textAt(table, at) === text ? at : -1
}

/** From and to (exclusive) of the texts of a sorted table that begin with `prefix`. */
export function prefixRange(table: StringTable, prefix: string): readonly [number, number] {
  return [lowerBound(table, prefix), lowerBound(table, `${prefix}\uffff`)]
}
