import { encodeIri, isIri } from '../../rdf/terms.ts'
import { agent, iri } from '../ckan/people.ts'
import { boxOf } from '../ckan/coverage.ts'
import { themesOfName } from '../ckan/categories.ts'
import { asText, isObject, type Json } from '../ckan/fields.ts'
import { fileTypeCode, languageCode, mediaTypeText } from '../dcat/codes.ts'
import { canonicalLicence, licenceByName } from '../dcat/licences.ts'
import { looseDate } from '../formats/dates.ts'
import type { ReadRecord } from '../formats/format.ts'
import { keptLine, SELF } from '../formats/kept.ts'
import { plainText } from '../formats/plain-text.ts'
import {
  emptyDistribution,
  emptyRecord,
  type Contact,
  type DatasetRecord,
  type Distribution,
  type LangText,
  type Period,
} from '../model.ts'

const TAKEN = new Set(
  'created updated type title description keywords language languages externalIds contacts themes formats license rights resourceLanguages'.split(
    ' ',
  ),
)

/** Reads a record of OGC API Records (a GeoJSON feature with the core queryables). */
export function readOgcRecord(json: Json): ReadRecord {
  const p = isObject(json['properties']) ? json['properties'] : {}
  const language = tagOf(p['language'])
  const links = listOf(json['links'])
  const licence = licenceOf(p, links)
  const identifier = asText(json['id']) || null
  const record: DatasetRecord = {
    ...emptyRecord(),
    uri: identifier !== null && isIri(identifier) && /^(https?|urn):/.test(identifier) ? identifier : null,
    identifier,
    otherIdentifiers: listOf(p['externalIds'])
      .flatMap((each) => asText(each['value']) || [])
      .filter((id) => id !== identifier),
    title: worded(p['title'], language),
    description: worded(p['description'], language),
    keywords: textsOf(p['keywords'])
      .slice(0, 500)
      .map((text) => ({ text, lang: language })),
    themes: themesOf(p),
    ...peopleOf(listOf(p['contacts']), language),
    issued: looseDate(asText(p['created'])),
    modified: looseDate(asText(p['updated'])),
    languages: languagesOf(p),
    places: placesOf(json),
    periods: periodsOf(json['time']),
    landingPages: hrefs(links, ['canonical', 'alternate'], /html/),
    documentation: hrefs(links, ['describedby', 'about', 'documentation', 'help'], /./),
    distributions: distributionsOf(links, { licence, formats: listOf(p['formats']), language }),
  }
  record.unknown = Object.entries(p)
    .filter(([key, value]) => !TAKEN.has(key) && asText(value) !== '')
    .slice(0, 200)
    .map(([key, value]) => keptLine(SELF, 'urn:allmende:ogc-record', `${key}=${asText(value)}`))
    .join('')
  return { record, findings: [] }
}

function listOf(value: unknown): Json[] {
  return (Array.isArray(value) ? value : []).slice(0, 1000).filter(isObject)
}

function textsOf(value: unknown): string[] {
  return [
    ...new Set(
      (Array.isArray(value) ? value : []).slice(0, 2000).flatMap((each: unknown) => asText(each) || []),
    ),
  ]
}

function tagOf(value: unknown): string {
  const code = isObject(value) ? asText(value['code']) : asText(value)
  return /^[a-z]{2}\b/i.exec(code)?.[0].toLowerCase() ?? ''
}

function worded(value: unknown, language: string): LangText {
  const text = plainText(asText(value))
  return text === '' ? {} : { [language]: text }
}

function themesOf(p: Json): string[] {
  const concepts = listOf(p['themes']).flatMap((theme) => listOf(theme['concepts']))
  const names = concepts.flatMap((concept) => [
    asText(concept['url']),
    asText(concept['id']),
    asText(concept['title']),
  ])
  return [
    ...new Set([...names, ...textsOf(p['keywords'])].filter((name) => name !== '').flatMap(themesOfName)),
  ]
}

function languagesOf(p: Json): string[] {
  const all = [p['resourceLanguages'], p['languages']].find(Array.isArray) ?? [p['language']]
  const codes = (all as unknown[])
    .slice(0, 50)
    .map((each) => (isObject(each) ? asText(each['code']) : asText(each)))
  return [...new Set(codes.flatMap((code) => languageCode(code) ?? languageCode(code.slice(0, 2)) ?? []))]
}

