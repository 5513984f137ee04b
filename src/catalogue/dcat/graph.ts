import { excerpt, finding, type Finding, type Severity } from '../../platform/finding.ts'
import { everythingAbout, indexQuads, isStated, statementsOf, type Graph } from '../../rdf/graph.ts'
import {
  iri,
  isIri,
  isNode,
  nodeKey,
  triple,
  type Literal,
  type NamedNode,
  type NodeTerm,
  type ObjectTerm,
  type Quad,
} from '../../rdf/terms.ts'
import { prefixes, RDF, XSD } from '../../rdf/vocabularies.ts'
import type { LangText } from '../model.ts'

/** A graph while a dataset is read out of it: which statements found a field, which nodes were left out, what was remarkable. */
export type GraphReader = { graph: Graph; taken: Set<Quad>; dropped: Set<string>; findings: Finding[] }

/** The statements as an indexed graph, with namespaces of older German profiles brought to the current one. */
export function indexGraph(quads: Quad[]): Graph {
  return indexQuads(quads.map(current))
}

const OLD_PROFILE = /^https?:\/\/(?:www\.)?dcat-ap\.de\/def\/dcatde\/(?:\d[\d.]*\/)?/

function current(quad: Quad): Quad {
  const { value } = quad.predicate
  if (!value.includes('dcat-ap.de')) return quad
  return triple(quad.subject, iri(value.replace(OLD_PROFILE, prefixes.dcatde)), quad.object)
}

/** A reader for one dataset. */
export function readerOf(graph: Graph): GraphReader {
  return { graph, taken: new Set(), dropped: new Set(), findings: [] }
}

/** Adds a finding about the dataset. */
export function remark(
  reader: GraphReader,
  severity: Severity,
  code: string,
  text: { de: string; en: string },
): void {
  if (reader.findings.length < 200) reader.findings.push(finding(severity, code, text))
}

/** All statements about a node with a predicate, in the order of the document. */
export function statements(reader: GraphReader, node: NodeTerm, predicate: NamedNode): readonly Quad[] {
  return statementsOf(reader.graph, node, predicate)
}

/** Marks a statement as read into a field; unmarked ones are kept as unknown. */
export function take(reader: GraphReader, quad: Quad): void {
  reader.taken.add(quad)
}

/** Text by language. Where a language occurs twice the first counts and the others are kept as unknown. */
export function takeTexts(reader: GraphReader, node: NodeTerm, predicate: NamedNode): LangText {
  const texts: LangText = {}
  for (const quad of statements(reader, node, predicate)) {
    if (quad.object.termType !== 'Literal') continue
    const language = quad.object.language.toLowerCase()
    if (texts[language] !== undefined) continue
    texts[language] = quad.object.value
    take(reader, quad)
  }
  return texts
}

/** The first literal's text, whatever its datatype. */
export function takeText(reader: GraphReader, node: NodeTerm, predicate: NamedNode): string | null {
  const quad = statements(reader, node, predicate).find((q) => q.object.termType === 'Literal')
  if (!quad) return null
  take(reader, quad)
  return quad.object.value
}

/** A statement's object as an address: an IRI, or text that is one. */
export function addressOf(object: ObjectTerm): string | null {
  if (object.termType === 'NamedNode') return object.value
  if (object.termType !== 'Literal') return null
  const text = object.value.trim()
  return isIri(text) ? text : null
}

/** All addresses of a predicate. */
export function takeAddresses(reader: GraphReader, node: NodeTerm, predicate: NamedNode): string[] {
  const found: string[] = []
  for (const quad of statements(reader, node, predicate)) {
    const address = addressOf(quad.object)
    if (address === null) continue
    take(reader, quad)
    if (!found.includes(address)) found.push(address)
  }
  return found
}

/** The first address of a predicate; further ones are kept as unknown. */
export function takeAddress(reader: GraphReader, node: NodeTerm, predicate: NamedNode): string | null {
  const quad = statements(reader, node, predicate).find((q) => addressOf(q.object) !== null)
  if (!quad) return null
  take(reader, quad)
  return addressOf(quad.object)
}

/** Codes of an official list. `codeOf` maps an address or text to a code, or null when it is not on the list. */
export function takeCodes(
  reader: GraphReader,
  node: NodeTerm,
  predicate: NamedNode,
  codeOf: (value: string) => string | null,
): string[] {
  const codes: string[] = []
  for (const quad of statements(reader, node, predicate)) {
    if (quad.object.termType === 'BlankNode') continue
    const code = codeOf(quad.object.value)
    if (code === null) {
      offList(reader, predicate, quad.object.value)
      continue
    }
    take(reader, quad)
    if (!codes.includes(code)) codes.push(code)
  }
  return codes
}

