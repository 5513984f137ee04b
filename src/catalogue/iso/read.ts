import { finding, type Finding } from '../../platform/finding.ts'
import { encodeIri, isIri } from '../../rdf/terms.ts'
import { frequencyCode, languageCode } from '../dcat/codes.ts'
import { agsOfPlaces } from '../dcat/places.ts'
import { hvdLegislation } from '../dcat/vocabulary.ts'
import { looseDate } from '../formats/dates.ts'
import { element, elements, type Element } from '../formats/element.ts'
import type { ReadRecord } from '../formats/format.ts'
import { emptyRecord, type DatasetRecord } from '../model.ts'
import { periodsOf, placesOf } from './coverage.ts'
import { keptOfRecord } from './kept.ts'
import { linksOf } from './links.ts'
import { partiesOf } from './parties.ts'
import { termsOf } from './rights.ts'
import { serviceOf } from './services.ts'
import { topicsOf } from './topics.ts'
import { anchorOf, codeOf, languagesOf, textsOf, wordOf, type Languages } from './words.ts'

/** How a record of either edition calls itself; null when it does not. */
export function fileIdentifierOf(record: Element): string | null {
  return (
    wordOf(element(record, 'fileIdentifier', 'metadataIdentifier/MD_Identifier/code')).slice(0, 2000) || null
  )
}

/** When a record was last touched (`dateStamp`, `dateInfo`), as the German handbook takes it for `dct:modified` (K40). */
export function dateStampOf(record: Element): string | null {
  const stamp = looseDate(wordOf(element(record, 'dateStamp')))
  if (stamp !== null) return stamp
  const dates = elements(record, 'dateInfo/CI_Date')
  const revision = dates.find((date) => codeOf(element(date, 'dateType')) === 'revision') ?? dates[0]
  return revision ? looseDate(wordOf(element(revision, 'date'))) : null
}

/** Reads a metadata record of ISO 19139, its extensions (gmi, che) or ISO 19115-3. */
export function readIsoRecord(record: Element): ReadRecord {
  const findings: Finding[] = []
  const languages = languagesOf(record)
  const identification = element(record, 'identificationInfo/*') ?? blank
  if (identification === blank) findings.push(noIdentification())
  const places = placesOf(identification, languages)
  const terms = termsOf(identification)
  const topics = topicsOf(identification, languages)
  if (topics.cut > 0) findings.push(tooManyKeywords(topics.cut))
  const { cut: _cut, ...about } = topics
  const links = linksOf(record, { languages, terms, findings })
  const isOne = identification.name === 'SV_ServiceIdentification'
  const service = isOne ? serviceOf(identification, links) : null
  if (isOne) findings.push(service ? isService() : withoutAddress())
  const result: DatasetRecord = {
    ...emptyRecord(),
    ...identityOf(record, identification, languages),
    ...about,
    ...partiesOf(record, identification, languages),
    ...links,
    ...(service ? { service } : {}),
    ...datesOf(record, identification),
    access: terms.access,
    legislation: about.hvdCategories.length > 0 ? [hvdLegislation] : [],
    places,
    ags: agsOfPlaces(places),
    periods: periodsOf(identification),
    conformsTo: systemsOf(record),
  }
  result.unknown = keptOfRecord(record, identification, languages)
  return { record: result, findings }
}

const blank: Element = { name: '', attributes: {}, children: [], text: '' }

