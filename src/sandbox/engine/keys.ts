import { createCipheriv, createHmac, createSecretKey, type Cipheriv, type KeyObject } from 'node:crypto'

/**
 * Sums over a set of units: how many, and the sum of their record keys. Two sets of equal sums are as good as one. `among`:
 * the column of sets it stands in, and where: what is drawn for one of them is drawn for all.
 */
export type UnitSet = { readonly n: bigint; readonly key: bigint; readonly among?: Among }
type Among = { readonly column: SetColumn; readonly at: number }
type SetColumn = { readonly blocks: Buffer; readonly drawn: Map<Cipheriv, Buffer> }

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

const most = { n: 1n << 56n, key: 1n << 64n }
const blockBytes = 32

/** Two blocks for a set: a counter and the number of units, then the sum of their keys. Throws on sums out of range. */
function writeBlocks(into: Buffer, at: number, { n, key }: UnitSet): void {
  if (n < 0n || n >= most.n || key < 0n || key >= most.key) throw new RangeError('a sum of keys out of range')
  for (const counter of [0n, 1n]) {
    const from = at * blockBytes + Number(counter) * 16
    into.writeBigUInt64BE((counter << 56n) | n, from)
    into.writeBigUInt64BE(key, from + 8)
  }
}

/** Sets of the cells of one table whose keys are drawn together: one call for thousands of cells. */
export function setColumn(sets: readonly UnitSet[]): UnitSet[] {
  const blocks = Buffer.alloc(sets.length * blockBytes)
  const column: SetColumn = { blocks, drawn: new Map() }
  return sets.map((set, at) => {
    writeBlocks(blocks, at, set)
    return { n: set.n, key: set.key, among: { column, at } }
  })
}

/**
 * Cell key of a set of units, 32 bytes: a pseudorandom function of the set alone, so that the same set gets the same noise
 * in every question, and nobody can add the keys of disjoint sets. `purpose` separates figures and uses.
 */
export function cellKey(secret: Uint8Array, purpose: string, set: UnitSet): Buffer {
  const cipher = cipherOf(secret, purpose)
  if (!set.among) {
    const blocks = Buffer.alloc(blockBytes)
    writeBlocks(blocks, 0, set)
    return cipher.update(blocks)
  }
  const { column, at } = set.among
  let drawn = column.drawn.get(cipher)
  if (!drawn) column.drawn.set(cipher, (drawn = cipher.update(column.blocks)))
  return drawn.subarray(at * blockBytes, (at + 1) * blockBytes)
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
  return cellKey(secret, `ledger|${purpose}`, set).toString('hex', 0, 8)
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
