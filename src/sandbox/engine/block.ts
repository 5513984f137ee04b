import { figureOf, isFigure } from './aggregate.ts'
import { columnRef, isAst, listOf, namesOf, nodeOf, nodesOf, tableRef, textOf, type Ast } from './ast.ts'
import { conditionsOf } from './condition.ts'
import { constantOf, constructOf } from './constant.ts'
import type { InnerAggregate, InnerQuery, Screen } from './inner.ts'
import { outerAggregates, outerExpression, outerModifiers, type PlanSubquery } from './outer.ts'
import type { Preset } from './preset.ts'
import { refuse } from './refusal.ts'
import type { ResultColumn } from './result.ts'
import { unitColumns, unitTypesOf, type NamedColumn, type UnitType, type VaultTable } from './roles.ts'
import { sidesOf, type Side } from './sides.ts'
import { figureOutput } from './output.ts'
import { findUnit, innerColumn, resolveColumn, scopeOf, type Scope } from './scope.ts'

/** An inner block and the table of protected cells that stands in its place. Columns: dimensions `_d0…`, figures `_f0…`. */
export type Block = {
  readonly name: string
  readonly query: InnerQuery
  /** Finer blocks from which some of the figures are made. */
  readonly sides: readonly Side[]
  readonly dimensions: readonly NamedColumn[]
  readonly figures: readonly (InnerAggregate & { readonly label: string })[]
}

/** A SELECT over protected tables, split: the block for the vault, the rest over its cells, and what comes out. */
export type SplitBlock = {
  readonly block: Block
  readonly node: Ast
  readonly outputs: readonly ResultColumn[]
  readonly plain: boolean
}

type State = {
  readonly scope: Scope
  readonly dimensions: NamedColumn[]
  readonly figures: InnerAggregate[]
  readonly unitTypes: Set<UnitType>
  readonly select: readonly Ast[]
  readonly plan: PlanSubquery
  readonly preset: Preset
}

/** Splits a SELECT over protected tables. Refuses single rows, ungrouped columns, foreign aggregates and grouping sets. */
export function splitBlock(
  node: Ast,
  context: { tables: readonly VaultTable[]; preset: Preset; name: string; plan: PlanSubquery },
): SplitBlock {
  const from = nodeOf(node, 'from_table') ?? refuse('single-rows')
  const scope = scopeOf(from, context.tables)
  checkFields(node)
  const select = nodesOf(node, 'select_list')
  const star = select.find((item) => textOf(item, 'class') === 'STAR')
  if (star) refuse('star')
  const state: State = {
    scope,
    dimensions: [],
    figures: [],
    unitTypes: new Set(),
    select,
    plan: context.plan,
    preset: context.preset,
  }
  collectDimensions(node, state, context.preset)
  const conditions = conditionsOf(nodeOf(node, 'where_clause'), scope, context.preset)
  const rewritten = select.map((item) => withName(rewrite(item, state), item))
  const outer = outerNode(node, state, { name: context.name, select: rewritten })
  if (state.figures.length === 0) requireGrouping(node, state)
  const query = innerQuery(state, conditions)
  const figures = state.figures.map((f) => ({ ...f, label: labelOf(f) }))
  const sides = sidesOf(query, scope)
  const block: Block = { name: context.name, query, sides, dimensions: state.dimensions, figures }
  return {
    block,
    node: outer,
    outputs: rewritten.map((item) => outputOf(item, block, scope)),
    plain: isPlain(outer, rewritten),
  }
}

function checkFields(node: Ast): void {
  if (node['sample']) refuse('construct', { construct: 'SAMPLE' })
  const sets = listOf(node, 'group_sets')
  const groups = listOf(node, 'group_expressions').length
  const all = sets.length === 1 && listOf({ set: sets[0] }, 'set').length === groups
  if (sets.length > 1 || (sets.length === 1 && !all))
    refuse('construct', { construct: 'ROLLUP, CUBE, GROUPING SETS' })
}

function collectDimensions(node: Ast, state: State, preset: Preset): void {
  const handling = textOf(node, 'aggregate_handling')
  const expressions =
    handling === 'FORCE_AGGREGATES'
      ? state.select.filter((item) => !hasAggregate(item))
      : nodesOf(node, 'group_expressions')
  const listed = isDistinctListing(node, state) ? state.select : expressions
  for (const expression of listed) addDimension(groupTarget(expression, state), state)
  if (state.dimensions.length > preset.maxDimensions)
    refuse('too-many-dimensions', { limit: preset.maxDimensions })
}

/** `SELECT DISTINCT a, b` without figures is a grouping by a and b. */
function isDistinctListing(node: Ast, state: State): boolean {
  const distinct = nodesOf(node, 'modifiers').some(
    (m) => textOf(m, 'type') === 'DISTINCT_MODIFIER' && listOf(m, 'distinct_on_targets').length === 0,
  )
  return distinct && nodesOf(node, 'group_expressions').length === 0 && !state.select.some(hasAggregate)
}

