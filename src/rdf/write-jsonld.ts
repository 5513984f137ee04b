import { groupQuads, shorten, type NodeStatements } from './group.ts'
import { nodeKey, type ObjectTerm, type Quad } from './terms.ts'
import { prefixes, RDF, XSD } from './vocabularies.ts'

type Json = string | Json[] | { [key: string]: Json }

/** JSON-LD: one flat list of nodes with prefixed names and an embedded context, so that nobody has to fetch one. */
export function writeJsonLd(quads: Quad[]): string {
  const used = new Set<string>()
  const graph = [...groupQuads(quads).nodes.values()].map((statements) => nodeObject(statements, used))
  const context = Object.fromEntries(Object.entries(prefixes).filter(([prefix]) => used.has(prefix)))
  return `${JSON.stringify({ '@context': context, '@graph': graph }, null, 2)}\n`
}

function nodeObject(statements: NodeStatements, used: Set<string>): Json {
  const node: Record<string, Json> = { '@id': nodeKey(statements.node) }
  for (const [predicate, objects] of statements.byPredicate) {
    if (predicate === RDF.type.value && objects.every((o) => o.termType === 'NamedNode')) {
      node['@type'] = objects.map((o) => short(o.value, used))
      continue
    }
    const values = objects.map((o) => valueObject(o, used))
    node[short(predicate, used)] = values.length === 1 && values[0] !== undefined ? values[0] : values
  }
  return node
}

function valueObject(object: ObjectTerm, used: Set<string>): Json {
  if (object.termType !== 'Literal') return { '@id': nodeKey(object) }
  if (object.language) return { '@value': object.value, '@language': object.language }
  if (object.datatype.value === XSD.string.value) return object.value
  return { '@value': object.value, '@type': short(object.datatype.value, used) }
}

function short(iri: string, used: Set<string>): string {
  const found = shorten(iri)
  if (!found) return iri
  used.add(found.prefix)
  return `${found.prefix}:${found.local}`
}
