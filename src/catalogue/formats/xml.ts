import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { unpack } from '../../platform/tabular/unpack.ts'
import { escapeXml } from '../../platform/xml.ts'
import { decodeRdf } from '../../rdf/decode.ts'
import type { Element } from './element.ts'
import { MAX_TEXT } from './plain-text.ts'

/** XML larger than this is refused, packed or not; sources that need more must page. */
const MAX_BYTES = 128 * 1024 * 1024
/** Elements of one record and their depth; real ISO records stay below 6 000 and 40. */
const MAX_ELEMENTS = 200_000
const MAX_DEPTH = 200
/** Faults after which a document is given up. */
const MAX_FAULTS = 50
const PIECE = 256 * 1024

/** A record cut out of a document. `namespaces`: what was declared around it. `raw`: its text as delivered. */
export type XmlRecord = { element: Element; namespaces: Record<string, string>; raw: string }

/** A document as read: its root with attributes but without children, its records, elements that stand around them, and what is wrong. */
export type XmlDocument = {
  root: Element | null
  around: Element[]
  records: XmlRecord[]
  findings: Finding[]
}

/**
 * Cuts a document into records: the outermost elements for which `isRecord` holds. Never throws, never fetches, expands no
 * entities; after a fault it goes on where it can, and the finding of severity `error` says that something is missing.
 */
export async function readXml(bytes: Uint8Array, isRecord: (name: string) => boolean): Promise<XmlDocument> {
  const unpacked = await unpack(bytes, MAX_BYTES)
  if (!unpacked.bytes) return { root: null, around: [], records: [], findings: unpacked.findings }
  const decoded = decodeRdf(unpacked.bytes, MAX_BYTES)
  if (decoded.text === null) return { root: null, around: [], records: [], findings: decoded.findings }
  const found = cut(decoded.text, isRecord)
  return { ...found, findings: [...decoded.findings, ...found.findings] }
}

type Cutter = XmlDocument & {
  text: string
  isRecord: (name: string) => boolean
  scopes: Record<string, string>[]
  open: Element[]
  start: number
  elements: number
  tooLarge: boolean
  faults: string[]
}

function cut(text: string, isRecord: (name: string) => boolean): XmlDocument {
  const state: Cutter = {
    text,
    isRecord,
    root: null,
    around: [],
    records: [],
    findings: [],
    scopes: [],
    open: [],
    start: 0,
    elements: 0,
    tooLarge: false,
    faults: [],
  }
  const parser = new SaxesParser({ xmlns: false, position: true })
  parser.on('opentag', (tag) => opened(state, tag, parser.position))
  parser.on('closetag', () => closed(state, parser.position))
  parser.on('text', (part) => worded(state, part))
  parser.on('cdata', (part) => worded(state, part))
  parser.on('error', (error) => state.faults.push(error.message))
  for (let at = 0; at < text.length && state.faults.length < MAX_FAULTS; at += PIECE)
    parser.write(text.slice(at, at + PIECE))
  if (state.faults.length < MAX_FAULTS) parser.close()
  return {
    root: state.root,
    around: state.around,
    records: state.records,
    findings: [...faultFinding(state.faults), ...(state.tooLarge ? [monster()] : [])],
  }
}

function opened(state: Cutter, tag: SaxesTagPlain, position: number): void {
  const local = tag.name.slice(tag.name.indexOf(':') + 1)
  const own: Element = { name: local, attributes: tag.attributes, children: [], text: '' }
  const inside = state.open.length > 0
  if (!inside) {
    if (state.root === null) state.root = own
    state.scopes.push({ ...state.scopes.at(-1), ...declared(tag.attributes) })
    if (state.isRecord(local)) {
      state.open.push(own)
      state.elements = 0
      state.start = state.text.lastIndexOf('<', position - 1)
    } else if (state.around.length < 1000) state.around.push(own)
    return
  }
  state.elements += 1
  if (state.elements > MAX_ELEMENTS || state.open.length > MAX_DEPTH) state.tooLarge = true
  else state.open.at(-1)?.children.push(own)
  state.open.push(own)
}

function closed(state: Cutter, position: number): void {
  if (state.open.length === 0) {
    state.scopes.pop()
    return
  }
  const done = state.open.pop()
  if (!done || state.open.length > 0) return
  const namespaces = state.scopes.pop() ?? {}
  const raw = standingAlone(state.text.slice(state.start, position), namespaces)
  state.records.push({ element: done, namespaces, raw })
}

/** The text of a record with the prefixes it uses declared, so that it can be read again on its own. */
function standingAlone(raw: string, namespaces: Record<string, string>): string {
  const tag = /^<[^\s>/]+/.exec(raw)?.[0] ?? ''
  const own = raw.slice(0, raw.indexOf('>') + 1)
  const missing = Object.entries(namespaces).filter(
    ([name]) => name.startsWith('xmlns:') && !own.includes(`${name}=`) && raw.includes(`<${name.slice(6)}:`),
  )
  const added = missing.map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
  return tag + added.join('') + raw.slice(tag.length)
}

function worded(state: Cutter, part: string): void {
  const at = state.open.at(-1) ?? state.around.at(-1)
  if (at && at.text.length < MAX_TEXT) at.text += part.slice(0, MAX_TEXT - at.text.length)
}

function declared(attributes: Record<string, string>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(attributes))
    if (name === 'xmlns' || name.startsWith('xmlns:')) found[name] = value
  return found
}

function faultFinding(faults: string[]): Finding[] {
  const [first] = faults
  if (first === undefined) return []
  const said = excerpt(first, 160)
  return [
    finding('error', 'xml-syntax', {
      de: `Das XML ist fehlerhaft oder unvollständig (${faults.length} Stellen, zuerst: ${said}).`,
      en: `The XML is faulty or incomplete (${faults.length} places, first: ${said}).`,
    }),
  ]
}

function monster(): Finding {
  return finding('error', 'xml-too-large', {
    de: `Ein Datensatz hat mehr als ${MAX_ELEMENTS} Elemente oder ist tiefer als ${MAX_DEPTH} geschachtelt; der Rest wurde nicht gelesen.`,
    en: `A record has more than ${MAX_ELEMENTS} elements or is nested deeper than ${MAX_DEPTH}; the rest was not read.`,
  })
}
