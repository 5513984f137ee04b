import { columnRef, isAst, listOf, namesOf, nodeOf, nodesOf, textOf, type Ast } from './ast.ts'
import { splitBlock, type Block } from './block.ts'
import { constructOf } from './constant.ts'
import { cellsAtMost } from './domain.ts'
import { mapChildren, outerExpression, outerModifiers } from './outer.ts'
import { parseSql } from './parse.ts'
import type { Preset } from './preset.ts'
import { refuse } from './refusal.ts'
import type { ResultColumn } from './result.ts'
import type { VaultTable } from './roles.ts'
import { namesProtected } from './scope.ts'

/**
 * A question split into inner blocks and what is done with their protected cells. `plain`: the one block's cells are
 * the result, `select` gives their columns in order; otherwise `outer` runs in the second engine.
 */
export type Plan = {
  readonly blocks: readonly Block[]
  readonly outputs: readonly ResultColumn[]
  readonly plain: boolean
  readonly select: readonly string[]
  readonly outer: Ast
}

type Context = { readonly tables: readonly VaultTable[]; readonly preset: Preset; readonly blocks: Block[] }
type Planned = { readonly node: Ast; readonly outputs: readonly ResultColumn[]; readonly plain: boolean }
/** Names that stand for protected cells (CTEs) with their columns. */
type Names = ReadonlyMap<string, readonly ResultColumn[]>

/** Tables of protected cells in the second engine. */
const cellsName = /^_cells_/i

const maxBlocks = 8
const maxDepth = 40

/** Parses and splits a query. Refuses with a typed problem; never looks at data. */
export async function planSql(sql: string, tables: readonly VaultTable[], preset: Preset): Promise<Plan> {
  const root = await parseSql(sql)
  if (depthOf(root) > maxDepth * 3) refuse('construct', { construct: 'nesting' })
  const context: Context = { tables, preset, blocks: [] }
  const planned = planNode(root, new Map(), context)
  if (context.blocks.length === 0)
    refuse('unknown-table', { table: '', instead: tables.map((t) => t.spec.name) })
  const plain = planned.plain && context.blocks.length === 1
  const select = nodesOf(planned.node, 'select_list').map((item) => namesOf(item)[0] ?? '')
  return { blocks: context.blocks, outputs: planned.outputs, plain, select, outer: planned.node }
}

function depthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((most, part) => Math.max(most, depthOf(part)), 0)
  return isAst(value) ? 1 + depthOf(Object.values(value)) : 0
}

function planNode(node: Ast, names: Names, context: Context): Planned {
  const type = textOf(node, 'type')
  if (type === 'SELECT_NODE') return planSelect(node, names, context)
  if (type === 'SET_OPERATION_NODE') return planSetOperation(node, names, context)
  refuse('construct', { construct: constructOf(node) })
}

/** UNION, EXCEPT and INTERSECT work on protected rows only. */
function planSetOperation(node: Ast, names: Names, context: Context): Planned {
  const inner = withCtes(node, names, context)
  const parts = ['left', 'right'].map((side) =>
    planNode(nodeOf(node, side) ?? refuse('syntax'), inner.names, context),
  )
  const [left, right] = parts
  const modifiers = outerModifiers(node, (e) => outerExpression(e, subqueryPlanner(inner.names, context)))
  const planned = { ...node, cte_map: inner.cteMap, left: left?.node, right: right?.node, modifiers }
  return { node: planned, outputs: eitherOf(node, left?.outputs ?? [], right?.outputs ?? []), plain: false }
}

/** What a column is that comes from two sides: what both say, or computed. Without UNION all rows are those of the left. */
function eitherOf(node: Ast, left: readonly ResultColumn[], right: readonly ResultColumn[]): ResultColumn[] {
  if (textOf(node, 'setop_type') === 'EXCEPT' || textOf(node, 'setop_type') === 'INTERSECT') return [...left]
  return left.map((column, i) => {
    const { name } = column
    const other = right[i]
    if (other && JSON.stringify({ ...other, name }) === JSON.stringify({ ...column, name })) return column
    return { name, kind: other?.kind === column.kind ? column.kind : 'derived' }
  })
}

function withCtes(node: Ast, names: Names, context: Context): { names: Names; cteMap: Ast } {
  const known = new Map(names)
  const map = listOf(nodeOf(node, 'cte_map'), 'map')
    .filter(isAst)
    .map((entry) => {
      const value = nodeOf(entry, 'value')
      const statement = nodeOf(value, 'query')
      const query = nodeOf(statement, 'node')
      const key = textOf(entry, 'key')
      // A name of the second engine's own tables would stand before them.
      const isTaken = cellsName.test(key) || context.tables.some((t) => t.spec.name === key.toLowerCase())
      if (!value || !query || isTaken) refuse('construct', { construct: 'WITH' })
      const planned = planNode(query, known, context)
      known.set(key.toLowerCase(), renamed(planned.outputs, listOf(value, 'aliases')))
      return { ...entry, value: { ...value, query: { ...statement, node: planned.node } } }
    })
  return { names: known, cteMap: { map } }
}

function renamed(outputs: readonly ResultColumn[], aliases: readonly unknown[]): ResultColumn[] {
  return outputs.map((column, index) =>
    typeof aliases[index] === 'string' ? { ...column, name: aliases[index] } : column,
  )
}

function subqueryPlanner(names: Names, context: Context): (node: Ast) => Ast {
  return (node) => planNode(node, names, context).node
}

