import { grouped, onlyCells, openPlaces, readingOf, type Scan } from './grouped.ts'
import { measureName, measuresIn, type InnerMeasure, type InnerQuery } from './inner.ts'
import { measuresOf, topContributions, type LeftOut } from './print.ts'
import {
  columnOf,
  numbersOf,
  smallTable,
  type Part,
  type RareRows,
  type ScanEngine,
  type ScanTable,
} from './scanned.ts'
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
  const enough = survey.cells > 0 && perCell / largeShare >= expected
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
    await addCounts(scan, one)
    if (one.extract.large) await addLargest(scan, one)
  }
}

/** Classes of rare rows by their number in the extract. */
const classes = { missing: 0, zero: 1, large: 2 } as const

/** What the extract tells of the rows of one class. */
function ofClass(scan: Scan, name: keyof typeof classes, of: { drawn: Drawn; figures: readonly string[] }) {
  const tests = testsOfBlock(readingOf(scan)).map((t) => t.sql)
  return grouped(scan, {
    figures: ['count(*) AS n', ...of.figures],
    tests: [`a."_class" = ${classes[name]}`, ...tests],
    part: { name: of.drawn.extract.name, every: 1 },
  })
}

function lists({ query, engine }: Scan, measure: InnerMeasure): string[] {
  const { dialect } = engine
  const value = valueSql(query, measure)
  const low = measure.positive ? [] : [`${dialect.smallest(value, topContributions)} AS b`]
  return [`${dialect.largest(value, topContributions)} AS t`, ...low]
}

/** Units and keys with a value are all less those without, and those whose value is not zero these less those with zero. */
async function addCounts(scan: Scan, drawn: Drawn): Promise<void> {
  const { cells } = scan
  const m = `m${drawn.index}`
  const less = async (from: Names, name: 'missing' | 'zero', to: Names) => {
    const by = await ofClass(scan, name, { drawn, figures: [`sum(${unitSql(scan.query).key}) AS k`] })
    const [n, k] = [numbersOf(by, 'n'), columnOf(by, 'k')]
    const units = Float64Array.from(cells.columns.get(from.n) ?? [], Number)
    const keys = Array.from(cells.columns.get(from.k) ?? [], wholeOf)
    cells.find(by).forEach((place, i) => {
      if (place < 0) return
      units[place] = (units[place] ?? 0) - (n[i] ?? 0)
      keys[place] = lessOf(keys[place] ?? 0, wholeOf(k[i]))
    })
    cells.columns.set(to.n, units)
    cells.columns.set(to.k, keys)
  }
  if (drawn.extract.missing) await less({ n: 'n', k: 'k' }, 'missing', { n: `${m}u`, k: `${m}h` })
  const having = cells.columns.has(`${m}u`) ? { n: `${m}u`, k: `${m}h` } : { n: 'n', k: 'k' }
  if (drawn.extract.zero) await less(having, 'zero', { n: `${m}z`, k: `${m}zh` })
}

/** Columns with numbers of units, and with sums of their keys. */
type Names = { readonly n: string; readonly k: string }

function lessOf(a: Whole, b: Whole): Whole {
  return typeof a === 'number' && typeof b === 'number' ? a - b : wholeOf(BigInt(a) - BigInt(b))
}

/** The largest values of each cell: from the extract, or from all rows where it has too few of them. */
async function addLargest(scan: Scan, drawn: Drawn): Promise<void> {
  const { cells } = scan
  const table = await ofClass(scan, 'large', { drawn, figures: lists(scan, drawn.measure) })
  const n = numbersOf(table, 'n')
  const large = new Float64Array(cells.count)
  const found = noLists(cells.count)
  const places = cells.find(table)
  places.forEach((place, i) => {
    if (place >= 0) large[place] = n[i] ?? 0
  })
  takeLists(table, places, found)
  const few = openPlaces(scan, (place) => (large[place] ?? 0) >= topContributions)
  const rest = few.length > 0 ? await addBounded(scan, drawn.measure, { few, found }) : []
  if (rest.length > 0)
    await addListed(scan, drawn.measure, { places: rest, found, tests: onlyCells(scan, rest) })
  cells.columns.set(`m${drawn.index}t`, found.t)
  cells.columns.set(`m${drawn.index}b`, found.b)
}

const empty: readonly unknown[] = []

function noLists(count: number): Lists {
  return { t: Array<unknown>(count).fill(empty), b: Array<unknown>(count).fill(empty) }
}

/** Puts an answer's lists into their places; -1: none. */
function takeLists(table: ScanTable, places: ArrayLike<number>, into: Lists): void {
  const [high, low] = [columnOf(table, 't'), columnOf(table, 'b')]
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? -1
    if (place < 0) continue
    into.t[place] = high[i] ?? empty
    into.b[place] = low[i] ?? empty
  }
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
  const onPart = noLists(scan.cells.count)
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
  takeLists(
    table,
    scan.cells.find(table).map((place) => (wanted.has(place) ? place : -1)),
    of.found,
  )
}
