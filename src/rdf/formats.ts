/** RDF syntaxes this house reads and writes. */
export type RdfFormat = 'turtle' | 'ntriples' | 'rdfxml' | 'jsonld'

/** Media type, usual file ending and name of each format. */
export const rdfFormats: Record<RdfFormat, { mediaType: string; ending: string; name: string }> = {
  turtle: { mediaType: 'text/turtle', ending: 'ttl', name: 'Turtle' },
  ntriples: { mediaType: 'application/n-triples', ending: 'nt', name: 'N-Triples' },
  rdfxml: { mediaType: 'application/rdf+xml', ending: 'rdf', name: 'RDF/XML' },
  jsonld: { mediaType: 'application/ld+json', ending: 'jsonld', name: 'JSON-LD' },
}

const byMediaType: Record<string, RdfFormat> = {
  'text/turtle': 'turtle',
  'application/x-turtle': 'turtle',
  'text/n3': 'turtle',
  'application/n-triples': 'ntriples',
  'application/n-quads': 'ntriples',
  'application/rdf+xml': 'rdfxml',
  'application/ld+json': 'jsonld',
}

const byEnding: Record<string, RdfFormat> = {
  ttl: 'turtle',
  n3: 'turtle',
  nt: 'ntriples',
  nq: 'ntriples',
  rdf: 'rdfxml',
  owl: 'rdfxml',
  jsonld: 'jsonld',
}

/** The format named by a media type (parameters are ignored); null when it names none. */
export function formatOfMediaType(mediaType: string): RdfFormat | null {
  return byMediaType[mediaType.split(';')[0]?.trim().toLowerCase() ?? ''] ?? null
}

/** The format named by a file name or an ending like 'ttl'; null when it names none. */
export function formatOfName(name: string): RdfFormat | null {
  return byEnding[name.toLowerCase().replace(/\.gz$/, '').split('.').pop() ?? ''] ?? null
}

/** The format of a text: how it starts counts more than what it is called, because servers mislabel RDF often. */
export function formatOf(text: string, named: { contentType?: string; filename?: string }): RdfFormat | null {
  const start = text.slice(0, 4000).trimStart()
  const claimed = formatOfMediaType(named.contentType ?? '') ?? formatOfName(named.filename ?? '')
  if (/^(<\?xml|<!--|<!DOCTYPE rdf|<[A-Za-z]+:RDF\b|<RDF\b)/i.test(start))
    return /<html\b/i.test(start) ? null : 'rdfxml'
  if (/^[{[]/.test(start) && claimed !== 'turtle') return 'jsonld'
  if (/^<(!doctype )?html/i.test(start)) return null
  if (claimed === 'turtle' || claimed === 'ntriples') return claimed
  if (/^(@prefix|@base|prefix |base |#|<[a-z][^>\s]*>\s|_:|\[)/i.test(start)) return 'turtle'
  return start === '' ? claimed : null
}
