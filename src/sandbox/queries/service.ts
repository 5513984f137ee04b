import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { isOpen, loadRoom, requireAnalyst, rightsIn } from '../access/service.ts'
import type { Expectation } from '../asking/expectation.ts'
import { expectationOf } from '../asking/expectation.ts'
import { dataRoomOf, ledgerOf, tableBudgets } from '../budgets/service.ts'
import { explain } from '../engine/explain.ts'
import type { Explanation } from '../engine/result.ts'
import type { QueryId } from '../model.ts'
import { policy } from '../policy.ts'
import { previewPrivately } from '../privacy/question-service.ts'
import { privacyOf } from '../privacy/service.ts'
import { problems } from '../problems.ts'
import { precisionSchema } from '../privacy/schema.ts'
import { renameQuerySchema, runQuerySchema } from '../schema.ts'
import type { RunQuery } from '../schema.ts'
import type { SandboxTable } from '../tables/model.ts'
import { listTableRows } from '../tables/store.ts'
import { inTurn } from '../turns/service.ts'
import { answerInVault } from './answering-service.ts'
import type { QueryRecord } from './model.ts'
import * as store from './store.ts'

/** Questions one person may ask within a minute: enough for trying out, too few for a machine that guesses. */
export const questionsPerMinute = 20

/**
 * Asks a question: checked against role and agreement, written down before the vault hears of it, answered with
 * protected rows or refused. A refusal is a result, not an error; thrown is only what concerns the asking itself.
 * Must not be called inside a transaction.
 */
export async function runQuery(ctx: Ctx, input: RunQuery): Promise<QueryRecord> {
  const { workspaceId, sql, form, title } = runQuerySchema.parse(input)
  const precision = precisionSchema.parse(input.precision)
  const room = await loadRoom(ctx, workspaceId)
  const organisationId = await requireAnalyst(ctx, room, 'query')
  await requirePace(ctx, room)
  const id = newId<QueryId>(ctx.now.getTime())
  return inTurn(ctx, { workspaceId, personId: actorId(ctx.actor) }, async (settling) => {
    const askedBy = actorId(ctx.actor) ?? null
    await store.insertQuery(ctx.db, {
      id,
      workspaceId: room.workspace.id,
      askedBy,
      organisationId,
      askedAt: ctx.now,
      title,
      sql,
      form: form ?? null,
    })
    await answerInVault(ctx, room, { id, sql, organisationId, precision }, settling)
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

/** A dry run: the engine's explanation, and a guess from public facts of what protection will take. */
export type Preview = Explanation & { readonly expectation: Expectation | null }

/** Checks a question without computing: is it admissible, how many cells at most. Nothing is recorded, nothing spent. */
export async function previewQuery(ctx: Ctx, input: RunQuery): Promise<Preview> {
  const { workspaceId, sql } = runQuerySchema.parse(input)
  const room = await loadRoom(ctx, workspaceId)
  await requireAnalyst(ctx, room, 'query')
  const vaults = ctx.resources.vaults
  if (!vaults) throw problems.vaultAway()
  const tables = await listTableRows(ctx.db, [room.workspace.id], ['confirmed'])
  const ledger = await ledgerOf(ctx, room, new Set())
  const data = dataRoomOf(ctx, room, { tables, cellKey: vaults.cellKey })
  const explanation = await explain({ sql, room: data, ledger })
  const privacy = explanation.admissible ? await privacyOf(ctx, room) : null
  if (!privacy) {
    const remaining = await leftFor(ctx, room, { explanation, tables })
    return { ...explanation, remaining, expectation: await expectationOf(sql, data.tables, data.preset) }
  }
  const precision = precisionSchema.parse(input.precision)
  const question = { sql, precision, room, data, tables, setting: privacy.setting }
  return { ...(await previewPrivately(ctx, question, explanation)), expectation: null }
}

/** What is left for a question: of the room, of the day, and of each table it counts. */
async function leftFor(
  ctx: Ctx,
  room: Room,
  of: { explanation: Explanation; tables: readonly SandboxTable[] },
): Promise<number | null> {
  const { remaining, tables } = of.explanation
  if (remaining === null) return null
  const budgets = await tableBudgets(ctx, room, of.tables)
  const asked = budgets.filter(({ table }) => tables.includes(table))
  return Math.min(remaining, ...asked.map(({ most, spent }) => Math.max(0, most - spent)))
}

/** The checksum goes as well: it would tell a small table to whoever tries figures out. */
const withoutAnswer = (query: QueryRecord): QueryRecord => ({ ...query, result: null, resultSha256: null })

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

/** Gives a question another name, for everybody who reads it; empty names it after what it shows. Those who analyse may. */
export async function renameQuery(
  ctx: Ctx,
  input: { queryId: string; title: string },
): Promise<{ id: string }> {
  const { query, room } = await getQuery(ctx, input.queryId)
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  const { title } = renameQuerySchema.parse(input)
  await transact(ctx, async (ctx) => {
    await store.renameQuery(ctx.db, query.id, title)
    await record(ctx, {
      event: 'sandbox.query-named',
      object: { type: 'workspace', id: room.workspace.id },
      summary: {
        de: `Im Arbeitsraum „${room.workspace.title}“ bekam eine Abfrage einen Namen.`,
        en: `A question in the workspace “${room.workspace.title}” was given a name.`,
      },
      href: `/sandbox/workspaces/${room.workspace.id}`,
      details: { queryId: query.id },
    })
  })
  return { id: query.id }
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
