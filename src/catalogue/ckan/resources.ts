import { finding, type Finding } from '../../platform/finding.ts'
import { encodeIri, isIri } from '../../rdf/terms.ts'
import {
  availabilityCode,
  checksumName,
  fileTypeCode,
  languageCode,
  mediaTypeText,
  statusCode,
} from '../dcat/codes.ts'
import { canonicalLicence, licenceByName } from '../dcat/licences.ts'
import { looseDate } from '../formats/dates.ts'
import { plainText } from '../formats/plain-text.ts'
import { emptyDistribution, type Checksum, type Distribution } from '../model.ts'
import { fieldsOf, isObject, text, texts, value, type Fields, type Json } from './fields.ts'
import { iri } from './people.ts'

/** No real dataset has more files; one with thousands is a mistake of its source. */
const MAX_RESOURCES = 1000

/** The licence of a package or resource by its id, title or address; null when it names none we can point to. */
export function licenceFrom(fields: Fields): string | null {
  const terms = value(fields, 'terms_of_use')
  const nested = isObject(terms) ? [terms['license_id'], terms['licence_id'], terms['license_url']] : []
  const given = ['license_id', 'license', 'licence', 'license_title', 'license_url'].map((key) =>
    text(fields, key),
  )
  const names = [...given, ...nested].flatMap((name) =>
    typeof name === 'string' && name !== '' ? [name] : [],
  )
  for (const name of names) {
    const known =
      licenceByName(name) ?? (isIri(name) && !name.startsWith('urn:') ? canonicalLicence(name) : null)
    if (known !== null) return known
  }
  return null
}

/** Resources as distributions; `licence` is the package's own, for those that name none. */
export function resourcesOf(
  resources: unknown,
  given: { uri: string | null; licence: string | null; findings: Finding[] },
): Distribution[] {
  const all = (Array.isArray(resources) ? resources : []).filter(isObject)
  if (all.length > MAX_RESOURCES)
    given.findings.push(
      finding('error', 'too-many-distributions', {
        de: `Der Datensatz hat ${all.length} Dateien; übernommen wurden ${MAX_RESOURCES}.`,
        en: `The dataset has ${all.length} files; ${MAX_RESOURCES} were taken over.`,
      }),
    )
  return all.slice(0, MAX_RESOURCES).map((resource) => distributionOf(resource, given))
}

function distributionOf(resource: Json, given: { uri: string | null; licence: string | null }): Distribution {
  const f = fieldsOf(resource)
  const attribution = text(f, 'licenseAttributionByText')
  return {
    ...emptyDistribution(),
    id: idOf(f, given.uri),
    title: worded(titleOf(f)),
    description: worded(text(f, 'description')),
    ...addressesOf(f),
    ...kindOf(f),
    licence: licenceFrom(f) ?? given.licence,
    attribution: attribution === null ? {} : { '': attribution },
    rights: text(f, 'rights'),
    byteSize: sizeOf(text(f, 'size', 'file_size', 'byte_size')),
    checksum: checksumOf(f),
    issued: dateFrom(f, 'issued', 'created'),
    modified: dateFrom(f, 'modified', 'last_modified', 'revision_timestamp'),
    availability: availabilityCode(text(f, 'availability') ?? ''),
    status: statusCode(text(f, 'status') ?? ''),
    languages: [...new Set(texts(f, ['language'], true).flatMap((l) => languageCode(l) ?? []))],
  }
}

function idOf(f: Fields, uri: string | null): string | null {
  const stated = iri(text(f, 'uri'))
  if (stated !== null) return stated
  const id = text(f, 'id')
  return uri === null || id === null ? null : encodeIri(`${uri}/resource/${encodeURIComponent(id)}`)
}

/** DKAN of 2014 wrote the path of the resource where its name belongs. */
function titleOf(f: Fields): string | null {
  const name = text(f, 'title', 'name')
  return name !== null && /^dataset\/[0-9a-f-]+\/resource\//.test(name) ? null : name
}

function worded(given: string | null): Record<string, string> {
  return given === null ? {} : { '': plainText(given) }
}

/** `url` may be a file or a page; `access_url` and `download_url` say which. DKAN has the file in `file_url`. */
function addressesOf(f: Fields): Pick<Distribution, 'accessUrl' | 'downloadUrl'> {
  const file = iri(text(f, 'download_url', 'file_url', 'file_link'))
  const url = iri(text(f, 'url'))
  const access = iri(text(f, 'access_url', 'accessURL')) ?? url ?? file
  const typed = text(f, 'resource_type', 'url_type')
  return { accessUrl: access, downloadUrl: file ?? (typed === 'file' || typed === 'upload' ? url : null) }
}

function kindOf(f: Fields): Pick<Distribution, 'format' | 'mediaType'> {
  const format = text(f, 'format')
  const media = text(f, 'mimetype', 'mime_type', 'media_type')
  const mediaType = mediaTypeText(media ?? '') ?? mediaTypeText(format ?? '')
  return { format: fileTypeCode(format ?? '') ?? fileTypeCode(mediaType ?? media ?? ''), mediaType }
}

/** '509.76 KB', '10240', '1,2 MB' in bytes. */
function sizeOf(given: string | null): number | null {
  const found = /^([\d.,]+)\s*(bytes?|[KMGT]i?B)?$/i.exec((given ?? '').trim())
  if (!found) return null
  const power = 'BKMGT'.indexOf((found[2] ?? 'B').slice(0, 1).toUpperCase())
  const size = Math.round(Number((found[1] ?? '').replace(',', '.')) * 1024 ** Math.max(0, power))
  return Number.isSafeInteger(size) && size > 0 ? size : null
}

function checksumOf(f: Fields): Checksum | null {
  const hash = (text(f, 'hash') ?? '').replace(/^\w+:/, '')
  if (!/^[0-9a-f]{8,128}$/i.test(hash)) return null
  const named = checksumName(text(f, 'hash_algorithm') ?? '')
  const byLength: Record<number, string> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' }
  const algorithm = named ?? byLength[hash.length]
  return algorithm === undefined ? null : { id: null, algorithm, value: hash.toLowerCase() }
}

function dateFrom(f: Fields, ...keys: string[]): string | null {
  for (const key of keys) {
    const date = looseDate(text(f, key) ?? '')
    if (date !== null) return date
  }
  return null
}