/** A group expression may be a column, a position in the select list or the name given there. */
function groupTarget(expression: Ast, state: State): Ast {
  const position = textOf(expression, 'class') === 'CONSTANT' ? constantOf(expression)?.value : undefined
  if (typeof position === 'number') return state.select[position - 1] ?? refuse('not-grouped')
  return aliasTarget(expression, state.select, state.scope) ?? expression
}

function aliasTarget(ref: Ast, select: readonly Ast[], scope?: Scope): Ast | undefined {
  const [name, ...more] = namesOf(ref)
  if (textOf(ref, 'class') !== 'COLUMN_REF' || !name || more.length > 0) return undefined
  const isColumn = scope?.tables.some((t) => t.table.spec.columns.some((c) => c.name === name.toLowerCase()))
  return isColumn
    ? undefined
    : select.find((item) => textOf(item, 'alias').toLowerCase() === name.toLowerCase())
}

function addDimension(ast: Ast, state: State): void {
  if (textOf(ast, 'class') !== 'COLUMN_REF') refuse('expression', { construct: constructOf(ast) })
  const column = resolveColumn(ast, state.scope)
  if (column.column.role === 'measure') refuse('measure-as-dimension', { column: column.name })
  if (!state.dimensions.some((d) => d.table === column.table && d.name === column.name))
    state.dimensions.push(column)
}

/** An outer expression in which figures and dimensions stand for columns of the cells. */
function rewrite(ast: Ast, state: State): Ast {
  return outerExpression(ast, state.plan, (node) => {
    if (textOf(node, 'class') === 'COLUMN_REF') return dimensionRef(node, state)
    if (textOf(node, 'class') === 'STAR') refuse('star')
    if (textOf(node, 'class') !== 'FUNCTION') return undefined
    const name = textOf(node, 'function_name').toLowerCase()
    if (node['filter'] && isAst(node['filter'])) refuse('construct', { construct: 'FILTER' })
    if (isFigure(name)) return figureRef(node, name, state)
    if (outerAggregates.has(name)) refuse('aggregate', { construct: name })
    return undefined
  })
}

function dimensionRef(ref: Ast, state: State): Ast {
  const alias = aliasTarget(ref, state.select, state.scope)
  if (alias && alias !== ref)
    return { ...rewrite({ ...alias, alias: '' }, { ...state, select: [] }), alias: textOf(ref, 'alias') }
  const column = resolveColumn(ref, state.scope)
  if (column.column.role === 'measure') refuse('not-grouped', { column: column.name })
  const index = state.dimensions.findIndex((d) => d.table === column.table && d.name === column.name)
  if (index < 0 && state.dimensions.length === 0 && !state.select.some(hasAggregate)) refuse('single-rows')
  if (index < 0) refuse('not-grouped', { column: column.name })
  return columnRef(`_d${index}`, textOf(ref, 'alias'))
}

function figureRef(ast: Ast, name: string, state: State): Ast {
  const foreign = textOf(ast, 'schema') !== '' || textOf(ast, 'catalog') !== ''
  const ordered = nodesOf(nodeOf(ast, 'order_bys'), 'orders').length > 0
  if (foreign || ordered) refuse('construct', { construct: ordered ? 'ORDER BY' : 'schema' })
  const countUnits = (column: Ast) => distinctFigure(column, state)
  const figure = figureOf(ast, name, { scope: state.scope, countUnits })
  const key = JSON.stringify(figure)
  const known = state.figures.findIndex((f) => JSON.stringify(f) === key)
  if (known < 0) state.figures.push(figure)
  return columnRef(`_f${known < 0 ? state.figures.length - 1 : known}`, textOf(ast, 'alias'))
}

/**
 * COUNT(DISTINCT unit id), the one figure in which a unit column may be named, or the number of a dimension’s values
 * that enough units have.
 */
function distinctFigure(ref: Ast, state: State): InnerAggregate {
  const column = findUnit(ref, state.scope)
  if (column.column.role === 'measure')
    refuse('aggregate', { construct: 'count(DISTINCT)', column: column.name })
  if (column.column.role !== 'unit')
    return { kind: 'others', on: innerColumn(resolveColumn(ref, state.scope)) }
  if (column.table !== state.scope.base.spec.name) refuse('mixed-units')
  state.unitTypes.add(column.column.unitType)
  return { kind: 'units' }
}

function outerNode(node: Ast, state: State, cells: { name: string; select: readonly Ast[] }): Ast {
  const map = (expression: Ast) =>
    textOf(expression, 'class') === 'CONSTANT' ? expression : rewrite(expression, state)
  const having = nodeOf(node, 'having')
  const qualify = nodeOf(node, 'qualify')
  return {
    ...node,
    modifiers: outerModifiers(node, map),
    select_list: cells.select,
    from_table: tableRef(cells.name),
    where_clause: having ? rewrite(having, state) : null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: 'STANDARD_HANDLING',
    having: null,
    qualify: qualify ? rewrite(qualify, state) : null,
  }
}

