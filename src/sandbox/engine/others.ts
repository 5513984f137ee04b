import { placesIn } from './fewest.ts'
import { grouped, onlyCells, openPlaces, readingOf, type Scan } from './grouped.ts'
import { smallTable, type Part, type ScanTable } from './scanned.ts'
import { unitColumns, type UnitType } from './roles.ts'
import { bitsSql, testsOfBlock, unitSql } from './source.ts'

/**
 * How many units of the other types are behind each cell: exact where they are fewer than `screen.others`, else at
 * least so many; nothing for cells of too few units. First told from the rows and the most that one unit has, then from
 * marked places (those that came with the cells, those of a part of the rows); counted only where needed.
 */
export async function othersOf(scan: Scan): Promise<(readonly number[] | undefined)[]> {
  const { query, cells } = scan
  const found: (readonly number[] | undefined)[] = []
  const enough = query.screen?.others ?? Infinity
  if (query.otherUnits.length === 0 || cells.count === 0) return found
  const take = (place: number, least: readonly number[]) => {
    if (least.every((n) => n >= enough)) found[place] = least
  }
  const mostRows = query.otherUnits.map((of) => mostOf(scan, of))
  for (let place = 0; place < cells.count; place++)
    take(
      place,
      mostRows.map((most) => Math.ceil((cells.rows[place] ?? 0) / most)),
    )
  const open = () => openPlaces(scan, (place) => found[place] !== undefined)
  const marked = query.otherUnits.map((_, i) => cells.columns.get(`b${i}`))
  if (marked.every((of) => of !== undefined))
    for (const place of open())
      take(
        place,
        marked.map((of) => placesIn(of[place])),
      )
  for (const part of stepsFor(scan, open(), marked[0] !== undefined)) {
    const places = open()
    if (places.length === 0) break
    const table = await markedPlaces(scan, places, part)
    scan.cells.find(table).forEach((place, row) => {
      if (place >= 0 && found[place] === undefined) take(place, figuresIn(scan, table, { row, marks: true }))
    })
  }
  return countRest(scan, open(), found)
}

/** The most rows of the table that one of these units has; endless where that is not known. */
function mostOf({ query, engine }: Scan, of: { table: string; unitType: UnitType }): number {
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

function figuresIn({ query }: Scan, table: ScanTable, of: { row: number; marks: boolean }): number[] {
  return query.otherUnits.map((_, i) => {
    const value = table.columns.get(`o${i}`)?.[of.row]
    return of.marks ? placesIn(value) : Number(value ?? 0)
  })
}

async function countRest(scan: Scan, open: readonly number[], found: (readonly number[] | undefined)[]) {
  if (open.length === 0) return found
  const { others } = unitSql(scan.query)
  const table = await grouped(scan, {
    figures: others.map((o, i) => `count(DISTINCT ${o.id}) AS o${i}`),
    tests: [...testsOfBlock(readingOf(scan)).map((t) => t.sql), ...onlyCells(scan, open)],
  })
  scan.cells.find(table).forEach((place, row) => {
    if (place >= 0 && found[place] === undefined) found[place] = figuresIn(scan, table, { row, marks: false })
  })
  return found
}
