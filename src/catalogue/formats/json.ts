import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { decodeText } from '../../platform/tabular/decode.ts'
import { unpack } from '../../platform/tabular/unpack.ts'

/** JSON larger than this is refused, packed or not; sources that need more must page. */
const MAX_BYTES = 256 * 1024 * 1024

/** A JSON document as read; `value` is undefined where it could not be read, with the reason in the findings. */
export type JsonDocument = { value: unknown; findings: Finding[] }

/** Reads JSON, also packed with gzip, also one value per line. Never throws. */
export async function readJson(bytes: Uint8Array): Promise<JsonDocument> {
  const unpacked = await unpack(bytes, MAX_BYTES)
  if (!unpacked.bytes) return { value: undefined, findings: unpacked.findings }
  const { text, findings } = decodeText(unpacked.bytes)
  try {
    return { value: JSON.parse(text) as unknown, findings }
  } catch (error) {
    const lines = linesOf(text) ?? withoutTrailingCommas(text)
    if (lines) return { ...lines, findings: [...findings, ...lines.findings] }
    return { value: undefined, findings: [...findings, broken(error)] }
  }
}

/** JSON Lines, as dumps have it: each line an object. A cut last line is reported, the others count. */
function linesOf(text: string): JsonDocument | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 2 || !/^\{.*\}\s*$/.test(lines[0] ?? '')) return null
  const value: unknown[] = []
  for (const [i, line] of lines.entries()) {
    try {
      value.push(JSON.parse(line))
    } catch (error) {
      if (i === 0) return null
      return { value, findings: [broken(error, i + 1)] }
    }
  }
  return { value, findings: [] }
}

/** Commas before a closing bracket are the one fault of JSON that is common and harmless. */
function withoutTrailingCommas(text: string): JsonDocument | null {
  const mended = text.replace(
    /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g,
    (_, quoted: string | undefined) => quoted ?? '',
  )
  if (mended === text) return null
  try {
    return { value: JSON.parse(mended) as unknown, findings: [mendedFinding()] }
  } catch {
    return null
  }
}

function mendedFinding(): Finding {
  return finding('warning', 'json-trailing-comma', {
    de: 'Vor einer schließenden Klammer stand ein Komma zu viel; es wurde übergangen.',
    en: 'There was a comma too many before a closing bracket; it was passed over.',
  })
}

function broken(error: unknown, line?: number): Finding {
  const said = excerpt(error instanceof Error ? error.message : 'JSON', 160)
  return finding(
    'error',
    'json-syntax',
    {
      de: `Das JSON ist fehlerhaft oder unvollständig: ${said}`,
      en: `The JSON is faulty or incomplete: ${said}`,
    },
    line === undefined ? undefined : `${line}`,
  )
}
