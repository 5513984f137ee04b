import type { ColumnType } from '../platform/tabular/table.ts'

/** Text by language tag in lower case; the key '' holds text without a tag. */
export type LangText = Record<string, string>

/** Who may see something: everyone, partners of an agreement, or only the holder's own people. Each face includes the ones before it. */
export type Face = 'public' | 'partner' | 'holder'

/** How one gets at the data: freely, as a partner, only as protected results, after asking, or not at all. */
export type AccessType = 'open' | 'partner' | 'sandbox' | 'on-request' | 'closed'

/** Grounds for limiting access by INSPIRE Directive 2007/2/EC, Article 13(1) letter a to h. */
export type InspireReason = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h'

/** Protection grounds of the Data Governance Act, Article 3(1). */
export type DgaGround = 'commercial' | 'statistical' | 'intellectual-property' | 'personal'

/** Access to a dataset. `assumed`: the source did not say, it was concluded; the writer then states nothing. */
export type Access = {
  type: AccessType
  assumed: boolean
  reasons: InspireReason[]
  grounds: DgaGround[]
  note: LangText
  requestUrl: string | null
}

/** A body or person. `id` is an IRI or a blank node label `_:x` of the source; null lets the writer mint one. */
export type Agent = {
  id: string | null
  name: LangText
  type: string | null
  url: string | null
  email: string | null
}

/** Where to ask. E-mail and telephone without `mailto:` or `tel:`. */
export type Contact = {
  id: string | null
  kind: 'organisation' | 'person' | 'other'
  name: string | null
  email: string | null
  phone: string | null
  url: string | null
}

/** West, south, east, north in degrees (WGS 84). */
export type Bbox = [west: number, south: number, east: number, north: number]

/** A place by IRI (EU authority, Geonames, DCAT-AP.de key) or described. `derived`: the box was computed from a kept geometry and is not written again. */
export type Place = { id: string | null; label: LangText; bbox: Bbox | null; derived: boolean }

/** A span of time; each end is 'YYYY', 'YYYY-MM', 'YYYY-MM-DD' or an ISO date-time. */
export type Period = { id: string | null; start: string | null; end: string | null }

/** A checksum by name ('sha256', 'md5' …) with the value in hex. */
export type Checksum = { id: string | null; algorithm: string; value: string }

/** One way to get the data: a file, a service, a page. `format` is an EU file-type code ('CSV'), `licence` an IRI. */
export type Distribution = {
  id: string | null
  title: LangText
  description: LangText
  accessUrl: string | null
  downloadUrl: string | null
  format: string | null
  mediaType: string | null
  licence: string | null
  attribution: LangText
  rights: string | null
  byteSize: number | null
  checksum: Checksum | null
  issued: string | null
  modified: string | null
  availability: string | null
  status: string | null
  policy: string | null
  languages: string[]
}

/** One column of the data, as a reader needs it. `personal`: may point to a person. */
export type Column = {
  name: string
  meaning: string
  type: ColumnType
  unit: string | null
  personal: boolean
}

/** Fields of a municipal data inventory that never leave the holder's house. */
export type Inventory = {
  kind: 'dataset' | 'collection' | null
  responsible: string | null
  contactPerson: string | null
  dataOwner: string | null
  sourceSystem: string | null
  location: string | null
  updateProcess: 'manual' | 'automatic' | null
  openDecision: 'yes' | 'no' | 'limited' | null
  personalData: boolean | null
  statisticalUnit: string | null
  granularity: string | null
  rowCount: number | null
  retention: string | null
  qualityNote: string | null
  note: string | null
  lastEdited: string | null
}

/**
 * A service that gives access to data (`dcat:DataService`): where it answers, what describes it, how the data it works on
 * are called at their source, and its licence as IRI where it states one of its own.
 */
export type Service = {
  endpoints: string[]
  descriptions: string[]
  serves: string[]
  licence?: string | null
}

/** The administrative level a dataset covers (DCAT-AP.de politicalGeocoding/Level). */
export type GeocodingLevel =
  'international' | 'european' | 'federal' | 'state' | 'administrativeDistrict' | 'municipality'

/**
 * The pivot of the catalogue: DCAT-AP.de 3.0 plus inventory fields. Codes stand for entries of official lists ('EDUC',
 * 'ANNUAL', 'CSV'); IRIs are kept whole where lists are open. `sources`: what the data were made of. `unknown` holds what no field takes, as N-Quads text.
 */
export type DatasetRecord = {
  uri: string | null
  identifier: string | null
  otherIdentifiers: string[]
  title: LangText
  description: LangText
  keywords: { text: string; lang: string }[]
  themes: string[]
  publisher: Agent | null
  creators: Agent[]
  custodians: Agent[]
  originators: Agent[]
  contacts: Contact[]
  contributorIds: string[]
  access: Access
  legalBasis: LangText
  legislation: string[]
  hvdCategories: string[]
  places: Place[]
  ags: string | null
  geocodingLevel: GeocodingLevel | null
  periods: Period[]
  frequency: string | null
  issued: string | null
  modified: string | null
  version: string | null
  availability: string | null
  languages: string[]
  landingPages: string[]
  documentation: string[]
  conformsTo: string[]
  references: string[]
  sources: string[]
  columns: Column[]
  distributions: Distribution[]
  /** Only where the record describes a service and no data of its own. */
  service?: Service
  inventory: Inventory
  /** Faces that differ from `defaultFaces` for this record. */
  faces: Partial<Record<RecordField, Face>>
  unknown: string
}

