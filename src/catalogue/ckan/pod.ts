import { encodeIri, isIri } from '../../rdf/terms.ts'
import { fileTypeCode, frequencyCode, languageCode, mediaTypeText } from '../dcat/codes.ts'
import { canonicalLicence, licenceByName } from '../dcat/licences.ts'
import { looseDate } from '../formats/dates.ts'
import type { ReadRecord } from '../formats/format.ts'
import { emptyDistribution, emptyRecord, type Agent, type Distribution } from '../model.ts'
import { themesOfName } from './categories.ts'
import { boxOf } from './coverage.ts'
import { asText, isObject, type Json } from './fields.ts'
import { iri } from './people.ts'

/** The datasets of a `data.json` (Project Open Data, also a bare list or a single one); null when it is none. */
export function podDatasets(json: unknown): Json[] | null {
  const list =
    isObject(json) && Array.isArray(json['dataset']) ? json['dataset'] : Array.isArray(json) ? json : [json]
  const datasets = list.filter(isObject).filter(isPod)
  return datasets.length > 0 ? datasets : null
}

function isPod(json: Json): boolean {
  return asText(json['title']) !== '' && Array.isArray(json['distribution']) && !('resources' in json)
}

/** Reads a dataset of a `data.json`. */
export function readPodDataset(json: Json): ReadRecord {
  const identifier = asText(json['identifier']) || null
  const place = iri(json['spatial'])
  const bbox = boxOf(json['spatial'])
  const frequency = asText(json['accrualPeriodicity'])
  const page = iri(json['landingPage'])
  const email = mailOf(json['contactPoint'])
  return {
    record: {
      ...emptyRecord(),
      uri: identifier !== null && isIri(encodeIri(identifier)) ? encodeIri(identifier) : null,
      identifier,
      title: { '': asText(json['title']) },
      description: asText(json['description']) === '' ? {} : { '': asText(json['description']) },
      keywords: listOf(json['keyword']).map((text) => ({ text, lang: '' })),
      themes: [...new Set(listOf(json['theme']).flatMap(themesOfName))],
      publisher: agentOf(json['publisher']),
      creators: [agentOf(json['creator'])].flatMap((agent) => agent ?? []),
      contacts:
        email === null ? [] : [{ id: null, kind: 'organisation', name: null, phone: null, url: null, email }],
      issued: looseDate(asText(json['issued'])),
      modified: looseDate(asText(json['modified'])),
      frequency: frequency === '' ? null : frequencyCode(frequency),
      languages: [...new Set(listOf(json['language']).flatMap((name) => languageCode(name) ?? []))],
      landingPages: page === null ? [] : [page],
      places: place !== null || bbox ? [{ id: place, label: {}, bbox, derived: false }] : [],
      distributions: objectsOf(json['distribution']).map((file) =>
        distributionOf(file, asText(json['license'])),
      ),
    },
    findings: [],
  }
}

function listOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
  return [...new Set(list.slice(0, 500).flatMap((item) => asText(item) || []))]
}

function objectsOf(value: unknown): Json[] {
  return (Array.isArray(value) ? value : []).slice(0, 1000).filter(isObject)
}

function agentOf(value: unknown): Agent | null {
  const name = isObject(value) ? asText(value['name']) : asText(value)
  if (name === '') return null
  const more = isObject(value) ? value : {}
  return { id: null, name: { '': name }, type: null, url: iri(more['homepage']), email: mailOf(more) }
}

function mailOf(value: unknown): string | null {
  if (!isObject(value)) return null
  const address = (asText(value['mbox']) || asText(value['email']) || asText(value['hasEmail'])).replace(
    /^mailto:/,
    '',
  )
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(address) ? address : null
}

function distributionOf(file: Json, ownLicence: string): Distribution {
  const licence = asText(file['license']) || ownLicence
  const kind = asText(file['format']) || asText(file['mediaType'])
  const download = iri(file['downloadURL'])
  const size = Number(asText(file['byteSize']) || 'none')
  return {
    ...emptyDistribution(),
    title: asText(file['title']) === '' ? {} : { '': asText(file['title']) },
    description: asText(file['description']) === '' ? {} : { '': asText(file['description']) },
    accessUrl: iri(file['accessURL']) ?? download,
    downloadUrl: download,
    format: fileTypeCode(kind),
    mediaType: mediaTypeText(asText(file['mediaType'])) ?? mediaTypeText(kind),
    licence: licenceByName(licence) ?? (isIri(licence) ? canonicalLicence(licence) : null),
    byteSize: Number.isSafeInteger(size) && size >= 0 ? size : null,
    issued: looseDate(asText(file['issued'])),
    modified: looseDate(asText(file['modified'])),
  }
}
