/** A dataset as the CKAN action API 2.9 to 2.11 writes it (`package_show`). Times without zone, in UTC. */
export type CkanPackage = {
  id: string
  name: string
  title: string
  notes: string
  url: string | null
  version: string | null
  author: string | null
  author_email: string | null
  maintainer: string | null
  maintainer_email: string | null
  license_id: string | null
  license_title: string | null
  license_url: string | null
  isopen: boolean
  metadata_created: string
  metadata_modified: string
  state: 'active'
  type: 'dataset'
  private: boolean
  creator_user_id: null
  owner_org: string | null
  organization: CkanOrganization | null
  groups: CkanGroup[]
  tags: CkanTag[]
  extras: { key: string; value: string }[]
  resources: CkanResource[]
  num_resources: number
  num_tags: number
  relationships_as_subject: never[]
  relationships_as_object: never[]
}

/** The organisation that holds a dataset. */
export type CkanOrganization = {
  id: string
  name: string
  title: string
  type: 'organization'
  description: string
  image_url: string
  is_organization: true
  approval_status: 'approved'
  state: 'active'
  created: string
}

/** A theme of the EU list as CKAN group. */
export type CkanGroup = {
  id: string
  name: string
  title: string
  display_name: string
  description: string
  image_display_url: string
}

/** A free keyword. */
export type CkanTag = { id: string; name: string; display_name: string; state: 'active'; vocabulary_id: null }

/** One way to get the data. */
export type CkanResource = {
  id: string
  package_id: string
  name: string
  description: string
  url: string
  access_url: string
  download_url: string | null
  url_type: null
  /** `api` for the address of a service. */
  resource_type: 'api' | null
  format: string
  mimetype: string | null
  mimetype_inner: null
  size: number | null
  hash: string
  hash_algorithm: string
  created: string
  last_modified: string | null
  metadata_modified: string
  position: number
  state: 'active'
  cache_url: null
  cache_last_updated: null
  license: string | null
  licenseAttributionByText: string
  rights: string
  status: string
  availability: string
  language: string
  access_services?: string
}

/**
 * What a record does not know of itself. `id`: UUID of the entry. `url`: its page. `created`, `modified`: when the entry was
 * made and changed. `organization`: the house that holds it; null leaves the publisher's name as author only.
 */
export type CkanOptions = {
  id: string
  name?: string
  url: string
  created: Date
  modified: Date
  organization: { id: string; name: string; title: string; description?: string; created?: Date } | null
  locale?: 'de' | 'en'
}
