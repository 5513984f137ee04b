import { finding, type Finding } from '../../platform/finding.ts'
import { encodeIri, isIri } from '../../rdf/terms.ts'
import { prefixes } from '../../rdf/vocabularies.ts'
import { accessRightCode, availabilityCode, frequencyCode, languageCode, levelCode } from '../dcat/codes.ts'
import { agsOfPlaces } from '../dcat/places.ts'
import { isOpenLicence } from '../dcat/licences.ts'
import { looseDate } from '../formats/dates.ts'
import type { ReadRecord } from '../formats/format.ts'
import { keptLine, keptLinkLine, SELF } from '../formats/kept.ts'
import { plainText } from '../formats/plain-text.ts'
import { emptyRecord, type Access, type AccessType, type DatasetRecord, type LangText } from '../model.ts'
import { serviceOfPackage } from './access-services.ts'
import { themesOfName } from './categories.ts'
import { periodsOf, placesOf } from './coverage.ts'
import { EXTRA } from './extras.ts'
import {
  asText,
  fieldsOf,
  isObject,
  text,
  texts,
  understood,
  untaken,
  value,
  type Fields,
  type Json,
} from './fields.ts'
import { licenceFrom, resourcesOf } from './resources.ts'
import { peopleOf } from './people.ts'

/** Fields that speak of the software and not of the data. */
const HOUSE = new Set(
  `id name type state private isopen num_resources num_tags owner_org creator_user_id revision_id revision_timestamp
relationships_as_subject relationships_as_object relationships organization resources tags groups tracking_summary
harvest_object_id harvest_source_id harvest_source_title metadata_harvested_portal ckan_url download_url ratings_average
ratings_count license_title license_url metadata_created metadata_modified log_message extras spatial_wkt notes_rendered`.split(
    /\s+/,
  ),
)
/** More keywords than any real record needs; beyond it a source has gone wrong. */
const MAX_KEYWORDS = 500

/** Reads a package of CKAN's action API, of DKAN, or of the German OGD form. `site`: address of the portal, without slash. */
export function readCkanPackage(json: Json, site: string | null): ReadRecord {
  const fields = fieldsOf(json)
  const findings: Finding[] = []
  const uri = uriOf(fields, json, site)
  const licence = licenceFrom(fields)
  const distributions = resourcesOf(json['resources'], { uri, licence, findings })
  const places = placesOf(fields)
  const record: DatasetRecord = {
    ...emptyRecord(),
    uri,
    ...wordsOf(fields, json, findings),
    ...identityOf(fields, json),
    ...datesOf(fields),
    ...peopleOf(fields, json),
    ...linksOf(fields),
    access: accessOf(
      fields,
      json,
      distributions.map((d) => d.licence),
    ),
    places,
    ags: agsOfPlaces(places),
    geocodingLevel: geocodingLevel(fields),
    periods: periodsOf(fields),
    distributions,
  }
  const service = serviceOfPackage(fields, json['resources'], distributions)
  if (service) record.service = service
  record.unknown = unknownOf(fields)
  return { record, findings }
}

/** The address a package states for itself, else its page at the portal, else its UUID. */
function uriOf(fields: Fields, json: Json, site: string | null): string | null {
  const stated = text(fields, 'uri')
  if (stated !== null && isIri(encodeIri(stated))) return encodeIri(stated)
  const name = asText(json['id']) || asText(json['name'])
  if (name === '') return null
  if (site !== null) return encodeIri(`${site}/dataset/${encodeURIComponent(name)}`)
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name) ? `urn:uuid:${name.toLowerCase()}` : null
}

function identityOf(fields: Fields, json: Json): Partial<DatasetRecord> {
  const identifier = text(fields, 'identifier', 'guid') ?? (asText(json['id']) || null)
  return {
    identifier,
    otherIdentifiers: texts(fields, ['alternate_identifier', 'doi']),
    version: text(fields, 'dcat_version', 'version'),
    languages: [
      ...new Set(texts(fields, ['language', 'languages'], true).flatMap((l) => languageCode(l) ?? [])),
    ],
  }
}

function wordsOf(fields: Fields, json: Json, findings: Finding[]): Partial<DatasetRecord> {
  const keywords = keywordsOf(fields, json)
  if (keywords.length > MAX_KEYWORDS)
    findings.push(
      finding('error', 'too-many-keywords', {
        de: `Der Datensatz hat ${keywords.length} Schlagwörter; übernommen wurden ${MAX_KEYWORDS}.`,
        en: `The dataset has ${keywords.length} keywords; ${MAX_KEYWORDS} were taken over.`,
      }),
    )
  return {
    title: langText(fields, 'title_translated', ['title', 'name']),
    description: langText(fields, 'notes_translated', ['notes', 'description']),
    keywords: keywords.slice(0, MAX_KEYWORDS),
    themes: [...new Set(categoryNames(fields, json).flatMap(themesOfName))],
  }
}

function langText(fields: Fields, translated: string, plain: string[]): LangText {
  const found = value(fields, translated)
  const texts: LangText = {}
  if (isObject(found))
    for (const [language, content] of Object.entries(found).slice(0, 50))
      if (asText(content) !== '') texts[language.toLowerCase().slice(0, 35)] = plainText(asText(content))
  const untagged = text(fields, ...plain)
  if (Object.keys(texts).length === 0 && untagged !== null) texts[''] = plainText(untagged)
  return texts
}

