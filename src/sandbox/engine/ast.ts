/** One node of the parser's tree. Numbers that JavaScript cannot hold exactly are kept as `RawNumber`. */
export type Ast = { readonly [key: string]: unknown }

/** A number of the tree in its original digits. */
export type RawNumber = { readonly rawJSON: string }

type JsonSource = {
  rawJSON: (text: string) => unknown
  isRawJSON: (value: unknown) => value is RawNumber
}

const json = JSON as unknown as JsonSource

/** Reads the parser's JSON without changing any number; positions in the text are dropped. */
export function readAst(text: string): Ast {
  const reviver = (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? json.rawJSON(context.source)
      : value
  return withoutPositions(JSON.parse(text, reviver as (key: string, value: unknown) => unknown)) as Ast
}

/** Writes a tree for the parser; exact for everything `readAst` gave. */
export function writeAst(ast: Ast): string {
  return JSON.stringify(ast)
}

function withoutPositions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPositions)
  if (!isAst(value) || json.isRawJSON(value)) return value
  const entries = Object.entries(value).filter(([key]) => key !== 'query_location')
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutPositions(inner)]))
}

/** True for a node (not for lists, texts or exact numbers). */
export function isAst(value: unknown): value is Ast {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !json.isRawJSON(value)
}

/** A text field, '' if it is missing or something else. */
export function textOf(ast: Ast | null | undefined, key: string): string {
  const value = ast?.[key]
  return typeof value === 'string' ? value : ''
}

/** A node field, or null. */
export function nodeOf(ast: Ast | null | undefined, key: string): Ast | null {
  const value = ast?.[key]
  return isAst(value) ? value : null
}

/** A list field; [] if it is missing. */
export function listOf(ast: Ast | null | undefined, key: string): readonly unknown[] {
  const value = ast?.[key]
  return Array.isArray(value) ? value : []
}

/** The nodes of a list field. */
export function nodesOf(ast: Ast | null | undefined, key: string): readonly Ast[] {
  return listOf(ast, key).filter(isAst)
}

/** The parts of a column's name as written: `[table, column]` or `[column]`. */
export function namesOf(ast: Ast): string[] {
  return listOf(ast, 'column_names').filter((name) => typeof name === 'string')
}

/** A reference to a column of the second engine. */
export function columnRef(name: string, alias = ''): Ast {
  return { class: 'COLUMN_REF', type: 'COLUMN_REF', alias, column_names: [name] }
}

/** A reference to a table of the second engine. */
export function tableRef(name: string): Ast {
  return {
    type: 'BASE_TABLE',
    alias: '',
    sample: null,
    schema_name: '',
    table_name: name,
    column_name_alias: [],
    catalog_name: '',
    at_clause: null,
  }
}
