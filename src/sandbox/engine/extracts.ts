import { grouped, onlyCells, openPlaces, readingOf, type Scan } from './grouped.ts'
import { measureName, measuresIn, type InnerMeasure, type InnerQuery } from './inner.ts'
import { measuresOf, topContributions, type LeftOut } from './print.ts'
import { columnOf, numbersOf, smallTable, type Part, type RareRows, type ScanEngine } from './scanned.ts'
import { testsOfBlock, unitSql, valueSql } from './source.ts'
import type { Survey } from './survey.ts'
import { wholeOf, type Whole } from './whole.ts'

/** A measure of a block whose rare rows are read by themselves. */
export type Drawn = { readonly measure: InnerMeasure; readonly index: number; readonly extract: RareRows }

/** How many large values a cell must be expected to have in the extract, so that it seldom has fewer than the six needed. */
const expected = 16

/** One in so many rows is in the extract as a large value. */
export const largeShare = 64

/** Measures of a block for which an extract spares work, and what is then left out of the pass over all rows. */
export function drawnFrom(
  query: InnerQuery,
  engine: ScanEngine,
  survey: Survey,
): { drawn: Drawn[]; leftOut: Map<string, LeftOut> } {
  const big = query.onePerUnit && (query.screen?.rows ?? 0) > smallTable
  const perCell = survey.passing / Math.max(1, survey.cells)
  const enough = survey.table !== undefined && perCell / largeShare >= expected
  const drawn = measuresOf(query).flatMap((measure, index): Drawn[] => {
    const plain = !measure.shift && !measure.times && !measure.beside && measure.table === query.table
    const found = big && plain ? engine.extract?.(measure.table, measure.column) : undefined
    if (!found) return []
    const large = found.large && enough && isSummed(query, measure)
    const missing = found.missing && engine.known?.complete.has(measureName(measure)) !== true
    return [{ measure, index, extract: { ...found, missing, large } }]
  })
  return { drawn, leftOut: new Map(drawn.map((d) => [measureName(d.measure), d.extract])) }
}

function isSummed(query: InnerQuery, measure: InnerMeasure): boolean {
  const name = measureName(measure)
  return query.aggregates.some(
    (a) => a.kind !== 'values' && measuresIn(a).some((m) => measureName(m) === name),
  )
}

/** Puts into the cells what the extracts tell; where a cell has too few large values there, all of its rows are read. */
export async function addDrawn(scan: Scan, drawn: readonly Drawn[]): Promise<void> {
  for (const one of drawn) {
    const rare = await rareRows(scan, one)
    addCounts(scan, one, rare)
    if (one.extract.large) await addLargest(scan, one, rare)
  }
}

/** What the extract tells, by class: for each cell the number of rows, the sum of their keys, and the lists of large values. */
type Class = {
  readonly n: Float64Array
  readonly k: Whole[]
  readonly t: unknown[]
  readonly b: unknown[]
}

async function rareRows(scan: Scan, { measure, extract }: Drawn): Promise<readonly Class[]> {
  const table = await grouped(scan, {
    keys: ['a."_class" AS class'],
    figures: [
      'count(*) AS n',
      `sum(${unitSql(scan.query).key}) AS k`,
      ...(extract.large ? lists(scan, measure) : []),
    ],
    tests: testsOfBlock(readingOf(scan)).map((t) => t.sql),
    part: { name: extract.name, every: 1 },
  })
  const { count } = scan.cells
  // Only the large values are listed; what is never looked at is not made for thousands of cells.
  const classes = [false, false, extract.large].map((isListed): Class => ({
    n: new Float64Array(count),
    k: Array<Whole>(count).fill(0),
    t: Array<unknown>(isListed ? count : 0),
    b: Array<unknown>(isListed ? count : 0),
  }))
  const [n, of] = [numbersOf(table, 'n'), numbersOf(table, 'class')]
  const [k, t, b] = [columnOf(table, 'k'), columnOf(table, 't'), columnOf(table, 'b')]
  scan.cells.find(table).forEach((place, i) => {
    const into = place < 0 ? undefined : classes[of[i] ?? 0]
    if (!into) return
    into.n[place] = n[i] ?? 0
    into.k[place] = wholeOf(k[i])
    if (into.t.length === 0) return
    into.t[place] = t[i]
    into.b[place] = b[i]
  })
  return classes
}

function lists({ query, engine }: Scan, measure: InnerMeasure): string[] {
  const { dialect } = engine
  const value = valueSql(query, measure)
  const low = measure.positive ? [] : [`${dialect.smallest(value, topContributions)} AS b`]
  return [`${dialect.largest(value, topContributions)} AS t`, ...low]
}

