import { element, elements, type Element } from '../formats/element.ts'
import { encodeIri, isIri } from '../../rdf/terms.ts'
import type { Agent, Contact, DatasetRecord } from '../model.ts'
import { codeOf, textsOf, wordOf, type Languages } from './words.ts'

/** A party as either edition of the standard describes it. */
type Party = {
  role: string
  name: Agent['name']
  person: string
  email: string | null
  phone: string | null
  url: string | null
}

/** Who publishes, made, keeps and answers for a record. Without a publisher the owner counts, then whoever else is named. */
export function partiesOf(
  record: Element,
  identification: Element,
  languages: Languages,
): Partial<DatasetRecord> {
  const holders = [
    ...elements(identification, 'pointOfContact'),
    ...elements(identification, 'citation/CI_Citation/citedResponsibleParty'),
    ...elements(record, 'distributionInfo/MD_Distribution/distributor/MD_Distributor/distributorContact'),
  ]
  const own = holders.slice(0, 60).flatMap((holder) => partyOf(holder, languages))
  const keepers = elements(record, 'contact')
    .slice(0, 20)
    .flatMap((holder) => partyOf(holder, languages))
  const of = (...roles: string[]): Party[] => own.filter((party) => roles.includes(party.role))
  const asked = of('pointOfContact')
  const publisher = [
    ...of('publisher'),
    ...of('owner', 'resourceProvider'),
    ...of('custodian'),
    ...asked,
    ...own,
    ...keepers,
  ]
  return {
    publisher: publisher.map(agentOf).find((agent) => agent !== null) ?? null,
    creators: agentsOf(of('author')),
    custodians: agentsOf(of('custodian')),
    originators: agentsOf(of('originator')),
    contacts: contactsOf(asked.length > 0 ? asked : own.length > 0 ? own : keepers),
  }
}

function partyOf(holder: Element, languages: Languages): Party[] {
  const old = element(holder, 'CI_ResponsibleParty', 'CHE_CI_ResponsibleParty')
  const newer = element(holder, 'CI_Responsibility')
  const body = old ?? element(newer, 'party/CI_Organisation', 'party/CI_Individual')
  if (!body) return []
  const contact =
    element(body, 'contactInfo/CI_Contact') ??
    element(body, 'individual/CI_Individual/contactInfo/CI_Contact')
  const person = old
    ? wordOf(element(body, 'individualName')) ||
      [element(body, 'individualFirstName'), element(body, 'individualLastName')].map(wordOf).join(' ').trim()
    : wordOf(element(body, 'individual/CI_Individual/name'))
  return [
    {
      role: codeOf(element(old ?? newer, 'role')),
      name: textsOf(element(body, old ? 'organisationName' : 'name'), languages),
      person,
      email: mailOf(
        wordOf(
          element(
            contact,
            'address/CI_Address/electronicMailAddress',
            'address/CHE_CI_Address/electronicMailAddress',
          ),
        ),
      ),
      phone: phoneOf(wordOf(element(contact, 'phone/CI_Telephone/voice', 'phone/CI_Telephone/number'))),
      url: urlOf(element(contact, 'onlineResource/CI_OnlineResource/linkage')),
    },
  ]
}

function agentOf(party: Party): Agent | null {
  const name =
    Object.keys(party.name).length > 0 ? party.name : party.person === '' ? null : { '': party.person }
  return name === null ? null : { id: null, name, type: null, url: party.url, email: party.email }
}

function agentsOf(parties: Party[]): Agent[] {
  const agents = parties.flatMap((party) => agentOf(party) ?? [])
  const seen = new Set<string>()
  return agents.filter(({ name }) => {
    const key = JSON.stringify(name)
    return seen.has(key) ? false : seen.add(key)
  })
}

/** Organisations answer; a person's name stands only where no organisation is named. */
function contactsOf(parties: Party[]): Contact[] {
  const seen = new Set<string>()
  return parties.slice(0, 20).flatMap((party): Contact[] => {
    const name = Object.values(party.name)[0] ?? party.person
    const { email, phone, url } = party
    const key = `${name} ${email ?? ''}`
    if (seen.has(key) || (!email && !phone && !url)) return []
    seen.add(key)
    const kind = Object.keys(party.name).length > 0 ? 'organisation' : 'person'
    return [{ id: null, kind, name: name || null, email, phone, url }]
  })
}

function mailOf(text: string): string | null {
  const mail = /[^\s@<>;,"']+@[^\s@<>;,"']+/.exec(text)?.[0]?.replace(/^mailto:/i, '') ?? ''
  return mail !== '' && isIri(`mailto:${mail}`) ? mail : null
}

function phoneOf(text: string): string | null {
  const phone = text.replace(/[^\d+()/\s.-]/g, '').trim()
  return /^[+\d(][\d\s()/.-]{4,38}\d$/.test(phone) ? phone : null
}

/** An address of an element as IRI; null for what is none. */
export function urlOf(holder: Element | null): string | null {
  const text = wordOf(holder).replace(/\s+/g, '')
  const url = encodeIri(/^www\./i.test(text) ? `http://${text}` : text)
  return /^(https?|ftp):\/\/[^/]/i.test(url) && isIri(url) ? url : null
}
