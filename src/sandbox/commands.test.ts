import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandArgs, CommandIo } from '../platform/command.ts'
import { commands } from './commands.ts'

const adult = fileURLToPath(
  new URL('../../../shared/fixtures/disclosure/adult/adult.csv.gz', import.meta.url),
)
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'allmende-commands-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

type Ran = { code: number; json: Record<string, unknown>; notes: string[] }

async function run(verb: string, words: string[], options: CommandArgs['options'] = {}): Promise<Ran> {
  const lines: string[] = []
  const notes: string[] = []
  const io: CommandIo = { out: (line) => lines.push(line), note: (line) => notes.push(line), json: true }
  const command = commands.find((c) => c.verb === verb)
  if (!command || command.needsHub) throw new Error(verb)
  const code = await command.run({ words, options: { ...options, json: true } }, io)
  return { code, json: JSON.parse(lines.join('\n') || '{}') as Record<string, unknown>, notes }
}

async function small(): Promise<{ data: string; roles: string }> {
  const [data, roles] = [join(dir, 'kinder.csv'), join(dir, 'roles.json')]
  const rows = Array.from({ length: 400 }, (_, i) => `k${i},${['Nord', 'Süd'][i % 2]},${i % 50}`)
  await writeFile(data, ['kind_id,stadtteil,minuten', ...rows].join('\n'))
  const columns = {
    kind_id: { role: 'unit' },
    stadtteil: { role: 'dimension', domain: ['Nord', 'Süd'] },
    minuten: { role: 'measure', lower: 0, upper: 60 },
  }
  await writeFile(roles, JSON.stringify({ columns }))
  return { data, roles }
}

test('a file is asked without a hub, twice with the same answer', async () => {
  const { data, roles } = await small()
  const options = {
    data,
    roles,
    sql: 'SELECT stadtteil, COUNT(*) AS n, AVG(minuten) AS m FROM kinder GROUP BY stadtteil',
  }
  const first = await run('query', [], options)
  expect(first.code).toBe(0)
  const rows = first.json['rows'] as [string, number, number][]
  expect(rows.map((r) => r[0])).toEqual(['Nord', 'Süd'])
  expect(rows.every((r) => Math.abs(r[1] - 200) <= 10 && Math.abs(r[2] - 24.5) < 3)).toBe(true)
  expect((await run('query', [], options)).json['resultHash']).toBe(first.json['resultHash'])
})

test('a refused question ends with 1 and says how to ask instead', async () => {
  const { data, roles } = await small()
  const { code, json } = await run('query', [], { data, roles, sql: 'SELECT MAX(minuten) FROM kinder' })
  expect(code).toBe(1)
  expect(json['refusal']).toMatchObject({ code: 'aggregate', construct: 'max' })
})

test('several questions share one budget', async () => {
  const { data, roles } = await small()
  const sql = 'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil'
  const { json } = await run('query', [], { data, roles, sql: [sql, sql, 'SELECT COUNT(*) FROM kinder'] })
  expect(json['budget']).toMatchObject({ used: 3 })
})

test('a dry run needs no data', async () => {
  const { roles } = await small()
  const good = await run('explain', [], {
    roles,
    sql: 'SELECT stadtteil, COUNT(*) FROM data GROUP BY stadtteil',
  })
  expect([good.code, good.json['admissible'], good.json['cellsAtMost']]).toEqual([0, true, 2])
  const bad = await run('explain', [], { roles, sql: 'SELECT kind_id FROM data' })
  expect([bad.code, bad.json['admissible']]).toEqual([1, false])
})

test('a dry run prints what an engine would be asked', async () => {
  const { roles } = await small()
  const sql = 'SELECT stadtteil, SUM(minuten) FROM data GROUP BY stadtteil'
  const statements = async (dialect: string) =>
    (await run('explain', [], { roles, sql, dialect })).json['statements'] as string[]
  expect(await statements('postgresql')).toEqual([expect.stringContaining('array_agg(')])
  expect(await statements('duckdb')).toEqual([expect.stringContaining('max(')])
  expect((await run('explain', [], { roles, sql, dialect: 'oracle' })).code).toBe(2)
})

