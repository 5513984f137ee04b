import type { RelationKind, SpreadKind } from './inner.ts'
import type { Refusal } from './refusal.ts'
import type { UnitType, VaultTable } from './roles.ts'
import type { Preset } from './preset.ts'

/** One cell of a protected row. In a column that is no dimension, null means: protected (or empty; they look the same). */
export type Cell = string | number | boolean | null

/** A column of a result. `band`: values are lower edges of bands this wide. `derived`: computed from protected figures. */
export type ResultColumn = {
  readonly name: string
  readonly kind: 'dimension' | 'count' | 'sum' | 'mean' | 'derived'
  readonly label?: string
  readonly unit?: string
  readonly band?: number
  readonly of?: FigureOf
}

/** What a figure says: what was computed of which column (its name, what the holder calls it, its unit of measure). */
export type FigureOf = {
  readonly figure:
    'rows' | 'units' | 'values' | 'sum' | 'mean' | 'quantile' | 'others' | SpreadKind | RelationKind
  readonly column?: string
  readonly label?: string
  readonly unit?: string
  /** The second measure of a relation. */
  readonly with?: string
  readonly unitType?: UnitType
  readonly at?: number
}

/** How much the noise matters for a figure, never how much noise there is. */
export type NoiseClass = 'fine' | 'usable' | 'rough'

/**
 * Protected rows. `shown`: figures given. `hidden`: figures protected or empty, only known where every dimension
 * has a registered domain, else null. `noise`: one class per row and column, null for dimensions and protected cells.
 */
export type ProtectedResult = {
  readonly columns: readonly ResultColumn[]
  readonly rows: readonly (readonly Cell[])[]
  readonly noise: readonly (readonly (NoiseClass | null)[])[]
  readonly shown: number
  readonly hidden: number | null
  /** Differential privacy only: the public standard deviation of each figure's noise, null for dimensions. */
  readonly sd?: readonly (readonly (number | null)[])[]
  /** Rows were cut at the preset's limit. */
  readonly truncated: boolean
}

/** What a question has used up: `cells` are opaque keys to be written to the ledger; repeats are not in `fresh`. */
export type Spending = {
  readonly fresh: readonly string[]
  readonly repeated: number
  /** The unit set that was split up and the way it was split up; at most `preset.partitions` ways per base. */
  readonly partitions: readonly { readonly base: string; readonly way: string }[]
}

/** The answer to a question: protected rows with what they cost, or a refusal that says what works instead. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly result: ProtectedResult
      readonly spending: Spending
      readonly tables: readonly string[]
      /** SHA-256 over the canonical plan, the tables' snapshots and the preset's version. */
      readonly planHash: string
      /** SHA-256 over columns and rows in canonical JSON. */
      readonly resultHash: string
      readonly presetVersion: string
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** What was spent before; the room reads it from its own tables. `remaining`: cells that may still be new. */
export type Ledger = {
  readonly remaining: number
  readonly seen: (keys: readonly string[]) => Promise<ReadonlySet<string>>
  readonly waysOf: (base: string) => Promise<ReadonlySet<string>>
  /** New cells that questions to this table have cost so far; without it every question is taken for the first. */
  readonly spentOn?: (table: string) => Promise<number>
}

/** A data room as the engine sees it: tables with roles, the level of protection, the secret of the cell keys. */
export type DataRoom = {
  readonly tables: readonly VaultTable[]
  readonly preset: Preset
  readonly cellKey: Uint8Array
}

/** Dry run of a question without data. `cellsAtMost` is null where a dimension has no registered domain. */
export type Explanation = {
  readonly admissible: boolean
  readonly refusal?: Refusal
  readonly tables: readonly string[]
  readonly cellsAtMost: number | null
  readonly remaining: number | null
  /** Each inner block as the vault will compute it, written as plain SQL without keys and conditions effects. */
  readonly inner: readonly string[]
  /** Differential privacy only: what the question would cost. `repeated`: all of it is stored already and free. */
  readonly privacy?: {
    readonly rho: number
    readonly epsilon: number
    readonly figures: number
    readonly repeated: boolean
    /** How far counts and sums will lie from the truth in 95 of 100 cases; known before, because the noise is public. */
    readonly ranges: readonly { readonly column: ResultColumn; readonly half: number }[]
    /** Quantiles: so many rows at most lie between the class that is given and the rank that was asked for, as often. */
    readonly ranks?: readonly { readonly column: ResultColumn; readonly rows: number }[]
  }
  /** True when the rest of the query runs in the second engine on protected rows. */
  readonly outer: boolean
}
