/** Parameters of a perturbation table. They are secret in a real installation. */
export type NoiseTable = {
  readonly D: number
  readonly V: number
  readonly js: number
  readonly pstay?: number
}

/** A level of protection. Lengths are counts of units or cells; `version` is written to every release. */
export type Preset = {
  readonly name: string
  readonly version: string
  /** Fewest units a shown figure may stand for. */
  readonly k: number
  /** Standard deviation of the noisy threshold above k; 0 makes it exact. */
  readonly thresholdSd: number
  readonly counts: NoiseTable
  readonly sums: NoiseTable
  /** Counts are shown as multiples of this. */
  readonly rounding: 1 | 3 | 5 | 10
  /** p% rule: a sum is protected if the others do not hide the largest contribution to p per cent. */
  readonly p: number
  /** (n,k) rule: a sum is protected if its n largest contributions exceed this share; null switches it off. */
  readonly dominance: { readonly n: number; readonly share: number } | null
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
  sums: { D: 5, V: 2.25, js: 0 },
  rounding: 5,
  p: 10,
  dominance: null,
  effect: 20,
  sibling: 10,
  maxDimensions: 6,
  maxCells: 10_000,
  maxConditions: 5,
  maxValues: 50,
  cellsPerProject: 20_000,
  cellsPerDay: 2_000,
  partitions: 20,
  sparsity: 1,
}

/** Named levels of protection; `allmende` is the default. They are examples: an installation may bring its own. */
export const presets = {
  allmende,
  destatis: {
    ...allmende,
    name: 'Destatis-like',
    version: 'destatis-1',
    k: 3,
    effect: 6,
    sibling: 3,
    rounding: 1,
  },
  rdc: {
    ...allmende,
    name: 'RDC',
    version: 'rdc-1',
    k: 5,
    effect: 10,
    sibling: 5,
    rounding: 3,
    dominance: { n: 2, share: 0.85 },
  },
  opensafely: { ...allmende, name: 'OpenSAFELY', version: 'opensafely-1', k: 8, effect: 16, sibling: 8 },
  acro: { ...allmende, name: 'ACRO', version: 'acro-1', dominance: { n: 2, share: 0.9 } },
} as const satisfies Record<string, Preset>

/** Name of a built-in level of protection. */
export type PresetName = keyof typeof presets
