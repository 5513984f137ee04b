import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InnerQuery } from '../engine/inner.ts'
import { children, heat } from '../attacks/target.ts'
import { statementOf, parseSql } from '../engine/parse.ts'
import type { Vault, VaultKeys } from './contract.ts'
import { createOuterEngine, createVaultPool } from './pool.ts'
import { startProcess } from './process.ts'
import { rawRows } from '../engine/cells.ts'
import { ephemeralKeys, installationKeys, openFile, roomIdentity } from './seal.ts'
import { defaultLimits } from './room.ts'
import { openVault } from './vault.ts'

const countAll: InnerQuery = {
  table: 'kinder',
  join: null,
  dimensions: [],
  conditions: [],
  aggregates: [{ kind: 'rows' }],
  unitType: 'person',
  otherUnits: [],
  onePerUnit: true,
}

let dir: string
let keys: VaultKeys
let opened: Vault[]
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'allmende-vault-test-'))
  keys = await ephemeralKeys()
  opened = []
})
afterEach(async () => {
  await Promise.allSettled(opened.map((v) => v.close()))
  await rm(dir, { recursive: true, force: true })
})

async function open(limits = {}): Promise<Vault> {
  const vault = await openVault({ dir, keys, limits: { memoryMb: 256, ...limits } })
  opened.push(vault)
  return vault
}

async function countOf(vault: Vault): Promise<number> {
  const raw = await vault.query(countAll)
  return Number(rawRows(raw)[0]?.[raw.columns.indexOf('n')])
}

async function allBytes(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((e) => e.isFile()).map((e) => readFile(join(e.parentPath, e.name), 'latin1'))
  return (await Promise.all(files)).join('\n')
}

