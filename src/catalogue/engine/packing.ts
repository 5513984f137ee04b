import type { FacetField, Segment } from './segment.ts'
import { facetFields } from './segment.ts'

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array

const kinds = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const

type Slot = {
  readonly name: string
  readonly kind: keyof typeof kinds
  readonly at: number
  readonly length: number
}

/** A segment as one block of shared memory: another thread reads it without a copy, a file takes it as it is. */
export type Packed = {
  readonly size: number
  readonly slots: readonly Slot[]
  readonly memory: SharedArrayBuffer
}

function flat(segment: Segment): Record<string, Numbers> {
  const { terms, postings, sequence, titles, facets, size, ...columns } = segment
  void size
  const found: Record<string, Numbers> = {
    'terms.bytes': terms.bytes,
    'terms.offsets': terms.offsets,
    'postings.offsets': postings.offsets,
    'postings.docs': postings.docs,
    'postings.weights': postings.weights,
    'sequence.offsets': sequence.offsets,
    'sequence.values': sequence.values,
    'titles.bytes': titles.bytes,
    'titles.offsets': titles.offsets,
    ...columns,
  }
  for (const field of facetFields) {
    found[`${field}.bytes`] = facets[field].names.bytes
    found[`${field}.names`] = facets[field].names.offsets
    found[`${field}.of`] = facets[field].sets.of
    found[`${field}.offsets`] = facets[field].sets.offsets
    found[`${field}.values`] = facets[field].sets.values
  }
  return found
}

const kindOf = (numbers: Numbers): keyof typeof kinds =>
  (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => numbers instanceof kinds[kind])!

/** Copies a segment's arrays into one block of shared memory. */
export function pack(segment: Segment): Packed {
  const slots: Slot[] = []
  let total = 0
  const arrays = flat(segment)
  for (const [name, numbers] of Object.entries(arrays)) {
    slots.push({ name, kind: kindOf(numbers), at: total, length: numbers.length })
    total += Math.ceil(numbers.byteLength / 8) * 8
  }
  const memory = new SharedArrayBuffer(Math.max(8, total))
  for (const slot of slots) {
    const from = arrays[slot.name]!
    new Uint8Array(memory, slot.at, from.byteLength).set(
      new Uint8Array(from.buffer, from.byteOffset, from.byteLength),
    )
  }
  return { size: segment.size, slots, memory }
}

/** A segment over packed memory; nothing is copied. Throws where a part is missing. */
export function unpack(packed: Packed): Segment {
  const arrays = new Map<string, Numbers>()
  for (const { name, kind, at, length } of packed.slots)
    arrays.set(name, new kinds[kind](packed.memory as unknown as ArrayBuffer, at, length))
  const get = <N extends Numbers>(name: string): N => {
    const numbers = arrays.get(name)
    if (!numbers) throw new Error(`no ${name} in the segment`)
    return numbers as N
  }
  const table = (name: string, offsets = 'offsets') => ({
    bytes: get<Uint8Array>(`${name}.bytes`),
    offsets: get<Uint32Array>(`${name}.${offsets}`),
  })
  const lists = (name: string) => ({
    offsets: get<Uint32Array>(`${name}.offsets`),
    values: get<Uint32Array>(`${name}.values`),
  })
  const facets = facetFields.map((field) => {
    const sets = { of: get<Uint16Array>(`${field}.of`), ...lists(field) }
    return [field, { names: table(field, 'names'), sets }]
  })
  return {
    size: packed.size,
    terms: table('terms'),
    postings: {
      offsets: get('postings.offsets'),
      docs: get('postings.docs'),
      weights: get('postings.weights'),
    },
    sequence: lists('sequence'),
    titles: table('titles'),
    ids: get('ids'),
    byId: get('byId'),
    facets: Object.fromEntries(facets) as Segment['facets'] & Record<FacetField, never>,
    visibility: get('visibility'),
    quality: get('quality'),
    starts: get('starts'),
    ends: get('ends'),
    modified: get('modified'),
    bbox: get('bbox'),
  }
}
