import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { getEntry } from '../entries/service.ts'
import { linksOfEntry } from '../links/service.ts'
import { dimensions } from '../quality/metrics.ts'
import { getQuality, scoreOf } from './service.ts'

const mean = z.number().nullable()
const count = z.int().min(0)

const sumSchema = z
  .object({
    entries: count,
    open: count,
    mqa: mean.meta({ description: 'Mean of the 405-point scores of open data; services have none.' }),
    inventory: mean.meta({
      description: 'Mean of the 100-point scores of services and of data that are not open.',
    }),
    by: z.record(z.enum(dimensions), mean),
    ratings: z.record(z.enum(['excellent', 'good', 'sufficient', 'bad']), count),
    staleness: z.record(z.enum(['current', 'due', 'overdue', 'unknown']), count),
    broken: count,
  })
  .meta({ ref: 'QualitySum' })

const entrySchema = z
  .object({
    mqa: count.nullable(),
    inventory: count.nullable(),
    staleness: z.enum(['current', 'due', 'overdue', 'unknown']),
    dueOn: z.iso.date().nullable(),
    links: z.array(
      z.object({
        url: z.string(),
        kind: z.enum(['access', 'download']),
        state: z.enum(['unknown', 'ok', 'suspect', 'broken', 'refused']),
        checkedAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ ref: 'DatasetQuality' })

const ok = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})

/** Quality of the whole and of one entry, as everyone may see it. */
export function qualityApi(app: App): void {
  app.get(
    '/api/v1/catalogue/quality',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Quality of the catalogue in sums',
      responses: { 200: ok(z.object({ own: sumSchema, all: sumSchema }), 'Own entries, and all of them') },
    }),
    async (c) => {
      const { own, all } = await getQuality(c.get('ctx'))
      return c.json({ own, all })
    },
  )
  app.get(
    '/api/v1/catalogue/datasets/:id/quality',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Score, freshness and addresses of a dataset',
      responses: { 200: ok(entrySchema, 'Its quality'), 404: { description: 'Unknown, or not scored yet' } },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const entry = await getEntry(ctx, c.req.param('id'))
      const score = await scoreOf(ctx, entry)
      if (!score) throw general.notFound()
      const { mqa, inventory, staleness, dueOn } = score
      const links = (await linksOfEntry(ctx, entry.id)).map(({ url, kind, state, checkedAt }) => ({
        url,
        kind,
        state,
        checkedAt: checkedAt?.toISOString() ?? null,
      }))
      return c.json({ mqa, inventory, staleness, dueOn, links })
    },
  )
}
