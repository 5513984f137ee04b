import { encodeIri, isIri } from '../../rdf/terms.ts'
import { agent, iri } from '../ckan/people.ts'
import { themesOfName } from '../ckan/categories.ts'
import { asText, isObject, type Json } from '../ckan/fields.ts'
import { fileTypeCode, languageCode, mediaTypeText } from '../dcat/codes.ts'
import { canonicalLicence, licenceByName } from '../dcat/licences.ts'
import type { ReadRecord } from '../formats/format.ts'
import { keptLine, SELF } from '../formats/kept.ts'
import { plainText } from '../formats/plain-text.ts'
import {
  emptyDistribution,
  emptyRecord,
  type Agent,
  type Column,
  type Contact,
  type DatasetRecord,
  type Distribution,
  type Service,
} from '../model.ts'
import { periodOf, placeOf } from './coverage.ts'
import { plain, typesOf } from './find.ts'
import { dateOf, listOf, nameOf, tagOf, worded } from './values.ts'

const TAKEN = new Set(
  '@id @type @context type name description url identifier keywords license creator author publisher provider maintainer contactPoint distribution spatialCoverage temporalCoverage dateCreated datePublished dateModified version inLanguage isAccessibleForFree conditionsOfAccess variableMeasured sameAs isBasedOn about theme category documentation termsOfService areaServed availableChannel'.split(
    ' ',
  ),
)

/** Reads a Dataset of schema.org, with prefixes already taken off its keys. */
export function readSchemaOrg(json: Json): ReadRecord {
  const language = tagOf(json['inLanguage'])
  const licence = licenceOf(json['license'] ?? json['termsOfService'])
  const uri =
    [asText(json['@id']), asText(json['url'])]
      .map(encodeIri)
      .find((id) => /^(https?|urn):/.test(id) && isIri(id)) ?? null
  const identifiers = listOf(json['identifier']).flatMap(
    (each) => (isObject(each) ? asText(plain(each)['value']) : asText(each)) || [],
  )
  const record: DatasetRecord = {
    ...emptyRecord(),
    uri,
    identifier: identifiers[0] ?? null,
    otherIdentifiers: identifiers.slice(1, 20),
    title: worded(json['name'], language),
    description: worded(json['description'], language),
    ...subjectsOf(json, language),
    ...peopleOf(json),
    access: {
      ...emptyRecord().access,
      assumed: json['isAccessibleForFree'] !== true,
      note: worded(json['conditionsOfAccess'], language),
    },
    issued: dateOf(json['datePublished']) ?? dateOf(json['dateCreated']),
    modified: dateOf(json['dateModified']),
    version: asText(json['version']) || null,
    languages: [
      ...new Set(
        listOf(json['inLanguage']).flatMap(
          (each) => languageCode(nameOf(each)) ?? languageCode(nameOf(each).slice(0, 2)) ?? [],
        ),
      ),
    ],
    places: listOf(json['spatialCoverage'] ?? json['areaServed'])
      .slice(0, 100)
      .flatMap(placeOf),
    periods: listOf(json['temporalCoverage'])
      .slice(0, 50)
      .flatMap((each) => periodOf(asText(each))),
    landingPages: [iri(json['url'])].flatMap((page) => (page === null || page === uri ? [] : [page])),
    sources: listOf(json['isBasedOn']).flatMap(
      (each) => iri(isObject(each) ? plain(each)['url'] : each) ?? [],
    ),
    columns: columnsOf(json['variableMeasured']),
    distributions: listOf(json['distribution'])
      .slice(0, 1000)
      .filter(isObject)
      .map((file) => distributionOf(plain(file), { licence, language })),
  }
  Object.assign(record, serviceOf(json, licence))
  record.unknown = Object.entries(json)
    .filter(([key]) => !TAKEN.has(key))
    .slice(0, 200)
    .flatMap(([key, value]) =>
      asText(value) === '' ? [] : [keptLine(SELF, 'urn:allmende:schema-org', `${key}=${asText(value)}`)],
    )
    .join('')
  return { record, findings: [] }
}

/** Where an API answers and what describes it; nothing for data, and where it names no address. */
function serviceOf(json: Json, licence: string | null): { service?: Service } {
  if (!typesOf(json).includes('WebAPI')) return {}
  const channels = listOf(json['availableChannel']).slice(0, 20).filter(isObject).map(plain)
  const endpoints = channels.flatMap((each) => iri(asText(each['serviceUrl'])) ?? [])
  const descriptions = listOf(json['documentation'])
    .slice(0, 20)
    .flatMap((each) => iri(isObject(each) ? plain(each)['url'] : each) ?? [])
  return endpoints.length > 0 ? { service: { endpoints, descriptions, serves: [], licence } } : {}
}

