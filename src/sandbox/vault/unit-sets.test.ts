import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { children } from '../attacks/target.ts'
import type { InnerQuery } from '../engine/inner.ts'
import type { DimensionValue } from '../engine/roles.ts'
import type { Vault, VaultPool } from './contract.ts'
import { createVaultPool } from './pool.ts'

const by = (...columns: string[]): InnerQuery => ({
  table: 'kinder',
  join: null,
  dimensions: columns.map((column) => ({ table: 'kinder', column })),
  conditions: [],
  aggregates: [{ kind: 'rows' }],
  unitType: 'person',
  otherUnits: [],
  onePerUnit: true,
})
const where = (query: InnerQuery, column: string, values: (string | number | boolean)[]): InnerQuery => ({
  ...query,
  conditions: [{ on: { table: 'kinder', column }, kind: 'in', values }],
})

let dir: string
let pool: VaultPool
let room: Vault
let other: Vault
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'allmende-units-'))
  pool = await createVaultPool({ dir, limits: { memoryMb: 256 } })
  ;[room, other] = await Promise.all([pool.open('a'), pool.open('b')])
  await room.ingest(children.spec, children.rows)
  await other.ingest(children.spec, children.rows.slice(4))
})
afterAll(async () => {
  await pool.close()
  await rm(dir, { recursive: true, force: true })
})

const a = (id: string) => ({ roomId: 'a', id })
const keep = (id: string, query: InnerQuery, cells: DimensionValue[][]) => room.keepUnitSets(id, query, cells)

describe('unit sets', () => {
  test('the same cells of two questions have no rest, and parts give their total', async () => {
    await keep('total', by(), [[]])
    await keep('parts', by('stadtteil'), [['Altstadt'], ['Hafen'], ['Nord'], ['Süd'], ['Insel']])
    const same = await pool.compareUnitSets(a('total'), a('total'), { below: 10 })
    expect(same).toEqual({ comparable: true, pairs: [], restA: [0], restB: [0] })
    const parts = await pool.compareUnitSets(a('total'), a('parts'), { below: 10 })
    expect(parts).toEqual({ comparable: true, pairs: [], restA: [0], restB: [0, 0, 0, 0, 0] })
  })

  test('a total less all but a small part shows the small part', async () => {
    await keep('without', by('stadtteil'), [['Altstadt'], ['Hafen'], ['Nord'], ['Süd']])
    const found = await pool.compareUnitSets(a('total'), a('without'), { below: 10 })
    expect([found.restA, found.restB]).toEqual([[3], [0, 0, 0, 0]])
  })

  test('two cells that differ by few units are found, those that differ by many are not', async () => {
    await keep('mainland', where(by(), 'stadtteil', ['Altstadt', 'Hafen', 'Nord', 'Süd']), [[]])
    const near = await pool.compareUnitSets(a('total'), a('mainland'), { below: 10 })
    expect(near.pairs).toEqual([{ a: 0, b: 0, onlyA: 3, onlyB: 0, both: 6_000 }])
    expect((await pool.compareUnitSets(a('total'), a('mainland'), { below: 3 })).pairs).toEqual([])
    await keep('care', by('kita'), [[true], [false]])
    expect((await pool.compareUnitSets(a('total'), a('care'), { below: 10 })).pairs).toEqual([])
  })

  test('sets of two rooms are compared by the units themselves', async () => {
    await other.keepUnitSets('total', by(), [[]])
    const found = await pool.compareUnitSets(a('total'), { roomId: 'b', id: 'total' }, { below: 10 })
    expect(found.pairs).toEqual([{ a: 0, b: 0, onlyA: 4, onlyB: 0, both: 5_999 }])
  })

  test('another unit type, an unknown set and a destroyed room are not comparable', async () => {
    await keep('homes', { ...by('stadtteil'), unitType: 'household', onePerUnit: false }, [['Nord']])
    const options = { below: 10 }
    expect((await pool.compareUnitSets(a('total'), a('homes'), options)).comparable).toBe(false)
    expect((await pool.compareUnitSets(a('total'), a('nothing'), options)).comparable).toBe(false)
    await room.forgetUnitSets('homes')
    await pool.open('c').then((c) => c.destroy())
    expect((await pool.compareUnitSets(a('total'), { roomId: 'c', id: 'x' }, options)).comparable).toBe(false)
  })

  test('at rest there are sealed files and counts of cells, no unit and no value', async () => {
    const files = await readdir(join(dir, 'rooms', 'a', 'units'))
    expect(files.filter((f) => !f.endsWith('.age'))).toEqual(['sets.json'])
    const open = await readFile(join(dir, 'rooms', 'a', 'units', 'sets.json'), 'utf8')
    expect(Object.keys(JSON.parse(open) as object).sort()).toEqual([
      'care',
      'mainland',
      'parts',
      'total',
      'without',
    ])
    expect(open).not.toContain('Altstadt')
  })
})
