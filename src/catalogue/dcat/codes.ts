import { formatCode } from './formats.ts'
import { frequencies, lists, themes } from './vocabulary.ts'
import type { GeocodingLevel } from '../model.ts'
import { levels } from './vocabulary.ts'

/** Reads a code out of an address of a list; http, https and the trailing slash do not matter. */
function local(value: string, base: string): string | null {
  const plain = value.trim().replace(/^https?:\/\//, '')
  const start = base.replace(/^https?:\/\//, '')
  return plain.startsWith(start) ? plain.slice(start.length).replace(/\/$/, '') : null
}

/** EU theme code of an address; null when it is none of the 13. */
export function themeCode(value: string): string | null {
  const code = local(value, lists.theme) ?? value.trim().toUpperCase()
  return themes[code] ? code : null
}

const frequencyWords: Record<string, string> = {
  continual: 'CONT',
  continuous: 'CONT',
  laufend: 'CONT',
  täglich: 'DAILY',
  daily: 'DAILY',
  wöchentlich: 'WEEKLY',
  weekly: 'WEEKLY',
  monatlich: 'MONTHLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  vierteljährlich: 'QUARTERLY',
  quartalsweise: 'QUARTERLY',
  halbjährlich: 'ANNUAL_2',
  biannually: 'ANNUAL_2',
  semiannual: 'ANNUAL_2',
  annually: 'ANNUAL',
  annual: 'ANNUAL',
  jährlich: 'ANNUAL',
  yearly: 'ANNUAL',
  stündlich: 'HOURLY',
  hourly: 'HOURLY',
  unregelmäßig: 'IRREG',
  irregular: 'IRREG',
  asneeded: 'AS_NEEDED',
  'bei bedarf': 'AS_NEEDED',
  'nach bedarf': 'AS_NEEDED',
  notplanned: 'NOT_PLANNED',
  'nicht geplant': 'NOT_PLANNED',
  unknown: 'UNKNOWN',
  unbekannt: 'UNKNOWN',
  fortnightly: 'BIWEEKLY',
  biweekly: 'BIWEEKLY',
  nie: 'NEVER',
  never: 'NEVER',
  einmalig: 'NEVER',
  'alle 2 jahre': 'BIENNIAL',
  'alle zwei jahre': 'BIENNIAL',
  'alle 5 jahre': 'QUINQUENNIAL',
  'alle fünf jahre': 'QUINQUENNIAL',
  zweijährlich: 'BIENNIAL',
  echtzeit: 'CONT',
}

/** EU frequency code of an address (also Dublin Core's) or a German or English word. */
export function frequencyCode(value: string): string | null {
  const code = local(value, lists.frequency)?.toUpperCase()
  if (code) return frequencies[code] ? code : null
  const word = (local(value, 'http://purl.org/cld/freq/') ?? value).trim().toLowerCase()
  return frequencyWords[word] ?? (frequencies[word.toUpperCase()] ? word.toUpperCase() : null)
}

const languageWords: Record<string, string> = {
  de: 'DEU',
  deu: 'DEU',
  ger: 'DEU',
  german: 'DEU',
  deutsch: 'DEU',
  'de-de': 'DEU',
  en: 'ENG',
  eng: 'ENG',
  english: 'ENG',
  englisch: 'ENG',
  fr: 'FRA',
  pl: 'POL',
  tr: 'TUR',
  ru: 'RUS',
  uk: 'UKR',
  ar: 'ARA',
  nl: 'NLD',
  da: 'DAN',
}

/** EU language code ('DEU') of an address or a common short name. */
export function languageCode(value: string): string | null {
  const code = local(value, lists.language)
  if (code !== null) return /^[A-Z]{3}$/.test(code) ? code : null
  const iso =
    local(value, 'http://id.loc.gov/vocabulary/iso639-1/') ??
    local(value, 'http://id.loc.gov/vocabulary/iso639-2/')
  return languageWords[(iso ?? value).trim().toLowerCase()] ?? null
}

/** EU file-type code of an address, a media type address, or a name. */
export function fileTypeCode(value: string): string | null {
  const code = local(value, lists.fileType)
  if (code !== null) return /^[A-Z0-9_]+$/.test(code) ? (formatCode(code) ?? code) : null
  return formatCode(mediaTypeText(value) ?? value)
}

/** Media type of an IANA address or a text like 'text/csv'. */
export function mediaTypeText(value: string): string | null {
  const text = local(value, lists.mediaType) ?? value.trim()
  return /^[a-z]+\/[A-Za-z0-9.+_-]+$/.test(text) ? text : null
}

/** EU access right of an address or a word. */
export function accessRightCode(value: string): string | null {
  const code = (local(value, lists.accessRight) ?? value.trim()).toUpperCase().replace('-', '_')
  return ['PUBLIC', 'RESTRICTED', 'NON_PUBLIC'].includes(code) ? code : null
}

/** EU planned availability of an address, also of the older German list. */
export function availabilityCode(value: string): string | null {
  const old = /^https?:\/\/(?:www\.)?dcat-ap\.de\/def\/plannedAvailability\/(\w+)$/.exec(value)?.[1]
  const code = (local(value, lists.availability) ?? old ?? value.trim()).toUpperCase()
  return ['AVAILABLE', 'STABLE', 'EXPERIMENTAL', 'TEMPORARY'].includes(code) ? code : null
}

const oldStatus: Record<string, string> = {
  COMPLETED: 'COMPLETED',
  DEPRECATED: 'DEPRECATED',
  UNDERDEVELOPMENT: 'DEVELOP',
  WITHDRAWN: 'WITHDRAWN',
}

/** EU distribution status of an address, also of the older ADMS list. */
export function statusCode(value: string): string | null {
  const code = local(value, lists.status)?.toUpperCase()
  if (code) return /^[A-Z_]+$/.test(code) ? code : null
  return oldStatus[(local(value, 'http://purl.org/adms/status/') ?? '').toUpperCase()] ?? null
}

/** Level of the German geocoding list. */
export function levelCode(value: string): GeocodingLevel | null {
  const code = /^https?:\/\/(?:www\.)?dcat-ap\.de\/def\/politicalGeocoding\/Level\/(\w+)$/.exec(value)?.[1]
  return code !== undefined && code in levels ? (code as GeocodingLevel) : null
}

/** An address of the German lists in its current spelling; others unchanged. */
export function canonicalDcatDe(iri: string): string {
  return iri.replace(/^https?:\/\/(?:www\.)?dcat-ap\.de\/def\//, 'http://dcat-ap.de/def/')
}

/** Name of a checksum algorithm ('sha256') behind an address; null when unknown. */
export function checksumName(value: string): string | null {
  const spdx = /spdx\.org\/rdf\/terms#checksumAlgorithm_(\w+)$/.exec(value)?.[1]
  if (spdx) return spdx.toLowerCase()
  const old = /dcat-ap\.de\/def\/hashAlgorithms\/([\w/-]+)$/.exec(value)?.[1]
  return old
    ? old
        .toLowerCase()
        .replaceAll('/', '')
        .replace(/^sha1$|^sha-1$/, 'sha1')
    : null
}
