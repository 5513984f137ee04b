import { partiesOf } from '../../cooperation/model.ts'
import type { Ctx } from '../../platform/context.ts'
import { actorId, organisationsOf, transact } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { emit } from '../../platform/events.ts'
import { finding, type Finding } from '../../platform/finding.ts'
import type { ReceivedFile } from '../../platform/form-body.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import type { IncomingPart } from '../../platform/multipart.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { loadRoom, requireOpen, requirePermitted } from '../access/service.ts'
import type { VaultTable } from '../engine/roles.ts'
import type { TableId } from '../model.ts'
import { beginAnalysis, mailAnalysts } from '../notices/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { ConfirmRoles, UploadTable } from '../schema.ts'
import { confirmRolesSchema, uploadTableSchema } from '../schema.ts'
import { insertSnapshot, retireSnapshots } from '../snapshots/store.ts'
import type { FileFacts, Vault } from '../vault/contract.ts'
import type { SandboxTable } from './model.ts'
import { applyChoices } from './model.ts'
import * as store from './store.ts'

/** A file as it comes from a program, or one that was sealed while it arrived (`kept`: under which id). */
export type IncomingFile = {
  readonly name: string
  readonly size: number
} & ({ readonly kept: string } | { readonly arrayBuffer: () => Promise<ArrayBuffer> })

/**
 * Seals a file of a form while it arrives: no byte of it is held by the hub. For holders of the room while it is open; the
 * file is forgotten unless `uploadTable` takes it over.
 */
export async function receiveFile(
  ctx: Ctx,
  room: Room,
  part: IncomingPart,
): Promise<ReceivedFile & { kept: string }> {
  requirePermission(ctx, policy, 'upload', { organisationIds: room.holders })
  await requireOpen(ctx, room)
  const vault = await openVault(ctx, room)
  const kept = `incoming-${newId(ctx.now.getTime())}`
  const counted = { size: 0 }
  async function* counting() {
    for await (const piece of part.content) {
      counted.size += piece.length
      yield piece
    }
  }
  await vault.keep(kept, counting())
  return { name: part.filename, size: counted.size, kept, forget: () => vault.forget(kept) }
}

/**
 * Takes a holder's file under the agreement: sealed in the vault first, then read for its columns. Nothing can be asked
 * until the holder has confirmed the roles. Refuses what is too large, unreadable or not covered. Not in a transaction.
 */
export async function uploadTable(
  ctx: Ctx,
  input: UploadTable & { workspaceId: string; file: IncomingFile },
): Promise<SandboxTable> {
  const { workspaceId, file, ...rest } = input
  const wish = uploadTableSchema.parse(rest)
  const room = await loadRoom(ctx, workspaceId)
  const organisationId = holderOf(ctx, room, wish)
  requirePermission(ctx, policy, 'upload', { organisationIds: [organisationId] })
  const entryId = entryOf(room, organisationId, wish.entryId)
  await requireOpen(ctx, room)
  requirePermitted(ctx, room, { action: 'upload', organisationId, ...(entryId ? { entryId } : {}) })
  if (file.size > ctx.config.uploadLimitBytes) throw tooLarge(ctx)
  const table: SandboxTable = {
    id: newId<TableId>(ctx.now.getTime()),
    workspaceId: room.workspace.id,
    organisationId,
    entryId: entryId ?? null,
    name: wish.name,
    description: wish.description,
    state: 'loading',
    spec: null,
    vault: null,
    findings: [],
    fileName: file.name.slice(0, 200),
    fileSize: file.size,
    uploadedAt: ctx.now,
    confirmedAt: null,
  }
  if (!(await store.insertTable(ctx.db, table, actorId(ctx.actor)))) {
    throw problems.nameTaken({ workspaceId, name: wish.name })
  }
  return readIn(ctx, room, table, file)
}

function tooLarge(ctx: Pick<Ctx, 'config'>) {
  return general.tooLarge({ limit: `${Math.round(ctx.config.uploadLimitBytes / 1024 / 1024)} MB` })
}

function holderOf(
  ctx: Ctx,
  room: Room,
  wish: { organisationId?: string | undefined; entryId?: string | undefined },
): string {
  const entry = room.agreement.terms.entries.find((e) => e.entryId === wish.entryId)
  const mine = organisationsOf(ctx.actor, 'holder').find((id) => room.holders.includes(id))
  const organisationId = wish.organisationId ?? entry?.organisationId ?? mine ?? ''
  return room.holders.includes(organisationId) ? organisationId : ''
}

