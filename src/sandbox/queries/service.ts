import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general, isProblem } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { isOpen, loadRoom, requireAnalyst, requireOpen, rightsIn } from '../access/service.ts'
import { ask } from '../engine/ask.ts'
import { explain } from '../engine/explain.ts'
import type { Answer, DataRoom, Explanation, Ledger } from '../engine/result.ts'
import type { Budget, QueryId } from '../model.ts'
import { remaining } from '../model.ts'
import { policy } from '../policy.ts'
import type { Precision } from '../privacy/model.ts'
import { askPrivately, previewPrivately } from '../privacy/question-service.ts'
import { privacyOf } from '../privacy/service.ts'
import { problems } from '../problems.ts'
import { precisionSchema } from '../privacy/schema.ts'
import { runQuerySchema } from '../schema.ts'
import type { RunQuery } from '../schema.ts'
import type { SandboxTable } from '../tables/model.ts'
import { vaultTableOf } from '../tables/model.ts'
import { listTableRows } from '../tables/store.ts'
import type { QueryRecord, RecordedRefusal } from './model.ts'
import { presetOf, startOfDay } from './model.ts'
import * as store from './store.ts'

/** Questions one person may ask within a minute: enough for trying out, too few for a machine that guesses. */
export const questionsPerMinute = 20

/** What the actor and the room have spent and may spend. */
export async function budgetOf(ctx: Ctx, room: Room): Promise<Budget> {
  const preset = presetOf(room.agreement.protectionLevel)
  const spent = await store.spentCells(ctx.db, {
    workspaceId: room.workspace.id,
    personId: actorId(ctx.actor) ?? null,
    since: startOfDay(ctx.now),
  })
  return {
    perDay: preset.cellsPerDay,
    perProject: preset.cellsPerProject,
    spentToday: spent.today,
    spentInProject: spent.project,
  }
}

/**
 * Asks a question: checked against role and agreement, written down before the vault hears of it, answered with
 * protected rows or refused. A refusal is a result, not an error; thrown is only what concerns the asking itself.
 * Must not be called inside a transaction.
 */
export async function runQuery(ctx: Ctx, input: RunQuery): Promise<QueryRecord> {
  const { workspaceId, sql, form } = runQuerySchema.parse(input)
  const precision = precisionSchema.parse(input.precision)
  const room = await loadRoom(ctx, workspaceId)
  const organisationId = await requireAnalyst(ctx, room, 'query')
  await requirePace(ctx, room)
  const id = newId<QueryId>(ctx.now.getTime())
  return inTurn(workspaceId, async () => {
    const askedBy = actorId(ctx.actor) ?? null
    await store.insertQuery(ctx.db, {
      id,
      workspaceId: room.workspace.id,
      askedBy,
      organisationId,
      askedAt: ctx.now,
      sql,
      form: form ?? null,
    })
    await answerInVault(ctx, room, { id, sql, organisationId, precision })
    return (await store.findQuery(ctx.db, id))!
  })
}

async function requirePace(ctx: Ctx, room: Room): Promise<void> {
  const person = actorId(ctx.actor)
  if (!person) return
  const since = new Date(ctx.now.getTime() - 60_000)
  if ((await store.countQueriesSince(ctx.db, person, since)) < questionsPerMinute) return
  throw problems.tooManyQuestions({ workspaceId: room.workspace.id, max: questionsPerMinute })
}

type Asked = { id: QueryId; sql: string; organisationId: string; precision: Precision }

async function answerInVault(ctx: Ctx, room: Room, asked: Asked): Promise<void> {
  const started = performance.now()
  const at = () => new Date(ctx.now.getTime() + Math.round(performance.now() - started))
  const tables = await listTableRows(ctx.db, [room.workspace.id], ['confirmed'])
  try {
    const { answer, keys } = await askVault(ctx, room, tables, asked)
    // Withdrawn while the vault was computing: nothing of the answer is kept or shown.
    await requireOpen(ctx, await loadRoom(ctx, room.workspace.id))
    if (answer.kind === 'refused') return await refuse(ctx, room, asked, 'refused', answer.refusal, at())
    await keepAnswer(ctx, room, asked, { answer, keys, tables, at: at(), ms: performance.now() - started })
  } catch (error) {
    const code = isProblem(error) && error.spec.status !== 503 ? 'agreement-ended' : 'interrupted'
    await refuse(ctx, room, asked, 'failed', { code }, at())
    throw error
  }
}

async function askVault(
  ctx: Ctx,
  room: Room,
  tables: readonly SandboxTable[],
  asked: Asked,
): Promise<{ answer: Answer | { kind: 'refused'; refusal: RecordedRefusal }; keys: string[] }> {
  const vaults = ctx.resources.vaults
  if (!vaults) throw problems.vaultAway()
  if (tables.length === 0) return { answer: { kind: 'refused', refusal: { code: 'no-tables' } }, keys: [] }
  const data = dataRoomOf(room, tables, vaults.cellKey)
  const privacy = await privacyOf(ctx, room)
  if (privacy) {
    const question = { ...asked, room, data, tables, setting: privacy.setting, queryId: asked.id }
    return { answer: await askPrivately(ctx, question, vaults), keys: [] }
  }
  const keys = new Set<string>()
  const ledger = await ledgerOf(ctx, room, keys)
  const vault = await vaults.open(room.workspace.id)
  const answer = await ask({
    sql: asked.sql,
    room: data,
    vault,
    outer: vaults.outer,
    ledger,
  })
  return { answer, keys: [...keys] }
}

function dataRoomOf(room: Room, tables: readonly SandboxTable[], cellKey: Uint8Array): DataRoom {
  return {
    tables: tables.flatMap((t) => vaultTableOf(t) ?? []),
    preset: presetOf(room.agreement.protectionLevel),
    cellKey,
  }
}

