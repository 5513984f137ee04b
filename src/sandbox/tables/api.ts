import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App, Call } from '../../platform/http.ts'
import { submit, valid } from '../../platform/http.ts'
import type { FormState } from '../../platform/form.ts'
import type { IncomingPart } from '../../platform/multipart.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { loadRoom } from '../access/service.ts'
import { policy } from '../policy.ts'
import { route } from '../releases/api.ts'
import { confirmRolesSchema, receivedFile, uploadTableSchema } from '../schema.ts'
import { getWorkspace } from '../workspaces/service.ts'
import type { SandboxTable } from './model.ts'
import { roundedSize } from './model.ts'
import { confirmRoles, getTable, listTables, receiveFile, removeTable, uploadTable } from './service.ts'

const tableAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    description: z.string(),
    state: z.string(),
    organisationId: z.string(),
    /** Rounded to two digits; null for fewer than a hundred rows or before roles are confirmed. */
    approximateRows: z.int().nullable(),
    columns: z.array(z.record(z.string(), z.unknown())),
    /** What reading the file showed; for its holder only. */
    findings: z.array(z.object({ severity: z.string(), text: z.string() })).optional(),
  })
  .meta({ ref: 'SandboxTable' })

/** A table with roles and meanings, no values but registered ones. */
function tableJson(table: SandboxTable) {
  const columns = (table.spec?.columns ?? []).map(({ source: _source, ...column }) => column)
  const { id, name, description, state, organisationId } = table
  const approximateRows = table.vault ? roundedSize(table.vault.rows) : null
  return { id, name, description, state, organisationId, approximateRows, columns }
}

const ownTableJson = (table: SandboxTable, locale: 'de' | 'en') => ({
  ...tableJson(table),
  findings: table.findings.map(({ severity, text }) => ({ severity, text: text[locale] })),
})

/** A documented route that takes a multipart form with a `file` and these text fields, and answers with JSON of this shape. */
export function withFile(summary: string, answer: z.ZodType, fields: readonly string[]) {
  const texts = fields.map((name) => [name, { type: 'string' as const }] as const)
  const file = { type: 'string' as const, format: 'binary' }
  const schema = {
    type: 'object' as const,
    properties: { file, ...Object.fromEntries(texts) },
    required: ['file'],
  }
  return describeRoute({
    tags: ['sandbox'],
    summary,
    requestBody: { required: true, content: { 'multipart/form-data': { schema } } },
    responses: {
      200: { description: summary, content: { 'application/json': { schema: resolver(answer) } } },
    },
  })
}

/** A file that came as a form does not fit: named like any other bad request. */
export function unfit(form: FormState): never {
  throw general.invalid({ where: Object.keys(form.errors).join(', ') || 'file' })
}

/** Tables for programs: bring a file, confirm roles, take it out. */
export function tableApi(app: App): void {
  const inRoom = '/api/v1/sandbox/workspaces/:id/tables'
  const one = '/api/v1/sandbox/tables/:id'
  app.get(
    inRoom,
    route('Tables of a workspace: roles and meanings, no values', z.array(tableAnswer)),
    async (c) => {
      const room = await getWorkspace(c.get('ctx'), c.req.param('id'))
      return c.json((await listTables(c.get('ctx'), room)).map(tableJson))
    },
  )
  app.post(
    inRoom,
    withFile(
      'Put a file into the vault; roles are proposed',
      tableAnswer,
      Object.keys(uploadTableSchema.shape),
    ),
    (c) => upload(c, c.req.param('id')),
  )
  app.get(one, route('A table of your own with what reading it showed', tableAnswer), async (c) => {
    const { table } = await getTable(c.get('ctx'), c.req.param('id'))
    return c.json(ownTableJson(table, c.get('ctx').locale))
  })
  app.put(
    `${one}/roles`,
    route('Confirm the roles of a table', tableAnswer),
    valid('json', confirmRolesSchema.omit({ tableId: true })),
    async (c) => {
      const input = { ...c.req.valid('json'), tableId: c.req.param('id') }
      return c.json(tableJson(await confirmRoles(c.get('ctx'), input)))
    },
  )
  app.delete(one, route('Take a table out of the vault for good', z.object({})), async (c) => {
    await removeTable(c.get('ctx'), c.req.param('id'))
    return c.json({})
  })
}

async function upload(c: Call, workspaceId: string): Promise<Response> {
  const room = await loadRoom(c.get('ctx'), workspaceId)
  // Before a byte of the body is read: who may not upload, does not send.
  requirePermission(c.get('ctx'), policy, 'upload', { organisationIds: room.holders })
  return submit(c, uploadTableSchema.extend({ file: receivedFile }), {
    slow: true,
    receive: (part: IncomingPart) => receiveFile(c.get('ctx'), room, part),
    act: async (ctx, input) =>
      c.json(ownTableJson(await uploadTable(ctx, { ...input, workspaceId }), ctx.locale)),
    invalid: unfit,
  })
}
