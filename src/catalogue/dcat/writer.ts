import {
  blank,
  encodeIri,
  iri,
  isIri,
  literal,
  triple,
  type NamedNode,
  type NodeTerm,
  type Quad,
} from '../../rdf/terms.ts'
import type { LangText } from '../model.ts'
import { dateType } from './graph.ts'

/** Statements being written. Blank nodes of one record get the prefix, so that records can be put side by side. */
export type Writer = { quads: Quad[]; prefix: string; count: number }

/** A writer whose blank nodes start with `prefix`. */
export function writerOf(prefix: string): Writer {
  return { quads: [], prefix, count: 0 }
}

/** The node of a record's part: its IRI, its own blank node, or a new one. */
export function node(writer: Writer, id: string | null): NodeTerm {
  if (id === null) return blank(`${writer.prefix}n${(writer.count += 1)}`)
  return id.startsWith('_:') ? blank(blankLabel(writer.prefix, id)) : iri(isIri(id) ? id : encodeIri(id))
}

/** The label a blank node of the source gets. */
export function blankLabel(prefix: string, id: string): string {
  return `${prefix}s${id.slice(2).replace(/[^A-Za-z0-9]/g, (c) => `-${c.charCodeAt(0).toString(16)}-`)}`
}

/** Text in each language. */
export function texts(writer: Writer, self: NodeTerm, predicate: NamedNode, values: LangText): void {
  for (const [language, value] of Object.entries(values)) {
    if (value !== '') writer.quads.push(triple(self, predicate, literal(value, language)))
  }
}

/** A plain text, if there is one. */
export function text(writer: Writer, self: NodeTerm, predicate: NamedNode, value: string | null): void {
  if (value !== null && value !== '') writer.quads.push(triple(self, predicate, literal(value)))
}

/** Addresses; what is no address is left out. */
export function addresses(
  writer: Writer,
  self: NodeTerm,
  predicate: NamedNode,
  values: (string | null)[],
): void {
  for (const value of values) {
    if (value !== null && isIri(encodeIri(value)))
      writer.quads.push(triple(self, predicate, iri(encodeIri(value))))
  }
}

/** A date with the datatype its form asks for; what is no date is left out. */
export function date(writer: Writer, self: NodeTerm, predicate: NamedNode, value: string | null): void {
  const type = value === null ? null : dateType(value)
  if (value !== null && type) writer.quads.push(triple(self, predicate, literal(value, type)))
}