function planSelect(node: Ast, names: Names, context: Context): Planned {
  const inner = withCtes(node, names, context)
  const from = nodeOf(node, 'from_table')
  const isProtected = (name: string) => !inner.names.has(name.toLowerCase())
  const plan = subqueryPlanner(inner.names, context)
  if (namesProtected(from, isProtected)) {
    if (mixesCells(from, isProtected)) refuse('mixed-blocks')
    if (context.blocks.length >= maxBlocks) refuse('too-many-cells', { limit: maxBlocks })
    const name = `_cells_${context.blocks.length}`
    const split = splitBlock(node, { tables: context.tables, preset: context.preset, name, plan })
    const most = cellsAtMost(split.block.dimensions)
    if (most !== null && most > context.preset.maxCells)
      refuse('too-many-cells', { limit: context.preset.maxCells })
    context.blocks.push(split.block)
    const outerOf = { ...split.node, cte_map: inner.cteMap }
    return {
      node: outerOf,
      outputs: split.outputs,
      plain: split.plain && listOf(inner.cteMap, 'map').length === 0,
    }
  }
  return planOuterSelect(node, { from, inner, plan }, context)
}

/** A join of a protected table with protected cells would reach rows: refused. */
function mixesCells(from: Ast | null, isProtected: (name: string) => boolean): boolean {
  const type = textOf(from, 'type')
  if (type === 'JOIN') return ['left', 'right'].some((side) => mixesCells(nodeOf(from, side), isProtected))
  return type !== 'BASE_TABLE' || !isProtected(textOf(from, 'table_name'))
}

function planOuterSelect(
  node: Ast,
  parts: { from: Ast | null; inner: { names: Names; cteMap: Ast }; plan: (node: Ast) => Ast },
  context: Context,
): Planned {
  if (node['sample']) refuse('construct', { construct: 'SAMPLE' })
  const expression = (ast: Ast) => outerExpression(ast, parts.plan)
  const source = planFrom(parts.from, parts.inner.names, context)
  const optional = (key: string) => {
    const ast = nodeOf(node, key)
    return ast ? expression(ast) : null
  }
  const select = nodesOf(node, 'select_list').map(expression)
  const planned = {
    ...node,
    cte_map: parts.inner.cteMap,
    select_list: select,
    from_table: source.ref,
    where_clause: optional('where_clause'),
    having: optional('having'),
    qualify: optional('qualify'),
    group_expressions: nodesOf(node, 'group_expressions').map(expression),
    modifiers: outerModifiers(node, expression),
  }
  return { node: planned, outputs: select.flatMap((item) => outputsOf(item, source.columns)), plain: false }
}

type Source = {
  readonly ref: Ast | null
  readonly columns: readonly (ResultColumn & { readonly source: string })[]
}

function planFrom(from: Ast | null, names: Names, context: Context): Source {
  const type = textOf(from, 'type')
  if (!from || type === 'EMPTY') return { ref: from, columns: [] }
  if (from['sample']) refuse('construct', { construct: 'SAMPLE' })
  if (type === 'BASE_TABLE') return planName(from, names)
  if (type === 'SUBQUERY') return planSubqueryTable(from, names, context)
  if (type === 'EXPRESSION_LIST')
    return { ref: mapChildren(from, (e) => outerExpression(e, subqueryPlanner(names, context))), columns: [] }
  if (type !== 'JOIN') refuse('construct', { construct: constructOf(from) })
  const left = planFrom(nodeOf(from, 'left'), names, context)
  const right = planFrom(nodeOf(from, 'right'), names, context)
  const condition = nodeOf(from, 'condition')
  const on = condition ? outerExpression(condition, subqueryPlanner(names, context)) : null
  return {
    ref: { ...from, left: left.ref, right: right.ref, condition: on },
    columns: [...left.columns, ...right.columns],
  }
}

function planName(from: Ast, names: Names): Source {
  const name = textOf(from, 'table_name').toLowerCase()
  const qualified = textOf(from, 'schema_name') !== '' || textOf(from, 'catalog_name') !== ''
  const columns = names.get(name)
  if (!columns || qualified || from['at_clause']) refuse('unknown-table', { table: name })
  const source = (textOf(from, 'alias') || name).toLowerCase()
  return { ref: from, columns: columns.map((c) => ({ ...c, source })) }
}

function planSubqueryTable(from: Ast, names: Names, context: Context): Source {
  const statement = nodeOf(from, 'subquery')
  const planned = planNode(nodeOf(statement, 'node') ?? refuse('syntax'), names, context)
  const columns = renamed(planned.outputs, listOf(from, 'column_name_alias'))
  const source = textOf(from, 'alias').toLowerCase()
  return {
    ref: { ...from, subquery: { ...statement, node: planned.node } },
    columns: columns.map((c) => ({ ...c, source })),
  }
}

/** Follows a plain column to what it is; everything computed is `derived`. */
function outputsOf(item: Ast, columns: Source['columns']): ResultColumn[] {
  if (textOf(item, 'class') === 'STAR') {
    const relation = textOf(item, 'relation_name').toLowerCase()
    const changed = ['replace_list', 'rename_list'].some((key) => listOf(item, key).length > 0)
    return columns
      .filter((c) => !relation || c.source === relation)
      .map(({ source: _source, ...column }) => (changed ? { name: column.name, kind: 'derived' } : column))
  }
  const names = namesOf(textOf(item, 'class') === 'COLUMN_REF' ? item : columnRef('')).map((n) =>
    n.toLowerCase(),
  )
  const found = columns.find(
    (c) => c.name.toLowerCase() === names.at(-1) && (names.length < 2 || c.source === names[0]),
  )
  const name = textOf(item, 'alias') || names.at(-1) || ''
  if (!found) return [{ name, kind: 'derived' }]
  const { source: _source, ...column } = found
  return [{ ...column, name: textOf(item, 'alias') || column.name }]
}
