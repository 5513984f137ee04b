/** The RDF forms the catalogue speaks, by file ending. */
export const rdfForms = {
  ttl: { format: 'turtle', type: 'text/turtle' },
  rdf: { format: 'rdfxml', type: 'application/rdf+xml' },
  jsonld: { format: 'jsonld', type: 'application/ld+json' },
} as const

/** An ending of an RDF address. */
export type RdfEnding = keyof typeof rdfForms

/** Endings CKAN portals have, and which of ours they mean: Turtle is a part of N3. */
export const endingNames: Readonly<Record<string, RdfEnding>> = {
  ttl: 'ttl',
  rdf: 'rdf',
  jsonld: 'jsonld',
  xml: 'rdf',
  n3: 'ttl',
}

type Form = RdfEnding | 'html'

/** What each form is asked for by, its own type first; in this order where several are liked as much. */
const types: Readonly<Record<Form, readonly string[]>> = {
  html: ['text/html', 'application/xhtml+xml'],
  ttl: ['text/turtle', 'application/x-turtle', 'text/n3'],
  rdf: ['application/rdf+xml', 'application/xml', 'text/xml'],
  jsonld: ['application/ld+json', 'application/json'],
}

/**
 * What an `Accept` header (RFC 9110 §12.5.1) likes best: an RDF form, or HTML where it is liked at least as much or nothing
 * fits. The narrowest range that covers a form decides how much it is liked.
 */
export function preferredForm(accept: string | undefined): Form {
  const ranges = rangesOf(accept ?? '')
  let best: { form: Form; q: number } = { form: 'html', q: 0 }
  for (const form of Object.keys(types) as Form[]) {
    const q = likingOf(form, ranges)
    if (q > best.q) best = { form, q }
  }
  return best.form
}

function likingOf(form: Form, ranges: ReadonlyMap<string, number>): number {
  const said = types[form].flatMap((type) => ranges.get(type) ?? [])
  if (said.length > 0) return Math.max(...said)
  const own = types[form][0]!
  return ranges.get(own.replace(/\/.*/, '/*')) ?? ranges.get('*/*') ?? 0
}

function rangesOf(accept: string): Map<string, number> {
  const ranges = new Map<string, number>()
  for (const part of accept.slice(0, 4000).split(',').slice(0, 30)) {
    const [type = '', ...params] = part.trim().toLowerCase().split(';')
    const weight = params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find(Boolean)
    const q = weight === undefined ? 1 : Math.min(1, Number(weight) || 0)
    const range = type.trim()
    ranges.set(range, Math.max(q, ranges.get(range) ?? 0))
  }
  return ranges
}
