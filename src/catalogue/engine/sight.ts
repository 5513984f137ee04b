import { listTest } from './count.ts'
import type { Layer } from './merge.ts'
import type { Segment } from './segment.ts'
import { visibilityCodes } from './segment.ts'

/** Whose eyes an index is read with: everything, or what is public and what the given houses may know of. */
export type Sight = { readonly all: boolean; readonly houses: readonly string[] }

const bitmaps = new WeakMap<Segment, Map<string, Uint8Array>>()
const MAX_FACES = 40

/**
 * 1 for each document the reader may know of: public ones, those of her own houses, and those her houses are partners of.
 * The same rule as `visibleEntries`; kept per segment and set of houses, because a segment never changes.
 */
export function visibleIn(layer: Layer, sight: Sight): Uint8Array | undefined {
  if (sight.all) return undefined
  const key = [...sight.houses].sort().join(' ')
  const known = bitmaps.get(layer.segment) ?? new Map<string, Uint8Array>()
  const found = known.get(key)
  if (found) return found
  if (known.size >= MAX_FACES) known.clear()
  const made = flagsOf(layer, sight)
  bitmaps.set(layer.segment, known.set(key, made))
  return made
}

function flagsOf(layer: Layer, { houses }: Sight): Uint8Array {
  const { visibility, size } = layer.segment
  const own = listTest(layer, 'organisation', houses)
  const partner = listTest(layer, 'partner', houses)
  const flags = new Uint8Array(size)
  for (let doc = 0; doc < size; doc++) {
    const code = visibility[doc]!
    const seen =
      code === visibilityCodes.public || own(doc) || (code === visibilityCodes.partners && partner(doc))
    flags[doc] = seen ? 1 : 0
  }
  return flags
}
