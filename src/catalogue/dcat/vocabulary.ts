import type { AccessType, DgaGround, GeocodingLevel } from '../model.ts'

const eu = 'http://publications.europa.eu/resource/authority/'

/** Base addresses of the official lists. */
export const lists = {
  theme: `${eu}data-theme/`,
  frequency: `${eu}frequency/`,
  language: `${eu}language/`,
  fileType: `${eu}file-type/`,
  accessRight: `${eu}access-right/`,
  availability: `${eu}planned-availability/`,
  status: `${eu}distribution-status/`,
  mediaType: 'https://www.iana.org/assignments/media-types/',
  licence: 'http://dcat-ap.de/def/licenses/',
  contributor: 'http://dcat-ap.de/def/contributors/',
  geocoding: 'http://dcat-ap.de/def/politicalGeocoding/',
  level: 'http://dcat-ap.de/def/politicalGeocoding/Level/',
  checksum: 'http://spdx.org/rdf/terms#checksumAlgorithm_',
  inspire:
    'http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/INSPIRE_Directive_Article13_1',
} as const

/** Implementing regulation on high-value datasets. */
export const hvdLegislation = 'http://data.europa.eu/eli/reg_impl/2023/138/oj'

type Names = { de: string; en: string }

/** The 13 EU data themes. */
export const themes: Record<string, Names> = {
  AGRI: {
    de: 'Landwirtschaft, Fischerei, Forst und Ernährung',
    en: 'Agriculture, fisheries, forestry and food',
  },
  ECON: { de: 'Wirtschaft und Finanzen', en: 'Economy and finance' },
  EDUC: { de: 'Bildung, Kultur und Sport', en: 'Education, culture and sport' },
  ENER: { de: 'Energie', en: 'Energy' },
  ENVI: { de: 'Umwelt', en: 'Environment' },
  GOVE: { de: 'Regierung und öffentlicher Sektor', en: 'Government and public sector' },
  HEAL: { de: 'Gesundheit', en: 'Health' },
  INTR: { de: 'Internationale Themen', en: 'International issues' },
  JUST: { de: 'Justiz, Recht und öffentliche Sicherheit', en: 'Justice, legal system and public safety' },
  REGI: { de: 'Regionen und Städte', en: 'Regions and cities' },
  SOCI: { de: 'Bevölkerung und Gesellschaft', en: 'Population and society' },
  TECH: { de: 'Wissenschaft und Technologie', en: 'Science and technology' },
  TRAN: { de: 'Verkehr', en: 'Transport' },
}

/** EU frequencies with the number of days after which an update is due; null: no due date can be told. */
export const frequencies: Record<string, Names & { days: number | null }> = {
  CONT: { de: 'laufend', en: 'continuous', days: 1 },
  UPDATE_CONT: { de: 'laufend', en: 'continuously updated', days: 1 },
  HOURLY: { de: 'stündlich', en: 'hourly', days: 1 },
  DAILY: { de: 'täglich', en: 'daily', days: 1 },
  DAILY_2: { de: 'zweimal täglich', en: 'twice a day', days: 1 },
  WEEKLY: { de: 'wöchentlich', en: 'weekly', days: 7 },
  WEEKLY_2: { de: 'zweimal wöchentlich', en: 'twice a week', days: 4 },
  WEEKLY_3: { de: 'dreimal wöchentlich', en: 'three times a week', days: 3 },
  BIWEEKLY: { de: 'alle zwei Wochen', en: 'every two weeks', days: 14 },
  MONTHLY: { de: 'monatlich', en: 'monthly', days: 31 },
  MONTHLY_2: { de: 'zweimal im Monat', en: 'twice a month', days: 16 },
  MONTHLY_3: { de: 'dreimal im Monat', en: 'three times a month', days: 11 },
  BIMONTHLY: { de: 'alle zwei Monate', en: 'every two months', days: 62 },
  QUARTERLY: { de: 'vierteljährlich', en: 'quarterly', days: 92 },
  ANNUAL_3: { de: 'dreimal im Jahr', en: 'three times a year', days: 123 },
  ANNUAL_2: { de: 'halbjährlich', en: 'twice a year', days: 184 },
  ANNUAL: { de: 'jährlich', en: 'yearly', days: 366 },
  BIENNIAL: { de: 'alle zwei Jahre', en: 'every two years', days: 731 },
  TRIENNIAL: { de: 'alle drei Jahre', en: 'every three years', days: 1096 },
  QUADRENNIAL: { de: 'alle vier Jahre', en: 'every four years', days: 1461 },
  QUINQUENNIAL: { de: 'alle fünf Jahre', en: 'every five years', days: 1827 },
  DECENNIAL: { de: 'alle zehn Jahre', en: 'every ten years', days: 3653 },
  IRREG: { de: 'unregelmäßig', en: 'irregular', days: null },
  AS_NEEDED: { de: 'bei Bedarf', en: 'as needed', days: null },
  NEVER: { de: 'wird nicht aktualisiert', en: 'never updated', days: null },
  NOT_PLANNED: { de: 'nicht geplant', en: 'not planned', days: null },
  UNKNOWN: { de: 'unbekannt', en: 'unknown', days: null },
  OTHER: { de: 'anders', en: 'other', days: null },
}

/** Planned availability of files. */
export const availabilities = ['AVAILABLE', 'STABLE', 'EXPERIMENTAL', 'TEMPORARY'] as const

/** Levels of the German geocoding list. */
export const levels: Record<GeocodingLevel, Names> = {
  international: { de: 'international', en: 'international' },
  european: { de: 'europäisch', en: 'European' },
  federal: { de: 'Bund', en: 'federal' },
  state: { de: 'Land', en: 'state' },
  administrativeDistrict: { de: 'Kreis oder kreisfreie Stadt', en: 'district' },
  municipality: { de: 'Gemeinde', en: 'municipality' },
}

/** The EU access right of each way of access. */
export const accessRightOf: Record<AccessType, 'PUBLIC' | 'RESTRICTED' | 'NON_PUBLIC'> = {
  open: 'PUBLIC',
  partner: 'RESTRICTED',
  sandbox: 'RESTRICTED',
  'on-request': 'RESTRICTED',
  closed: 'NON_PUBLIC',
}

/** Protection grounds of the Data Governance Act in short words. */
export const dgaGrounds: Record<DgaGround, Names> = {
  commercial: { de: 'Geschäftsgeheimnis', en: 'commercial confidentiality' },
  statistical: { de: 'Statistikgeheimnis', en: 'statistical confidentiality' },
  'intellectual-property': { de: 'geistiges Eigentum Dritter', en: 'intellectual property of third parties' },
  personal: { de: 'personenbezogene Daten', en: 'personal data' },
}
