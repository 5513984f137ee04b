import { z } from 'zod'
import { emptyForm } from '../../platform/form.ts'
import type { FormState } from '../../platform/form.ts'
import { rateLimit, submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { Buttons, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { Checkbox, TextField } from '../../web/fields.tsx'
import { page } from '../../web/layout.tsx'
import { getQuestion } from '../access/service.ts'
import { messages as room } from '../messages.ts'
import type { Question } from '../model.ts'
import { requestSupportInput } from '../schema.ts'
import { messages } from './messages.ts'
import { requestSupport, supportQuestion, withdrawSupport } from './service.ts'

const forOrganisation = z.object({ organisationId: z.string().max(100).optional() })
const byMail = requestSupportInput.omit({ questionId: true }).extend({
  follow: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
})

/** Supporting a question: with one button when signed in, else by a confirmed e-mail address. */
export function supportPages(app: App): void {
  app.post('/questions/:number/support', (c) => supportForm(c, supportQuestion))
  app.post('/questions/:number/support/withdraw', (c) => supportForm(c, withdrawSupport))
  app.get('/questions/:number/support', async (c) => {
    const question = await getQuestion(c.get('ctx'), c.req.param('number'))
    const view = c.get('view')
    const other = view.actor.kind !== 'anonymous' || question.visibility !== 'visible'
    return other
      ? c.redirect(view.href(`/questions/${question.number}`), 303)
      : mailPage(c, question, emptyForm())
  })
  app.post('/questions/:number/support/mail', rateLimit({ max: 30, seconds: 3600 }), async (c) => {
    const question = await getQuestion(c.get('ctx'), c.req.param('number'))
    return submit(c, byMail, {
      act: async (ctx, input) => {
        await requestSupport(ctx, { ...input, questionId: question.id })
        return '/questions/check-mail'
      },
      invalid: (form) => mailPage(c, question, form, 422),
    })
  })
}

function supportForm(c: Call, act: typeof supportQuestion): Promise<Response> {
  return submit(c, forOrganisation, {
    act: async (ctx, { organisationId }) => {
      const question = await getQuestion(ctx, c.req.param('number') ?? '')
      await act(ctx, { questionId: question.id, ...(organisationId ? { organisationId } : {}) })
      return `/questions/${question.number}#unterstuetzung`
    },
    invalid: () => {
      throw general.invalid({ where: 'organisationId' })
    },
  })
}

function mailPage(c: Call, question: Question, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const r = room[view.locale]
  const path = `/questions/${question.number}`
  return page(
    c,
    {
      title: m.pageTitle,
      eyebrow: question.title,
      room: 'questions',
      robots: 'noindex',
      crumbs: [
        { label: r.title, href: '/questions' },
        { label: r.number(question), href: path },
        { label: m.pageTitle },
      ],
      lead: m.pageLead,
      islands: ['enhance'],
    },
    <div class="al-stack">
      <Form view={view} action={`${path}/support/mail`} form={form}>
        <TextField
          name="email"
          type="email"
          label={m.email}
          hint={m.emailHint}
          autocomplete="email"
          maxlength={254}
          required
        />
        <Checkbox name="follow" label={m.follow} />
        <Buttons>
          <Submit>{m.send}</Submit>
          <SecondaryLink href={view.href(path)}>{m.cancel}</SecondaryLink>
        </Buttons>
      </Form>
      <p>
        {m.haveAccount} <a href={view.href(`/identity/sign-in?to=${encodeURIComponent(path)}`)}>{m.signIn}</a>
      </p>
    </div>,
    status,
  )
}
