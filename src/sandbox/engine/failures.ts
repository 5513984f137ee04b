import { fewestAt } from './fewest.ts'
import { grouped, onlyCells, openPlaces, settledTests, type Scan } from './grouped.ts'
import { numbersOf, placesWith, rowsAt, smallTable, type Part, type ScanTable } from './scanned.ts'
import { bitsSql, failedSql, unitSql, type Test } from './source.ts'
import type { Survey } from './survey.ts'

/** A number of units of the cell at a place that fail just the tests in `failed`. */
export type Failure = { readonly place: number; readonly failed: number; readonly n: number }

/** What is known of who fails: the survey, and rows of those who fail only the tests that were reported (`f`). */
export type Known = {
  readonly survey: Survey
  readonly reported: readonly Test[]
  readonly failing?: ScanTable
}

type Found = { readonly low: Failure[]; readonly none: Map<number, Test[]> }

/**
 * How many units of the passing cells fail some of the conditions, for the condition effect check. What is left out is
 * proven to be enough, or stands in a cell of too few units; the reasoning stands in docs/adr/0011-narrow-keys-and-proofs.md.
 */
export async function failuresOf(scan: Scan, known: Known): Promise<Failure[]> {
  const { open } = known.survey
  const { query, cells } = scan
  if (open.length === 0 || cells.count === 0) return []
  const places = openPlaces(scan, () => false)
  if (!query.screen || query.screen.rows <= smallTable) return countedOut(scan, open, places)
  const found: Found = { low: [], none: new Map() }
  for (const test of open) {
    const failing = known.reported.includes(test)
      ? reportedAlone(scan, known, test)
      : await failOnly(scan, test, known)
    enter(scan, { test, failing, places }, found)
  }
  const unclear = await failingTogether(scan, known, found)
  return unclear.length > 0 ? [...found.low, ...(await countedOut(scan, open, unclear))] : found.low
}

/** Units by every set of failed conditions, exactly. */
async function countedOut(scan: Scan, open: readonly Test[], places: readonly number[]): Promise<Failure[]> {
  if (places.length === 0) return []
  const counted = scan.query.onePerUnit ? 'count(*)' : `count(DISTINCT ${unitSql(scan.query).id})`
  const table = await grouped(scan, {
    keys: [`${failedSql(open)} AS f`],
    figures: [`${counted} AS n`],
    tests: [...settledTests(scan), ...onlyCells(scan, places)],
  })
  const wanted = new Set(places)
  return failuresIn(scan, table).filter(({ place }) => wanted.has(place))
}

function failuresIn(scan: Scan, table: ScanTable): Failure[] {
  const [failed, n] = [numbersOf(table, 'f'), numbersOf(table, 'n')]
  const found: Failure[] = []
  scan.cells.find(table).forEach((place, i) => {
    if (place >= 0 && failed[i] !== 0) found.push({ place, failed: failed[i] ?? 0, n: n[i] ?? 0 })
  })
  return found
}

/** By place, how many units fail just one of the tests that were reported. */
function reportedAlone(scan: Scan, { failing }: Known, { bit }: Test): Float64Array {
  const alone = new Float64Array(scan.cells.count)
  if (!failing) return alone
  const [failed, n] = [numbersOf(failing, 'f'), numbersOf(failing, 'n')]
  scan.cells.find(failing).forEach((place, i) => {
    if (place >= 0 && failed[i] === 2 ** bit) alone[place] = (alone[place] ?? 0) + (n[i] ?? 0)
  })
  return alone
}

/** Puts down the cells in which too few units fail a test alone, and those in which none do. */
function enter(
  { query }: Scan,
  of: { test: Test; failing: Float64Array; places: readonly number[] },
  { low, none }: Found,
): void {
  const failed = 2 ** of.test.bit
  for (const place of of.places) {
    const n = of.failing[place] ?? 0
    if (n === 0) none.set(place, [...(none.get(place) ?? []), of.test])
    else if (n < (query.screen?.effect ?? 0)) low.push({ place, failed, n })
  }
}

/** By place, how many units fail a test alone: a number that is enough on a part of the rows, else the exact one. */
async function failOnly(scan: Scan, test: Test, { survey }: Known): Promise<Float64Array> {
  const found = new Float64Array(scan.cells.count)
  const isEnough = (n: number) => n >= (scan.query.screen?.effect ?? 0)
  const take = (table: ScanTable, exact: boolean) =>
    scan.cells.find(table).forEach((place, i) => {
      const n = place < 0 ? 0 : fewestAt(table, i)
      if (place >= 0 && (exact || isEnough(n))) found[place] = n
    })
  const surveyed = survey.table && aloneIn(survey.table, test)
  if (surveyed) take(surveyed, false)
  const doubtful = () => openPlaces(scan, (place) => isEnough(found[place] ?? 0))
  const larger = largerPart(scan, { test, survey, open: doubtful().length })
  if (larger) take(await failing(scan, { test, survey, part: larger, only: [] }), false)
  const left = doubtful()
  if (left.length === 0) return found
  const only = onlyCells(scan, left)
  const rest = await failing(scan, { test, survey, part: undefined, only })
  take(rest, scan.query.onePerUnit)
  return scan.query.onePerUnit ? found : countUnits(scan, { test, survey, only, found, rest })
}

