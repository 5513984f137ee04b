import type { Severity } from '../../platform/finding.ts'
import { availabilities, frequencies, hvdLegislation, levels, themes } from '../dcat/vocabulary.ts'
import { fileTypes } from '../dcat/formats.ts'
import { dateType } from '../dcat/graph.ts'
import { isOpenLicence, licenceOf } from '../dcat/licences.ts'
import { textIn, type DatasetRecord, type Distribution } from '../model.ts'

/**
 * A rule about a record. `source` names where it comes from (DCAT-AP.de 3.0, its handbook's K rules, the European quality
 * dashboard). `weight` counts for the score. Rules that do not apply count neither way.
 */
export type QualityRule = {
  id: string
  source: string
  severity: Severity
  weight: number
  applies: (record: DatasetRecord) => boolean
  passes: (record: DatasetRecord, now: Date) => boolean
  text: { de: string; en: string }
}

const always = (): boolean => true
const open = (record: DatasetRecord): boolean => record.access.type === 'open'
const protectedData = (record: DatasetRecord): boolean => record.access.type !== 'open'
const hasFiles = (record: DatasetRecord): boolean => record.distributions.length > 0
const every =
  (test: (d: Distribution) => boolean) =>
  (record: DatasetRecord): boolean =>
    record.distributions.every(test)
const some =
  (test: (d: Distribution) => boolean) =>
  (record: DatasetRecord): boolean =>
    record.distributions.some(test)
const has = (text: string): boolean => text.trim() !== ''

type Row = [
  id: string,
  source: string,
  severity: Severity,
  weight: number,
  applies: QualityRule['applies'],
  passes: QualityRule['passes'],
  de: string,
  en: string,
]

/** What DCAT-AP.de 3.0 asks of every dataset. */
const mandatory: Row[] = [
  [
    'title',
    'DCAT-AP.de 3.0 Dataset',
    'error',
    8,
    always,
    (r) => has(textIn(r.title, 'de')),
    'Der Titel fehlt.',
    'The title is missing.',
  ],
  [
    'description',
    'DCAT-AP.de 3.0 Dataset',
    'error',
    8,
    always,
    (r) => has(textIn(r.description, 'de')),
    'Die Beschreibung fehlt.',
    'The description is missing.',
  ],
  [
    'publisher',
    'DCAT-AP.de 3.0 Dataset',
    'error',
    6,
    always,
    (r) => r.publisher !== null,
    'Der Herausgeber fehlt.',
    'The publisher is missing.',
  ],
  [
    'publisher-name',
    'DCAT-AP.de 3.0 Agent',
    'error',
    2,
    (r) => r.publisher !== null,
    (r) => has(textIn(r.publisher?.name ?? {}, 'de')),
    'Der Herausgeber hat keinen Namen.',
    'The publisher has no name.',
  ],
  [
    'contact-reachable',
    'DCAT-AP.de 3.0 Kind',
    'error',
    3,
    (r) => r.contacts.length > 0,
    (r) => r.contacts.every((c) => c.email !== null || c.url !== null || c.phone !== null),
    'Eine Kontaktstelle hat weder E-Mail noch Telefon noch Adresse im Netz.',
    'A contact has neither e-mail nor telephone nor web address.',
  ],
  [
    'access-url',
    'DCAT-AP.de 3.0 Distribution',
    'error',
    6,
    hasFiles,
    every((d) => d.accessUrl !== null),
    'Einer Distribution fehlt die Zugangsadresse.',
    'A distribution lacks its access address.',
  ],
  [
    'licence',
    'DCAT-AP.de 3.0 Distribution, K32',
    'error',
    8,
    hasFiles,
    every((d) => d.licence !== null),
    'Einer Distribution fehlt die Lizenz.',
    'A distribution lacks a licence.',
  ],
]

