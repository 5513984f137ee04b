import { encodeIri, isIri } from '../../rdf/terms.ts'
import { accessRightCode, fileTypeCode, languageCode, mediaTypeText } from '../dcat/codes.ts'
import { themesOfName } from '../ckan/categories.ts'
import { looseDate } from '../formats/dates.ts'
import { attribute, children, type Element } from '../formats/element.ts'
import type { ReadRecord } from '../formats/format.ts'
import { keptLine, SELF } from '../formats/kept.ts'
import { plainText } from '../formats/plain-text.ts'
import {
  emptyDistribution,
  emptyRecord,
  type Access,
  type Agent,
  type Bbox,
  type DatasetRecord,
  type Distribution,
} from '../model.ts'
import { licenceIn } from './rights.ts'
import { languageTag } from './words.ts'

/** Elements a field takes; the others are kept as `name=text`. */
const TAKEN = new Set(
  'identifier title alternative type subject format modified issued created date abstract description spatial coverage rights accessRights license creator publisher contributor language references URI BoundingBox WGS84BoundingBox source relation'.split(
    ' ',
  ),
)
const MAX = 1000

/** Reads a record in Dublin Core: the common form of CSW (`csw:Record`), and `oai_dc`. */
export function readDublinCore(record: Element): ReadRecord {
  const all = (name: string): string[] =>
    children(record, name)
      .slice(0, MAX)
      .map((each) => plainText(each.text))
      .filter((text) => text !== '')
  const language = languageTag((all('language')[0] ?? '').slice(0, 3))
  const worded = (text: string | undefined): Record<string, string> =>
    text === undefined ? {} : { [language]: text }
  const identifiers = all('identifier')
  const licence =
    [...all('license'), ...all('rights')]
      .map((text) => licenceIn({ text, href: text }))
      .find((each) => each !== null) ?? null
  const subjects = [...new Set(all('subject'))].slice(0, 500)
  const people = (name: string): Agent[] =>
    all(name)
      .slice(0, 50)
      .map((text) => ({ id: null, name: { '': text }, type: null, url: null, email: null }))
  const distributions = linksOf(record, licence?.licence ?? null, identifiers)
  const result: DatasetRecord = {
    ...emptyRecord(),
    uri: uriOf(identifiers),
    identifier: identifiers[0] ?? null,
    otherIdentifiers: identifiers.slice(1, 20),
    title: worded(all('title')[0]),
    description: worded([...all('abstract'), ...all('description')].join('\n\n') || undefined),
    keywords: subjects.map((text) => ({ text, lang: language })),
    themes: [...new Set(subjects.flatMap(themesOfName))],
    publisher: people('publisher')[0] ?? people('creator')[0] ?? people('contributor')[0] ?? null,
    creators: people('creator'),
    access: accessOf(all('accessRights'), all('rights')),
    issued: first(all('issued')) ?? first(all('created')) ?? first(all('date')),
    modified: first(all('modified')) ?? first(all('date')),
    languages: [
      ...new Set(
        all('language').flatMap((text) => languageCode(text) ?? languageCode(text.slice(0, 3)) ?? []),
      ),
    ],
    places: placesOf(record, [...all('coverage'), ...all('spatial')]),
    conformsTo: systemsOf(all('spatial')),
    landingPages: landingPages(identifiers),
    distributions,
  }
  result.unknown = record.children
    .filter((each) => !TAKEN.has(each.name) && each.text.trim() !== '')
    .slice(0, 200)
    .map((each) => keptLine(SELF, 'urn:allmende:dublin-core', `${each.name}=${plainText(each.text)}`))
    .join('')
  return { record: result, findings: [] }
}

function first(dates: string[]): string | null {
  return dates.map(looseDate).find((date) => date !== null) ?? null
}

function uriOf(identifiers: string[]): string | null {
  const link = identifiers
    .map(encodeIri)
    .find((text) => /^(https?:\/\/|urn:uuid:)./.test(text) && isIri(text))
  if (link) return link
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(identifiers[0] ?? '')?.[0]
  return uuid ? `urn:uuid:${uuid.toLowerCase()}` : null
}

