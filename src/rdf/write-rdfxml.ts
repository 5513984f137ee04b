import { groupQuads, shorten, type Grouped, type NodeStatements } from './group.ts'
import { nodeKey, termKey, type ObjectTerm, type Quad } from './terms.ts'
import { prefixes, RDF, XSD } from './vocabularies.ts'

/** RDF/XML with one element per subject, named after its first known class; blank nodes inside their only mention. */
export function writeRdfXml(quads: Quad[]): string {
  const grouped = groupQuads(quads)
  const used = new Set<string>(['rdf'])
  const body = [...grouped.nodes]
    .filter(([key]) => !grouped.inline.has(key))
    .map(([, statements]) => nodeElement(statements, { grouped, used, depth: 1 }))
    .join('')
  const names = [...used]
    .map((prefix) => ` xmlns:${prefix}="${prefixes[prefix as keyof typeof prefixes]}"`)
    .join('\n ')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${names}>\n${body}</rdf:RDF>\n`
}

type Job = { grouped: Grouped; used: Set<string>; depth: number }

function nodeElement(statements: NodeStatements, job: Job): string {
  const indent = '  '.repeat(job.depth)
  const { name, typeIndex } = elementName(statements, job)
  const lines: string[] = []
  for (const [predicate, objects] of statements.byPredicate) {
    objects.forEach((object, i) => {
      if (predicate !== RDF.type.value || i !== typeIndex)
        lines.push(property(predicate, object, { ...job, depth: job.depth + 1 }))
    })
  }
  return `${indent}<${name}${identity(statements, job)}>\n${lines.join('')}${indent}</${name}>\n`
}

function elementName(statements: NodeStatements, job: Job): { name: string; typeIndex: number } {
  const types = statements.byPredicate.get(RDF.type.value) ?? []
  for (const [typeIndex, type] of types.entries()) {
    const short = type.termType === 'NamedNode' ? shorten(type.value) : null
    if (!short) continue
    job.used.add(short.prefix)
    return { name: `${short.prefix}:${short.local}`, typeIndex }
  }
  return { name: 'rdf:Description', typeIndex: -1 }
}

function identity(statements: NodeStatements, job: Job): string {
  const key = nodeKey(statements.node)
  if (!key.startsWith('_:')) return ` rdf:about="${xml(key)}"`
  return job.grouped.inline.has(key) ? '' : ` rdf:nodeID="${nodeId(key)}"`
}

function property(predicate: string, object: ObjectTerm, job: Job): string {
  const indent = '  '.repeat(job.depth)
  const { name, declaration } = predicateName(predicate, job)
  const open = `${indent}<${name}${declaration}`
  if (object.termType === 'NamedNode') return `${open} rdf:resource="${xml(object.value)}"/>\n`
  if (object.termType === 'Literal')
    return `${open}${literalAttribute(object)}>${xml(object.value)}</${name}>\n`
  const inner = job.grouped.inline.has(termKey(object)) ? job.grouped.nodes.get(termKey(object)) : undefined
  if (!inner) return `${open} rdf:nodeID="${nodeId(termKey(object))}"/>\n`
  return `${open}>\n${nodeElement(inner, { ...job, depth: job.depth + 1 })}${indent}</${name}>\n`
}

function literalAttribute(object: ObjectTerm & { termType: 'Literal' }): string {
  if (object.language) return ` xml:lang="${object.language}"`
  return object.datatype.value === XSD.string.value ? '' : ` rdf:datatype="${xml(object.datatype.value)}"`
}

/** Unknown predicates are split before their last name and declare the namespace on the spot. */
function predicateName(predicate: string, job: Job): { name: string; declaration: string } {
  const short = shorten(predicate)
  if (short) {
    job.used.add(short.prefix)
    return { name: `${short.prefix}:${short.local}`, declaration: '' }
  }
  const local = /[A-Za-z_][A-Za-z0-9_.-]*$/.exec(predicate)?.[0] ?? '_'
  const base = predicate.slice(0, predicate.length - local.length)
  return { name: `p:${local}`, declaration: ` xmlns:p="${xml(base)}"` }
}

/** Blank node labels that XML accepts, without two labels becoming one. */
function nodeId(key: string): string {
  return `b${key.slice(2).replace(/[^A-Za-z0-9]/g, (c) => `_${c.charCodeAt(0).toString(16)}_`)}`
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

function xml(text: string): string {
  return text.replace(/[&<>"\r]/g, (c) => ENTITIES[c] ?? c)
}
