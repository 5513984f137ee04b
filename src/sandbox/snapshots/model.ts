import type { TableSpec, UnitType } from '../engine/roles.ts'
import type { SourceColumn } from '../ingest/column.ts'
import type { TableId } from '../model.ts'
import type { VaultFacts } from '../tables/model.ts'
import type { SnapshotChange } from '../vault/contract.ts'

/**
 * `held`: waits beside the pinned one for the holder's decision. `refused`: too few units differed, nothing of it is kept.
 * `retired`: another one is pinned, its key is destroyed.
 */
export type SnapshotState = 'loading' | 'held' | 'pinned' | 'retired' | 'refused' | 'failed'

/** One numbered state of a table; `change` compares it with the one that was pinned when it came. */
export type TableSnapshot = {
  readonly tableId: TableId
  readonly number: number
  readonly state: SnapshotState
  readonly takenAt: Date
  readonly fileName: string
  readonly fileSize: number
  readonly vault: VaultFacts | null
  readonly change: readonly SnapshotChange[] | null
  readonly pinnedAt: Date | null
  readonly retiredAt: Date | null
}

/** A numbered state as programs read it; times as ISO text. */
export function snapshotJson(snapshot: TableSnapshot) {
  const { number, state, takenAt, fileName, vault, change, pinnedAt, retiredAt } = snapshot
  return {
    number,
    state,
    takenAt: takenAt.toISOString(),
    fileName,
    rows: vault?.rows ?? null,
    change: change ? [...change] : null,
    pinnedAt: pinnedAt?.toISOString() ?? null,
    retiredAt: retiredAt?.toISOString() ?? null,
  }
}

/** How many units must differ, or none: else the difference of two answers would be about a few people. */
export function leastChange(preset: { readonly k: number }): number {
  return 2 * preset.k
}

/** A kind of change that is about too few units, with the unit type; null if the snapshot may be pinned. */
export function tooSmall(
  changes: readonly SnapshotChange[],
  least: number,
): { unitType: UnitType; kind: 'added' | 'removed' | 'changed' } | null {
  for (const change of changes)
    for (const kind of ['added', 'removed', 'changed'] as const)
      if (change[kind] > 0 && change[kind] < least) return { unitType: change.unitType, kind }
  return null
}

/** True if nothing differs at all: then there is nothing to decide either. */
export function isSame(changes: readonly SnapshotChange[]): boolean {
  return changes.every((c) => c.added + c.removed + c.changed === 0)
}

/** Headers of used columns that a new file lacks or holds in another type. Hidden columns may go. */
export function missingColumns(
  spec: TableSpec,
  columns: readonly Pick<SourceColumn, 'source' | 'type'>[],
): string[] {
  return spec.columns.flatMap((column) => {
    if (column.role === 'hidden') return []
    const found = columns.find((c) => c.source === column.source)
    return found && fits(column.type, found.type) ? [] : [column.source]
  })
}

function fits(wanted: string, found: string): boolean {
  if (wanted === found || wanted === 'text') return true
  if (wanted === 'decimal') return found === 'integer'
  return wanted === 'datetime' && found === 'date'
}
