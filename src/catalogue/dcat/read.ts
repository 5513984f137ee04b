import { finding, type Finding } from '../../platform/finding.ts'
import { unpack } from '../../platform/tabular/unpack.ts'
import { everythingAbout, isDescribed, isStated, statementsWith, type Graph } from '../../rdf/graph.ts'
import { parseRdf, type ParseOptions } from '../../rdf/parse.ts'
import type { RdfFormat } from '../../rdf/formats.ts'
import { iri, isNode, nodeKey, quadKey, type NodeTerm, type Quad } from '../../rdf/terms.ts'
import {
  ADMS,
  DCAT,
  DCATAP,
  DCATDE,
  DCT,
  FOAF,
  GEODCATAP,
  OWL,
  PROV,
  RDF,
  SKOS,
} from '../../rdf/vocabularies.ts'
import { emptyRecord, type Agent, type DatasetRecord } from '../model.ts'
import { LegalResource, takeAccess } from './access.ts'
import { takeAgents, takeContacts } from './agents.ts'
import { readCatalogue, type CatalogueInfo } from './catalogue.ts'
import {
  availabilityCode,
  canonicalDcatDe,
  frequencyCode,
  languageCode,
  levelCode,
  themeCode,
} from './codes.ts'
import { takeColumns } from './columns.ts'
import { takeDistributions } from './distributions.ts'
import {
  addressOf,
  hasOnly,
  indexGraph,
  isOfType,
  readerOf,
  remark,
  statements,
  take,
  takeAddresses,
  takeCode,
  takeCodes,
  takeDate,
  takeText,
  takeTexts,
  takeTypes,
  type GraphReader,
} from './graph.ts'
import { agsOfPlaces, takePeriods, takePlaces } from './places.ts'
import { serviceNodes, takeService } from './services.ts'

/** A dataset as read: its record and what was remarkable about it. */
export type ReadDataset = { record: DatasetRecord; findings: Finding[] }

/** A catalogue document: its datasets, what it says about itself, the next page, and how many datasets it announces. */
export type ReadCatalogue = {
  records: ReadDataset[]
  catalogue: CatalogueInfo | null
  next: string | null
  total: number | null
  findings: Finding[]
}

/** Reads the datasets of a graph. Nothing is lost: what fits no field is kept in `record.unknown`. */
export function readDcat(quads: Quad[]): ReadCatalogue {
  const graph = indexGraph(quads)
  const { catalogue, next, total } = readCatalogue(graph)
  return { records: [...readDatasets(graph)], catalogue, next, total, findings: [] }
}

/** Size at which a catalogue is refused, packed or not. */
const MAX_UNPACKED = 256 * 1024 * 1024

/** Parses a file (also packed with gzip) and reads its datasets; findings of the file and of each dataset apart. */
export async function readDcatFile(
  bytes: Uint8Array,
  options: ParseOptions = {},
): Promise<ReadCatalogue & { format: RdfFormat | null; quads: Quad[] }> {
  const unpacked = await unpack(bytes, MAX_UNPACKED)
  const plain = unpacked.bytes
  if (!plain) return { ...nothing(unpacked.findings), format: null, quads: [] }
  const limits = { maxBytes: MAX_UNPACKED, ...options.limits }
  const parsed = await parseRdf(plain, { ...options, limits })
  const read = readDcat(parsed.quads)
  const empty = read.records.length === 0 && !parsed.findings.some((f) => f.severity === 'error')
  return {
    ...read,
    findings: [...parsed.findings, ...(empty ? [noDataset()] : [])],
    format: parsed.format,
    quads: parsed.quads,
  }
}

/** The datasets of an indexed graph one by one, in document order. */
function* readDatasets(graph: Graph): Generator<ReadDataset> {
  for (const node of datasetNodes(graph)) yield readDataset(graph, node)
}

/** The nodes of a graph that are datasets or services of their own, with a statement about them, in document order. */
export function datasetNodes(graph: Graph): NodeTerm[] {
  const found = new Map<string, NodeTerm>()
  const typed = statementsWith(graph, RDF.type).filter((q) => q.object.equals(DCAT.Dataset))
  const listed = statementsWith(graph, DCAT.dataset).map((q) => q.object)
  for (const term of [...typed.map((q) => q.subject), ...listed, ...serviceNodes(graph)]) {
    if (isNode(term) && !found.has(nodeKey(term)) && isDescribed(graph, term)) found.set(nodeKey(term), term)
  }
  return [...found.values()]
}

