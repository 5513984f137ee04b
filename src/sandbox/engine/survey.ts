import { fewestAt } from './fewest.ts'
import { grouped, readingOf, settledTests, type Scan } from './grouped.ts'
import type { InnerQuery } from './inner.ts'
import { measuresOf } from './print.ts'
import { placesOf } from './places.ts'
import { numbersOf, rowsAt, smallTable, type Part, type ScanEngine, type ScanTable } from './scanned.ts'
import { bitsSql, codesOfDimension, failedSql, rowsSql, testsOfBlock, unitSql, type Test } from './source.ts'

/**
 * What a small part of the rows tells of a block before all are read. `open`: tests that some row of a passing cell may
 * fail; `table`: rows of the part by cell and the set of tests they fail (`f`; 0: none).
 */
export type Survey = {
  readonly open: readonly Test[]
  readonly part?: Part
  readonly table?: ScanTable
  /** Cells seen (without a table: those there may be; 0: not looked at), and about how many rows all of them have. */
  readonly cells: number
  readonly passing: number
  /** For each open test, by its bit: about how many rows fail it alone, and in how many cells seen too few units do. */
  readonly alone: ReadonlyMap<number, { readonly rows: number; readonly doubtful: number }>
}

type Asked = { readonly query: InnerQuery; readonly engine: ScanEngine }

/** Looks at a part of the rows of a large table where something can be learnt from it. */
export async function surveyOf(asked: Asked): Promise<Survey> {
  const { query } = asked
  const rows = query.screen?.rows ?? 0
  const open = await openTests(asked)
  const part = rows > smallTable ? partFor(asked, rows) : undefined
  const nothing = { open, cells: 0, passing: rows, alone: new Map<number, never>() }
  if (!part || (open.length === 0 && measuresOf(query).length === 0)) return nothing
  const most = mostCells(asked)
  if (query.onePerUnit && testsOfBlock(readingOf(asked)).length === 0 && rows / most >= plenty)
    return { ...nothing, cells: most }
  const table = await grouped(asked, {
    keys: [`${failedSql(open)} AS f`],
    figures: query.onePerUnit
      ? ['count(*) AS n']
      : ['count(*) AS n', `${bitsSql(unitSql(query).key)} AS bits`],
    tests: settledTests(asked),
    part,
  })
  return { open, part, table, ...countsOf(query, table, { open, part }) }
}

/** Where each cell there may be has so many rows, all of which pass, a survey tells nothing that matters. */
const plenty = 1_024

/** Rows of a part for each cell that are wanted in a survey. */
const rowsPerCell = 200

/** The smallest part with enough rows for each cell there may be; the second where that cannot be told, or is too many. */
function partFor(asked: Asked, rows: number): Part | undefined {
  const { query, engine } = asked
  const [small, usual] = engine.parts?.(query.table) ?? []
  if (!small || !usual) return small
  return rows / small.every / mostCells(asked) >= rowsPerCell ? small : usual
}

/** About how many cells a block can have, by the codes of its dimensions; endless where some has none. */
function mostCells(asked: Asked): number {
  return asked.query.dimensions.reduce(
    (cells, _, i) => cells * (codesOfDimension(readingOf(asked), i)?.values.length ?? Infinity),
    1,
  )
}

function countsOf(query: InnerQuery, table: ScanTable, by: { open: readonly Test[]; part: Part }) {
  const [failed, n] = [numbersOf(table, 'f'), numbersOf(table, 'n')]
  const seen: number[] = []
  const rows = new Map<number, number>()
  failed.forEach((mask, i) => {
    rows.set(mask, (rows.get(mask) ?? 0) + (n[i] ?? 0))
    if (mask === 0 && (n[i] ?? 0) > 0) seen.push(i)
  })
  const about = (mask: number) => (rows.get(mask) ?? 0) * by.part.every
  const enough = seen.length > 0 ? enoughCells(query, table, { seen, failed }) : new Map<number, number>()
  const alone = by.open.map(({ bit }) => {
    const doubtful = seen.length - (enough.get(2 ** bit) ?? 0)
    return [bit, { rows: about(2 ** bit), doubtful }] as const
  })
  return { cells: seen.length, passing: about(0), alone: new Map(alone) }
}

/** In how many of the cells seen already enough units fail just a set of tests, by set. */
function enoughCells(
  query: InnerQuery,
  table: ScanTable,
  { seen, failed }: { seen: readonly number[]; failed: Float64Array },
): Map<number, number> {
  const enough = new Map<number, number>()
  const least = query.screen?.effect ?? 0
  placesOf(
    rowsAt(table, seen),
    query.dimensions.length,
  )(table).forEach((place, i) => {
    const mask = failed[i] ?? 0
    if (place >= 0 && mask !== 0 && fewestAt(table, i) >= least) enough.set(mask, (enough.get(mask) ?? 0) + 1)
  })
  return enough
}

/** Tests that some row of a passing cell may fail. A join that loses no row is none. */
async function openTests(asked: Asked): Promise<Test[]> {
  const { query, engine } = asked
  const open = testsOfBlock(readingOf(asked)).filter((t) => !t.settled)
  const { join } = query
  if (join?.kind !== 'inner' || (query.screen?.rows ?? 0) <= smallTable) return open
  const memo = engine.memo ?? new Map<string, Promise<boolean>>()
  const name = JSON.stringify([query.table, join])
  const lossless = memo.get(name) ?? losesNothing(asked, open.at(-1))
  memo.set(name, lossless)
  return (await lossless) ? open.slice(0, -1) : open
}

async function losesNothing(asked: Asked, partner: Test | undefined): Promise<boolean> {
  const lost = partner ? [`NOT (${partner.sql})`] : []
  const read = await asked.engine.run(rowsSql(readingOf(asked), ['count(*) AS n'], lost))
  return numbersOf(read, 'n')[0] === 0
}

/** Rows more than those that pass, for each of them, that may be read at once instead of in a second pass. */
const moreRows = { counts: 4, measures: 1 }

/** Tests of which it is better to report who fails them than to leave those out: few rows do, and too few in some cells. */
export function testsToReport(query: InnerQuery, survey: Survey): Test[] {
  if (!query.onePerUnit || !survey.table) return []
  const limit = survey.passing * (measuresOf(query).length > 0 ? moreRows.measures : moreRows.counts)
  return survey.open.filter(({ bit }) => {
    const alone = survey.alone.get(bit)
    return alone !== undefined && alone.doubtful > 0 && alone.rows <= limit
  })
}

/** Whether units of other types are so few behind each row that their places must be marked in most cells. */
export function marksOthers({ query, engine }: Pick<Scan, 'query' | 'engine'>, survey: Survey): boolean {
  const others = query.screen?.others ?? 0
  if (survey.cells === 0 || !query.onePerUnit) return false
  const perCell = survey.passing / survey.cells
  return query.otherUnits.some(({ table, unitType }) => {
    const most = table === query.table ? engine.most?.(table, `_uid_${unitType}`) : undefined
    return most !== undefined && perCell / most < 2 * others
  })
}
