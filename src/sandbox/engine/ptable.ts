/** What a perturbation table is built from (names as in the literature). `step`: noise in 1/step, for magnitudes. */
export type TableParameters = {
  readonly D: number
  readonly V: number
  /** Published values 1..js are blocked. */
  readonly js?: number
  readonly pstay?: number
  /** Per row or for all: probabilities do not fall from -D up to 0. */
  readonly mono?: boolean | readonly boolean[]
  readonly step?: number
  /** Rows of a magnitude table; must contain D. Counts: 0..D+js+1 (D without js). */
  readonly rows?: readonly number[]
  /** Rows whose variance must equal V instead of staying below it. */
  readonly equality?: boolean | readonly boolean[]
}

/** One interval of a row: noise `v` for keys in [lower, upper). */
export type NoiseInterval = {
  readonly v: number
  readonly p: number
  readonly lower: number
  readonly upper: number
}

/** A perturbation table: one row per original count, the last one for all larger counts. Row 0 never changes. */
export type PerturbationTable = {
  readonly parameters: TableParameters
  readonly rows: readonly { readonly i: number; readonly intervals: readonly NoiseInterval[] }[]
}

type Group = { readonly values: readonly number[]; readonly m1: number; readonly m2: number }
type RowInput = {
  support: readonly number[]
  V: number
  equality: boolean
  mono: boolean
  pstay: number | undefined
}

/**
 * The perturbation table of maximum entropy with mean 0 and variance V (reference: Cell Key Method, two-parameter
 * exponential family). Throws RangeError where no such table exists, for example V below floor((js+1)²/4).
 */
export function perturbationTable(parameters: TableParameters): PerturbationTable {
  const { D, V, js = 0, step = 1 } = parameters
  const isWhole = Number.isInteger(D) && Number.isInteger(js) && Number.isInteger(step)
  if (!isWhole || !(D >= 1 && D <= 100) || !(V > 0) || !(js >= 0 && js < D) || !(step >= 1 && step <= 100))
    throw new RangeError('D, V, js or step is out of range')
  if (parameters.pstay !== undefined && !(parameters.pstay >= 0 && parameters.pstay < 1))
    throw new RangeError('pstay is out of range')
  if (js > 0 && V <= Math.floor((js + 1) ** 2 / 4))
    throw new RangeError('V is too small for the blocked values')
  const last = js === 0 ? D : D + js + 1
  const numbers = parameters.rows ?? Array.from({ length: last }, (_, i) => i + 1)
  const rows = numbers.map((i, index) => {
    const mono = perRow(parameters.mono, index, true)
    const equality = perRow(parameters.equality, index, false)
    const probabilities = relaxedRow({
      support: supportOf(i, D, js, step),
      V,
      equality,
      mono,
      pstay: parameters.pstay,
    })
    return { i, intervals: intervalsOf(probabilities) }
  })
  return { parameters, rows: [{ i: 0, intervals: [{ v: 0, p: 1, lower: 0, upper: 1 }] }, ...rows] }
}

/** The noise for an original value and a key in [0, 1): the first interval whose upper end lies above the key. */
export function lookUp(table: PerturbationTable, value: number, key: number): number {
  let at = table.rows.length - 1
  while (at > 0 && !((table.rows[at]?.i ?? 0) <= value)) at--
  for (const interval of table.rows[at]?.intervals ?? []) if (key < interval.upper) return interval.v
  return 0
}

function perRow(option: boolean | readonly boolean[] | undefined, index: number, fallback: boolean): boolean {
  if (option === undefined) return fallback
  return typeof option === 'boolean' ? option : (option[Math.min(index, option.length - 1)] ?? fallback)
}

function supportOf(i: number, D: number, js: number, step: number): number[] {
  const support: number[] = []
  for (let n = -D * step; n <= D * step; n++) {
    const target = i + n / step
    if (target >= 0 && !(target > 0 && target <= js)) support.push(n / step)
  }
  return support
}

/** Lowers pstay in steps of 0.05 until the variance can be met, as the method asks for. */
function relaxedRow(input: RowInput): Map<number, number> {
  const stays = input.support.includes(0) && input.pstay !== undefined && input.pstay > 0
  const most = stays ? 20 : 0
  for (let tries = 0; tries < most; tries++) {
    const pstay = (input.pstay ?? 0) - 0.05 * tries
    if (pstay <= 0) break
    const row = solveRow({ ...input, pstay })
    if (row) return row
  }
  const row = solveRow({ ...input, pstay: undefined })
  if (!row) throw new RangeError('no table has this variance')
  return row
}

function solveRow(input: RowInput): Map<number, number> | undefined {
  const free = pooled(input.support, input, input.V)
  const stay = input.pstay
  if (stay === undefined || (free && (free.get(0) ?? 0) >= stay)) return free
  const rest = pooled(
    input.support.filter((v) => v !== 0),
    input,
    input.V / (1 - stay),
  )
  if (!rest) return undefined
  const row = new Map([...rest].map(([v, p]) => [v, p * (1 - stay)]))
  return new Map(input.support.map((v) => [v, v === 0 ? stay : (row.get(v) ?? 0)]))
}

