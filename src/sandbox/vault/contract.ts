import type { InnerQuery } from '../engine/inner.ts'
import type { Cell } from '../engine/result.ts'
import type { TableSpec, VaultTable } from '../engine/roles.ts'

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

/** Raw cells, only for the host's protection step: rows of [dimensions…, fail, figures…], whole numbers as decimal text. */
export type RawCells = { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }

/** One row of a holder's table, in the order of `spec.columns`; dates as ISO text. */
export type SourceRow = readonly (string | number | boolean | null)[]

/** A protected table handed to the second engine. */
export type OuterTable = {
  readonly name: string
  readonly columns: readonly {
    readonly name: string
    readonly type: 'text' | 'integer' | 'number' | 'boolean'
  }[]
  readonly rows: readonly (readonly Cell[])[]
}

/** One data room's vault. All methods reject with `VaultError`. */
export type Vault = {
  /** Seals bytes that are not yet a table (an upload whose roles are not confirmed). */
  readonly keep: (id: string, bytes: Uint8Array) => Promise<void>
  readonly kept: (id: string) => Promise<Uint8Array>
  readonly forget: (id: string) => Promise<void>
  /** Writes a new snapshot of a table; the old one stays until the new one is sealed. Raw unit ids are not stored. */
  readonly ingest: (
    spec: TableSpec,
    rows: AsyncIterable<SourceRow> | Iterable<SourceRow>,
  ) => Promise<VaultTable>
  readonly drop: (table: string) => Promise<void>
  readonly tables: () => Promise<VaultTable[]>
  readonly query: (query: InnerQuery) => Promise<RawCells>
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
  readonly destroy: (roomId: string) => Promise<void>
  readonly close: () => Promise<void>
}
