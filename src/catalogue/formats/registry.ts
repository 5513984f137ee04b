import { constants, gunzipSync } from 'node:zlib'
import { ckanFormat } from '../ckan/source.ts'
import { dcatFormat } from '../dcat/source.ts'
import { cswFormat } from '../iso/source.ts'
import { inventoryFormat } from '../inventory/source.ts'
import { oaiFormat } from '../oai/source.ts'
import { ogcFormat } from '../ogc/source.ts'
import { schemaOrgFormat } from '../schema-org/source.ts'
import type { FormatName, PageContext, SourceFormat } from './format.ts'

/** Below this a form is only guessed from brackets: better to say that nothing fits. */
const SURE_ENOUGH = 0.2
/** How much of a document detection looks at. */
const START = 64 * 1024

/** Every form of catalogues this house reads. */
export const sourceFormats: readonly SourceFormat[] = [
  dcatFormat,
  ckanFormat,
  cswFormat,
  ogcFormat,
  oaiFormat,
  schemaOrgFormat,
  inventoryFormat,
]

/** The form of a name; undefined for names of forms we do not read. */
export function formatFor(name: FormatName): SourceFormat | undefined {
  return sourceFormats.find((format) => format.name === name)
}

/** The form a document is most likely in, by how it starts and what it is called; null when none fits. */
export function detectFormat(bytes: Uint8Array, context: PageContext): SourceFormat | null {
  return bestFit(bytes, context)?.format ?? null
}

/** That form, with how sure it is; up to 0.5 little more than brackets speak for it. */
export function bestFit(
  bytes: Uint8Array,
  context: PageContext,
): { format: SourceFormat; sure: number } | null {
  const start = startOf(unpackedStart(bytes))
  let best: { format: SourceFormat; sure: number } | null = null
  for (const format of sourceFormats) {
    const sure = format.detect(start, context)
    if (sure >= SURE_ENOUGH && (best === null || sure > best.sure)) best = { format, sure }
  }
  return best
}

/** The start of a gzip archive unpacked, other bytes as they are. A cut or faulty archive gives what could be unpacked. */
function unpackedStart(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 256 * START }
    return gunzipSync(bytes.subarray(0, START), options)
  } catch {
    return bytes
  }
}

/** The first characters, whatever the encoding; detection looks at ASCII only. */
function startOf(bytes: Uint8Array): string {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (utf16)
    return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes.subarray(0, START))
  return new TextDecoder('utf-8').decode(bytes.subarray(0, START)).replace(/^\uFEFF/, '')
}