function aloneIn(table: ScanTable, { bit }: Test): ScanTable {
  return rowsAt(table, placesWith(numbersOf(table, 'f'), 2 ** bit))
}

/** A larger part of the rows, where it will likely prove what the smaller one could not. */
function largerPart(
  { query, engine }: Scan,
  of: { test: Test; survey: Survey; open: number },
): Part | undefined {
  const alone = of.survey.alone.get(of.test.bit)
  const seen = of.survey.part
  if (!seen || !alone || of.open === 0) return undefined
  const perCell = alone.rows / Math.max(1, of.survey.cells)
  const isLikely = (part: Part) => perCell / part.every >= 2 * (query.screen?.effect ?? 0)
  return engine.parts?.(query.table).find((part) => part.every < seen.every && isLikely(part))
}

/** Rows that fail just one test, by cell. */
function failing(
  scan: Scan,
  of: { test: Test; survey: Survey; part: Part | undefined; only: readonly string[] },
): Promise<ScanTable> {
  const { key } = unitSql(scan.query)
  return grouped(scan, {
    figures: ['count(*) AS n', ...(scan.query.onePerUnit ? [] : [`${bitsSql(key)} AS bits`])],
    tests: testsFor(scan, of),
    part: of.part,
  })
}

function testsFor(scan: Scan, of: { test: Test; survey: Survey; only: readonly string[] }): string[] {
  const kept = of.survey.open.filter((t) => t !== of.test).map((t) => t.sql)
  return [...settledTests(scan), ...kept, `(${of.test.sql}) IS NOT TRUE`, ...of.only]
}

/** Where units have several rows: marked places are a lower bound, and only where it is too low, units are counted. */
async function countUnits(
  scan: Scan,
  of: {
    test: Test
    survey: Survey
    only: readonly string[]
    found: Float64Array
    rest: ScanTable
  },
): Promise<Float64Array> {
  const least = scan.query.screen?.effect ?? 0
  const rows = numbersOf(of.rest, 'n')
  const places = scan.cells.find(of.rest)
  const isUnclear = (place: number, i: number) =>
    place >= 0 && of.found[place] === 0 && fewestAt(of.rest, i) < least && (rows[i] ?? 0) >= least
  const counted = places.some(isUnclear)
    ? await grouped(scan, {
        figures: [`count(DISTINCT ${unitSql(scan.query).id}) AS n`],
        tests: testsFor(scan, of),
      })
    : of.rest
  scan.cells.find(counted).forEach((place, i) => {
    if (place >= 0 && of.found[place] === 0) of.found[place] = fewestAt(counted, i)
  })
  return of.found
}

/** Cells in which at least two tests fail for nobody alone, but for somebody together. */
async function failingTogether(scan: Scan, known: Known, found: Found): Promise<number[]> {
  const settled = new Set(found.low.map(({ place }) => place))
  const sets = new Map<string, { tests: Test[]; places: number[] }>()
  for (const [place, tests] of found.none) {
    if (tests.length < 2 || settled.has(place)) continue
    const key = tests.map((t) => t.bit).join()
    const set = sets.get(key) ?? { tests, places: [] }
    set.places.push(place)
    sets.set(key, set)
  }
  const unclear: number[] = []
  for (const { tests, places } of sets.values()) {
    const together = tests.every((t) => known.reported.includes(t))
      ? reportedTogether(scan, known, tests)
      : await joining(scan, known, { tests, places })
    unclear.push(...places.filter((place) => together.has(place)))
  }
  return unclear
}

function reportedTogether(scan: Scan, { failing }: Known, tests: readonly Test[]): ReadonlySet<number> {
  const mask = tests.reduce((bits, t) => bits + 2 ** t.bit, 0)
  const together = failing ? failuresIn(scan, failing).filter((f) => (f.failed & ~mask) === 0) : []
  return new Set(together.map((f) => f.place))
}

/** Cells that get more rows when some of the tests are dropped. */
async function joining(
  scan: Scan,
  { survey }: Known,
  { tests, places }: { tests: readonly Test[]; places: readonly number[] },
): Promise<ReadonlySet<number>> {
  const kept = survey.open.filter((t) => !tests.includes(t)).map((t) => t.sql)
  const table = await grouped(scan, {
    figures: ['count(*) AS n'],
    tests: [...settledTests(scan), ...kept, ...onlyCells(scan, places)],
  })
  const n = numbersOf(table, 'n')
  const more = new Set<number>()
  scan.cells.find(table).forEach((place, i) => {
    if (place >= 0 && (n[i] ?? 0) > (scan.cells.rows[place] ?? 0)) more.add(place)
  })
  return more
}
