import { lists } from './vocabulary.ts'

/** A licence of the DCAT-AP.de list. `code` is the end of its address; `by`: the provider wants to be named. */
export type Licence = { code: string; name: string; open: boolean; by: boolean; url: string | null }

const rows: [code: string, name: string, open: 0 | 1, by: 0 | 1, url: string | null][] = [
  ['dl-zero-de/2.0', 'Datenlizenz Deutschland – Zero – 2.0', 1, 0, 'https://www.govdata.de/dl-de/zero-2-0'],
  [
    'dl-by-de/2.0',
    'Datenlizenz Deutschland – Namensnennung – 2.0',
    1,
    1,
    'https://www.govdata.de/dl-de/by-2-0',
  ],
  ['cc-zero', 'Creative Commons Zero (CC0)', 1, 0, 'https://creativecommons.org/publicdomain/zero/1.0/'],
  [
    'cc-by/4.0',
    'Creative Commons Namensnennung 4.0 (CC BY 4.0)',
    1,
    1,
    'https://creativecommons.org/licenses/by/4.0/',
  ],
  [
    'cc-by-sa/4.0',
    'Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 4.0 (CC BY-SA 4.0)',
    1,
    1,
    'https://creativecommons.org/licenses/by-sa/4.0/',
  ],
  ['cc-by', 'Creative Commons Namensnennung (CC BY)', 1, 1, null],
  [
    'cc-by-sa',
    'Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen (CC BY-SA)',
    1,
    1,
    null,
  ],
  [
    'cc-by-de/3.0',
    'Creative Commons Namensnennung 3.0 Deutschland',
    1,
    1,
    'https://creativecommons.org/licenses/by/3.0/de/',
  ],
  ['ccpdm/1.0', 'Public Domain Mark 1.0', 1, 0, 'https://creativecommons.org/publicdomain/mark/1.0/'],
  [
    'dl-by-de/1.0',
    'Datenlizenz Deutschland – Namensnennung – 1.0',
    1,
    1,
    'https://www.govdata.de/dl-de/by-1-0',
  ],
  ['odbl', 'Open Database License (ODbL)', 1, 1, 'https://opendatacommons.org/licenses/odbl/1-0/'],
  ['odby', 'Open Data Commons Attribution (ODC-BY)', 1, 1, 'https://opendatacommons.org/licenses/by/1-0/'],
  [
    'odcpddl',
    'Open Data Commons Public Domain (PDDL)',
    1,
    0,
    'https://opendatacommons.org/licenses/pddl/1-0/',
  ],
  [
    'officialWork',
    'Amtliches Werk nach § 5 Abs. 1 UrhG',
    1,
    0,
    'https://www.gesetze-im-internet.de/urhg/__5.html',
  ],
  ['geonutz/20130319', 'Nutzungsbestimmungen für Geodaten des Bundes', 1, 1, null],
  ['geoNutz/20131001', 'Nutzungsbestimmungen für Geodaten des Landes Berlin', 1, 1, null],
  ['apache', 'Apache-Lizenz', 1, 1, null],
  ['bsd', 'BSD-Lizenz', 1, 1, null],
  ['gfdl', 'GNU Free Documentation License', 1, 1, null],
  ['gpl/3.0', 'GNU General Public License 3.0', 1, 1, null],
  ['mozilla', 'Mozilla Public License 2.0', 1, 1, null],
  ['other-open', 'Andere offene Lizenz', 1, 0, null],
  ['other-opensource', 'Andere Open-Source-Lizenz', 1, 0, null],
  ['cc-by-nc', 'Creative Commons Namensnennung – nicht kommerziell', 0, 1, null],
  [
    'cc-by-nc/4.0',
    'Creative Commons Namensnennung – nicht kommerziell 4.0',
    0,
    1,
    'https://creativecommons.org/licenses/by-nc/4.0/',
  ],
  ['cc-by-nc-de/3.0', 'Creative Commons Namensnennung – nicht kommerziell 3.0 Deutschland', 0, 1, null],
  ['cc-by-nd', 'Creative Commons Namensnennung – keine Bearbeitung', 0, 1, null],
  ['cc-by-nd/3.0', 'Creative Commons Namensnennung – keine Bearbeitung 3.0', 0, 1, null],
  ['cc-by-nd/4.0', 'Creative Commons Namensnennung – keine Bearbeitung 4.0', 0, 1, null],
  ['dl-by-nc-de/1.0', 'Datenlizenz Deutschland – Namensnennung – nicht kommerziell 1.0', 0, 1, null],
  ['other-closed', 'Andere geschlossene Lizenz', 0, 0, null],
  ['other-commercial', 'Andere kommerzielle Lizenz', 0, 0, null],
  ['other-freeware', 'Andere Freeware-Lizenz', 0, 0, null],
]

/** The official list, the usual ones first. */
export const licences: readonly Licence[] = rows.map(([code, name, open, by, url]) => ({
  code,
  name,
  open: open === 1,
  by: by === 1,
  url,
}))

const byIri = new Map(licences.map((licence) => [lists.licence + licence.code, licence]))

/** The address of a licence of the list by its code, for example 'dl-by-de/2.0'. */
export function licenceIri(code: string): string {
  return lists.licence + code
}

