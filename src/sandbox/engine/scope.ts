import { isAst, listOf, namesOf, nodeOf, textOf, type Ast } from './ast.ts'
import type { InnerColumn, InnerJoin } from './inner.ts'
import { refuse } from './refusal.ts'
import { namedColumns, unitColumns, unitTypesOf, type NamedColumn, type VaultTable } from './roles.ts'

/** The protected tables of one inner block under the names the analyst gave them. `base` holds the units. */
export type Scope = {
  readonly base: VaultTable
  readonly join: InnerJoin | null
  readonly tables: readonly { readonly alias: string; readonly table: VaultTable }[]
}

type Entry = Scope['tables'][number]

/** What a column reference of an inner block means. Refuses unknown, ambiguous, hidden, unit and key columns by kind. */
export function resolveColumn(ref: Ast, scope: Scope): NamedColumn {
  const found = findColumn(ref, scope.tables)
  const { name } = found
  const role = found.column.role
  if (role === 'hidden')
    refuse('hidden-column', { column: name, table: found.table, instead: dimensionsOf(found, scope) })
  if (role === 'unit') refuse('unit-column', { column: name, table: found.table })
  if (role === 'key')
    refuse('key-column', { column: name, table: found.table, instead: dimensionsOf(found, scope) })
  if (found.column.role === 'dimension' && !found.generalisation && !found.column.exact)
    refuse('only-generalised', {
      column: name,
      table: found.table,
      instead: found.column.generalisations.map((g) => g.name),
    })
  return found
}

/** Finds a column by name, whatever its role. */
function findColumn(ref: Ast, tables: readonly Entry[]): NamedColumn {
  const names = namesOf(ref).map((n) => n.toLowerCase())
  const column = names.at(-1) ?? ''
  if (names.length > 2) refuse('unknown-column', { column })
  const owners = names.length === 2 ? tables.filter((t) => t.alias === names[0]) : tables
  if (owners.length === 0) refuse('unknown-table', { table: names[0] ?? '' })
  const found = owners.flatMap((t) => namedColumns(t.table.spec).filter((c) => c.name === column))
  if (found.length > 1)
    refuse('ambiguous-column', { column, instead: found.map((c) => `${c.table}.${c.name}`) })
  return found[0] ?? refuse('unknown-column', { column })
}

/**
 * Finds a column that may name a unit: where both tables are joined by their unit, each of its two names means the one of
 * the table with the units, and it need not say which table.
 */
export function findUnit(ref: Ast, scope: Scope): NamedColumn {
  const { join, base } = scope
  const joined = (c: NamedColumn) =>
    c.column.role === 'unit' && join?.kind === 'inner' && join.left === unitColumns(c.column.unitType).id
  const own = namedColumns(base.spec).filter(joined)
  const [name = '', ...more] = namesOf(ref).map((n) => n.toLowerCase())
  if (more.length === 0) return own.find((c) => c.name === name) ?? findColumn(ref, scope.tables)
  const found = findColumn(ref, scope.tables)
  return (joined(found) && own.find((c) => c.column.role === 'unit')) || found
}

function dimensionsOf(column: NamedColumn, scope: Scope): string[] {
  const table = scope.tables.find((t) => t.table.spec.name === column.table)
  if (!table) return []
  return namedColumns(table.table.spec)
    .filter((c) => c.column.role === 'dimension' && (c.generalisation || c.column.exact))
    .slice(0, 5)
    .map((c) => c.name)
}

/** A named column as it stands in the inner block. */
export function innerColumn(column: NamedColumn): InnerColumn {
  return { table: column.table, column: column.name }
}

/** True when a FROM clause names a protected table directly (not inside a subquery). */
export function namesProtected(from: Ast | null, isProtected: (name: string) => boolean): boolean {
  if (!from) return false
  if (textOf(from, 'type') === 'BASE_TABLE') return isProtected(textOf(from, 'table_name'))
  if (textOf(from, 'type') !== 'JOIN') return false
  return (
    namesProtected(nodeOf(from, 'left'), isProtected) || namesProtected(nodeOf(from, 'right'), isProtected)
  )
}

/** Reads the FROM clause of an inner block: one protected table, or two joined on a declared key. */
export function scopeOf(from: Ast, tables: readonly VaultTable[]): Scope {
  if (textOf(from, 'type') === 'BASE_TABLE') {
    const entry = entryOf(from, tables)
    if (unitTypesOf(entry.table.spec).length === 0) refuse('lookup-alone', { table: entry.table.spec.name })
    return { base: entry.table, join: null, tables: [entry] }
  }
  if (textOf(from, 'type') !== 'JOIN') refuse('construct', { construct: textOf(from, 'type') })
  return joinedScope(from, tables)
}

