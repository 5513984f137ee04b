import { iri, literal, triple, type NodeTerm } from '../../rdf/terms.ts'
import { DCAT, DCATAP, DCT, FOAF, RDF, RDFS } from '../../rdf/vocabularies.ts'
import type { Access, AccessType, DatasetRecord, DgaGround, InspireReason, LangText } from '../model.ts'
import { accessRightCode } from './codes.ts'
import {
  hasOnly,
  isOfType,
  objectsOf,
  statements,
  take,
  takeCode,
  takeTexts,
  type GraphReader,
} from './graph.ts'
import { isOpenLicence } from './licences.ts'
import { accessRightOf, dgaGrounds, lists } from './vocabulary.ts'
import { addresses, node, type Writer } from './writer.ts'

const TYPE_OF: Record<string, AccessType> = { PUBLIC: 'open', RESTRICTED: 'on-request', NON_PUBLIC: 'closed' }

/** The way of access: stated, or concluded from the licences of the distributions. */
export function takeAccess(reader: GraphReader, from: NodeTerm, licences: (string | null)[]): Access {
  const right = takeCode(reader, from, DCT.accessRights, accessRightCode)
  const stated = right === null ? null : (TYPE_OF[right] ?? null)
  const reasons: InspireReason[] = []
  const grounds: DgaGround[] = []
  const note: LangText = {}
  for (const { quad, node: rights } of objectsOf(reader, from, DCT.rights)) {
    if (rights?.termType === 'NamedNode') {
      const reason = reasonOf(rights.value)
      if (!reason) continue
      take(reader, quad)
      reasons.push(reason)
    } else if (rights && isOfType(reader, rights, DCT.RightsStatement)) {
      if (takeStatement(reader, rights, { grounds, note })) take(reader, quad)
    }
  }
  return {
    type: stated ?? conclude(licences, reasons),
    assumed: stated === null,
    reasons,
    grounds,
    note,
    requestUrl: null,
  }
}

function conclude(licences: (string | null)[], reasons: InspireReason[]): AccessType {
  if (reasons.length > 0) return 'closed'
  const closed =
    licences.length > 0 &&
    licences.every((l) => l !== null && !isOpenLicence(l) && l.endsWith('/other-closed'))
  return closed ? 'on-request' : 'open'
}

function reasonOf(address: string): InspireReason | null {
  const letter = /LimitationsOnPublicAccess\/INSPIRE_Directive_Article13_1([a-h])$/.exec(address)?.[1]
  return (letter as InspireReason | undefined) ?? null
}

/**
 * A rights statement holds one ground of the DGA by its name, or a note. One that says more or less than a label, or says
 * another thing in a language already noted, is left among the unknown statements.
 */
function takeStatement(
  reader: GraphReader,
  rights: NodeTerm,
  into: { grounds: DgaGround[]; note: LangText },
): boolean {
  const given = statements(reader, rights, RDFS.label).map((quad) => quad.object)
  const languages = given.map((label) => (label.termType === 'Literal' ? label.language.toLowerCase() : '-'))
  if (given.length === 0 || !hasOnly(reader, rights, [RDF.type, RDFS.label])) return false
  if (languages.some((language) => language === '-' || into.note[language] !== undefined)) return false
  const labels = takeTexts(reader, rights, RDFS.label)
  for (const quad of statements(reader, rights, RDF.type))
    if (quad.object.equals(DCT.RightsStatement)) take(reader, quad)
  const ground = (Object.keys(dgaGrounds) as DgaGround[]).find(
    (g) => dgaGrounds[g].de === labels['de'] && dgaGrounds[g].en === labels['en'],
  )
  if (ground) into.grounds.push(ground)
  else Object.assign(into.note, labels)
  return true
}

/** States access right, reasons and notes. What was only concluded is not stated. */
export function writeAccess(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  const { access } = record
  if (!access.assumed)
    addresses(writer, self, DCT.accessRights, [lists.accessRight + accessRightOf[access.type]])
  addresses(
    writer,
    self,
    DCT.rights,
    access.reasons.map((reason) => lists.inspire + reason),
  )
  for (const ground of access.grounds) writeStatement(writer, self, dgaGrounds[ground])
  writeStatement(writer, self, access.note)
  if (access.requestUrl) addresses(writer, self, DCAT.landingPage, [access.requestUrl])
}

function writeStatement(writer: Writer, self: NodeTerm, labels: LangText): void {
  const entries = Object.entries(labels).filter(([, text]) => text !== '')
  if (entries.length === 0) return
  const statement = node(writer, null)
  writer.quads.push(triple(self, DCT.rights, statement), triple(statement, RDF.type, DCT.RightsStatement))
  for (const [language, text] of entries)
    writer.quads.push(triple(statement, RDFS.label, literal(text, language)))
}

/** The class of laws. */
export const LegalResource = iri('http://data.europa.eu/eli/ontology#LegalResource')

/** States laws, each as a resource of its own. */
export function writeLegislation(writer: Writer, self: NodeTerm, laws: string[]): void {
  addresses(writer, self, DCATAP.applicableLegislation, laws)
  for (const law of laws) {
    writer.quads.push(triple(iri(law), RDF.type, LegalResource))
  }
}

/** States pages, each with the class the European shapes ask for. */
export function writeDocuments(writer: Writer, self: NodeTerm, record: DatasetRecord): void {
  addresses(writer, self, FOAF.page, record.documentation)
  addresses(writer, self, DCAT.landingPage, record.landingPages)
}
