import type { DuckDBConnection } from '@duckdb/node-api'
import { quoteName, quoteValue } from '../engine/print.ts'
import { withEngine } from './engine.ts'
import type { Reply, Request } from './protocol.ts'

type Change = Extract<Request, { op: 'change' }>

/**
 * What differs between two snapshots of a table, per unit type: units that came, went, or whose rows are not the same.
 * `smallest`: the fewest of them that share one value of a dimension. Where rows are the units, rows are compared.
 */
export function change(request: Change, id: number): Promise<Reply['change']> {
  return withEngine(id, request.limits, async (connection) => {
    await connection.run(`ATTACH ${quoteValue(request.from)} AS f (READ_ONLY)`)
    await connection.run(`ATTACH ${quoteValue(request.to)} AS t (READ_ONLY)`)
    const changes: { unitType: string; added: number; removed: number; changed: number; smallest: number }[] =
      []
    for (const { unitType, id } of request.units) {
      const counts = await compareUnits(connection, request, id)
      changes.push({ unitType, ...counts, smallest: await smallestOf(connection, request, id) })
    }
    return changes
  })
}

/** A row without its unit as one number; the same row has the same number in both snapshots. */
function rowHash(columns: readonly string[]): string {
  return columns.length === 0 ? '0::UBIGINT' : `hash(${columns.map(quoteName).join(', ')})`
}

const unitOf = (request: Change, id: string | null) =>
  id === null ? rowHash(request.columns) : quoteName(id)

async function compareUnits(connection: DuckDBConnection, request: Change, id: string | null) {
  const side = (snapshot: 'f' | 't') =>
    `SELECT ${unitOf(request, id)} AS unit, count(*) AS n, sum(${rowHash(request.columns)}) AS s FROM ${snapshot}.data GROUP BY 1`
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE changed AS SELECT unit, coalesce(a.n, 0) AS before, coalesce(b.n, 0) AS after
       FROM (${side('f')}) a FULL JOIN (${side('t')}) b USING (unit) WHERE a.s IS DISTINCT FROM b.s OR a.n IS DISTINCT FROM b.n`,
  )
  const figures =
    id === null
      ? 'sum(greatest(after - before, 0)), sum(greatest(before - after, 0)), 0'
      : 'count(*) FILTER (WHERE before = 0), count(*) FILTER (WHERE after = 0), count(*) FILTER (WHERE before > 0 AND after > 0)'
  const reader = await connection.runAndReadAll(`SELECT ${figures} FROM changed`)
  const [added = 0, removed = 0, changed = 0] = (reader.getRowsJson()[0] ?? []).map(Number)
  return { added, removed, changed }
}

async function smallestOf(connection: DuckDBConnection, request: Change, id: string | null): Promise<number> {
  const unit = unitOf(request, id)
  const counts: number[] = []
  for (const dimension of request.dimensions.map(quoteName)) {
    const side = (snapshot: 'f' | 't') =>
      `SELECT ${dimension} AS d, ${unit} AS unit FROM ${snapshot}.data WHERE ${unit} IN (SELECT unit FROM changed)`
    const reader = await connection.runAndReadAll(
      `SELECT min(n) FROM (SELECT d, count(DISTINCT unit) AS n FROM (${side('f')} UNION ${side('t')}) GROUP BY d)`,
    )
    const least = reader.getRowsJson()[0]?.[0]
    if (least !== null && least !== undefined) counts.push(Number(least))
  }
  return counts.length === 0 ? 0 : Math.min(...counts)
}