function subjectsOf(json: Json, language: string): Pick<DatasetRecord, 'keywords' | 'themes'> {
  const words = listOf(json['keywords'] ?? json['category']).flatMap((each) =>
    typeof each === 'string' ? each.split(/[,;]/).map((word) => word.trim()) : [nameOf(each)],
  )
  const about = [...listOf(json['about']), ...listOf(json['theme'])].map((each) =>
    isObject(each) ? asText(each['@id']) || nameOf(each) : asText(each),
  )
  const keywords = [...new Set(words.filter((word) => word !== ''))].slice(0, 500)
  return {
    keywords: keywords.map((text) => ({ text, lang: language })),
    themes: [...new Set([...about, ...keywords].flatMap(themesOfName))],
  }
}

function agentsOf(value: unknown): Agent[] {
  return listOf(value)
    .slice(0, 50)
    .flatMap((each): Agent[] => {
      const json = isObject(each) ? plain(each) : {}
      const email = asText(json['email']).replace(/^mailto:/, '')
      const made = agent(nameOf(each) || null, {
        id: iri(json['@id']),
        url: iri(json['url']),
        email: /^[^\s@<>"]+@[^\s@<>"]+$/.test(email) ? email : null,
      })
      return made === null ? [] : [made]
    })
}

function peopleOf(json: Json): Partial<DatasetRecord> {
  const creators = agentsOf(json['creator'] ?? json['author'])
  const publisher = [...agentsOf(json['publisher']), ...agentsOf(json['provider'])][0] ?? creators[0] ?? null
  const asked = [...listOf(json['contactPoint']), ...listOf(json['publisher']), ...listOf(json['creator'])]
    .filter(isObject)
    .map(plain)
  const points = asked.flatMap((each) => [each, ...listOf(each['contactPoint']).filter(isObject).map(plain)])
  const contacts = points.slice(0, 20).flatMap((each): Contact[] => {
    const email = asText(each['email']).replace(/^mailto:/, '')
    const good = /^[^\s@<>"]+@[^\s@<>"]+$/.test(email) ? email : null
    const phone = asText(each['telephone']) || null
    return good || phone
      ? [
          {
            id: null,
            kind: 'organisation',
            name: nameOf(each) || null,
            email: good,
            phone,
            url: iri(each['url']),
          },
        ]
      : []
  })
  return {
    publisher,
    creators: json['publisher'] || json['provider'] ? creators : [],
    custodians: agentsOf(json['maintainer']),
    contacts: contacts.slice(0, 5),
  }
}

function columnsOf(value: unknown): Column[] {
  return listOf(value)
    .slice(0, 500)
    .flatMap((each): Column[] => {
      const json = isObject(each) ? plain(each) : {}
      const name = nameOf(each)
      const unit = asText(json['unitText']) || asText(json['unitCode'])
      return name === ''
        ? []
        : [
            {
              name,
              meaning: plainText(asText(json['description'])),
              type: 'text',
              unit: unit || null,
              personal: false,
            },
          ]
    })
}

function distributionOf(file: Json, given: { licence: string | null; language: string }): Distribution {
  const url = iri(file['contentUrl'])
  const kind = listOf(file['encodingFormat'] ?? file['fileFormat']).map(asText)[0] ?? ''
  const size = /^([\d.]+)\s*(B|bytes?)?$/i.exec(asText(file['contentSize']))?.[1]
  return {
    ...emptyDistribution(),
    id: iri(file['@id']),
    title: worded(file['name'], given.language),
    description: worded(file['description'], given.language),
    accessUrl: iri(file['url']) ?? url,
    downloadUrl: url,
    format: fileTypeCode(kind),
    mediaType: mediaTypeText(kind),
    licence: licenceOf(file['license']) ?? given.licence,
    byteSize: size === undefined ? null : Math.round(Number(size)),
    issued: dateOf(file['datePublished']) ?? dateOf(file['uploadDate']),
    modified: dateOf(file['dateModified']),
  }
}

function licenceOf(value: unknown): string | null {
  for (const each of listOf(value)) {
    const text = isObject(each)
      ? asText(each['@id']) || asText(plain(each)['url']) || nameOf(each)
      : asText(each)
    const known =
      licenceByName(text) ??
      (/^https?:/.test(text) && isIri(encodeIri(text)) ? canonicalLicence(encodeIri(text)) : null)
    if (known !== null) return known
  }
  return null
}
