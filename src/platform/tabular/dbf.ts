import { finding, type Finding } from '../finding.ts'
import { decodeText } from './decode.ts'
import { uniqueNames } from './dialect.ts'
import type { Table, TableLimits, TextEncoding } from './table.ts'

type Field = { readonly name: string; readonly type: string; readonly at: number; readonly length: number }

/** An attribute table with the columns that are declared as text. */
export type DbfTable = {
  readonly table: Table
  readonly encoding: TextEncoding | 'cp850'
  readonly texts: readonly boolean[]
}

const versions = new Set([0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x83, 0x8b, 0xf5])

/** True for a dBASE table: a known version, a plausible date, and a header whose length fits its fields. */
export function isDbf(bytes: Uint8Array): boolean {
  if (bytes.length < 65 || !versions.has(bytes[0] ?? 0)) return false
  const [month = 0, day = 0] = [bytes[2], bytes[3]]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [header, record] = [view.getUint16(8, true), view.getUint16(10, true)]
  return month <= 12 && day <= 31 && header >= 65 && header <= bytes.length && record > 1 && header % 32 < 8
}

/** Reads a dBASE table (the attributes of a shapefile). Deleted records are left out; never throws. */
export function readDbf(bytes: Uint8Array, limits: TableLimits): DbfTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [header, width] = [view.getUint16(8, true), view.getUint16(10, true)]
  const fields = fieldsOf(bytes, header).slice(0, limits.maxColumns)
  const there = Math.floor((bytes.length - header) / width)
  const declared = view.getUint32(4, true)
  const read = Math.min(there, declared, limits.maxRows)
  const { encoding, decode, findings } = decoderOf(bytes, header)
  const rows: string[][] = []
  for (let i = 0; i < read; i++) {
    const record = bytes.subarray(header + i * width, header + (i + 1) * width)
    if (record[0] === 0x2a) continue
    rows.push(fields.map((f) => cellOf(decode(record.subarray(f.at, f.at + f.length)), f.type)))
  }
  const said = [...findings, ...countFindings({ declared, there, deleted: read - rows.length })]
  const names = uniqueNames(
    fields.map((f) => f.name),
    fields.length,
  )
  const truncated = Math.min(there, declared) > limits.maxRows
  return {
    table: { header: names, rows, dialect: null, truncated, findings: said },
    encoding,
    texts: fields.map((f) => f.type === 'C'),
  }
}

function fieldsOf(bytes: Uint8Array, header: number): Field[] {
  const fields: Field[] = []
  let at = 1
  for (let from = 32; from + 32 <= header && bytes[from] !== 0x0d; from += 32) {
    const raw = bytes.subarray(from, from + 11)
    const end = raw.indexOf(0)
    const name = new TextDecoder('windows-1252').decode(end < 0 ? raw : raw.subarray(0, end))
    const length = bytes[from + 16] ?? 0
    fields.push({ name, type: String.fromCharCode(bytes[from + 11] ?? 0), at, length })
    at += length
  }
  return fields
}

function decoderOf(bytes: Uint8Array, header: number) {
  const language = bytes[29] ?? 0
  if (language === 0x02) return { encoding: 'cp850' as const, decode: decode850, findings: [] }
  if (language === 0x03 || language === 0x57) {
    const decoder = new TextDecoder('windows-1252')
    return { encoding: 'windows-1252' as const, decode: (b: Uint8Array) => decoder.decode(b), findings: [] }
  }
  // No word about it in the file: as text files are decoded.
  const { encoding, findings } = decodeText(bytes.subarray(header).map((byte) => (byte === 0 ? 32 : byte)))
  const decoder = new TextDecoder(encoding)
  return { encoding, decode: (b: Uint8Array) => decoder.decode(b), findings }
}

const upper850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´­±‗¾¶§÷¸°¨·¹³²■ '

function decode850(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => (b < 128 ? String.fromCharCode(b) : (upper850[b - 128] ?? '�'))).join('')
}

function cellOf(text: string, type: string): string {
  const plain = text.replaceAll('\0', '').trim()
  if (/^\*+$/.test(plain)) return ''
  if (type === 'D') return /^[1-9]\d{7}$/.test(plain) ? plain.replace(/^(....)(..)(..)$/, '$1-$2-$3') : ''
  if (type !== 'L') return plain
  return /^[TYJ1]$/i.test(plain) ? 'true' : /^[FN0]$/i.test(plain) ? 'false' : ''
}

function countFindings(seen: { declared: number; there: number; deleted: number }): Finding[] {
  const { declared, there, deleted } = seen
  const cut = finding('warning', 'cut', {
    de: `Die Datei ist abgeschnitten: ${there} von ${declared} Zeilen sind da.`,
    en: `The file is cut off: ${there} of ${declared} rows are there.`,
  })
  const gone = finding('info', 'deleted-rows', {
    de: `${deleted} als gelöscht gekennzeichnete Zeilen wurden ausgelassen.`,
    en: `${deleted} rows marked as deleted were left out.`,
  })
  return [...(there < declared ? [cut] : []), ...(deleted > 0 ? [gone] : [])]
}
