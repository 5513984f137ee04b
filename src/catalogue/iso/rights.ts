import { attribute, descendants, elements, type Element } from '../formats/element.ts'
import { canonicalLicence, licenceByName, licences, licenceIri } from '../dcat/licences.ts'
import { asText } from '../ckan/fields.ts'
import { cleanText } from '../formats/plain-text.ts'
import { emptyRecord, type Access, type AccessType, type InspireReason } from '../model.ts'
import { anchorOf, codeOf, wordOf } from './words.ts'

/** Under which terms the data of a record stand. `rights`: the words about use, where they name no licence. */
export type Terms = {
  licence: string | null
  attribution: string | null
  rights: string | null
  access: Access
}

/** Licence, attribution and access of a record, from its legal and security constraints. */
export function termsOf(identification: Element): Terms {
  const groups = elements(identification, 'resourceConstraints/*')
  const use = groups.filter(
    (group) => !isAbout(group, 'accessConstraints') || isAbout(group, 'useConstraints'),
  )
  const said = (use.length > 0 ? use : groups).flatMap((group) => statementsOf(group))
  const all = groups.flatMap((group) => statementsOf(group))
  const found =
    said.map(licenceIn).find((each) => each !== null) ?? all.map(licenceIn).find((each) => each !== null)
  const words = said.map(({ text }) => text).filter((text) => text !== '' && !text.startsWith('{'))
  return {
    licence: found?.licence ?? null,
    attribution: found?.attribution ?? attributionIn(words),
    rights: found || words.length === 0 ? null : cleanText([...new Set(words)].join('\n')).slice(0, 4000),
    access: accessOf(groups, words),
  }
}

function isAbout(group: Element, name: string): boolean {
  return group.children.some((child) => child.name === name)
}

type Statement = { text: string; href: string }

function statementsOf(group: Element): Statement[] {
  const holders = [
    ...elements(group, 'otherConstraints'),
    ...elements(group, 'useLimitation'),
    ...elements(group, 'reference/CI_Citation/title'),
  ]
  return holders.map((holder) => ({ text: wordOf(holder), href: anchorOf(holder) }))
}

type Found = { licence: string; attribution: string | null }

