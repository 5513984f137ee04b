import { Parser } from 'n3'
import { iri, literal, nodeOf, quadKey, termKey, triple, type Quad } from '../../rdf/terms.ts'
import type { DatasetRecord } from '../model.ts'

/** Stands for the dataset in kept statements of sources that give it no address; the writer puts its own in. */
export const SELF = '_:this-dataset'

/** A statement about the dataset in N-Triples, for `record.unknown`: what a source says and no field takes. */
export function keptLine(subject: string, predicate: string, value: string): string {
  return `${termKey(nodeOf(subject))} ${termKey(iri(predicate))} ${termKey(literal(value))} .\n`
}

/** Statements as text for `record.unknown`. */
export function keptText(quads: Quad[]): string {
  return quads.map((quad) => `${quadKey(quad)} .\n`).join('')
}

/** The texts kept of the dataset under a predicate, in the order of the source. */
export function keptOf(record: DatasetRecord, predicate: string): string[] {
  if (!record.unknown.includes(predicate)) return []
  try {
    return new Parser({ format: 'N-Quads' })
      .parse(record.unknown)
      .filter((quad) => quad.predicate.value === predicate)
      .map((quad) => quad.object.value)
  } catch {
    return []
  }
}

/** A statement about the dataset with an IRI as object. */
function keptLink(subject: string, predicate: string, object: string): Quad {
  return triple(nodeOf(subject), iri(predicate), iri(object))
}

/** A statement with an IRI as object in N-Triples. */
export function keptLinkLine(subject: string, predicate: string, object: string): string {
  return keptText([keptLink(subject, predicate, object)])
}