/** Values that must come from the official lists or have a fixed form. */
const forms: Row[] = [
  [
    'licence-list',
    'GovData MQA, K32',
    'warning',
    4,
    (r) => r.distributions.some((d) => d.licence !== null),
    every((d) => d.licence === null || licenceOf(d.licence) !== null),
    'Eine Lizenz steht nicht in der Liste von DCAT-AP.de.',
    'A licence is not on the DCAT-AP.de list.',
  ],
  [
    'licence-open',
    'GovData MQA',
    'warning',
    3,
    (r) => open(r) && hasFiles(r),
    every((d) => d.licence === null || isOpenLicence(d.licence)),
    'Die Daten gelten als offen, eine Lizenz ist es nicht.',
    'The data count as open, but a licence is not.',
  ],
  [
    'attribution',
    'K35',
    'warning',
    2,
    (r) => r.distributions.some(needsName),
    every((d) => !needsName(d) || has(textIn(d.attribution, 'de'))),
    'Die Lizenz verlangt eine Namensnennung, der Text dafür fehlt.',
    'The licence asks for attribution, its text is missing.',
  ],
  [
    'theme-list',
    'DCAT-AP.de 3.0, K30',
    'error',
    2,
    (r) => r.themes.length > 0,
    (r) => r.themes.every((code) => code in themes),
    'Ein Thema steht nicht in der EU-Liste.',
    'A theme is not on the EU list.',
  ],
  [
    'frequency-list',
    'DCAT-AP.de 3.0',
    'error',
    1,
    (r) => r.frequency !== null,
    (r) => (r.frequency ?? '') in frequencies,
    'Der Turnus steht nicht in der EU-Liste.',
    'The frequency is not on the EU list.',
  ],
  [
    'availability-list',
    'DCAT-AP.de 3.0',
    'error',
    1,
    (r) => r.availability !== null,
    (r) => (availabilities as readonly string[]).includes(r.availability ?? ''),
    'Die Verfügbarkeit steht nicht in der EU-Liste.',
    'The availability is not on the EU list.',
  ],
  [
    'format-list',
    'DCAT-AP.de 3.0, K31',
    'error',
    1,
    some((d) => d.format !== null),
    every((d) => d.format === null || d.format in fileTypes),
    'Ein Dateiformat ist nicht aus der gebräuchlichen EU-Liste.',
    'A file format is not from the usual EU list.',
  ],
  [
    'dates',
    'DCAT-AP.de 3.0',
    'error',
    2,
    always,
    (r) => datesOf(r).every((d) => dateType(d) !== null),
    'Ein Datum ist nicht lesbar.',
    'A date is not readable.',
  ],
  [
    'period-order',
    'K38',
    'error',
    1,
    (r) => r.periods.some((p) => p.start && p.end),
    (r) => r.periods.every((p) => !p.start || !p.end || p.start.slice(0, p.end.length) <= p.end),
    'Ein Zeitraum endet, bevor er beginnt.',
    'A period ends before it begins.',
  ],
  [
    'one-reference',
    'K, Musterdatenkatalog',
    'warning',
    1,
    (r) => r.references.length > 0,
    (r) => r.references.filter((x) => x.includes('musterdatenkatalog.de')).length <= 1,
    'Mehr als ein Musterdatensatz ist zugeordnet.',
    'More than one model dataset is assigned.',
  ],
  [
    'no-source',
    'K21',
    'warning',
    1,
    always,
    (r) => r.sources.length === 0,
    'Die Angabe dct:source soll nicht verwendet werden.',
    'The property dct:source should not be used.',
  ],
  [
    'hvd-category',
    'DCAT-AP HVD 3.0',
    'error',
    2,
    (r) => r.legislation.includes(hvdLegislation),
    (r) => r.hvdCategories.length > 0,
    'Hochwertiger Datensatz ohne Kategorie.',
    'High-value dataset without a category.',
  ],
  [
    'markup',
    'Handbuch, Beschreibung',
    'warning',
    1,
    (r) => has(textIn(r.description, 'de')),
    (r) => !/<(?!\/?(a|li|ol|ul|p|br|b|i|u)[\s/>])[a-z!/]/i.test(textIn(r.description, 'de')),
    'Die Beschreibung enthält unzulässiges HTML.',
    'The description holds forbidden HTML.',
  ],
]

