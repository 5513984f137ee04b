import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../../platform/http.ts'
import { valid } from '../../platform/http.ts'
import { entryKinds } from '../entries/model.ts'
import { searchInput } from '../schema.ts'
import { searchEntries } from './service.ts'
import { suggestSearches } from './suggest.ts'

const hitSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  holder: z.string(),
  kind: z.enum(entryKinds),
  access: z.string(),
  quality: z.int(),
  modifiedAt: z.iso.datetime(),
  snippet: z
    .array(z.object({ text: z.string(), mark: z.boolean() }))
    .meta({ description: 'The part of the description that fits best; `mark` is what was searched for.' }),
  url: z.url(),
})

const foundSchema = z
  .object({
    total: z.int(),
    holders: z.int(),
    hits: z.array(hitSchema),
    facets: z
      .array(z.object({ facet: z.string(), value: z.string(), count: z.int() }))
      .meta({ description: 'Each facet counted without its own choice.' }),
    related: z.array(z.string()),
    corrected: z.array(z.object({ from: z.string(), to: z.string() })),
    meant: z.string().nullable(),
    next: z.string().nullable().meta({ description: 'Cursor of the next page.' }),
  })
  .meta({ ref: 'CatalogueSearch' })

const suggestionSchema = z
  .object({
    searches: z.array(z.object({ q: z.string(), n: z.int() })),
    entries: z.array(
      z.object({ id: z.uuid(), title: z.string(), holder: z.string(), kind: z.enum(entryKinds) }),
    ),
  })
  .meta({ ref: 'CatalogueSuggestions' })

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})

/** Searching for programs: hits with marked words, counts, corrections; and suggestions while typing. */
export function searchApi(app: App): void {
  app.get(
    '/api/v1/catalogue/search',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Search with marked words, corrections and counts',
      description:
        'Words in any order, "in quotes" as a phrase, -word as not wanted, word* as a beginning. Facets may be repeated: OR within one, AND across. `region` is an official municipality key or its beginning, `from` and `to` a span that periods must overlap, `bbox` west,south,east,north in degrees.',
      responses: { 200: json(foundSchema, 'One page of hits') },
    }),
    valid('query', searchInput.omit({ spread: true })),
    async (c) => {
      const ctx = c.get('ctx')
      const found = await searchEntries(ctx, c.req.valid('query'))
      const hits = found.hits.map((hit) => ({
        id: hit.id,
        title: hit.title,
        holder: hit.holderName,
        kind: hit.kind,
        access: hit.access,
        quality: hit.quality,
        modifiedAt: hit.modifiedAt.toISOString(),
        snippet: found.snippets.get(hit.id) ?? [],
        url: `${ctx.config.url}/catalogue/datasets/${hit.id}`,
      }))
      const { total, holders, facets, related, corrected } = found
      return c.json({
        total,
        holders,
        hits,
        facets,
        related,
        corrected,
        meant: found.meant ?? null,
        next: found.next ?? null,
      })
    },
  )
  app.get(
    '/api/v1/catalogue/suggest',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Suggestions for what is being typed',
      description: 'Only from entries you may know of.',
      responses: { 200: json(suggestionSchema, 'Searches and entries') },
    }),
    valid('query', z.object({ q: z.string().max(200).default('') })),
    async (c) => c.json(await suggestSearches(c.get('ctx'), c.req.valid('query').q)),
  )
}
