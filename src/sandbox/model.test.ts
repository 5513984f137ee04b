import { describe, expect, it } from 'vitest'
import type { TableSpec, VaultTable } from './engine/roles.ts'
import { isGreen, reportOf, type AuditInput } from './audit/model.ts'
import type { ProtectedResult } from './engine/result.ts'
import { releaseStateAfter, remaining, type DecisionWord } from './model.ts'
import { presetOf } from './protection/model.ts'
import { sqlOf } from './queries/model.ts'
import { redact } from './releases/model.ts'
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

  it('register classes for medians from the lower bound on', () => {
    const applied = applyChoices(spec, {
      columns: [
        { name: 'id', role: 'unit', meaning: '' },
        { name: 'kilo', role: 'measure', meaning: '', lower: 2, upper: 60, decimals: 1, bins: 5 },
      ],
    })
    expect(applied.columns[2]).toMatchObject({ role: 'measure', bins: { origin: 2, width: 5 } })
    if ('reason' in applied) throw new Error(applied.reason.en)
    const lower = applyChoices(applied, {
      columns: [
        { name: 'id', role: 'unit', meaning: '' },
        { name: 'kilo', role: 'measure', meaning: '', lower: -4, upper: 60, decimals: 1, bins: 5 },
      ],
    })
    // The same classes, and none that begins above the smallest value there may be.
    expect('columns' in lower && lower.columns[2]).toMatchObject({ bins: { origin: -8, width: 5 } })
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
      'SELECT alter, COUNT(DISTINCT id) AS personen\nFROM kinder\nGROUP BY alter\nORDER BY 1',
    )
    expect(sqlOf({ ...empty, measure: 'avg:kinder:kinder.kilo' }, [table])).toContain('AVG(kilo)')
  })

  it('writes the figures that need more than a count', () => {
    const first = (measure: string) => sqlOf({ ...empty, measure }, [table]).split('\n')[0]
    expect(first('median:kinder:kinder.kilo')).toBe('SELECT median(kilo) AS median_kilo')
    expect(first('corr:kinder:kinder.kilo~kinder.alter')).toContain('corr(kilo, alter)')
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

  it('tell the size of a table, not its number of rows', () => {
    expect([99, 100, 1203, 14_499].map(roundedSize)).toEqual([null, 100, 1200, 14_000])
  })
})

describe('a release', () => {
  const word = (organisationId: string, decision: DecisionWord, round = 1) => ({
    organisationId,
    decision,
    round,
  })
  const after = (...words: ReturnType<typeof word>[]) => releaseStateAfter(['a', 'b'], 1, words)

  it('needs every affected holder, ends with one rejection and comes back with one wish', () => {
    expect(after(word('a', 'approve'))).toBe('requested')
    expect(after(word('b', 'approve'), word('a', 'approve'))).toBe('approved')
    expect(after(word('a', 'approve'), word('b', 'reject'))).toBe('rejected')
    expect(after(word('a', 'approve'), word('b', 'changes'))).toBe('changes')
  })

  it('forgets a yes that was taken back, and words about an earlier version', () => {
    expect(after(word('a', 'approve'), word('a', 'revoke'), word('b', 'approve'))).toBe('requested')
    const second = [word('a', 'approve'), word('b', 'changes'), word('b', 'approve', 2)]
    expect(releaseStateAfter(['a', 'b'], 2, second)).toBe('requested')
    expect(releaseStateAfter(['a', 'b'], 2, [...second, word('a', 'approve', 2)])).toBe('approved')
  })
})

describe('the automatic report', () => {
  const result: ProtectedResult = {
    columns: [
      { name: 'stadtteil', kind: 'dimension' },
      { name: 'kinder', kind: 'count' },
      { name: 'anteil', kind: 'derived' },
    ],
    rows: [
      ['Hafen', 30, 0.5],
      ['Nord', 20, null],
    ],
    noise: [[], []],
    shown: 3,
    hidden: 1,
    truncated: false,
  }
  const input: AuditInput = {
    result,
    sql: 'SELECT …',
    context: 'Für die Antwort im Rat.',
    preset: presetOf('raised'),
    computedWith: presetOf('raised').version,
    spent: 3,
    budget: 20,
    covered: true,
    differences: { releases: 0, close: 0, rests: 0, unknown: 0, fresh: 2 },
  }
  const outcomes = (change: Partial<AuditInput>) =>
    reportOf({ ...input, ...change })
      .filter((check) => check.outcome !== 'passed')
      .map((check) => `${check.id} ${check.outcome}`)
  const table = (change: Partial<ProtectedResult>) => ({ result: { ...result, ...change } })

  it('is green for a small rounded table with counts', () => {
    expect(outcomes({})).toEqual([])
    expect(isGreen(reportOf(input))).toBe(true)
  })

  it('blocks nested sets, and puts rests and lost unit sets before people', () => {
    const { differences } = input
    expect(outcomes({ differences: { ...differences, releases: 1, close: 1 } })).toEqual([
      'differencing failed',
    ])
    expect(outcomes({ differences: { ...differences, releases: 1, rests: 1 } })).toEqual([
      'differencing review',
    ])
    expect(outcomes({ differences: { ...differences, releases: 1, unknown: 1 } })).toEqual([
      'differencing review',
    ])
    expect(outcomes({ differences: { ...differences, releases: 1, unknown: 1, fresh: 0 } })).toEqual([])
  })

  it('finds what output checkers reject most', () => {
    expect(outcomes(table({ rows: [['Hafen', 31, 0.5]] }))).toEqual(['rounding failed'])
    expect(outcomes(table({ rows: [['Hafen', null, 0.5]] }))).toEqual(['redaction review'])
    const shares = {
      columns: [result.columns[0]!, result.columns[2]!],
      rows: [['Hafen', 0.5]],
      noise: [[]],
    }
    expect(outcomes(table(shares))).toEqual(['underlying review'])
    expect(outcomes({ sql: 'SELECT regr_slope(a, b) FROM c' })).toEqual(['freedom review'])
    expect(outcomes({ computedWith: 'allmende-0' })).toEqual(['threshold failed'])
    expect(outcomes({ covered: false, spent: 21, context: '', ...table({ shown: 0 }) })).toEqual([
      'columns failed',
      'budget failed',
      'context failed',
      'size failed',
    ])
  })

  it('loses a blanked figure and keeps what names the row', () => {
    const left = redact(result, [
      { row: 0, column: 1 },
      { row: 0, column: 0 },
    ])
    expect(left.rows[0]).toEqual(['Hafen', null, 0.5])
    expect(left.shown).toBe(2)
  })
})
