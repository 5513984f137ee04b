import { emptyForm } from '../../platform/form.ts'
import type { FormState } from '../../platform/form.ts'
import { submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { Buttons, Form, SecondaryLink, Submit } from '../../web/forms.tsx'
import { TextField } from '../../web/fields.tsx'
import { page } from '../../web/layout.tsx'
import { requireQuestionFor } from '../access/service.ts'
import { messages } from '../messages.ts'
import type { Question } from '../model.ts'
import { mergeInput } from '../schema.ts'
import { findSimilar } from '../service.ts'
import { mergeQuestions } from './service.ts'

/** The steward's page for merging a question into another. */
export function mergingPages(app: App): void {
  app.get('/questions/:number/merge', async (c) =>
    mergePage(c, await requireQuestionFor(c.get('ctx'), 'merge', c.req.param('number')), emptyForm()),
  )
  app.post('/questions/:number/merge', async (c) => {
    const question = await requireQuestionFor(c.get('ctx'), 'merge', c.req.param('number'))
    return submit(c, mergeInput.omit({ questionId: true }), {
      act: async (ctx, input) => {
        const target = await mergeQuestions(ctx, { ...input, questionId: question.id })
        return `/questions/${target.number}`
      },
      invalid: (form) => mergePage(c, question, form, 422),
    })
  })
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
        { label: m.number(question), href: path },
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
