import type { Preset } from './preset.ts'

/** What differs between two snapshots of a table for one unit type: units that came, went or changed. */
export type SnapshotChange = {
  readonly unitType: string
  readonly added: number
  readonly removed: number
  readonly changed: number
}

/**
 * True if a workspace may go on from one snapshot to another. Each kind of change must concern nobody, or at least as
 * many units as a condition must leave out: fewer, and the difference of two answers would be about single units.
 */
export function refreshAllowed(changes: readonly SnapshotChange[], preset: Pick<Preset, 'effect'>): boolean {
  return changes.every(({ added, removed, changed }) =>
    [added, removed, changed].every((units) => units === 0 || units >= preset.effect),
  )
}
