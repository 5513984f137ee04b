import { DataFactory } from 'n3'
import type {
  BlankNode,
  Literal,
  NamedNode,
  Quad,
  Quad_Object,
  Quad_Predicate,
  Quad_Subject,
  Term,
} from '@rdfjs/types'

export type { BlankNode, Literal, NamedNode, Quad, Term }

/** A term that can be the object of a statement. */
export type ObjectTerm = Quad_Object

/** A node that can carry statements: an IRI or a blank node. */
export type NodeTerm = NamedNode | BlankNode

/** An IRI as a term. */
export function iri(value: string): NamedNode {
  return DataFactory.namedNode(value)
}

/** A blank node with the given label (without `_:`). */
export function blank(label: string): BlankNode {
  return DataFactory.blankNode(label)
}

/** A literal, by language tag or datatype. */
export function literal(value: string, languageOrType?: string | NamedNode): Literal {
  return DataFactory.literal(value, languageOrType === '' ? undefined : languageOrType)
}

/** A statement in the default graph. */
export function triple(subject: Quad_Subject, predicate: Quad_Predicate, object: Quad_Object): Quad {
  return DataFactory.quad(subject, predicate, object)
}

/** True for IRIs and blank nodes. */
export function isNode(term: Term): term is NodeTerm {
  return term.termType === 'NamedNode' || term.termType === 'BlankNode'
}

/** A node as one string: the IRI itself, or `_:label`. */
export function nodeKey(node: Term): string {
  return node.termType === 'BlankNode' ? `_:${node.value}` : node.value
}

/** The node behind a string of `nodeKey`. */
export function nodeOf(key: string): NodeTerm {
  return key.startsWith('_:') ? blank(key.slice(2)) : iri(key)
}

const XSD_STRING = 'http://www.w3.org/2001/XMLSchema#string'

/** A term as one comparable string: N-Triples syntax. */
export function termKey(term: Term): string {
  if (term.termType === 'NamedNode') return `<${term.value}>`
  if (term.termType === 'BlankNode') return `_:${term.value}`
  if (term.termType !== 'Literal') return term.value
  const text = `"${escapeLiteral(term.value)}"`
  if (term.language) return `${text}@${term.language.toLowerCase()}`
  return term.datatype.value === XSD_STRING ? text : `${text}^^<${term.datatype.value}>`
}

/** A statement as one comparable line of N-Triples without the final dot (the graph is left out). */
export function quadKey(quad: Quad): string {
  return `${termKey(quad.subject)} ${termKey(quad.predicate)} ${termKey(quad.object)}`
}

/** The statements without repetitions, in order of first mention. */
export function distinct(quads: Quad[]): Quad[] {
  const seen = new Map<string, Quad>()
  for (const quad of quads) {
    const key = quadKey(quad)
    if (!seen.has(key)) seen.set(key, quad)
  }
  return [...seen.values()]
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Escapes a literal's text for N-Triples and Turtle short strings. */
export function escapeLiteral(text: string): string {
  return text.replace(
    /[\\"\n\r\t\p{Cc}]/gu,
    (c) => ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// Brackets belong to IPv6 hosts only, and one # is enough; readers of JSON-LD drop such addresses without a word.
const FORBIDDEN = /[\p{Cc} <>"{}|^`\\]|(?<!\/\/[^/]*)[[\]]|(?<=#.*)#/gu

/** True when an IRI has a scheme and no character that RDF forbids. */
export function isIri(value: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) && (isPlain(value) || value.search(FORBIDDEN) < 0)
}

function isPlain(value: string): boolean {
  return /^[\w:/.?&=%~+@,;!()'*$-]*(?:#[\w/.-]*)?$/.test(value)
}

/** An IRI with forbidden characters percent-encoded, so that every format can write it. */
export function encodeIri(value: string): string {
  return value.toWellFormed().replace(FORBIDDEN, (c) => encodeURIComponent(c))
}