/** The catalogue entry a file belongs to: the named one, or the only one the holder has in the agreement. */
function entryOf(room: Room, organisationId: string, entryId: string | undefined): string | undefined {
  if (entryId) return entryId
  const own = room.agreement.terms.entries.filter((e) => e.organisationId === organisationId)
  return own[0]?.entryId
}

async function readIn(ctx: Ctx, room: Room, table: SandboxTable, file: IncomingFile): Promise<SandboxTable> {
  const vault = await openVault(ctx, room).catch(async (error: unknown) => {
    await store.setTableState(ctx.db, table.id, 'failed')
    throw error
  })
  try {
    const { facts, spec } = await readIncoming(room, vault, { id: table.id, table: table.name, file })
    await transact(ctx, async (ctx) => {
      await store.proposeTable(ctx.db, table.id, { spec, findings: facts.findings })
      await recordTable(ctx, room, table, 'uploaded', {
        de: `${holderName(room, table)} hat die Tabelle „${table.name}“ in den Tresor gelegt.`,
        en: `${holderName(room, table)} has put the table “${table.name}” into the vault.`,
      })
    })
  } catch (error) {
    await vault.forget(table.id).catch(() => undefined)
    await store.setTableState(ctx.db, table.id, 'failed')
    throw error
  }
  return (await store.findTable(ctx.db, table.id))!
}

/** Brings a file under its id in the vault and reads it there. Refuses what is no table, or too large to be read as text. */
export async function readIncoming(
  room: Room,
  vault: Vault,
  { id, table, file }: { id: string; table: string; file: IncomingFile },
): Promise<Exclude<FileFacts, { refused: true }>> {
  if ('kept' in file) await vault.renameKept(file.kept, id)
  else await vault.keep(id, new Uint8Array(await file.arrayBuffer()))
  const read = await vault.readKept(id, { filename: file.name, table }).catch((error: unknown) => {
    const failure = error instanceof Error && error.name === 'VaultError' ? error.message : ''
    throw failure === 'memory' || failure === 'time' ? unreadable(room, [tooHeavy()]) : error
  })
  if ('refused' in read) throw unreadable(room, read.findings)
  return read
}

function tooHeavy(): Finding {
  return finding('error', 'too-heavy', {
    de: 'Die Datei ist zu groß, um sie als Text zu lesen. Bitte als Parquet liefern; das geht bis 50 Millionen Zeilen.',
    en: 'The file is too large to be read as text. Please deliver it as Parquet; that works up to 50 million rows.',
  })
}

function unreadable(room: Room, findings: readonly Finding[]) {
  const errors = findings.filter((finding) => finding.severity === 'error').slice(0, 3)
  const words = (locale: 'de' | 'en') => errors.map((finding) => finding.text[locale]).join(' ')
  return problems.unreadableFile({
    workspaceId: room.workspace.id,
    reason: { de: words('de'), en: words('en') },
  })
}

/** The room's vault. Refuses where this installation has none. */
export async function openVault(ctx: Ctx, room: Room): Promise<Vault> {
  const vaults = ctx.resources.vaults
  if (!vaults) throw problems.vaultAway()
  return vaults.open(room.workspace.id)
}

/** The holder's name as the agreement has it. */
export function holderName(room: Room, table: Pick<SandboxTable, 'organisationId'>): string {
  return (
    partiesOf(room.agreement, 'holder').find((p) => p.organisationId === table.organisationId)?.name ?? ''
  )
}

async function recordTable(
  ctx: Ctx,
  room: Room,
  table: SandboxTable,
  what: 'uploaded' | 'roles-confirmed' | 'table-removed',
  summary: { de: string; en: string },
): Promise<void> {
  await record(ctx, {
    event: `sandbox.${what}`,
    object: { type: 'workspace', id: room.workspace.id },
    organisationId: table.organisationId,
    summary,
    href: `/sandbox/workspaces/${room.workspace.id}`,
    details: { tableId: table.id, name: table.name },
  })
}

/** One table for its holder; others get `general/forbidden`. */
export async function getTable(ctx: Ctx, tableId: string): Promise<{ table: SandboxTable; room: Room }> {
  const table = isUuid(tableId) ? await store.findTable(ctx.db, tableId) : undefined
  if (!table) throw general.notFound()
  requirePermission(ctx, policy, 'confirm', { organisationIds: [table.organisationId] })
  return { table, room: await loadRoom(ctx, table.workspaceId) }
}

