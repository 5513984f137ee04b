import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBInstance,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api'
import type { VaultLimits } from './contract.ts'
import type { StoredType, StoredValue } from './stored.ts'

/** The engine of this process, which it has from the first request on, and the connections at work by request. */
type State = { instance?: DuckDBInstance; folder: string; readonly running: Map<number, DuckDBConnection> }

/** What a vault process knows: no secret, no SQL text. `folder` is removed when the hub goes away. */
export const state: State = { folder: '', running: new Map() }

/** A result with more rows than were allowed. */
export class TooLarge extends Error {}

/** Column types of the engine by the names under which they are stored. */
export const engineTypes: Record<StoredType, DuckDBType> = {
  VARCHAR,
  BIGINT,
  DOUBLE,
  BOOLEAN,
  DATE,
  INTEGER,
}

/** The engine's own limits; nothing is ever fetched or loaded at run time. */
export function settings(limits: VaultLimits): Record<string, string> {
  return {
    threads: String(limits.threads),
    memory_limit: `${limits.memoryMb}MB`,
    max_temp_directory_size: `${limits.maxTempMb}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
  }
}

/** Statements after which the engine reaches no file but those attached, and its settings stay. */
export const lockdown = [
  'SET enable_external_access=false',
  "SET disabled_filesystems='LocalFileSystem'",
  'SET lock_configuration=true',
]

/** Runs work on a connection of its own, which a late request interrupts. */
export async function withConnection<T>(
  request: number,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  if (!state.instance) throw new Error('not open')
  const connection = await state.instance.connect()
  state.running.set(request, connection)
  try {
    return await work(connection)
  } finally {
    state.running.delete(request)
    connection.closeSync()
  }
}

/** An engine of its own in memory for one request, without lockdown: it runs no text of anybody. */
export async function withEngine<T>(
  request: number,
  limits: VaultLimits,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  state.instance = await DuckDBInstance.create(':memory:', settings(limits))
  return withConnection(request, work)
}

/** A stored value as the engine takes it. */
export function engineValue(value: StoredValue | undefined, type: StoredType): DuckDBValue {
  if (value === null || value === undefined) return null
  if (type === 'BIGINT') return typeof value === 'bigint' ? value : BigInt(Math.round(Number(value)))
  if (type === 'DATE')
    return new DuckDBDateValue(Math.floor(Date.parse(`${String(value)}T00:00:00Z`) / 86_400_000))
  if (type === 'VARCHAR') return String(value)
  return value as DuckDBValue
}
