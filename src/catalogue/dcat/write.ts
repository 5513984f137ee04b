import { Parser } from 'n3'
import {
  blank,
  distinct,
  encodeIri,
  iri,
  literal,
  triple,
  type NodeTerm,
  type Quad,
} from '../../rdf/terms.ts'
import { ADMS, DCAT, DCATAP, DCATDE, DCT, GEODCATAP, PROV, RDF, SKOS } from '../../rdf/vocabularies.ts'
import { SELF } from '../formats/kept.ts'
import type { DatasetRecord } from '../model.ts'
import { writeAccess, writeDocuments, writeLegislation } from './access.ts'
import { writeAgent, writeContact } from './agents.ts'
import { writeCatalogueInfo, type CatalogueInfo, type Page } from './catalogue.ts'
import { writeColumns } from './columns.ts'
import { writeDistribution } from './distributions.ts'
import { placeOfAgs, writePeriod, writePlace } from './places.ts'
import { servedAmong, writeEndpoints } from './services.ts'
import { lists } from './vocabulary.ts'
import { addresses, blankLabel, date, node, text, texts, writerOf, type Writer } from './writer.ts'

/**
 * How to write. `uri`: address of the dataset where the record has none. `prefix`: makes blank nodes of several records
 * different. `served`: addresses of what a service serves. `deprecated`: also state what DCAT-AP.de 3.0 dropped, for receivers that still follow handbook 2.0.
 */
export type WriteOptions = { uri?: string; prefix?: string; deprecated?: boolean; served?: string[] }

/** The DCAT-AP.de 3.0 statements of a record, a dataset or a service. Filter it with `recordForFace` first: inventory fields are never written. */
export function writeDcatDataset(record: DatasetRecord, options: WriteOptions = {}): Quad[] {
  const writer = writerOf(options.prefix ?? '')
  const self = node(writer, record.uri ?? options.uri ?? null)
  const { service } = record
  writer.quads.push(triple(self, RDF.type, service ? DCAT.DataService : DCAT.Dataset))
  writeIdentity(writer, self, record)
  writeRoles(writer, self, record)
  writePlaces(writer, self, record)
  writeAccess(writer, self, record)
  writeLegislation(writer, self, record.legislation)
  writeDocuments(writer, self, record)
  writeLinks(writer, self, record)
  if (service) writeEndpoints(writer, self, { record, service, served: options.served ?? [] })
  else writeData(writer, self, record)
  if (options.deprecated) writeDeprecated(writer, self, record)
  return distinct([...writer.quads, ...keptQuads(record.unknown, { prefix: writer.prefix, self })])
}

/** A catalogue (or one page of it) with all its datasets. */
export function writeDcatCatalogue(
  info: CatalogueInfo,
  records: { record: DatasetRecord; uri: string }[],
  options: { page?: Page | null; deprecated?: boolean } = {},
): Quad[] {
  const writer = writerOf('c')
  const named = (services: boolean) =>
    records
      .filter(({ record }) => (record.service !== undefined) === services)
      .map(({ record, uri }) => record.uri ?? uri)
      .filter((uri) => !uri.startsWith('_:'))
  const members = { datasets: named(false), services: named(true) }
  writeCatalogueInfo(writer, info, members, options.page ?? null)
  const served = servedAmong(records)
  const datasets = records.map(({ record, uri }, i) =>
    writeDcatDataset(record, {
      uri,
      prefix: `d${i}`,
      deprecated: options.deprecated ?? false,
      served: record.service ? served(record.service) : [],
    }),
  )
  return [...writer.quads, ...datasets.flat()]
}

function writeData(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  for (const period of record.periods) writePeriod(writer, self, period)
  addresses(writer, self, DCT.accrualPeriodicity, [record.frequency && lists.frequency + record.frequency])
  addresses(writer, self, DCATAP.availability, [
    record.availability && lists.availability + record.availability,
  ])
  writeColumns(writer, self, record.columns)
  for (const distribution of record.distributions) writeDistribution(writer, self, distribution)
}

function writeIdentity(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  text(writer, self, DCT.identifier, record.identifier)
  for (const other of record.otherIdentifiers) writeOtherIdentifier(writer, self, other)
  texts(writer, self, DCT.title, record.title)
  texts(writer, self, DCT.description, record.description)
  for (const keyword of record.keywords)
    writer.quads.push(triple(self, DCAT.keyword, literal(keyword.text, keyword.lang)))
  addresses(
    writer,
    self,
    DCAT.theme,
    record.themes.map((code) => lists.theme + code),
  )
  date(writer, self, DCT.issued, record.issued)
  date(writer, self, DCT.modified, record.modified)
  text(writer, self, DCAT.version, record.version)
  addresses(
    writer,
    self,
    DCT.language,
    record.languages.map((code) => lists.language + code),
  )
}

function writeOtherIdentifier(writer: Writer, self: NodeTerm, value: string): void {
  const own = node(writer, null)
  writer.quads.push(
    triple(self, ADMS.identifier, own),
    triple(own, RDF.type, ADMS.Identifier),
    triple(own, SKOS.notation, literal(value)),
  )
}

function writeRoles(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  if (record.publisher) writeAgent(writer, self, DCT.publisher, record.publisher)
  for (const agent of record.creators) writeAgent(writer, self, DCT.creator, agent)
  for (const agent of record.custodians) writeAgent(writer, self, GEODCATAP.custodian, agent)
  for (const agent of record.originators) writeAgent(writer, self, GEODCATAP.originator, agent)
  for (const contact of record.contacts) writeContact(writer, self, DCAT.contactPoint, contact)
  addresses(writer, self, DCATDE.contributorID, record.contributorIds)
}

function writePlaces(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  for (const place of record.places) writePlace(writer, self, place)
  const town = placeOfAgs(record.ags, record.places)
  if (town) writePlace(writer, self, town)
  addresses(writer, self, DCATDE.politicalGeocodingLevelURI, [
    record.geocodingLevel && lists.level + record.geocodingLevel,
  ])
}

function writeLinks(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  addresses(writer, self, DCATAP.hvdCategory, record.hvdCategories)
  addresses(writer, self, DCT.conformsTo, record.conformsTo)
  addresses(writer, self, DCT.references, record.references)
  addresses(writer, self, PROV.wasDerivedFrom, record.sources)
}

function writeDeprecated(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  texts(writer, self, DCATDE.legalBasis, record.legalBasis)
  const places = [...record.places, placeOfAgs(record.ags, record.places)]
  addresses(
    writer,
    self,
    DCATDE.politicalGeocodingURI,
    places.map((p) => (p?.id?.startsWith(lists.geocoding) ? p.id : null)),
  )
}

/** Kept statements, their blank nodes under the record's prefix. Kept text that can not be read is left out. */
function keptQuads(unknown: string, { prefix, self }: { prefix: string; self: NodeTerm }): Quad[] {
  if (unknown === '') return []
  // The parser puts a prefix before every label; a known one can be taken off again.
  const rename = (term: Quad['object']): Quad['object'] => {
    if (term.termType !== 'BlankNode') return term
    const label = `_:${term.value.slice(1)}`
    return label === SELF ? self : blank(blankLabel(prefix, label))
  }
  try {
    const quads = new Parser({ format: 'N-Quads', blankNodePrefix: '_:k' }).parse(unknown)
    return quads.map((q) =>
      triple(rename(q.subject) as Quad['subject'], iri(encodeIri(q.predicate.value)), rename(q.object)),
    )
  } catch {
    return []
  }
}
