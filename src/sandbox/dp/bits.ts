import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** Where random bits come from: a whole number of `count` fair bits, each used once. */
export type Bits = (count: number) => bigint

/** Bytes drawn at a time; one figure needs some twenty of them. */
const portion = 8_192

/** Bits of the operating system's cryptographic generator: what protected answers are drawn from. */
export function systemBits(): Bits {
  return bitsOf(() => randomBytes(portion))
}

/** Bits that a text decides (AES-256 in counter mode), so that a test draws the same each time. Never for answers. */
export function seededBits(seed: string): Bits {
  const key = createHash('sha256').update(seed).digest()
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return bitsOf(() => stream.update(Buffer.alloc(portion)))
}

function bitsOf(more: () => Buffer): Bits {
  let bytes: Buffer = Buffer.alloc(0)
  let at = 0
  let held = 0
  let left = 0
  const byte = () => {
    if (at >= bytes.length) [bytes, at] = [more(), 0]
    return bytes[at++] ?? 0
  }
  const few = (count: number) => {
    while (left < count) [held, left] = [held * 256 + byte(), left + 8]
    const rest = 2 ** (left - count)
    const value = Math.floor(held / rest)
    ;[held, left] = [held - value * rest, left - count]
    return value
  }
  return (count) => {
    if (count <= 32) return BigInt(few(count))
    let value = 0n
    for (let open = count; open > 0; open -= 32) {
      const take = Math.min(open, 32)
      value = (value << BigInt(take)) | BigInt(few(take))
    }
    return value
  }
}
