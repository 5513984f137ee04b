import type { Entry } from '../entries/model.ts'
import { plain } from '../entries/model.ts'
import type { Column, DatasetRecord, Distribution, LangText } from '../model.ts'
import { emptyDistribution, faceOf, textIn } from '../model.ts'
import { statedIn, withConcept } from '../musterdatenkatalog/stated.ts'
import { conceptOf } from '../musterdatenkatalog/taxonomy.ts'
import type { EntryForm } from '../schema.ts'

/** The frequency codes the form offers (EU frequency list), by pace. */
export const frequencies = {
  hourly: 'HOURLY',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  yearly: 'ANNUAL',
  once: 'NEVER',
} as const

/** Licences the form offers, by the DCAT-AP.de list. */
export const licences = {
  'http://dcat-ap.de/def/licenses/dl-zero-de/2.0': 'Datenlizenz Deutschland Zero 2.0',
  'http://dcat-ap.de/def/licenses/dl-by-de/2.0': 'Datenlizenz Deutschland Namensnennung 2.0',
  'http://dcat-ap.de/def/licenses/cc-zero': 'Creative Commons CC0 1.0',
  'http://dcat-ap.de/def/licenses/cc-by/4.0': 'Creative Commons Namensnennung 4.0',
} as const

/** What stands in the form for a record. */
export function formValues(record: DatasetRecord): Record<string, string | string[]> {
  const first = record.distributions[0]
  return {
    title: textIn(record.title, 'de'),
    description: plain(textIn(record.description, 'de')),
    keywords: record.keywords.map((keyword) => keyword.text).join(', '),
    concept: statedIn(record)?.id ?? '',
    topic: record.themes,
    access: record.access.type,
    accessNote: textIn(record.access.note, 'de'),
    reasons: record.access.reasons,
    place: textIn(record.places[0]?.label ?? {}, 'de'),
    starts: record.periods[0]?.start?.slice(0, 10) ?? '',
    ends: record.periods[0]?.end?.slice(0, 10) ?? '',
    frequency: record.frequency ?? '',
    format: first?.format ?? '',
    url: first?.accessUrl ?? '',
    licence: first?.licence ?? '',
    contactEmail: record.contacts[0]?.email ?? '',
    columns: record.columns
      .map((column) => [column.name, column.meaning, column.unit ?? ''].join('; ').replace(/; $/, ''))
      .join('\n'),
    columnsFace: faceOf(record, 'columns'),
    sourceSystem: record.inventory.sourceSystem ?? '',
    location: record.inventory.location ?? '',
    note: record.inventory.note ?? '',
  }
}

/** The form of an existing entry, with what lies beside the record. */
export function entryValues(entry: Entry, partners: readonly string[]): Record<string, string | string[]> {
  return {
    ...formValues(entry.record),
    organisationId: entry.organisationId,
    visibility: entry.visibility,
    grain: entry.grain ?? '',
    partners: [...partners],
    version: String(entry.version),
  }
}

/** A record with what the form says; everything the form does not know stays as it was. */
export function recordFromForm(base: DatasetRecord, form: EntryForm): DatasetRecord {
  return {
    ...withConcept(base, conceptOf(form.concept) ?? null),
    title: inGerman(base.title, form.title),
    description: inGerman(base.description, form.description),
    keywords: wordsOf(form.keywords).map((text) => ({ text, lang: 'de' })),
    themes: form.topic,
    access: {
      ...base.access,
      type: form.access,
      assumed: false,
      reasons: form.reasons,
      note: inGerman(base.access.note, form.accessNote),
    },
    places: placesOf(base, form.place),
    periods:
      form.starts || form.ends ? [{ id: null, start: form.starts ?? null, end: form.ends ?? null }] : [],
    frequency: form.frequency ?? null,
    distributions: distributionsOf(base, form),
    contacts: contactsOf(base, form.contactEmail),
    columns: columnsOf(base.columns, form.columns),
    inventory: {
      ...base.inventory,
      sourceSystem: form.sourceSystem || null,
      location: form.location || null,
      note: form.note || null,
    },
    faces: form.columnsFace ? { ...base.faces, columns: form.columnsFace } : base.faces,
  }
}

// Text without a language is German here: the form is, and an entry should not say the same twice.
function inGerman(base: LangText, text: string): LangText {
  const { '': _untagged, de: _german, ...others } = base
  return text ? { ...others, de: text } : others
}

const MAX_KEYWORDS = 50

function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,;\n]/)
        .map((word) => word.trim().slice(0, 100))
        .filter(Boolean),
    ),
  ].slice(0, MAX_KEYWORDS)
}

function placesOf(base: DatasetRecord, place: string) {
  if (!place) return []
  if (textIn(base.places[0]?.label ?? {}, 'de') === place) return base.places
  return [{ id: null, label: { de: place }, bbox: null, derived: false }]
}

function contactsOf(base: DatasetRecord, email: string | undefined) {
  const [first, ...others] = base.contacts
  if (!email) return first?.email ? others : base.contacts
  return [
    { ...(first ?? { id: null, kind: 'organisation' as const, name: null, phone: null, url: null }), email },
    ...others,
  ]
}

function distributionsOf(base: DatasetRecord, form: EntryForm): Distribution[] {
  const [first, ...others] = base.distributions
  if (!first && !form.url && !form.format && !form.licence) return []
  const old = first ?? emptyDistribution()
  const url = form.url ?? null
  const isFile = url !== null && /\.(csv|json|geojson|xlsx|zip|parquet|xml|gml|gpkg|txt)(\?.*)?$/i.test(url)
  const downloadUrl = old.accessUrl === url ? old.downloadUrl : isFile ? url : null
  return [
    { ...old, accessUrl: url, downloadUrl, format: form.format || null, licence: form.licence ?? null },
    ...others,
  ]
}

/** Reads "name; meaning; unit" line by line; kind and personal mark of known columns stay. */
export function columnsOf(known: readonly Column[], text: string): Column[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 500)
  return lines.map((line) => {
    const [name = '', meaning = '', unit = ''] = line.split(';').map((part) => part.trim())
    const old = known.find((column) => column.name === name)
    return {
      name: name.slice(0, 200),
      meaning: meaning.slice(0, 500),
      unit: unit.slice(0, 60) || null,
      type: old?.type ?? 'text',
      personal: old?.personal ?? false,
    }
  })
}
