import { licenceOf } from '../dcat/licences.ts'
import { themes } from '../dcat/vocabulary.ts'
import {
  licenceOfRecord,
  textIn,
  type Agent,
  type DatasetRecord,
  type Distribution,
  type Place,
  type Service,
} from '../model.ts'

/** How to write: `url` is the page of the dataset, `publisher` names who runs the catalogue. */
export type SchemaOrgOptions = {
  url: string
  locale?: 'de' | 'en'
  catalogue?: { name: string; url: string }
}

type Json = { [key: string]: string | number | boolean | null | Json | Json[] | string[] }

/**
 * The record as schema.org Dataset, or WebAPI where it is a service, for search engines. Filter it with `recordForFace` first. What is not open has no
 * files, only the words on how to get access. The text has no `</`, so that it can stand in a script element.
 */
export function writeSchemaOrg(record: DatasetRecord, options: SchemaOrgOptions): string {
  return JSON.stringify(
    { '@context': 'https://schema.org/', ...datasetOf(record, options) },
    null,
    2,
  ).replaceAll('</', '<\\/')
}

/** The same as object without context, for lists. */
export function datasetOf(record: DatasetRecord, options: SchemaOrgOptions): Json {
  if (record.service) return webApiOf(record, record.service, options)
  const locale = options.locale ?? 'de'
  const open = record.access.type === 'open'
  const licence = record.distributions.find((d) => d.licence !== null)?.licence ?? null
  const columns = record.columns.filter((column) => !column.personal)
  return filled({
    '@type': 'Dataset',
    '@id': record.uri?.startsWith('_:') === false ? record.uri : options.url,
    url: options.url,
    name: textIn(record.title, locale),
    description: textIn(record.description, locale),
    identifier: [record.identifier, ...record.otherIdentifiers].flatMap((id) => id ?? []),
    keywords: [
      ...record.keywords.map(({ text }) => text),
      ...record.themes.map((code) => themes[code]?.[locale] ?? code),
    ],
    license: licence === null ? null : (licenceOf(licence)?.url ?? licence),
    creator: record.creators.map((agent) => agentOf(agent, locale)),
    publisher: record.publisher ? agentOf(record.publisher, locale) : null,
    maintainer: record.custodians.map((agent) => agentOf(agent, locale)),
    dateModified: record.modified,
    datePublished: record.issued,
    version: record.version,
    inLanguage: record.languages.map((code) =>
      code === 'DEU' ? 'de' : code === 'ENG' ? 'en' : code.toLowerCase(),
    ),
    isAccessibleForFree: record.access.assumed ? null : open,
    conditionsOfAccess: open ? null : textIn(record.access.note, locale) || null,
    spatialCoverage: record.places.map((place) => placeOf(place, locale)),
    temporalCoverage: record.periods.map(({ start, end }) => `${start ?? '..'}/${end ?? '..'}`),
    variableMeasured: columns.map((column) =>
      filled({
        '@type': 'PropertyValue',
        name: column.name,
        description: column.meaning,
        unitText: column.unit,
      }),
    ),
    isBasedOn: record.sources,
    distribution: open ? record.distributions.map((d) => downloadOf(d, locale)) : [],
    includedInDataCatalog: options.catalogue
      ? { '@type': 'DataCatalog', name: options.catalogue.name, url: options.catalogue.url }
      : null,
  })
}

/**
 * A service in the words DCAT's own table of schema.org terms has for it. What only a Dataset may have (files, period,
 * catalogue) is not written; an address where it answers only if it is open.
 */
function webApiOf(record: DatasetRecord, service: Service, options: SchemaOrgOptions): Json {
  const locale = options.locale ?? 'de'
  const open = record.access.type === 'open'
  const licence = licenceOfRecord(record)
  return filled({
    '@type': 'WebAPI',
    '@id': record.uri?.startsWith('_:') === false ? record.uri : options.url,
    url: options.url,
    name: textIn(record.title, locale),
    description: textIn(record.description, locale),
    identifier: [record.identifier, ...record.otherIdentifiers].flatMap((id) => id ?? []),
    category: [
      ...record.keywords.map(({ text }) => text),
      ...record.themes.map((code) => themes[code]?.[locale] ?? code),
    ],
    documentation: open ? service.descriptions : [],
    termsOfService: licence === null ? null : (licenceOf(licence)?.url ?? licence),
    provider: record.publisher ? agentOf(record.publisher, locale) : null,
    areaServed: record.places.map((place) => placeOf(place, locale)),
    availableChannel: open
      ? service.endpoints.map((serviceUrl) => ({ '@type': 'ServiceChannel', serviceUrl }))
      : [],
  })
}

/** Without members that say nothing; lists of one stand alone. */
function filled(json: Json): Json {
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) => {
      if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return []
      return [[key, Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value]]
    }),
  )
}

function agentOf(agent: Agent, locale: string): Json {
  return filled({
    '@type': 'Organization',
    name: textIn(agent.name, locale),
    url: agent.url,
    email: agent.email,
  })
}

function placeOf(place: Place, locale: string): Json {
  const box = place.bbox
  return filled({
    '@type': 'Place',
    '@id': place.id?.startsWith('_:') ? null : place.id,
    name: textIn(place.label, locale),
    geo: box ? { '@type': 'GeoShape', box: `${box[1]} ${box[0]} ${box[3]} ${box[2]}` } : null,
  })
}

function downloadOf(d: Distribution, locale: string): Json {
  return filled({
    '@type': 'DataDownload',
    name: textIn(d.title, locale),
    description: textIn(d.description, locale),
    contentUrl: d.downloadUrl,
    url: d.accessUrl === d.downloadUrl ? null : d.accessUrl,
    encodingFormat: d.mediaType ?? d.format,
    contentSize: d.byteSize === null ? null : `${d.byteSize} B`,
    license: d.licence === null ? null : (licenceOf(d.licence)?.url ?? d.licence),
    dateModified: d.modified,
  })
}