function landingPages(identifiers: string[]): string[] {
  return identifiers
    .map(encodeIri)
    .filter((text) => /^https?:\/\//.test(text) && isIri(text))
    .slice(0, 5)
}

/** Addresses of the data: `dct:references` and `dc:URI`, which often carry a protocol; in `oai_dc` an identifier that is an address. */
function linksOf(record: Element, licence: string | null, identifiers: string[]): Distribution[] {
  const holders = [...children(record, 'references'), ...children(record, 'URI')].slice(0, MAX)
  const formats = children(record, 'format').map((each) => each.text.trim())
  const found = holders.flatMap((each): Distribution[] => {
    const url = encodeIri(each.text.trim())
    if (!/^https?:\/\//.test(url) || !isIri(url)) return []
    const kind = `${attribute(each, 'protocol')} ${attribute(each, 'scheme')}`
    const format =
      fileTypeCode(/OGC:(W\w+)/.exec(kind)?.[1] ?? '') ??
      fileTypeCode(/\.(\w{2,7})(?:$|\?)/.exec(url)?.[1] ?? '')
    const name = attribute(each, 'description') || attribute(each, 'name')
    return [
      { ...emptyDistribution(), title: name === '' ? {} : { '': name }, accessUrl: url, format, licence },
    ]
  })
  if (found.length > 0 || licence === null) return found
  const page = landingPages(identifiers)[0]
  const kind = formats
    .map((text) => fileTypeCode(text) ?? fileTypeCode(mediaTypeText(text) ?? ''))
    .find((code) => code !== null)
  return page === undefined
    ? []
    : [{ ...emptyDistribution(), accessUrl: page, format: kind ?? null, licence }]
}

function accessOf(rights: string[], words: string[]): Access {
  const blank = emptyRecord().access
  const said = [...rights, ...words]
  const letter = said.map((text) => /Article13_1([a-h])/.exec(text)?.[1]).find((each) => each !== undefined)
  if (letter !== undefined) return { ...blank, type: 'closed', reasons: [letter as 'a'] }
  const code = rights.map(accessRightCode).find((each) => each !== null) ?? null
  if (code === 'PUBLIC') return blank
  const closed =
    code !== null ||
    rights.some((text) =>
      /^(private|confidential|internal|intern|closedAccess|restrictedAccess)$/i.test(
        text.replace(/^.*\//, ''),
      ),
    )
  if (!closed) return { ...blank, assumed: true }
  return {
    ...blank,
    type: code === 'NON_PUBLIC' ? 'closed' : 'on-request',
    note: words[0] === undefined ? {} : { '': words[0] },
  }
}

function placesOf(record: Element, words: string[]): DatasetRecord['places'] {
  const holders = [...children(record, 'BoundingBox'), ...children(record, 'WGS84BoundingBox')]
  const bbox = holders.map(boxOf).find((box) => box !== null) ?? null
  const names = [...new Set(words)]
    .filter((text) => !/epsg|urn:ogc|^\W*$|northlimit|^https?:/i.test(text))
    .slice(0, 20)
  if (bbox && names.length <= 1)
    return [{ id: null, label: names[0] === undefined ? {} : { '': names[0] }, bbox, derived: false }]
  const named = names.map((text) => ({ id: null, label: { '': text }, bbox: null, derived: false }))
  return bbox ? [{ id: null, label: {}, bbox, derived: false }, ...named] : named
}

/** Corners are longitude latitude, unless the reference system says the order of EPSG:4326. */
function boxOf(from: Element): Bbox | null {
  const numbers = (name: string): number[] =>
    (children(from, name)[0]?.text ?? '')
      .trim()
      .split(/[\s,]+/)
      .map((part) => (part === '' ? Number.NaN : Number(part)))
  const [a = Number.NaN, b = Number.NaN] = numbers('LowerCorner')
  const [c = Number.NaN, d = Number.NaN] = numbers('UpperCorner')
  const [plain, turned] = [checked([a, b, c, d]), checked([b, a, d, c])]
  return /4326/.test(attribute(from, 'crs')) ? (turned ?? plain) : (plain ?? turned)
}

function checked(box: Bbox): Bbox | null {
  const [w, s, e, n] = box
  return box.every(Number.isFinite) && w >= -180 && e <= 180 && s >= -90 && n <= 90 && w <= e && s <= n
    ? box
    : null
}

function systemsOf(words: string[]): string[] {
  return [...new Set(words.flatMap((text) => /EPSG\D{0,12}(\d{4,6})/i.exec(text)?.[1] ?? []))].map(
    (number) => `http://www.opengis.net/def/crs/EPSG/0/${number}`,
  )
}