/** Solves, and pools neighbours on the left side while their probabilities fall towards zero. */
function pooled(support: readonly number[], input: RowInput, V: number): Map<number, number> | undefined {
  let groups = support.map((v) => groupOf([v]))
  for (let round = 0; round <= support.length; round++) {
    const weights = solveGroups(groups, V, input.equality)
    if (!weights) return undefined
    const worst = input.mono ? worstFall(groups, weights) : -1
    if (worst < 0)
      return new Map(groups.flatMap((g, i) => g.values.map((v) => [v, weights[i] ?? 0] as const)))
    const merged = groupOf([...(groups[worst]?.values ?? []), ...(groups[worst + 1]?.values ?? [])])
    groups = [...groups.slice(0, worst), merged, ...groups.slice(worst + 2)]
  }
  return undefined
}

function groupOf(values: readonly number[]): Group {
  const mean = (f: (v: number) => number) => values.reduce((sum, v) => sum + f(v), 0) / values.length
  return { values, m1: mean((v) => v), m2: mean((v) => v * v) }
}

/** Index of the left neighbour of the steepest fall among values up to zero, -1 if there is none. */
function worstFall(groups: readonly Group[], weights: readonly number[]): number {
  let worst = -1
  let depth = 1e-12
  for (let i = 0; i + 1 < groups.length; i++) {
    if (Math.max(...(groups[i + 1]?.values ?? [1])) > 0) break
    const fall = (weights[i] ?? 0) - (weights[i + 1] ?? 0)
    if (fall > depth) [worst, depth] = [i, fall]
  }
  return worst
}

/** Probabilities per single value of each group, or undefined where mean 0 and the variance cannot be met. */
function solveGroups(groups: readonly Group[], V: number, equality: boolean): number[] | undefined {
  if (!equality) {
    const flat = newton(groups, V, false)
    if (flat && moment(groups, flat, (g) => g.m2) <= V + 1e-12) return flat
  }
  const bound = newton(groups, V, true)
  if (!bound) return undefined
  const meets = Math.abs(moment(groups, bound, (g) => g.m2) - V) < 1e-9 * Math.max(1, V)
  return meets && Math.abs(moment(groups, bound, (g) => g.m1)) < 1e-9 ? bound : undefined
}

function moment(groups: readonly Group[], weights: readonly number[], of: (g: Group) => number): number {
  return groups.reduce((sum, g, i) => sum + of(g) * (weights[i] ?? 0) * g.values.length, 0)
}

/** Damped Newton on the convex dual ln Σ exp(a·v + b·v²) − b·V; with `withVariance` false b stays 0. */
function newton(groups: readonly Group[], V: number, withVariance: boolean): number[] | undefined {
  let a = 0
  let b = 0
  let at = dual(groups, a, b, V)
  for (let round = 0; round < 200; round++) {
    const { e1, e2, v11, v12, v22 } = at
    const [g1, g2] = [e1, withVariance ? e2 - V : 0]
    if (Math.abs(g1) < 1e-13 && Math.abs(g2) < 1e-13 * Math.max(1, V)) return at.weights
    const det = withVariance ? v11 * v22 - v12 * v12 : v11
    if (!(det > 1e-300)) return undefined
    const da = withVariance ? -(v22 * g1 - v12 * g2) / det : -g1 / v11
    const db = withVariance ? -(v11 * g2 - v12 * g1) / det : 0
    const next = lineSearch(groups, V, { a, b, da, db, value: at.value })
    if (!next) return at.weights
    ;({ a, b } = next)
    at = next.at
  }
  return at.weights
}

function lineSearch(
  groups: readonly Group[],
  V: number,
  from: { a: number; b: number; da: number; db: number; value: number },
) {
  for (let damping = 1; damping > 1e-12; damping /= 2) {
    const a = from.a + damping * from.da
    const b = from.b + damping * from.db
    const at = dual(groups, a, b, V)
    if (Number.isFinite(at.value) && at.value <= from.value + 1e-12) return { a, b, at }
  }
  return undefined
}

function dual(groups: readonly Group[], a: number, b: number, V: number) {
  const logs = groups.map((g) => a * g.m1 + b * g.m2)
  const top = Math.max(...logs)
  const raw = logs.map((l) => Math.exp(l - top))
  const total = raw.reduce((sum, w, i) => sum + w * (groups[i]?.values.length ?? 0), 0)
  const weights = raw.map((w) => w / total)
  const e = (of: (g: Group) => number) => moment(groups, weights, of)
  const [e1, e2] = [e((g) => g.m1), e((g) => g.m2)]
  return {
    weights,
    value: top + Math.log(total) - b * V,
    e1,
    e2,
    v11: e((g) => g.m1 * g.m1) - e1 * e1,
    v12: e((g) => g.m1 * g.m2) - e1 * e2,
    v22: e((g) => g.m2 * g.m2) - e2 * e2,
  }
}

function intervalsOf(probabilities: ReadonlyMap<number, number>): NoiseInterval[] {
  const round = (x: number) => Math.round(x * 1e8) / 1e8
  const entries = [...probabilities].sort(([x], [y]) => x - y)
  let sum = 0
  return entries.map(([v, p], index) => {
    const lower = round(sum)
    sum += p
    return { v, p, lower, upper: index === entries.length - 1 ? 1 : round(sum) }
  })
}
