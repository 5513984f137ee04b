import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import { isOpen, loadRoom, type Room } from '../access/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { QueryRecord } from '../queries/model.ts'
import { findQuery } from '../queries/store.ts'
import { titleOfSql } from '../queries/title.ts'
import type { AttachedNotebook } from '../releases/model.ts'
import type { StartNotebook, WriteNotebook } from './schema.ts'
import { startNotebookSchema, writeNotebookSchema } from './schema.ts'
import type { Notebook, Step } from './store.ts'
import * as store from './store.ts'

/** Starts a page of steps in a room, empty or with one answer. */
export async function startNotebook(ctx: Ctx, input: StartNotebook): Promise<Notebook> {
  const { workspaceId, title, queryId } = startNotebookSchema.parse(input)
  const room = await requireKeeping(ctx, workspaceId)
  const steps: Step[] = queryId ? [{ text: '', queryId, shownAs: 'table' }] : []
  await requireOwnQueries(ctx, room, steps)
  const notebook: Notebook = {
    id: newId(ctx.now.getTime()),
    workspaceId: room.workspace.id,
    title,
    shared: false,
    writtenBy: actorId(ctx.actor) ?? null,
    createdAt: ctx.now,
    changedAt: ctx.now,
    steps,
  }
  await transact(ctx, async (ctx) => {
    await store.insertNotebook(ctx.db, notebook)
    await recordPage(ctx, room, notebook.id, 'notebook-started')
  })
  return notebook
}

async function requireKeeping(ctx: Ctx, workspaceId: string): Promise<Room> {
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  return room
}

/** A step shows answers of the same room only. */
async function requireOwnQueries(ctx: Ctx, room: Room, steps: readonly Step[]): Promise<void> {
  for (const { queryId } of steps) {
    if (queryId === null) continue
    const query = await findQuery(ctx.db, queryId)
    if (query?.workspaceId !== room.workspace.id)
      throw problems.foreignAnswer({ workspaceId: room.workspace.id })
  }
}

type Happened = 'notebook-started' | 'notebook-shared' | 'notebook-dropped'
const happened: Record<Happened, { de: string; en: string }> = {
  'notebook-started': { de: 'wurde eine Seite mit Schritten begonnen', en: 'a page of steps was begun' },
  'notebook-shared': { de: 'wurde eine Seite mit Schritten geteilt', en: 'a page of steps was shared' },
  'notebook-dropped': {
    de: 'wurde eine Seite mit Schritten weggeworfen',
    en: 'a page of steps was thrown away',
  },
}

async function recordPage(ctx: Ctx, room: Room, notebookId: string, what: Happened): Promise<void> {
  const { workspace } = room
  await record(ctx, {
    event: `sandbox.${what}`,
    object: { type: 'workspace', id: workspace.id },
    summary: {
      de: `Im Arbeitsraum „${workspace.title}“ ${happened[what].de}.`,
      en: `In the workspace “${workspace.title}” ${happened[what].en}.`,
    },
    href: `/sandbox/workspaces/${workspace.id}`,
    details: { notebookId },
  })
}

/** The pages of a room for the reader, last changed first; none once the agreement is over. */
export async function listNotebooks(ctx: Ctx, workspaceId: string): Promise<Notebook[]> {
  const room = await requireKeeping(ctx, workspaceId)
  if (!isOpen(ctx, room)) return []
  return store.listNotebookRows(ctx.db, room.workspace.id, actorId(ctx.actor) ?? null)
}

/** A page with the answers its steps show. Answers are those of the room: when it ends they are gone. */
export type NotebookView = { notebook: Notebook; room: Room; answers: ReadonlyMap<string, QueryRecord> }

/** One page; what is not shared is not found for others. */
export async function getNotebook(ctx: Ctx, notebookId: string): Promise<NotebookView> {
  const notebook = isUuid(notebookId) ? await store.findNotebook(ctx.db, notebookId) : undefined
  if (!notebook) throw general.notFound()
  const room = await requireKeeping(ctx, notebook.workspaceId)
  const isMine = notebook.shared || notebook.writtenBy === (actorId(ctx.actor) ?? null)
  if (!isMine && ctx.actor.kind !== 'system') throw general.notFound()
  const answers = new Map<string, QueryRecord>()
  for (const { queryId } of notebook.steps) {
    const query = queryId === null ? undefined : await findQuery(ctx.db, queryId)
    if (query) answers.set(query.id, isOpen(ctx, room) ? query : { ...query, result: null })
  }
  return { notebook, room, answers }
}

/** Writes title, sharing and all steps anew. Empty steps fall away. Refuses answers of other rooms. */
export async function writeNotebook(ctx: Ctx, input: WriteNotebook): Promise<Notebook> {
  const { notebookId, title, shared, steps: given } = writeNotebookSchema.parse(input)
  const { notebook, room } = await getNotebook(ctx, notebookId)
  const steps = given
    .map((step) => ({ ...step, queryId: step.queryId || null }))
    .filter((step) => step.text !== '' || step.queryId !== null)
  await requireOwnQueries(ctx, room, steps)
  await transact(ctx, async (ctx) => {
    await store.updateNotebook(ctx.db, notebook.id, { title, shared, steps, changedAt: ctx.now })
    if (shared && !notebook.shared) await recordPage(ctx, room, notebook.id, 'notebook-shared')
  })
  return { ...notebook, title, shared, steps, changedAt: ctx.now }
}

/** Adds an answer at the end of a page. */
export async function addStep(ctx: Ctx, input: { notebookId: string; queryId: string }): Promise<Notebook> {
  const { notebook } = await getNotebook(ctx, input.notebookId)
  const steps = [...notebook.steps, { text: '', queryId: input.queryId, shownAs: 'table' as const }]
  return writeNotebook(ctx, {
    notebookId: notebook.id,
    title: notebook.title,
    shared: notebook.shared,
    steps,
  })
}

/** Throws a page away; the answers stay in the history. Gives the room. */
export async function removeNotebook(ctx: Ctx, notebookId: string): Promise<Room> {
  const { notebook, room } = await getNotebook(ctx, notebookId)
  await transact(ctx, async (ctx) => {
    await store.deleteNotebook(ctx.db, notebook.id)
    await recordPage(ctx, room, notebook.id, 'notebook-dropped')
  })
  return room
}

/** A page as reviewers get it: texts and questions as they stand now, no answers of other questions. */
export async function notebookForRelease(
  ctx: Ctx,
  room: Room,
  notebookId: string,
): Promise<AttachedNotebook> {
  const { notebook, answers, room: own } = await getNotebook(ctx, notebookId)
  if (own.workspace.id !== room.workspace.id) throw problems.foreignAnswer({ workspaceId: room.workspace.id })
  return {
    title: notebook.title,
    steps: notebook.steps.map(({ text, queryId }) => {
      const query = queryId === null ? undefined : answers.get(queryId)
      return {
        text,
        question: query ? query.title || titleOfSql(query.sql, ctx.locale) : '',
        sql: query?.sql ?? '',
      }
    }),
  }
}
