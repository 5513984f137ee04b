import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { unpack } from '../../platform/tabular/unpack.ts'
import { formatOf } from '../../rdf/formats.ts'
import { everythingAbout, statementsOf, type Graph } from '../../rdf/graph.ts'
import { parseRdf } from '../../rdf/parse.ts'
import { isNode, nodeKey, quadKey, type NodeTerm, type Quad } from '../../rdf/terms.ts'
import { DCT } from '../../rdf/vocabularies.ts'
import {
  emptyPage,
  getPage,
  type PageContext,
  type SourceFormat,
  type SourceItem,
  type SourcePage,
} from '../formats/format.ts'
import { readCatalogue } from './catalogue.ts'
import { addressOf, dateOf, indexGraph } from './graph.ts'
import { datasetNodes, readDataset, standsAlone } from './read.ts'

/** A page larger than this is refused, packed or not; sources that need more must page. */
const MAX_BYTES = 256 * 1024 * 1024
/** Statements of one dataset shown as its raw text. */
const MAX_RAW_STATEMENTS = 25_000
const ACCEPT =
  'application/rdf+xml, text/turtle;q=0.9, application/ld+json;q=0.8, application/n-triples;q=0.7, */*;q=0.1'

/** DCAT in RDF/XML, Turtle, N-Triples or JSON-LD, with Hydra paging under the old and the new names. */
export const dcatFormat: SourceFormat = {
  name: 'dcat',
  label: { de: 'DCAT (RDF/XML, Turtle, JSON-LD)', en: 'DCAT (RDF/XML, Turtle, JSON-LD)' },
  incremental: false,
  detect,
  readPage,
  firstPage: ({ base }) => getPage(base, ACCEPT),
}

/** Surer with the vocabulary in sight, so that RDF about other things does not win over formats that know better. */
function detect(start: string, context: PageContext): number {
  const format = formatOf(start, named(context))
  if (!format) return 0
  if (format === 'jsonld')
    return /"(@context|@graph|@id|@type)"|\bdcat#/.test(start)
      ? /dcat|Dataset/i.test(start)
        ? 0.7
        : 0.4
      : 0.1
  if (format === 'rdfxml') return /<(rdf:)?RDF[\s>]|rdf-syntax-ns#/.test(start) ? 0.8 : 0.1
  return 0.6
}

function named(context: PageContext): { contentType?: string; filename?: string } {
  return {
    ...(context.contentType === null ? {} : { contentType: context.contentType }),
    ...(context.filename === null ? {} : { filename: context.filename }),
  }
}

async function readPage(bytes: Uint8Array, context: PageContext): Promise<SourcePage> {
  const unpacked = await unpack(bytes, MAX_BYTES)
  if (!unpacked.bytes) return emptyPage('dcat', unpacked.findings)
  const base = context.request?.url ?? `file:///${encodeURIComponent(context.filename ?? 'document')}`
  const parsed = await parseRdf(unpacked.bytes, {
    ...named(context),
    baseIri: base,
    limits: { maxBytes: MAX_BYTES },
  })
  return graphPage(parsed.quads, { findings: parsed.findings, detail: parsed.format ?? 'dcat', context })
}

/** The datasets of a graph as items of a page; `context` gives the address the next page is asked relative to. */
export function graphPage(
  quads: Quad[],
  given: { findings: Finding[]; detail: string; context: PageContext },
): SourcePage {
  const graph = indexGraph(quads)
  const { next, total } = readCatalogue(graph)
  const items = datasetNodes(graph).map((node) => itemOf(graph, node))
  const silent = items.length === 0 && !hasErrors(given.findings) && total !== 0
  return {
    items,
    next: nextOf(next, given.context),
    total,
    gone: [],
    findings: [...given.findings, ...(silent ? [noDataset()] : [])],
    detail: given.detail,
  }
}

function nextOf(next: string | null, context: PageContext): SourcePage['next'] {
  const base = context.request?.url
  if (next === null || !URL.canParse(next, base)) return null
  const url = new URL(next, base).href
  // Some catalogues name the page itself as the next one at their end.
  return url === base ? null : getPage(url, ACCEPT)
}

/** A dataset of a graph, not mapped yet. Its name at the source is its IRI, else its identifier. */
export function itemOf(graph: Graph, node: NodeTerm): SourceItem {
  const literalOf = (predicate: typeof DCT.identifier): string | null => {
    const object = statementsOf(graph, node, predicate)[0]?.object
    return object ? (addressOf(object) ?? (object.termType === 'Literal' ? object.value : null)) : null
  }
  return {
    remoteId: node.termType === 'NamedNode' ? node.value : literalOf(DCT.identifier),
    modified: dateOf(literalOf(DCT.modified) ?? ''),
    raw: () => rawOf(graph, node),
    read: () => readDataset(graph, node),
  }
}

/** What the source said about a dataset and its parts, as sorted N-Triples: the same content gives the same text. */
function rawOf(graph: Graph, node: NodeTerm): string {
  const lines: string[] = []
  const seen = new Set([nodeKey(node)])
  const queue: NodeTerm[] = [node]
  for (let at = queue.pop(); at && lines.length < MAX_RAW_STATEMENTS; at = queue.pop()) {
    for (const quad of everythingAbout(graph, at)) {
      lines.push(`${quadKey(quad)} .`)
      const next = quad.object
      if (!isNode(next) || seen.has(nodeKey(next)) || standsAlone(graph, next)) continue
      seen.add(nodeKey(next))
      queue.push(next)
    }
  }
  return lines.sort().join('\n')
}

function noDataset(): Finding {
  return finding('warning', 'no-dataset', {
    de: 'Die Datei beschreibt keinen Datensatz (dcat:Dataset).',
    en: 'The file describes no dataset (dcat:Dataset).',
  })
}
