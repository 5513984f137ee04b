import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { undoUntil } from './model.ts'
import type { GoneEntry } from './model.ts'
import { removalInput } from './schema.ts'
import type { GoneLine } from './service.ts'
import { adoptGone, foresee, keepGone, listGone, removeGone, restoreGone } from './service.ts'

const count = z.int().min(0)
const moment = z.iso.datetime().nullable()

const goneSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    identifier: z.string().nullable(),
    source: z.uuid(),
    goneAt: z.iso.datetime(),
    keptAt: moment,
    removedAt: moment,
    undoUntil: moment.meta({ description: 'Entries in use can be brought back without limit.' }),
    uses: z.array(z.object({ kind: z.enum(['need', 'agreement', 'answer']), href: z.string() })),
  })
  .meta({ ref: 'GoneEntry' })

const listAnswer = z.object({
  entries: z.array(goneSchema),
  counts: z.object({ gone: count, kept: count, removed: count }),
  next: z.string().nullable(),
})
const listInput = z.object({
  source: z.uuid().optional(),
  removed: z.stringbool().default(false),
  cursor: z.uuid().optional(),
})
const removalAnswer = z.object({ removed: count })
const foreseen = z.object({ total: count, inUse: count })

const ok = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
const refused = (description: string) => ({ description, content: { 'application/problem+json': {} } })

function lineJson({ entry, uses }: GoneLine) {
  const { id, title, identifier, sourceId, goneAt, keptAt, removedAt } = entry
  return {
    id,
    title,
    identifier,
    source: sourceId,
    goneAt: goneAt.toISOString(),
    keptAt: keptAt?.toISOString() ?? null,
    removedAt: removedAt?.toISOString() ?? null,
    undoUntil: removedAt ? undoUntil(removedAt).toISOString() : null,
    uses: uses.map(({ kind, href }) => ({ kind, href })),
  }
}

const path = '/api/v1/catalogue/gone'

/** Entries gone at their source, for stewards and operators. */
export function goneApi(app: App): void {
  app.get(
    path,
    describeRoute({
      tags: ['catalogue'],
      summary: 'List entries their sources no longer have',
      responses: { 200: ok(listAnswer, 'Longest gone first, 50 a page'), 403: refused('Refused') },
    }),
    valid('query', listInput),
    async (c) => {
      const { source, removed, cursor } = c.req.valid('query')
      const found = await listGone(c.get('ctx'), { sourceId: source, removed, after: cursor })
      return c.json({ entries: found.lines.map(lineJson), counts: found.counts, next: found.next ?? null })
    },
  )
  removalRoutes(app)
  decisionRoutes(app)
}

function removalRoutes(app: App): void {
  app.post(
    `${path}/removals`,
    describeRoute({
      tags: ['catalogue'],
      summary: 'Remove gone entries: some, or all gone for so many days',
      description:
        'Can be taken back for thirty days. Pinned entries stay; entries in use are never deleted.',
      responses: { 200: ok(removalAnswer, 'How many were removed'), 400: refused('Invalid') },
    }),
    valid('json', removalInput),
    async (c) => c.json({ removed: await removeGone(c.get('ctx'), c.req.valid('json')) }),
  )
  app.post(
    `${path}/removals/foreseen`,
    describeRoute({
      tags: ['catalogue'],
      summary: 'Say how many a removal would take, and how many of them are in use',
      responses: { 200: ok(foreseen, 'Nothing was removed'), 400: refused('Invalid') },
    }),
    valid('json', removalInput),
    async (c) => c.json(await foresee(c.get('ctx'), c.req.valid('json'))),
  )
}

const decisions = {
  keep: { summary: 'Keep a gone entry', act: (ctx, id) => keepGone(ctx, { id, keep: true }) },
  'let-go': { summary: 'Keep a gone entry no longer', act: (ctx, id) => keepGone(ctx, { id, keep: false }) },
  restore: { summary: 'Bring a removed entry back', act: restoreGone },
  adopt: { summary: 'Carry a gone entry on as an own entry of its house', act: adoptGone },
} satisfies Record<
  string,
  { summary: string; act: (ctx: Parameters<typeof restoreGone>[0], id: string) => Promise<GoneEntry> }
>

function decisionRoutes(app: App): void {
  for (const [name, { summary, act }] of Object.entries(decisions))
    app.post(
      `${path}/:id/${name}`,
      describeRoute({
        tags: ['catalogue'],
        summary,
        responses: { 204: { description: 'Done' }, 409: refused('Nothing to decide about it') },
      }),
      async (c) => {
        await act(c.get('ctx'), c.req.param('id'))
        return c.body(null, 204)
      },
    )
}
