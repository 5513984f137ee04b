import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import { general } from '../platform/problem.ts'
import { actionApi } from './action/api.ts'
import { createFromForm, saveForm } from './editing/service.ts'
import { entryValues } from './editing/form.ts'
import { accessTypes, entryKinds, visibilities } from './entries/model.ts'
import type { Entry, EntrySummary } from './entries/model.ts'
import { listPartnersOf } from './entries/service.ts'
import { goneApi } from './gone/api.ts'
import { modelDatasetApi } from './musterdatenkatalog/api.ts'
import { entryForm, searchInput } from './schema.ts'
import { searchApi } from './search/api.ts'
import { sourceApi } from './sources/api.ts'
import { qualityApi } from './worklist/api.ts'
import { getEntry, searchEntries } from './service.ts'

const summarySchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    summary: z.string(),
    holder: z.string(),
    organisationId: z.string(),
    kind: z.enum(entryKinds),
    access: z.enum(accessTypes),
    visibility: z.enum(visibilities),
    topics: z.array(z.string()),
    formats: z.array(z.string()),
    places: z.array(z.string()),
    starts: z.iso.date().nullable(),
    ends: z.iso.date().nullable(),
    grain: z.string().nullable(),
    frequency: z.string().nullable(),
    currentTo: z.iso.date().nullable(),
    licence: z.string().nullable(),
    quality: z.int().min(0).max(100),
    version: z.int(),
    modifiedAt: z.iso.datetime(),
    url: z.url(),
  })
  .meta({ ref: 'DatasetSummary' })

const entrySchema = summarySchema
  .extend({
    face: z.enum(['public', 'partner', 'holder']),
    state: z.enum(['live', 'duplicate', 'gone']),
    record: z
      .record(z.string(), z.unknown())
      .meta({ description: 'The fields of the face you may see; DCAT-AP.de 3.0 terms in camel case.' }),
  })
  .meta({ ref: 'Dataset' })

const pageSchema = z
  .object({
    total: z.int(),
    holders: z.int(),
    datasets: z.array(summarySchema),
    facets: z.array(z.object({ facet: z.string(), value: z.string(), count: z.int() })),
    next: z.string().nullable(),
  })
  .meta({ ref: 'DatasetPage' })

const problem = {
  description: 'Refused (RFC 9457)',
  content: {
    'application/problem+json': {
      schema: resolver(
        z
          .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
          .meta({ ref: 'Problem' }),
      ),
    },
  },
}

const ok = (schema: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})

function summaryJson(entry: EntrySummary, base: string) {
  const {
    id,
    title,
    summary,
    organisationId,
    kind,
    access,
    visibility,
    topics,
    formats,
    places,
    starts,
    ends,
    grain,
    frequency,
    currentTo,
    licence,
    quality,
    version,
  } = entry
  return {
    id,
    title,
    summary,
    holder: entry.holderName,
    organisationId,
    kind,
    access,
    visibility,
    topics,
    formats,
    places,
    starts,
    ends,
    grain,
    frequency,
    currentTo,
    licence,
    quality,
    version,
    modifiedAt: entry.modifiedAt.toISOString(),
    url: `${base}/catalogue/datasets/${id}`,
  }
}

function entryJson(entry: Entry, base: string) {
  return { ...summaryJson(entry, base), face: entry.face, state: entry.state, record: entry.record }
}

/** The catalogue under `/api/v1/catalogue`: search, read, and for holders write. */
export function api(app: App): void {
  readRoutes(app)
  writeRoutes(app)
  searchApi(app)
  sourceApi(app)
  goneApi(app)
  qualityApi(app)
  actionApi(app)
  modelDatasetApi(app)
}

function readRoutes(app: App): void {
  app.get(
    '/api/v1/catalogue/datasets',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Search datasets',
      description:
        'Only what you may know of; counts of each facet leave its own filter aside. Facets may be repeated: OR within one, AND across.',
      responses: { 200: ok(pageSchema, 'One page of datasets'), 400: problem },
    }),
    valid('query', searchInput.omit({ spread: true })),
    async (c) => {
      const ctx = c.get('ctx')
      const found = await searchEntries(ctx, c.req.valid('query'))
      return c.json({
        total: found.total,
        holders: found.holders,
        datasets: found.hits.map((hit) => summaryJson(hit, ctx.config.url)),
        facets: found.facets,
        next: found.next ?? null,
      })
    },
  )

  app.get(
    '/api/v1/catalogue/datasets/:id',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Read a dataset',
      responses: { 200: ok(entrySchema, 'The dataset with the face you may see'), 404: problem },
    }),
    async (c) => {
      const ctx = c.get('ctx')
      return c.json(entryJson(await getEntry(ctx, c.req.param('id')), ctx.config.url))
    },
  )
}

function writeRoutes(app: App): void {
  app.post(
    '/api/v1/catalogue/datasets',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Add a dataset for your own house',
      responses: { 201: ok(entrySchema, 'The new dataset'), 400: problem, 401: problem, 403: problem },
    }),
    valid('json', entryForm),
    async (c) => {
      const ctx = c.get('ctx')
      const entry = await createFromForm(ctx, c.req.valid('json'))
      c.header('location', `${ctx.config.url}/api/v1/catalogue/datasets/${entry.id}`)
      return c.json(entryJson(entry, ctx.config.url), 201)
    },
  )

  app.put(
    '/api/v1/catalogue/datasets/:id',
    describeRoute({
      tags: ['catalogue'],
      summary: 'Change a dataset of your own house',
      description:
        'Fields left out stay as they are. With `version` an older one is refused, so that nobody overwrites the other.',
      responses: {
        200: ok(entrySchema, 'The changed dataset'),
        400: problem,
        401: problem,
        403: problem,
        404: problem,
        409: problem,
      },
    }),
    valid('json', z.record(z.string(), z.unknown())),
    async (c) => {
      const ctx = c.get('ctx')
      const entry = await getEntry(ctx, c.req.param('id'))
      const given = c.req.valid('json')
      const partners = await listPartnersOf(ctx, entry.id)
      const values = { ...entryValues(entry, partners), version: undefined, ...given }
      const form = entryForm.safeParse(values)
      if (!form.success) throw invalidFields(form.error)
      return c.json(entryJson(await saveForm(ctx, entry.id, form.data), ctx.config.url))
    },
  )
}

function invalidFields(error: z.ZodError): Error {
  return general.invalid({
    where: [...new Set(error.issues.map((issue) => issue.path.join('.')))].join(', '),
  })
}
