import { failuresAlone } from './alone.ts'
import type { RawColumns } from './cells.ts'
import { addDrawn, drawnFrom } from './extracts.ts'
import { failuresOf, type Failure } from './failures.ts'
import { readingOf, type Cells, type Scan } from './grouped.ts'
import type { InnerMeasure, InnerQuery } from './inner.ts'
import { othersOf } from './others.ts'
import { placesOf } from './places.ts'
import { measuresOf, printCells, rawColumns, topContributions } from './print.ts'
import { unitColumns } from './roles.ts'
import { columnOf, numbersOf, rowsAt, type Column, type ScanEngine, type ScanTable } from './scanned.ts'
import { addOtherContributions } from './other-contributions.ts'
import { codesOfDimension, failedBy, type Test } from './source.ts'
import { marksOthers, surveyOf, testsToReport } from './survey.ts'

/**
 * Raw cells of a block in the form of `rawColumns`: a row `f` = 0 for each passing cell, and rows `f` ≠ 0 with the number
 * of units that fail just that set of conditions. Cells that are proven to keep `screen.effect` come without the
 * latter; numbers of other units are exact where they are below `screen.others`. Cells of fewer units than that may
 * come without either: they stay protected.
 */
export async function scanCells(query: InnerQuery, engine: ScanEngine): Promise<RawColumns> {
  const asked = { query, engine }
  const survey = await surveyOf(asked)
  const { drawn, leftOut } = drawnFrom(query, engine, survey)
  const reported = testsToReport(query, survey)
  const isSorted = engine.sorted?.(query.table, unitColumns(query.unitType).id) ?? false
  const printed = printCells({
    ...readingOf(asked),
    ...(engine.known ? { known: engine.known } : {}),
    leftOut,
    ...(isSorted ? { sorted: survey } : {}),
    dropped: reported,
    marked: marksOthers(asked, survey),
  })
  const read = withFailed(await engine.run(printed), reported)
  const scan: Scan = { ...asked, cells: passingCells(query, read) }
  await addDrawn(scan, drawn)
  const others = await othersOf(scan)
  await addOtherContributions(scan)
  const failing = reported.length > 0 ? { failing: read } : {}
  const failures = await failuresOf(scan, { survey, reported, ...failing })
  return rawTable(scan, others, [...failures, ...(await failuresAlone(scan))])
}

/** Puts into an answer which of the reported tests each of its rows fails, as `f`. */
function withFailed(read: ScanTable, reported: readonly Test[]): ScanTable {
  if (reported.length === 0) return read
  const failed = failedBy(reported, columnOf(read, 'f'))
  return { ...read, columns: new Map(read.columns).set('f', failed) }
}

/** Cells with a row that passes all tests. */
function passingCells(query: InnerQuery, read: ScanTable): Cells {
  const [n, failed] = [numbersOf(read, 'n'), columnOf(read, 'f')]
  const passing: number[] = []
  n.forEach((units, i) => {
    if (units > 0 && !failed[i]) passing.push(i)
  })
  const table = rowsAt(read, passing)
  const units = numbersOf(table, 'n')
  return {
    count: table.count,
    columns: new Map(table.columns),
    units,
    rows: table.columns.has('c') ? numbersOf(table, 'c') : units,
    find: placesOf(table, query.dimensions.length),
  }
}

/** Puts the passing cells and the failures behind them into one table. */
function rawTable(scan: Scan, others: readonly Float64Array[], failures: readonly Failure[]): RawColumns {
  const { query, cells } = scan
  const own = completed(query, cells, others)
  const behind = new Map<string, Column>([
    ['f', failures.map((f) => f.failed)],
    ['n', failures.map((f) => f.n)],
  ])
  query.dimensions.forEach((_, i) => {
    const values = decoded(scan, i)
    own.set(`d${i}`, values)
    behind.set(
      `d${i}`,
      failures.map((f) => values[f.place]),
    )
  })
  const columns = rawColumns(query)
  const data = columns.map((name) => {
    const column = own.get(name) ?? []
    const more = behind.get(name)
    if (failures.length === 0 || !more) return column
    return [...Array.from({ length: cells.count }, (_, i) => column[i]), ...Array.from(more)]
  })
  return { columns, data, count: cells.count + failures.length }
}

/** The values of a dimension that may have been read as codes. */
function decoded(scan: Scan, index: number): readonly unknown[] {
  const codes = codesOfDimension(readingOf(scan), index)
  const read = scan.cells.columns.get(`d${index}`) ?? []
  if (!codes) return Array.from(read)
  const decode = (code: unknown) => (typeof code === 'number' ? codes.values[code] : null)
  return Array.from({ length: read.length }, (_, i) => decode(read[i]))
}

/** Figures that were left out because they follow from others. */
function completed(query: InnerQuery, cells: Cells, others: readonly Float64Array[]): Map<string, Column> {
  const full = new Map(cells.columns)
  full.set('f', new Float64Array(cells.count))
  if (!full.has('c')) full.set('c', full.get('n') ?? [])
  others.forEach((units, i) => full.set(`o${i}`, units))
  measuresOf(query).forEach((measure, i) => completeMeasure(full, `m${i}`, measure))
  return full
}

function completeMeasure(full: Map<string, Column>, m: string, measure: InnerMeasure): void {
  const same = (name: string, as: string) => {
    const column = full.get(as)
    if (!full.has(name) && column) full.set(name, column)
  }
  same(`${m}u`, 'n')
  same(`${m}h`, 'k')
  same(`${m}v`, `${m}u`)
  const top = full.get(`${m}t`)
  if (!top) return
  same(`${m}z`, `${m}u`)
  same(`${m}zh`, `${m}h`)
  same(`${m}a`, `${m}s`)
  const low = full.get(`${m}b`)
  if (!measure.positive && low)
    full.set(
      `${m}t`,
      Array.from(top, (high, i) => largest(high, low[i])),
    )
}

const abs = (x: bigint) => (x < 0n ? -x : x)

/** The largest contributions by absolute value; of equal ones the positive first, whatever engine has listed them. */
function largest(high: unknown, low: unknown): bigint[] {
  const whole = (list: unknown) =>
    Array.isArray(list) ? list.map((x: string | number | bigint) => BigInt(x)) : []
  const all = [...whole(high).filter((x) => x >= 0n), ...whole(low).filter((x) => x < 0n)]
  return all
    .toSorted((x, y) => (abs(x) === abs(y) ? Number(y > x) - Number(y < x) : abs(x) < abs(y) ? 1 : -1))
    .slice(0, topContributions)
}