/** The tables of a room for those who take part: names, roles, meanings; no values but registered ones. */
export async function listTables(ctx: Ctx, room: Room): Promise<SandboxTable[]> {
  requirePermission(ctx, policy, 'seeStatus', { organisationIds: room.everyone })
  return store.listTableRows(ctx.db, [room.workspace.id])
}

/**
 * Confirms what each column may be used for and takes the rows into the vault; raw ids of units are not kept there.
 * From then on the table can be asked. The first table of a question moves it to `analysing`. Not in a transaction.
 */
export async function confirmRoles(ctx: Ctx, input: ConfirmRoles): Promise<SandboxTable> {
  const { table, room } = await getTable(ctx, input.tableId)
  const choice = confirmRolesSchema.parse(input)
  await requireOpen(ctx, room)
  if (table.state !== 'proposed' || !table.spec) throw problems.tableGone({ workspaceId: room.workspace.id })
  const spec = applyChoices(table.spec, choice)
  if ('reason' in spec) {
    throw problems.rolesDoNotFit({ tableId: table.id, columns: spec.columns.join(', '), reason: spec.reason })
  }
  const vault = await openVault(ctx, room)
  const taken = await vault.ingestKept(spec, { id: table.id, filename: table.fileName })
  await transact(ctx, (ctx) => keepConfirmed(ctx, room, table, taken))
  await vault.forget(table.id)
  return (await store.findTable(ctx.db, table.id))!
}

async function keepConfirmed(ctx: Ctx, room: Room, table: SandboxTable, taken: VaultTable): Promise<void> {
  const { spec, ...known } = taken
  const facts = { ...known, state: { number: 1, day: dayOf(table.uploadedAt) } }
  await store.confirmTable(ctx.db, table.id, { spec, vault: facts, by: actorId(ctx.actor), at: ctx.now })
  const { id: tableId, fileName, fileSize } = table
  const first = {
    tableId,
    number: 1,
    state: 'pinned',
    takenAt: table.uploadedAt,
    fileName,
    fileSize,
  } as const
  const pinned = { ...first, vault: facts, change: null, pinnedAt: ctx.now, retiredAt: null }
  await insertSnapshot(ctx.db, pinned, actorId(ctx.actor))
  await recordTable(ctx, room, table, 'roles-confirmed', {
    de: `${holderName(room, table)} hat festgelegt, was mit der Tabelle „${table.name}“ gefragt werden darf.`,
    en: `${holderName(room, table)} has settled what may be asked of the table “${table.name}”.`,
  })
  await emit(ctx, 'sandbox.table-confirmed', { workspaceId: room.workspace.id, tableId: table.id })
  await beginAnalysis(ctx, room.workspace)
  await mailAnalysts(ctx, {
    workspace: room.workspace,
    organisationIds: room.analysts,
    text: 'table-ready',
    words: { table: table.name },
  })
}

/** Takes a table out of the room for good; earlier answers and releases stay. The holder may do so at any time. */
export async function removeTable(ctx: Ctx, tableId: string): Promise<{ workspaceId: string }> {
  const { table, room } = await getTable(ctx, tableId)
  const workspaceId = room.workspace.id
  if (table.state === 'removed' || room.workspace.state === 'closed')
    throw problems.tableGone({ workspaceId })
  await transact(ctx, async (ctx) => {
    await store.setTableState(ctx.db, table.id, 'removed')
    await retireSnapshots(ctx.db, table.id, ctx.now)
    await recordTable(ctx, room, table, 'table-removed', {
      de: `${holderName(room, table)} hat die Tabelle „${table.name}“ aus dem Tresor genommen.`,
      en: `${holderName(room, table)} has taken the table “${table.name}” out of the vault.`,
    })
  })
  const vault = await openVault(ctx, room)
  if (table.state === 'confirmed') await vault.drop(table.name)
  else await vault.forget(table.id)
  return { workspaceId }
}

/** Gives up uploads that a crash left half-read; what was sealed of them is forgotten. */
export async function clearStaleLoads(ctx: Ctx, before: Date): Promise<void> {
  for (const table of await store.staleLoads(ctx.db, before)) {
    await store.setTableState(ctx.db, table.id, 'failed')
    const vault = await ctx.resources.vaults?.open(table.workspaceId).catch(() => undefined)
    await vault?.forget(table.id).catch(() => undefined)
  }
}