/** Reads one dataset, or a service that is no part of one. */
export function readDataset(graph: Graph, self: NodeTerm): ReadDataset {
  const reader = readerOf(graph)
  const service = isOfType(reader, self, DCAT.Dataset) ? null : takeService(reader, self)
  takeTypes(reader, self, [service ? DCAT.DataService : DCAT.Dataset])
  const record: DatasetRecord = {
    ...emptyRecord(),
    ...takeIdentity(reader, self),
    ...takeRoles(reader, self),
    ...takeCoverage(reader, self),
    ...takeLinks(reader, self),
  }
  if (service) record.service = service
  record.columns = takeColumns(reader, self)
  record.conformsTo = takeLinked(reader, self, DCT.conformsTo)
  record.distributions = takeDistributions(reader, self)
  record.access = takeAccess(
    reader,
    self,
    record.distributions.map((d) => d.licence),
  )
  // In one order, so that a source that only shuffles its statements changes nothing.
  record.unknown = keptStatements(reader, self)
    .map((quad) => `${quadKey(quad)} .\n`)
    .sort()
    .join('')
  remarkDeprecated(reader, self)
  return { record, findings: reader.findings }
}

type Part = Partial<DatasetRecord>

function takeIdentity(reader: GraphReader, self: NodeTerm): Part {
  return {
    uri: nodeKey(self),
    identifier: takeText(reader, self, DCT.identifier),
    otherIdentifiers: takeOtherIdentifiers(reader, self),
    title: takeTexts(reader, self, DCT.title),
    description: takeTexts(reader, self, DCT.description),
    keywords: takeKeywords(reader, self),
    themes: takeCodes(reader, self, DCAT.theme, themeCode),
    issued: takeDate(reader, self, DCT.issued),
    modified: takeDate(reader, self, DCT.modified),
    version: takeText(reader, self, DCAT.version) ?? takeText(reader, self, OWL.versionInfo),
    languages: takeCodes(reader, self, DCT.language, languageCode),
  }
}

function takeRoles(reader: GraphReader, self: NodeTerm): Part {
  const publishers = takeAgents(reader, self, DCT.publisher, 1)
  return {
    publisher: publishers[0] ?? null,
    creators: takeAgents(reader, self, DCT.creator),
    custodians: mergeAgents(
      takeAgents(reader, self, GEODCATAP.custodian),
      takeAgents(reader, self, DCATDE.maintainer),
    ),
    originators: mergeAgents(
      takeAgents(reader, self, GEODCATAP.originator),
      takeAgents(reader, self, DCATDE.originator),
    ),
    contacts: takeContacts(reader, self, DCAT.contactPoint),
    contributorIds: takeAddresses(reader, self, DCATDE.contributorID).map(canonicalDcatDe),
  }
}

function mergeAgents(current: Agent[], deprecated: Agent[]): Agent[] {
  const known = new Set(current.map((agent) => agent.id))
  return [...current, ...deprecated.filter((agent) => agent.id === null || !known.has(agent.id))]
}

function takeCoverage(reader: GraphReader, self: NodeTerm): Part {
  const places = takePlaces(reader, self)
  return {
    places,
    ags: agsOfPlaces(places),
    geocodingLevel: takeCode(
      reader,
      self,
      DCATDE.politicalGeocodingLevelURI,
      levelCode,
    ) as DatasetRecord['geocodingLevel'],
    periods: takePeriods(reader, self),
    frequency: takeCode(reader, self, DCT.accrualPeriodicity, frequencyCode),
    availability:
      takeCode(reader, self, DCATAP.availability, availabilityCode) ??
      takeCode(reader, self, DCATDE.plannedAvailability, availabilityCode),
  }
}

function takeLinks(reader: GraphReader, self: NodeTerm): Part {
  return {
    legalBasis: takeTexts(reader, self, DCATDE.legalBasis),
    legislation: takeLegislation(reader, self),
    hvdCategories: takeLinked(reader, self, DCATAP.hvdCategory),
    landingPages: takeAddresses(reader, self, DCAT.landingPage),
    documentation: takeAddresses(reader, self, FOAF.page),
    references: takeLinked(reader, self, DCT.references),
    sources: takeLinked(reader, self, PROV.wasDerivedFrom),
  }
}

function takeLegislation(reader: GraphReader, self: NodeTerm): string[] {
  const laws = takeLinked(reader, self, DCATAP.applicableLegislation)
  for (const law of laws) takeTypes(reader, iri(law), [LegalResource])
  return laws
}

/** Links to IRIs only; text in their place stays unknown. */
function takeLinked(reader: GraphReader, self: NodeTerm, predicate: typeof DCT.references): string[] {
  const found: string[] = []
  for (const quad of statements(reader, self, predicate)) {
    if (quad.object.termType !== 'NamedNode') continue
    take(reader, quad)
    if (!found.includes(quad.object.value)) found.push(quad.object.value)
  }
  return found
}

/** More keywords than any real record needs; beyond it a source has gone wrong. */
const MAX_KEYWORDS = 500

