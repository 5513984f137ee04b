import { DuckDBInstance } from '@duckdb/node-api'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { writeCsv } from './files/csv.ts'
import { writeParquet } from './files/parquet.ts'
import { answerForm, draftOf, valuesOf } from './drafting/form.ts'
import {
  joinKey,
  lines,
  nameKeyOf,
  paragraphs,
  readTable,
  shareKind,
  readingMinutes,
  type AnswerTable,
} from './model.ts'

const column = (name: string, kind: 'dimension' | 'count' | 'mean', band: number | null = null) => ({
  name,
  kind,
  label: name,
  unit: null,
  band,
})
const table: Pick<AnswerTable, 'columns' | 'rows'> = {
  columns: [
    column('stadtteil', 'dimension'),
    column('alter', 'dimension', 5),
    column('kinder', 'count'),
    column('gewicht', 'mean'),
  ],
  rows: [
    ['Altstadt', 0, 120, 14.5],
    ['=HYPERLINK("x")', 5, null, null],
    ['Hafen, "neu"', 5, 35, 16],
  ],
}

it('exports protected figures as empty with a status, never as zero, and defuses formulas', () => {
  expect(writeCsv(table).split('\r\n')).toEqual([
    'stadtteil,alter,kinder,kinder_status,gewicht,gewicht_status',
    'Altstadt,0,120,ok,14.5,ok',
    `"'=HYPERLINK(""x"")",5,,protected,,protected`,
    '"Hafen, ""neu""",5,35,ok,16,ok',
    '',
  ])
})

it('writes Parquet with types that another engine reads back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'answers-'))
  const path = join(folder, 'x.parquet')
  await writeFile(path, await writeParquet(table))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(`select * from '${path}'`)
  expect(reader.columnNames()).toEqual([
    'stadtteil',
    'alter',
    'kinder',
    'kinder_status',
    'gewicht',
    'gewicht_status',
  ])
  expect(reader.columnTypes().map(String)).toEqual([
    'VARCHAR',
    'BIGINT',
    'BIGINT',
    'VARCHAR',
    'DOUBLE',
    'VARCHAR',
  ])
  expect(reader.getRowsJson()[1]).toEqual(['=HYPERLINK("x")', '5', null, 'protected', null, 'protected'])
  connection.closeSync()
  instance.closeSync()
  await rm(folder, { recursive: true })
})

it('names rows by the chosen column first, with the bands of the others', () => {
  expect(readTable(table, 'stadtteil', 'kinder')[0]).toEqual({ label: 'Altstadt, 0 – 4', value: 120 })
  expect(readTable(table, 'stadtteil', 'kinder')[1]?.value).toBeNull()
  expect(readTable(table, 'stadtteil', 'gibt es nicht')).toEqual([])
})

it('tells percent, fractions and plain figures apart', () => {
  const of = (
    name: string,
    kind: 'mean' | 'count',
    values: (number | null)[],
    unit: string | null = null,
  ) => {
    const columns = [column('ort', 'dimension'), { ...column(name, kind), unit }]
    return shareKind({ columns, rows: values.map((value) => ['x', value]) }, name)
  }
  expect(of('anteil_heiss', 'mean', [70, null, 12])).toBe('percent')
  expect(of('Anteil', 'mean', [0.7, 0.12])).toBe('fraction')
  expect(of('wert', 'mean', [0.5], '%')).toBe('percent')
  expect(of('anteil', 'count', [70])).toBeUndefined()
  expect(of('anteil', 'mean', [3], 'Grad')).toBeUndefined()
  expect(of('gewicht', 'mean', [14])).toBeUndefined()
})

it('joins a map by the property that fits most rows', () => {
  const feature = (properties: Record<string, unknown>) => ({
    type: 'Feature' as const,
    geometry: null,
    properties,
  })
  const geo = {
    type: 'FeatureCollection' as const,
    features: [
      feature({ nr: 1, name: 'Altstadt', code: 'ALT' }),
      feature({ nr: 2, name: 'Hafen', code: 'HAF' }),
    ],
  }
  expect(joinKey(geo, ['ALT', 'HAF'])).toEqual({ idKey: 'code', share: 1 })
  expect(joinKey(geo, ['Altstadt', 'Nirgends'])).toEqual({ idKey: 'name', share: 0.5 })
  expect(joinKey(geo, [])).toEqual({ idKey: '', share: 0 })
  expect(nameKeyOf(geo, 'code')).toBe('name')
})

it('reads paragraphs, lists and reading time from plain text', () => {
  expect(paragraphs('Eins\r\n\r\nZwei\nweiter\n\n\n')).toEqual(['Eins', 'Zwei\nweiter'])
  expect(lines('- Eins\n\n• Zwei\nDrei')).toEqual(['Eins', 'Zwei', 'Drei'])
  expect(readingMinutes({ lead: '', finding: 'wort '.repeat(790), method: '', limits: [] })).toBe(4)
})

it('keeps a draft the same through the form and back', () => {
  const typed = {
    title: 'Ein Befund in einem Satz',
    lead: '',
    finding: 'Ein Text mit mehr als zwanzig Zeichen.',
    method: 'So.',
    limits: '- Eins\n- Zwei',
    facts: '2 160 | Kinder in heißen Straßen',
    releaseIds: 'r-1',
    chartTitle: 'Kinder',
    chartNote: '',
    chartLabel: 'r-1:stadtteil',
    chartValue: 'r-1:kinder:alle',
    licence: 'cc-zero',
  }
  const draft = draftOf(answerForm.parse(typed), null)
  expect(draft).toMatchObject({
    limits: ['Eins', 'Zwei'],
    facts: [{ value: '2 160' }],
    chart: { value: 'kinder:alle' },
    map: null,
  })
  expect(draftOf(answerForm.parse(valuesOf(draft)), null)).toEqual(draft)
})

it('refuses half a chart, a chart over two tables and broken key figures', () => {
  const base = {
    title: 'Ein Befund in einem Satz',
    finding: 'Ein Text mit mehr als zwanzig Zeichen.',
    releaseIds: 'r-1',
  }
  const fails = (change: object) => answerForm.safeParse({ ...base, ...change }).success === false
  expect(fails({})).toBe(false)
  expect(fails({ chartValue: 'r-1:kinder' })).toBe(true)
  expect(fails({ chartTitle: 'Kinder', chartLabel: 'r-2:stadtteil', chartValue: 'r-1:kinder' })).toBe(true)
  expect(fails({ mapEntry: 'e-1' })).toBe(true)
  expect(fails({ facts: 'ohne Strich' })).toBe(true)
  expect(fails({ facts: 'a | bcd\n'.repeat(5) })).toBe(true)
  expect(fails({ releaseIds: [] })).toBe(true)
})
