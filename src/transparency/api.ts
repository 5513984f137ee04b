import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import { filterSchema } from './schema.ts'
import { getEntry, listDays, listEntries } from './service.ts'

const entrySchema = z
  .object({
    seq: z.int(),
    id: z.uuid(),
    at: z.iso.datetime(),
    event: z.string(),
    objectType: z.string(),
    objectId: z.string(),
    organisationId: z.string().nullable(),
    actorRole: z.string(),
    details: z.record(z.string(), z.unknown()),
    previousHash: z.string(),
    hash: z.string(),
  })
  .meta({ ref: 'RegisterEntry' })

const pageSchema = z.object({ entries: z.array(entrySchema), total: z.int(), next: z.int().nullable() })

const answers = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema: resolver(schema) } } },
})

/** The register for machines. */
export function api(app: App): void {
  entries(app)
  days(app)
}

function entries(app: App): void {
  app.get(
    '/api/v1/transparency/entries',
    describeRoute({
      tags: ['transparency'],
      summary: 'Entries of the register, newest first',
      responses: answers(pageSchema, 'A page of entries'),
    }),
    valid('query', filterSchema),
    async (c) => {
      const f = c.req.valid('query')
      const filter = { room: f.room, organisationId: f.organisation, from: f.from, to: f.to, q: f.q }
      const { entries, total, next } = await listEntries(c.get('ctx'), filter, f.cursor)
      return c.json({ entries, total, next: next ?? null })
    },
  )
  app.get(
    '/api/v1/transparency/entries/:seq',
    describeRoute({
      tags: ['transparency'],
      summary: 'One entry',
      responses: answers(entrySchema, 'The entry'),
    }),
    async (c) => c.json(await getEntry(c.get('ctx'), Number(c.req.param('seq')))),
  )
}

function days(app: App): void {
  app.get(
    '/api/v1/transparency/days',
    describeRoute({
      tags: ['transparency'],
      summary: 'Closed days with their Merkle roots, newest first',
      responses: answers(
        z.array(
          z.object({
            day: z.string(),
            entries: z.int(),
            firstSeq: z.int(),
            lastSeq: z.int(),
            root: z.string(),
          }),
        ),
        'Closed days',
      ),
    }),
    async (c) => c.json(await listDays(c.get('ctx'))),
  )
}