function identityOf(record: Element, identification: Element, languages: Languages): Partial<DatasetRecord> {
  const citation = element(identification, 'citation/CI_Citation')
  const fileIdentifier = fileIdentifierOf(record)
  const codes = elements(citation, 'identifier/*')
    .map((each) => identifierOf(each))
    .filter((code) => code !== '')
  const link = codes.map(encodeIri).find((code) => /^https?:\/\/[^/]+\/./.test(code) && isIri(code))
  const language = [
    ...elements(identification, 'language'),
    ...elements(identification, 'defaultLocale/PT_Locale/language'),
  ]
  const own = language.length > 0 ? language : elements(record, 'language')
  return {
    uri: link ?? uuidIri(fileIdentifier),
    identifier: fileIdentifier ?? codes[0] ?? null,
    otherIdentifiers: [...new Set(codes)].filter((code) => code !== fileIdentifier).slice(0, 20),
    title: textsOf(element(citation, 'title'), languages),
    description: textsOf(element(identification, 'abstract'), languages),
    version: wordOf(element(citation, 'edition')) || null,
    languages: [
      ...new Set(own.flatMap((each) => languageCode(codeOf(each)) ?? languageCode(wordOf(each)) ?? [])),
    ],
  }
}

function identifierOf(holder: Element): string {
  const code = anchorOf(element(holder, 'code')) || wordOf(element(holder, 'code'))
  const space = wordOf(element(holder, 'codeSpace'))
  return /^https?:\/\//.test(space) && code !== '' && !/^https?:/.test(code)
    ? `${space.replace(/\/?$/, '/')}${code}`
    : code
}

function uuidIri(identifier: string | null): string | null {
  const plain = (identifier ?? '').replace(/^[{]|[}]$/g, '').replace(/^urn:uuid:/i, '')
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(plain)) return `urn:uuid:${plain.toLowerCase()}`
  return identifier !== null && /^https?:\/\//.test(identifier) && isIri(encodeIri(identifier))
    ? encodeIri(identifier)
    : null
}

function datesOf(record: Element, identification: Element): Partial<DatasetRecord> {
  const dates = elements(identification, 'citation/CI_Citation/date/CI_Date')
  const of = (kind: string): string | null => {
    const found = dates.find((date) => codeOf(element(date, 'dateType')) === kind)
    return found ? looseDate(wordOf(element(found, 'date'))) : null
  }
  const maintenance = element(identification, 'resourceMaintenance/*/maintenanceAndUpdateFrequency')
  return {
    issued: of('publication') ?? of('creation'),
    modified: dateStampOf(record) ?? of('revision'),
    frequency: frequencyCode(codeOf(maintenance)),
  }
}

/** Coordinate reference systems as addresses of the OGC register. */
function systemsOf(record: Element): string[] {
  const codes = elements(record, 'referenceSystemInfo/*/referenceSystemIdentifier/*/code')
  const found = codes.flatMap((holder) => {
    const text = anchorOf(holder) || wordOf(holder)
    if (/^https?:\/\/www\.opengis\.net\/def\/crs\//.test(text)) return [encodeIri(text)]
    const number = /EPSG\D{0,12}(\d{4,6})/i.exec(text)?.[1]
    return number === undefined ? [] : [`http://www.opengis.net/def/crs/EPSG/0/${number}`]
  })
  return [...new Set(found)].slice(0, 20)
}

function isService(): Finding {
  return finding('info', 'iso-service', {
    de: 'Der Eintrag beschreibt einen Dienst und keine Daten; er steht als Dienst im Katalog.',
    en: 'The record describes a service and no data; it stands in the catalogue as a service.',
  })
}

function withoutAddress(): Finding {
  return finding('warning', 'iso-service-without-address', {
    de: 'Der Eintrag beschreibt einen Dienst, nennt aber keine Adresse; er steht als Datensatz im Katalog.',
    en: 'The record describes a service but names no address; it stands in the catalogue as a dataset.',
  })
}

function noIdentification(): Finding {
  return finding('warning', 'iso-no-identification', {
    de: 'Dem Eintrag fehlt der Abschnitt, der die Daten beschreibt (identificationInfo).',
    en: 'The record lacks the section that describes the data (identificationInfo).',
  })
}

function tooManyKeywords(cut: number): Finding {
  return finding('error', 'too-many-keywords', {
    de: `Der Datensatz hat zu viele Schlagwörter; ${cut} wurden nicht übernommen.`,
    en: `The dataset has too many keywords; ${cut} were not taken over.`,
  })
}
