import { iri, isIri, literal, triple, type NodeTerm } from '../../rdf/terms.ts'
import { ADMS, DCAT, DCATAP, DCATDE, DCT, ODRL, RDF, RDFS, SPDX, XSD } from '../../rdf/vocabularies.ts'
import { emptyDistribution, type Checksum, type Distribution } from '../model.ts'
import {
  availabilityCode,
  checksumName,
  fileTypeCode,
  languageCode,
  mediaTypeText,
  statusCode,
} from './codes.ts'
import {
  addressOf,
  idOf,
  objectsOf,
  remark,
  statements,
  take,
  takeAddress,
  takeCode,
  takeCodes,
  takeDate,
  takeText,
  takeTexts,
  takeTypes,
  type GraphReader,
} from './graph.ts'
import { canonicalLicence, licenceByName } from './licences.ts'
import { lists } from './vocabulary.ts'
import { addresses, date, node, texts, type Writer } from './writer.ts'

/** No real dataset has more files; one with thousands is a mistake of its source. */
const MAX_DISTRIBUTIONS = 1000

/** Distributions of a dataset. */
export function takeDistributions(reader: GraphReader, from: NodeTerm): Distribution[] {
  const found: Distribution[] = []
  for (const { quad, node: self } of objectsOf(reader, from, DCAT.distribution)) {
    if (!self) continue
    take(reader, quad)
    if (found.length < MAX_DISTRIBUTIONS) found.push(takeDistribution(reader, self))
    else reader.dropped.add(idOf(self))
  }
  if (reader.dropped.size > 0)
    remark(reader, 'error', 'too-many-distributions', {
      de: `Der Datensatz hat mehr als ${MAX_DISTRIBUTIONS} Distributionen; ${reader.dropped.size} wurden nicht übernommen.`,
      en: `The dataset has more than ${MAX_DISTRIBUTIONS} distributions; ${reader.dropped.size} were not taken over.`,
    })
  return found
}

function takeDistribution(reader: GraphReader, self: NodeTerm): Distribution {
  takeTypes(reader, self, [DCAT.Distribution])
  return {
    ...emptyDistribution(),
    id: idOf(self),
    title: takeTexts(reader, self, DCT.title),
    description: takeTexts(reader, self, DCT.description),
    accessUrl: takeAddress(reader, self, DCAT.accessURL),
    downloadUrl: takeAddress(reader, self, DCAT.downloadURL),
    format: takeCode(reader, self, DCT.format, fileTypeCode),
    mediaType: takeCode(reader, self, DCAT.mediaType, mediaTypeText),
    licence: takeLicence(reader, self),
    attribution: takeTexts(reader, self, DCATDE.licenseAttributionByText),
    rights: takeRights(reader, self),
    byteSize: takeSize(reader, self),
    checksum: takeChecksum(reader, self),
    issued: takeDate(reader, self, DCT.issued),
    modified: takeDate(reader, self, DCT.modified),
    availability:
      takeCode(reader, self, DCATAP.availability, availabilityCode) ??
      takeCode(reader, self, DCATDE.plannedAvailability, availabilityCode),
    status: takeCode(reader, self, ADMS.status, statusCode),
    policy: takePolicy(reader, self),
    languages: takeCodes(reader, self, DCT.language, languageCode),
  }
}

/** The licence a distribution or a service states; names and foreign spellings become the address of the list. */
export function takeLicence(reader: GraphReader, self: NodeTerm): string | null {
  const quad = statements(reader, self, DCT.license).find(
    (q) => licenceFrom(q.object.termType, q.object.value) !== null,
  )
  if (!quad) return null
  take(reader, quad)
  return licenceFrom(quad.object.termType, quad.object.value)
}

function licenceFrom(kind: string, value: string): string | null {
  if (kind === 'NamedNode') return canonicalLicence(value)
  if (kind !== 'Literal') return null
  return licenceByName(value) ?? (isIri(value.trim()) ? canonicalLicence(value.trim()) : null)
}

function takeRights(reader: GraphReader, self: NodeTerm): string | null {
  const quad = statements(reader, self, DCT.rights).find((q) => q.object.termType !== 'BlankNode')
  if (!quad) return null
  take(reader, quad)
  return quad.object.value
}

