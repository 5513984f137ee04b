import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { valid } from '../platform/http.ts'
import type { App } from '../platform/http.ts'
import { getQuestion, namesOf } from './access/service.ts'
import { leaveByLink, readLeaveLink } from './following/service.ts'
import { states } from './model.ts'
import type { Question } from './model.ts'
import { listInput, raiseInput } from './schema.ts'
import { getTimeline, listQuestions, raiseQuestion } from './service.ts'

const questionSchema = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    why: z.string(),
    concerns: z.string(),
    place: z.string(),
    effectGoal: z.string(),
    effectMeasure: z.string(),
    state: z.enum(states),
    stateSince: z.iso.datetime(),
    raisedAt: z.iso.datetime(),
    people: z.int(),
    organisations: z.int(),
    author: z.string().nullable(),
    organisationId: z.string().nullable(),
    mergedInto: z.string().nullable(),
    url: z.url(),
  })
  .meta({ ref: 'Question' })

const timelineSchema = z
  .object({
    at: z.iso.datetime(),
    state: z.enum(states).nullable(),
    text: z.object({ de: z.string(), en: z.string() }),
  })
  .meta({ ref: 'QuestionTimelineEntry' })

const listQuery = listInput.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) })

const answers = (schema: z.ZodType, description: string, status: 200 | 201 = 200) => ({
  [status]: { description, content: { 'application/json': { schema: resolver(schema) } } },
})

// Only what the public page shows; who wrote it only by the name shown there.
function publicView(question: Question, author: string | undefined, base: string) {
  const { id, number, title, why, concerns, place, effectGoal, effectMeasure, state, people, organisations } =
    question
  return {
    id,
    number,
    title,
    why,
    concerns,
    place,
    effectGoal,
    effectMeasure,
    state,
    people,
    organisations,
    stateSince: question.stateSince.toISOString(),
    raisedAt: question.raisedAt.toISOString(),
    author: author ?? null,
    organisationId: question.organisationId,
    mergedInto: question.mergedInto,
    url: `${base}/questions/${number}`,
  }
}

/** Questions for machines, and the one-click way out of mails. */
export function api(app: App): void {
  app.get(
    '/api/v1/questions',
    describeRoute({
      tags: ['questions'],
      summary: 'Visible questions, newest or most supported first',
      responses: answers(
        z.object({ questions: z.array(questionSchema), next: z.string().nullable() }),
        'A page of questions',
      ),
    }),
    valid('query', listQuery),
    async (c) => {
      const ctx = c.get('ctx')
      const { questions, next } = await listQuestions(ctx, c.req.valid('query'))
      const nameOf = await namesOf(ctx, questions)
      return c.json({
        questions: questions.map((q) => publicView(q, nameOf(q).name, ctx.config.url)),
        next: next ?? null,
      })
    },
  )
  app.get(
    '/api/v1/questions/:number',
    describeRoute({
      tags: ['questions'],
      summary: 'One question by number or id, with its public story',
      responses: answers(questionSchema.extend({ timeline: z.array(timelineSchema) }), 'The question'),
    }),
    async (c) => {
      const ctx = c.get('ctx')
      const question = await getQuestion(ctx, c.req.param('number'))
      const nameOf = await namesOf(ctx, [question])
      const timeline = (await getTimeline(ctx, question)).map(({ at, state, text }) => ({
        at: at.toISOString(),
        state,
        text,
      }))
      return c.json({ ...publicView(question, nameOf(question).name, ctx.config.url), timeline })
    },
  )
  app.post(
    '/api/v1/questions',
    describeRoute({
      tags: ['questions'],
      summary: 'Raise a question as the signed-in person',
      responses: answers(questionSchema, 'The question; it may wait for moderation', 201),
    }),
    valid('json', raiseInput),
    async (c) => {
      const ctx = c.get('ctx')
      const question = await raiseQuestion(ctx, c.req.valid('json'))
      const nameOf = await namesOf(ctx, [question])
      return c.json(publicView(question, nameOf(question).name, ctx.config.url), 201)
    },
  )
  leaveRoutes(app)
}

// RFC 8058: the mail program posts here without cookie, page or redirect. A GET only leads to the page with the button.
function leaveRoutes(app: App): void {
  app.get('/api/v1/questions/leave/:token', async (c) => {
    await readLeaveLink(c.get('ctx'), c.req.param('token'))
    return c.redirect(`/questions/leave/${c.req.param('token')}`, 303)
  })
  app.post('/api/v1/questions/leave/:token', async (c) => {
    await leaveByLink(c.get('ctx'), c.req.param('token'))
    return c.body(null, 204)
  })
}
