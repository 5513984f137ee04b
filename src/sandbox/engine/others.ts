import { fewestUnits } from './fewest.ts'
import { nameOf, smallTable, type Scan, type ScanRow } from './scan.ts'
import { bitsSql, dimensionsSql, grouping, rowsSql, testsOfBlock, unitSql } from './source.ts'

/**
 * How many units of the other types are behind each cell: exact where they are fewer than `screen.others`, else at
 * least so many. First seen on a part of the rows, then on marked places of all rows, and counted only where needed.
 */
export async function othersOf(scan: Scan): Promise<Map<string, readonly number[]>> {
  const { query, engine, cells } = scan
  const found = new Map<string, readonly number[]>()
  if (query.otherUnits.length === 0 || cells.size === 0) return found
  const steps = (query.screen?.rows ?? 0) <= smallTable ? [] : [...(engine.part ? [true] : []), false]
  for (const part of steps) {
    if (found.size === cells.size) return found
    for (const row of await grouped(
      scan,
      unitSql(query).others.map((o) => bitsSql(o.key)),
      part,
    )) {
      const least = query.otherUnits.map((_, i) => fewestUnits(row, `o${i}`))
      if (least.every((n) => n >= (query.screen?.others ?? Infinity))) found.set(nameOf(query, row), least)
    }
  }
  if (found.size === cells.size) return found
  const exact = unitSql(query).others.map((o) => `count(DISTINCT ${o.id})`)
  for (const row of await grouped(scan, exact, false))
    found.set(
      nameOf(query, row),
      query.otherUnits.map((_, i) => Number(row[`o${i}`])),
    )
  return found
}

async function grouped(scan: Scan, figures: readonly string[], onPart: boolean): Promise<readonly ScanRow[]> {
  const { query, engine } = scan
  const part = onPart ? engine.part?.(query.table) : undefined
  if (onPart && !part) return []
  const locate = (table: string) => (part && table === query.table ? part : engine.locate(table))
  const columns = [...dimensionsSql(query), ...figures.map((sql, i) => `${sql} AS o${i}`)]
  const tests = testsOfBlock(query).map((t) => t.sql)
  return engine.run(
    `${rowsSql({ query, ...engine, locate }, columns, tests)}${grouping(query.dimensions.length)}`,
  )
}