function takePolicy(reader: GraphReader, self: NodeTerm): string | null {
  const quad = statements(reader, self, ODRL.hasPolicy).find((q) => q.object.termType === 'NamedNode')
  if (!quad) return null
  take(reader, quad)
  return addressOf(quad.object)
}

function takeSize(reader: GraphReader, self: NodeTerm): number | null {
  const quad = statements(reader, self, DCAT.byteSize)[0]
  const size = quad ? Number(quad.object.value) : Number.NaN
  if (!quad || !Number.isSafeInteger(Math.round(size)) || size < 0) return null
  take(reader, quad)
  return Math.round(size)
}

function takeChecksum(reader: GraphReader, self: NodeTerm): Checksum | null {
  const { quad, node: checksum } = objectsOf(reader, self, SPDX.checksum)[0] ?? {}
  if (!quad || !checksum) return null
  const algorithm = checksumName(statements(reader, checksum, SPDX.algorithm)[0]?.object.value ?? '')
  const value = statements(reader, checksum, SPDX.checksumValue)[0]?.object.value
  if (!algorithm || value === undefined) return null
  take(reader, quad)
  takeTypes(reader, checksum, [SPDX.Checksum])
  takeAddress(reader, checksum, SPDX.algorithm)
  takeText(reader, checksum, SPDX.checksumValue)
  return { id: idOf(checksum), algorithm, value }
}

/** States a distribution and the link to it. */
export function writeDistribution(writer: Writer, from: NodeTerm, d: Distribution): void {
  const self = node(writer, d.id)
  writer.quads.push(triple(from, DCAT.distribution, self), triple(self, RDF.type, DCAT.Distribution))
  texts(writer, self, DCT.title, d.title)
  texts(writer, self, DCT.description, d.description)
  addresses(writer, self, DCAT.accessURL, [d.accessUrl])
  addresses(writer, self, DCAT.downloadURL, [d.downloadUrl])
  addresses(writer, self, DCT.format, [d.format && lists.fileType + d.format])
  addresses(writer, self, DCAT.mediaType, [d.mediaType && lists.mediaType + d.mediaType])
  addresses(writer, self, DCT.license, [d.licence])
  texts(writer, self, DCATDE.licenseAttributionByText, d.attribution)
  writeRights(writer, self, d.rights)
  if (d.byteSize !== null)
    writer.quads.push(triple(self, DCAT.byteSize, literal(String(d.byteSize), XSD.nonNegativeInteger)))
  writeChecksum(writer, self, d.checksum)
  date(writer, self, DCT.issued, d.issued)
  date(writer, self, DCT.modified, d.modified)
  addresses(writer, self, DCATAP.availability, [d.availability && lists.availability + d.availability])
  addresses(writer, self, ADMS.status, [d.status && lists.status + d.status])
  addresses(writer, self, ODRL.hasPolicy, [d.policy])
  addresses(
    writer,
    self,
    DCT.language,
    d.languages.map((code) => lists.language + code),
  )
}

/** Rights as an address, or as a statement node around the text. */
function writeRights(writer: Writer, self: NodeTerm, rights: string | null): void {
  if (!rights) return
  if (isIri(rights)) {
    writer.quads.push(triple(self, DCT.rights, iri(rights)))
    return
  }
  const statement = node(writer, null)
  writer.quads.push(
    triple(self, DCT.rights, statement),
    triple(statement, RDF.type, DCT.RightsStatement),
    triple(statement, RDFS.label, literal(rights)),
  )
}

function writeChecksum(writer: Writer, self: NodeTerm, checksum: Checksum | null): void {
  if (!checksum) return
  const own = node(writer, checksum.id)
  writer.quads.push(
    triple(self, SPDX.checksum, own),
    triple(own, RDF.type, SPDX.Checksum),
    triple(own, SPDX.algorithm, iri(lists.checksum + checksum.algorithm)),
    triple(own, SPDX.checksumValue, literal(checksum.value, XSD.hexBinary)),
  )
}
