import { finding, type Finding } from '../finding.ts'
import { uniqueNames } from './dialect.ts'
import { defaultTableLimits, type Table, type TableLimits } from './table.ts'

/** A thing with named values, as JSON, GeoJSON, DBF and KML give them. */
export type PlainRecord = { readonly [name: string]: unknown }

/**
 * Makes a table of records: one column per name in the order of appearance, objects inside become columns `a.b`, lists
 * of plain values one text. Lists of objects are left out with a finding. Never throws.
 */
export function tableOfRecords(
  records: readonly PlainRecord[],
  limits: TableLimits = defaultTableLimits,
): Table {
  const truncated = records.length > limits.maxRows
  const nested = new Set<string>()
  const rows = records.slice(0, limits.maxRows).map((record) => flat(record, nested))
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter((name) => !nested.has(name))
  const kept = names.slice(0, limits.maxColumns)
  const findings = [...nested].slice(0, 20).map(nestedFinding)
  if (names.length > kept.length) findings.push(columnsLeftOut(names.length, kept.length))
  return {
    header: uniqueNames(kept, kept.length),
    rows: rows.map((row) => kept.map((name) => (row.get(name) ?? '').slice(0, limits.maxCell))),
    dialect: null,
    truncated,
    findings,
  }
}

const maxDepth = 3

function flat(record: PlainRecord, nested: Set<string>): Map<string, string> {
  const cells = new Map<string, string>()
  const walk = (value: unknown, path: string, depth: number): void => {
    if (Array.isArray(value)) {
      if (value.every(isPlain)) cells.set(path, value.map(textOf).filter(Boolean).join(' | '))
      else nested.add(path)
    } else if (value !== null && typeof value === 'object') {
      if (depth > maxDepth) nested.add(path)
      else
        for (const [name, inner] of Object.entries(value))
          walk(inner, path ? `${path}.${name}` : name, depth + 1)
    } else cells.set(path, textOf(value))
  }
  walk(record, '', 0)
  return cells
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function nestedFinding(name: string): Finding {
  return finding(
    'warning',
    'nested-column',
    {
      de: `„${name}“ enthält je Zeile eine ganze Liste und wurde nicht gelesen.`,
      en: `“${name}” holds a whole list per row and was not read.`,
    },
    name,
  )
}

function columnsLeftOut(all: number, read: number): Finding {
  return finding('warning', 'columns-left-out', {
    de: `Von ${all} Spalten wurden ${read} gelesen.`,
    en: `Of ${all} columns, ${read} were read.`,
  })
}

/** A table without rows that only says why. */
export function noTable(reason: Finding): Table {
  return { header: [], rows: [], dialect: null, truncated: false, findings: [reason] }
}
