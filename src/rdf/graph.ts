import {
  nodeKey,
  termKey,
  type NamedNode,
  type NodeTerm,
  type ObjectTerm,
  type Quad,
  type Term,
} from './terms.ts'

/** Statements by subject and predicate, and by predicate, each once, in the order of the document. */
export type Graph = {
  nodes: Map<string, Map<string, Quad[]>>
  predicates: Map<string, Quad[]>
}

const NONE: readonly Quad[] = []
/** From this many objects on, a set of keys finds repetitions faster than looking at each. */
const MANY = 16

/** Indexes statements; repeated ones are kept once. The same objects are given back, so identity can mark them. */
export function indexQuads(quads: Iterable<Quad>): Graph {
  const graph: Graph = { nodes: new Map(), predicates: new Map() }
  const keys = new Map<Quad[], Set<string>>()
  for (const quad of quads) {
    const about = entry(graph.nodes, nodeKey(quad.subject), () => new Map<string, Quad[]>())
    const list = entry(about, quad.predicate.value, () => [])
    if (isKnown(list, quad, keys)) continue
    list.push(quad)
    entry(graph.predicates, quad.predicate.value, () => []).push(quad)
  }
  return graph
}

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

function isKnown(list: Quad[], quad: Quad, keys: Map<Quad[], Set<string>>): boolean {
  if (list.length < MANY) return list.some((each) => each.object.equals(quad.object))
  const known = keys.get(list) ?? new Set(list.map((each) => termKey(each.object)))
  keys.set(list, known)
  const key = termKey(quad.object)
  if (known.has(key)) return true
  known.add(key)
  return false
}

/** Statements about a node with a predicate. */
export function statementsOf(graph: Graph, node: Term, predicate: NamedNode): readonly Quad[] {
  return graph.nodes.get(nodeKey(node))?.get(predicate.value) ?? NONE
}

/** Everything said about a node, predicate by predicate. */
export function everythingAbout(graph: Graph, node: Term): Quad[] {
  const about = graph.nodes.get(nodeKey(node))
  return about ? [...about.values()].flat() : []
}

/** True when anything is said about a node. */
export function isDescribed(graph: Graph, node: Term): boolean {
  return graph.nodes.has(nodeKey(node))
}

/** All statements with a predicate. */
export function statementsWith(graph: Graph, predicate: NamedNode): readonly Quad[] {
  return graph.predicates.get(predicate.value) ?? NONE
}

/** True when exactly this is said. */
export function isStated(
  graph: Graph,
  node: Term,
  predicate: NamedNode,
  object: ObjectTerm | NodeTerm,
): boolean {
  return statementsOf(graph, node, predicate).some((quad) => quad.object.equals(object))
}
