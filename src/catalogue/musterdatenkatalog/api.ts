import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { compareInput } from './schema.ts'
import { compareWithModel, suggestFor } from './service.ts'
import { conceptAddress } from './taxonomy.ts'

const conceptSchema = z.object({ id: z.string(), uri: z.url(), de: z.string(), en: z.string() })

const comparisonSchema = z
  .object({
    counts: z.object({ open: z.int(), held: z.int(), probable: z.int(), missing: z.int() }),
    modelDatasets: z.array(
      conceptSchema.extend({
        theme: z.string(),
        state: z.enum(['open', 'held', 'probable', 'missing']),
        count: z.int(),
        entries: z.array(
          z.object({
            id: z.uuid(),
            title: z.string(),
            holder: z.string(),
            open: z.boolean(),
            way: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({ ref: 'ModelDatasetComparison' })

const suggestionSchema = z.object({ suggestions: z.array(conceptSchema.extend({ score: z.number() })) })

const ok = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema: resolver(schema) } } },
})

/** The comparison with the Musterdatenkatalog, and suggestions for a title, as JSON. */
export function modelDatasetApi(app: App): void {
  app.get(
    '/api/v1/catalogue/model-datasets',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Compare with the Musterdatenkatalog',
      description:
        'What a municipality typically has, and what of it you can see here; `place` is the beginning of a municipality key.',
      responses: ok(comparisonSchema, 'All 241 model datasets with their state'),
    }),
    valid('query', compareInput),
    async (c) => c.json(await comparison(c.get('ctx'), c.req.valid('query'))),
  )
  app.get(
    '/api/v1/catalogue/model-datasets/suggest',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Suggest model datasets for a title',
      responses: ok(suggestionSchema, 'At most five, best first'),
    }),
    valid('query', z.object({ title: z.string().max(300) })),
    (c) => {
      const found = suggestFor(c.get('ctx'), c.req.valid('query').title)
      return c.json({ suggestions: found.map(({ concept, score }) => ({ ...conceptJson(concept), score })) })
    },
  )
}

function conceptJson({ id, de, en }: { id: string; de: string; en: string }) {
  return { id, uri: conceptAddress(id), de, en }
}

async function comparison(
  ctx: Parameters<typeof compareWithModel>[0],
  wanted: z.output<typeof compareInput>,
) {
  const { counts, themes } = await compareWithModel(ctx, wanted)
  const modelDatasets = themes.flatMap(({ theme, lines }) =>
    lines.map((line) => ({
      ...conceptJson(line.concept),
      theme: theme.id,
      state: line.state,
      count: line.count,
      entries: line.entries.map(({ entryId, title, holderName, open, way }) => ({
        id: entryId,
        title,
        holder: holderName,
        open,
        way,
      })),
    })),
  )
  return {
    counts,
    modelDatasets: modelDatasets.filter((each) => !wanted.state || each.state === wanted.state),
  }
}
