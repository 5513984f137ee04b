import { isOpenLicence, licenceOf } from '../dcat/licences.ts'
import { lists } from '../dcat/vocabulary.ts'
import { textIn, type DatasetRecord, type Distribution } from '../model.ts'
import { accessOfService, accessServices } from './access-services.ts'
import { extrasOf } from './extras.ts'
import { ckanGroup, ckanLicenceId, ckanName, ckanResourceId, ckanTag } from './names.ts'
import type { CkanOptions, CkanOrganization, CkanPackage, CkanResource, CkanTag } from './package.ts'

/**
 * The record as CKAN package. Filter it with `recordForFace` first. What is not open has no resources, so that no address
 * leaks; what CKAN has no field for stands in `extras` under the keys of the CKAN DCAT extension.
 */
export function writeCkanPackage(record: DatasetRecord, options: CkanOptions): CkanPackage {
  const locale = options.locale ?? 'de'
  const open = record.access.type === 'open'
  const resources = open ? resourcesOf(record, options) : []
  const tags = tagsOf(record)
  const extras = extrasOf(record)
  return {
    id: options.id,
    name: options.name ?? ckanName(textIn(record.title, locale), options.id),
    title: textIn(record.title, locale),
    notes: textIn(record.description, locale),
    url: record.landingPages[0] ?? options.url,
    version: record.version,
    ...peopleOf(record, locale),
    ...licenceFields(record),
    metadata_created: ckanTime(options.created),
    metadata_modified: ckanTime(options.modified),
    state: 'active',
    type: 'dataset',
    private: false,
    creator_user_id: null,
    owner_org: options.organization?.id ?? null,
    organization: organizationOf(options),
    groups: record.themes.map((code) => ckanGroup(code, locale)),
    tags,
    extras,
    resources,
    num_resources: resources.length,
    num_tags: tags.length,
    relationships_as_subject: [],
    relationships_as_object: [],
  }
}

/** CKAN's time: UTC without zone, six digits behind the second. */
function ckanTime(at: Date): string {
  return at.toISOString().replace('Z', '000')
}

function tagsOf(record: DatasetRecord): CkanTag[] {
  const tags = new Map<string, CkanTag>()
  for (const keyword of record.keywords) {
    const tag = ckanTag(keyword.text)
    if (tag && !tags.has(tag.name)) tags.set(tag.name, tag)
  }
  return [...tags.values()].sort((a, b) => a.name.localeCompare(b.name, 'de'))
}

type People = Pick<CkanPackage, 'author' | 'author_email' | 'maintainer' | 'maintainer_email'>

function peopleOf(record: DatasetRecord, locale: 'de' | 'en'): People {
  const author = record.creators[0] ?? record.publisher
  const maintainer = record.contacts[0]
  return {
    author: author ? textIn(author.name, locale) || null : null,
    author_email: author?.email ?? null,
    maintainer: maintainer?.name ?? null,
    maintainer_email: maintainer?.email ?? null,
  }
}

type LicenceFields = Pick<CkanPackage, 'license_id' | 'license_title' | 'license_url' | 'isopen'>

/** The licence all files share, else the first; open only when the access and every licence are. */
function licenceFields(record: DatasetRecord): LicenceFields {
  const stated = record.distributions.map((d) => d.licence)
  const used = [...stated, record.service?.licence ?? null].filter((licence) => licence !== null)
  const open = record.access.type === 'open' && used.length > 0 && used.every(isOpenLicence)
  const first = used[0]
  if (first === undefined) return { license_id: null, license_title: null, license_url: null, isopen: false }
  const known = licenceOf(first)
  return {
    license_id: known ? ckanLicenceId(known.code) : first,
    license_title: known?.name ?? first,
    license_url: known?.url ?? first,
    isopen: open,
  }
}

function organizationOf(options: CkanOptions): CkanOrganization | null {
  const house = options.organization
  if (!house) return null
  return {
    id: house.id,
    name: house.name,
    title: house.title,
    type: 'organization',
    description: house.description ?? '',
    image_url: '',
    is_organization: true,
    approval_status: 'approved',
    state: 'active',
    created: ckanTime(house.created ?? options.created),
  }
}

/** A service has one resource for each address at which it answers, with the service beside it. */
function resourcesOf(record: DatasetRecord, options: CkanOptions): CkanResource[] {
  const { service } = record
  if (!service) return record.distributions.map((d, i) => resourceOf(d, i, options))
  return accessOfService(record, service).map((d, i) => ({
    ...resourceOf(d, i, options),
    resource_type: 'api' as const,
    access_services: accessServices(record, service),
  }))
}

function resourceOf(d: Distribution, position: number, options: CkanOptions): CkanResource {
  const url = d.downloadUrl ?? d.accessUrl ?? ''
  const own = /\/resource\/([0-9a-f-]{36})$/.exec(d.id ?? '')?.[1]
  return {
    id:
      own ??
      ckanResourceId(
        options.id,
        d.id?.startsWith('_:') ? `${position}:${url}` : (d.id ?? `${position}:${url}`),
      ),
    package_id: options.id,
    name: textIn(d.title, options.locale ?? 'de') || (d.format ?? ''),
    description: textIn(d.description, options.locale ?? 'de'),
    url,
    access_url: d.accessUrl ?? '',
    download_url: d.downloadUrl,
    url_type: null,
    resource_type: null,
    format: formatName(d.format),
    mimetype: d.mediaType,
    mimetype_inner: null,
    size: d.byteSize,
    hash: d.checksum?.value ?? '',
    hash_algorithm: d.checksum ? lists.checksum + d.checksum.algorithm : '',
    created: d.issued ?? ckanTime(options.created),
    last_modified: d.modified,
    metadata_modified: ckanTime(options.modified),
    position,
    state: 'active',
    cache_url: null,
    cache_last_updated: null,
    license: d.licence,
    licenseAttributionByText: textIn(d.attribution, options.locale ?? 'de'),
    rights: d.rights ?? '',
    status: d.status === null ? '' : lists.status + d.status,
    availability: d.availability === null ? '' : lists.availability + d.availability,
    language: JSON.stringify(d.languages.map((code) => lists.language + code)),
  }
}

/** Names people search for: 'WMS' instead of the list's 'WMS_SRVC'. */
function formatName(code: string | null): string {
  return (code ?? '').replace(/_SRVC$/, '')
}
