import { encodeIri, isIri } from '../../rdf/terms.ts'
import { canonicalDcatDe } from '../dcat/codes.ts'
import type { Agent, Contact, DatasetRecord } from '../model.ts'
import { asText, isObject, objects, text, texts, value, type Fields, type Json } from './fields.ts'

/** An agent with a name; null without one. */
export function agent(name: string | null, more: Partial<Agent> = {}): Agent | null {
  if (name === null || name === '') return null
  return { id: null, name: { '': name }, type: null, url: null, email: null, ...more }
}

/** Who publishes, made, keeps and answers for a package, wherever CKAN, DKAN and the German form put it. */
export function peopleOf(fields: Fields, json: Json): Partial<DatasetRecord> {
  const old = objects(fields, 'contacts')
  const author = agent(text(fields, 'author'), { email: mail(text(fields, 'author_email')) })
  const publisher = publisherOf(fields) ?? byRole(old, 'veroeffentlichende_stelle') ?? houseOf(json)
  const creators = agentsOf(fields, 'creator')
  const original = byRole(old, 'autor')
  return {
    publisher: publisher ?? author,
    creators: creators.length > 0 ? creators : publisher && author ? [author] : original ? [original] : [],
    custodians: list(prefixed(fields, 'maintainer')),
    originators: list(prefixed(fields, 'originator')),
    contacts: contactsOf(fields, old),
    contributorIds: texts(fields, ['contributorID'], true).filter(isIri).map(canonicalDcatDe),
  }
}

function list<T>(one: T | null): T[] {
  return one === null ? [] : [one]
}

function publisherOf(fields: Fields): Agent | null {
  const found = agentsOf(fields, 'publisher')[0]
  return found ?? agent(text(fields, 'publisher', 'published_by_name')) ?? prefixed(fields, 'publisher')
}

/** Agents of a scheming field: a list of objects, or one. */
function agentsOf(fields: Fields, key: string): Agent[] {
  const found = value(fields, key)
  const given = Array.isArray(found) ? found : [found]
  const agents = given
    .slice(0, 50)
    .filter(isObject)
    .flatMap((each) =>
      list(
        agent(asText(each['name']), {
          id: iri(each['uri']),
          type: iri(each['type']),
          url: iri(each['url']),
          email: mail(asText(each['email'])),
        }),
      ),
    )
  if (agents.length === 0) fields.taken.delete(key)
  return agents
}

/** Agents in the flat extras of the DCAT extension: `publisher_name`, `publisher_uri` … */
function prefixed(fields: Fields, key: string): Agent | null {
  const name = text(fields, `${key}_name`)
  if (name === null) return null
  return agent(name, {
    id: iri(text(fields, `${key}_uri`)),
    type: iri(text(fields, `${key}_type`)),
    url: iri(text(fields, `${key}_url`)),
    email: mail(text(fields, `${key}_email`)),
  })
}

function byRole(old: Json[], role: string): Agent | null {
  const found = old.find((each) => asText(each['role']) === role)
  if (!found) return null
  return agent(asText(found['name']), { url: iri(found['url']), email: mail(asText(found['email'])) })
}

/** The organisation of a package; DKAN of 2014 gave its publishing groups instead. */
function houseOf(json: Json): Agent | null {
  const organization = json['organization']
  if (isObject(organization)) return agent(asText(organization['title']) || asText(organization['name']))
  const groups = Array.isArray(json['groups']) ? json['groups'] : []
  const group = groups.find((each: unknown) => isObject(each) && asText(each['name']).startsWith('group/'))
  return isObject(group) ? agent(asText(group['title'])) : null
}

function contactsOf(fields: Fields, old: Json[]): Contact[] {
  const listed = objects(fields, 'contact').map((each) =>
    contact(asText(each['name']), asText(each['email']), { id: iri(each['uri']), url: iri(each['url']) }),
  )
  const flat = contact(text(fields, 'contact_name'), text(fields, 'contact_email', 'contact-email'), {
    phone: text(fields, 'contact_tel'),
    url: iri(text(fields, 'contact_url')),
  })
  const keeper = contact(text(fields, 'maintainer'), text(fields, 'maintainer_email'))
  const german = old
    .filter((each) => asText(each['role']) === 'ansprechpartner')
    .map((each) => contact(asText(each['name']), asText(each['email']), { url: iri(each['url']) }))
  const found = [...listed, flat, ...german].flatMap((each) => each ?? [])
  return found.length > 0 ? found.slice(0, 20) : list(keeper)
}

function contact(name: string | null, address: string | null, more: Partial<Contact> = {}): Contact | null {
  const email = mail(address)
  if (!name && !email && !more.url) return null
  return { id: null, kind: 'organisation', name: name || null, email, phone: null, url: null, ...more }
}

function mail(address: string | null): string | null {
  const plain = (address ?? '').trim().replace(/^mailto:/i, '')
  return /^[^\s@:/<>"]+@[^\s@<>"]+$/.test(plain) && isIri(`mailto:${plain}`) ? plain : null
}

/** An address as IRI, or null. */
export function iri(address: unknown): string | null {
  const encoded = encodeIri(asText(address))
  return isIri(encoded) ? encoded : null
}
