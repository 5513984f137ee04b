import type { TableSpec, UnitType } from '../src/sandbox/engine/roles.ts'
import type { SourceRow } from '../src/sandbox/vault/contract.ts'

/** Numbers in [0, 1) that are the same in every run. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Small numbers much more often than large ones. */
const skewed = (draw: () => number, below: number) => Math.floor(below * draw() ** 3)

const dimension = { role: 'dimension', exact: true, generalisations: [] } as const

/** A table for tests with the unit types of which it has one row per unit. */
export type TestTable = {
  readonly spec: TableSpec
  readonly rows: readonly SourceRow[]
  readonly onePerUnit: readonly UnitType[]
  readonly uniqueKeys: readonly string[]
}

const people: TableSpec = {
  name: 'leute',
  columns: [
    { name: 'person_id', source: 'P', type: 'text', role: 'unit', unitType: 'person' },
    { name: 'haushalt_id', source: 'H', type: 'text', role: 'unit', unitType: 'household' },
    { name: 'bezirk', source: 'B', type: 'text', ...dimension },
    { name: 'quartier', source: 'Q', type: 'text', ...dimension, key: 'quartier' },
    {
      name: 'alter_jahre',
      source: 'A',
      type: 'integer',
      ...dimension,
      edges: { origin: 0, width: 5 },
      generalisations: [{ name: 'alter_20', kind: 'bands', width: 20, origin: 0 }],
    },
    { name: 'beruf', source: 'J', type: 'text', ...dimension },
    { name: 'mitglied', source: 'M', type: 'boolean', ...dimension },
    {
      name: 'seit',
      source: 'D',
      type: 'date',
      role: 'dimension',
      exact: false,
      generalisations: [
        { name: 'seit_quartal', kind: 'calendar', to: 'quarter' },
        { name: 'seit_jahr', kind: 'calendar', to: 'year' },
      ],
    },
    { name: 'lohn', source: 'L', type: 'decimal', role: 'measure', lower: 0, upper: 9_000, decimals: 2 },
    { name: 'saldo', source: 'S', type: 'decimal', role: 'measure', lower: -500, upper: 500, decimals: 1 },
  ],
}

const jobs = ['Ärztin', 'ärztin', 'Bäcker', 'bäcker', 'Koch', 'Lehrer', 'Gärtnerin']

/** Few people in most cells; quarters lie in districts; some values are missing; texts differ in case and accents only. */
function peopleRows(): SourceRow[] {
  const draw = draws(7)
  return Array.from({ length: 3_000 }, (_, i): SourceRow => {
    const quarter = skewed(draw, 14)
    const age = Math.floor(draw() * 90)
    const job = skewed(draw, jobs.length + 1)
    const day = `20${10 + skewed(draw, 8)}-0${1 + Math.floor(draw() * 9)}-11`
    const wage = draw() < 0.3 ? null : draw() < 0.2 ? 0 : Math.round(draw() ** 4 * 900_000) / 100
    const balance = draw() < 0.1 ? null : Math.round((draw() - 0.6) * 200) * 5
    return [
      `p${i}`,
      `h${Math.floor(i / (1 + (i % 3)))}`,
      `B${quarter % 4}`,
      `Q${quarter}`,
      age,
      jobs[job] ?? null,
      draw() < 0.03 ? null : draw() < 0.96,
      day,
      wage,
      balance,
    ]
  })
}

const areas: TableSpec = {
  name: 'gebiete',
  columns: [
    { name: 'quartier', source: 'Q', type: 'text', role: 'key', key: 'quartier' },
    { name: 'lage', source: 'L', type: 'text', ...dimension },
    { name: 'laerm', source: 'D', type: 'integer', role: 'measure', lower: 0, upper: 100, decimals: 0 },
  ],
}

const visits: TableSpec = {
  name: 'termine',
  columns: [
    { name: 'person_id', source: 'P', type: 'text', role: 'unit', unitType: 'person' },
    { name: 'amt', source: 'A', type: 'text', ...dimension },
    { name: 'jahr', source: 'J', type: 'integer', ...dimension },
    { name: 'minuten', source: 'M', type: 'integer', role: 'measure', lower: -60, upper: 240, decimals: 0 },
    { name: 'gebuehr', source: 'G', type: 'integer', role: 'measure', lower: 0, upper: 90, decimals: 0 },
  ],
}

function visitRows(): SourceRow[] {
  const draw = draws(11)
  return Array.from({ length: 5_000 }, (): SourceRow => [
    `p${skewed(draw, 3_000)}`,
    `Amt ${skewed(draw, 9)}`,
    2020 + skewed(draw, 5),
    draw() < 0.1 ? null : Math.floor(draw() * 300) - 60,
    1 + Math.floor(draw() * 40),
  ])
}

/** Tables in which every check of the protection finds something to do. */
export const skewedTown: readonly TestTable[] = [
  { spec: people, rows: peopleRows(), onePerUnit: ['person'], uniqueKeys: [] },
  {
    spec: areas,
    rows: Array.from({ length: 12 }, (_, i): SourceRow => [
      `Q${i}`,
      ['laut', 'still'][i % 2] ?? '',
      30 + i * 4,
    ]),
    onePerUnit: [],
    uniqueKeys: ['quartier'],
  },
  { spec: visits, rows: visitRows(), onePerUnit: [], uniqueKeys: [] },
]

const splits = ['bezirk', 'quartier', 'alter_20', 'beruf', 'mitglied', 'seit_jahr', 'seit_quartal']
const conditions = [
  'mitglied',
  "bezirk IN ('B0', 'B1')",
  "quartier IN ('Q0', 'Q1', 'Q4', 'Q5')",
  'alter_jahre BETWEEN 20 AND 64',
  'alter_jahre < 75',
  'alter_20 IN (20, 40, 60)',
  "beruf IN ('Ärztin', 'Bäcker', 'Koch')",
  'seit_jahr IN (2010, 2011, 2012)',
  "seit_quartal >= '2010-04-01'",
]
const figures = [
  'COUNT(*)',
  'COUNT(DISTINCT haushalt_id)',
  'COUNT(*), SUM(lohn)',
  'AVG(lohn), COUNT(lohn)',
  'SUM(saldo), AVG(saldo)',
  'STDDEV(lohn), SUM(lohn), SUM(saldo)',
]

/** Questions with changing splits, conditions and figures. */
export function skewedQuestions(count: number): string[] {
  const draw = draws(23)
  const some = (of: readonly string[], most: number) =>
    of
      .map((word) => ({ word, at: draw() }))
      .toSorted((a, b) => a.at - b.at)
      .slice(0, Math.floor(draw() * (most + 1)))
      .map(({ word }) => word)
  return Array.from({ length: count }, (_, i) => {
    const by = some(splits, 2)
    const where = some(conditions, 3)
    const filtered = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''
    const grouped = by.length > 0 ? ` GROUP BY ${by.join(', ')}` : ''
    return `SELECT ${[...by, figures[i % figures.length] ?? ''].join(', ')} FROM leute${filtered}${grouped}`
  })
}
