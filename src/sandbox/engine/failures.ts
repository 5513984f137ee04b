import { fewestUnits } from './fewest.ts'
import { nameOf, smallTable, type Scan, type ScanRow } from './scanned.ts'
import {
  bitsSql,
  dimensionsSql,
  failedSql,
  grouping,
  rowsSql,
  testsOfBlock,
  unitSql,
  type Test,
} from './source.ts'

/** Names of cells in which just one test fails for enough units, by test; and those in which it fails for none. */
type Singles = {
  readonly low: ScanRow[]
  readonly empty: Map<string, Test[]>
}

/**
 * Which passing cells have units that fail some of the conditions, for the condition effect check: rows with the
 * cell's values, `f` the set of failed conditions and `n` how many units fail just that set. What is left out is proven
 * to be enough; the reasoning stands in docs/adr/0011-narrow-keys-and-proofs.md.
 */
export async function failuresOf(scan: Scan): Promise<ScanRow[]> {
  const open = await openTests(scan)
  if (open.length === 0 || scan.cells.size === 0) return []
  const { screen } = scan.query
  if (!screen || screen.rows <= smallTable) return countedOut(scan, open, new Set(scan.cells.keys()))
  const enough = await enoughOnPart(scan, open)
  const singles: Singles = { low: [], empty: new Map() }
  for (const test of open) {
    const doubtful = new Set([...scan.cells.keys()].filter((name) => !enough.get(test.bit)?.has(name)))
    if (doubtful.size > 0) await failOnly(scan, { test, open, doubtful }, singles)
  }
  const unclear = await failingTogether(scan, open, singles)
  return unclear.size > 0 ? [...singles.low, ...(await countedOut(scan, open, unclear))] : singles.low
}

/** Tests that some row of a passing cell may fail. A join that loses no row is none. */
async function openTests({ query, engine }: Scan): Promise<Test[]> {
  const open = testsOfBlock(query).filter((t) => !t.settled)
  const { join } = query
  if (join?.kind !== 'inner' || (query.screen?.rows ?? 0) <= smallTable) return open
  const memo = engine.memo ?? new Map<string, Promise<boolean>>()
  const name = JSON.stringify([query.table, join])
  const lossless = memo.get(name) ?? losesNothing({ query, engine }, open.at(-1))
  memo.set(name, lossless)
  return (await lossless) ? open.slice(0, -1) : open
}

async function losesNothing(scan: Pick<Scan, 'query' | 'engine'>, partner: Test | undefined) {
  const lost = partner ? [`NOT (${partner.sql})`] : []
  const [row] = await scan.engine.run(rowsSql({ query: scan.query, ...scan.engine }, ['count(*) AS n'], lost))
  return Number(row?.['n']) === 0
}

function settledOf(scan: Scan): string[] {
  return testsOfBlock(scan.query).flatMap((t) => (t.settled ? [t.sql] : []))
}

/** Groups rows of the block by its dimensions and what else is named before the figures. */
function grouped(scan: Scan, from: { keys?: string[]; figures: string[]; tests: string[]; part?: boolean }) {
  const { query, engine } = scan
  const part = from.part ? engine.part?.(query.table) : undefined
  const locate = (table: string) => (part && table === query.table ? part : engine.locate(table))
  const keys = [...dimensionsSql(query), ...(from.keys ?? [])]
  const rows = rowsSql({ query, ...engine, locate }, [...keys, ...from.figures], from.tests)
  return engine.run(`${rows}${grouping(keys.length)}`)
}

/** Units by every set of failed conditions, exactly. */
async function countedOut(scan: Scan, open: readonly Test[], wanted: ReadonlySet<string>) {
  const counted = scan.query.onePerUnit ? 'count(*)' : `count(DISTINCT ${unitSql(scan.query).id})`
  const keys = [`${failedSql(open)} AS f`]
  const rows = await grouped(scan, { keys, figures: [`${counted} AS n`], tests: settledOf(scan) })
  return rows.filter((row) => Number(row['f']) !== 0 && wanted.has(nameOf(scan.query, row)))
}

