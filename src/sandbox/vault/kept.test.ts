import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Vault, VaultKeys } from './contract.ts'
import { ephemeralKeys } from './seal.ts'
import { openVault } from './vault.ts'

let dir: string
let keys: VaultKeys
let vault: Vault
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'allmende-kept-'))
  keys = await ephemeralKeys()
  vault = await openVault({ dir, keys, limits: { memoryMb: 256 } })
})
afterAll(async () => {
  await vault.destroy()
  await rm(dir, { recursive: true, force: true })
})

const bytes = (text: string) => new TextEncoder().encode(text)
const codes = async (content: Uint8Array, filename: string) => {
  await vault.keep('upload', content)
  const read = await vault.readKept('upload', { filename, table: 't' })
  return 'refused' in read
    ? ['refused', ...read.findings.map((f) => f.code)]
    : read.facts.findings.map((f) => f.code)
}

/** A workbook whose one sheet unpacks to many times its size. */
function bomb(): Uint8Array {
  const entries = (['xl/workbook.xml', 'xl/worksheets/sheet1.xml'] as const).map((name, i) => {
    const plain = i === 0 ? Buffer.from('<workbook/>') : Buffer.alloc(40_000_000, 32)
    return { name: Buffer.from(name), packed: deflateRawSync(plain), size: plain.length }
  })
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, packed, size } of entries) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt16LE(name.length, 26)
    const line = Buffer.alloc(46)
    line.writeUInt32LE(0x02014b50, 0)
    line.writeUInt16LE(8, 10)
    line.writeUInt32LE(packed.length, 20)
    line.writeUInt32LE(size, 24)
    line.writeUInt16LE(name.length, 28)
    line.writeUInt32LE(at, 42)
    parts.push(head, name, packed)
    directory.push(line, name)
    at += head.length + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...directory, end])
}

describe('uploads', () => {
  test('arrive as a stream, are sealed at rest, and can be renamed and forgotten', async () => {
    async function* pieces() {
      for (let i = 0; i < 300; i++) yield bytes(`Geheim-${i};${i}\n`)
    }
    await vault.keep('incoming-1', pieces())
    expect((await readFile(join(dir, 'kept', 'incoming-1.age'), 'latin1')).includes('Geheim')).toBe(false)
    await vault.renameKept('incoming-1', 'table-1')
    expect(new TextDecoder().decode(await vault.kept('table-1'))).toMatch(
      /^Geheim-0;0\n[\s\S]*Geheim-299;299\n$/,
    )
    await vault.forget('table-1')
    await expect(vault.kept('table-1')).rejects.toThrow(/^failed$/)
  })

  test('that break off leave nothing', async () => {
    async function* broken() {
      yield bytes('a;b\n')
      throw new Error('the line is cut')
    }
    await expect(vault.keep('incoming-2', broken())).rejects.toThrow('the line is cut')
    expect(await readdir(join(dir, 'kept'))).toEqual([])
  })

  test('that nobody took over are forgotten after a day, when the vault is opened', async () => {
    await vault.keep('incoming-3', bytes('x'))
    await vault.keep('incoming-4', bytes('x'))
    const old = new Date(Date.now() - 2 * 86_400_000)
    await utimes(join(dir, 'kept', 'incoming-3.age'), old, old)
    await openVault({ dir, keys })
    expect(await readdir(join(dir, 'kept'))).toEqual(['incoming-4.age'])
  })
})

test('sealed tables that no manifest names are removed with their keys, a day later', async () => {
  const spec = { name: 't', rowUnit: 'person' as const, columns: [] }
  const column = {
    name: 'n',
    source: 'n',
    type: 'integer' as const,
    role: 'measure' as const,
    lower: 0,
    upper: 9,
    decimals: 0,
  }
  await vault.ingest({ ...spec, columns: [column] }, [[1], [2]])
  const old = new Date(Date.now() - 2 * 86_400_000)
  for (const name of ['t-1.age', 't-0.age', 't-9.age']) {
    if (name !== 't-1.age') await writeFile(join(dir, 'tables', name), 'sealed')
    if (name !== 't-9.age') await utimes(join(dir, 'tables', name), old, old)
  }
  await writeFile(join(dir, 'identity.t-0.age'), 'key')
  await openVault({ dir, keys })
  expect((await readdir(join(dir, 'tables'))).sort()).toEqual(['t-1.age', 't-9.age'])
  expect(existsSync(join(dir, 'identity.t-0.age'))).toBe(false)
})

describe('files are read in a process of their own', () => {
  test('hostile ones give a reason, broken ones too, and the vault goes on', async () => {
    const wide = Array.from({ length: 501 }, (_, i) => `c${i}`).join(';')
    expect(await codes(bomb(), 'bombe.xlsx')).toEqual(['refused', 'packed-bomb'])
    expect(await codes(new Uint8Array(10_000), 'nichts.csv')).toContain('refused')
    expect(await codes(bytes(`${wide}\n${wide}\n`), 'breit.csv')).toContain('too-many-columns')
    expect(await codes(bytes('PAR1 this is no parquet file at all PAR1'), 'x.parquet')).toEqual([
      'refused',
      'broken-parquet',
    ])
  })

  test('a monster cell is cut with a finding, UTF-16 is read as it is', async () => {
    const monster = bytes(`a;b\n${'x'.repeat(1_900_000)};1\ny;2\n`)
    expect(await codes(monster, 'zelle.csv')).toContain('cells-cut')
    const wide = Buffer.from('\ufeffname;zahl\nÄrger;1,5\nÖl;2,5\n', 'utf16le')
    await vault.keep('upload', wide)
    const read = await vault.readKept('upload', { filename: 'utf16.csv', table: 't' })
    if ('refused' in read) throw new Error('refused')
    expect([read.facts.form.encoding, read.spec.columns.map((c) => c.type)]).toEqual([
      'utf-16le',
      ['text', 'decimal'],
    ])
  })

  test('Parquet goes in row by row, more of it than is looked at', async () => {
    const file = join(dir, 'many.parquet')
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
    const connection = await instance.connect()
    await connection.run(
      `COPY (SELECT range AS person_id, range % 7 AS gruppe, range % 1000 AS betrag FROM range(25000)) TO '${file}' (FORMAT parquet)`,
    )
    connection.closeSync()
    instance.closeSync()
    await vault.keep('many', await readFile(file))
    const read = await vault.readKept('many', { filename: 'many.parquet', table: 'viele' })
    if ('refused' in read) throw new Error('refused')
    expect(read.spec.columns.map((c) => c.role)).toEqual(['unit', 'dimension', 'measure'])
    expect([read.facts.rows, read.facts.columns[2]?.max]).toEqual([25_000, 999])
    const table = await vault.ingestKept(read.spec, { id: 'many', filename: 'many.parquet' })
    expect([table.rows, table.onePerUnit]).toEqual([25_000, ['person']])
    const leftovers = existsSync('/dev/shm') ? await readdir('/dev/shm') : []
    expect(leftovers.filter((f) => f.startsWith('allmende-parquet'))).toEqual([])
  })
})
