import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { binsFor, identifierOf, proposeRoles } from './propose.ts'
import { readRoles } from './roles-file.ts'
import { readSource, rowsOf, type Source } from './source.ts'
import { syntheticRows } from './synthetic.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

async function source(text: string, name = 'kinder.csv'): Promise<Source> {
  const read = await readSource(bytes(text), name)
  if ('refused' in read) throw new Error(JSON.stringify(read.findings))
  return read
}

const lines = Array.from(
  { length: 60 },
  (_, i) =>
    `K${i};Süd${i % 2};${i % 9};${i},50;0${1 + (i % 9)}.03.2024;${i % 2 ? 'ja' : 'nein'};B${i % 7};Frau ${i}`,
)
const kinder = ['Kind-ID;Stadtteil;Alter;Weg (km);Prüfdatum;Kita;Baublock;Name', ...lines].join('\r\n')

test('a German file gets types, names and careful roles', async () => {
  const spec = proposeRoles(await source(kinder), 'Kinder 2024')
  expect(spec.name).toBe('kinder_2024')
  expect(spec.columns.map((c) => [c.name, c.type, c.role])).toEqual([
    ['kind_id', 'text', 'unit'],
    ['stadtteil', 'text', 'dimension'],
    ['alter', 'integer', 'dimension'],
    ['weg_km', 'decimal', 'measure'],
    ['pruefdatum', 'date', 'dimension'],
    ['kita', 'boolean', 'dimension'],
    ['baublock', 'text', 'key'],
    ['name', 'text', 'hidden'],
  ])
  expect(spec.columns[3]).toMatchObject({ lower: 0, upper: 100, decimals: 1 })
  expect(spec.columns[4]).toMatchObject({ exact: false })
})

test('a table without an id column is proposed with one person per row', async () => {
  const spec = proposeRoles(await source('sex;age\nm;3\nf;4\nm;3\n'), 'adult')
  expect(spec.rowUnit).toBe('person')
})

test('rare values do not get into a proposed domain', async () => {
  const text = ['art', ...Array.from({ length: 40 }, () => 'häufig'), 'selten'].join('\n')
  const [column] = proposeRoles(await source(text), 't').columns
  expect(JSON.stringify(column)).not.toContain('selten')
})

test('rows come in the order of the roles, in their types', async () => {
  const read = await source(kinder)
  const spec = proposeRoles(read, 'kinder')
  const rows: unknown[] = []
  for await (const row of rowsOf(read, { ...spec, columns: spec.columns.toReversed() })) rows.push(row)
  expect(rows).toHaveLength(60)
  expect(rows[3]).toEqual(['Frau 3', 'B3', true, '2024-03-04', 3.5, 3, 'Süd1', 'K3'])
})

test.each([
  ['PDF', bytes('%PDF-1.7 …')],
  ['empty', bytes('')],
  ['header only', bytes('a;b;c\n')],
  ['broken Parquet', bytes('PAR1 this is no parquet file at all PAR1')],
  [
    'wide',
    bytes(
      `${Array.from({ length: 600 }, (_, i) => `c${i}`).join(';')}\n${Array.from({ length: 600 }, () => '1').join(';')}\n`,
    ),
  ],
])('%s is refused with findings, not with an error', async (_name, input) => {
  const read = await readSource(input, 'x.csv')
  expect('refused' in read && read.findings.length > 0).toBe(true)
})

test('Parquet is read with its types, ids of many digits as text, nested columns are left out with a finding', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'allmende-parquet-test-'))
  const file = join(folder, 't.parquet')
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  await connection.run(
    `COPY (SELECT 'p' || range AS person_id, range::BIGINT AS n, range / 4 AS x, range % 2 = 0 AS b, DATE '2024-01-01' + range::INT AS d, TIMESTAMP '2024-01-01 13:00:00' AS t, 9007199254740993 + range AS ref, [1, 2] AS l FROM range(20)) TO '${file}' (FORMAT parquet)`,
  )
  connection.closeSync()
  const read = await readSource(await readFile(file), 't.parquet')
  await rm(folder, { recursive: true })
  if ('refused' in read) throw new Error('refused')
  expect(read.columns.map((c) => c.type)).toEqual([
    'text',
    'integer',
    'decimal',
    'boolean',
    'date',
    'datetime',
    'text',
  ])
  const [id, day] = ['9007199254740995', '2024-01-03']
  expect(read.row(2)).toEqual(['p2', 2, 0.5, true, day, '2024-01-01T13:00:00', id])
  expect(read.findings.map((f) => f.code)).toEqual(['read-as', 'nested-column'])
})

test('only one column of each type of units is proposed', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `K${i};P${i};H${i % 9};${i % 4}`)
  const spec = proposeRoles(await source(`kind_id;person_id;haushalt_id;n\n${rows.join('\n')}\n`), 't')
  expect(spec.columns.map((c) => c.role).slice(0, 3)).toEqual(['unit', 'hidden', 'unit'])
})

test('rows that call themselves a sum are pointed at', async () => {
  const rows = ['A;1;5', 'A;2;6', 'A;Summe;11', 'B;1;7', 'B;2;8', 'B;Summe;15', 'C;1;9', 'C;2;3']
  const read = await source(`ort;klasse;n\n${rows.join('\n')}\n`)
  expect(read.findings.map((f) => f.code)).toContain('total-rows')
})

test.each([
  ['Straße', 'strasse'],
  ['  Größe (m²) ', 'groesse_m'],
  ['2024', 'c_2024'],
  ['Émile', 'emile'],
])('%s is called %s in queries', (header, name) => {
  expect(identifierOf(header)).toBe(name)
})

