import { isAst, listOf, nodeOf, textOf, type Ast } from './ast.ts'
import { constantOf, constructOf, isDay, type Constant } from './constant.ts'
import type { InnerCondition } from './inner.ts'
import type { Preset } from './preset.ts'
import { refuse } from './refusal.ts'
import type { DimensionValue, Generalisation, NamedColumn } from './roles.ts'
import { innerColumn, resolveColumn, type Scope } from './scope.ts'

type Value = Exclude<DimensionValue, null>
type Range = { column: NamedColumn; from: number | string | null; to: number | string | null }
type Found = { column: NamedColumn; values: Value[] } | Range

/**
 * The WHERE clause of an inner block: AND of equality, IN and ranges on registered edges. Refuses everything else and
 * names the construct; values never appear in a refusal.
 */
export function conditionsOf(where: Ast | null, scope: Scope, preset: Preset): InnerCondition[] {
  if (!where) return []
  const found = flatten(where).map((ast) => conditionOf(ast, scope, preset))
  const conditions = mergeRanges(found).map(checked)
  const distinct = [...new Map(conditions.map((c) => [JSON.stringify(c), c])).values()]
  if (distinct.length > preset.maxConditions) refuse('too-many-conditions', { limit: preset.maxConditions })
  return distinct
}

function flatten(ast: Ast): Ast[] {
  if (textOf(ast, 'type') !== 'CONJUNCTION_AND') return [ast]
  return listOf(ast, 'children').flatMap((child) => (isAst(child) ? flatten(child) : []))
}

function conditionOf(ast: Ast, scope: Scope, preset: Preset): Found {
  const type = textOf(ast, 'type')
  if (type === 'COLUMN_REF') return { column: booleanColumn(ast, scope), values: [true] }
  if (type === 'COMPARE_IN') return inCondition(ast, scope, preset)
  if (type === 'COMPARE_BETWEEN') return betweenCondition(ast, scope)
  if (textOf(ast, 'class') === 'COMPARISON') return comparison(ast, type, scope)
  const negated = type === 'OPERATOR_NOT' ? listOf(ast, 'children')[0] : undefined
  if (isAst(negated) && textOf(negated, 'type') === 'COLUMN_REF')
    return { column: booleanColumn(negated, scope), values: [false] }
  refuse('condition', { construct: constructOf(ast) })
}

function booleanColumn(ref: Ast, scope: Scope): NamedColumn {
  const column = dimension(ref, scope)
  if (column.column.type !== 'boolean' || column.generalisation) refuse('constant', { column: column.name })
  return column
}

/** A condition must stand on a dimension itself, not on a computation. */
function dimension(ast: unknown, scope: Scope): NamedColumn {
  if (!isAst(ast) || textOf(ast, 'class') !== 'COLUMN_REF')
    refuse('condition', { construct: constructOf(ast) })
  const column = resolveColumn(ast, scope)
  if (column.column.role !== 'dimension') refuse('measure-as-dimension', { column: column.name })
  return column
}

function inCondition(ast: Ast, scope: Scope, preset: Preset): Found {
  const [subject, ...options] = listOf(ast, 'children')
  const column = dimension(subject, scope)
  if (options.length > preset.maxValues)
    refuse('too-many-values', { column: column.name, limit: preset.maxValues })
  return { column, values: options.map((o) => valueFor(column, literal(o, column))) }
}

function betweenCondition(ast: Ast, scope: Scope): Found {
  const column = dimension(ast['input'], scope)
  const from = edge(column, valueFor(column, literal(ast['lower'], column)))
  const to = edge(column, valueFor(column, literal(ast['upper'], column)))
  return { column, from, to }
}

const flipped: Record<string, string> = {
  COMPARE_LESSTHAN: 'COMPARE_GREATERTHAN',
  COMPARE_GREATERTHAN: 'COMPARE_LESSTHAN',
  COMPARE_LESSTHANOREQUALTO: 'COMPARE_GREATERTHANOREQUALTO',
  COMPARE_GREATERTHANOREQUALTO: 'COMPARE_LESSTHANOREQUALTO',
}

function comparison(ast: Ast, type: string, scope: Scope): Found {
  const swap = textOf(nodeOf(ast, 'left'), 'class') !== 'COLUMN_REF'
  const [subject, other] = swap ? [ast['right'], ast['left']] : [ast['left'], ast['right']]
  const operator = swap ? (flipped[type] ?? type) : type
  if (operator !== 'COMPARE_EQUAL' && !(operator in flipped))
    refuse('condition', { construct: constructOf(ast) })
  const column = dimension(subject, scope)
  const value = valueFor(column, literal(other, column))
  if (operator === 'COMPARE_EQUAL') return { column, values: [value] }
  const at = edge(column, value)
  if (operator === 'COMPARE_GREATERTHANOREQUALTO') return { column, from: at, to: null }
  if (operator === 'COMPARE_LESSTHANOREQUALTO') return { column, from: null, to: at }
  const step = neighbour(column, at, operator === 'COMPARE_GREATERTHAN' ? 1 : -1)
  return operator === 'COMPARE_GREATERTHAN'
    ? { column, from: step, to: null }
    : { column, from: null, to: step }
}

/** The next whole number, band or day: `< 6` is `<= 5`. */
function neighbour(column: NamedColumn, at: number | string, direction: 1 | -1): number | string {
  if (typeof at === 'string')
    return new Date(Date.parse(`${at}T00:00:00Z`) + direction * 86_400_000).toISOString().slice(0, 10)
  return at + direction * (column.generalisation?.kind === 'bands' ? column.generalisation.width : 1)
}

