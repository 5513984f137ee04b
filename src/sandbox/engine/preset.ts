/** Parameters of a perturbation table. They are secret in a real installation. */
export type NoiseTable = {
  readonly D: number
  readonly V: number
  readonly js: number
  readonly pstay?: number
}

/**
 * How totals are perturbed. `flattened`: the largest contributions are cut to the size of the next, then noise in
 * units of a typical one. `cell-key`: noise in units of each of the largest contributions (see `numeric.ts`).
 */
export type TotalNoise =
  | { readonly method: 'flattened'; readonly table: NoiseTable }
  | {
      readonly method: 'cell-key'
      readonly table: NoiseTable & { readonly step: number; readonly rows: readonly number[] }
      /** Share of a contribution that one unit of noise stands for, and its weight for the 1st, 2nd … contribution. */
      readonly share: number
      readonly weights: readonly number[]
    }

/** A level of protection. Lengths are counts of units or cells; `version` is written to every release. */
export type Preset = {
  readonly name: string
  readonly version: string
  /** Fewest units a shown figure may stand for. */
  readonly k: number
  /** Standard deviation of the noisy threshold above k; 0 makes it exact. */
  readonly thresholdSd: number
  /** Noise of counts by the Cell Key Method; null: counts are rounded only. */
  readonly counts: NoiseTable | null
  readonly sums: TotalNoise
  /** Counts are shown as multiples of this. */
  readonly rounding: 1 | 3 | 5 | 10
  /** p% rule: a sum is protected if the others do not hide the largest contribution to p per cent. */
  readonly p: number
  /** (n,k) rule: a sum is protected if its n largest contributions exceed this share; null switches it off. */
  readonly dominance: { readonly n: number; readonly share: number } | null
  /** Fewest degrees of freedom of a variance or correlation: units less the parameters estimated. */
  readonly dof: number
  /** A condition that leaves out fewer units than this in a cell (but not none) protects the cell. */
  readonly effect: number
  /** A cell that differs from its parent by fewer units than this (but not none) is protected. */
  readonly sibling: number
  readonly maxDimensions: number
  readonly maxCells: number
  readonly maxConditions: number
  readonly maxValues: number
  readonly cellsPerProject: number
  readonly cellsPerDay: number
  /**
   * A table gives out one new cell per so many of its units, but `cellsAtLeast` in any case. Two and a half times `k`: about
   * as many cells as the finest table has whose cells all reach k, so that a campaign tells no more than such a table.
   */
  readonly unitsPerCell: number
  readonly cellsAtLeast: number
  /** Different ways in which the same set of units may be split up. */
  readonly partitions: number
  /** Refuse when more than this share of the non-empty cells is protected and there are at least 20. */
  readonly sparsity: number
}

const allmende: Preset = {
  name: 'Allmende',
  version: 'allmende-1',
  k: 10,
  thresholdSd: 1,
  counts: { D: 5, V: 2.25, js: 2 },
  sums: { method: 'flattened', table: { D: 5, V: 2.25, js: 0 } },
  rounding: 5,
  p: 10,
  dominance: null,
  dof: 10,
  effect: 20,
  sibling: 10,
  maxDimensions: 6,
  maxCells: 10_000,
  maxConditions: 5,
  maxValues: 50,
  cellsPerProject: 20_000,
  cellsPerDay: 2_000,
  unitsPerCell: 25,
  cellsAtLeast: 10,
  partitions: 20,
  sparsity: 1,
}

/** As a census office would: Cell Key Method for counts and totals, no rounding, p% rule. Parameters are an example. */
const destatis: Preset = {
  ...allmende,
  name: 'Destatis-like',
  version: 'destatis-2',
  k: 3,
  thresholdSd: 0,
  sums: {
    method: 'cell-key',
    table: { D: 10, V: 3, js: 0, step: 2, rows: [1, 5, 10] },
    share: 0.2,
    weights: [1, 0.5, 0.2],
  },
  effect: 6,
  sibling: 3,
  rounding: 1,
  unitsPerCell: 8,
}

/** As a research data centre: exact smallest number, (2, 85 %) and p% rule, counts to multiples of three. */
const rdc: Preset = {
  ...allmende,
  name: 'RDC',
  version: 'rdc-2',
  k: 5,
  thresholdSd: 0,
  effect: 10,
  sibling: 5,
  unitsPerCell: 13,
  rounding: 3,
  dominance: { n: 2, share: 0.85 },
}

/** Counts up to 7 are redacted, the others rounded to the nearest 5, without noise; at most 5000 rows. */
const opensafely: Preset = {
  ...allmende,
  name: 'OpenSAFELY',
  version: 'opensafely-2',
  k: 8,
  thresholdSd: 0,
  counts: null,
  effect: 16,
  sibling: 8,
  unitsPerCell: 20,
  maxCells: 5_000,
}

/** Threshold 10, (2, 90 %) rule, p ratio 0.10, 10 degrees of freedom, counts to the nearest 5, without noise. */
const acro: Preset = {
  ...allmende,
  name: 'ACRO',
  version: 'acro-2',
  thresholdSd: 0,
  counts: null,
  dominance: { n: 2, share: 0.9 },
}

/** Rows that are taken for one unit where a table has several rows per unit: its budget is not to grow with them. */
const rowsPerUnit = 10

/** How many cells a table may give out in one workspace in all, so that there are never enough to solve for its units. */
export function cellsOf(
  table: { readonly rows: number; readonly onePerUnit: readonly string[] } | undefined,
  preset: Preset,
): number {
  const units = (table?.rows ?? 0) / (table?.onePerUnit.length ? 1 : rowsPerUnit)
  return Math.min(
    preset.cellsPerProject,
    Math.max(preset.cellsAtLeast, Math.floor(units / preset.unitsPerCell)),
  )
}

/** Named levels of protection; `allmende` is the default. They are examples: an installation may bring its own. */
export const presets = { allmende, destatis, rdc, opensafely, acro } as const satisfies Record<string, Preset>

/** Name of a built-in level of protection. */
export type PresetName = keyof typeof presets
