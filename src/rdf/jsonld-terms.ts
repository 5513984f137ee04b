import { NotPlain, withPrefix, type JsonLdContext } from './jsonld-context.ts'
import { blank, iri, literal, type NodeTerm, type ObjectTerm } from './terms.ts'
import { XSD } from './vocabularies.ts'

/** The node an `@id` names, relative to the base where it is no whole IRI. */
export function nodeTerm(context: JsonLdContext, value: unknown): NodeTerm {
  if (typeof value !== 'string' || value.startsWith('@')) throw new NotPlain('@id')
  if (value.startsWith('_:')) return blank(value.slice(2))
  if (value.includes(':')) return iri(withPrefix(context, value))
  return iri(resolved(context.base, value))
}

function resolved(base: string | null, value: string): string {
  if (base === null || !/^(https?|file):/.test(base) || !URL.canParse(value, base))
    throw new NotPlain('relative')
  return new URL(value, base).href
}

/** A value read as a name first (`@vocab`): types, and values of such terms. */
export function namedTerm(context: JsonLdContext, value: string): NodeTerm {
  const term = context.terms.get(value)
  if (term) return iri(term.id)
  if (value.includes(':') || context.vocab === null) return nodeTerm(context, value)
  return iri(context.vocab + value)
}

/** Numbers and truth values as JSON-LD writes them (JSON-LD 1.1 API §8.2.2). */
export function literalOf(value: unknown, type: string | null): ObjectTerm {
  if (typeof value === 'string') return type === null ? literal(value) : literal(value, iri(type))
  if (typeof value === 'boolean') return literal(String(value), type === null ? XSD.boolean : iri(type))
  if (typeof value !== 'number') throw new NotPlain('value')
  const whole = Number.isInteger(value) && Math.abs(value) < 1e21 && type !== XSD.double.value
  if (whole) return literal(String(value), type === null ? XSD.integer : iri(type))
  const double = value.toExponential(15).replace(/(\d)0*e\+?/, '$1E')
  return literal(double, type === null ? XSD.double : iri(type))
}