function requireGrouping(node: Ast, state: State): void {
  const grouped = state.dimensions.length > 0
  if (!grouped || state.select.length === 0) refuse('single-rows')
  state.figures.push({ kind: 'units' })
}

function innerQuery(state: State, conditions: InnerQuery['conditions']): InnerQuery {
  const { scope } = state
  const own = unitTypesOf(scope.base.spec)
  if (
    state.unitTypes.size > 1 ||
    (state.unitTypes.size === 1 &&
      state.figures.some((f) => f.kind !== 'units') &&
      !state.unitTypes.has(own[0] ?? 'person'))
  )
    refuse('mixed-units')
  const unitType =
    [...state.unitTypes][0] ?? own[0] ?? refuse('lookup-alone', { table: scope.base.spec.name })
  const joined = scope.tables.find((t) => t.table !== scope.base)?.table
  const others = [
    ...own.filter((t) => t !== unitType).map((t) => ({ table: scope.base.spec.name, unitType: t })),
    ...(joined
      ? unitTypesOf(joined.spec)
          .filter((t) => unitColumns(t).id !== scope.join?.right)
          .map((t) => ({ table: joined.spec.name, unitType: t }))
      : []),
  ]
  return {
    table: scope.base.spec.name,
    join: scope.join,
    dimensions: state.dimensions.map(innerColumn),
    conditions,
    aggregates: state.figures,
    unitType,
    otherUnits: others,
    onePerUnit: scope.base.onePerUnit.includes(unitType),
    screen: screenOf(scope.base.rows, state.preset),
  }
}

function screenOf(rows: number, { effect, k, p, dominance }: Preset): Screen {
  return { rows, effect, others: k, p, dominance }
}

function hasAggregate(ast: Ast): boolean {
  const name = textOf(ast, 'class') === 'FUNCTION' ? textOf(ast, 'function_name').toLowerCase() : ''
  if (outerAggregates.has(name)) return true
  return Object.values(ast).some((value) =>
    Array.isArray(value)
      ? value.some((v) => isAst(v) && hasAggregate(v))
      : isAst(value) && hasAggregate(value),
  )
}

/** Names a select item as the analyst would expect it from the original. */
function withName(rewritten: Ast, original: Ast): Ast {
  if (textOf(rewritten, 'alias')) return rewritten
  const name = textOf(original, 'function_name')
  const column = namesOf(
    textOf(original, 'class') === 'COLUMN_REF' ? original : (nodesOf(original, 'children')[0] ?? original),
  ).at(-1)
  const aggregate = name === 'count_star' ? 'count' : [name, column].filter(Boolean).join('_')
  const alias =
    textOf(original, 'class') === 'COLUMN_REF' ? (column ?? '') : outerAggregates.has(name) ? aggregate : ''
  return alias ? { ...rewritten, alias } : rewritten
}

function labelOf(figure: InnerAggregate): string {
  if ('measure' in figure) return `${figure.kind}_${figure.measure.column}`
  return 'on' in figure ? `${figure.kind}_${figure.on.column}` : figure.kind
}

function outputOf(item: Ast, block: Block, scope: Scope): ResultColumn {
  const name = textOf(item, 'alias')
  const [ref] = textOf(item, 'class') === 'COLUMN_REF' ? namesOf(item) : []
  const dimension = ref?.startsWith('_d') ? block.dimensions[Number(ref.slice(2))] : undefined
  if (dimension) return dimensionOutput(name, dimension)
  const figure = ref?.startsWith('_f') ? block.figures[Number(ref.slice(2))] : undefined
  return figure ? figureOutput(name, figure, { query: block.query, scope }) : { name, kind: 'derived' }
}

function dimensionOutput(name: string, { column, generalisation }: NamedColumn): ResultColumn {
  const label = generalisation?.label ?? column.label
  return {
    name,
    kind: 'dimension',
    ...(label ? { label } : {}),
    ...(generalisation?.kind === 'bands' ? { band: generalisation.width } : {}),
  }
}

/** True when nothing but dimensions and figures is asked for: then no second engine is needed. */
function isPlain(node: Ast, select: readonly Ast[]): boolean {
  const refs = select.every(
    (item) => textOf(item, 'class') === 'COLUMN_REF' && /^_[df]\d+$/.test(namesOf(item)[0] ?? ''),
  )
  const bare = !node['where_clause'] && !node['qualify'] && nodesOf(node, 'modifiers').length === 0
  return refs && bare && listOf(nodeOf(node, 'cte_map'), 'map').length === 0
}
