import { fewestUnits } from './fewest.ts'
import { nameOf, smallTable, type Scan, type ScanRow } from './scanned.ts'
import { unitColumns, type UnitType } from './roles.ts'
import { bitsSql, dimensionsSql, grouping, rowsSql, testsOfBlock, unitSql } from './source.ts'

/**
 * How many units of the other types are behind each cell: exact where they are fewer than `screen.others`, else at
 * least so many. First told from the rows and the most that one unit has, then from marked places, first of a part of
 * the rows; counted only where needed.
 */
export async function othersOf(scan: Scan): Promise<Map<string, readonly number[]>> {
  const { query, engine, cells } = scan
  const found = new Map<string, readonly number[]>()
  const enough = query.screen?.others ?? Infinity
  if (query.otherUnits.length === 0 || cells.size === 0) return found
  for (const [name, row] of cells) {
    const least = query.otherUnits.map((other) => fewestByRows(scan, other, Number(row['c'] ?? row['n'])))
    if (least.every((n) => n >= enough)) found.set(name, least)
  }
  const steps = (query.screen?.rows ?? 0) <= smallTable ? [] : [...(engine.part ? [true] : []), false]
  for (const part of steps) {
    if (found.size === cells.size) return found
    for (const row of await grouped(
      scan,
      unitSql(query).others.map((o) => bitsSql(o.key)),
      part,
    )) {
      const least = query.otherUnits.map((_, i) => fewestUnits(row, `o${i}`))
      if (least.every((n) => n >= enough)) found.set(nameOf(query, row), least)
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

/** Rows of the table itself, each of one unit: at least so many units. */
function fewestByRows(
  { query, engine }: Scan,
  of: { table: string; unitType: UnitType },
  rows: number,
): number {
  const most = of.table === query.table ? engine.most?.(of.table, unitColumns(of.unitType).id) : undefined
  return most ? Math.ceil(rows / most) : 0
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
