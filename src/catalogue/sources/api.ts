import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { schedules } from '../runs/model.ts'
import type { Run, Source } from '../runs/model.ts'
import { getRun } from '../runs/service.ts'
import { sourceInput } from '../schema.ts'
import { addSource, harvestSource, listSources } from './service.ts'

const count = z.int().min(0)

const sourceSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(['upload', 'url']),
    url: z.string().nullable(),
    format: z.string().nullable(),
    schedule: z.enum(schedules),
    nextRunAt: z.iso.datetime().nullable(),
    lastRun: z.uuid().nullable(),
  })
  .meta({ ref: 'DataSource' })

const runSchema = z
  .object({
    id: z.uuid(),
    source: z.uuid(),
    state: z.enum(['waiting', 'fetching', 'reading', 'complete', 'incomplete', 'failed']),
    format: z.string().nullable(),
    expected: count.nullable(),
    read: count,
    created: count,
    changed: count,
    unchanged: count,
    quarantined: count,
    missing: count.meta({ description: 'Newly missing at the source; they go after seven days.' }),
    gone: count,
    withheld: count.meta({ description: 'Missing, but so many that a person must confirm.' }),
    pages: count,
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ ref: 'HarvestRun' })

const ok = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
const refused = (description: string) => ({ description, content: { 'application/problem+json': {} } })

function sourceJson(source: Source, lastRun: Run | undefined) {
  const { id, name, kind, url, format, schedule, nextRunAt } = source
  return {
    id,
    name,
    kind,
    url,
    format,
    schedule,
    nextRunAt: nextRunAt?.toISOString() ?? null,
    lastRun: lastRun?.id ?? null,
  }
}

function runJson(run: Run) {
  const { id, state, format, expected, read, created, changed, unchanged } = run
  const { quarantined, missing, gone, withheld, pages } = run
  return {
    id,
    source: run.sourceId,
    state,
    format,
    expected,
    read,
    created,
    changed,
    unchanged,
    quarantined,
    missing,
    gone,
    withheld,
    pages,
    startedAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
  }
}

/** Sources and their runs for stewards and operators. */
export function sourceApi(app: App): void {
  const path = '/api/v1/catalogue/sources'
  app.get(
    path,
    describeRoute({
      tags: ['catalogue'],
      summary: 'List the sources entries come from',
      responses: {
        200: ok(z.object({ sources: z.array(sourceSchema) }), 'All sources'),
        403: refused('Refused'),
      },
    }),
    async (c) => {
      const sources = await listSources(c.get('ctx'))
      return c.json({ sources: sources.map(({ source, last }) => sourceJson(source, last)) })
    },
  )
  app.post(
    path,
    describeRoute({
      tags: ['catalogue'],
      summary: 'Add a source',
      responses: {
        201: ok(sourceSchema, 'The new source'),
        400: refused('Invalid'),
        409: refused('Known already'),
      },
    }),
    valid('json', sourceInput),
    async (c) => c.json(sourceJson(await addSource(c.get('ctx'), c.req.valid('json')), undefined), 201),
  )
  runRoutes(app, path)
}

function runRoutes(app: App, path: string): void {
  app.post(
    `${path}/:id/runs`,
    describeRoute({
      tags: ['catalogue'],
      summary: 'Start reading a source',
      responses: {
        202: ok(runSchema, 'The run; it goes on in the background'),
        409: refused('One is under way'),
      },
    }),
    async (c) => c.json(runJson(await harvestSource(c.get('ctx'), { sourceId: c.req.param('id') })), 202),
  )
  app.get(
    '/api/v1/catalogue/runs/:id',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Watch a run',
      responses: { 200: ok(runSchema, 'The run as it stands'), 404: refused('Unknown') },
    }),
    async (c) => c.json(runJson((await getRun(c.get('ctx'), c.req.param('id'))).run)),
  )
}
