import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflateSync } from 'node:zlib'

const kern = dirname(createRequire(import.meta.url).resolve('@kern-ux/native/package.json'))
const cache = new Map<string, Buffer>()

/** The bytes of KERN's Noto Sans as OpenType, unpacked once: the PDF library's own unpacking takes seconds each time. */
export function fontBytes(weight: 'Regular' | 'Bold'): Buffer {
  const known = cache.get(weight)
  if (known) return known
  const bytes = unpackWoff(readFileSync(join(kern, 'dist', 'fonts', 'noto-sans', `NotoSans-${weight}.woff`)))
  cache.set(weight, bytes)
  return bytes
}

/** Turns a WOFF 1.0 file (W3C, 2012: header §3, table directory §4) into the OpenType file it was made from. */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new TypeError('not a WOFF 1.0 file')
  const count = woff.readUInt16BE(12)
  const head = Buffer.alloc(12 + count * 16)
  woff.copy(head, 0, 4, 8)
  const power = 2 ** Math.floor(Math.log2(count))
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(power * 16, 6)
  head.writeUInt16BE(Math.log2(power), 8)
  head.writeUInt16BE((count - power) * 16, 10)
  const parts: Buffer[] = [head]
  let offset = head.length
  for (let index = 0; index < count; index++) {
    const table = tableAt(woff, 44 + index * 20)
    const at = 12 + index * 16
    head.write(table.tag, at, 'latin1')
    head.writeUInt32BE(table.checksum, at + 4)
    head.writeUInt32BE(offset, at + 8)
    head.writeUInt32BE(table.data.length, at + 12)
    const padding = Buffer.alloc(-table.data.length & 3)
    parts.push(table.data, padding)
    offset += table.data.length + padding.length
  }
  return Buffer.concat(parts)
}

function tableAt(woff: Buffer, at: number): { tag: string; checksum: number; data: Buffer } {
  const start = woff.readUInt32BE(at + 4)
  const packed = woff.subarray(start, start + woff.readUInt32BE(at + 8))
  const data = packed.length < woff.readUInt32BE(at + 12) ? inflateSync(packed) : packed
  return { tag: woff.toString('latin1', at, at + 4), checksum: woff.readUInt32BE(at + 16), data }
}
