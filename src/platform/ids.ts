import { randomBytes } from 'node:crypto'

/** A string that only one kind of object may carry as its id. */
export type Brand<B extends string> = string & { readonly __brand: B }

/** A new UUIDv7 (RFC 9562 §5.7): sortable by creation time, 74 random bits. Cast to the room's branded id. */
export function newId<T extends string = string>(at: number = Date.now()): T {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  ) as T
}

/** True for any textual UUID; edges use it to refuse garbage ids before they reach SQL. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)
}