test('made-up rows follow roles and bounds, repeat with the seed and know no value of the file', async () => {
  const spec = proposeRoles(await source(kinder), 'kinder')
  const rows = syntheticRows(spec, { rows: 50, seed: 'a' })
  expect(syntheticRows(spec, { rows: 50, seed: 'a' })).toEqual(rows)
  expect(syntheticRows(spec, { rows: 50, seed: 'b' })).not.toEqual(rows)
  expect(rows.every((r) => Number(r['weg_km']) >= 0 && Number(r['weg_km']) <= 100)).toBe(true)
  expect(JSON.stringify(rows)).not.toMatch(/Frau|K\d/)
})

test('a roles file may be short: what is left out comes from the file, what is not named is hidden', async () => {
  const proposed = [proposeRoles(await source(kinder), 'kinder')]
  const roles = readRoles(
    '{"columns":{"Kind-ID":{"role":"unit"},"stadtteil":{"role":"dimension"}}}',
    proposed,
  )
  expect(roles).toEqual([
    {
      name: 'kinder',
      columns: [
        { role: 'unit', unitType: 'person', name: 'kind_id', source: 'Kind-ID', type: 'text' },
        {
          role: 'dimension',
          exact: true,
          generalisations: [],
          name: 'stadtteil',
          source: 'Stadtteil',
          type: 'text',
        },
      ],
    },
  ])
})

test.each([
  ['{"columns":{"alter":{"role":"measure","lower":"0"}}}', 'kinder', 'table 1.alter.lower: expected number'],
  ['{"columns":{"alter":{"role":"measure","lower":0}}}', 'kinder', 'table 1.alter.upper: is missing'],
  ['{"columns":{"alter":{"role":"measure","lower":9,"upper":1}}}', 'kinder', 'must be below upper'],
  ['{"name":"k","columns":[{"name":"alter","role":"boss"}]}', 'kinder', 'k.alter.role: must be one of'],
  ['{"columns":{"alter":{"role":"dimension","domian":[1]}}}', 'kinder', 'table 1.alter.domian: there is no'],
  [
    '{"columns":[{"name":"alter","role":"hidden"},{"name":"alter","role":"hidden"}]}',
    'kinder',
    'kinder.alter: is',
  ],
  ['{"columns":5}', 'kinder', 'table 1.columns: must be a list'],
  ['no json', 'kinder', 'this is no JSON'],
  ['{"columns":{}}', 'kinder', 'table 1.columns: there are none'],
  [
    '{"columns":{"kind_id":{"role":"unit"},"baublock":{"role":"unit"}}}',
    'kinder',
    'another column has units of this type already',
  ],
  ['{"columns":{"stadtteil":{"role":"measure","lower":0,"upper":9}}}', 'kinder', 'a measure needs numbers'],
  ['{"columns":{"stadtteil":{"role":"dimension","domain":["A","A"]}}}', 'kinder', 'names a value twice'],
  ['{"columns":{"stadtteil":{"role":"dimension","domain":[1]}}}', 'kinder', 'values of another kind'],
  ['{"columns":{"alter":{"role":"measure","lower":0,"upper":1e18}}}', 'kinder', 'too large to be counted'],
  [
    '{"columns":{"alter":{"role":"measure","lower":0,"upper":9,"bins":{"origin":5,"width":1}}}}',
    'kinder',
    'must not be above lower',
  ],
  [
    '{"columns":{"name":{"role":"dimension","generalisations":[{"name":"j","kind":"calendar","to":"year"}]}}}',
    'kinder',
    'a calendar needs days',
  ],
])('the roles file %s is refused by table, column and field', async (text, name, reason) => {
  const roles = readRoles(text, [proposeRoles(await source(kinder), name)])
  expect('unusable' in roles ? roles.unusable.join('; ') : '').toContain(reason)
})

test.each([
  [
    { lower: 0, upper: 5_000, decimals: 0 },
    { origin: 0, width: 200 },
  ],
  [
    { lower: -20, upper: 50, decimals: 1 },
    { origin: -20, width: 5 },
  ],
  [
    { lower: 0, upper: 0.2, decimals: 2 },
    { origin: 0, width: 0.01 },
  ],
  [
    { lower: 0, upper: 1_000_000_000, decimals: 2 },
    { origin: 0, width: 50_000_000 },
  ],
  [
    { lower: 0, upper: 10, decimals: 0 },
    { origin: 0, width: 1 },
  ],
])('classes for medians between %j are %j', (bounds, bins) => {
  expect(binsFor(bounds)).toEqual(bins)
})

test('a label with its value below the table is a note, not a row', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `Container,Weg ${i},ja,${i}`)
  const read = await source(['art,ort,offen,n', ...rows, 'Erstellungsdatum:,2024-11-28,,'].join('\n'))
  expect([read.rows, read.findings.map((f) => f.code)]).toEqual([30, expect.arrayContaining(['footer'])])
})

test.each([
  '',
  '{',
  '[]',
  '{"columns":{"x":{"role":"boss"}}}',
  '{"columns":{"nix":{"role":"hidden"}}}',
  '{"columns":{"alter":{"role":"measure"}}}',
])('the roles file %s is refused with reasons', async (text) => {
  const roles = readRoles(text, [proposeRoles(await source(kinder), 'kinder')])
  expect('unusable' in roles && roles.unusable.length > 0).toBe(true)
})
