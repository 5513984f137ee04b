import { finding, type Finding } from '../finding.ts'
import type { TextEncoding } from './table.ts'

/** Decoded text with what was found about its encoding; the byte order mark is removed. */
export type Decoded = { text: string; encoding: TextEncoding; bom: boolean; findings: Finding[] }

/** Turns bytes into text: byte order mark, UTF-16 by its zero bytes, strict UTF-8, else windows-1252. Never throws. */
export function decodeText(bytes: Uint8Array): Decoded {
  const marked = byMark(bytes)
  if (marked) return decoded(bytes, marked, true)
  const wide = looksWide(bytes)
  if (wide) return decoded(bytes, wide, false)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    return { text, encoding: 'utf-8', bom: false, findings: remarks(text) }
  } catch {
    return decodeDamaged(bytes)
  }
}

function byMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

function decoded(bytes: Uint8Array, encoding: TextEncoding, bom: boolean): Decoded {
  const text = new TextDecoder(encoding).decode(bytes)
  return { text, encoding, bom, findings: remarks(text) }
}

/** Latin text in UTF-16 has a zero in every second byte. */
function looksWide(bytes: Uint8Array): TextEncoding | null {
  const length = Math.min(bytes.length & ~1, 4000)
  if (length < 8) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1
    if (bytes[i + 1] === 0) odd += 1
  }
  const pairs = length / 2
  if (odd > pairs * 0.6 && even < pairs * 0.1) return 'utf-16le'
  if (even > pairs * 0.6 && odd < pairs * 0.1) return 'utf-16be'
  return null
}

/** Not valid UTF-8: a few bad bytes in otherwise good UTF-8, or really windows-1252. */
function decodeDamaged(bytes: Uint8Array): Decoded {
  const lenient = new TextDecoder('utf-8').decode(bytes)
  let bad = 0
  let multibyte = 0
  for (let i = 0; i < lenient.length; i += 1) {
    const code = lenient.charCodeAt(i)
    if (code === 0xfffd) bad += 1
    else if (code > 0x7f) multibyte += 1
  }
  if (multibyte > bad * 3) {
    const broken = finding('warning', 'encoding-broken', {
      de: `${bad} Zeichen sind beschädigt und wurden durch � ersetzt.`,
      en: `${bad} characters are damaged and were replaced by �.`,
    })
    return { text: lenient, encoding: 'utf-8', bom: false, findings: [broken, ...remarks(lenient)] }
  }
  const text = new TextDecoder('windows-1252').decode(bytes)
  const note = finding('info', 'encoding-windows-1252', {
    de: 'Die Datei ist nicht in UTF-8 gespeichert; sie wurde als Windows-1252 gelesen.',
    en: 'The file is not saved as UTF-8; it was read as Windows-1252.',
  })
  return { text, encoding: 'windows-1252', bom: false, findings: [note, ...remarks(text)] }
}

function remarks(text: string): Finding[] {
  const sample = text.slice(0, 200_000)
  const findings: Finding[] = []
  if (/Ã[¤¶¼Ÿ„–œ]/.test(sample))
    findings.push(
      finding('warning', 'encoding-double', {
        de: 'Umlaute sind doppelt kodiert (zum Beispiel „Ã¼“ statt „ü“). Bitte neu exportieren.',
        en: 'Umlauts are encoded twice (for example “Ã¼” instead of “ü”). Please export again.',
      }),
    )
  if (sample.includes('\0'))
    findings.push(
      finding('error', 'binary', {
        de: 'Die Datei enthält Binärdaten und ist keine Textdatei.',
        en: 'The file holds binary data and is not a text file.',
      }),
    )
  return findings
}
