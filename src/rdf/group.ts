import { termKey, type NodeTerm, type ObjectTerm, type Quad } from './terms.ts'
import { prefixes } from './vocabularies.ts'

/** All statements about one node: predicates in order of first use, each with its objects. */
export type NodeStatements = { node: NodeTerm; byPredicate: Map<string, ObjectTerm[]> }

/** Statements by subject, with the blank nodes that can be written inside their only mention. */
export type Grouped = { nodes: Map<string, NodeStatements>; inline: Set<string> }

/** Groups statements by subject and finds the blank nodes that are mentioned once and in no circle. */
export function groupQuads(quads: Quad[]): Grouped {
  const nodes = new Map<string, NodeStatements>()
  const mentions = new Map<string, string[]>()
  for (const quad of quads) {
    const key = termKey(quad.subject)
    const entry = nodes.get(key) ?? {
      node: quad.subject as NodeTerm,
      byPredicate: new Map<string, ObjectTerm[]>(),
    }
    nodes.set(key, entry)
    const objects = entry.byPredicate.get(quad.predicate.value) ?? []
    entry.byPredicate.set(quad.predicate.value, objects)
    objects.push(quad.object)
    if (quad.object.termType === 'BlankNode') {
      const target = termKey(quad.object)
      mentions.set(target, [...(mentions.get(target) ?? []), key])
    }
  }
  return { nodes, inline: inlineNodes(nodes, mentions) }
}

const MAX_DEPTH = 50

/** Following the single mention upwards must reach a node that is written on its own, within a sensible depth. */
function inlineNodes(nodes: Map<string, NodeStatements>, mentions: Map<string, string[]>): Set<string> {
  const inline = new Set<string>()
  for (const key of nodes.keys()) {
    if (!key.startsWith('_:')) continue
    let at = key
    let depth = 0
    while (at.startsWith('_:') && mentions.get(at)?.length === 1 && depth < MAX_DEPTH) {
      at = mentions.get(at)?.[0] ?? ''
      depth += 1
    }
    if (depth > 0 && depth < MAX_DEPTH && mentions.get(key)?.length === 1) inline.add(key)
  }
  return inline
}

const known = Object.entries(prefixes)

/** Splits an IRI into a known prefix and a local name that needs no escaping; null when it has none. */
export function shorten(iri: string): { prefix: string; local: string } | null {
  for (const [prefix, base] of known) {
    if (!iri.startsWith(base)) continue
    const local = iri.slice(base.length)
    if (/^[A-Za-z_](?:[A-Za-z0-9_-]*)$/.test(local)) return { prefix, local }
  }
  return null
}