/** Units and keys with a value are all less those without, and those whose value is not zero these less those with zero. */
function addCounts({ cells }: Scan, { index, extract }: Drawn, classes: readonly Class[]): void {
  const m = `m${index}`
  const less = (from: { n: string; k: string }, by: Class | undefined, to: { n: string; k: string }) => {
    const [n, k] = [cells.columns.get(from.n) ?? [], cells.columns.get(from.k) ?? []]
    const units = new Float64Array(cells.count)
    const keys = Array<Whole>(cells.count)
    for (let i = 0; i < cells.count; i++) {
      units[i] = Number(n[i]) - (by?.n[i] ?? 0)
      keys[i] = lessOf(wholeOf(k[i]), by?.k[i] ?? 0)
    }
    cells.columns.set(to.n, units)
    cells.columns.set(to.k, keys)
  }
  if (extract.missing) less({ n: 'n', k: 'k' }, classes[0], { n: `${m}u`, k: `${m}h` })
  const having = cells.columns.has(`${m}u`) ? { n: `${m}u`, k: `${m}h` } : { n: 'n', k: 'k' }
  if (extract.zero) less(having, classes[1], { n: `${m}z`, k: `${m}zh` })
}

function lessOf(a: Whole, b: Whole): Whole {
  return typeof a === 'number' && typeof b === 'number' ? a - b : wholeOf(BigInt(a) - BigInt(b))
}

/** The largest values of each cell: from the extract, or from all rows where it has too few of them. */
async function addLargest(scan: Scan, of: Drawn, classes: readonly Class[]): Promise<void> {
  const { cells } = scan
  const large = classes[2]
  const found: Lists = { t: listsFor(cells.count, large?.t), b: listsFor(cells.count, large?.b) }
  const few = openPlaces(scan, (place) => (large?.n[place] ?? 0) >= topContributions)
  const rest = few.length > 0 ? await addBounded(scan, of.measure, { few, found }) : []
  if (rest.length > 0)
    await addListed(scan, of.measure, { places: rest, found, tests: onlyCells(scan, rest) })
  cells.columns.set(`m${of.index}t`, found.t)
  cells.columns.set(`m${of.index}b`, found.b)
}

const empty: readonly unknown[] = []

function listsFor(count: number, known: readonly unknown[] = empty): unknown[] {
  const lists = Array<unknown>(count)
  for (let place = 0; place < count; place++) lists[place] = known[place] ?? empty
  return lists
}

type Lists = { readonly t: unknown[]; readonly b: unknown[] }

/**
 * The sixth largest value of a cell on a part of the rows is no larger than on all of them: only rows from the lowest of
 * these on are read. Gives the cells that it says nothing about.
 */
async function addBounded(
  scan: Scan,
  measure: InnerMeasure,
  { few, found }: { few: readonly number[]; found: Lists },
): Promise<readonly number[]> {
  const part = scan.engine.parts?.(scan.query.table)[1]
  if (!part || !measure.positive) return few
  const onPart: Lists = { t: [], b: [] }
  await addListed(scan, measure, { places: few, found: onPart, tests: onlyCells(scan, few), part })
  const sixth = new Map<number, Whole>()
  for (const place of few) {
    const list = onPart.t[place]
    if (Array.isArray(list) && list.length === topContributions)
      sixth.set(place, wholeOf(list[topContributions - 1]))
  }
  const [first, ...others] = sixth.values()
  if (first === undefined) return few
  const bound = others.reduce((least, value) => (value < least ? value : least), first)
  const tests = [`${valueSql(scan.query, measure)} >= ${bound}`, ...onlyCells(scan, [...sixth.keys()])]
  await addListed(scan, measure, { places: [...sixth.keys()], found, tests })
  return few.filter((place) => !sixth.has(place))
}

async function addListed(
  scan: Scan,
  measure: InnerMeasure,
  of: { places: readonly number[]; found: Lists; tests: readonly string[]; part?: Part },
): Promise<void> {
  const table = await grouped(scan, {
    figures: lists(scan, measure),
    tests: [...testsOfBlock(readingOf(scan)).map((test) => test.sql), ...of.tests],
    part: of.part,
  })
  const wanted = new Set(of.places)
  const [high, low] = [columnOf(table, 't'), columnOf(table, 'b')]
  scan.cells.find(table).forEach((place, i) => {
    if (!wanted.has(place)) return
    of.found.t[place] = high[i]
    of.found.b[place] = low[i]
  })
}
