import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'
import { finding, type Finding } from '../finding.ts'
import { listZip, readZipEntry, type ZipEntry } from './zip.ts'

/** Unpacked bytes; null when the archive was refused, with the reason as a finding. `name`: the file inside the archive. */
export type Unpacked = {
  bytes: Uint8Array | null
  packed: 'gzip' | 'zip' | null
  name: string | null
  findings: Finding[]
}

/** Ratio above which an archive counts as a bomb; deflate reaches 1 000, real tables stay far below 200. */
const maxPackingRatio = 200

/** Below this size the ratio does not matter: it can do no harm. */
const harmless = 16 * 1024 * 1024

const unzip = promisify(gunzip)

/** True for the first bytes of a ZIP archive (also XLSX and ODS). */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

/** Unpacks gzip and a ZIP with exactly one table in it; anything else passes through. Bombs are refused with a finding. */
export async function unpack(bytes: Uint8Array, maxBytes: number): Promise<Unpacked> {
  if (bytes.length > maxBytes) return refused(null, tooLarge(maxBytes))
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return unpackGzip(bytes, maxBytes)
  if (isZip(bytes)) return unpackZip(bytes, maxBytes)
  return { bytes, packed: null, name: null, findings: [] }
}

async function unpackGzip(bytes: Uint8Array, maxBytes: number): Promise<Unpacked> {
  try {
    const limit = Math.min(maxBytes, Math.max(harmless, bytes.length * maxPackingRatio))
    return { bytes: await unzip(bytes, { maxOutputLength: limit }), packed: 'gzip', name: null, findings: [] }
  } catch (error) {
    const bomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return refused('gzip', bomb ? bombFinding() : damaged())
  }
}

function unpackZip(bytes: Uint8Array, maxBytes: number): Unpacked {
  const bad = checkZip(bytes, maxBytes)
  if (bad) return refused('zip', bad)
  const files = (listZip(bytes) ?? []).filter((e) => !e.name.endsWith('/') && !e.name.startsWith('__MACOSX'))
  const [only] = files
  if (!only || files.length > 1) return refused('zip', manyFiles(files))
  const inner = readZipEntry(bytes, only, maxBytes)
  return inner ? { bytes: inner, packed: 'zip', name: only.name, findings: [] } : refused('zip', damaged())
}

/**
 * Checks a ZIP (also an XLSX) before anybody unpacks it: every entry is really inflated under its declared size, so a
 * false size does not help. Gives the finding that speaks against it, or null.
 */
export function checkZip(bytes: Uint8Array, maxBytes: number): Finding | null {
  const entries = listZip(bytes)
  if (!entries) return damaged()
  if (entries.length > 10_000) return bombFinding()
  const total = entries.reduce((sum, e) => sum + e.size, 0)
  if (total > maxBytes || (total > harmless && total > bytes.length * maxPackingRatio)) return bombFinding()
  for (const entry of entries) {
    if (entry.method === 0) continue
    const inner = readZipEntry(bytes, entry, entry.size)
    if (!inner) return damaged()
  }
  return null
}

function refused(packed: 'gzip' | 'zip' | null, reason: Finding): Unpacked {
  return { bytes: null, packed, name: null, findings: [reason] }
}

function tooLarge(maxBytes: number): Finding {
  const mib = Math.floor(maxBytes / 1024 / 1024)
  return finding('error', 'too-large', {
    de: `Die Datei ist größer als ${mib} MiB. Bitte teilen Sie sie auf.`,
    en: `The file is larger than ${mib} MiB. Please split it.`,
  })
}

function bombFinding(): Finding {
  return finding('error', 'packed-bomb', {
    de: 'Das Archiv entpackt sich zu einer ungewöhnlich großen Datei und wurde nicht geöffnet. Bitte laden Sie die Datei unverpackt hoch.',
    en: 'The archive unpacks to an unusually large file and was not opened. Please upload the file unpacked.',
  })
}

function damaged(): Finding {
  return finding('error', 'packed-damaged', {
    de: 'Das Archiv ist beschädigt oder verschlüsselt und lässt sich nicht öffnen.',
    en: 'The archive is damaged or encrypted and can not be opened.',
  })
}

function manyFiles(files: ZipEntry[]): Finding {
  return finding('error', 'packed-many', {
    de: `Das Archiv enthält ${files.length} Dateien. Bitte laden Sie die eine Datei hoch, die gemeint ist.`,
    en: `The archive holds ${files.length} files. Please upload the one file that is meant.`,
  })
}