test('made-up rows come from roles alone', async () => {
  const { roles } = await small()
  const { code, json } = await run('sample', [], { roles, rows: '3' })
  const [table] = json['tables'] as [{ rows: Record<string, unknown>[] }]
  expect([code, json['madeUp'], table.rows.length]).toEqual([0, true, 3])
  expect(table.rows.every((r) => ['Nord', 'Süd'].includes(String(r['stadtteil'])))).toBe(true)
})

test('a perturbation table is printed with its cumulative bounds', async () => {
  const { code, json } = await run('ptable', [], { D: '2', V: '0.9' })
  expect(code).toBe(0)
  expect(
    (json['rows'] as { i: number; upper: number }[]).filter((r) => r.i === 1).map((r) => r.upper),
  ).toEqual([0.3625, 0.725, 0.9125, 1])
})

test.each([
  ['query', [], {}],
  ['query', [], { sql: 'SELECT 1', data: '/nowhere.csv', roles: '/nowhere.json' }],
  ['ingest', [], {}],
  ['ingest', ['/nowhere.csv'], {}],
  ['explain', [], { sql: 'SELECT 1' }],
  ['ingest', ['/tmp'], {}],
  ['explain', [], { roles: '/tmp', sql: 'SELECT 1' }],
  ['query', [], { sql: 'SELECT 1', data: '/nowhere.csv', roles: '/nowhere.json', epsilon: '1' }],
  ['query', [], { sql: 'SELECT 1', data: '/nowhere.csv', preset: '/tmp' }],
  ['query', [], { sql: 'SELECT 1', data: '/nowhere.csv', preset: true }],
  ['ptable', [], { D: 'x', V: '1' }],
  ['ptable', [], { D: '5', V: '1', js: '2' }],
] as const)('%s with unusable input ends with 2', async (verb, words, options) => {
  const { code, json, notes } = await run(verb, [...words], options)
  expect([code, typeof json['detail'], notes.length]).toEqual([2, 'string', 1])
})

test('attacks can be run one by one and say what happened', async () => {
  const { code, json } = await run('attack', ['16', '43'])
  expect(code).toBe(0)
  expect(json).toMatchObject([
    { id: 16, required: 'neutralised', seen: 'neutralised' },
    { id: 43, required: 'refused', seen: 'refused' },
  ])
  expect((await run('attack', ['99'])).code).toBe(2)
})

test.runIf(existsSync(adult))(
  'the Adult microdata go through: read, proposed, asked, protected',
  async () => {
    const read = await run('ingest', [adult])
    expect(read.json['rows']).toBe(30_162)
    const roles = join(dir, 'adult.json')
    await writeFile(roles, JSON.stringify(read.json))
    const sql = [
      'SELECT sex, salary_class, COUNT(*) AS n FROM adult GROUP BY sex, salary_class',
      'SELECT race, occupation, COUNT(*) AS n FROM adult GROUP BY race, occupation',
      'SELECT * FROM adult',
    ]
    const { code, json } = await run('query', [], { data: adult, roles, sql })
    expect(code).toBe(1)
    const [bySex, fine, star] = json['answers'] as [
      { rows: [string, string, number][] },
      { rows: [string, string, number | null][] },
      { kind: string },
    ]
    expect(bySex.rows.find((r) => r[0] === 'Male' && r[1] === '>50K')?.[2]).toSatisfy(
      (n) => Math.abs(Number(n) - 6396) <= 10,
    )
    expect(fine.rows.length).toBeGreaterThan(20)
    expect(fine.rows.some((r) => r[1] === 'Armed-Forces')).toBe(false)
    expect(fine.rows.every((r) => r[2] === null || r[2] >= 10)).toBe(true)
    expect(star.kind).toBe('refused')
  },
)
