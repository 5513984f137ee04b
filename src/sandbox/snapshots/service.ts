import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { requireOpen, requirePermitted } from '../access/service.ts'
import type { TableSpec } from '../engine/roles.ts'
import { mailAnalysts } from '../notices/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { levelOf } from '../protection/service.ts'
import type { SandboxTable } from '../tables/model.ts'
import { getTable, holderName, openVault, readIncoming, type IncomingFile } from '../tables/service.ts'
import { useSnapshot } from '../tables/store.ts'
import type { Vault } from '../vault/contract.ts'
import { isSame, leastChange, missingColumns, tooSmall, type TableSnapshot } from './model.ts'
import * as store from './store.ts'

type Taking = { room: Room; table: SandboxTable; spec: TableSpec; vault: Vault; snapshot: TableSnapshot }

/** The numbered states of a table, newest first, for its holder. */
export async function listSnapshots(ctx: Ctx, table: SandboxTable): Promise<TableSnapshot[]> {
  requirePermission(ctx, policy, 'confirm', { organisationIds: [table.organisationId] })
  return store.listSnapshotRows(ctx.db, table.id)
}

/**
 * Takes a newer file of a confirmed table with the same roles. It waits beside the pinned snapshot until the holder decides;
 * where it differs from that by a few units only, it is refused and nothing of it is kept. Not in a transaction.
 */
export async function takeSnapshot(
  ctx: Ctx,
  input: { tableId: string; file: IncomingFile },
): Promise<TableSnapshot> {
  const { table, room } = await getTable(ctx, input.tableId)
  const organisationId = table.organisationId
  requirePermission(ctx, policy, 'upload', { organisationIds: [organisationId] })
  await requireOpen(ctx, room)
  requirePermitted(ctx, room, {
    action: 'upload',
    organisationId,
    ...(table.entryId ? { entryId: table.entryId } : {}),
  })
  const { spec } = table
  if (table.state !== 'confirmed' || !spec) throw problems.tableGone({ workspaceId: room.workspace.id })
  const vault = await openVault(ctx, room)
  const [newest] = await store.listSnapshotRows(ctx.db, table.id)
  const snapshot: TableSnapshot = {
    tableId: table.id,
    number: (newest?.number ?? 0) + 1,
    state: 'loading',
    takenAt: ctx.now,
    fileName: input.file.name.slice(0, 200),
    fileSize: input.file.size,
    vault: null,
    change: null,
    pinnedAt: null,
    retiredAt: null,
  }
  if (!(await store.insertSnapshot(ctx.db, snapshot, actorId(ctx.actor))))
    throw problems.snapshotWaits({ tableId: table.id })
  return take(ctx, { room, table, spec, vault, snapshot }, input.file)
}

async function take(ctx: Ctx, taking: Taking, file: IncomingFile): Promise<TableSnapshot> {
  const { room, table, spec, vault, snapshot } = taking
  const id = `snapshot-${newId(ctx.now.getTime())}`
  try {
    const { facts } = await readIncoming(room, vault, { id, table: table.name, file })
    const missing = missingColumns(spec, facts.columns)
    if (missing.length > 0) throw problems.columnsMissing({ tableId: table.id, columns: missing.join(', ') })
    const { spec: _spec, ...taken } = await vault.ingestKept(
      spec,
      { id, filename: file.name },
      { hold: true },
    )
    const change = await vault.changeBetween(table.name, table.vault?.snapshot ?? 0, taken.snapshot)
    const least = leastChange(levelOf(ctx, room.agreement.protectionLevel))
    const few = isSame(change) || tooSmall(change, least) !== null
    if (few) await vault.drop(table.name, taken.snapshot)
    const end = { ...snapshot, state: few ? 'refused' : 'held', vault: few ? null : taken, change } as const
    await transact(ctx, async (ctx) => {
      await store.settleSnapshot(ctx.db, snapshot, end)
      await recordSnapshot(ctx, taking, few ? 'refused' : 'taken')
    })
    return end
  } catch (error) {
    await store.settleSnapshot(ctx.db, snapshot, { state: 'failed', vault: null, change: null })
    throw error
  } finally {
    await vault.forget(id).catch(() => undefined)
  }
}

