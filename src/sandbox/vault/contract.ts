import type { Refusal, SourceFacts } from '../ingest/column.ts'
import type { RawColumns, RawRows } from '../engine/cells.ts'
import type { InnerQuery } from '../engine/inner.ts'
import type { Cell } from '../engine/result.ts'
import type { DimensionValue, TableSpec, UnitType, VaultTable } from '../engine/roles.ts'

/** Secrets of an installation. They stay in the hub's process; the vault's process never sees them. */
export type VaultKeys = {
  /** age recipient and identity to which each room's own identity is sealed. */
  readonly recipient: string
  readonly identity: string
  /** HMAC keys: unit ids, record keys, cell keys. */
  readonly unit: Uint8Array
  readonly record: Uint8Array
  readonly cell: Uint8Array
}

/** Bounds of one vault process. Results beyond `maxRows` are refused. */
export type VaultLimits = {
  readonly memoryMb: number
  readonly threads: number
  readonly timeoutMs: number
  readonly maxRows: number
  readonly maxTempMb: number
}

/** The closed list of what can go wrong in a vault. Nothing else of an engine's error leaves the process. */
export type VaultFailure = 'time' | 'memory' | 'result-too-large' | 'unavailable' | 'destroyed' | 'failed'

/** Raw cells, only for the host's protection step: [dimensions…, fail, figures…] by columns; by rows where a block is bounded. */
export type RawCells = RawRows | RawColumns

/** One row of a holder's table, in the order of `spec.columns`; dates as ISO text. */
export type SourceRow = readonly (string | number | boolean | null)[]

/** A file that was read: what may be said of it without its rows, with proposed roles; or why it is no table. */
export type FileFacts = { readonly facts: SourceFacts; readonly spec: TableSpec } | Refusal

/** A protected table handed to the second engine. */
export type OuterTable = {
  readonly name: string
  readonly columns: readonly {
    readonly name: string
    readonly type: 'text' | 'integer' | 'number' | 'boolean'
  }[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The exact set of units behind each of some cells of one block; a set is named by the room and an id of the caller's. */
export type UnitSetRef = { readonly roomId: string; readonly id: string }

/**
 * Two cells that share units, by their index in `cells` of `keepUnitSets`. Numbers of units, for automatic checks only:
 * people are shown “fewer than k”, never the number.
 */
export type UnitOverlap = {
  readonly a: number
  readonly b: number
  readonly onlyA: number
  readonly onlyB: number
  readonly both: number
}

/**
 * How the cells of two sets lie to each other. `pairs`: overlapping cells of which one has, beyond the other, some but fewer
 * than `below` units. `restA[i]`: units of cell i of A that lie in no cell of B (`restB` likewise), which finds a
 * total taken less the sum of its parts. Sets of different unit types, or in vaults that are gone: `comparable` is false.
 */
export type UnitComparison = {
  readonly comparable: boolean
  readonly pairs: readonly UnitOverlap[]
  readonly restA: readonly number[]
  readonly restB: readonly number[]
}

/**
 * What differs between two snapshots for one unit type: units that came, went, or whose rows are not the same; `smallest`:
 * the fewest of them that share one value of a dimension (0 where nothing differs). For the holder and the automatic check.
 */
export type SnapshotChange = {
  readonly unitType: UnitType
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly smallest: number
}

/** One data room's vault. All methods reject with `VaultError`. */
export type Vault = {
  /** Seals what is not yet a table (an upload whose roles are not confirmed): bytes, or a stream as it arrives. */
  readonly keep: (id: string, content: Uint8Array | AsyncIterable<Uint8Array>) => Promise<void>
  readonly kept: (id: string) => Promise<Uint8Array>
  readonly renameKept: (from: string, to: string) => Promise<void>
  /** Reads a kept file in a process of its own: form, columns, findings and proposed roles of a table of that name. */
  readonly readKept: (id: string, named: { filename: string; table: string }) => Promise<FileFacts>
  /** As `ingest`, from a kept file: it is read in a process of its own, row by row. */
  readonly ingestKept: (
    spec: TableSpec,
    from: { id: string; filename: string },
    options?: { readonly hold?: boolean },
  ) => Promise<VaultTable>
  readonly forget: (id: string) => Promise<void>
  /**
   * Writes a new snapshot of a table; raw unit ids are not stored. It takes the place of the earlier ones once it is sealed,
   * or with `hold` waits beside the pinned one.
   */
  readonly ingest: (
    spec: TableSpec,
    rows: AsyncIterable<SourceRow> | Iterable<SourceRow>,
    options?: { readonly hold?: boolean },
  ) => Promise<VaultTable>
  /** Makes a held snapshot the one that questions are asked of; the earlier one stays until it is dropped. */
  readonly pin: (table: string, snapshot: number) => Promise<void>
  /** Compares two sealed snapshots of a table, unit type by unit type; none for a lookup table. */
  readonly changeBetween: (table: string, from: number, to: number) => Promise<SnapshotChange[]>
  /** Removes a table, or one snapshot of it, and destroys its key. */
  readonly drop: (table: string, snapshot?: number) => Promise<void>
  /** The pinned snapshots. */
  readonly tables: () => Promise<VaultTable[]>
  /** Raw cells of a block; several questions run at a time. */
  readonly query: (query: InnerQuery) => Promise<RawCells>
  /** The same, bound to the snapshots a question was planned for: refuses with `unavailable` where another is pinned by now. */
  readonly at: (tables: readonly VaultTable[]) => Pick<Vault, 'query'>
  /**
   * Works out the exact set of units (of `query.unitType`) behind each of the named cells and keeps them sealed with the
   * room's key. `cells`: dimension values in the order of `query.dimensions`. Sizes and members stay in the vault.
   */
  readonly keepUnitSets: (
    id: string,
    query: InnerQuery,
    cells: readonly (readonly DimensionValue[])[],
  ) => Promise<void>
  readonly forgetUnitSets: (id: string) => Promise<void>
  readonly close: () => Promise<void>
  /** Destroys the room's key and then its files: nothing can be read again, also not from backups of this folder. */
  readonly destroy: () => Promise<void>
}

/** A second, empty engine in a process of its own: runs outer SQL over protected rows only. */
export type OuterEngine = {
  readonly run: (input: {
    readonly ast: string
    readonly tables: readonly OuterTable[]
    readonly maxRows: number
  }) => Promise<{ columns: string[]; rows: Cell[][]; truncated: boolean }>
  readonly close: () => Promise<void>
}

/** The running vaults of an installation: opened on demand, closed when idle. For `ctx.resources.vaults`. */
export type VaultPool = {
  readonly open: (roomId: string) => Promise<Vault>
  readonly outer: OuterEngine
  readonly cellKey: Uint8Array
  /** Compares kept unit sets, also of different rooms of this installation, inside a vault process. */
  readonly compareUnitSets: (
    a: UnitSetRef,
    b: UnitSetRef,
    options: { readonly below: number },
  ) => Promise<UnitComparison>
  readonly destroy: (roomId: string) => Promise<void>
  readonly close: () => Promise<void>
}
