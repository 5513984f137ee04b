import { iri, isIri, literal, triple, type NamedNode, type NodeTerm, type Quad } from '../../rdf/terms.ts'
import { DCT, FOAF, RDF, VCARD } from '../../rdf/vocabularies.ts'
import type { Agent, Contact } from '../model.ts'
import {
  addressOf,
  hasOnly,
  idOf,
  isOfType,
  objectsOf,
  statements,
  take,
  takeAddress,
  takeText,
  takeTexts,
  takeTypes,
  type GraphReader,
} from './graph.ts'
import { node, texts, type Writer } from './writer.ts'

/** Agents a predicate leads to; a plain name becomes an agent with that name. */
export function takeAgents(reader: GraphReader, from: NodeTerm, predicate: NamedNode, max = 50): Agent[] {
  const agents: Agent[] = []
  for (const { quad, node: agent, text } of objectsOf(reader, from, predicate)) {
    if (agents.length >= max) break
    if (agent) {
      take(reader, quad)
      agents.push(takeAgent(reader, agent))
    } else if (text) {
      take(reader, quad)
      agents.push({ id: null, name: { [text.language]: text.value }, type: null, url: null, email: null })
    }
  }
  return agents
}

function takeAgent(reader: GraphReader, agent: NodeTerm): Agent {
  takeTypes(reader, agent, [FOAF.Agent])
  return {
    id: idOf(agent),
    name: takeTexts(reader, agent, FOAF.name),
    type: takeAddress(reader, agent, DCT.type),
    url: takeAddress(reader, agent, FOAF.homepage),
    email: takeMail(reader, agent, FOAF.mbox),
  }
}

/** States an agent and the link to it. */
export function writeAgent(writer: Writer, from: NodeTerm, predicate: NamedNode, agent: Agent): void {
  const self = node(writer, agent.id)
  writer.quads.push(triple(from, predicate, self), triple(self, RDF.type, FOAF.Agent))
  texts(writer, self, FOAF.name, agent.name)
  if (agent.type) writer.quads.push(triple(self, DCT.type, iri(agent.type)))
  if (agent.url) writer.quads.push(triple(self, FOAF.homepage, iri(agent.url)))
  if (agent.email) writer.quads.push(triple(self, FOAF.mbox, iri(`mailto:${agent.email}`)))
}

function mailOf(value: string): string | null {
  const mail = value.trim().replace(/^mailto:/i, '')
  return /^[^\s@:/]+@[^\s@]+$/.test(mail) ? mail : null
}

function takeMail(reader: GraphReader, from: NodeTerm, predicate: NamedNode): string | null {
  return takeValue(reader, from, predicate, mailOf)
}

/** A value given directly, or through a node with `vcard:hasValue`. */
function takeValue(
  reader: GraphReader,
  from: NodeTerm,
  predicate: NamedNode,
  read: (value: string) => string | null,
): string | null {
  for (const { quad, node: object, text } of objectsOf(reader, from, predicate)) {
    if (object?.termType === 'BlankNode') {
      const inner = statements(reader, object, VCARD.hasValue)[0]
      const value = inner ? read(inner.object.value) : null
      if (!inner || value === null || !hasOnly(reader, object, [RDF.type, VCARD.hasValue])) continue
      take(reader, quad)
      for (const statement of [inner, ...statements(reader, object, RDF.type)]) take(reader, statement)
      return value
    }
    const value = read(object?.value ?? text?.value ?? '')
    if (value === null) continue
    take(reader, quad)
    return value
  }
  return null
}

/** Contacts of a dataset. */
export function takeContacts(reader: GraphReader, from: NodeTerm, predicate: NamedNode): Contact[] {
  const contacts: Contact[] = []
  for (const { quad, node: contact } of objectsOf(reader, from, predicate)) {
    if (!contact || contacts.length >= 20) continue
    take(reader, quad)
    contacts.push(takeContact(reader, contact))
  }
  return contacts
}

function takeContact(reader: GraphReader, contact: NodeTerm): Contact {
  const kind = isOfType(reader, contact, VCARD.Individual)
    ? 'person'
    : isOfType(reader, contact, VCARD.Organization)
      ? 'organisation'
      : 'other'
  takeTypes(reader, contact, [VCARD.Kind, VCARD.Organization, VCARD.Individual])
  return {
    id: idOf(contact),
    kind,
    name: takeText(reader, contact, VCARD.fn),
    email: takeMail(reader, contact, VCARD.hasEmail) ?? takeMail(reader, contact, VCARD.email),
    phone: takeValue(reader, contact, VCARD.hasTelephone, phoneOf),
    url: takeValue(reader, contact, VCARD.hasURL, (value) => addressOf(literal(value))),
  }
}

function phoneOf(value: string): string | null {
  const phone = value.trim().replace(/^tel:/i, '')
  return /^[+\d][\d\s()/.;=a-z-]{2,40}$/i.test(phone) ? phone : null
}

const CONTACT_TYPE = { organisation: VCARD.Organization, person: VCARD.Individual, other: null }

/** States a contact and the link to it; mail and telephone as addresses, because the shapes want IRIs. */
export function writeContact(writer: Writer, from: NodeTerm, predicate: NamedNode, contact: Contact): void {
  const self = node(writer, contact.id)
  const out = (quad: Quad): number => writer.quads.push(quad)
  out(triple(from, predicate, self))
  out(triple(self, RDF.type, VCARD.Kind))
  const type = CONTACT_TYPE[contact.kind]
  if (type) out(triple(self, RDF.type, type))
  if (contact.name) out(triple(self, VCARD.fn, literal(contact.name)))
  if (contact.email) out(triple(self, VCARD.hasEmail, iri(`mailto:${contact.email}`)))
  if (contact.phone)
    out(triple(self, VCARD.hasTelephone, iri(`tel:${contact.phone.replace(/[\s()/]/g, '')}`)))
  if (contact.url && isIri(contact.url)) out(triple(self, VCARD.hasURL, iri(contact.url)))
}
