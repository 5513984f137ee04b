import { describe, expect, test } from 'vitest'
import { children, heat, visits } from '../attacks/target.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { explain } from './explain.ts'
import { sqlOfForm } from './form-sql.ts'
import { formChoices, type QueryForm } from './form.ts'
import { presets } from './preset.ts'

const withBins = {
  ...children.spec,
  columns: children.spec.columns.map((c) =>
    c.role === 'measure' ? { ...c, bins: { origin: 0, width: 50 } } : c,
  ),
}
const tables = supposedTables([withBins, heat.spec, visits.spec]).map((t) =>
  t.spec.name === 'besuche' ? { ...t, onePerUnit: [] } : t,
)
const room = { tables, preset: presets.allmende }

describe('query form', () => {
  test('offers measures and dimensions of a table and of what can be joined to it, nothing hidden', () => {
    const choices = formChoices(tables).find((c) => c.table === 'kinder')
    expect(choices?.units).toEqual(['person', 'household'])
    expect(choices?.measures.map((m) => m.value)).toEqual(['kinder.ausgaben', 'waermekarte.temp'])
    expect(choices?.dimensions.map((d) => d.value)).toEqual([
      'kinder.stadtteil',
      'kinder.alter_jahre',
      'kinder.alter_3',
      'kinder.geburtsjahr',
      'kinder.kita',
      'waermekarte.stufe',
    ])
    expect(formChoices(tables).map((c) => c.table)).not.toContain('waermekarte')
  })

  test('writes SQL that a person can read', () => {
    const form: QueryForm = {
      table: 'kinder',
      figures: [{ kind: 'rows' }, { kind: 'mean', column: 'kinder.ausgaben' }],
      by: ['kinder.stadtteil'],
      only: [{ column: 'kinder.alter_jahre', from: 0, to: 5 }],
    }
    expect(sqlOfForm(form, tables)).toBe(
      [
        'SELECT stadtteil, COUNT(*) AS anzahl, AVG(ausgaben) AS mittel_ausgaben',
        'FROM kinder',
        'WHERE alter_jahre BETWEEN 0 AND 5',
        'GROUP BY stadtteil',
        'ORDER BY 1',
      ].join('\n'),
    )
  })

  test('joins the second table on the shared key', () => {
    const form: QueryForm = {
      table: 'kinder',
      figures: [{ kind: 'units', unitType: 'person' }],
      by: ['kinder.stadtteil', 'waermekarte.stufe'],
      only: [{ column: 'waermekarte.stufe', values: ['heiß'] }],
    }
    expect(sqlOfForm(form, tables)).toContain('JOIN waermekarte ON kinder.baublock = waermekarte.baublock')
  })

  test('offers medians only of measures with bins where each unit has one row, deviations where squares fit', () => {
    const [kinder, besuche] = ['kinder', 'besuche'].map((name) =>
      formChoices(tables).find((c) => c.table === name),
    )
    const names = (columns: readonly { value: string }[] | undefined) => columns?.map((c) => c.value)
    expect(names(kinder?.medians)).toEqual(['kinder.ausgaben'])
    expect(names(besuche?.medians)).toEqual([])
    expect(names(kinder?.spreads)).toEqual(['kinder.ausgaben', 'waermekarte.temp'])
    const wide = tables.map((t) => ({
      ...t,
      spec: {
        ...t.spec,
        columns: t.spec.columns.map((c) => (c.role === 'measure' ? { ...c, upper: 1e12 } : c)),
      },
    }))
    expect(formChoices(wide).flatMap((c) => c.spreads)).toEqual([])
  })

  const figures: QueryForm['figures'] = [
    { kind: 'median', column: 'kinder.ausgaben' },
    { kind: 'deviation', column: 'kinder.ausgaben' },
    { kind: 'relation', column: 'kinder.ausgaben', other: 'waermekarte.temp' },
    { kind: 'distinct', column: 'kinder.kita' },
  ]
  test('writes medians, deviations, correlations and numbers of different values as SQL has them', () => {
    const sql = (figure: QueryForm['figures'][number]) =>
      sqlOfForm({ table: 'kinder', figures: [figure], by: [], only: [] }, tables).split('\n')[0]
    expect(figures.map(sql)).toEqual([
      'SELECT median(ausgaben) AS median_ausgaben',
      'SELECT stddev_samp(ausgaben) AS streuung_ausgaben',
      'SELECT corr(kinder.ausgaben, waermekarte.temp) AS korrelation_ausgaben_temp',
      'SELECT COUNT(DISTINCT kita) AS verschiedene_kita',
    ])
  })

  test.each<QueryForm>([
    ...figures.map((figure) => ({
      table: 'kinder',
      figures: [figure],
      by: ['kinder.stadtteil'],
      only: [],
    })),
    { table: 'kinder', figures: [{ kind: 'rows' }], by: [], only: [] },
    {
      table: 'kinder',
      figures: [{ kind: 'sum', column: 'waermekarte.temp' }],
      by: ['waermekarte.stufe'],
      only: [],
    },
    { table: 'kinder', figures: [{ kind: 'units', unitType: 'household' }], by: ['kinder.kita'], only: [] },
    {
      table: 'kinder',
      figures: [{ kind: 'rows' }],
      by: ['kinder.alter_3'],
      only: [{ column: 'kinder.kita', values: [true] }],
    },
    {
      table: 'kinder',
      figures: [{ kind: 'rows' }],
      by: [],
      only: [{ column: 'kinder.alter_jahre', from: null, to: 2 }],
    },
    {
      table: 'besuche',
      figures: [{ kind: 'sum', column: 'kosten' }],
      by: ['praxis'],
      only: [{ column: 'praxis', values: ["O'Neill", 'Park'] }],
    },
  ])('what it writes is admissible: %j', async (form) => {
    const explained = await explain({ sql: sqlOfForm(form, tables), room })
    expect([explained.admissible, explained.refusal]).toEqual([true, undefined])
  })

  test('a forged form cannot say more than SQL can: it is refused by name', async () => {
    const forged: QueryForm = {
      table: 'kinder',
      figures: [{ kind: 'sum', column: 'kinder.name' }],
      by: ['kinder.x"; DROP TABLE kinder; --'],
      only: [{ column: 'kinder.name', values: ["' OR '1'='1"] }],
    }
    expect((await explain({ sql: sqlOfForm(forged, tables), room })).admissible).toBe(false)
  })
})

describe('dry run', () => {
  test('tells cells at most, what is left and the inner SQL', async () => {
    const sql =
      'SELECT stadtteil, stufe, COUNT(*), AVG(temp) FROM kinder JOIN waermekarte USING (baublock) GROUP BY ALL ORDER BY 1'
    const explained = await explain({ sql, room, ledger: { remaining: 188 } })
    expect(explained).toMatchObject({
      admissible: true,
      cellsAtMost: 20,
      remaining: 188,
      outer: true,
      tables: ['kinder', 'waermekarte'],
    })
    expect(explained.inner[0]).toContain('GROUP BY kinder.stadtteil, waermekarte.stufe')
  })

  test('more registered cells than the preset allows are refused without touching data', async () => {
    const explained = await explain({
      sql: 'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY 1',
      room: { ...room, preset: { ...presets.allmende, maxCells: 4 } },
    })
    expect(explained.refusal).toEqual({ code: 'too-many-cells', limit: 4 })
  })
})