const lines = {
  taken: {
    de: (who: string, name: string, n: number) =>
      `${who} hat einen neuen Stand (${n}) der Tabelle „${name}“ in den Tresor gelegt.`,
    en: (who: string, name: string, n: number) =>
      `${who} has put a new snapshot (${n}) of the table “${name}” into the vault.`,
  },
  refused: {
    de: (who: string, name: string, n: number) =>
      `Ein neuer Stand (${n}) der Tabelle „${name}“ von ${who} wurde nicht angenommen: Er unterscheidet sich in zu wenigen Einheiten.`,
    en: (who: string, name: string, n: number) =>
      `A new snapshot (${n}) of the table “${name}” of ${who} was not accepted: it differs in too few units.`,
  },
  pinned: {
    de: (who: string, name: string, n: number) =>
      `Die Tabelle „${name}“ von ${who} steht jetzt auf Stand ${n}. Der Schlüssel des früheren Stands wurde vernichtet.`,
    en: (who: string, name: string, n: number) =>
      `The table “${name}” of ${who} is now at snapshot ${n}. The key of the earlier snapshot was destroyed.`,
  },
  dropped: {
    de: (who: string, name: string, n: number) =>
      `Stand ${n} der Tabelle „${name}“ von ${who} wurde verworfen, sein Schlüssel vernichtet.`,
    en: (who: string, name: string, n: number) =>
      `Snapshot ${n} of the table “${name}” of ${who} was discarded, its key destroyed.`,
  },
} as const

async function recordSnapshot(
  ctx: Ctx,
  { room, table, snapshot }: Pick<Taking, 'room' | 'table' | 'snapshot'>,
  what: keyof typeof lines,
): Promise<void> {
  const who = holderName(room, table)
  const { de, en } = lines[what]
  await record(ctx, {
    event: `sandbox.snapshot-${what}`,
    object: { type: 'workspace', id: room.workspace.id },
    organisationId: table.organisationId,
    summary: { de: de(who, table.name, snapshot.number), en: en(who, table.name, snapshot.number) },
    href: `/sandbox/workspaces/${room.workspace.id}`,
    details: { tableId: table.id, name: table.name, number: snapshot.number },
  })
}

async function heldOf(ctx: Ctx, input: { tableId: string; number: number }) {
  const { table, room } = await getTable(ctx, input.tableId)
  requirePermission(ctx, policy, 'confirm', { organisationIds: [table.organisationId] })
  await requireOpen(ctx, room)
  const all = await store.listSnapshotRows(ctx.db, table.id)
  const snapshot = all.find((s) => s.number === input.number && s.state === 'held')
  if (!snapshot?.vault || table.state !== 'confirmed') throw problems.snapshotGone({ tableId: table.id })
  return { table, room, snapshot, facts: snapshot.vault }
}

/**
 * The holder decides that the room works with a newer snapshot from now on. The earlier one is destroyed with its key, those
 * who analyse are told. Not in a transaction.
 */
export async function pinSnapshot(
  ctx: Ctx,
  input: { tableId: string; number: number },
): Promise<SandboxTable> {
  const { table, room, snapshot, facts } = await heldOf(ctx, input)
  const vault = await openVault(ctx, room)
  const before = table.vault?.snapshot
  await vault.pin(table.name, facts.snapshot)
  try {
    await transact(ctx, async (ctx) => {
      if (!(await store.pinRow(ctx.db, snapshot, { by: actorId(ctx.actor), at: ctx.now })))
        throw problems.snapshotGone({ tableId: table.id })
      const { number, takenAt } = snapshot
      const state = { number, day: dayOf(takenAt) }
      await useSnapshot(ctx.db, table.id, { ...facts, state })
      await recordSnapshot(ctx, { room, table, snapshot }, 'pinned')
      await mailAnalysts(ctx, {
        workspace: room.workspace,
        organisationIds: room.analysts,
        text: 'snapshot',
        words: { table: table.name, number: snapshot.number },
      })
    })
  } catch (error) {
    if (before !== undefined) await vault.pin(table.name, before)
    throw error
  }
  if (before !== undefined) await vault.drop(table.name, before)
  return (await getTable(ctx, table.id)).table
}

/** The holder discards a snapshot that waits; its key is destroyed. Not in a transaction. */
export async function dropSnapshot(ctx: Ctx, input: { tableId: string; number: number }): Promise<void> {
  const { table, room, snapshot, facts } = await heldOf(ctx, input)
  const vault = await openVault(ctx, room)
  await transact(ctx, async (ctx) => {
    await store.retireSnapshots(ctx.db, table.id, ctx.now, snapshot.number)
    await recordSnapshot(ctx, { room, table, snapshot }, 'dropped')
  })
  await vault.drop(table.name, facts.snapshot)
}

/** Gives up snapshots that a crash left half-read. */
export async function clearStaleSnapshots(ctx: Ctx, before: Date): Promise<void> {
  for (const snapshot of await store.staleSnapshots(ctx.db, before))
    await store.settleSnapshot(ctx.db, snapshot, { state: 'failed', vault: null, change: null })
}
