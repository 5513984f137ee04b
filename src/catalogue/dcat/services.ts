import { isStated, statementsWith, type Graph } from '../../rdf/graph.ts'
import { iri, isIri, isNode, termKey, triple, type NodeTerm } from '../../rdf/terms.ts'
import { DCAT, DCT, RDF } from '../../rdf/vocabularies.ts'
import { takeLicence } from './distributions.ts'
import { isOfType, statements, takeAddresses, type GraphReader } from './graph.ts'
import { licenceOfRecord, nameOf, type DatasetRecord, type Service } from '../model.ts'
import { addresses, type Writer } from './writer.ts'

// The official German example states it under Dublin Core, and with it many who wrote it off.
const ways = [DCAT.accessService, iri('http://purl.org/dc/terms/accessService')]

/** Services that say where they answer and are no part of a distribution: those stay with their dataset. */
export function serviceNodes(graph: Graph): NodeTerm[] {
  const parts = new Set(ways.flatMap((way) => statementsWith(graph, way)).map((quad) => termKey(quad.object)))
  return statementsWith(graph, DCAT.endpointURL)
    .map((quad) => quad.subject)
    .filter(isNode)
    .filter((node) => !parts.has(termKey(node)) && isStated(graph, node, RDF.type, DCAT.DataService))
}

/** The service a node is; null for other nodes. What it serves stays among the unknown statements too, which are written as they came. */
export function takeService(reader: GraphReader, self: NodeTerm): Service | null {
  if (!isOfType(reader, self, DCAT.DataService)) return null
  return {
    endpoints: takeAddresses(reader, self, DCAT.endpointURL),
    descriptions: takeAddresses(reader, self, DCAT.endpointDescription),
    serves: statements(reader, self, DCAT.servesDataset).map((quad) => quad.object.value),
    licence: takeLicence(reader, self),
  }
}

/** A record with the address it is written under. */
export type Placed = { readonly record: DatasetRecord; readonly uri: string }

/**
 * Which datasets beside it a service serves, by address. Only what is described in the same document counts: the German
 * shapes want `dcat:servesDataset` to lead to a dataset.
 */
export function servedAmong(placed: readonly Placed[]): (service: Service) => string[] {
  const known = new Map<string, string>()
  for (const { record, uri } of placed) {
    const own = record.uri ?? uri
    if (record.service || own.startsWith('_:')) continue
    for (const name of [own, record.identifier, ...record.otherIdentifiers])
      if (name) known.set(nameOf(name), own)
  }
  return ({ serves }) => [...new Set(serves.flatMap((name) => known.get(nameOf(name)) ?? []))]
}

/** States where a service answers, what describes it, its licence and what it serves; files and periods are a dataset's. */
export function writeEndpoints(
  writer: Writer,
  self: NodeTerm,
  given: { record: DatasetRecord; service: Service; served: string[] },
): void {
  const { record, service } = given
  addresses(writer, self, DCAT.endpointURL, service.endpoints)
  addresses(writer, self, DCAT.endpointDescription, service.descriptions)
  addresses(writer, self, DCT.license, [licenceOfRecord(record)])
  for (const dataset of given.served)
    if (isIri(dataset)) writer.quads.push(triple(self, DCAT.servesDataset, iri(dataset)))
}
