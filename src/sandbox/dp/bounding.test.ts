import type { PGlite } from '@electric-sql/pglite'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InnerQuery } from '../engine/inner.ts'
import { sensitivitySquared, type Bounding } from './bounding.ts'
import { boundedColumns, printBounded } from './print.ts'
import { openLite } from '../../platform/embedded.ts'

let duck: DuckDBConnection
let postgres: PGlite
beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect()
  postgres = await openLite({ dataDir: 'memory://' })
  const table = 'CREATE TABLE visits (_uid_person BIGINT, _uid_household BIGINT, place VARCHAR, cost BIGINT)'
  await duck.run(table)
  await postgres.exec(table)
})
afterAll(() => postgres.close())

type Row = { person: number; household: number; place: string | null; cost: number | null }

/** A small generator with a fixed seed: the same rows in every run. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function rowsOf(seed: number, single: boolean): Row[] {
  const next = chance(seed)
  return Array.from({ length: 45 }, (_, i) => ({
    person: single ? i : next(12),
    household: next(9),
    place: ['a', 'b', 'c', 'd', null][next(5)] ?? null,
    cost: next(8) === 0 ? null : next(60) - 20,
  }))
}

const column = (name: string) => ({ table: 'visits', column: name })
const cost = { ...column('cost'), positive: false }
const query: InnerQuery = {
  table: 'visits',
  join: null,
  dimensions: [column('place')],
  conditions: [],
  aggregates: [],
  unitType: 'person',
  otherUnits: [],
  onePerUnit: false,
}
const bounds = { lower: -10, upper: 25 }
const figures: Bounding['figures'] = [
  { kind: 'units' },
  { kind: 'rows' },
  { kind: 'values', measure: cost },
  { kind: 'sum', measure: cost },
  { kind: 'shifted', measure: cost },
  { kind: 'squares', measure: cost },
]
const bounding = (change: Partial<Bounding>): Bounding => ({
  way: 'groups',
  contribution: { groups: 2, rows: 2 },
  salt: 'salt',
  unit: column('_uid_person'),
  shared: null,
  countsShared: false,
  figures,
  bounds: [null, null, bounds, bounds, bounds, bounds],
  registered: [false],
  ...change,
})

async function fill(rows: readonly Row[]): Promise<void> {
  await duck.run('DELETE FROM visits')
  const text = (v: string | number | null) =>
    v === null ? 'NULL' : typeof v === 'number' ? String(v) : `'${v}'`
  const values = rows.map((r) => `(${[r.person, r.household, r.place, r.cost].map(text).join(', ')})`)
  if (values.length > 0) await duck.run(`INSERT INTO visits VALUES ${values.join(', ')}`)
}

async function figuresBy(by: Bounding, of = query): Promise<Map<string, number[]>> {
  const sql = printBounded(of, by, (table) => table)
  const rows = (await duck.runAndReadAll(sql)).getRowsJson()
  return new Map(rows.map((row) => [JSON.stringify(row[0]), row.slice(1).map(Number)]))
}

/** A value as text, whether the engine gives numbers or their digits. */
const shown = (value: unknown) => JSON.stringify(value).replaceAll('"', '')

/** How far two answers lie apart, figure by figure, over all cells. */
function apart(a: Map<string, number[]>, b: Map<string, number[]>, figure: number): number {
  const cells = new Set([...a.keys(), ...b.keys()])
  return [...cells].reduce((sum, c) => sum + ((a.get(c)?.[figure] ?? 0) - (b.get(c)?.[figure] ?? 0)) ** 2, 0)
}

const ways: [string, Partial<Bounding>, boolean, (keyof Row)[]][] = [
  ['one row per unit', { way: 'single' }, true, ['person']],
  ['several rows per unit', {}, false, ['person']],
  [
    'people who share a household',
    { way: 'rows', shared: column('_uid_household') },
    true,
    ['person', 'household'],
  ],
  [
    'households counted through their people',
    { way: 'rows', shared: column('_uid_household'), countsShared: true },
    true,
    ['person', 'household'],
  ],
]

