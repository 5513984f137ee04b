import { unitHash } from '../engine/keys.ts'
import type { UnitType } from '../engine/roles.ts'
import type { SourceRow } from './contract.ts'

/**
 * Ids of rows that are units themselves, made of what stands in them: the same rows in another order keep their ids, and so
 * their noise. Equal rows are told apart by counting them; 64 bits of a keyed hash tell the others apart.
 */
export function rowUnits(secret: Uint8Array, unitType: UnitType): (row: SourceRow) => bigint {
  const seen = growingSet()
  const again = new Map<bigint, number>()
  return (row) => {
    const content = JSON.stringify(row)
    const first = unitHash(secret, unitType, content)
    if (seen.add(BigInt.asUintN(64, first))) return first
    const nth = (again.get(first) ?? 0) + 1
    again.set(first, nth)
    return unitHash(secret, unitType, `${content}#${nth}`)
  }
}

/** A set of 64-bit numbers in one array: 16 bytes for each, where a Map of millions would take ten times as much. */
function growingSet(): { add: (value: bigint) => boolean } {
  let slots = new BigUint64Array(1_024)
  let used = 0
  const place = (into: BigUint64Array, value: bigint): boolean => {
    const mask = into.length - 1
    let at = Number(value & 0x7fffffffn) & mask
    while (into[at] !== 0n) {
      if (into[at] === value) return false
      at = (at + 1) & mask
    }
    into[at] = value
    return true
  }
  const grow = () => {
    const more = new BigUint64Array(slots.length * 2)
    for (const value of slots) if (value !== 0n) place(more, value)
    slots = more
  }
  const add = (value: bigint) => {
    if (used * 2 >= slots.length) grow()
    const fresh = place(slots, value === 0n ? 1n : value)
    if (fresh) used++
    return fresh
  }
  return { add }
}
