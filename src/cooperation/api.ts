import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import { readClauses } from './charter/text.ts'
import { agreementStates, isInForce, type Agreement } from './model.ts'
import {
  changeClauseSchema,
  discussClauseSchema,
  listSchema,
  proposeSchema,
  signSchema,
  withdrawSchema,
} from './schema.ts'
import * as service from './service.ts'
import type { Ctx } from '../platform/context.ts'

const agreementSchema = z
  .object({
    id: z.uuid(),
    questionId: z.string(),
    title: z.string(),
    state: z.enum(agreementStates),
    inForce: z.boolean(),
    version: z.int(),
    sha256: z.string(),
    purpose: z.string(),
    parties: z.array(z.object({ organisationId: z.string(), name: z.string(), part: z.string() })),
    entryIds: z.array(z.string()),
    protectionLevel: z.string(),
    validFrom: z.iso.date(),
    validUntil: z.iso.date(),
    signatures: z.array(
      z.object({
        organisationId: z.string(),
        role: z.string(),
        version: z.int(),
        signedAt: z.iso.datetime(),
        valid: z.boolean(),
      }),
    ),
    clauses: z.array(
      z.object({
        key: z.string(),
        number: z.int(),
        title: z.string(),
        plain: z.string(),
        legal: z.string(),
        changed: z.boolean(),
        lang: z.string(),
      }),
    ),
  })
  .meta({ ref: 'Agreement' })

const answers = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema: resolver(schema) } } },
})
const done = { 204: { description: 'Done' } }
const tags = ['cooperation']

/** Agreements for machines. Names of signatories are not part of it. */
export function api(app: App): void {
  reads(app)
  readOne(app)
  writes(app)
}

function reads(app: App): void {
  app.get(
    '/api/v1/cooperation/agreements',
    describeRoute({
      tags,
      summary: 'Agreements, newest first',
      responses: answers(
        z.object({ agreements: z.array(agreementSchema), next: z.string().nullable() }),
        'A page of agreements',
      ),
    }),
    valid('query', listSchema),
    async (c) => {
      const ctx = c.get('ctx')
      const { agreements, next } = await service.listAgreements(ctx, c.req.valid('query'))
      return c.json({ agreements: agreements.map((one) => publicForm(ctx, one)), next: next ?? null })
    },
  )
}

function readOne(app: App): void {
  app.get(
    '/api/v1/cooperation/agreements/:id',
    describeRoute({
      tags,
      summary: 'One agreement with its clauses',
      responses: answers(agreementSchema, 'The agreement'),
    }),
    async (c) =>
      c.json(publicForm(c.get('ctx'), await service.getAgreement(c.get('ctx'), c.req.param('id')))),
  )
}

function writes(app: App): void {
  const base = '/api/v1/cooperation/agreements'
  app.post(
    base,
    describeRoute({
      tags,
      summary: 'Propose an agreement',
      responses: answers(agreementSchema, 'The agreement'),
    }),
    valid('json', proposeSchema),
    async (c) =>
      c.json(
        publicForm(c.get('ctx'), await service.proposeAgreement(c.get('ctx'), c.req.valid('json'))),
        201,
      ),
  )
  app.post(
    `${base}/:id/clauses`,
    describeRoute({
      tags,
      summary: 'Change one clause',
      responses: answers(agreementSchema, 'The new version'),
    }),
    valid('json', changeClauseSchema.omit({ agreementId: true })),
    async (c) => {
      const agreement = await service.changeClause(c.get('ctx'), {
        ...c.req.valid('json'),
        agreementId: c.req.param('id'),
      })
      return c.json(publicForm(c.get('ctx'), agreement))
    },
  )
  app.post(
    `${base}/:id/comments`,
    describeRoute({ tags, summary: 'Discuss one clause', responses: done }),
    valid('json', discussClauseSchema.omit({ agreementId: true })),
    async (c) => {
      await service.discussClause(c.get('ctx'), { ...c.req.valid('json'), agreementId: c.req.param('id') })
      return c.body(null, 204)
    },
  )
  signing(app, base)
}

function signing(app: App, base: string): void {
  app.post(
    `${base}/:id/signatures`,
    describeRoute({
      tags,
      summary: 'Sign for one party',
      responses: answers(agreementSchema, 'The agreement'),
    }),
    valid('json', signSchema.omit({ agreementId: true })),
    async (c) => {
      const agreement = await service.signAgreement(c.get('ctx'), {
        ...c.req.valid('json'),
        agreementId: c.req.param('id'),
      })
      return c.json(publicForm(c.get('ctx'), agreement))
    },
  )
  app.post(
    `${base}/:id/withdrawal`,
    describeRoute({ tags, summary: 'Withdraw an agreement at once', responses: done }),
    valid('json', withdrawSchema.omit({ agreementId: true })),
    async (c) => {
      await service.withdrawAgreement(c.get('ctx'), {
        ...c.req.valid('json'),
        agreementId: c.req.param('id'),
      })
      return c.body(null, 204)
    },
  )
}

function publicForm(ctx: Ctx, agreement: Agreement) {
  const {
    id,
    questionId,
    title,
    state,
    version,
    purpose,
    parties,
    entryIds,
    protectionLevel,
    validFrom,
    validUntil,
  } = agreement
  return {
    id,
    questionId,
    title,
    state,
    inForce: isInForce(agreement, ctx.now),
    version,
    sha256: agreement.hash,
    purpose,
    parties,
    entryIds,
    protectionLevel,
    validFrom,
    validUntil,
    signatures: agreement.signatures.map(({ organisationId, role, version, signedAt, valid }) => ({
      organisationId,
      role,
      version,
      signedAt: signedAt.toISOString(),
      valid,
    })),
    clauses: readClauses(agreement, ctx.locale),
  }
}