describe('vault', () => {
  test('a table survives closing and opening, sealed in between', async () => {
    const vault = await open()
    const table = await vault.ingest(children.spec, children.rows)
    expect([table.rows, table.excluded, table.onePerUnit]).toEqual([6_003, 0, ['person']])
    expect(await countOf(vault)).toBe(6_003)
    await vault.close()
    expect(await countOf(await open())).toBe(6_003)
  })

  test('nothing at rest is readable: no value, no id, no hidden column', async () => {
    const vault = await open()
    await vault.keep('upload-1', new TextEncoder().encode('Hase-4711;Nord'))
    await vault.ingest(children.spec, [
      ['k-Hase-4711', 'h1', 'Nord', 3, '2022-01-01', true, 'b-Hase-4711', 5, 'Hase-4711'],
    ])
    await vault.close()
    expect(await allBytes(dir)).not.toContain('Hase-4711')
    expect(new TextDecoder().decode(await (await open()).kept('upload-1'))).toBe('Hase-4711;Nord')
  })

  test('a sealed table cannot be opened with another key, and a changed bit is noticed', async () => {
    const vault = await open()
    await vault.ingest(heat.spec, heat.rows)
    await vault.close()
    const file = join(dir, 'tables', (await readdir(join(dir, 'tables')))[0] ?? '')
    const stranger = await ephemeralKeys()
    await expect(openFile(file, join(dir, 'plain'), stranger.identity)).rejects.toThrow(/identit/)
    await expect(openVault({ dir, keys: stranger })).rejects.toThrow(/^failed$/)
    const bytes = await readFile(file)
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1
    await writeFile(file, bytes)
    await expect((await open()).query({ ...countAll, table: 'waermekarte' })).rejects.toThrow(/^failed$/)
  })

  test('rows without a unit id are left out and counted, values are brought to their bounds', async () => {
    const vault = await open()
    const row = (id: string | null, amount: number) => [
      id,
      'h',
      'Nord',
      3,
      '2022-01-01',
      true,
      'b1',
      amount,
      'x',
    ]
    const table = await vault.ingest(children.spec, [
      row('a', 5),
      row(null, 5),
      row('', 5),
      row('b', 5000),
      row('c', -1),
    ])
    expect([table.rows, table.excluded, table.clamped]).toEqual([3, 2, 2])
  })

  test('a killed vault is back with the next question', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows)
    expect(await countOf(vault)).toBe(6_003)
    const before = new Set(vaultProcesses())
    for (const pid of before) process.kill(pid, 'SIGKILL')
    expect(await countOf(vault)).toBe(6_003)
  })

  test('an ingest that breaks off leaves the earlier snapshot in place', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows.slice(0, 50))
    async function* broken() {
      yield children.rows[0] ?? []
      throw new Error('upload broke off')
    }
    await expect(vault.ingest(children.spec, broken())).rejects.toThrow('upload broke off')
    expect(await countOf(vault)).toBe(50)
    await vault.ingest(children.spec, children.rows.slice(0, 70))
    expect(await countOf(vault)).toBe(70)
    expect(await readdir(join(dir, 'tables'))).toHaveLength(1)
  })

  test('eight questions at a time are answered, also when the process dies under them', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows)
    const eight = () => Array.from({ length: 8 }, () => countOf(vault))
    expect(await Promise.all(eight())).toEqual(Array.from({ length: 8 }, () => 6_003))
    const asked = eight()
    for (const pid of vaultProcesses()) process.kill(pid, 'SIGKILL')
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 8 }, () => 6_003))
    expect(vaultProcesses()).toHaveLength(1)
  })

  test('a process killed in the middle of a write loses no snapshot and leaves nothing readable', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows.slice(0, 50))
    async function* slow() {
      for (const row of children.rows) yield row
      for (const pid of vaultProcesses()) process.kill(pid, 'SIGKILL')
    }
    await expect(vault.ingest(children.spec, slow())).rejects.toThrow(/^unavailable$/)
    expect(await countOf(vault)).toBe(50)
    expect((await readdir(join(dir, 'tables'))).sort()).toEqual(['kinder-1.age'])
    await vault.close()
    expect((await allBytes(dir)).includes('Geheim')).toBe(false)
  })

  test('a held snapshot waits beside the pinned one and takes its place when it is pinned', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows.slice(0, 50))
    const held = await vault.ingest(children.spec, children.rows.slice(0, 80), { hold: true })
    expect([await countOf(vault), (await vault.tables())[0]?.snapshot, held.snapshot]).toEqual([50, 1, 2])
    await vault.pin('kinder', 2)
    expect([await countOf(vault), (await vault.tables())[0]?.snapshot]).toEqual([80, 2])
    const sealed = await readFile(join(dir, 'tables', 'kinder-1.age'))
    await vault.drop('kinder', 1)
    expect(await readdir(join(dir, 'tables'))).toEqual(['kinder-2.age'])
    // A copy in a backup stays closed: its key is gone, and the room's key does not open it.
    await writeFile(join(dir, 'tables', 'kinder-1.age'), sealed)
    expect(existsSync(join(dir, 'identity.kinder-1.age'))).toBe(false)
    const room = await roomIdentity(join(dir, 'identity.age'), keys)
    await expect(openFile(join(dir, 'tables', 'kinder-1.age'), join(dir, 'p'), room)).rejects.toThrow(
      /identit/,
    )
    await vault.close()
    expect(await countOf(await open())).toBe(80)
    await expect(vault.pin('kinder', 7)).rejects.toThrow(/^failed$/)
  })

  test('the change between two snapshots is counted in units, in all and where it is smallest', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows.slice(0, 4_000))
    const moved = children.rows.slice(7, 4_000).map((row, i) => (i < 30 ? row.with(2, 'Nord') : row))
    const held = await vault.ingest(children.spec, [...moved, ...children.rows.slice(5_000, 5_040)], {
      hold: true,
    })
    const [person, household] = await vault.changeBetween('kinder', 1, held.snapshot)
    // Thirty were moved to Nord, where some of them had been before.
    const other = moved.slice(0, 30).filter((row, i) => row[2] !== children.rows[i + 7]?.[2])
    const touched = [...children.rows.slice(0, 7), ...other, ...children.rows.slice(5_000, 5_040)]
    const byAge = Map.groupBy(touched, (row) => row[3])
    expect(person).toEqual({
      unitType: 'person',
      added: 40,
      removed: 7,
      changed: other.length,
      smallest: Math.min(...[...byAge.values()].map((rows) => rows.length)),
    })
    expect(household?.added).toBe(20)
    expect((await vault.changeBetween('kinder', 1, 1)).map((c) => [c.added, c.smallest])).toEqual([
      [0, 0],
      [0, 0],
    ])
    await vault.ingest(heat.spec, heat.rows)
    expect(await vault.changeBetween('waermekarte', 3, 3)).toEqual([])
    await expect(vault.changeBetween('kinder', 1, 9)).rejects.toThrow(/^failed$/)
  })

  test('a destroyed room is gone: key, files and answers', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows)
    const sealed = await readFile(join(dir, 'tables', 'kinder-1.age'))
    await vault.destroy()
    expect(existsSync(join(dir, 'identity.age'))).toBe(false)
    expect(await readdir(dir)).toEqual(['destroyed'])
    await expect(vault.query(countAll)).rejects.toThrow('destroyed')
    await expect(open()).rejects.toThrow('destroyed')
    await writeFile(join(dir, 'copy.age'), sealed)
    await expect(openFile(join(dir, 'copy.age'), join(dir, 'plain'), keys.identity)).rejects.toThrow(
      /identit/,
    )
  })

  test('errors are words of a closed list', async () => {
    const vault = await open()
    await vault.ingest(children.spec, children.rows.slice(0, 20))
    await expect(vault.query({ ...countAll, table: 'nichts' })).rejects.toThrow(/^failed$/)
    await expect(vault.kept('../../etc/passwd')).rejects.toThrow(/^failed$/)
  })

  test('too many cells are refused', async () => {
    const vault = await open({ maxRows: 10 })
    await vault.ingest(children.spec, children.rows.slice(0, 500))
    const query: InnerQuery = { ...countAll, dimensions: [{ table: 'kinder', column: 'alter_jahre' }] }
    await expect(vault.query(query)).rejects.toThrow(/^result-too-large$/)
  })
})

