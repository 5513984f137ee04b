import { describe, expect, it } from 'vitest'
import type { TableSpec, VaultTable } from './engine/roles.ts'
import { releaseStateAfter, remaining } from './model.ts'
import { presetOf, sqlOf, startOfDay } from './queries/model.ts'
import { checkRelease } from './releases/model.ts'
import { applyChoices, roundedSize } from './tables/model.ts'

const spec: TableSpec = {
  name: 'kinder',
  columns: [
    { name: 'id', source: 'id', type: 'text', role: 'unit', unitType: 'person' },
    { name: 'alter', source: 'Alter', type: 'integer', role: 'dimension', exact: true, generalisations: [] },
    { name: 'kilo', source: 'kilo', type: 'decimal', role: 'hidden' },
    { name: 'text', source: 'text', type: 'text', role: 'hidden' },
  ],
}

describe('roles', () => {
  it('keep hidden what the holder does not mention', () => {
    const applied = applyChoices(spec, {
      columns: [
        { name: 'id', role: 'unit', meaning: '' },
        { name: 'alter', role: 'dimension', meaning: '' },
      ],
    })
    expect('columns' in applied && !('reason' in applied) && applied.columns.map((c) => c.role)).toEqual([
      'unit',
      'dimension',
      'hidden',
      'hidden',
    ])
  })

  it('name bands by their width and show the first of them', () => {
    const applied = applyChoices(spec, {
      columns: [
        { name: 'id', role: 'unit', meaning: '' },
        { name: 'alter', role: 'dimension', meaning: '', bands: 5, exact: false },
      ],
    })
    expect(applied.columns[1]).toMatchObject({
      exact: false,
      generalisations: [{ name: 'alter_5', width: 5, label: 'alter (0–4, 5–9 …)' }],
    })
  })

  it('are refused where nothing can be asked, nobody is protected, or a text is to be added up', () => {
    const reasonFor = (columns: Parameters<typeof applyChoices>[1]['columns']) => {
      const result = applyChoices(spec, { columns })
      return 'reason' in result ? result.reason.de : ''
    }
    expect(reasonFor([{ name: 'id', role: 'unit', meaning: '' }])).toContain('Mindestens eine Spalte')
    expect(reasonFor([{ name: 'alter', role: 'dimension', meaning: '' }])).toContain('wer geschützt wird')
    expect(
      reasonFor([
        { name: 'id', role: 'unit', meaning: '' },
        { name: 'text', role: 'measure', meaning: '', lower: 0, upper: 1 },
      ]),
    ).toContain('Nur Zahlen')
    expect(
      reasonFor([
        { name: 'id', role: 'unit', meaning: '' },
        { name: 'alter', role: 'dimension', meaning: '', exact: false },
      ]),
    ).toContain('gröbere Einteilung')
  })
})

describe('the query form', () => {
  const table: VaultTable = {
    spec: {
      ...spec,
      columns: spec.columns.map((c) =>
        c.name === 'kilo' ? { ...c, role: 'measure', lower: 0, upper: 60, decimals: 1 } : c,
      ),
    },
    snapshot: 1,
    rows: 1000,
    excluded: 0,
    clamped: 0,
    onePerUnit: ['person'],
    uniqueKeys: [],
  }
  const empty = { by: '', by2: '', only: '', value: '' }

  it('writes SQL as an analyst would', () => {
    expect(sqlOf({ ...empty, measure: 'units:kinder:person', by: 'kinder.alter' }, [table])).toBe(
      'SELECT alter, COUNT(DISTINCT id) AS anzahl\nFROM kinder\nGROUP BY alter\nORDER BY 1',
    )
    expect(sqlOf({ ...empty, measure: 'avg:kinder:kinder.kilo' }, [table])).toContain('AVG(kilo)')
  })

  it('reads one value, several, and ranges with open ends', () => {
    const where = (value: string) =>
      sqlOf({ ...empty, measure: 'count:kinder', only: 'kinder.alter', value }, [table]).split('\n')[2]
    expect(where('3')).toBe('WHERE alter = 3')
    expect(where('1, 2')).toBe('WHERE alter IN (1, 2)')
    expect(where('0 bis 5')).toBe('WHERE alter BETWEEN 0 AND 5')
    expect(where('ab 3')).toBe('WHERE alter >= 3')
    expect(where('bis 3')).toBe('WHERE alter <= 3')
  })

  it('quotes what people type, so that it stays a value', () => {
    const sql = sqlOf({ ...empty, measure: 'count:kinder', only: "kinder.alter=x' OR 1=1 --" }, [table])
    expect(sql).toContain("'x'' OR 1=1 --'")
  })
})

describe('budget and levels', () => {
  it('leave the smaller of day and project, never less than nothing', () => {
    expect(remaining({ perDay: 2000, perProject: 20000, spentToday: 1990, spentInProject: 100 })).toBe(10)
    expect(remaining({ perDay: 2000, perProject: 20000, spentToday: 0, spentInProject: 20001 })).toBe(0)
  })

  it('follow the number of units the agreement settled on', () => {
    expect(presetOf('raised')).toMatchObject({ k: 10, version: 'allmende-1' })
    expect(presetOf('basic')).toMatchObject({ k: 5, effect: 10, sibling: 5, version: 'allmende-1-k5' })
    expect(presetOf('high')).toMatchObject({ k: 20, version: 'allmende-1-k20' })
  })

  it('count days from midnight in Germany', () => {
    expect(startOfDay(new Date('2026-07-01T22:30:00.250Z')).toISOString()).toBe('2026-07-01T22:00:00.000Z')
    expect(startOfDay(new Date('2026-12-01T22:30:00Z')).toISOString()).toBe('2026-11-30T23:00:00.000Z')
  })

  it('tell the size of a table, not its number of rows', () => {
    expect([99, 100, 1203, 14_499].map(roundedSize)).toEqual([null, 100, 1200, 14_000])
  })
})

describe('a release', () => {
  it('needs every affected holder and ends with one rejection', () => {
    expect(releaseStateAfter(['a', 'b'], [{ organisationId: 'a', decision: 'approve' }])).toBe('requested')
    expect(
      releaseStateAfter(
        ['a', 'b'],
        [
          { organisationId: 'b', decision: 'approve' },
          { organisationId: 'a', decision: 'approve' },
        ],
      ),
    ).toBe('approved')
    expect(releaseStateAfter(['a', 'b'], [{ organisationId: 'a', decision: 'reject' }])).toBe('rejected')
  })

  it('is put before people where new cells stand beside earlier releases, and is free where they are the same', () => {
    const input = {
      rows: 3,
      shown: 3,
      threshold: 10,
      spent: 3,
      budget: 20,
      context: 'Für die Antwort im Rat.',
      columns: 2,
      covered: true,
      keys: ['x', 'y'],
    }
    const outcome = (earlier: { releases: number; keys: Set<string> }) =>
      checkRelease({ ...input, earlier }).find((c) => c.id === 'differencing')?.outcome
    expect(outcome({ releases: 0, keys: new Set() })).toBe('passed')
    expect(outcome({ releases: 1, keys: new Set(['x', 'y']) })).toBe('passed')
    expect(outcome({ releases: 1, keys: new Set(['x']) })).toBe('review')
    const failed = checkRelease({
      ...input,
      rows: 5001,
      covered: false,
      spent: 21,
      earlier: { releases: 0, keys: new Set() },
    })
    expect(failed.filter((c) => c.outcome === 'failed').map((c) => c.id)).toEqual([
      'columns',
      'budget',
      'size',
    ])
  })
})
