import { decodeText } from '../../platform/tabular/decode.ts'
import { finding, type Finding } from '../../platform/finding.ts'
import { asText, isObject, type Json } from '../ckan/fields.ts'

/** Objects looked at while searching for datasets, so that nested monsters end. */
const MAX_NODES = 200_000
/** Blocks of a page looked at. */
const MAX_BLOCKS = 200

/** JSON-LD blocks of an HTML page, parsed; a faulty block is named and left out. */
export function blocksOfHtml(bytes: Uint8Array): { blocks: unknown[]; findings: Finding[] } {
  const { text, findings } = decodeText(bytes)
  const blocks: unknown[] = []
  const faults: Finding[] = []
  for (const [, attributes = '', body = ''] of scripts(text)) {
    if (!/type\s*=\s*["']?application\/ld\+json/i.test(attributes) || blocks.length >= MAX_BLOCKS) continue
    try {
      blocks.push(JSON.parse(body.replace(/^\s*<!--|-->\s*$|^\s*<!\[CDATA\[|\]\]>\s*$/g, '')) as unknown)
    } catch {
      faults.push(faultyBlock())
    }
  }
  return { blocks, findings: [...findings, ...faults.slice(0, 10)] }
}

/** Script elements by hand: a pattern over the whole page would go back and forth on hostile input. */
function* scripts(text: string): Generator<[string, string, string]> {
  const lower = text.toLowerCase()
  for (let at = lower.indexOf('<script'); at >= 0; at = lower.indexOf('<script', at)) {
    const open = lower.indexOf('>', at)
    const end = open < 0 ? -1 : lower.indexOf('</script', open)
    if (end < 0) return
    yield ['', text.slice(at + 7, open), text.slice(open + 1, end)]
    at = end
  }
}

function faultyBlock(): Finding {
  return finding('warning', 'json-ld-block', {
    de: 'Ein JSON-LD-Abschnitt der Seite ist fehlerhaft und wurde übergangen.',
    en: 'A JSON-LD block of the page is faulty and was passed over.',
  })
}

const PREFIX = /^(?:https?:\/\/schema\.org\/|schema:|sc:|sdo:)/

/** The object with schema.org's prefixes taken off its keys. */
export function plain(json: Json): Json {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key.replace(PREFIX, ''), value]))
}

/** The types of an object without prefix. */
export function typesOf(json: Json): string[] {
  const type = json['@type'] ?? json['type']
  return (Array.isArray(type) ? type : [type]).map((each: unknown) => asText(each).replace(PREFIX, ''))
}

/** Data, or a service that says where it answers: any other API is none of a catalogue's. */
function isEntry(json: Json): boolean {
  const types = typesOf(json)
  return types.includes('Dataset') || (types.includes('WebAPI') && json['availableChannel'] !== undefined)
}

/** Every dataset in a JSON-LD value: alone, in a list, in a graph or inside a catalogue. Repeated ids count once. */
export function datasetsIn(value: unknown): Json[] {
  const found = new Map<string, Json>()
  const queue: unknown[] = [value]
  for (let seen = 0; queue.length > 0 && seen < MAX_NODES; seen++) {
    const at = queue.shift()
    if (Array.isArray(at)) queue.push(...at.slice(0, MAX_NODES - queue.length > 0 ? 50_000 : 0))
    if (!isObject(at)) continue
    const json = plain(at)
    if (isEntry(json) && asText(json['name']) !== '') {
      const id = asText(json['@id']) || `#${found.size}`
      if (!found.has(id)) found.set(id, json)
    } else
      for (const key of ['@graph', 'dataset', 'mainEntity', 'itemListElement', 'item', 'hasPart'])
        queue.push(json[key])
  }
  return [...found.values()]
}
