import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { isAst, readAst, textOf, writeAst, type Ast } from '../engine/ast.ts'
import { pick } from './simulation/chance.ts'

/** Gives a question whose tree was put together from parts of several, or null where the engine cannot print it. */
export type Grafting = {
  readonly graft: (chance: () => number) => Promise<string | null>
  readonly close: () => void
}

/** Reads the seeds as trees (those that are single SELECTs) in an engine of its own, without data. */
export async function openGrafting(seeds: readonly string[]): Promise<Grafting> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const trees: Ast[] = []
  for (const sql of seeds) {
    const tree = readAst((await one(connection, 'SELECT json_serialize_sql($1::VARCHAR)', sql)) ?? '{}')
    if (tree['error'] === false) trees.push(tree)
  }
  const stock = Map.groupBy(trees.flatMap(partsOf), kindOf)
  return {
    graft: async (chance) => {
      let tree = pick(chance, trees)
      for (let times = 1 + Math.floor(chance() * 3); times > 0; times--) tree = grafted(tree, stock, chance)
      return one(connection, 'SELECT json_deserialize_sql($1::JSON)', writeAst(tree)).catch(() => null)
    },
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function one(connection: DuckDBConnection, sql: string, value: string): Promise<string | null> {
  const reader = await connection.runAndReadAll(sql, [value])
  const text = reader.getRowsJson()[0]?.[0]
  return typeof text === 'string' ? text : null
}

/** What a part may stand for: an expression, a source, a query or an order; '' for anything that is no part by itself. */
function kindOf(part: Ast): string {
  if (typeof part['class'] === 'string') return 'expression'
  const type = textOf(part, 'type')
  if (type.endsWith('_NODE')) return 'query'
  // An order also stands inside a function: the engine falls over where it finds a limit there.
  if (type.endsWith('_MODIFIER')) return type
  return 'sample' in part && 'alias' in part ? 'source' : ''
}

function partsOf(value: unknown): Ast[] {
  if (Array.isArray(value)) return value.flatMap(partsOf)
  if (!isAst(value)) return []
  return [...(kindOf(value) ? [value] : []), ...Object.values(value).flatMap(partsOf)]
}

/** A tree in which one part gave way to another of its kind; it keeps its name, so that others still find it. */
function grafted(tree: Ast, stock: ReadonlyMap<string, readonly Ast[]>, chance: () => number): Ast {
  const old = pick(chance, partsOf(tree))
  const scion = pick(chance, stock.get(kindOf(old)) ?? [old])
  const put = (value: unknown): unknown => {
    if (value === old) return textOf(old, 'alias') ? { ...scion, alias: old['alias'] } : scion
    if (Array.isArray(value)) return value.map(put)
    return isAst(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, put(v)])) : value
  }
  return put(tree) as Ast
}
