import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import type { Ctx } from '../platform/context.ts'
import type { App } from '../platform/http.ts'
import { valid } from '../platform/http.ts'
import { licences, type AnswerVersion } from './model.ts'
import { decisionSchema, draftSchema, listSchema, publishSchema } from './schema.ts'
import * as service from './service.ts'

const answerSchema = z
  .object({
    id: z.uuid(),
    number: z.string(),
    questionId: z.string(),
    version: z.int(),
    publishedAt: z.iso.datetime(),
    title: z.string(),
    lead: z.string(),
    finding: z.string(),
    method: z.string(),
    limits: z.array(z.string()),
    licence: z.url(),
    sha256: z.string(),
    dataset: z.url(),
    tables: z.array(
      z.object({
        releaseId: z.string(),
        columns: z.array(z.object({ name: z.string(), kind: z.string() })),
        rows: z.array(z.array(z.unknown())),
      }),
    ),
  })
  .meta({ ref: 'Answer' })

const answers = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema: resolver(schema) } } },
})
const tags = ['answers']
const base = '/api/v1/answers'

/** Answers for machines. */
export function api(app: App): void {
  app.get(
    base,
    describeRoute({
      tags,
      summary: 'Published answers, newest first',
      responses: answers(
        z.object({ answers: z.array(answerSchema), next: z.string().nullable() }),
        'A page of answers',
      ),
    }),
    valid('query', listSchema),
    async (c) => {
      const ctx = c.get('ctx')
      const page = await service.listAnswers(ctx, c.req.valid('query'))
      return c.json({
        answers: page.answers.map(({ answer, current }) => publicForm(ctx, answer, current)),
        next: page.next ?? null,
      })
    },
  )
  app.get(
    `${base}/:id`,
    describeRoute({ tags, summary: 'One published answer', responses: answers(answerSchema, 'The answer') }),
    async (c) => {
      const { answer, current } = await service.getPublished(c.get('ctx'), c.req.param('id'))
      return c.json(publicForm(c.get('ctx'), answer, current))
    },
  )
  writes(app)
}

function writes(app: App): void {
  const done = z.object({ id: z.string(), number: z.string() })
  app.post(
    base,
    describeRoute({
      tags,
      summary: 'Draft an answer from released tables',
      responses: answers(done, 'The draft'),
    }),
    valid('json', draftSchema),
    async (c) => {
      const { id, number } = await service.draftAnswer(c.get('ctx'), c.req.valid('json'))
      return c.json({ id, number }, 201)
    },
  )
  app.post(
    `${base}/:id/publication`,
    describeRoute({
      tags,
      summary: 'Publish the draft as the next version',
      responses: answers(answerSchema, 'The published answer'),
    }),
    valid('json', publishSchema.omit({ answerId: true })),
    async (c) => {
      await service.publishAnswer(c.get('ctx'), { ...c.req.valid('json'), answerId: c.req.param('id') })
      const { answer, current } = await service.getPublished(c.get('ctx'), c.req.param('id'))
      return c.json(publicForm(c.get('ctx'), answer, current), 201)
    },
  )
  app.post(
    `${base}/:id/decisions`,
    describeRoute({
      tags,
      summary: 'Record a council decision',
      responses: answers(z.object({ id: z.string() }), 'The decision'),
    }),
    valid('json', decisionSchema.omit({ answerId: true })),
    async (c) => {
      const { id } = await service.recordDecision(c.get('ctx'), {
        ...c.req.valid('json'),
        answerId: c.req.param('id'),
      })
      return c.json({ id }, 201)
    },
  )
}

function publicForm(
  ctx: Ctx,
  answer: { id: string; number: string; questionId: string },
  version: AnswerVersion,
) {
  const { title, lead, finding, method, limits, tables } = version.content
  return {
    id: answer.id,
    number: answer.number,
    questionId: answer.questionId,
    version: version.version,
    publishedAt: version.publishedAt.toISOString(),
    title,
    lead,
    finding,
    method,
    limits,
    licence: licences[version.content.licence].uri,
    sha256: version.sha256,
    dataset: `${ctx.config.url}/catalogue/datasets/${version.entryId}`,
    tables: tables.map(tableForm),
  }
}

const tableForm = ({ releaseId, columns, rows }: AnswerVersion['content']['tables'][number]) => ({
  releaseId,
  columns: columns.map(({ name, kind }) => ({ name, kind })),
  rows,
})
