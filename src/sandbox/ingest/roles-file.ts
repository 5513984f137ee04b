import type { z } from 'zod'
import {
  doubledUnits,
  unitTypesOf,
  type ColumnSpec,
  type TableSpec,
  type VaultTable,
} from '../engine/roles.ts'
import { identifierOf } from './propose.ts'
import { misfitsOf } from './roles-fit.ts'
import { columnFields, columnSchema, problemsIn, roleNames, tableSchema } from './roles-schema.ts'

/** Why a roles file cannot be used, one line per problem: table, column and field, and what is wrong with it. */
export type Unusable = { readonly unusable: readonly string[] }

type Column = z.output<typeof columnSchema>
type Given = z.output<typeof tableSchema> & { readonly columns: readonly Column[] }

/**
 * Reads a roles file for the command line: one table, a list, `{ tables }` or the output of `sandbox ingest`. Columns are a
 * list or an object by name; what is left out (header, type) comes from the proposal, columns not named are hidden.
 */
export function readRoles(text: string, proposed: readonly TableSpec[]): TableSpec[] | Unusable {
  const tables = tablesIn(text)
  if ('unusable' in tables) return tables
  const unusable: string[] = []
  const given = tables.map((one, index) => readTable(one, `table ${index + 1}`, unusable))
  if (unusable.length > 0) return { unusable }
  const specs = given.map((one, index) => {
    const match =
      proposed.find((p) => p.name === one.name) ??
      (proposed.length === given.length ? proposed[index] : undefined)
    return merge(one, match, unusable)
  })
  for (const spec of specs) unusable.push(...twice(spec))
  const doubled = specs.find((spec, i) => specs.findIndex((s) => s.name === spec.name) !== i)
  if (doubled) unusable.push(`${doubled.name}: two tables have this name`)
  return unusable.length > 0 ? { unusable } : specs
}

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The tables of a file in any of its four forms. */
function tablesIn(text: string): Json[] | Unusable {
  const file = jsonOf(text.replace(/^\uFEFF/, ''))
  if (file === undefined) return { unusable: ['this is no JSON'] }
  const list = Array.isArray(file)
    ? (file as unknown[])
    : !isObject(file)
      ? []
      : Array.isArray(file['tables'])
        ? (file['tables'] as unknown[])
        : [isObject(file['roles']) ? file['roles'] : file]
  const tables = list.filter(isObject)
  if (tables.length === 0 || tables.length < list.length)
    return { unusable: ['a table with columns is expected, or a list of tables'] }
  return tables
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function readTable(table: Json, fallback: string, unusable: string[]): Given {
  const way = typeof table['name'] === 'string' && table['name'] !== '' ? table['name'] : fallback
  unusable.push(...problemsIn(tableSchema, table, way))
  const { columns } = table
  if (!Array.isArray(columns) && !isObject(columns)) {
    unusable.push(
      `${way}.columns: ${columns === undefined ? 'is missing' : 'must be a list or an object by name'}`,
    )
    return { columns: [] }
  }
  if (Object.keys(columns).length === 0) unusable.push(`${way}.columns: there are none`)
  const listed = Array.isArray(columns)
    ? (columns as unknown[]).map((column, i) => ({ column, at: nameIn(column) ?? `column ${i + 1}` }))
    : Object.entries(columns).map(([at, column]) => ({ column: keyed(column, at), at }))
  for (const { column, at } of listed) unusable.push(...columnProblems(column, `${way}.${at}`))
  if (unusable.length > 0) return { columns: [] }
  return { ...tableSchema.parse(table), columns: listed.map(({ column }) => columnSchema.parse(column)) }
}

const nameIn = (column: unknown) =>
  isObject(column) ? [column['name'], column['source']].find((n) => typeof n === 'string') : undefined

/** A column of an object by name: the key is its header, unless it has a name of its own. */
function keyed(column: unknown, key: string): unknown {
  if (!isObject(column)) return column
  return {
    ...column,
    name: column['name'] ?? identifierOf(key),
    ...(column['source'] === undefined && column['name'] === undefined ? { source: key } : {}),
  }
}

function columnProblems(column: unknown, way: string): string[] {
  if (!isObject(column)) return [`${way}: must be an object with a role`]
  if (!roleNames.includes(String(column['role'])))
    return [`${way}.role: must be one of ${roleNames.join(', ')}`]
  const unknown = Object.keys(column).filter((field) => !columnFields.has(field))
  return [
    ...unknown.map((field) => `${way}.${field}: there is no such field`),
    ...problemsIn(columnSchema, column, way),
  ]
}

function merge(given: Given, proposed: TableSpec | undefined, unusable: string[]): TableSpec {
  const tableName = given.name ?? proposed?.name ?? 'data'
  const columns = given.columns.map((c) => {
    const known = proposed?.columns.find((p) => p.source === c.source || p.name === c.name)
    if (proposed && !known)
      unusable.push(`${tableName}.${c.name ?? c.source}: there is no such column in the file`)
    const columnName = c.name ?? known?.name ?? identifierOf(c.source ?? '')
    const whole = {
      ...c,
      name: columnName,
      source: known?.source ?? c.source ?? columnName,
      type: c.type ?? known?.type ?? 'text',
    }
    // Without a file nobody knows the type of a column whose type is not named.
    if (c.type ?? known) unusable.push(...misfitsOf(whole as ColumnSpec, `${tableName}.${columnName}`))
    return whole.role === 'key' ? { ...whole, key: whole.key ?? columnName } : whole
  })
  return JSON.parse(
    JSON.stringify({ name: tableName, label: given.label, rowUnit: given.rowUnit, columns }),
  ) as TableSpec
}

/** A name may stand for one thing only, a column or a generalisation of one, and a type of units for one column. */
function twice(spec: TableSpec): string[] {
  const names = spec.columns.flatMap((c) => [
    c.name,
    ...(c.role === 'dimension' ? c.generalisations.map((g) => g.name) : []),
  ])
  const doubled = names.filter((name, i) => names.indexOf(name) !== i)
  return [
    ...[...new Set(doubled)].map((name) => `${spec.name}.${name}: is named twice`),
    ...doubledUnits(spec).map((c) => `${spec.name}.${c.name}: another column has units of this type already`),
  ]
}

/** Tables as a dry run without data must suppose them: one row per unit and key where the roles suggest it. */
export function supposedTables(specs: readonly TableSpec[]): VaultTable[] {
  return specs.map((spec) => ({
    spec,
    snapshot: 0,
    rows: 0,
    excluded: 0,
    clamped: 0,
    onePerUnit: unitTypesOf(spec).slice(0, 1),
    uniqueKeys:
      unitTypesOf(spec).length > 0
        ? []
        : spec.columns.filter((c) => c.role === 'key' || c.role === 'dimension').map((c) => c.name),
  }))
}