function peopleOf(contacts: Json[], language: string): Partial<DatasetRecord> {
  const of = (...roles: string[]) =>
    contacts
      .filter((each) => textsOf(each['roles']).some((role) => roles.includes(role)))
      .flatMap((each) => {
        const made = agent(asText(each['organization']) || asText(each['name']), {
          url: pageOf(each),
          email: valueOf(each['emails']),
        })
        return made === null ? [] : [{ ...made, name: { [language]: made.name[''] ?? '' } }]
      })
  const publisher = [...of('publisher'), ...of('owner', 'custodian'), ...of('pointOfContact')][0] ?? null
  return {
    publisher,
    creators: of('author', 'creator'),
    custodians: of('custodian'),
    originators: of('originator'),
    contacts: contactsOf(contacts),
  }
}

function contactsOf(contacts: Json[]): Contact[] {
  return contacts.slice(0, 20).flatMap((each): Contact[] => {
    const [email, phone, url] = [valueOf(each['emails']), valueOf(each['phones']), pageOf(each)]
    const name = asText(each['organization']) || asText(each['name']) || null
    return email || phone || url ? [{ id: null, kind: 'organisation', name, email, phone, url }] : []
  })
}

function valueOf(list: unknown): string | null {
  return asText(listOf(list)[0]?.['value']) || null
}

function pageOf(contact: Json): string | null {
  return iri(listOf(contact['links'])[0]?.['href'])
}

function licenceOf(p: Json, links: Json[]): string | null {
  const name = asText(p['license'])
  const link = asText(links.find((each) => each['rel'] === 'license')?.['href'])
  const known = licenceByName(name) ?? licenceByName(link)
  if (known !== null) return known
  const address = [link, name].map(encodeIri).find((each) => /^https?:/.test(each) && isIri(each))
  return address === undefined ? null : canonicalLicence(address)
}

function placesOf(json: Json): DatasetRecord['places'] {
  const bbox = boxOf(json['geometry'])
  return bbox ? [{ id: null, label: {}, bbox, derived: false }] : []
}

/** `..` stands for an open end. */
function periodsOf(time: unknown): Period[] {
  if (!isObject(time)) return []
  const interval = Array.isArray(time['interval'])
    ? (time['interval'] as unknown[])
    : [time['date'] ?? time['timestamp'], time['date'] ?? time['timestamp']]
  const [start, end] = [looseDate(asText(interval[0])), looseDate(asText(interval[1]))]
  return start === null && end === null ? [] : [{ id: null, start, end }]
}

function hrefs(links: Json[], rels: string[], type: RegExp): string[] {
  const found = links.filter(
    (link) => rels.includes(asText(link['rel'])) && type.test(asText(link['type']) || 'html'),
  )
  return [...new Set(found.flatMap((link) => iri(link['href']) ?? []))]
}

const DATA = new Set([
  'item',
  'items',
  'enclosure',
  'data',
  'download',
  'service',
  'service-desc',
  'describes',
  'http://www.opengis.net/def/rel/ogc/1.0/data',
])

function distributionsOf(
  links: Json[],
  given: { licence: string | null; formats: Json[]; language: string },
): Distribution[] {
  const only = given.formats.length === 1 ? asText(given.formats[0]?.['name']) : ''
  return links.flatMap((link): Distribution[] => {
    const url = iri(link['href'])
    const rel = asText(link['rel'])
    if (url === null || !DATA.has(rel) || !/^(https?|ftp):/.test(url)) return []
    const mediaType = mediaTypeText(asText(link['type']).split(';')[0] ?? '')
    const service = /[?&]service=(w\w+)/i.exec(url)?.[1] ?? ''
    return [
      {
        ...emptyDistribution(),
        title: worded(link['title'], given.language),
        accessUrl: url,
        downloadUrl: rel === 'enclosure' || rel === 'download' ? url : null,
        format: fileTypeCode(service) ?? fileTypeCode(mediaType ?? '') ?? fileTypeCode(only),
        mediaType,
        licence: given.licence,
        byteSize:
          typeof link['length'] === 'number' && Number.isSafeInteger(link['length']) && link['length'] >= 0
            ? link['length']
            : null,
      },
    ]
  })
}