/** The licence of the official list behind an address; null for addresses that are not on it. */
export function licenceOf(iri: string): Licence | null {
  return byIri.get(canonicalLicence(iri)) ?? null
}

/** Old spellings of the list that were given new addresses. */
const renamed: Record<string, string> = {
  'official-work': 'officialWork',
  'cc-by-nc-de/4.0': 'cc-by-nc/4.0',
  'cc-nc': 'cc-by-nc',
  'cc-nc/3.0': 'cc-by-nc-de/3.0',
  'gpl/30': 'gpl/3.0',
  'od-bc': 'odby',
  'od-bl': 'odbl',
  'odc-pddl': 'odcpddl',
  'cc-pdm/1.0': 'ccpdm/1.0',
}

/** Short names from CKAN and forms. */
const shortNames: Record<string, string> = {
  'dl-de-zero-2.0': 'dl-zero-de/2.0',
  'dl-de/zero-2-0': 'dl-zero-de/2.0',
  'dl-de-by-2.0': 'dl-by-de/2.0',
  'dl-de/by-2-0': 'dl-by-de/2.0',
  'dl-de-by-1.0': 'dl-by-de/1.0',
  'dl-de/by-1-0': 'dl-by-de/1.0',
  cc0: 'cc-zero',
  'cc0-1.0': 'cc-zero',
  'cc zero': 'cc-zero',
  'cc-by-4.0': 'cc-by/4.0',
  'cc by 4.0': 'cc-by/4.0',
  'cc-by': 'cc-by',
  'cc-by-sa-4.0': 'cc-by-sa/4.0',
  'cc by-sa 4.0': 'cc-by-sa/4.0',
  'odc-odbl': 'odbl',
  odbl: 'odbl',
  'dl-zero': 'dl-zero-de/2.0',
  'dl-by': 'dl-by-de/2.0',
  'dl-de-by': 'dl-by-de/2.0',
  'dl-de-zero': 'dl-zero-de/2.0',
  'dl-de-by-nc': 'dl-by-nc-de/1.0',
  'dl-de-by-nc-1.0': 'dl-by-nc-de/1.0',
  'cc-by-3.0': 'cc-by-de/3.0',
  'cc-by-3.0-de': 'cc-by-de/3.0',
  'cc by 3.0': 'cc-by-de/3.0',
  'cc by 3.0 de': 'cc-by-de/3.0',
  'creative commons namensnennung 3.0 de': 'cc-by-de/3.0',
  'creative commons namensnennung 3.0 deutschland lizenz': 'cc-by-de/3.0',
  'creative commons namensnennung 4.0': 'cc-by/4.0',
  'creative commons attribution': 'cc-by',
  'creative commons attribution 4.0': 'cc-by/4.0',
  'creative commons attribution 4.0 international': 'cc-by/4.0',
  'cc by': 'cc-by',
  'cc by-sa': 'cc-by-sa',
  'cc-nc': 'cc-by-nc',
  'cc-nc-3.0': 'cc-by-nc-de/3.0',
  'cc-pdm-1.0': 'ccpdm/1.0',
  'official-work': 'officialWork',
  'bsd-license': 'bsd',
  'odc-by': 'odby',
  'odc-pddl': 'odcpddl',
  geonutzv: 'geonutz/20130319',
  'geonutz-be-2013-10-01': 'geoNutz/20131001',
  'geonutzv-be-2013-10-01': 'geoNutz/20131001',
  notspecified: 'other-closed',
  'other-pd': 'other-open',
  'other-at': 'other-open',
}

/** Old spellings of list addresses brought to the current one; foreign addresses stay as they are (rule K34). */
export function canonicalLicence(iri: string): string {
  const local = /^https?:\/\/(?:www\.)?dcat-ap\.de\/def\/licenses\/(.+)$/.exec(iri)?.[1]
  if (local === undefined) return iri
  const code = local.replace(/\/$/, '').replace(/\/(\d)_(\d)$/, '/$1.$2')
  return lists.licence + (renamed[code] ?? code)
}

/** The list address meant by a short name or title like 'dl-de-by-2.0' or 'CC BY 4.0'; null when it means none. */
export function licenceByName(name: string): string | null {
  const key = name.trim().toLowerCase()
  const code = shortNames[key] ?? licences.find((l) => sameName(l, key))?.code
  if (code) return licenceIri(code)
  const plain = key.replace(/^https?:/, '').replace(/\/$/, '')
  const byUrl = licences.find(
    (l) =>
      l.url &&
      l.url
        .toLowerCase()
        .replace(/^https?:/, '')
        .replace(/\/$/, '') === plain,
  )
  return byUrl ? licenceIri(byUrl.code) : null
}

/** A licence's code may be written with hyphens instead of slashes. */
function sameName(licence: Licence, key: string): boolean {
  const code = licence.code.toLowerCase()
  return code === key || code.replaceAll('/', '-') === key || licence.name.toLowerCase() === key
}

/** True for licences known to be open: of the list, or a Creative Commons or Open Data Commons address. */
export function isOpenLicence(iri: string): boolean {
  const known = licenceOf(iri) ?? licenceOf(licenceByName(iri) ?? '')
  if (known) return known.open
  return /creativecommons\.org\/(licenses\/by(-sa)?\/|publicdomain\/)|opendatacommons\.org|authority\/licence\/(CC0|CC_BY(SA)?_)/.test(
    iri,
  )
}