describe('second engine', () => {
  test('a hanging query is stopped and the next one works', async () => {
    const outer = createOuterEngine({ timeoutMs: 300 })
    const cells = { name: '_cells_0', columns: [{ name: '_f0', type: 'integer' as const }], rows: [[1], [2]] }
    const ast = async (sql: string) => statementOf(await parseSql(sql))
    const bomb = await ast('SELECT count(*) FROM range(100000000000) a, _cells_0')
    await expect(outer.run({ ast: bomb, tables: [cells], maxRows: 10 })).rejects.toThrow(/^(time|failed)$/)
    const uninterruptible = await ast('SELECT len(list_sort(list_transform(range(200000000), x -> -x)))')
    await expect(outer.run({ ast: uninterruptible, tables: [], maxRows: 10 })).rejects.toThrow(
      /^(time|memory|unavailable)$/,
    )
    const good = await outer.run({
      ast: await ast('SELECT sum(_f0) AS s FROM _cells_0'),
      tables: [cells],
      maxRows: 10,
    })
    expect(good.rows).toEqual([[3]])
    await outer.close()
  })

  test('it cannot reach files, settings or the network', async () => {
    const outer = createOuterEngine()
    for (const sql of [
      "SELECT * FROM read_csv('/etc/passwd')",
      "SELECT * FROM '/etc/passwd'",
      "SELECT * FROM glob('/*')",
      "SELECT * FROM read_text('/proc/self/environ')",
    ])
      await expect(
        outer.run({ ast: statementOf(await parseSql(sql)), tables: [], maxRows: 10 }),
      ).rejects.toThrow(/^failed$/)
    await outer.close()
  })
})

describe('pool', () => {
  test('rooms are apart, keys lie apart from data, and a destroyed room stays destroyed', async () => {
    const pool = await createVaultPool({ dir, limits: { memoryMb: 256 } })
    const [a, b] = await Promise.all([pool.open('room-a'), pool.open('room-b')])
    await a.ingest(children.spec, children.rows.slice(0, 30))
    expect([(await a.tables()).length, (await b.tables()).length]).toEqual([1, 0])
    expect((await readdir(join(dir, 'keys'))).sort()).toEqual([
      'installation.json',
      'room-a.age',
      'room-a.kinder-1.age',
      'room-b.age',
    ])
    await pool.destroy('room-a')
    await expect(pool.open('room-a')).rejects.toThrow('destroyed')
    expect((await readdir(join(dir, 'keys'))).sort()).toEqual(['installation.json', 'room-b.age'])
    await pool.close()
    const again = await createVaultPool({ dir })
    expect((await (await again.open('room-b')).tables()).length).toBe(0)
    await again.close()
  })

  test('opened tables of a hub that was killed are removed', async () => {
    const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
    const left = join(root, 'allmende-vault-999999999-abc')
    const own = await mkdtemp(join(root, `allmende-vault-${process.pid}-`))
    await mkdir(left, { recursive: true })
    const pool = await createVaultPool({ dir })
    expect([existsSync(left), existsSync(own)]).toEqual([false, true])
    await pool.close()
    await rm(own, { recursive: true })
  })

  test('the keys of an installation are made once and readable for the hub only', async () => {
    const file = join(dir, 'keys.json')
    const first = await installationKeys(file)
    expect(await installationKeys(file)).toEqual(first)
    expect(readFileSync(file, 'utf8')).toContain('AGE-SECRET-KEY-')
    const { mode } = await import('node:fs/promises').then((fs) => fs.stat(file))
    expect(mode & 0o077).toBe(0)
  })

  test('a process killed in the middle answers with a word and is seen as dead', async () => {
    const started = startProcess(defaultLimits)
    const call = started.call(
      { op: 'attach', limits: defaultLimits, spill: '', folder: '', tables: [] },
      10_000,
    )
    started.kill()
    await expect(call).rejects.toThrow('unavailable')
    expect(started.alive()).toBe(false)
  })
})

/** Vault processes that this test process has started. */
function vaultProcesses(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  return children
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('vault/worker'))
}