/** A field that can be shown or hidden on its own. */
export type RecordField = Exclude<keyof DatasetRecord, 'faces'>

/** Who sees which field unless the record says otherwise: describing fields are public, the inventory stays in the house. */
export const defaultFaces: Record<RecordField, Face> = {
  uri: 'public',
  identifier: 'public',
  otherIdentifiers: 'public',
  title: 'public',
  description: 'public',
  keywords: 'public',
  themes: 'public',
  publisher: 'public',
  creators: 'public',
  custodians: 'public',
  originators: 'public',
  contacts: 'public',
  contributorIds: 'public',
  access: 'public',
  legalBasis: 'public',
  legislation: 'public',
  hvdCategories: 'public',
  places: 'public',
  ags: 'public',
  geocodingLevel: 'public',
  periods: 'public',
  frequency: 'public',
  issued: 'public',
  modified: 'public',
  version: 'public',
  availability: 'public',
  languages: 'public',
  landingPages: 'public',
  documentation: 'public',
  conformsTo: 'public',
  references: 'public',
  sources: 'public',
  columns: 'partner',
  distributions: 'public',
  service: 'public',
  inventory: 'holder',
  unknown: 'public',
}

const faceOrder: Record<Face, number> = { public: 0, partner: 1, holder: 2 }

/** The face of one field of this record. Columns of open data are public, of others partner, unless overridden. */
export function faceOf(record: DatasetRecord, field: RecordField): Face {
  const own = record.faces[field]
  if (own) return own
  if (field === 'columns' && record.access.type === 'open') return 'public'
  return defaultFaces[field]
}

/** True when a reader of face `reader` may see something of face `needed`. */
export function faceIncludes(reader: Face, needed: Face): boolean {
  return faceOrder[reader] >= faceOrder[needed]
}

/**
 * A copy with every field the reader may not see emptied; kept foreign statements go too as soon as anything was hidden
 * by the record itself, because they could repeat it. Title and identifiers can not be hidden: hide the entry instead.
 */
export function recordForFace(record: DatasetRecord, reader: Face): DatasetRecord {
  const copy: DatasetRecord = { ...record, faces: {} }
  const blank = emptyRecord()
  let hidOwn = false
  for (const field of Object.keys(defaultFaces) as RecordField[]) {
    if (field === 'title' || field === 'uri' || faceIncludes(reader, faceOf(record, field))) continue
    if (record.faces[field]) hidOwn = true
    assignField(copy, blank, field)
  }
  if (hidOwn) copy.unknown = ''
  // An access type says less than the emptied default 'open' would claim.
  if (!faceIncludes(reader, faceOf(record, 'access')))
    copy.access = { ...blank.access, type: record.access.type, assumed: record.access.assumed }
  return copy
}

function assignField<K extends RecordField>(to: DatasetRecord, from: DatasetRecord, field: K): void {
  to[field] = from[field]
}

/** A record with nothing in it: open access, no statements. */
export function emptyRecord(): DatasetRecord {
  return {
    uri: null,
    identifier: null,
    otherIdentifiers: [],
    title: {},
    description: {},
    keywords: [],
    themes: [],
    publisher: null,
    creators: [],
    custodians: [],
    originators: [],
    contacts: [],
    contributorIds: [],
    access: { type: 'open', assumed: false, reasons: [], grounds: [], note: {}, requestUrl: null },
    legalBasis: {},
    legislation: [],
    hvdCategories: [],
    places: [],
    ags: null,
    geocodingLevel: null,
    periods: [],
    frequency: null,
    issued: null,
    modified: null,
    version: null,
    availability: null,
    languages: [],
    landingPages: [],
    documentation: [],
    conformsTo: [],
    references: [],
    sources: [],
    columns: [],
    distributions: [],
    inventory: emptyInventory(),
    faces: {},
    unknown: '',
  }
}

/** Inventory fields, all unknown. */
export function emptyInventory(): Inventory {
  return {
    kind: null,
    responsible: null,
    contactPerson: null,
    dataOwner: null,
    sourceSystem: null,
    location: null,
    updateProcess: null,
    openDecision: null,
    personalData: null,
    statisticalUnit: null,
    granularity: null,
    rowCount: null,
    retention: null,
    qualityNote: null,
    note: null,
    lastEdited: null,
  }
}

/** A distribution with nothing in it. */
export function emptyDistribution(): Distribution {
  return {
    id: null,
    title: {},
    description: {},
    accessUrl: null,
    downloadUrl: null,
    format: null,
    mediaType: null,
    licence: null,
    attribution: {},
    rights: null,
    byteSize: null,
    checksum: null,
    issued: null,
    modified: null,
    availability: null,
    status: null,
    policy: null,
    languages: [],
  }
}

/** The licence of a record: that of the service it is, else of its first distribution with one; null for none. */
export function licenceOfRecord({ service, distributions }: DatasetRecord): string | null {
  return service?.licence ?? distributions.find((each) => each.licence)?.licence ?? null
}

/** An identifier for comparing: a UUID alone, else without outer blanks; in small letters. */
export function nameOf(identifier: string): string {
  const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(identifier)?.[0]
  return (uuid ?? identifier.trim()).toLowerCase()
}

/** The text in the wanted language, else German, untagged, English, whatever there is; '' when there is none. */
export function textIn(text: LangText, locale: string): string {
  return text[locale] ?? text['de'] ?? text[''] ?? text['en'] ?? Object.values(text)[0] ?? ''
}
