import { statementsWith, type Graph } from '../../rdf/graph.ts'
import { iri, isNode, literal, nodeKey, triple, type NodeTerm } from '../../rdf/terms.ts'
import { DCAT, DCT, FOAF, HYDRA, RDF, XSD } from '../../rdf/vocabularies.ts'
import type { Agent, LangText } from '../model.ts'
import { takeAgents, writeAgent } from './agents.ts'
import { readerOf, takeAddress, takeDate, takeTexts } from './graph.ts'
import { lists } from './vocabulary.ts'
import { addresses, date, texts, type Writer } from './writer.ts'

/** What a catalogue says about itself. */
export type CatalogueInfo = {
  uri: string
  title: LangText
  description: LangText
  publisher: Agent | null
  homepage: string | null
  issued: string | null
  modified: string | null
}

/** Addresses of one page of a catalogue. `total`: datasets in all pages. */
export type Page = {
  self: string
  first: string
  previous: string | null
  next: string | null
  last: string
  total: number
  size: number
}

/** The catalogue of a graph, the address of the next page and the announced number of datasets. */
export function readCatalogue(graph: Graph): {
  catalogue: CatalogueInfo | null
  next: string | null
  total: number | null
} {
  const self = statementsWith(graph, RDF.type).find((q) => q.object.equals(DCAT.Catalog))?.subject
  return {
    catalogue: self && isNode(self) ? infoOf(graph, self) : null,
    // Writers give page links as IRIs or as text, under the newer or the older name.
    next: firstValue(graph, [HYDRA.next, HYDRA.nextPage]),
    total: numberOf(firstValue(graph, [HYDRA.totalItems])),
  }
}

function infoOf(graph: Graph, self: NodeTerm): CatalogueInfo {
  const reader = readerOf(graph)
  return {
    uri: nodeKey(self),
    title: takeTexts(reader, self, DCT.title),
    description: takeTexts(reader, self, DCT.description),
    publisher: takeAgents(reader, self, DCT.publisher, 1)[0] ?? null,
    homepage: takeAddress(reader, self, FOAF.homepage),
    issued: takeDate(reader, self, DCT.issued),
    modified: takeDate(reader, self, DCT.modified),
  }
}

function firstValue(graph: Graph, predicates: (typeof HYDRA.next)[]): string | null {
  for (const predicate of predicates) {
    const quad = statementsWith(graph, predicate).find((q) => q.object.termType !== 'BlankNode')
    if (quad) return quad.object.value
  }
  return null
}

function numberOf(text: string | null): number | null {
  const value = Number(text ?? '')
  return text !== null && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** States the catalogue, its link to each dataset and service, and the page under the newer and the older Hydra names. */
export function writeCatalogueInfo(
  writer: Writer,
  info: CatalogueInfo,
  members: { datasets: string[]; services: string[] },
  page: Page | null,
): void {
  const self = iri(info.uri)
  writer.quads.push(triple(self, RDF.type, DCAT.Catalog))
  texts(writer, self, DCT.title, info.title)
  texts(writer, self, DCT.description, info.description)
  if (info.publisher) writeAgent(writer, self, DCT.publisher, info.publisher)
  if (info.homepage) {
    addresses(writer, self, FOAF.homepage, [info.homepage])
    writer.quads.push(triple(iri(info.homepage), RDF.type, FOAF.Document))
  }
  date(writer, self, DCT.issued, info.issued)
  date(writer, self, DCT.modified, info.modified)
  addresses(writer, self, DCT.language, [`${lists.language}DEU`])
  addresses(writer, self, DCAT.themeTaxonomy, [lists.theme.replace(/\/$/, '')])
  addresses(writer, self, DCAT.dataset, members.datasets)
  addresses(writer, self, DCAT.service, members.services)
  if (page) writePage(writer, page)
}

function writePage(writer: Writer, page: Page): void {
  const self = iri(page.self)
  const link = (predicates: (typeof HYDRA.next)[], target: string | null): void => {
    if (target) for (const predicate of predicates) writer.quads.push(triple(self, predicate, iri(target)))
  }
  const count = (predicate: typeof HYDRA.next, n: number): void => {
    writer.quads.push(triple(self, predicate, literal(String(n), XSD.integer)))
  }
  writer.quads.push(
    triple(self, RDF.type, HYDRA.PagedCollection),
    triple(self, RDF.type, HYDRA.PartialCollectionView),
  )
  link([HYDRA.first, HYDRA.firstPage], page.first)
  link([HYDRA.previous, HYDRA.previousPage], page.previous)
  link([HYDRA.next, HYDRA.nextPage], page.next)
  link([HYDRA.last, HYDRA.lastPage], page.last)
  count(HYDRA.totalItems, page.total)
  count(HYDRA.itemsPerPage, page.size)
}
