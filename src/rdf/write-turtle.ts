import { groupQuads, shorten, type Grouped, type NodeStatements } from './group.ts'
import { escapeLiteral, termKey, type ObjectTerm, type Quad, type Term } from './terms.ts'
import { prefixes, RDF, XSD } from './vocabularies.ts'

type Job = { grouped: Grouped; used: Set<string> }

/** Turtle for people: prefixes, one block per subject, blank nodes written where they are mentioned. */
export function writeTurtle(quads: Quad[]): string {
  const job: Job = { grouped: groupQuads(quads), used: new Set() }
  const blocks: string[] = []
  for (const [key, statements] of job.grouped.nodes) {
    if (job.grouped.inline.has(key)) continue
    blocks.push(`${subject(key, statements, job)}${predicates(statements, job, 1)} .\n`)
  }
  const heads = Object.entries(prefixes)
    .filter(([prefix]) => job.used.has(prefix))
    .map(([prefix, base]) => `@prefix ${prefix}: <${base}> .\n`)
  return [heads.join(''), ...blocks].filter((part) => part !== '').join('\n')
}

function subject(key: string, statements: NodeStatements, job: Job): string {
  return key.startsWith('_:') ? `${key} ` : `${term(statements.node, job)} `
}

function predicates(statements: NodeStatements, job: Job, depth: number): string {
  const indent = '  '.repeat(depth)
  const entries = [...statements.byPredicate].sort(
    ([a], [b]) => Number(b === RDF.type.value) - Number(a === RDF.type.value),
  )
  return entries
    .map(([predicate, objects]) => {
      const name = predicate === RDF.type.value ? 'a' : iriText(predicate, job)
      return `${name} ${objects.map((o) => object(o, job, depth)).join(', ')}`
    })
    .join(` ;\n${indent}`)
}

function object(value: ObjectTerm, job: Job, depth: number): string {
  if (value.termType !== 'BlankNode') return term(value, job)
  const key = termKey(value)
  const inner = job.grouped.inline.has(key) ? job.grouped.nodes.get(key) : undefined
  if (!inner) return key
  const indent = '  '.repeat(depth + 1)
  return `[\n${indent}${predicates(inner, job, depth + 1)}\n${'  '.repeat(depth)}]`
}

function term(value: Term, job: Job): string {
  if (value.termType === 'NamedNode') return iriText(value.value, job)
  if (value.termType !== 'Literal') return termKey(value)
  const text = literalText(value.value)
  if (value.language) return `${text}@${value.language}`
  return value.datatype.value === XSD.string.value ? text : `${text}^^${iriText(value.datatype.value, job)}`
}

/** Long texts keep their line breaks. */
function literalText(value: string): string {
  if (!value.includes('\n')) return `"${escapeLiteral(value)}"`
  return `"""${value.split('\n').map(escapeLiteral).join('\n')}"""`
}

function iriText(value: string, job: Job): string {
  const short = shorten(value)
  if (!short) return `<${value}>`
  job.used.add(short.prefix)
  return `${short.prefix}:${short.local}`
}
