import type { RdfFormat } from './formats.ts'
import { distinct, quadKey, type Quad } from './terms.ts'
import { writeJsonLd } from './write-jsonld.ts'
import { writeRdfXml } from './write-rdfxml.ts'
import { writeTurtle } from './write-turtle.ts'

/** Writes statements in the given format; the same statements give the same text. Statements are not changed. */
export function serialise(quads: Quad[], format: RdfFormat): string {
  const unique = distinct(quads)
  if (format === 'turtle') return writeTurtle(unique)
  if (format === 'rdfxml') return writeRdfXml(unique)
  if (format === 'jsonld') return writeJsonLd(unique)
  return writeNTriples(unique)
}

/** N-Triples, one statement per line. */
function writeNTriples(quads: Quad[]): string {
  return quads.map((quad) => `${quadKey(quad)} .\n`).join('')
}
