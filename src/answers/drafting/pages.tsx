import type { Ctx } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { getQuestion } from '../../questions/service.ts'
import { listReleases } from '../../sandbox/service.ts'
import { page } from '../../web/layout.tsx'
import { listMaps, loadEvidence } from '../figures/service.ts'
import { messages } from '../messages.ts'
import { policy } from '../policy.ts'
import { decisionSchema, indicatorSchema, publishSchema } from '../schema.ts'
import * as service from '../service.ts'
import { AnswerBodyView } from '../views.tsx'
import { answerForm, draftOf, valuesOf } from './form.ts'
import { drafting } from './messages.ts'
import { AnswerForm, DecisionForm, IndicatorForm, PublishBox, type Choices } from './views.tsx'

/** Writing, previewing and publishing an answer, and recording its effect. */
export function draftingPages(app: App): void {
  app.get('/answers/new', async (c) => {
    requirePermission(c.get('ctx'), policy, 'openForm')
    return showNew(c, c.req.query('question') ?? '')
  })
  app.post('/answers', (c) =>
    submit(c, answerForm.extend({ questionId: publishSchema.shape.answerId }), {
      act: async (ctx, { questionId, ...form }) => {
        const answer = await service.draftAnswer(ctx, { questionId, ...draftOf(form, null) })
        return `/answers/${answer.number}/preview`
      },
      invalid: (form) => showNew(c, String(form.values['questionId'] ?? ''), form),
    }),
  )
  app.get('/answers/:id/edit', async (c) => showEdit(c))
  app.post('/answers/:id/edit', (c) =>
    submit(c, answerForm, {
      act: async (ctx, form) => {
        const known = await service.getAnswer(ctx, c.req.param('id'))
        await service.updateAnswer(ctx, { answerId: known.id, ...draftOf(form, known.draft.publisherId) })
        return `/answers/${known.number}/preview`
      },
      invalid: (form) => showEdit(c, form),
    }),
  )
  publishing(app)
  effect(app)
}

function publishing(app: App): void {
  app.get('/answers/:id/preview', async (c) => showPreview(c))
  app.post('/answers/:id/publish', (c) =>
    submit(c, publishSchema.omit({ answerId: true }), {
      slow: true,
      act: async (ctx, input) => {
        requirePermission(ctx, policy, 'publish')
        const answer = await service.getAnswer(ctx, c.req.param('id'))
        await service.publishAnswer(ctx, { ...input, answerId: answer.id })
        return `/answers/${answer.number}`
      },
      invalid: (form) => showPreview(c, form),
    }),
  )
}

function effect(app: App): void {
  app.get('/answers/:id/decision', async (c) => showDecision(c))
  app.post('/answers/:id/decision', (c) =>
    submit(c, decisionSchema.omit({ answerId: true }), {
      act: async (ctx, input) => {
        await service.recordDecision(ctx, { ...input, answerId: c.req.param('id') })
        return `/answers/${c.req.param('id')}#rat`
      },
      invalid: (form) => showDecision(c, form),
    }),
  )
  app.get('/answers/:id/effect', async (c) => showIndicator(c))
  app.post('/answers/:id/effect', (c) =>
    submit(c, indicatorSchema.omit({ answerId: true }), {
      // The points were read already; the use case reads them again from their text form.
      act: async (ctx, { points, ...input }) => {
        const text = points.map((point) => `${point.year}: ${point.value}`).join('\n')
        await service.recordIndicator(ctx, { ...input, points: text, answerId: c.req.param('id') })
        return `/answers/${c.req.param('id')}#wirkung`
      },
      invalid: (form) => showIndicator(c, form),
    }),
  )
}

async function choicesFor(ctx: Ctx, questionId: string): Promise<Choices> {
  const releases = await listReleases(ctx, { questionId, state: 'approved' })
  const { tables } = await loadEvidence(
    ctx,
    questionId,
    releases.map((release) => release.id),
  )
  return { tables, maps: await listMaps(ctx) }
}

async function showNew(c: Call, questionId: string, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = drafting[view.locale]
  const question = await getQuestion(ctx, questionId)
  const choices = await choicesFor(ctx, question.id)
  const crumbs = [{ label: messages[view.locale].room, href: '/answers' }, { label: t.newTitle }]
  return page(
    c,
    { title: t.newTitle, room: 'answers', crumbs, eyebrow: question.title, lead: t.newLead },
    <AnswerForm
      view={view}
      action="/answers"
      back={`/questions/${question.number}`}
      choices={choices}
      questionId={question.id}
      {...(form ? { form } : {})}
    />,
    form ? 422 : 200,
  )
}

async function showEdit(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = drafting[view.locale]
  const answer = await service.getAnswer(ctx, c.req.param('id') ?? '')
  requirePermission(ctx, policy, 'edit', service.whose(answer))
  const crumbs = crumbsTo(c, answer, t.editTitle)
  const shown = form ?? { values: valuesOf(answer.draft), errors: {} }
  return page(
    c,
    { title: t.editTitle, room: 'answers', crumbs, lead: t.newLead },
    <AnswerForm
      view={view}
      action={`/answers/${answer.number}/edit`}
      back={`/answers/${answer.number}/preview`}
      choices={await choicesFor(ctx, answer.questionId)}
      form={shown}
    />,
    form ? 422 : 200,
  )
}

function crumbsTo(c: Call, answer: { number: string }, label: string) {
  const { room } = messages[c.get('view').locale]
  return [
    { label: room, href: '/answers' },
    { label: answer.number, href: `/answers/${answer.number}` },
    { label },
  ]
}

async function showPreview(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = drafting[view.locale]
  const { answer, content } = await service.previewAnswer(ctx, c.req.param('id') ?? '')
  const body = {
    content,
    answerId: answer.id,
    number: answer.number,
    version: undefined,
    effect: undefined,
    versions: [],
    url: ctx.config.url,
  }
  return page(
    c,
    {
      title: content.title,
      room: 'answers',
      bare: true,
      crumbs: crumbsTo(c, answer, t.previewTitle),
      eyebrow: `${t.previewTitle}. ${t.previewLead}`,
      lead: content.lead,
    },
    <>
      <AnswerBodyView view={view} body={{ ...body, rights: { decision: false, indicator: false } }} />
      <PublishBox
        view={view}
        answer={answer}
        content={content}
        mayPublish={may(ctx.actor, policy, 'publish')}
        {...(form ? { form } : {})}
      />
    </>,
    form ? 422 : 200,
  )
}

async function showDecision(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  requirePermission(ctx, policy, 'decision')
  const { answer, current } = await service.getPublished(ctx, c.req.param('id') ?? '')
  const title = drafting[view.locale].decisionTitle
  const options = { title, room: 'answers', crumbs: crumbsTo(c, answer, title), lead: current.content.title }
  return page(
    c,
    options,
    <DecisionForm view={view} number={answer.number} {...(form ? { form } : {})} />,
    form ? 422 : 200,
  )
}

async function showIndicator(c: Call, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  requirePermission(ctx, policy, 'indicator')
  const { answer, current } = await service.getPublished(ctx, c.req.param('id') ?? '')
  const title = drafting[view.locale].indicatorTitle
  const options = { title, room: 'answers', crumbs: crumbsTo(c, answer, title), lead: current.content.title }
  return page(
    c,
    options,
    <IndicatorForm view={view} number={answer.number} {...(form ? { form } : {})} />,
    form ? 422 : 200,
  )
}
