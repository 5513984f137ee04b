import { createHash } from 'node:crypto'
import { isOpenLicence, licences } from '../dcat/licences.ts'
import { themes } from '../dcat/vocabulary.ts'
import type { CkanGroup, CkanTag } from './package.ts'

/** Longest name CKAN takes (`PACKAGE_NAME_MAX_LENGTH`). */
const MAX_NAME = 100

const FOLDED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa' }

/** Lower-case letters, digits and hyphens, umlauts spelled out: the part of an address that a title gives. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[äöüßæøå]/g, (letter) => FOLDED[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Name of a dataset: its title as slug and the end of its id, so that equal titles stay apart. At most 100 characters. */
export function ckanName(title: string, id: string): string {
  const end = id.replaceAll('-', '').slice(-12)
  const start = slug(title.slice(0, 300)).slice(0, MAX_NAME - end.length - 1)
  return start === '' ? `dataset-${end}` : `${start.replace(/-$/, '')}-${end}`
}

/** A UUID that the same text always gives (SHA-1, version 5 form); for parts that have no id of their own. */
export function uuidOf(text: string): string {
  const hex = createHash('sha1').update(`allmende:${text}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The id of a resource: a UUID made of `key` that ends like its package's id, by which the package is found again. */
export function ckanResourceId(packageId: string, key: string): string {
  return uuidOf(`${packageId}:${key}`).slice(0, 24) + packageId.slice(-12)
}

/** The tag of a keyword: CKAN allows letters, digits, spaces and `-_.`, 2 to 100 characters; null when nothing is left. */
export function ckanTag(text: string): CkanTag | null {
  const name = text
    .slice(0, 400)
    .replace(/[^\p{L}\p{M}\p{N} _.-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
  if (name.length < 2) return null
  return {
    id: uuidOf(`tag:${name}`),
    name,
    display_name: name,
    state: 'active',
    vocabulary_id: null,
  }
}

/** The 13 EU themes as CKAN groups; names are the codes in lower case, as GovData has them. */
export function ckanGroups(locale: 'de' | 'en' = 'de'): CkanGroup[] {
  return Object.keys(themes).map((code) => ckanGroup(code, locale))
}

/** One theme as group. */
export function ckanGroup(code: string, locale: 'de' | 'en' = 'de'): CkanGroup {
  const title = themes[code]?.[locale] ?? code
  return {
    id: uuidOf(`group:${code}`),
    name: code.toLowerCase(),
    title,
    display_name: title,
    description: '',
    image_display_url: '',
  }
}

/** One entry of CKAN's `license_list`. */
export type CkanLicence = {
  id: string
  title: string
  url: string
  is_okd_compliant: boolean
  is_osi_compliant: boolean
  od_conformance: 'approved' | 'not reviewed'
  osd_conformance: 'not reviewed'
  domain_content: boolean
  domain_data: boolean
  domain_software: boolean
  family: string
  maintainer: string
  status: 'active'
}

/** CKAN's short name of a licence of the list: 'dl-by-de/2.0' becomes 'dl-by-de-2.0'. */
export function ckanLicenceId(code: string): string {
  return code.replaceAll('/', '-')
}

/** The official list as CKAN's `license_list` gives it. */
export function ckanLicences(): CkanLicence[] {
  return licences.map((licence) => ({
    id: ckanLicenceId(licence.code),
    title: licence.name,
    url: licence.url ?? '',
    is_okd_compliant: isOpenLicence(licence.name),
    is_osi_compliant: false,
    od_conformance: isOpenLicence(licence.name) ? 'approved' : 'not reviewed',
    osd_conformance: 'not reviewed',
    domain_content: true,
    domain_data: true,
    domain_software: false,
    family: '',
    maintainer: '',
    status: 'active',
  }))
}
