import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** Sums over a set of units: how many, and the sum of their record keys. Two sets of equal sums are as good as one. */
export type UnitSet = { readonly n: bigint; readonly key: bigint }

const keyObjects = new WeakMap<Uint8Array, KeyObject>()

/** HMAC-SHA-256. The secret is made ready once: that takes longer than a digest. */
function digestOf(secret: Uint8Array, text: string): Buffer {
  const key = keyObjects.get(secret) ?? createSecretKey(secret)
  keyObjects.set(secret, key)
  return createHmac('sha256', key).update(text).digest()
}

/**
 * Cell key of a set of units: a pseudorandom function of the set alone, so that the same set gets the same noise in
 * every question, and nobody can add the keys of disjoint sets. `purpose` separates figures and uses.
 */
export function cellKey(secret: Uint8Array, purpose: string, set: UnitSet): Buffer {
  return digestOf(secret, `allmende-cell-2|${purpose}|${set.n}|${set.key}`)
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
