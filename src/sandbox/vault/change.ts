import { rm } from 'node:fs/promises'
import { namedColumns, unitColumns, unitTypesOf, type UnitType } from '../engine/roles.ts'
import type { SnapshotChange } from './contract.ts'
import { startProcess, VaultError } from './process.ts'
import { openTables } from './reading.ts'
import { loadMs, type Room } from './room.ts'
import { storedColumns } from './stored.ts'

/** Compares two snapshots of a table in a process of its own. Refuses snapshots that are not there. */
export async function changeBetween(
  room: Room,
  name: string,
  [from, to]: readonly [number, number],
): Promise<SnapshotChange[]> {
  const [before, after] = [from, to].map((n) =>
    room.snapshots.find((s) => s.spec.name === name && s.snapshot === n),
  )
  if (!before || !after) throw new VaultError('failed')
  const [old, next] = await openTables(room, [before, after])
  if (!old || !next) throw new VaultError('failed')
  const { spec } = after
  const own = unitTypesOf(spec).flatMap((unitType) => Object.values(unitColumns(unitType)))
  const units = unitTypesOf(spec).map((unitType) => ({
    unitType,
    id: spec.columns.some((c) => c.role === 'unit' && c.unitType === unitType)
      ? unitColumns(unitType).id
      : null,
  }))
  const columns = storedColumns(spec)
    .map((c) => c.name)
    .filter((c) => !own.includes(c))
  const dimensions = namedColumns(spec).flatMap((c) => (c.column.role === 'dimension' ? [c.name] : []))
  const { limits } = room
  const worker = startProcess(limits)
  try {
    const request = {
      op: 'change',
      limits,
      from: old.file,
      to: next.file,
      units,
      columns,
      dimensions,
    } as const
    const found = await worker.call(request, loadMs)
    return found.map((c) => ({ ...c, unitType: c.unitType as UnitType }))
  } finally {
    worker.kill()
    if (!before.pinned) await rm(old.file, { force: true })
    if (!after.pinned) await rm(next.file, { force: true })
  }
}
