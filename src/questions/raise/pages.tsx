import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { emptyForm } from '../../platform/form.ts'
import type { FormState } from '../../platform/form.ts'
import { clientAddress, submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { requirePermission } from '../../platform/permission.ts'
import { Buttons, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { page } from '../../web/layout.tsx'
import { LinkArrow } from '../../web/parts.tsx'
import { getQuestion, ownOrganisations } from '../access/service.ts'
import { messages as room } from '../messages.ts'
import { isEditable } from '../model.ts'
import type { Question } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { questionText, submitInput } from '../schema.ts'
import { editQuestion, findSimilar, raiseQuestion, submitQuestion } from '../service.ts'
import { messages } from './messages.ts'
import { CheckMail, QuestionFields, RaiseAside, RaiseForm, SimilarList, SimilarStep } from './views.tsx'
import type { SimilarQuestion } from './views.tsx'

const tick = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on')
const raiseForm = questionText.extend({
  organisationId: z.preprocess((value) => (value === '' ? undefined : value), z.string().optional()),
  signature: submitInput.shape.signature,
  follow: tick,
  website: z.string().optional(),
  different: z.string().optional(),
  change: z.string().optional(),
})
const anonymousForm = raiseForm.extend({ email: submitInput.shape.email })

/** Raising and editing a question, and what is shown around it. */
export function raisePages(app: App): void {
  app.get('/questions/new', (c) => newPage(c, prefilled(c)))
  app.post('/questions/new', (c) => takeForm(c))
  app.get('/questions/similar', async (c) => {
    const title = c.req.query('q') ?? c.req.query('title') ?? ''
    const similar = (await findSimilar(c.get('ctx'), title)).map(shown)
    return c.html(<SimilarList view={c.get('view')} similar={similar} />)
  })
  app.get('/questions/check-mail', (c) =>
    plainPage(c, 'checkTitle', 'checkLead', <CheckMail view={c.get('view')} />),
  )
  app.get('/questions/sent', (c) => plainPage(c, 'sentTitle', 'sentLead', <Back c={c} />))
  app.get('/questions/:number/edit', async (c) => {
    const question = await editable(c)
    return editPage(c, question, emptyForm(valuesOf(question)))
  })
  app.post('/questions/:number/edit', async (c) => {
    const question = await editable(c)
    return submit(c, questionText, {
      act: async (ctx, text) => {
        await editQuestion(ctx, { ...text, questionId: question.id })
        return `/questions/${question.number}`
      },
      invalid: (form) => editPage(c, question, form, 422),
    })
  })
}

async function takeForm(c: Call): Promise<Response> {
  const anonymous = c.get('view').actor.kind === 'anonymous'
  return submit(c, anonymous ? anonymousForm : raiseForm, {
    act: async (ctx, input) => {
      const { website, different, change, ...text } = input
      const form = await formOf(c)
      // A program fills the hidden field; it may believe that all went well.
      if (website) return '/questions/check-mail'
      if (change) return newPage(c, form, { own: await ownOrganisations(ctx) })
      const similar = (await findSimilar(ctx, text.title)).map(shown)
      if (similar.length > 0 && !different) return similarPage(c, form, similar)
      return send(c, ctx, { ...text, similarSeen: similar.length })
    },
    invalid: (form) => newPage(c, form, { status: 422 }),
  })
}

type Sent = Omit<z.output<typeof raiseForm>, 'website' | 'different' | 'change'> & {
  email?: string
  similarSeen: number
}

async function send(c: Call, ctx: Ctx, { email, organisationId, ...text }: Sent): Promise<string> {
  if (email !== undefined) {
    await submitQuestion(ctx, { ...text, email, clientHash: clientAddress(c) })
    return '/questions/check-mail'
  }
  const question = await raiseQuestion(ctx, { ...text, ...(organisationId ? { organisationId } : {}) })
  return `/questions/${question.number}`
}

// What was typed, for showing it again; the one-time key is a new one each time.
async function formOf(c: Call): Promise<FormState> {
  const body = await c.req.parseBody({ all: true })
  const values = Object.entries(body).flatMap(([name, value]) =>
    name !== '_once' && name !== 'website' && typeof value === 'string' ? [[name, value] as const] : [],
  )
  return emptyForm(Object.fromEntries(values))
}

function prefilled(c: Call): FormState {
  const title = c.req.query('title') ?? c.req.query('q')
  return title ? emptyForm({ title: title.slice(0, 160) }) : emptyForm()
}

const shown = ({ number, title, state, people, organisations }: SimilarQuestion): SimilarQuestion => ({
  number,
  title,
  state,
  people,
  organisations,
})

type Own = Awaited<ReturnType<typeof ownOrganisations>>

// Inside a transaction `own` is read by it and handed in.
async function newPage(
  c: Call,
  form: FormState,
  options: { status?: 422; own?: Own } = {},
): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  return page(
    c,
    {
      title: m.title,
      room: 'questions',
      crumbs: [{ label: room[view.locale].title, href: '/questions' }, { label: m.title }],
      lead: m.lead,
      aside: <RaiseAside view={view} />,
      asideLabel: m.asideTitle,
      islands: ['enhance'],
    },
    <RaiseForm view={view} form={form} own={options.own ?? (await ownOrganisations(c.get('ctx')))} />,
    options.status,
  )
}

function similarPage(c: Call, form: FormState, similar: readonly SimilarQuestion[]): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const crumbs = [
    { label: room[view.locale].title, href: '/questions' },
    { label: m.title, href: '/questions/new' },
    { label: m.similarTitle },
  ]
  return page(
    c,
    { title: m.similarTitle, room: 'questions', crumbs, lead: m.similarLead({ n: similar.length }) },
    <SimilarStep view={view} form={form} similar={similar} />,
  )
}

async function editable(c: Call): Promise<Question> {
  const ctx = c.get('ctx')
  const question = await getQuestion(ctx, c.req.param('number') ?? '')
  requirePermission(ctx, policy, 'edit', { authorId: question.authorId })
  if (!isEditable(question)) throw problems.tooLate({ number: question.number })
  return question
}

function valuesOf(question: Question): FormState['values'] {
  const { title, why, concerns, place, effectGoal, effectMeasure, effectBaseline, effectReview } = question
  return { title, why, concerns, place, effectGoal, effectMeasure, effectBaseline, effectReview }
}

function editPage(c: Call, question: Question, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const path = `/questions/${question.number}`
  return page(
    c,
    {
      title: m.editTitle,
      room: 'questions',
      crumbs: [
        { label: room[view.locale].title, href: '/questions' },
        { label: room[view.locale].number(question), href: path },
        { label: m.editTitle },
      ],
      lead: m.editLead,
      islands: ['enhance'],
    },
    <Form view={view} action={`${path}/edit`} form={form}>
      <QuestionFields view={view} suggest={false} edit={true} />
      <Buttons>
        <Submit>{m.save}</Submit>
        <SecondaryLink href={view.href(path)}>{m.cancel}</SecondaryLink>
      </Buttons>
    </Form>,
    status,
  )
}

function plainPage(
  c: Call,
  title: 'checkTitle' | 'sentTitle',
  lead: 'checkLead' | 'sentLead',
  children: unknown,
): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const crumbs = [{ label: room[view.locale].title, href: '/questions' }, { label: m[title] }]
  return page(
    c,
    { title: m[title], room: 'questions', robots: 'noindex', crumbs, lead: m[lead] },
    children as never,
  )
}

function Back({ c }: { c: Call }) {
  const view = c.get('view')
  return <LinkArrow href={view.href('/questions')}>{messages[view.locale].back}</LinkArrow>
}
