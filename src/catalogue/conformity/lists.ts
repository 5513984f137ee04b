import {
  accessRightCode,
  availabilityCode,
  frequencyCode,
  languageCode,
  levelCode,
  themeCode,
} from '../dcat/codes.ts'
import { licenceOf } from '../dcat/licences.ts'
import { lists } from '../dcat/vocabulary.ts'

/** A property whose value has to come from a list. `warn`: the profile only advises it. */
export type ListRule = { property: string; list: string; warn?: true; holds: (iri: string) => boolean }

const under =
  (base: string) =>
  (iri: string): boolean =>
    iri.startsWith(base) && iri.length > base.length
/** Codes are read leniently elsewhere; the profile wants the address of the list itself. */
const strict =
  (base: string, codeOf: (iri: string) => string | null) =>
  (iri: string): boolean =>
    iri.startsWith(base) && codeOf(iri) !== null

const language: ListRule = {
  property: 'dcterms:language',
  list: lists.language,
  holds: strict(lists.language, languageCode),
}
const licence: ListRule = {
  property: 'dcterms:license',
  list: lists.licence,
  warn: true,
  holds: (iri) => licenceOf(iri) !== null && iri.startsWith(lists.licence),
}
const availability: ListRule = {
  property: 'dcatap:availability',
  list: lists.availability,
  holds: strict(lists.availability, availabilityCode),
}
const frequency: ListRule = {
  property: 'dcterms:accrualPeriodicity',
  list: lists.frequency,
  holds: strict(lists.frequency, frequencyCode),
}
const access: ListRule = {
  property: 'dcterms:accessRights',
  list: lists.accessRight,
  holds: strict(lists.accessRight, accessRightCode),
}
const fileType: ListRule = { property: 'dcterms:format', list: lists.fileType, holds: under(lists.fileType) }
const media = (property: string): ListRule => ({
  property,
  list: lists.mediaType,
  holds: under(lists.mediaType),
})
const publisherType = 'http://purl.org/adms/publishertype/'

/** Lists by class, as in the controlled vocabularies of DCAT-AP.de 3.0. */
export const listRules: Record<string, ListRule[]> = {
  'dcat:Catalog': [language, licence, availability],
  'dcat:Dataset': [
    language,
    availability,
    frequency,
    access,
    { property: 'dcat:theme', list: lists.theme, holds: strict(lists.theme, themeCode) },
    {
      property: 'dcatde:contributorID',
      list: lists.contributor,
      warn: true,
      holds: under(lists.contributor),
    },
    {
      property: 'dcatde:politicalGeocodingLevelURI',
      list: lists.level,
      warn: true,
      holds: strict(lists.level, levelCode),
    },
  ],
  'dcat:DatasetSeries': [frequency],
  'dcat:DataService': [licence, availability, access, fileType],
  'dcat:Distribution': [
    language,
    licence,
    availability,
    fileType,
    media('dcat:mediaType'),
    media('dcat:compressFormat'),
    media('dcat:packageFormat'),
    { property: 'adms:status', list: lists.status, holds: under(lists.status) },
  ],
  'dcat:CatalogRecord': [language],
  'foaf:Agent': [{ property: 'dcterms:type', list: publisherType, holds: under(publisherType) }],
}

/** Properties DCAT-AP.de 3.0 dropped, and what takes their place. */
export const dropped: Record<string, string | null> = {
  'dcatde:politicalGeocodingURI': 'dcterms:spatial',
  'dcatde:geocodingDescription': 'dcterms:spatial',
  'dcatde:legalBasis': 'dcatap:applicableLegislation',
  'dcatde:qualityProcessURI': null,
  'dcatde:originator': 'geodcatap:originator',
  'dcatde:maintainer': 'geodcatap:custodian',
  'dcatde:plannedAvailability': 'dcatap:availability',
  'dcterms:hasVersion': 'dcat:hasVersion',
  'dcterms:isVersionOf': 'dcat:isVersionOf',
  'owl:versionInfo': 'dcat:version',
}

/** Old addresses the profile no longer wants as values, by property. */
export const droppedValues: Record<string, RegExp> = {
  'spdx:algorithm': /dcat-ap\.de\/def\/hashAlgorithms\//,
  'adms:status': /purl\.org\/adms\/status\//,
}
