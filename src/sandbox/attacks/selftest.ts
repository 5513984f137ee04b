import { parseSql, requireFixpoint } from '../engine/parse.ts'
import { drawNoise, isSound } from '../engine/noise-set.ts'
import { perturbNumeric } from '../engine/numeric.ts'
import { planSql } from '../engine/plan.ts'
import { presets } from '../engine/preset.ts'
import { printPlain } from '../engine/print.ts'
import { perturbationTable, type TableParameters } from '../engine/ptable.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { chanceOf } from './simulation/chance.ts'
import { attacks, runAttacks } from './suite.ts'
import { children, heat, visits } from './target.ts'

/** One part of the self-test and what was seen. */
export type Verified = { readonly check: string; readonly held: boolean; readonly seen: string }

/** Published probabilities of one row, in the order of the noise. */
type Golden = { readonly of: TableParameters; readonly row: number; readonly p: readonly number[] }

const golden: readonly Golden[] = [
  {
    of: { D: 2, V: 1.08, js: 1, mono: [true, true, false, true] },
    row: 4,
    p: [0.07394668, 0.24421329, 0.36368007],
  },
  { of: { D: 2, V: 0.9 }, row: 1, p: [0.3625, 0.3625, 0.1875, 0.0875] },
  { of: { D: 3, V: 1 }, row: 3, p: [0.0045082, 0.05434724, 0.24203727, 0.39821459] },
  { of: { D: 5, V: 2.25, js: 2 }, row: 1, p: [0.68657437, 0.25901388, 0.0493428, 0.00482654] },
  { of: { D: 5, V: 2.25, js: 2 }, row: 8, p: [0.00104384, 0.0076676, 0.03616056, 0.10948649] },
  { of: { D: 5, V: 3, js: 2 }, row: 8, p: [0.00379186, 0.01659093, 0.05229263, 0.11873037] },
]

function tables(): Verified {
  const deviations = golden.map(({ of, row, p }) => {
    const found = perturbationTable(of).rows.find((r) => r.i === row)?.intervals ?? []
    return Math.max(...p.map((expected, i) => Math.abs((found[i]?.p ?? 1) - expected)))
  })
  const worst = Math.max(...deviations)
  return {
    check: 'perturbation tables equal the published ones',
    held: worst < 1e-7,
    seen: `${golden.length} rows, largest deviation ${worst.toExponential(1)}`,
  }
}

/** A published run of the numeric Cell Key Method: total, contributions, keys, result. */
const runs = [
  [25_000, [5_000, 3_000, 2_500], [0.1234567, 0.2345671, 0.3456712], 23_906.3445497],
  [900, [400, 300, 200], [0.05, 0.5, 0.05], 360],
  [3, [2, 1], [0.3, 0.3], 1.8],
  [1.2e6, [1e6, 5e4, 2e4], [0.42, 0.24, 0.42], 1_184_155.91899],
] as const

function totals(): Verified {
  const equality = [true, false, false]
  const table = perturbationTable({ D: 10, V: 3, step: 2, rows: [1, 5, 10], equality })
  const separate = perturbationTable({ D: 5, V: 1, step: 5, rows: [1, 3, 5], equality })
  const share = { kind: 'flex', at: 1000, small: 0.3, large: 0.03, power: 3 } as const
  const off = runs.map(([total, top, keys, expected]) => {
    const by = { table, separate, share, weights: [1, 0.5, 0.2], extra: 2 }
    return Math.abs(perturbNumeric({ total, top, keys, sensitive: false }, by).result - expected)
  })
  return {
    check: 'perturbed totals equal the published runs',
    held: Math.max(...off) < 1e-4,
    seen: `${runs.length} runs, largest deviation ${Math.max(...off).toExponential(1)}`,
  }
}

/** Questions and the closed blocks they must become. */
const plans: readonly (readonly [string, string])[] = [
  [
    'select Stadtteil, count(*) from KINDER where kita and alter_jahre in (4, 5) group by 1',
    'SELECT stadtteil, COUNT(*)\nFROM kinder\nWHERE kita IN (TRUE) AND alter_jahre IN (4, 5)\nGROUP BY stadtteil',
  ],
  [
    'WITH z AS (SELECT w.stufe s, AVG(k.ausgaben) m FROM kinder k LEFT JOIN waermekarte w USING (baublock) GROUP BY ALL) SELECT s, m * 2 FROM z',
    'SELECT waermekarte.stufe, AVG(kinder.ausgaben)\nFROM kinder\nLEFT JOIN waermekarte ON kinder.baublock = waermekarte.baublock\nGROUP BY waermekarte.stufe',
  ],
]

async function trees(): Promise<Verified> {
  const of = supposedTables([children.spec, heat.spec, visits.spec])
  let same = 0
  for (const [sql, expected] of plans) {
    await requireFixpoint(await parseSql(sql))
    const plan = await planSql(sql, of, presets.allmende)
    if (plan.blocks.map((b) => printPlain(b.query)).join(';') === expected) same++
  }
  return {
    check: 'questions become the closed blocks they must, and their trees print and parse to themselves',
    held: same === plans.length,
    seen: `${same} of ${plans.length}`,
  }
}

function drawn(): Verified {
  const sets = Array.from({ length: 20 }, (_, i) => drawNoise(chanceOf(i), 1))
  const sound = sets.filter(isSound).length
  return {
    check: 'drawn sets of noise have tables with their variance',
    held: sound === sets.length,
    seen: `${sound} of ${sets.length}`,
  }
}

/** Attacks that together go through parser, planner, vault, protection step and second engine. */
const few = [1, 3, 5, 6, 12, 14, 18, 25, 33, 43, 50, 53, 60]

async function attacked(): Promise<Verified> {
  const seen = await runAttacks(attacks.filter((a) => few.includes(a.id)))
  const failed = seen.filter((s) => s.seen !== s.required)
  return {
    check: 'attacks are met as required',
    held: failed.length === 0,
    seen:
      failed.length === 0 ? `${seen.length} of ${seen.length}` : `not ${failed.map((f) => f.id).join(', ')}`,
  }
}

/** The self-test of an installation: published tables and runs, plans, noise, some attacks. Touches no data of anybody. */
export async function verify(): Promise<Verified[]> {
  return [tables(), totals(), await trees(), drawn(), await attacked()]
}