describe('bounded sums', () => {
  it.each(ways)(
    'move by no more than the sensitivity when one unit goes: %s',
    async (_, change, single, unitsOf) => {
      const by = bounding(change)
      let moved = 0
      for (let seed = 1; seed <= 1; seed++) {
        const rows = rowsOf(seed, single)
        await fill(rows)
        const before = await figuresBy(by)
        for (const unit of unitsOf)
          for (const id of new Set(rows.map((r) => r[unit]))) {
            await fill(rows.filter((r) => r[unit] !== id))
            const after = await figuresBy(by)
            figures.forEach((figure, i) => {
              const far = apart(before, after, i)
              moved = Math.max(moved, far)
              expect(far).toBeLessThanOrEqual(Number(sensitivitySquared(by, figure, by.bounds[i] ?? null)))
            })
          }
      }
      expect(moved).toBeGreaterThan(0)
    },
  )

  it.each(ways.filter(([, change]) => change.way))(
    'change the classes of no more rows than a rank is protected for: %s',
    async (_, change, single, unitsOf) => {
      const classed = { ...query, dimensions: [{ ...column('cost'), bin: { origin: -20, width: 9 } }] }
      const by = bounding({ ...change, figures: [{ kind: 'rows' }], bounds: [null], registered: [true] })
      const rank = { kind: 'rank', measure: cost, at: 0.5, bins: { origin: -20, width: 9 } } as const
      const rows = rowsOf(5, single)
      await fill(rows)
      const before = await figuresBy(by, classed)
      let most = 0
      for (const unit of unitsOf)
        for (const id of new Set(rows.map((r) => r[unit]))) {
          await fill(rows.filter((r) => r[unit] !== id))
          const after = await figuresBy(by, classed)
          const classes = new Set([...before.keys(), ...after.keys()])
          const moves = [...classes].map((c) =>
            Math.abs((before.get(c)?.[0] ?? 0) - (after.get(c)?.[0] ?? 0)),
          )
          most = Math.max(most, moves.reduce((a, b) => a + b, 0) ** 2)
        }
      expect(most).toBeGreaterThan(0)
      expect(most).toBeLessThanOrEqual(Number(sensitivitySquared(by, rank, bounds)))
      expect([...before.values()].reduce((sum, [n]) => sum + (n ?? 0), 0)).toBeLessThan(rows.length)
    },
  )

  it('would break a bound for fewer cells than are kept', async () => {
    const wide = bounding({ contribution: { groups: 5, rows: 2 } })
    const narrow = bounding({ contribution: { groups: 1, rows: 2 } })
    const rows = rowsOf(3, false)
    await fill(rows)
    const before = await figuresBy(wide)
    let moved = 0
    for (const id of new Set(rows.map((r) => r.person))) {
      await fill(rows.filter((r) => r.person !== id))
      moved = Math.max(moved, apart(before, await figuresBy(wide), 1))
    }
    expect(moved).toBeGreaterThan(Number(sensitivitySquared(narrow, { kind: 'rows' }, null)))
  })

  it.each(ways)('are the same on DuckDB and PostgreSQL: %s', async (_, change, single) => {
    const by = bounding(change)
    const rows = rowsOf(7, single)
    await fill(rows)
    await postgres.exec('DELETE FROM visits')
    for (const r of rows)
      await postgres.query('INSERT INTO visits VALUES ($1, $2, $3, $4)', [
        r.person,
        r.household,
        r.place,
        r.cost,
      ])
    const sql = printBounded(query, by, (table) => table)
    const there = await postgres.query<Record<string, unknown>>(sql)
    const columns = boundedColumns(query, by)
    const theirs = there.rows.map((row) => columns.map((c) => shown(row[c])).join('|'))
    const ours = (await duck.runAndReadAll(sql)).getRowsJson().map((row) => row.map(shown).join('|'))
    expect(theirs.sort()).toEqual(ours.sort())
  })
})