function literal(ast: unknown, column: NamedColumn): Constant {
  const constant = isAst(ast) ? constantOf(ast) : undefined
  if (constant) return constant
  if (isAst(ast) && textOf(ast, 'class') === 'COLUMN_REF')
    refuse('condition', { construct: 'two columns', column: column.name })
  if (isAst(ast) && textOf(ast, 'class') === 'CONSTANT') refuse('number-too-large', { column: column.name })
  refuse('condition', { construct: constructOf(ast), column: column.name })
}

/** The type a named column has in conditions: bands, years and hours are numbers, other generalisations text. */
export function typeOf(column: NamedColumn): 'text' | 'integer' | 'decimal' | 'boolean' | 'date' {
  const { generalisation } = column
  if (!generalisation) return column.column.type === 'datetime' ? 'text' : column.column.type
  if (generalisation.kind === 'bands') return Number.isInteger(generalisation.width) ? 'integer' : 'decimal'
  const counted = generalisation.kind === 'calendar' && ['hour', 'year'].includes(generalisation.to)
  return counted ? 'integer' : 'text'
}

/** The constant in the column's type; refuses `constant` on another type and `value-not-registered` outside the domain. */
function valueFor(column: NamedColumn, constant: Constant): Value {
  const type = typeOf(column)
  const fits: Record<typeof type, boolean> = {
    text:
      constant.kind === 'text' || (constant.kind === 'date' && column.generalisation?.kind === 'calendar'),
    integer: constant.kind === 'number' && Number.isSafeInteger(constant.value),
    decimal: constant.kind === 'number',
    boolean: constant.kind === 'boolean',
    date: constant.kind === 'date' || (constant.kind === 'text' && isDay(String(constant.value))),
  }
  if (!fits[type]) refuse('constant', { column: column.name, construct: type })
  if (!registered(column, constant.value)) refuse('value-not-registered', { column: column.name })
  return constant.value
}

function registered(column: NamedColumn, value: Value): boolean {
  const g = column.generalisation
  if (g?.kind === 'bands') return onGrid(Number(value) - g.origin, g.width)
  if (g?.kind === 'groups') return Object.values(g.groups).includes(String(value))
  if (g || column.column.role !== 'dimension' || !column.column.domain) return true
  return typeof value === 'number' || column.column.domain.includes(value)
}

function edge(column: NamedColumn, value: Value): number | string {
  const ordered = typeOf(column) !== 'text' || column.generalisation?.kind === 'calendar'
  if (typeof value === 'boolean' || !ordered) refuse('range-edges', { column: column.name })
  return value
}

/** Two half-open ranges on one column are one range. */
function mergeRanges(found: readonly Found[]): Found[] {
  const merged: Found[] = []
  for (const one of found) {
    const partner = merged.findIndex(
      (m) => 'from' in m && 'from' in one && same(m, one) && complementary(m, one),
    )
    const other = merged[partner]
    if ('from' in one && other && 'from' in other)
      merged[partner] = { column: one.column, from: one.from ?? other.from, to: one.to ?? other.to }
    else merged.push(one)
  }
  return merged
}

const same = (a: Found, b: Found) => a.column.table === b.column.table && a.column.name === b.column.name
const complementary = (a: Range, b: Range) =>
  (a.from === null) !== (b.from === null) && (a.to === null) !== (b.to === null)

function checked(found: Found): InnerCondition {
  const on = innerColumn(found.column)
  if ('values' in found) return { on, kind: 'in', values: [...new Set(found.values)].sort(byText) }
  if (!onEdges(found)) refuse('range-edges', { column: found.column.name, ...gridHint(found.column) })
  return { on, kind: 'range', from: found.from, to: found.to }
}

const byText = (a: Value, b: Value) => (String(a) < String(b) ? -1 : 1)

function gridHint(column: NamedColumn): { limit?: number; instead?: string[] } {
  if (column.column.role !== 'dimension') return {}
  const grid = column.column.edges
  return { ...(grid ? { limit: grid.width } : {}), instead: column.column.generalisations.map((g) => g.name) }
}

/** True if both ends lie on registered edges: `edges` of numbers, the finest calendar step of dates, whole bands. */
function onEdges({ column, from, to }: Range): boolean {
  if (column.generalisation?.kind === 'bands') return true
  if (column.generalisation || column.column.role !== 'dimension')
    return column.generalisation?.kind === 'calendar'
  if (typeOf(column) === 'date') return onCalendar(column.column.generalisations, from, to)
  const grid = column.column.edges
  if (!grid || typeOf(column) !== 'integer') return false
  const starts = from === null || onGrid(Number(from) - grid.origin, grid.width)
  return starts && (to === null || onGrid(Number(to) + 1 - grid.origin, grid.width))
}

function onGrid(distance: number, width: number): boolean {
  const steps = distance / width
  return Math.abs(steps - Math.round(steps)) < 1e-9
}

function onCalendar(generalisations: readonly Generalisation[], from: unknown, to: unknown): boolean {
  const steps = generalisations.flatMap((g) => (g.kind === 'calendar' ? [g.to] : []))
  const starts = (day: string) =>
    steps.includes('day') ||
    (steps.includes('month') && day.endsWith('-01')) ||
    (steps.includes('quarter') && /-(01|04|07|10)-01$/.test(day)) ||
    (steps.includes('year') && day.endsWith('-01-01'))
  const after =
    typeof to === 'string'
      ? new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      : null
  return (typeof from !== 'string' || starts(from)) && (after === null || starts(after))
}
