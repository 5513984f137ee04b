import { licenceOf } from '../dcat/licences.ts'
import { frequencies, themes } from '../dcat/vocabulary.ts'
import { licenceOfRecord, textIn, type DatasetRecord, type Period } from '../model.ts'
import { headings, inventoryFields, type InventoryField } from './fields.ts'

/**
 * The records as a data inventory in CSV, one row per dataset, as `readInventory` takes it. Inventory fields are written:
 * hand in what `recordForFace` leaves where the reader is a stranger. Cells that a spreadsheet would run are defused.
 */
export function writeInventory(records: readonly DatasetRecord[]): string {
  const head = inventoryFields.map((field) => headings[field].de)
  const rows = records.map((record) => {
    const cells = cellsOf(record)
    return inventoryFields.map((field) => cells[field] ?? '')
  })
  return [head, ...rows].map((row) => `${row.map(cell).join(';')}\r\n`).join('')
}

/** A leading sign of a formula gets an apostrophe before it (CSV injection). */
function cell(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function cellsOf(record: DatasetRecord): Partial<Record<InventoryField, string>> {
  const own = record.inventory
  const link = record.distributions[0]
  const licence = licenceOfRecord(record)
  return {
    topic: record.themes.map((code) => themes[code]?.de ?? code).join(', '),
    kind: record.service ? 'Dienst' : own.kind === 'collection' ? 'Sammlung' : 'Datensatz',
    title: textIn(record.title, 'de'),
    description: textIn(record.description, 'de'),
    place: record.places
      .map((place) => textIn(place.label, 'de') || (place.id ?? ''))
      .filter((p) => p !== '' && !p.startsWith('_:'))
      .join(', '),
    responsible: own.responsible ?? textIn(record.custodians[0]?.name ?? {}, 'de'),
    contact: own.contactPerson ?? record.contacts[0]?.email ?? record.contacts[0]?.name ?? '',
    owner: own.dataOwner ?? textIn(record.publisher?.name ?? {}, 'de'),
    system: own.sourceSystem ?? '',
    format: [...new Set(record.distributions.flatMap((d) => d.format ?? []))].join(', '),
    availability: availabilityOf(record),
    process:
      own.updateProcess === 'automatic' ? 'automatisiert' : own.updateProcess === 'manual' ? 'manuell' : '',
    frequency: record.frequency === null ? '' : (frequencies[record.frequency]?.de ?? record.frequency),
    modified: record.modified?.slice(0, 10) ?? '',
    link:
      link?.downloadUrl ??
      link?.accessUrl ??
      record.service?.endpoints[0] ??
      own.location ??
      record.landingPages[0] ??
      '',
    note: own.note ?? '',
    edited: own.lastEdited ?? '',
    keywords: record.keywords.map(({ text }) => text.replaceAll(',', ' ')).join(', '),
    open: openOf(own.openDecision),
    personal: own.personalData === null ? '' : own.personalData ? 'Ja' : 'Nein',
    legalBasis: textIn(record.legalBasis, 'de'),
    retention: own.retention ?? '',
    licence: licence === null ? '' : (licenceOf(licence)?.code ?? licence),
    period: record.periods[0] ? periodOf(record.periods[0]) : '',
    columns: record.columns.map(({ name }) => name).join(', '),
  }
}

function availabilityOf(record: DatasetRecord): string {
  const { type } = record.access
  return type === 'open'
    ? 'veröffentlicht'
    : type === 'partner'
      ? 'für Partner'
      : type === 'on-request'
        ? 'auf Anfrage'
        : 'intern'
}

function openOf(decision: DatasetRecord['inventory']['openDecision']): string {
  return decision === 'yes'
    ? 'Ja'
    : decision === 'no'
      ? 'Nein'
      : decision === 'limited'
        ? 'mit Einschränkungen'
        : ''
}

function periodOf({ start, end }: Period): string {
  if (start === null) return end ?? ''
  return end === null ? `seit ${start}` : start === end ? start : `${start} bis ${end}`
}
