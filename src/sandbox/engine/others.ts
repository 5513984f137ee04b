import { placesIn } from './fewest.ts'
import { grouped, onlyCells, openPlaces, readingOf, type Scan } from './grouped.ts'
import { columnOf, smallTable, type Part, type ScanTable } from './scanned.ts'
import { unitColumns, type UnitType } from './roles.ts'
import { bitsSql, testsOfBlock, unitSql } from './source.ts'

/**
 * How many units of the other types are behind each cell: exact where they are fewer than `screen.others`, else at
 * least so many; nothing for cells of too few units. First told from the rows and the most that one unit has, then from
 * marked places (those that came with the cells, those of a part of the rows); counted only where needed.
 */
export async function othersOf(scan: Scan): Promise<Float64Array[]> {
  const { query, cells } = scan
  const found: Found = {
    units: query.otherUnits.map(() => new Float64Array(cells.count)),
    settled: new Uint8Array(cells.count),
  }
  if (query.otherUnits.length === 0 || cells.count === 0) return found.units
  const mostRows = query.otherUnits.map((of) => mostOf(scan, of))
  const byRows = mostRows.every((most) => most < Infinity)
  if (byRows) take(scan, found, (i, place) => Math.ceil((cells.rows[place] ?? 0) / (mostRows[i] ?? Infinity)))
  const marked = query.otherUnits.map((_, i) => cells.columns.get(`b${i}`))
  const isMarked = marked.every((of) => of !== undefined)
  if (isMarked) take(scan, found, (i, place) => placesIn(marked[i]?.[place]))
  for (const part of stepsFor(scan, openIn(scan, found), isMarked)) {
    const places = openIn(scan, found)
    if (places.length === 0) break
    const table = await markedPlaces(scan, places, part)
    const rows = rowsOf(scan, table)
    take(scan, found, (i, place) => placesIn(columnOf(table, `o${i}`)[rows[place] ?? -1]))
  }
  return countRest(scan, openIn(scan, found), found)
}

type Found = { readonly units: Float64Array[]; readonly settled: Uint8Array }

const openIn = (scan: Scan, { settled }: Found) => openPlaces(scan, (place) => settled[place] === 1)

/** The row of another answer for each cell, -1 where it has none. */
function rowsOf({ cells }: Scan, table: ScanTable): Int32Array {
  const rows = new Int32Array(cells.count).fill(-1)
  cells.find(table).forEach((place, row) => {
    if (place >= 0) rows[place] = row
  })
  return rows
}

/** Takes what is enough for a cell, of every type; what is less is looked at more closely. */
function take(scan: Scan, found: Found, least: (type: number, place: number) => number): void {
  const enough = scan.query.screen?.others ?? Infinity
  for (const place of openIn(scan, found)) {
    let isEnough = true
    for (let i = 0; i < found.units.length; i++) {
      const units = least(i, place)
      const of = found.units[i]
      if (of) of[place] = units
      isEnough &&= units >= enough
    }
    found.settled[place] = isEnough ? 1 : 0
  }
}

/** The most rows of the table that one of these units has; endless where that is not known. */
export function mostOf({ query, engine }: Scan, of: { table: string; unitType: UnitType }): number {
  if (of.table !== query.table) return Infinity
  return engine.most?.(of.table, unitColumns(of.unitType).id) ?? Infinity
}

/** First a part of the rows where the cells have enough there, then all of them. */
function stepsFor(scan: Scan, open: readonly number[], marked: boolean): (Part | undefined)[] {
  const { query, engine, cells } = scan
  if (open.length === 0 || marked || (query.screen?.rows ?? 0) <= smallTable) return []
  const most = open.reduce((rows, place) => Math.max(rows, cells.rows[place] ?? 0), 0)
  const isEnough = (part: Part) => most / part.every >= 2 * (query.screen?.others ?? 0)
  const part = engine.parts?.(query.table).find(isEnough)
  return part ? [part, undefined] : [undefined]
}

function markedPlaces(scan: Scan, places: readonly number[], part: Part | undefined): Promise<ScanTable> {
  const { others } = unitSql(scan.query)
  return grouped(scan, {
    figures: others.map((o, i) => `${bitsSql(o.key)} AS o${i}`),
    tests: [...testsOfBlock(readingOf(scan)).map((t) => t.sql), ...onlyCells(scan, places)],
    part,
  })
}

async function countRest(scan: Scan, open: readonly number[], found: Found): Promise<Float64Array[]> {
  if (open.length === 0) return found.units
  const { others } = unitSql(scan.query)
  const table = await grouped(scan, {
    figures: others.map((o, i) => `count(DISTINCT ${o.id}) AS o${i}`),
    tests: [...testsOfBlock(readingOf(scan)).map((t) => t.sql), ...onlyCells(scan, open)],
  })
  const rows = rowsOf(scan, table)
  for (const place of open)
    found.units.forEach((of, i) => (of[place] = Number(columnOf(table, `o${i}`)[rows[place] ?? -1] ?? 0)))
  return found.units
}
