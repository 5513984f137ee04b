import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import { roles } from '../platform/context.ts'
import { organisationKinds } from './model.ts'
import {
  addMember,
  createOrganisation,
  getOrganisation,
  listOrganisations,
  removeMember,
} from './organisations/service.ts'
import * as schema from './schema.ts'

const organisationSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    shortName: z.string(),
    kind: z.enum(organisationKinds),
    ags: z.string(),
    description: z.string().nullable(),
    url: z.string().nullable(),
  })
  .meta({ ref: 'Organisation' })

const meSchema = z
  .object({
    signedIn: z.boolean(),
    id: z.string().optional(),
    name: z.string().optional(),
    memberships: z.array(z.object({ organisationId: z.string(), role: z.enum(roles) })).optional(),
  })
  .meta({ ref: 'Me' })

const answer = (schema: z.ZodType, description: string, status: 200 | 201 = 200) => ({
  [status]: { description, content: { 'application/json': { schema: resolver(schema) } } },
})
const nothing = { 204: { description: 'Done' } }
const tags = ['identity']
const member = z.object({ personId: schema.idSchema, role: schema.roleSchema })

/** Organisations and roles for machines. */
export function api(app: App): void {
  app.get(
    '/api/v1/identity/me',
    describeRoute({ tags, summary: 'Who the request comes from', responses: answer(meSchema, 'The reader') }),
    (c) => {
      const { actor } = c.get('ctx')
      if (actor.kind !== 'person') return c.json({ signedIn: false })
      return c.json({ signedIn: true, id: actor.personId, name: actor.name, memberships: actor.memberships })
    },
  )
  app.get(
    '/api/v1/identity/organisations',
    describeRoute({
      tags,
      summary: 'All organisations by name',
      responses: answer(z.object({ organisations: z.array(organisationSchema) }), 'The organisations'),
    }),
    valid('query', z.object({ q: z.string().max(100).optional() })),
    async (c) => {
      const { q } = c.req.valid('query')
      return c.json({ organisations: await listOrganisations(c.get('ctx'), q ? { q } : {}) })
    },
  )
  app.get(
    '/api/v1/identity/organisations/:id',
    describeRoute({
      tags,
      summary: 'One organisation',
      responses: answer(organisationSchema, 'The organisation'),
    }),
    async (c) => c.json(await getOrganisation(c.get('ctx'), c.req.param('id'))),
  )
  writes(app)
}

function writes(app: App): void {
  app.post(
    '/api/v1/identity/organisations',
    describeRoute({
      tags,
      summary: 'Enter an organisation',
      responses: answer(organisationSchema, 'The organisation', 201),
    }),
    valid('json', schema.createOrganisationSchema),
    async (c) => c.json(await createOrganisation(c.get('ctx'), c.req.valid('json')), 201),
  )
  app.post(
    '/api/v1/identity/organisations/:id/members',
    describeRoute({ tags, summary: 'Give a person a role', responses: nothing }),
    valid('json', member),
    async (c) => {
      await addMember(c.get('ctx'), { ...c.req.valid('json'), organisationId: c.req.param('id') })
      return c.body(null, 204)
    },
  )
  app.delete(
    '/api/v1/identity/organisations/:id/members',
    describeRoute({ tags, summary: 'Take a role back', responses: nothing }),
    valid('json', member),
    async (c) => {
      await removeMember(c.get('ctx'), { ...c.req.valid('json'), organisationId: c.req.param('id') })
      return c.body(null, 204)
    },
  )
}
