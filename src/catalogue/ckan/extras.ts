import { placeOfAgs, wktOfBbox } from '../dcat/places.ts'
import { accessRightOf, lists } from '../dcat/vocabulary.ts'
import { RESOURCE_TYPE } from './access-services.ts'
import { keptOf } from '../formats/kept.ts'
import { textIn, type Agent, type DatasetRecord, type LangText } from '../model.ts'

/** One extra field of a package. */
export type CkanExtra = { key: string; value: string }

/** The predicate under which an extra that no field takes is kept, as text `key=value`. */
export const EXTRA = 'urn:allmende:ckan:extra'

/** Everything CKAN has no field for, under the keys of the CKAN DCAT extension and its German profile. */
export function extrasOf(record: DatasetRecord): CkanExtra[] {
  const fields: Record<string, string | null | string[]> = {
    ...identityOf(record),
    ...peopleOf(record),
    ...coverageOf(record),
    ...linksOf(record),
    ...translationsOf(record),
  }
  const own = Object.entries(fields).flatMap(([key, value]): CkanExtra[] => {
    if (Array.isArray(value)) return value.length === 0 ? [] : [{ key, value: JSON.stringify(value) }]
    return value === null || value === '' ? [] : [{ key, value }]
  })
  const taken = new Set(own.map((extra) => extra.key))
  return [...own, ...keptExtras(record).filter((extra) => !taken.has(extra.key))]
}

function identityOf(record: DatasetRecord) {
  return {
    uri: record.uri?.startsWith('_:') ? null : record.uri,
    identifier: record.identifier,
    [RESOURCE_TYPE]: record.service ? 'service' : null,
    alternate_identifier: record.otherIdentifiers,
    issued: record.issued,
    modified: record.modified,
    language: record.languages.map((code) => lists.language + code),
    theme: record.themes.map((code) => lists.theme + code),
    frequency: record.frequency === null ? null : lists.frequency + record.frequency,
    access_rights: record.access.assumed ? null : lists.accessRight + accessRightOf[record.access.type],
    access_note: textIn(record.access.note, 'de'),
    access_request_url: record.access.requestUrl,
    limitations: record.access.reasons.map((letter) => lists.inspire + letter),
  }
}

function agentFields(prefix: string, agent: Agent | null): Record<string, string | null> {
  if (!agent) return {}
  return {
    [`${prefix}_name`]: textIn(agent.name, 'de'),
    [`${prefix}_uri`]: agent.id?.startsWith('_:') ? null : agent.id,
    [`${prefix}_email`]: agent.email,
    [`${prefix}_url`]: agent.url,
    [`${prefix}_type`]: agent.type,
  }
}

function peopleOf(record: DatasetRecord) {
  const contact = record.contacts[0]
  return {
    ...agentFields('publisher', record.publisher),
    ...agentFields('maintainer', record.custodians[0] ?? null),
    ...agentFields('originator', record.originators[0] ?? null),
    contact_name: contact?.name ?? null,
    contact_email: contact?.email ?? null,
    contact_tel: contact?.phone ?? null,
    contact_url: contact?.url ?? null,
    contributorID: record.contributorIds,
  }
}

function coverageOf(record: DatasetRecord) {
  const town = placeOfAgs(record.ags, record.places)
  const places = town ? [...record.places, town] : record.places
  const ids = places.flatMap(({ id }) => (id === null || id.startsWith('_:') ? [] : [id]))
  const box = record.places.find((place) => place.bbox)?.bbox ?? null
  return {
    spatial: box ? JSON.stringify(polygonOf(box)) : null,
    spatial_wkt: box ? wktOfBbox(box) : null,
    spatial_uri: ids.length <= 1 ? (ids[0] ?? null) : ids,
    spatial_text: record.places.map((place) => textIn(place.label, 'de')).find((text) => text !== '') ?? null,
    politicalGeocodingLevelURI: record.geocodingLevel === null ? null : lists.level + record.geocodingLevel,
    temporal_start: record.periods[0]?.start ?? null,
    temporal_end: record.periods[0]?.end ?? null,
    availability: record.availability === null ? null : lists.availability + record.availability,
  }
}

function polygonOf([w, s, e, n]: [number, number, number, number]) {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ],
  }
}

function linksOf(record: DatasetRecord) {
  return {
    documentation: record.documentation,
    landing_pages: record.landingPages.slice(1),
    conforms_to: record.conformsTo,
    references: record.references,
    was_derived_from: record.sources,
    applicable_legislation: record.legislation,
    hvd_category: record.hvdCategories,
    legalBasis: textIn(record.legalBasis, 'de'),
  }
}

/** Texts in further languages, as the fluent fields of CKAN have them. */
function translationsOf(record: DatasetRecord) {
  return { title_translated: translated(record.title), notes_translated: translated(record.description) }
}

function translated(text: LangText): string | null {
  const named = Object.entries(text).filter(([language]) => language !== '')
  return named.length > 1 ? JSON.stringify(Object.fromEntries(named)) : null
}

function keptExtras(record: DatasetRecord): CkanExtra[] {
  return keptOf(record, EXTRA).flatMap((text) => {
    const at = text.indexOf('=')
    return at > 0 ? [{ key: text.slice(0, at), value: text.slice(at + 1) }] : []
  })
}