/** For each test the cells in which, already on a part of the rows, enough units fail this test alone. */
async function enoughOnPart(scan: Scan, open: readonly Test[]): Promise<Map<number, Set<string>>> {
  const { query, engine } = scan
  const enough = new Map(open.map((t) => [t.bit, new Set<string>()]))
  if (!engine.part?.(query.table)) return enough
  const rows = await grouped(scan, {
    keys: [`${failedSql(open)} AS f`],
    figures: [query.onePerUnit ? 'count(*) AS n' : `${bitsSql(unitSql(query).key)} AS bits`],
    tests: settledOf(scan),
    part: true,
  })
  for (const row of rows) {
    const test = open.find((t) => 2 ** t.bit === Number(row['f']))
    if (test && fewestUnits(row) >= (query.screen?.effect ?? 0)) enough.get(test.bit)?.add(nameOf(query, row))
  }
  return enough
}

/** How many units of the doubtful cells fail just this test: enough, none, or too few. */
async function failOnly(
  scan: Scan,
  of: { test: Test; open: readonly Test[]; doubtful: ReadonlySet<string> },
  into: Singles,
): Promise<void> {
  const failing = scan.query.onePerUnit ? await unitsFailing(scan, of) : await someFailing(scan, of)
  for (const name of of.doubtful) {
    const n = failing.get(name) ?? 0
    if (n === 0) into.empty.set(name, [...(into.empty.get(name) ?? []), of.test])
    else if (n < (scan.query.screen?.effect ?? 0))
      into.low.push({ ...dimensionsOf(scan, name), f: 2 ** of.test.bit, n })
  }
}

function dimensionsOf(scan: Scan, name: string): ScanRow {
  const cell = scan.cells.get(name) ?? {}
  return Object.fromEntries(scan.query.dimensions.map((_, i) => [`d${i}`, cell[`d${i}`] ?? null]))
}

/** Everything but this test, less what passes it too. */
async function unitsFailing(scan: Scan, { test, open }: { test: Test; open: readonly Test[] }) {
  const rows = await without(scan, open, [test])
  return new Map(rows.map((row) => [nameOf(scan.query, row), Number(row['n']) - passing(scan, row)]))
}

function passing(scan: Scan, row: ScanRow): number {
  const cell = scan.cells.get(nameOf(scan.query, row))
  return Number((scan.query.onePerUnit ? cell?.['n'] : cell?.['c']) ?? 0)
}

/** Rows of each cell when some of the tests are dropped. */
function without(scan: Scan, open: readonly Test[], dropped: readonly Test[]): Promise<readonly ScanRow[]> {
  const kept = open.filter((t) => !dropped.includes(t)).map((t) => t.sql)
  return grouped(scan, { figures: ['count(*) AS n'], tests: [...settledOf(scan), ...kept] })
}

/** Where units have several rows: a lower bound is enough, and only where it is not, units are counted. */
async function someFailing(scan: Scan, { test, open }: { test: Test; open: readonly Test[] }) {
  const { query } = scan
  const { id, key } = unitSql(query)
  const kept = open.filter((t) => t !== test).map((t) => t.sql)
  const tests = [...settledOf(scan), ...kept, `NOT coalesce(${test.sql}, FALSE)`]
  const rows = await grouped(scan, { figures: ['count(*) AS n', `${bitsSql(key)} AS bits`], tests })
  const least = query.screen?.effect ?? 0
  const unclear = (row: ScanRow) => fewestUnits(row) < least && Number(row['n']) >= least
  if (!rows.some((row) => unclear(row) && scan.cells.has(nameOf(query, row))))
    return new Map(rows.map((row) => [nameOf(query, row), fewestUnits(row)]))
  const exact = await grouped(scan, { figures: [`count(DISTINCT ${id}) AS n`], tests })
  return new Map(exact.map((row) => [nameOf(query, row), Number(row['n'])]))
}

/** Cells in which at least two tests fail for nobody alone, but for somebody together. */
async function failingTogether(scan: Scan, open: readonly Test[], { low, empty }: Singles) {
  const settled = new Set(low.map((row) => nameOf(scan.query, row)))
  const sets = new Map<string, { tests: Test[]; cells: string[] }>()
  for (const [name, tests] of empty) {
    if (tests.length < 2 || settled.has(name)) continue
    const key = tests.map((t) => t.bit).join()
    sets.set(key, { tests, cells: [...(sets.get(key)?.cells ?? []), name] })
  }
  const unclear = new Set<string>()
  for (const { tests, cells } of sets.values()) {
    const rows = await without(scan, open, tests)
    const more = new Set(
      rows.filter((r) => Number(r['n']) > passing(scan, r)).map((r) => nameOf(scan.query, r)),
    )
    for (const name of cells) if (more.has(name)) unclear.add(name)
  }
  return unclear
}
