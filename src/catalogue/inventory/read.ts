import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { readDelimited } from '../../platform/tabular/read.ts'
import { defaultTableLimits, type Table } from '../../platform/tabular/table.ts'
import type { DatasetRecord } from '../model.ts'
import { fieldOf, headings, type InventoryField } from './fields.ts'
import { recordOfRow, type Row } from './record.ts'

/** One dataset of an inventory, with the number of its row (the first row under the header is 1). */
export type InventoryRow = { row: number; record: DatasetRecord; findings: Finding[] }

/** An inventory as read; `fields` says which field each column was taken for (null: unknown, its text goes into the note). */
export type ReadInventory = {
  records: InventoryRow[]
  fields: { heading: string; field: InventoryField | null }[]
  findings: Finding[]
}

/** More rows than the inventory of any town; each row becomes an entry somebody has to look after. */
const MAX_ROWS = 20_000

/**
 * Reads a data inventory in the ODIS form or a like one, CSV or XLSX, one row per dataset. Headings may be German or
 * English and in any order. Never throws; rows without a title are left out with a finding.
 */
export async function readInventory(bytes: Uint8Array): Promise<ReadInventory> {
  const limits = { ...defaultTableLimits, maxRows: MAX_ROWS, maxBytes: 32 * 1024 * 1024 }
  const { table, findings } = await readDelimited(bytes, { limits })
  const fields = table.header.map((heading) => ({ heading, field: fieldOf(heading) }))
  if (findings.some((f) => f.severity === 'error')) return { records: [], fields, findings }
  if (!fields.some((f) => f.field === 'title'))
    return { records: [], fields, findings: [...findings, noTitleColumn(fields)] }
  const records: InventoryRow[] = []
  const untitled: number[] = []
  for (const [i, cells] of table.rows.entries()) {
    const row = rowOf(cells, fields)
    if (!row.values.title) {
      if (cells.some((cell) => cell.trim() !== '')) untitled.push(i + 1)
      continue
    }
    records.push({ row: i + 1, ...recordOfRow(row) })
  }
  return {
    records,
    fields,
    findings: [
      ...findings.filter(isUseful),
      ...headingFindings(fields),
      ...untitledFindings(untitled),
      ...doubles(table, records),
    ],
  }
}

/** Misfits of column types mean nothing for an inventory. */
function isUseful(f: Finding): boolean {
  return f.code !== 'misfits'
}

/** Cells by field; a field found twice keeps both, unknown columns go to the note. */
function rowOf(cells: string[], fields: ReadInventory['fields']): Row {
  const values: Row['values'] = {}
  const rest: string[] = []
  fields.forEach(({ heading, field }, i) => {
    const text = (cells[i] ?? '').trim()
    if (text === '') return
    if (!field) rest.push(`${heading}: ${text}`)
    else values[field] = values[field] ? `${values[field]}, ${text}` : text
  })
  return { values, rest }
}

function noTitleColumn(fields: ReadInventory['fields']): Finding {
  const seen = excerpt(fields.map((f) => f.heading).join(', '), 150)
  return finding('error', 'inventory-no-title', {
    de: `Keine Spalte heißt „${headings.title.de}“. Gefunden: ${seen}.`,
    en: `No column is called “${headings.title.de}” (title). Found: ${seen}.`,
  })
}

function headingFindings(fields: ReadInventory['fields']): Finding[] {
  const unknown = fields.filter((f) => f.field === null).map((f) => f.heading)
  if (unknown.length === 0) return []
  const names = excerpt(unknown.join(', '), 150)
  return [
    finding('info', 'inventory-unknown-columns', {
      de: `Diese Spalten sind unbekannt, ihr Inhalt steht im Kommentar: ${names}.`,
      en: `These columns are unknown, their content is in the note: ${names}.`,
    }),
  ]
}

function untitledFindings(rows: number[]): Finding[] {
  if (rows.length === 0) return []
  const list = `${rows.slice(0, 10).join(', ')}${rows.length > 10 ? ' …' : ''}`
  return [
    finding('warning', 'inventory-untitled', {
      de: `${rows.length} Zeilen haben keinen Titel und wurden ausgelassen: ${list}.`,
      en: `${rows.length} rows have no title and were left out: ${list}.`,
    }),
  ]
}

function doubles(_table: Table, records: InventoryRow[]): Finding[] {
  const seen = new Map<string, number>()
  const twice: string[] = []
  for (const { record } of records) {
    const key = (record.title['de'] ?? '').toLowerCase()
    seen.set(key, (seen.get(key) ?? 0) + 1)
    if (seen.get(key) === 2) twice.push(record.title['de'] ?? '')
  }
  if (twice.length === 0) return []
  const names = excerpt(twice.slice(0, 5).join(', '), 150)
  return [
    finding('warning', 'inventory-doubles', {
      de: `Diese Titel kommen mehrmals vor: ${names}.`,
      en: `These titles occur more than once: ${names}.`,
    }),
  ]
}