function keywordsOf(fields: Fields, json: Json): DatasetRecord['keywords'] {
  const translated = value(fields, 'tags_translated')
  if (isObject(translated))
    return Object.entries(translated).flatMap(([lang, list]) =>
      names(list).map((word) => ({ text: word, lang })),
    )
  const all = [...names(json['tags']), ...texts(fields, ['keyword', 'keywords', 'tag_string'], true)]
  return [...new Set(all)].map((word) => ({ text: word, lang: '' }))
}

/** Names of tags or groups: objects or plain texts; a text with commas is a list. */
function names(list: unknown): string[] {
  const items = typeof list === 'string' ? list.split(',') : Array.isArray(list) ? list.slice(0, 40_000) : []
  return items.flatMap((item: unknown) => {
    const shown = isObject(item) ? asText(item['display_name']) || asText(item['name']) : asText(item)
    return shown === '' ? [] : [shown]
  })
}

function categoryNames(fields: Fields, json: Json): string[] {
  const groups = Array.isArray(json['groups']) ? json['groups'] : []
  const named = groups
    .slice(0, 200)
    .flatMap((group: unknown) =>
      isObject(group) ? [asText(group['name']), asText(group['title'])] : [asText(group)],
    )
  const themes = texts(fields, ['theme', 'themes', 'category'], true)
  return [...themes, ...named, ...names(json['tags']).slice(0, 200)].filter((name) => name !== '')
}

function datesOf(fields: Fields): Partial<DatasetRecord> {
  const role = (...wanted: string[]): string | null => {
    const dates = value(fields, 'dates')
    const found = Array.isArray(dates)
      ? dates.find((entry: unknown) => isObject(entry) && wanted.includes(asText(entry['role'])))
      : undefined
    return isObject(found) ? looseDate(asText(found['date'])) : null
  }
  const first = (...keys: string[]): string | null => understood(fields, keys, looseDate)
  const stamp = (key: string): string | null => looseDate(asText(fields.values.get(key)))
  return {
    issued:
      first('issued', 'dcat_issued', 'date_released', 'release_date') ??
      role('veroeffentlicht', 'erstellt') ??
      first('created'),
    modified:
      first('modified', 'dcat_modified', 'date_updated', 'aktualisiert') ??
      role('aktualisiert') ??
      stamp('metadata_modified'),
  }
}

function linksOf(fields: Fields): Partial<DatasetRecord> {
  const addresses = (...keys: string[]): string[] => texts(fields, keys).map(encodeIri).filter(isIri)
  const legal = text(fields, 'legalBasis', 'legal_basis')
  const frequencies = ['frequency', 'accrual_periodicity', 'frequency-of-update', 'update_frequency']
  return {
    frequency: understood(fields, frequencies, frequencyCode),
    availability: understood(fields, ['availability', 'plannedAvailability'], availabilityCode),
    landingPages: [...new Set([...addresses('url', 'landing_page'), ...addresses('landing_pages')])],
    documentation: addresses('documentation'),
    conformsTo: addresses('conforms_to'),
    references: addresses('references'),
    sources: addresses('was_derived_from'),
    legislation: addresses('applicable_legislation'),
    hvdCategories: addresses('hvd_category'),
    legalBasis: legal === null ? {} : { '': legal },
  }
}

const TYPE_OF: Record<string, AccessType> = { PUBLIC: 'open', RESTRICTED: 'on-request', NON_PUBLIC: 'closed' }

/** Stated by `access_rights`, else concluded: a private package, or one with closed licences only, is on request. */
function accessOf(fields: Fields, json: Json, licences: (string | null)[]): Access {
  const right = accessRightCode(text(fields, 'access_rights') ?? '')
  const note = text(fields, 'access_note')
  const letters = texts(fields, ['limitations']).flatMap((url) => /Article13_1([a-h])$/.exec(url)?.[1] ?? [])
  const closed =
    licences.length > 0 &&
    licences.every((l) => l !== null && !isOpenLicence(l) && l.endsWith('/other-closed'))
  return {
    type:
      right === null
        ? json['private'] === true || closed
          ? 'on-request'
          : 'open'
        : (TYPE_OF[right] ?? 'open'),
    assumed: right === null,
    reasons: letters as Access['reasons'],
    grounds: [],
    note: note === null ? {} : { de: note },
    requestUrl: text(fields, 'access_request_url'),
  }
}

function geocodingLevel(fields: Fields): DatasetRecord['geocodingLevel'] {
  return levelCode(text(fields, 'politicalGeocodingLevelURI') ?? '')
}

/** Extras no field took, and themes that are not of the EU list. */
function unknownOf(fields: Fields): string {
  const foreign = texts(fields, ['theme']).filter((theme) => isIri(theme) && themesOfName(theme).length === 0)
  const themes = foreign.map((theme) => keptLinkLine(SELF, `${prefixes.dcat}theme`, theme))
  return [...themes, ...untaken(fields, HOUSE).map((line) => keptLine(SELF, EXTRA, line))].join('')
}
