import { z } from 'zod'
import type { FormState } from '../../platform/form.ts'
import { submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { isUuid } from '../../platform/ids.ts'
import { page } from '../../web/layout.tsx'
import { Note } from '../../web/parts.tsx'
import {
  getQuestion,
  requireQuestionFor,
  namesOf,
  organisationNames,
  ownOrganisations,
} from '../access/service.ts'
import { followOf } from '../following/service.ts'
import { FollowBox } from '../following/views.tsx'
import { messages } from '../messages.ts'
import { splitWhy, states } from '../model.ts'
import type { Question } from '../model.ts'
import { decisionForm } from '../moderation/pages.tsx'
import { advanceQuestion, getTimeline, moderateQuestion, openSteps } from '../service.ts'
import type { QuestionPanel } from '../service.ts'
import { supportOf, supportingOrganisations } from '../support/service.ts'
import { SupportBox } from '../support/views.tsx'
import { withNames } from '../talk/pages.tsx'
import { listComments } from '../talk/service.ts'
import { TalkSection } from '../talk/views.tsx'
import { Goal, QuestionDecide, QuestionMeta, QuestionSteps, Story, Why } from '../views.tsx'
import { Manage, ModerateOne } from './views.tsx'

/** A question's page with the panels of rooms to the right, and what its steward does there. */
export function showPages(app: App, panels: readonly QuestionPanel[]): void {
  app.get('/questions/:number/moderate', async (c) =>
    moderatePage(c, await requireQuestionFor(c.get('ctx'), 'moderate', c.req.param('number'))),
  )
  app.post('/questions/:number/moderate', async (c) => {
    const question = await requireQuestionFor(c.get('ctx'), 'moderate', c.req.param('number'))
    return submit(c, decisionForm, {
      act: async (ctx, input) => {
        await moderateQuestion(ctx, { ...input, questionId: question.id })
        return `/questions/${question.number}`
      },
      invalid: (form) => moderatePage(c, question, form),
    })
  })
  app.post('/questions/:number/advance', async (c) => {
    const question = await requireQuestionFor(c.get('ctx'), 'advance', c.req.param('number'))
    return submit(c, advanceForm, {
      act: async (ctx, { who, what, until, note, mark, to }) => {
        const decides = who ? { who, ...(what ? { what } : {}), ...(until ? { until } : {}) } : undefined
        await advanceQuestion(ctx, {
          questionId: question.id,
          to,
          ...(note ? { note } : {}),
          ...(mark ? { mark } : {}),
          ...(decides ? { decides } : {}),
        })
        return `/questions/${question.number}`
      },
      invalid: (form) => questionPage(c, question, panels, form),
    })
  })
  app.get('/questions/:number', async (c) => {
    const asked = c.req.param('number')
    const question = await getQuestion(c.get('ctx'), asked)
    const target = question.mergedInto ? await getQuestion(c.get('ctx'), question.mergedInto) : question
    // The old address of a merged question leads on for good; so does an id instead of a number.
    if (target !== question || isUuid(asked))
      return c.redirect(c.get('view').href(`/questions/${target.number}`), 301)
    return questionPage(c, question, panels)
  })
}

const optional = (max: number) => z.string().trim().max(max).optional()
const advanceForm = z.object({
  to: z.enum(states),
  note: optional(500),
  mark: optional(40),
  who: optional(200),
  what: optional(300),
  until: z.union([z.literal(''), z.iso.date()]).optional(),
})

async function questionPage(
  c: Call,
  question: Question,
  panels: readonly QuestionPanel[],
  advance?: FormState,
): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const m = messages[view.locale]
  const timeline = await getTimeline(ctx, question)
  const nameOf = await namesOf(ctx, [question])
  const { comments, total } = await listComments(ctx, { questionId: question, limit: 3 })
  const { lead, rest } = splitWhy(question.why)
  const drawn = await drawPanels(c, question, panels)
  return page(
    c,
    {
      title: question.title,
      room: 'questions',
      heading: question.title.length > 90 ? 'x-large' : 'display',
      crumbs: [{ label: m.title, href: '/questions' }, { label: m.number(question) }],
      lead: lead || undefined,
      meta: <QuestionMeta view={view} question={question} author={nameOf(question)} />,
      under: <QuestionSteps view={view} question={question} timeline={timeline} />,
      asideLabel: m.status,
      islands: ['enhance'],
      ...(question.visibility === 'visible' ? {} : { robots: 'noindex' }),
      aside: (
        <>
          <QuestionDecide view={view} question={question} now={ctx.now} />
          <SupportBox
            view={view}
            question={question}
            mine={await supportOf(ctx, question.id)}
            own={await ownOrganisations(ctx)}
            supporting={await organisationNames(ctx, await supportingOrganisations(ctx, question.id))}
          />
          {drawn.aside}
          <Story view={view} question={question} timeline={timeline} />
          {question.visibility === 'visible' ? (
            <FollowBox view={view} question={question} follow={await followOf(ctx, question.id)} />
          ) : null}
          <Manage view={view} question={question} steps={openSteps(ctx, question)} form={advance} />
        </>
      ),
    },
    <>
      {question.visibility === 'pending' ? <Note icon="clock">{m.pendingNote}</Note> : null}
      {question.visibility === 'hidden' ? <Note tone="warn">{m.hiddenNote}</Note> : null}
      <Goal view={view} question={question} />
      <Why view={view} rest={rest} />
      {drawn.main}
      <TalkSection view={view} question={question} comments={await withNames(ctx, comments)} total={total} />
    </>,
    advance ? 422 : 200,
  )
}

async function drawPanels(c: Call, question: Question, panels: readonly QuestionPanel[]) {
  const drawn = { main: [] as unknown[], aside: [] as unknown[] }
  for (const panel of panels) {
    const part = await panel.render(c.get('ctx'), c.get('view'), question.id)
    if (part) drawn[panel.side].push(part)
  }
  return { main: <>{drawn.main}</>, aside: <>{drawn.aside}</> }
}

function moderatePage(c: Call, question: Question, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const crumbs = [
    { label: m.title, href: '/questions' },
    { label: m.number(question), href: `/questions/${question.number}` },
    { label: m.moderateLink },
  ]
  return page(
    c,
    { title: m.moderateLink, room: 'questions', robots: 'noindex', crumbs, islands: ['enhance'] },
    <section aria-labelledby="entscheidung">
      <h2 class="kern-heading-large" id="entscheidung">
        {m.moderateTitle}
      </h2>
      <div class="al-gap-3">
        <ModerateOne view={view} question={question} form={form} />
      </div>
    </section>,
    form ? 422 : 200,
  )
}
