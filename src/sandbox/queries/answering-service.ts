import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { isProblem } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { loadRoom, requireOpen } from '../access/service.ts'
import { dataRoomOf, ledgerOf } from '../budgets/service.ts'
import { ask } from '../engine/ask.ts'
import type { Answer } from '../engine/result.ts'
import type { QueryId } from '../model.ts'
import type { Precision } from '../privacy/model.ts'
import { askPrivately } from '../privacy/question-service.ts'
import { privacyOf } from '../privacy/service.ts'
import { problems } from '../problems.ts'
import type { SandboxTable } from '../tables/model.ts'
import { listTableRows } from '../tables/store.ts'
import type { Settling } from '../turns/service.ts'
import type { RecordedRefusal } from './model.ts'
import { inQuantum } from './quantum.ts'
import * as store from './store.ts'

/** A question that was written down and has its turn. */
export type Asked = { id: QueryId; sql: string; organisationId: string; precision: Precision }

/**
 * Asks the vault and writes down how it ended, at one of the moments at which answers may be given. What it costs is booked
 * before that moment, while the question alone looks at the budget; nothing of it shows before.
 */
export async function answerInVault(ctx: Ctx, room: Room, asked: Asked, settling: Settling): Promise<void> {
  const started = performance.now()
  const at = () => new Date(ctx.now.getTime() + Math.round(performance.now() - started))
  const tables = await listTableRows(ctx.db, [room.workspace.id], ['confirmed'])
  try {
    const { value, ms } = await inQuantum(ctx.config.replyQuantumMs, async () => {
      const found = await askVault(ctx, room, { asked, tables, settling })
      if (found.answer.kind === 'answered') await book(ctx, room, asked.id, { answer: found.answer, tables })
      await settling.end()
      return found
    })
    const { answer, keys } = value
    // Withdrawn while the vault was computing: nothing of the answer is kept or shown.
    await requireOpen(ctx, await loadRoom(ctx, room.workspace.id))
    if (answer.kind === 'refused') return await refuse(ctx, room, asked, 'refused', answer.refusal, at())
    await keepAnswer(ctx, room, asked, { answer, keys, tables, at: at(), ms })
  } catch (error) {
    const code = isProblem(error) && error.spec.status !== 503 ? 'agreement-ended' : 'interrupted'
    await refuse(ctx, room, asked, 'failed', { code }, at())
    throw error
  }
}

type Asking = { asked: Asked; tables: readonly SandboxTable[]; settling: Settling }

async function askVault(
  ctx: Ctx,
  room: Room,
  { asked, tables, settling }: Asking,
): Promise<{ answer: Answer | { kind: 'refused'; refusal: RecordedRefusal }; keys: string[] }> {
  const vaults = ctx.resources.vaults
  if (!vaults) throw problems.vaultAway()
  if (tables.length === 0) return { answer: { kind: 'refused', refusal: { code: 'no-tables' } }, keys: [] }
  const data = dataRoomOf(ctx, room, { tables, cellKey: vaults.cellKey })
  const privacy = await privacyOf(ctx, room)
  if (privacy) {
    // Stored figures make the same question free: the second one waits until the first has stored its own.
    await settling.begin()
    const question = { ...asked, room, data, tables, setting: privacy.setting, queryId: asked.id }
    return { answer: await askPrivately(ctx, question, vaults), keys: [] }
  }
  const keys = new Set<string>()
  const ledger = await ledgerOf(ctx, room, keys, settling)
  const vault = (await vaults.open(room.workspace.id)).at(data.tables)
  const answer = await ask({ sql: asked.sql, room: data, vault, outer: vaults.outer, ledger })
  return { answer, keys: [...keys] }
}

type Booked = { answer: Extract<Answer, { kind: 'answered' }>; tables: readonly SandboxTable[] }

const freshIn = ({ answer }: Booked) => [...new Set(answer.spending.fresh)]
const tablesIn = ({ answer, tables }: Booked) =>
  tables.filter((t) => answer.tables.includes(t.name)).map((t) => t.id)

async function book(ctx: Ctx, room: Room, id: QueryId, booked: Booked): Promise<void> {
  const fresh = freshIn(booked)
  await transact(ctx, async (ctx) => {
    await store.bookCost(ctx.db, id, { cellsNew: fresh.length, tableIds: tablesIn(booked) })
    await store.bookCells(ctx.db, room.workspace.id, id, fresh)
    await store.bookPartitions(ctx.db, room.workspace.id, id, booked.answer.spending.partitions)
  })
}

type Answered = Booked & { keys: string[]; at: Date; ms: number }

async function keepAnswer(ctx: Ctx, room: Room, asked: Asked, got: Answered): Promise<void> {
  const { answer } = got
  const fresh = freshIn(got)
  await transact(ctx, async (ctx) => {
    await store.answerQuery(ctx.db, asked.id, {
      planHash: answer.planHash,
      presetVersion: answer.presetVersion,
      tableIds: tablesIn(got),
      cellKeys: [...new Set([...got.keys, ...fresh])],
      result: answer.result,
      resultSha256: answer.resultHash,
      cellsShown: answer.result.shown,
      cellsProtected: answer.result.hidden,
      cellsNew: fresh.length,
      finishedAt: got.at,
      durationMs: Math.round(got.ms),
    })
    await recordAnswer(ctx, room, asked, {
      planHash: answer.planHash,
      preset: answer.presetVersion,
      newCells: fresh.length,
    })
  })
}

async function recordAnswer(
  ctx: Ctx,
  room: Room,
  asked: Asked,
  details: { planHash: string; preset: string; newCells: number },
): Promise<void> {
  const { workspace } = room
  const name = nameOf(room, asked.organisationId)
  await record(ctx, {
    event: 'sandbox.asked',
    object: { type: 'workspace', id: workspace.id },
    organisationId: asked.organisationId,
    summary: {
      de: `${name} hat im Arbeitsraum „${workspace.title}“ eine Abfrage gestellt. Sie wurde geschützt beantwortet.`,
      en: `${name} asked a question in the workspace “${workspace.title}”. It was answered with protected figures.`,
    },
    href: `/sandbox/workspaces/${workspace.id}`,
    details: { queryId: asked.id, ...details },
  })
}

async function refuse(
  ctx: Ctx,
  room: Room,
  asked: Asked,
  state: 'refused' | 'failed',
  refusal: RecordedRefusal,
  finishedAt: Date,
): Promise<void> {
  await transact(ctx, async (ctx) => {
    await store.refuseQuery(ctx.db, asked.id, { state, refusal, finishedAt })
    const name = nameOf(room, asked.organisationId)
    await record(ctx, {
      event: 'sandbox.refused',
      object: { type: 'workspace', id: room.workspace.id },
      organisationId: asked.organisationId,
      summary: {
        de: `Eine Abfrage von ${name} im Arbeitsraum „${room.workspace.title}“ wurde nicht beantwortet.`,
        en: `A question by ${name} in the workspace “${room.workspace.title}” was not answered.`,
      },
      href: `/sandbox/workspaces/${room.workspace.id}`,
      details: { queryId: asked.id, reason: refusal.code },
    })
  })
}

function nameOf(room: Room, organisationId: string): string {
  return room.agreement.parties.find((p) => p.organisationId === organisationId)?.name ?? 'Allmende'
}
