import { mkdir, open, rename } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { analyserOf } from '../engine/analyse.ts'
import type { Collection } from '../engine/collection.ts'
import { lexiconOf } from '../engine/lexicon.ts'
import type { Packed } from '../engine/packing.ts'
import { unpack } from '../engine/packing.ts'
import type { Position } from './log.ts'
import { packedOf, rememberPacked } from './workshop.ts'

/** Rises when words are analysed or stored differently: older snapshots are then not read. */
const FORM = 'allmende-search-4'

type Header = {
  readonly form: string
  readonly position: Position
  readonly learned: number
  readonly words: readonly string[]
  readonly layers: readonly (Omit<Packed, 'memory'> & { readonly bytes: number })[]
}

/** An index with how far in the log it has come, and from how many entries its lexicon was learned. */
export type Saved = {
  readonly collection: Collection
  readonly position: Position
  readonly learned: number
}

/** Writes the index to a file beside the old one and then takes its place, so that a crash leaves the old one. */
export async function saveSnapshot(path: string, { collection, position, learned }: Saved): Promise<void> {
  const packed = collection.layers.map(({ segment }) => packedOf(segment))
  const header: Header = {
    form: FORM,
    position,
    learned,
    words: collection.lexicon.own,
    layers: packed.map(({ size, slots, memory }) => ({ size, slots, bytes: memory.byteLength })),
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${process.pid}`
  const file = await open(temporary, 'w', 0o600)
  try {
    const text = Buffer.from(JSON.stringify(header))
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(text.length))
    await file.writeFile(Buffer.concat([length, text]))
    for (const [at, { memory }] of packed.entries()) {
      await file.writeFile(collection.layers[at]!.dead)
      await file.writeFile(Buffer.from(memory))
    }
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

/** Reads a snapshot; undefined where there is none, it is of another form, or it is cut off. */
export async function loadSnapshot(path: string): Promise<Saved | undefined> {
  const file = await open(path, 'r').catch(() => undefined)
  if (!file) return undefined
  try {
    return await readSnapshot(file)
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}

async function readSnapshot(file: FileHandle): Promise<Saved | undefined> {
  const length = Number((await readBytes(file, new Uint8Array(8))).readBigUInt64LE())
  if (length > 50_000_000) return undefined
  const text = (await readBytes(file, new Uint8Array(length))).toString()
  const header = JSON.parse(text) as Header
  if (header.form !== FORM) return undefined
  const layers = []
  for (const { size, slots, bytes } of header.layers) {
    const dead = new Uint8Array(size)
    await readBytes(file, dead)
    const memory = new SharedArrayBuffer(bytes)
    await readBytes(file, new Uint8Array(memory))
    const packed = { size, slots, memory }
    layers.push({ segment: rememberPacked(unpack(packed), packed), dead })
  }
  const lexicon = lexiconOf(header.words)
  const collection = { layers, lexicon, analyse: analyserOf(lexicon), revision: 1 }
  return { collection, position: header.position, learned: header.learned }
}

async function readBytes(file: FileHandle, into: Uint8Array): Promise<Buffer> {
  for (let at = 0; at < into.length;) {
    const { bytesRead } = await file.read(into, at, Math.min(into.length - at, 1 << 26))
    if (bytesRead === 0) throw new Error('the snapshot is cut off')
    at += bytesRead
  }
  return Buffer.from(into.buffer as ArrayBuffer, into.byteOffset, into.byteLength)
}
