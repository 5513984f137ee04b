import type { InnerQuery } from '../engine/inner.ts'
import type { Cell } from '../engine/result.ts'
import type { DimensionValue, TableSpec } from '../engine/roles.ts'
import type {
  FileFacts,
  OuterTable,
  RawCells,
  SourceRow,
  UnitComparison,
  VaultFailure,
  VaultLimits,
} from './contract.ts'
import type { StoredColumn, StoredValue } from './stored.ts'

/** What the hub may ask a vault process. SQL text is never among it: blocks and trees only. */
export type Request =
  | {
      readonly op: 'attach'
      readonly limits: VaultLimits
      readonly spill: string
      /** Removed when the hub goes away. */
      readonly folder: string
      readonly tables: readonly { name: string; file: string }[]
    }
  | { readonly op: 'cells'; readonly query: InnerQuery; readonly maxRows: number }
  | {
      readonly op: 'outer'
      readonly ast: string
      readonly tables: readonly OuterTable[]
      readonly maxRows: number
    }
  | {
      readonly op: 'begin'
      readonly limits: VaultLimits
      readonly file: string
      readonly columns: readonly StoredColumn[]
    }
  | { readonly op: 'append'; readonly columns: readonly (readonly StoredValue[])[]; readonly rows: number }
  | {
      readonly op: 'finish'
      readonly parquet: string
      readonly units: readonly { unitType: string; id: string }[]
      readonly keys: readonly string[]
      readonly measures: readonly string[]
    }
  | { readonly op: 'restore'; readonly limits: VaultLimits; readonly file: string; readonly parquet: string }
  | {
      readonly op: 'change'
      readonly limits: VaultLimits
      readonly from: string
      readonly to: string
      /** `id` null: rows are the units. */
      readonly units: readonly { unitType: string; id: string | null }[]
      readonly columns: readonly string[]
      readonly dimensions: readonly string[]
    }
  | { readonly op: 'read'; readonly file: string; readonly filename: string; readonly table: string }
  | { readonly op: 'rows'; readonly spec: TableSpec }
  | {
      /** Writes the units of the named cells to `set` as (cell, ordinal), new units to the room's `numbers`. */
      readonly op: 'units'
      readonly limits: VaultLimits
      readonly query: InnerQuery
      readonly cells: readonly (readonly DimensionValue[])[]
      readonly tables: readonly { name: string; file: string }[]
      readonly numbers: { readonly old: string | null; readonly next: string }
      readonly set: string
    }
  | {
      readonly op: 'compare'
      readonly limits: VaultLimits
      readonly a: UnitSetFiles
      readonly b: UnitSetFiles
      readonly below: number
    }

/** An opened unit set with the numbers of its room, which are the same file where both sets are of one room. */
export type UnitSetFiles = { readonly set: string; readonly numbers: string; readonly cells: number }

/** What a vault process answers to each request. */
export type Reply = {
  readonly attach: null
  readonly cells: RawCells
  readonly outer: { readonly columns: string[]; readonly rows: Cell[][]; readonly truncated: boolean }
  readonly begin: null
  readonly append: null
  readonly finish: { readonly rows: number; readonly onePerUnit: string[]; readonly uniqueKeys: string[] }
  readonly restore: null
  readonly change: { unitType: string; added: number; removed: number; changed: number; smallest: number }[]
  readonly read: FileFacts
  readonly rows: readonly SourceRow[] | null
  readonly units: null
  readonly compare: Omit<UnitComparison, 'comparable'>
}

/** Messages on the channel. `interrupt` asks the request of that number to stop. */
export type ToVault = { readonly id: number; readonly request: Request } | { readonly interrupt: number }

/** Answers carry either a value or a failure of the closed list. */
export type FromVault =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly failure: VaultFailure }
