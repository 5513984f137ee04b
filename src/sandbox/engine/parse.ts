import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { isAst, listOf, nodeOf, readAst, textOf, writeAst, type Ast } from './ast.ts'
import { refuse } from './refusal.ts'

/** Longer queries are refused unread; far more than a question over a few tables needs. */
const maxSqlLength = 20_000

let opened: Promise<DuckDBConnection> | undefined

/** The parser: an engine without data, files and network, with little memory. Opened once per process. */
async function parser(): Promise<DuckDBConnection> {
  opened ??= (async () => {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: '128MB',
      max_temp_directory_size: '0GB',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      enable_external_access: 'false',
      lock_configuration: 'true',
    })
    return instance.connect()
  })()
  return opened
}

async function serialised(sql: string): Promise<Ast> {
  const connection = await parser()
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql])
  const text = reader.getRowsJson()[0]?.[0]
  return readAst(typeof text === 'string' ? text : '{"error":true,"error_type":"parser"}')
}

/**
 * The tree of exactly one SELECT statement. Refuses `empty`, `too-long`, `syntax`, `not-a-select` and
 * `several-statements`; the engine's own message is never handed on.
 */
export async function parseSql(sql: string): Promise<Ast> {
  if (sql.length > maxSqlLength) refuse('too-long', { limit: maxSqlLength })
  if (sql.includes('\0') || !sql.isWellFormed()) refuse('syntax')
  const tree = await serialised(sql).catch(() => refuse('syntax'))
  if (tree['error'] !== false)
    refuse(textOf(tree, 'error_type') === 'not implemented' ? 'not-a-select' : 'syntax')
  const statements = listOf(tree, 'statements')
  if (statements.length === 0) refuse('empty')
  if (statements.length > 1) refuse('several-statements')
  const node = isAst(statements[0]) ? nodeOf(statements[0], 'node') : null
  return node ?? refuse('syntax')
}

/** A node as the statement list the engine reads back. */
export function statementOf(node: Ast): string {
  return writeAst({ error: false, statements: [{ node, named_param_map: [] }] })
}

/** Refuses `not-stable` unless printing and parsing the tree again gives the same tree (no parser differential). */
export async function requireFixpoint(node: Ast): Promise<void> {
  const connection = await parser()
  const text = statementOf(node)
  try {
    const printed = await connection.runAndReadAll('SELECT json_deserialize_sql($1::JSON)', [text])
    const sql = printed.getRowsJson()[0]?.[0]
    const again = typeof sql === 'string' ? await serialised(sql) : null
    const back =
      again && isAst(listOf(again, 'statements')[0])
        ? nodeOf(listOf(again, 'statements')[0] as Ast, 'node')
        : null
    if (!back || writeAst(normal(back)) !== writeAst(normal(readAst(writeAst(node))))) refuse('not-stable')
  } catch {
    refuse('not-stable')
  }
}

/** Number forms differ between print and parse (1e3, 1000.0): compared by value. */
function normal(value: unknown): Ast {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk)
    if (!isAst(part)) return part
    return Object.fromEntries(
      Object.entries(part)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, walk(inner)]),
    )
  }
  return walk(value) as Ast
}