function takeKeywords(reader: GraphReader, self: NodeTerm): DatasetRecord['keywords'] {
  const all = statements(reader, self, DCAT.keyword)
  for (const quad of all) if (quad.object.termType === 'Literal') take(reader, quad)
  const keywords = all.flatMap(({ object }) =>
    object.termType === 'Literal' && object.value.trim() !== ''
      ? [{ text: object.value, lang: object.language.toLowerCase() }]
      : [],
  )
  if (keywords.length > MAX_KEYWORDS)
    remark(reader, 'error', 'too-many-keywords', {
      de: `Der Datensatz hat ${keywords.length} Schlagwörter; übernommen wurden ${MAX_KEYWORDS}.`,
      en: `The dataset has ${keywords.length} keywords; ${MAX_KEYWORDS} were taken over.`,
    })
  return keywords.slice(0, MAX_KEYWORDS)
}

/** `adms:identifier` as text, address, or node with a notation. */
function takeOtherIdentifiers(reader: GraphReader, self: NodeTerm): string[] {
  const found: string[] = []
  for (const quad of statements(reader, self, ADMS.identifier)) {
    if (quad.object.termType === 'BlankNode') {
      const notation = statements(reader, quad.object, SKOS.notation)[0]
      if (!notation || !hasOnly(reader, quad.object, [RDF.type, SKOS.notation])) continue
      for (const type of statements(reader, quad.object, RDF.type)) take(reader, type)
      take(reader, notation)
      found.push(notation.object.value)
    } else {
      // A node described on its own is kept whole; its address alone would lose the description.
      if (isNode(quad.object) && isDescribed(reader.graph, quad.object)) continue
      found.push(addressOf(quad.object) ?? quad.object.value)
    }
    take(reader, quad)
  }
  return found
}

const MAX_KEPT = 20_000

/** Every statement reachable from the dataset that no field took; other datasets and catalogues are not entered. */
function keptStatements(reader: GraphReader, self: NodeTerm): Quad[] {
  const kept: Quad[] = []
  const seen = new Set<string>([nodeKey(self)])
  const queue: NodeTerm[] = [self]
  for (let node = queue.pop(); node; node = queue.pop()) {
    for (const quad of everythingAbout(reader.graph, node)) {
      if (kept.length >= MAX_KEPT) return tooMuch(reader, kept)
      if (!reader.taken.has(quad)) kept.push(quad)
      const next = quad.object
      if (
        !isNode(next) ||
        seen.has(nodeKey(next)) ||
        reader.dropped.has(nodeKey(next)) ||
        standsAlone(reader.graph, next)
      )
        continue
      seen.add(nodeKey(next))
      queue.push(next)
    }
  }
  return kept
}

const ALONE = [DCAT.Dataset, DCAT.DatasetSeries, DCAT.Catalog, DCAT.CatalogRecord]

/** True for a node that is a dataset, series, catalogue or record of its own and no part of another. */
export function standsAlone(graph: Graph, node: NodeTerm): boolean {
  return ALONE.some((type) => isStated(graph, node, RDF.type, type))
}

function tooMuch(reader: GraphReader, kept: Quad[]): Quad[] {
  remark(reader, 'error', 'too-much-unknown', {
    de: `Am Datensatz hängen mehr als ${MAX_KEPT} unbekannte Aussagen; die übrigen wurden nicht übernommen.`,
    en: `More than ${MAX_KEPT} unknown statements hang on the dataset; the others were not taken over.`,
  })
  return kept
}

const DEPRECATED = [
  DCATDE.politicalGeocodingURI,
  DCATDE.geocodingDescription,
  DCATDE.maintainer,
  DCATDE.originator,
  DCATDE.legalBasis,
  DCATDE.plannedAvailability,
]

function remarkDeprecated(reader: GraphReader, self: NodeTerm): void {
  const used = DEPRECATED.filter((predicate) => statements(reader, self, predicate).length > 0)
  if (used.length === 0) return
  const names = used.map((predicate) => `dcatde:${predicate.value.split('/').pop()}`).join(', ')
  remark(reader, 'info', 'deprecated', {
    de: `Diese Angaben gibt es seit DCAT-AP.de 3.0 nicht mehr, sie wurden überführt: ${names}.`,
    en: `These properties were dropped in DCAT-AP.de 3.0 and were converted: ${names}.`,
  })
}

function nothing(findings: Finding[]): ReadCatalogue {
  return { records: [], catalogue: null, next: null, total: null, findings }
}

function noDataset(): Finding {
  return finding('warning', 'no-dataset', {
    de: 'Die Datei beschreibt keinen Datensatz (dcat:Dataset).',
    en: 'The file describes no dataset (dcat:Dataset).',
  })
}
