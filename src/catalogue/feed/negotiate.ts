/** The RDF forms the catalogue speaks, by file ending. */
export const rdfForms = {
  ttl: { format: 'turtle', type: 'text/turtle' },
  rdf: { format: 'rdfxml', type: 'application/rdf+xml' },
  jsonld: { format: 'jsonld', type: 'application/ld+json' },
} as const

/** An ending of an RDF address. */
export type RdfEnding = keyof typeof rdfForms

const endings: Readonly<Record<string, RdfEnding>> = {
  'text/turtle': 'ttl',
  'application/x-turtle': 'ttl',
  'application/rdf+xml': 'rdf',
  'application/ld+json': 'jsonld',
}

/** What an `Accept` header (RFC 9110 §12.5.1) likes best: an RDF form, or HTML where it is liked at least as much. */
export function preferredForm(accept: string | undefined): RdfEnding | 'html' {
  let best: { form: RdfEnding | 'html'; q: number } = { form: 'html', q: 0 }
  for (const part of (accept ?? '').split(',').slice(0, 30)) {
    const [type = '', ...params] = part.trim().toLowerCase().split(';')
    const weight = params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find(Boolean)
    const q = weight === undefined ? 1 : Number(weight) || 0
    const form = /^(text\/html|application\/xhtml\+xml)$/.test(type) ? 'html' : endings[type]
    if (form && (q > best.q || (q === best.q && form === 'html' && q > 0))) best = { form, q }
  }
  return best.form
}