function entryOf(ref: Ast | null, tables: readonly VaultTable[]): Entry {
  if (textOf(ref, 'type') === 'JOIN') refuse('join', { construct: 'three tables' })
  if (textOf(ref, 'type') !== 'BASE_TABLE') refuse('mixed-blocks')
  const name = textOf(ref, 'table_name').toLowerCase()
  const table = tables.find((t) => t.spec.name === name)
  const qualified = textOf(ref, 'schema_name') !== '' || textOf(ref, 'catalog_name') !== ''
  if (!table || qualified) refuse('unknown-table', { table: name, instead: tables.map((t) => t.spec.name) })
  if (ref?.['sample'] || ref?.['at_clause'] || listOf(ref, 'column_name_alias').length > 0)
    refuse('construct', { construct: ref?.['sample'] ? 'SAMPLE' : 'AT, column aliases' })
  return { alias: (textOf(ref, 'alias') || name).toLowerCase(), table }
}

function joinedScope(from: Ast, tables: readonly VaultTable[]): Scope {
  const type = textOf(from, 'join_type')
  const reference = textOf(from, 'ref_type')
  if (from['sample']) refuse('construct', { construct: 'SAMPLE' })
  if (reference !== 'REGULAR' || (type !== 'INNER' && type !== 'LEFT'))
    refuse('join', { construct: reference === 'REGULAR' ? `${type} JOIN` : `${reference} JOIN` })
  const left = entryOf(nodeOf(from, 'left'), tables)
  const right = entryOf(nodeOf(from, 'right'), tables)
  if (left.table === right.table || left.alias === right.alias) refuse('join', { construct: 'self join' })
  const [a, b] = joinColumns(from, left, right)
  return orient(left, right, { a, b, kind: type === 'LEFT' ? 'left' : 'inner' })
}

/** Puts the table with units first; the other one must have at most one row per key. */
function orient(
  left: Entry,
  right: Entry,
  on: { a: NamedColumn; b: NamedColumn; kind: 'inner' | 'left' },
): Scope {
  const unique = (entry: Entry, { column, name }: NamedColumn) =>
    column.role === 'unit'
      ? entry.table.onePerUnit.includes(column.unitType)
      : entry.table.uniqueKeys.includes(name)
  const hasUnits = (entry: Entry) => unitTypesOf(entry.table.spec).length > 0
  const forward = hasUnits(left) && unique(right, on.b)
  const backward = on.kind === 'inner' && hasUnits(right) && unique(left, on.a)
  if (!forward && !backward)
    refuse('join', { construct: 'several rows per key', column: on.b.name, table: right.table.spec.name })
  const [base, other, from, to] = forward ? [left, right, on.a, on.b] : [right, left, on.b, on.a]
  const join = { table: other.table.spec.name, kind: on.kind, left: storedName(from), right: storedName(to) }
  return { base: base.table, join, tables: [base, other] }
}

function joinColumns(from: Ast, left: Entry, right: Entry): [NamedColumn, NamedColumn] {
  const using = listOf(from, 'using_columns')
  if (using.length > 1) refuse('join', { construct: 'several keys' })
  const pair =
    using.length === 1
      ? usingPair(String(using[0]), left, right)
      : onPair(nodeOf(from, 'condition'), left, right)
  const [a, b] = pair
  const key = keyName(a)
  if (!key || key !== keyName(b))
    refuse('join', { construct: 'not a declared key', column: `${a.table}.${a.name}` })
  return pair
}

function usingPair(name: string, left: Entry, right: Entry): [NamedColumn, NamedColumn] {
  const ref: Ast = { column_names: [name] }
  return [findColumn(ref, [left]), findColumn(ref, [right])]
}

function onPair(condition: Ast | null, left: Entry, right: Entry): [NamedColumn, NamedColumn] {
  const sides = [condition?.['left'], condition?.['right']]
  const [x, y] = sides
  if (textOf(condition, 'type') !== 'COMPARE_EQUAL' || !isAst(x) || !isAst(y))
    refuse('join', { construct: 'not an equality' })
  if (textOf(x, 'class') !== 'COLUMN_REF' || textOf(y, 'class') !== 'COLUMN_REF')
    refuse('join', { construct: 'not an equality of two columns' })
  const [first, second] = [findColumn(x, [left, right]), findColumn(y, [left, right])]
  if (first.table === second.table) refuse('join', { construct: 'not an equality of two tables' })
  return first.table === left.table.spec.name ? [first, second] : [second, first]
}

/** The join key a column belongs to; undefined if it may not be joined on. */
export function keyName(column: NamedColumn): string | undefined {
  if (column.generalisation) return undefined
  if (column.column.role === 'unit') return `unit ${column.column.unitType}`
  if (column.column.role === 'key') return column.column.key
  return column.column.role === 'dimension' ? column.column.key : undefined
}

/** The name of a column inside the vault: unit ids are kept only as keyed hashes. */
function storedName(column: NamedColumn): string {
  return column.column.role === 'unit' ? unitColumns(column.column.unitType).id : column.name
}