/** What makes data findable and usable. */
const helpful: Row[] = [
  [
    'keyword',
    'MQA Findability',
    'warning',
    6,
    always,
    (r) => r.keywords.length > 0,
    'Es gibt kein Schlagwort.',
    'There is no keyword.',
  ],
  [
    'theme',
    'MQA Findability',
    'warning',
    6,
    always,
    (r) => r.themes.length > 0,
    'Es gibt kein Thema.',
    'There is no theme.',
  ],
  [
    'place',
    'MQA Findability',
    'warning',
    4,
    always,
    (r) => r.places.length > 0 || r.ags !== null,
    'Der Ort fehlt.',
    'The place is missing.',
  ],
  [
    'level',
    'DCAT-AP.de 3.0',
    'info',
    1,
    always,
    (r) => (r.geocodingLevel ?? '') in levels,
    'Die Verwaltungsebene fehlt.',
    'The administrative level is missing.',
  ],
  [
    'period',
    'MQA Findability',
    'warning',
    4,
    always,
    (r) => r.periods.length > 0,
    'Der Zeitraum der Daten fehlt.',
    'The period of the data is missing.',
  ],
  [
    'description-length',
    'Beschreibung',
    'warning',
    3,
    (r) => has(textIn(r.description, 'de')),
    (r) => textIn(r.description, 'de').length >= 100,
    'Die Beschreibung ist kürzer als 100 Zeichen.',
    'The description is shorter than 100 characters.',
  ],
  [
    'contact',
    'MQA Reusability, K01',
    'warning',
    5,
    always,
    (r) => r.contacts.length > 0,
    'Es gibt keine Kontaktstelle.',
    'There is no contact.',
  ],
  [
    'frequency',
    'Aktualität',
    'warning',
    3,
    always,
    (r) => r.frequency !== null,
    'Es steht nicht da, wie oft die Daten aktualisiert werden.',
    'It is not said how often the data are updated.',
  ],
  [
    'modified',
    'MQA Contextuality',
    'warning',
    2,
    always,
    (r) => r.modified !== null,
    'Es steht nicht da, wann die Daten zuletzt geändert wurden.',
    'It is not said when the data last changed.',
  ],
  [
    'current',
    'Aktualität',
    'warning',
    4,
    isDatable,
    isCurrent,
    'Die Daten sind älter, als der Turnus verspricht.',
    'The data are older than the frequency promises.',
  ],
  [
    'access-right',
    'MQA Reusability',
    'info',
    2,
    always,
    (r) => !r.access.assumed,
    'Der Zugang (öffentlich, eingeschränkt, nicht öffentlich) ist nicht angegeben.',
    'The access right is not stated.',
  ],
  [
    'files',
    'Offene Daten',
    'warning',
    6,
    open,
    hasFiles,
    'Die Daten gelten als offen, es gibt aber keine Distribution.',
    'The data count as open, but there is no distribution.',
  ],
  [
    'download',
    'MQA Accessibility',
    'info',
    3,
    (r) => open(r) && hasFiles(r),
    some((d) => d.downloadUrl !== null || isService(d)),
    'Keine Distribution lässt sich direkt herunterladen.',
    'No distribution can be downloaded directly.',
  ],
  [
    'format',
    'MQA Interoperability',
    'warning',
    4,
    hasFiles,
    every((d) => d.format !== null),
    'Einer Distribution fehlt das Format.',
    'A distribution lacks its format.',
  ],
  [
    'media-type',
    'MQA Interoperability',
    'info',
    1,
    hasFiles,
    every((d) => d.mediaType !== null || isService(d)),
    'Einer Distribution fehlt der Medientyp.',
    'A distribution lacks its media type.',
  ],
  [
    'open-format',
    'MQA Interoperability',
    'warning',
    3,
    (r) => open(r) && hasFiles(r),
    some((d) => fileTypes[d.format ?? '']?.open === true),
    'Kein Format ist frei von Herstellern.',
    'No format is free of vendors.',
  ],
  [
    'readable-format',
    'MQA Interoperability',
    'warning',
    3,
    (r) => open(r) && hasFiles(r),
    some((d) => fileTypes[d.format ?? '']?.readable === true),
    'Kein Format ist maschinenlesbar.',
    'No format is machine-readable.',
  ],
  [
    'contributor',
    'GovData MQA, K12',
    'info',
    1,
    open,
    (r) => r.contributorIds.length > 0,
    'Die Kennung des Datenbereitstellers (contributorID) fehlt.',
    'The contributor id is missing.',
  ],
]

/** What an entry about data that are not open needs. */
const inventory: Row[] = [
  [
    'reason',
    'INSPIRE Art. 13, DGA Art. 3',
    'warning',
    6,
    protectedData,
    (r) => r.access.reasons.length + r.access.grounds.length > 0 || has(textIn(r.access.note, 'de')),
    'Es steht nicht da, warum die Daten nicht offen sind.',
    'It is not said why the data are not open.',
  ],
  [
    'how-to-ask',
    'DGA Art. 8',
    'warning',
    4,
    protectedData,
    (r) => r.access.requestUrl !== null || r.contacts.length > 0,
    'Es steht nicht da, wie man nach den Daten fragt.',
    'It is not said how to ask for the data.',
  ],
  [
    'columns',
    'Inventar',
    'info',
    4,
    protectedData,
    (r) => r.columns.length > 0,
    'Die Spalten sind nicht beschrieben.',
    'The columns are not described.',
  ],
  [
    'legal-basis',
    'Inventar',
    'info',
    3,
    protectedData,
    (r) => has(textIn(r.legalBasis, 'de')) || r.legislation.length > 0,
    'Die Rechtsgrundlage fehlt.',
    'The legal basis is missing.',
  ],
]

/** All rules, the most basic ones first. */
export const qualityRules: readonly QualityRule[] = [...mandatory, ...forms, ...helpful, ...inventory].map(
  ([id, source, severity, weight, applies, passes, de, en]) => ({
    id: `record.${id}`,
    source,
    severity,
    weight,
    applies,
    passes,
    text: { de, en },
  }),
)

function needsName(d: Distribution): boolean {
  return d.licence !== null && licenceOf(d.licence)?.by === true
}

function isService(d: Distribution): boolean {
  return /_SRVC$|^REST$|^SPARQLQ$/.test(d.format ?? '')
}

function datesOf(r: DatasetRecord): string[] {
  const own = [r.issued, r.modified, ...r.periods.flatMap((p) => [p.start, p.end])]
  return [...own, ...r.distributions.flatMap((d) => [d.issued, d.modified])].filter((d) => d !== null)
}

function isDatable(r: DatasetRecord): boolean {
  return r.modified !== null && (frequencies[r.frequency ?? '']?.days ?? null) !== null
}

/** Due is the last change plus the promised interval, with half an interval (at least a week) of patience. */
function isCurrent(r: DatasetRecord, now: Date): boolean {
  const days = frequencies[r.frequency ?? '']?.days ?? 0
  const changed = Date.parse(`${(r.modified ?? '').slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(changed)) return true
  const patience = Math.max(7, days / 2)
  return (now.getTime() - changed) / 86_400_000 <= days + patience
}