async function ledgerOf(ctx: Ctx, room: Room, keys: Set<string>): Promise<Ledger> {
  const id = room.workspace.id
  return {
    remaining: remaining(await budgetOf(ctx, room)),
    seen: async (wanted) => {
      for (const key of wanted) keys.add(key)
      return store.seenCells(ctx.db, id, wanted)
    },
    waysOf: (base) => store.partitionsOf(ctx.db, id, base),
  }
}

type Answered = {
  answer: Extract<Answer, { kind: 'answered' }>
  keys: string[]
  tables: readonly SandboxTable[]
  at: Date
  ms: number
}

async function keepAnswer(ctx: Ctx, room: Room, asked: Asked, got: Answered): Promise<void> {
  const { answer, tables } = got
  const fresh = [...new Set(answer.spending.fresh)]
  await transact(ctx, async (ctx) => {
    await store.answerQuery(ctx.db, asked.id, {
      planHash: answer.planHash,
      presetVersion: answer.presetVersion,
      tableIds: tables.filter((t) => answer.tables.includes(t.name)).map((t) => t.id),
      cellKeys: [...new Set([...got.keys, ...fresh])],
      result: answer.result,
      resultSha256: answer.resultHash,
      cellsShown: answer.result.shown,
      cellsProtected: answer.result.hidden,
      cellsNew: fresh.length,
      finishedAt: got.at,
      durationMs: Math.round(got.ms),
    })
    await store.bookCells(ctx.db, room.workspace.id, asked.id, fresh)
    await store.bookPartitions(ctx.db, room.workspace.id, asked.id, answer.spending.partitions)
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

/** Checks a question without computing: is it admissible, how many cells at most. Nothing is recorded, nothing spent. */
export async function previewQuery(ctx: Ctx, input: RunQuery): Promise<Explanation> {
  const { workspaceId, sql } = runQuerySchema.parse(input)
  const room = await loadRoom(ctx, workspaceId)
  await requireAnalyst(ctx, room, 'query')
  const vaults = ctx.resources.vaults
  if (!vaults) throw problems.vaultAway()
  const tables = await listTableRows(ctx.db, [room.workspace.id], ['confirmed'])
  const data = dataRoomOf(room, tables, vaults.cellKey)
  const ledger = await ledgerOf(ctx, room, new Set())
  const explanation = await explain({ sql, room: data, ledger })
  const privacy = explanation.admissible ? await privacyOf(ctx, room) : null
  if (!privacy) return explanation
  const question = { sql, precision: precisionSchema.parse(input.precision), room, data, tables }
  return previewPrivately(ctx, { ...question, setting: privacy.setting }, explanation)
}

const withoutAnswer = (query: QueryRecord): QueryRecord => ({ ...query, result: null })

/**
 * One question of a room. Analysts see the protected answer while the agreement is in force; afterwards, and for holders and
 * reviewers, there is text and outcome only.
 */
export async function getQuery(ctx: Ctx, queryId: string): Promise<{ query: QueryRecord; room: Room }> {
  const query = isUuid(queryId) ? await store.findQuery(ctx.db, queryId) : undefined
  if (!query) throw general.notFound()
  const room = await loadRoom(ctx, query.workspaceId)
  const rights = rightsIn(ctx, room)
  if (rights.query) return { query: isOpen(ctx, room) ? query : withoutAnswer(query), room }
  requirePermission(ctx, policy, 'readLog', { organisationIds: room.holders })
  return { query: withoutAnswer(query), room }
}

/** The last questions of a room for those who ask there; with their answers while the agreement is in force. */
export async function listQueries(
  ctx: Ctx,
  input: { workspaceId: string; before?: string | undefined; limit?: number },
): Promise<QueryRecord[]> {
  const room = await loadRoom(ctx, input.workspaceId)
  requirePermission(ctx, policy, 'query', { organisationIds: room.analysts })
  const rows = await store.listQueryRows(ctx.db, room.workspace.id, {
    limit: input.limit ?? 20,
    before: cursorOf(input.before),
  })
  return isOpen(ctx, room) ? rows : rows.map(withoutAnswer)
}

/** The log for holders and reviewers: text, time, organisation, outcome of every question. No answers. */
export async function readLog(
  ctx: Ctx,
  input: { workspaceId: string; before?: string | undefined; limit?: number },
): Promise<{ room: Room; queries: QueryRecord[] }> {
  const room = await loadRoom(ctx, input.workspaceId)
  requirePermission(ctx, policy, 'readLog', { organisationIds: room.holders })
  const rows = await store.listQueryRows(ctx.db, room.workspace.id, {
    limit: input.limit ?? 50,
    before: cursorOf(input.before),
  })
  return { room, queries: rows.map(withoutAnswer) }
}

function cursorOf(before: string | undefined): string | undefined {
  return before && isUuid(before) ? before : undefined
}

/** How many questions may wait in one room; more would outlast the patience of those who ask. */
const maxWaiting = 8
const turns = new Map<string, { last: Promise<unknown>; waiting: number }>()

/** Runs one question of a room after the other. Refuses with `sandbox/queue-full` when too many wait already. */
async function inTurn<T>(workspaceId: string, run: () => Promise<T>): Promise<T> {
  const turn = turns.get(workspaceId) ?? { last: Promise.resolve(), waiting: 0 }
  if (turn.waiting >= maxWaiting) throw problems.queueFull({ workspaceId })
  turn.waiting += 1
  turns.set(workspaceId, turn)
  const mine = turn.last.then(run, run)
  turn.last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    turn.waiting -= 1
    if (turn.waiting === 0) turns.delete(workspaceId)
  }
}
