import { z } from 'zod'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import type { QueryRecord } from './queries/model.ts'
import { refusalText } from './queries/problems.ts'
import { cell, columnSchema, releaseApi, route } from './releases/api.ts'
import { savedApi } from './saved/api.ts'
import { notebookApi } from './notebooks/api.ts'
import { readBudget } from './budgets/service.ts'
import { mapApi } from './maps/api.ts'
import { remaining } from './model.ts'
import { openWorkspaceSchema, runQuerySchema } from './schema.ts'
import {
  getQuery,
  getWorkspace,
  listQueries,
  listWorkspaces,
  openWorkspace,
  previewQuery,
  readLog,
  runQuery,
} from './service.ts'
import { snapshotApi } from './snapshots/api.ts'
import { tableApi } from './tables/api.ts'
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
const workspaceDetail = workspaceSchema
  .extend({
    purpose: z.string(),
    legalBasis: z.string(),
    parties: z.array(z.object({ organisationId: z.string(), name: z.string(), part: z.string() })),
    /** Fewest units behind a figure, what counts are rounded to, and the version stored with each answer. */
    protection: z.object({ minimumUnits: z.int(), rounding: z.int(), version: z.string() }),
    closedAt: z.iso.datetime().nullable(),
    keyDestroyedAt: z.iso.datetime().nullable(),
  })
  .meta({ ref: 'WorkspaceDetail' })
const budgetAnswer = z
  .object({
    perDay: z.int(),
    perProject: z.int(),
    spentToday: z.int(),
    spentInProject: z.int(),
    remaining: z.int(),
    /** New cells each counted table has given out here, and the most it gives out at all. */
    tables: z.array(z.object({ table: z.string(), spent: z.int(), most: z.int() })),
  })
  .meta({ ref: 'SandboxBudget' })

function termsJson({
  agreement,
  level,
  workspace,
}: Room): Omit<z.output<typeof workspaceDetail>, keyof z.output<typeof workspaceSchema>> {
  return {
    purpose: agreement.terms.purpose,
    legalBasis: agreement.terms.legalBasis,
    parties: agreement.parties.map(({ organisationId, name, part }) => ({ organisationId, name, part })),
    protection: { minimumUnits: level.k, rounding: level.rounding, version: level.version },
    closedAt: workspace.closedAt?.toISOString() ?? null,
    keyDestroyedAt: workspace.keyDestroyedAt?.toISOString() ?? null,
  }
}

function workspaceJson({ workspace, agreement }: Room) {
  const { id, title, agreementId, questionId, state } = workspace
  return { id, title, agreementId, questionId, state, validUntil: agreement.validUntil }
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
  tableApi(app)
  snapshotApi(app)
  queryApi(app)
  mapApi(app)
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
    '/api/v1/sandbox/workspaces/:id',
    route('One workspace with its level of protection', workspaceDetail),
    async (c) => {
      const room = await getWorkspace(c.get('ctx'), c.req.param('id'))
      return c.json({ ...workspaceJson(room), ...termsJson(room) })
    },
  )
  app.get(
    '/api/v1/sandbox/workspaces/:id/budget',
    route('Cells spent and left, for those who ask', budgetAnswer),
    async (c) => {
      const budget = await readBudget(c.get('ctx'), c.req.param('id'))
      return c.json({ ...budget, remaining: remaining(budget) })
    },
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
  const body = runQuerySchema.pick({ sql: true, precision: true, title: true })
  app.get(
    '/api/v1/sandbox/workspaces/:id/queries',
    route('The last questions of a workspace with their answers, newest first', z.array(queryAnswer)),
    valid(
      'query',
      z.object({ before: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
    ),
    async (c) => {
      const ctx = c.get('ctx')
      const queries = await listQueries(ctx, { ...c.req.valid('query'), workspaceId: c.req.param('id') })
      return c.json(queries.map((q) => queryJson(q, ctx.locale)))
    },
  )
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
