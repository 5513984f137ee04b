import { z } from 'zod'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import type { QueryRecord } from './queries/model.ts'
import { refusalText } from './queries/problems.ts'
import { cell, columnSchema, releaseApi, route } from './releases/api.ts'
import { savedApi } from './saved/api.ts'
import { notebookApi } from './notebooks/api.ts'
import { confirmRolesSchema, openWorkspaceSchema, runQuerySchema } from './schema.ts'
import {
  confirmRoles,
  getQuery,
  getWorkspace,
  listTables,
  listWorkspaces,
  openWorkspace,
  previewQuery,
  readLog,
  runQuery,
} from './service.ts'
import type { SandboxTable } from './tables/model.ts'
import { roundedSize } from './tables/model.ts'
import type { Room } from './access/service.ts'

const workspaceSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    agreementId: z.string(),
    questionId: z.string(),
    state: z.enum(['open', 'closed']),
    validUntil: z.string(),
  })
  .meta({ ref: 'Workspace' })
const queryAnswer = z
  .object({
    id: z.uuid(),
    workspaceId: z.uuid(),
    askedAt: z.iso.datetime(),
    title: z.string(),
    sql: z.string(),
    state: z.enum(['running', 'answered', 'refused', 'failed']),
    refusal: z
      .object({ code: z.string(), title: z.string(), detail: z.string(), instead: z.string().nullable() })
      .nullable(),
    columns: z.array(columnSchema),
    /** In a column that is no dimension, null is a protected figure. */
    rows: z.array(z.array(cell)),
    newCells: z.int(),
    resultSha256: z.string().nullable(),
  })
  .meta({ ref: 'SandboxQuery' })
function workspaceJson({ workspace, agreement }: Room) {
  const { id, title, agreementId, questionId, state } = workspace
  return { id, title, agreementId, questionId, state, validUntil: agreement.validUntil }
}

function tableJson(table: SandboxTable) {
  const columns = (table.spec?.columns ?? []).map(({ source: _source, ...column }) => column)
  const { id, name, description, state, organisationId } = table
  const rows = table.vault ? roundedSize(table.vault.rows) : null
  return { id, name, description, state, organisationId, approximateRows: rows, columns }
}

function queryJson(query: QueryRecord, locale: 'de' | 'en') {
  const text = query.refusal && refusalText(query.refusal, locale)
  return {
    id: query.id,
    workspaceId: query.workspaceId,
    askedAt: query.askedAt.toISOString(),
    title: query.title,
    sql: query.sql,
    state: query.state,
    refusal:
      query.refusal && text
        ? { code: query.refusal.code, title: text.title, detail: text.detail, instead: text.instead ?? null }
        : null,
    columns: query.result?.columns ?? [],
    rows: query.result?.rows ?? [],
    newCells: query.cellsNew,
    resultSha256: query.resultSha256,
  }
}

/** The sandbox for programs: the same use cases, the same refusals. */
export function api(app: App): void {
  workspaceApi(app)
  queryApi(app)
  releaseApi(app)
  savedApi(app)
  notebookApi(app)
}

function workspaceApi(app: App): void {
  app.get(
    '/api/v1/sandbox/workspaces',
    route('Workspaces you take part in', z.array(workspaceSchema)),
    async (c) => c.json((await listWorkspaces(c.get('ctx'))).map(workspaceJson)),
  )
  app.post(
    '/api/v1/sandbox/workspaces',
    route('Open the workspace of an agreement in force', workspaceSchema),
    valid('json', openWorkspaceSchema),
    async (c) => {
      const { id } = await openWorkspace(c.get('ctx'), c.req.valid('json'))
      return c.json(workspaceJson(await getWorkspace(c.get('ctx'), id)))
    },
  )
  app.get(
    '/api/v1/sandbox/workspaces/:id/tables',
    route('Tables of a workspace: roles and meanings, no values', z.array(z.record(z.string(), z.unknown()))),
    async (c) => {
      const room = await getWorkspace(c.get('ctx'), c.req.param('id'))
      return c.json((await listTables(c.get('ctx'), room)).map(tableJson))
    },
  )
  app.put(
    '/api/v1/sandbox/tables/:id/roles',
    route('Confirm the roles of a table', z.record(z.string(), z.unknown())),
    valid('json', confirmRolesSchema.omit({ tableId: true })),
    async (c) =>
      c.json(
        tableJson(await confirmRoles(c.get('ctx'), { ...c.req.valid('json'), tableId: c.req.param('id') })),
      ),
  )
  app.get(
    '/api/v1/sandbox/workspaces/:id/log',
    route('Questions with outcome, for holders and reviewers', z.array(queryAnswer)),
    async (c) => {
      const ctx = c.get('ctx')
      const { queries } = await readLog(ctx, {
        workspaceId: c.req.param('id'),
        before: c.req.query('before'),
      })
      return c.json(queries.map((q) => queryJson(q, ctx.locale)))
    },
  )
}

function queryApi(app: App): void {
  const body = runQuerySchema.pick({ sql: true, precision: true })
  app.post(
    '/api/v1/sandbox/workspaces/:id/queries',
    route('Ask a question in SQL; a refusal is an answer too', queryAnswer),
    valid('json', body),
    async (c) => {
      const ctx = c.get('ctx')
      const query = await runQuery(ctx, { ...c.req.valid('json'), workspaceId: c.req.param('id') })
      return c.json(queryJson(query, ctx.locale))
    },
  )
  app.post(
    '/api/v1/sandbox/workspaces/:id/preview',
    route('Check a question without computing', z.record(z.string(), z.unknown())),
    valid('json', body),
    async (c) =>
      c.json(await previewQuery(c.get('ctx'), { ...c.req.valid('json'), workspaceId: c.req.param('id') })),
  )
  app.get(
    '/api/v1/sandbox/queries/:id',
    route('One question with its stored answer', queryAnswer),
    async (c) => {
      const ctx = c.get('ctx')
      return c.json(queryJson((await getQuery(ctx, c.req.param('id'))).query, ctx.locale))
    },
  )
}
