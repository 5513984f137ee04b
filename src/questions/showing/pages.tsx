import { z } from 'zod'
import { emptyForm } from '../../platform/form.ts'
import type { FormState } from '../../platform/form.ts'
import { submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { Buttons, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { TextField } from '../../web/fields.tsx'
import { page } from '../../web/layout.tsx'
import { Note } from '../../web/parts.tsx'
import { getQuestion, namesOf, organisationNames, ownOrganisations } from '../access/service.ts'
import { followOf } from '../following/service.ts'
import { FollowBox } from '../following/views.tsx'
import { messages } from '../messages.ts'
import { splitWhy, states } from '../model.ts'
import type { Question } from '../model.ts'
import { decisionForm } from '../moderation/pages.tsx'
import { policy } from '../policy.ts'
import { mergeInput } from '../schema.ts'
import {
  advanceQuestion,
  findSimilar,
  getTimeline,
  mergeQuestions,
  moderateQuestion,
  openSteps,
} from '../service.ts'
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
  app.get('/questions/:number/merge', async (c) => mergePage(c, await forSteward(c, 'merge'), emptyForm()))
  app.post('/questions/:number/merge', async (c) => {
    const question = await forSteward(c, 'merge')
    return submit(c, mergeInput.omit({ questionId: true }), {
      act: async (ctx, input) => {
        const target = await mergeQuestions(ctx, { ...input, questionId: question.id })
        return `/questions/${target.number}`
      },
      invalid: (form) => mergePage(c, question, form, 422),
    })
  })
  app.get('/questions/:number/moderate', async (c) => moderatePage(c, await forSteward(c, 'moderate')))
  app.post('/questions/:number/moderate', async (c) => {
    const question = await forSteward(c, 'moderate')
    return submit(c, decisionForm, {
      act: async (ctx, input) => {
        await moderateQuestion(ctx, { ...input, questionId: question.id })
        return `/questions/${question.number}`
      },
      invalid: (form) => moderatePage(c, question, form),
    })
  })
  app.post('/questions/:number/advance', async (c) => {
    const question = await forSteward(c, 'advance')
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

async function forSteward(c: Call, verb: 'merge' | 'moderate' | 'advance'): Promise<Question> {
  requirePermission(c.get('ctx'), policy, verb)
  const question = await getQuestion(c.get('ctx'), c.req.param('number') ?? '')
  if (question.visibility === 'merged') throw general.notFound()
  return question
}

async function questionPage(
  c: Call,
  question: Question,
  panels: readonly QuestionPanel[],
  advance?: FormState,
): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const m = messages[view.locale]
  const timeline = await getTimeline(ctx, question.id)
  const nameOf = await namesOf(ctx, [question])
  const { comments, total } = await listComments(ctx, { questionId: question.id, limit: 3 })
  const { lead, rest } = splitWhy(question.why)
  const drawn = await drawPanels(c, question, panels)
  return page(
    c,
    {
      title: question.title,
      room: 'questions',
      heading: question.title.length > 90 ? 'x-large' : 'display',
      crumbs: [{ label: m.title, href: '/questions' }, { label: question.title }],
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

async function mergePage(
  c: Call,
  question: Question,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const path = `/questions/${question.number}`
  const similar = (await findSimilar(c.get('ctx'), question.title)).filter((each) => each.id !== question.id)
  return page(
    c,
    {
      title: m.mergeTitle,
      room: 'questions',
      crumbs: [
        { label: m.title, href: '/questions' },
        { label: question.title, href: path },
        { label: m.mergeTitle },
      ],
      lead: m.mergeLead,
      islands: ['enhance'],
    },
    <div class="al-stack--l">
      {similar.length > 0 ? (
        <section aria-labelledby="aehnlich">
          <h2 class="kern-heading-medium" id="aehnlich">
            {m.mergeSimilar}
          </h2>
          <ul class="al-list al-gap-2">
            {similar.map((each) => (
              <li>
                <a href={view.href(`/questions/${each.number}`)}>{each.title}</a> (
                {m.number({ number: each.number })})
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Form view={view} action={`${path}/merge`} form={form}>
        <TextField
          name="intoNumber"
          label={m.mergeInto}
          hint={m.mergeIntoHint}
          value={similar[0]?.number}
          required
        />
        <TextField name="note" label={m.mergeNote} hint={m.mergeNoteHint} maxlength={500} />
        <Buttons>
          <Submit>{m.mergeSend}</Submit>
          <SecondaryLink href={view.href(path)}>{m.cancel}</SecondaryLink>
        </Buttons>
      </Form>
    </div>,
    status,
  )
}

function moderatePage(c: Call, question: Question, form?: FormState): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const crumbs = [
    { label: m.title, href: '/questions' },
    { label: question.title, href: `/questions/${question.number}` },
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
