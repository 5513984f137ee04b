import { createCipheriv, createHmac, createSecretKey, type Cipheriv, type KeyObject } from 'node:crypto'
import { wholeOf, type Whole } from './whole.ts'

/**
 * Sums over a set of units: how many, and the sum of their record keys. Two sets of equal sums are as good as one. `among`:
 * the column of sets it stands in, and `at` where: what is drawn for one of them is drawn for all.
 */
export type UnitSet = {
  readonly n: Whole
  readonly key: Whole
  readonly among?: SetColumn
  readonly at?: number
}
type SetColumn = {
  readonly blocks: Buffer
  readonly drawn: Map<Cipheriv, Buffer>
  readonly texts: Map<Cipheriv, string>
}

const keyObjects = new WeakMap<Uint8Array, KeyObject>()

/** HMAC-SHA-256. The secret is made ready once: that takes longer than a digest. */
function digestOf(secret: Uint8Array, text: string): Buffer {
  const key = keyObjects.get(secret) ?? createSecretKey(secret)
  keyObjects.set(secret, key)
  return createHmac('sha256', key).update(text).digest()
}

const ciphers = new WeakMap<Uint8Array, Map<string, Cipheriv>>()

/** More purposes than this are not kept ready: a room has a few for each of its measures. */
const mostPurposes = 512

/** AES-256 under a key of its own for each purpose, block by block: the pseudorandom function of cell keys. */
function cipherOf(secret: Uint8Array, purpose: string): Cipheriv {
  const known = ciphers.get(secret) ?? new Map<string, Cipheriv>()
  ciphers.set(secret, known)
  const ready = known.get(purpose)
  if (ready) return ready
  if (known.size >= mostPurposes) known.clear()
  const cipher = createCipheriv('aes-256-ecb', digestOf(secret, `allmende-cell-3|${purpose}`), null)
  cipher.setAutoPadding(false)
  known.set(purpose, cipher)
  return cipher
}

const blockBytes = 32

/** A sum as 64 bits. Throws where it has more, or is no whole number. */
function writeSum(into: DataView, at: number, value: unknown): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
    into.setUint32(at, Math.floor(value / 2 ** 32))
    into.setUint32(at + 4, value % 2 ** 32)
    return
  }
  const sum = BigInt(value as bigint | string)
  if (sum < 0n || sum >= 1n << 64n) throw new RangeError('a sum of keys out of range')
  into.setBigUint64(at, sum)
}

/** Two blocks for each set: a counter and the number of units (56 bits), then the sum of their keys. */
function blocksOf(n: ArrayLike<unknown>, key: ArrayLike<unknown>, count: number): Buffer {
  const bytes = Buffer.alloc(count * blockBytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // By words: thousands of sets are written at a time.
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  for (let i = 0; i < count; i++) {
    const at = i * blockBytes
    writeSum(view, at, n[i] ?? 0)
    if (bytes[at] !== 0) throw new RangeError('too many units')
    writeSum(view, at + 8, key[i] ?? 0)
    for (let word = at / 4; word < at / 4 + 4; word++) words[word + 4] = words[word] ?? 0
    bytes[at + 16] = 1
  }
  return bytes
}

/**
 * The sets of the cells of one table, given by columns: their keys are drawn together, one call for thousands of cells. Throws
 * on sums out of range.
 */
export function setColumn(
  n: ArrayLike<unknown>,
  key: ArrayLike<unknown>,
  count: number,
): (at: number) => UnitSet {
  const among: SetColumn = { blocks: blocksOf(n, key, count), drawn: new Map(), texts: new Map() }
  return (at) => ({ n: wholeOf(n[at]), key: wholeOf(key[at]), among, at })
}

/**
 * Cell key of a set of units, 32 bytes: a pseudorandom function of the set alone, so that the same set gets the same noise
 * in every question, and nobody can add the keys of disjoint sets. `purpose` separates figures and uses.
 */
export function cellKey(secret: Uint8Array, purpose: string, set: UnitSet): Buffer {
  const cipher = cipherOf(secret, purpose)
  if (!set.among) return cipher.update(blocksOf([set.n], [set.key], 1))
  const at = (set.at ?? 0) * blockBytes
  return drawnFor(set.among, cipher).subarray(at, at + blockBytes)
}

/** The number in [0, 1) that a cell key begins with. */
export function cellUniform(secret: Uint8Array, purpose: string, set: UnitSet): number {
  if (!set.among) return uniform(cellKey(secret, purpose, set))
  return uniform(drawnFor(set.among, cipherOf(secret, purpose)), (set.at ?? 0) * blockBytes)
}

function drawnFor(column: SetColumn, cipher: Cipheriv): Buffer {
  const ready = column.drawn.get(cipher)
  if (ready) return ready
  const drawn = cipher.update(column.blocks)
  column.drawn.set(cipher, drawn)
  return drawn
}

/** A number in [0, 1) with 52 random bits, taken from a digest at a byte offset. */
export function uniform(digest: Buffer, offset = 0): number {
  const high = digest.readUInt32BE(offset) >>> 6
  const low = digest.readUInt32BE(offset + 4) >>> 6
  return (high * 2 ** 26 + low) / 2 ** 52
}

/** No number drawn by `normal` is larger: its radius comes from 52 bits. */
export const largestNormal = Math.sqrt(2 * 52 * Math.LN2)

/** A standard normal number from 16 bytes of a digest (Box-Muller). */
export function normal(digest: Buffer, offset = 0): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(digest, offset)))
  return radius * Math.cos(2 * Math.PI * uniform(digest, offset + 8))
}

/** What the ledger stores for a figure: 64 bits that say nothing about the cell. */
export function ledgerKey(secret: Uint8Array, purpose: string, set: UnitSet): string {
  const cipher = cipherOf(secret, purposeOf('ledger', purpose))
  if (!set.among) return cipher.update(blocksOf([set.n], [set.key], 1)).toString('hex', 0, 8)
  let text = set.among.texts.get(cipher)
  if (text === undefined) set.among.texts.set(cipher, (text = drawnFor(set.among, cipher).toString('hex')))
  const at = (set.at ?? 0) * 2 * blockBytes
  return text.slice(at, at + 16)
}

const purposes = new Map<string, Map<string, string>>()

/** A purpose made of two words. Put together once: a table asks for the same few, thousands of times. */
export function purposeOf(what: string, of: string): string {
  const known = purposes.get(what) ?? new Map<string, string>()
  purposes.set(what, known)
  const ready = known.get(of)
  if (ready !== undefined) return ready
  if (known.size >= mostPurposes) known.clear()
  const purpose = `${what}|${of}`
  known.set(of, purpose)
  return purpose
}

/** Keyed hash of a unit id: equal ids of one unit type are equal in every table of the installation. 63 bits. */
export function unitHash(secret: Uint8Array, unitType: string, id: string): bigint {
  const digest = digestOf(secret, `${unitType}|${id.normalize('NFC').trim()}`)
  return digest.readBigUInt64BE(0) >> 1n
}

/** The record key of a unit: 31 bits, so that sums of it stay cheap whole numbers; why that is enough: docs/adr/0011. */
export function recordKey(secret: Uint8Array, unitType: string, unit: bigint): number {
  return digestOf(secret, `${unitType}|${unit}`).readUInt32BE(0) >>> 1
}