/** The licence a constraint names: as JSON (the German custom), as link, or in words. */
export function licenceIn({ text, href }: Statement): Found | null {
  const json = text.startsWith('{') ? jsonTerms(text) : null
  if (json) return json
  const link = licenceByUrl(href) ?? licenceByUrl(/https?:\/\/[^\s"'<>)]+/.exec(text)?.[0] ?? '')
  const licence = link ?? licenceByName(text) ?? licenceInWords(text)
  return licence === null ? null : { licence, attribution: null }
}

function jsonTerms(text: string): Found | null {
  try {
    const terms = JSON.parse(text) as Record<string, unknown>
    const [id, name, url, source] = ['id', 'name', 'url', 'quelle'].map((key) => asText(terms[key]))
    const licence =
      licenceByName(id ?? '') ??
      licenceByName(name ?? '') ??
      licenceByUrl(url ?? '') ??
      licenceInWords(name ?? '')
    return licence === null ? null : { licence, attribution: source ? cleanText(source) : null }
  } catch {
    return null
  }
}

function licenceByUrl(url: string): string | null {
  const plain = url.replace(/[.,;]+$/, '')
  if (plain === '') return null
  const known = licenceByName(plain)
  if (known) return known
  if (/dcat-ap\.de\/def\/licenses\//.test(plain)) return canonicalLicence(plain)
  if (/govdata\.de\/dl-de\/(by|zero)-(\d)-0/.test(plain))
    return licenceByName(plain.replace(/^.*govdata\.de\/(dl-de\/(by|zero)-\d-0).*$/, '$1'))
  return /creativecommons\.org\/(licenses|publicdomain)\/|opendatacommons\.org|authority\/licence\//.test(
    plain,
  )
    ? plain
    : null
}

const wordings: [RegExp, string][] = [
  [/datenlizenz deutschland.{0,12}zero|dl-de\/?-?zero/i, 'dl-zero-de/2.0'],
  [/datenlizenz deutschland.{0,12}namensnennung.{0,14}1\.0/i, 'dl-by-de/1.0'],
  [/datenlizenz deutschland.{0,12}namensnennung|dl-de\/?-?by/i, 'dl-by-de/2.0'],
  [/\bcc0\b|cc[- ]zero/i, 'cc-zero'],
  [/\bcc[- ]by[- ]sa[- ]4\.0/i, 'cc-by-sa/4.0'],
  [/\bcc[- ]by[- ]nc[- ]4\.0/i, 'cc-by-nc/4.0'],
  [/\bcc[- ]by[- ]4\.0|creative commons.{0,40}(attribution|namensnennung).{0,20}4\.0/i, 'cc-by/4.0'],
  [/\bcc[- ]by[- ]3\.0/i, 'cc-by-de/3.0'],
  [/geonutzv(?!.*berlin)|nutzungsbestimmungen.{0,60}geodaten.{0,10}bundes/i, 'geonutz/20130319'],
  [/nutzungsbestimmungen.{0,60}geodaten des landes berlin|geonutzv.{0,3}berlin/i, 'geoNutz/20131001'],
  [/\bodbl\b|open database licen[sc]e/i, 'odbl'],
]

function licenceInWords(text: string): string | null {
  const words = text.slice(0, 2000)
  const code = wordings.find(([pattern]) => pattern.test(words))?.[1]
  return code !== undefined && licences.some((licence) => licence.code === code) ? licenceIri(code) : null
}

function attributionIn(words: string[]): string | null {
  for (const text of words) {
    const found = /Quellenvermerk[^:„"“]{0,60}[:„"“]\s*["„“]?([^"“”„]{3,300})/.exec(text)?.[1]
    if (found) return cleanText(found)
  }
  return null
}

const NONE =
  /noLimitations|keine zugriffsbeschr|gelten keine bedingungen|no conditions apply|no limitations? (on|to) public access|keine beschr.nkung|kein zugriff\b.{0,5}beschr/i

/** INSPIRE's limitation codes count first; then codes of restriction and classification. Nothing said means open, as concluded. */
function accessOf(groups: Element[], notes: string[]): Access {
  const blank = emptyRecord().access
  const limits = groups.filter((group) => isAbout(group, 'accessConstraints')).flatMap(statementsOf)
  const reasons = new Set<InspireReason>()
  for (const { text, href } of limits) {
    const letter = /Article13_1([a-h])/i.exec(`${href} ${text}`)?.[1]
    if (letter) reasons.add(letter.toLowerCase() as InspireReason)
  }
  const free = limits.some(({ text, href }) => NONE.test(`${href} ${text}`))
  if (reasons.size > 0) return { ...blank, type: 'closed', reasons: [...reasons], note: noteOf(notes) }
  const codes = groups.flatMap((group) => elements(group, 'accessConstraints').map(codeOf))
  const type = restricted(codes, groups)
  if (type !== null && !free) return { ...blank, type, assumed: true, note: noteOf(notes) }
  return { ...blank, assumed: !free }
}

function restricted(codes: string[], groups: Element[]): AccessType | null {
  const secret = groups.some((group) => {
    const level =
      codeOf(descendants(group, 'MD_ClassificationCode')[0] ?? null) || attribute(group, 'classification')
    return level !== '' && !/unclassified|sbu/i.test(level)
  })
  if (secret) return 'closed'
  return codes.some((code) => /^(restricted|private|confidential|statutory|in-confidence)$/i.test(code))
    ? 'on-request'
    : null
}

function noteOf(notes: string[]): Access['note'] {
  const note = cleanText([...new Set(notes)].join('\n')).slice(0, 2000)
  return note === '' ? {} : { '': note }
}