/** The first code of a predicate; a second one stays unknown. */
export function takeCode(
  reader: GraphReader,
  node: NodeTerm,
  predicate: NamedNode,
  codeOf: (value: string) => string | null,
): string | null {
  for (const quad of statements(reader, node, predicate)) {
    const code = quad.object.termType === 'BlankNode' ? null : codeOf(quad.object.value)
    if (code === null) {
      if (quad.object.termType !== 'BlankNode') offList(reader, predicate, quad.object.value)
      continue
    }
    take(reader, quad)
    return code
  }
  return null
}

function offList(reader: GraphReader, predicate: NamedNode, value: string): void {
  const name = predicate.value.split(/[/#]/).pop() ?? ''
  remark(reader, 'warning', 'off-list', {
    de: `Der Wert „${excerpt(value)}“ bei ${name} steht nicht in der amtlichen Liste.`,
    en: `The value “${excerpt(value)}” at ${name} is not on the official list.`,
  })
}

/** Takes the class statements of a node that the writer states itself. */
export function takeTypes(reader: GraphReader, node: NodeTerm, types: NamedNode[]): void {
  for (const quad of statements(reader, node, RDF.type)) {
    if (types.some((type) => type.equals(quad.object))) take(reader, quad)
  }
}

/** True when nothing but these predicates is said of a node, so that taking them leaves nothing behind. */
export function hasOnly(reader: GraphReader, node: NodeTerm, predicates: NamedNode[]): boolean {
  return everythingAbout(reader.graph, node).every((q) => predicates.some((p) => p.equals(q.predicate)))
}

/** True when the node is stated to be of a class. */
export function isOfType(reader: GraphReader, node: NodeTerm, type: NamedNode): boolean {
  return isStated(reader.graph, node, RDF.type, type)
}

const DATE_TYPES = [
  { test: /^\d{4}$/, type: XSD.gYear },
  { test: /^\d{4}-\d{2}$/, type: XSD.gYearMonth },
  { test: /^\d{4}-\d{2}-\d{2}$/, type: XSD.date },
  { test: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})?$/, type: XSD.dateTime },
]

/** The datatype a date text of the record is written with; null when the text is no date. */
export function dateType(text: string): NamedNode | null {
  return DATE_TYPES.find(({ test }) => test.test(text))?.type ?? null
}

/** A date as the record keeps it; other spellings (trailing zone of days, space, German dates) are brought to it. */
export function dateOf(text: string): string | null {
  const plain = text.trim().replace(/^(\d{4}-\d{2}-\d{2}) (\d{2}:)/, '$1T$2')
  if (dateType(plain)) return isCalendar(plain) ? plain : null
  const day = /^(\d{4}-\d{2}-\d{2})(?:Z|[-+]\d{2}:\d{2})$/.exec(plain)?.[1]
  if (day) return isCalendar(day) ? day : null
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(plain)
  if (!german) return null
  const iso = `${german[3]}-${german[2]?.padStart(2, '0')}-${german[1]?.padStart(2, '0')}`
  return isCalendar(iso) ? iso : null
}

function isCalendar(text: string): boolean {
  const [, month = '1', day = '1'] = /^\d{4}(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text) ?? []
  const date = new Date(Date.UTC(Number(text.slice(0, 4)), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

/** The first readable date of a predicate. */
export function takeDate(reader: GraphReader, node: NodeTerm, predicate: NamedNode): string | null {
  for (const quad of statements(reader, node, predicate)) {
    if (quad.object.termType !== 'Literal') continue
    const date = dateOf(quad.object.value)
    if (date !== null) {
      take(reader, quad)
      return date
    }
    remark(reader, 'warning', 'bad-date', {
      de: `„${excerpt(quad.object.value)}“ ist kein lesbares Datum.`,
      en: `“${excerpt(quad.object.value)}” is not a readable date.`,
    })
  }
  return null
}

/** Nodes a predicate leads to, and literals beside them. */
export function objectsOf(
  reader: GraphReader,
  node: NodeTerm,
  predicate: NamedNode,
): { quad: Quad; node: NodeTerm | null; text: Literal | null }[] {
  return statements(reader, node, predicate).map((quad) => ({
    quad,
    node: isNode(quad.object) ? quad.object : null,
    text: quad.object.termType === 'Literal' ? quad.object : null,
  }))
}

/** A node's key for the record: its IRI or blank label. */
export function idOf(node: NodeTerm): string {
  return nodeKey(node)
}
