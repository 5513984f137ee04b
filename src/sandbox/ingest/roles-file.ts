import { z } from 'zod'
import { unitTypesOf, type TableSpec, type VaultTable } from '../engine/roles.ts'
import { identifierOf } from './propose.ts'

const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower case letters, digits and underscores')
const value = z.union([z.string(), z.number(), z.boolean()])
const unitType = z.enum(['person', 'household', 'company', 'site'])

const generalisation = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('bands'),
    name,
    label: z.string().optional(),
    width: z.number().positive(),
    origin: z.number().default(0),
  }),
  z.object({
    kind: z.literal('prefix'),
    name,
    label: z.string().optional(),
    length: z.number().int().positive(),
  }),
  z.object({
    kind: z.literal('groups'),
    name,
    label: z.string().optional(),
    groups: z.record(z.string(), z.string()),
  }),
  z.object({
    kind: z.literal('calendar'),
    name,
    label: z.string().optional(),
    to: z.enum(['year', 'quarter', 'month', 'day', 'hour']),
  }),
])

const base = {
  name: name.optional(),
  source: z.string().optional(),
  type: z.enum(['text', 'integer', 'decimal', 'boolean', 'date', 'datetime']).optional(),
  label: z.string().optional(),
  meaning: z.string().optional(),
}

const column = z.discriminatedUnion('role', [
  z.object({ ...base, role: z.literal('hidden') }),
  z.object({ ...base, role: z.literal('unit'), unitType: unitType.default('person') }),
  z.object({ ...base, role: z.literal('key'), key: z.string().optional() }),
  z.object({
    ...base,
    role: z.literal('dimension'),
    exact: z.boolean().default(true),
    domain: z.array(value).optional(),
    edges: z.object({ origin: z.number(), width: z.number().positive() }).optional(),
    generalisations: z.array(generalisation).default([]),
    key: z.string().optional(),
  }),
  z.object({
    ...base,
    role: z.literal('measure'),
    lower: z.number(),
    upper: z.number(),
    decimals: z.number().int().min(0).max(6).default(0),
    bins: z.object({ origin: z.number(), width: z.number().positive() }).optional(),
    unit: z.string().optional(),
  }),
])

const table = z.object({
  name: name.optional(),
  label: z.string().optional(),
  rowUnit: unitType.optional(),
  columns: z.union([z.array(column), z.record(z.string(), column)]),
})

const file = z.union([
  z.object({ tables: z.array(table).min(1) }),
  z.array(table).min(1),
  z.object({ roles: table }),
  table,
])

/** Why a roles file cannot be used, one line per problem. */
export type Unusable = { readonly unusable: readonly string[] }

/**
 * Reads a roles file for the command line: one table, a list, `{ tables }` or the output of `sandbox ingest`. Columns are a
 * list or an object by name; what is left out (header, type) comes from the proposal, columns not named are hidden.
 */
export function readRoles(text: string, proposed: readonly TableSpec[]): TableSpec[] | Unusable {
  const parsed = file.safeParse(jsonOf(text))
  if (!parsed.success)
    return { unusable: parsed.error.issues.map((i) => `${i.path.join('.') || 'roles'}: ${i.message}`) }
  const given = Array.isArray(parsed.data)
    ? parsed.data
    : 'tables' in parsed.data
      ? parsed.data.tables
      : 'roles' in parsed.data
        ? [parsed.data.roles]
        : [parsed.data]
  const unusable: string[] = []
  const specs = given.map((one, index) => {
    const match =
      proposed.find((p) => p.name === one.name) ??
      (proposed.length === given.length ? proposed[index] : undefined)
    return merge(one, match, unusable)
  })
  return unusable.length > 0 ? { unusable } : specs
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function merge(
  given: z.output<typeof table>,
  proposed: TableSpec | undefined,
  unusable: string[],
): TableSpec {
  const tableName = given.name ?? proposed?.name ?? 'data'
  const listed = Array.isArray(given.columns)
    ? given.columns
    : Object.entries(given.columns).map(([key, c]) => ({
        ...c,
        name: c.name ?? identifierOf(key),
        source: c.source ?? (c.name ? undefined : key),
      }))
  const columns = listed.map((c) => {
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
    return whole.role === 'key' ? { ...whole, key: whole.key ?? columnName } : whole
  })
  return JSON.parse(
    JSON.stringify({ name: tableName, label: given.label, rowUnit: given.rowUnit, columns }),
  ) as TableSpec
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
