import { finding, type Finding } from '../platform/finding.ts'
import { decodeText } from '../platform/tabular/decode.ts'

/** Text of a document; null when it was refused. */
export type DecodedRdf = { text: string | null; findings: Finding[] }

/** Decodes RDF: an encoding named in the XML declaration counts, else UTF-8 with windows-1252 as last resort. */
export function decodeRdf(bytes: Uint8Array, maxBytes: number): DecodedRdf {
  if (bytes.length > maxBytes) return { text: null, findings: [tooLarge(maxBytes)] }
  const declared = declaredEncoding(bytes)
  if (declared) {
    try {
      return { text: new TextDecoder(declared, { fatal: true }).decode(bytes), findings: [] }
    } catch {
      // the declaration is wrong: go by the bytes
    }
  }
  const { text, findings } = decodeText(bytes)
  return findings.some((f) => f.code === 'binary') ? { text: null, findings } : { text, findings }
}

function declaredEncoding(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([A-Za-z0-9_-]+)["']/.exec(start)?.[1] ?? null
}

function tooLarge(maxBytes: number): Finding {
  const mib = Math.floor(maxBytes / 1024 / 1024)
  return finding('error', 'rdf-too-large', {
    de: `Die Datei ist größer als ${mib} MiB. Bitte liefern Sie den Katalog in Seiten.`,
    en: `The file is larger than ${mib} MiB. Please deliver the catalogue in pages.`,
  })
}
