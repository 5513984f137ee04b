import { z } from 'zod'
import { emptyForm } from '../../platform/form.ts'
import type { FormState } from '../../platform/form.ts'
import { submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import type { View } from '../../platform/view.ts'
import { Buttons, Form, Submit } from '../../web/forms.tsx'
import { TextArea } from '../../web/fields.tsx'
import { page } from '../../web/layout.tsx'
import { ButtonLink, Chip, Empty, Note } from '../../web/parts.tsx'
import { Section } from '../../web/layout.tsx'
import { messages as room } from '../messages.ts'
import { replyInput, rules } from '../schema.ts'
import { messages, ruleTexts } from './messages.ts'
import {
  listModeration,
  moderateComment,
  moderateQuestion,
  readDecision,
  replyToDecision,
} from './service.ts'
import { WaitingItem } from './views.tsx'
import type { Waiting } from './views.tsx'

type Queue = Awaited<ReturnType<typeof listModeration>>

/** A sent moderation decision; hiding and asking back need a rule. */
export const decisionForm = z
  .object({
    decision: z.enum(['approve', 'hide', 'ask-back', 'restore']),
    rule: z.enum(rules).optional(),
    note: z.string().max(1000).default(''),
  })
  .refine((d) => d.rule !== undefined || d.decision === 'approve' || d.decision === 'restore', {
    path: ['rule'],
  })

/** The steward's queue, and the page where authors answer a decision by a signed link. */
export function moderationPages(app: App): void {
  app.get('/questions/moderation', (c) => queuePage(c))
  app.post('/questions/moderation/questions/:id', (c) =>
    submit(c, decisionForm, {
      act: async (ctx, input) => {
        await moderateQuestion(ctx, { ...input, questionId: c.req.param('id') })
        return '/questions/moderation'
      },
      invalid: (form) => queuePage(c, { id: c.req.param('id'), form }),
    }),
  )
  app.post('/questions/moderation/comments/:id', (c) =>
    submit(c, decisionForm, {
      act: async (ctx, input) => {
        await moderateComment(ctx, { ...input, commentId: c.req.param('id') })
        return '/questions/moderation'
      },
      invalid: (form) => queuePage(c, { id: c.req.param('id'), form }),
    }),
  )
  app.get('/questions/decisions/:token', (c) => decisionPage(c, emptyForm()))
  app.post('/questions/decisions/:token', (c) =>
    submit(c, replyInput.omit({ token: true }), {
      act: async (ctx, { text }) => {
        await replyToDecision(ctx, { token: c.req.param('token'), text })
        return `/questions/decisions/${c.req.param('token')}`
      },
      invalid: (form) => decisionPage(c, form, 422),
    }),
  )
}

async function queuePage(c: Call, failed?: { id: string; form: FormState }): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const queue = await listModeration(c.get('ctx'))
  const parts: [string, Waiting[]][] = [
    [m.replies, repliesOf(view, queue)],
    [m.questions, questionsOf(view, queue)],
    [m.comments, commentsOf(view, queue)],
  ]
  const filled = parts.filter(([, items]) => items.length > 0)
  return page(
    c,
    {
      title: m.title,
      room: 'questions',
      robots: 'noindex',
      crumbs: [{ label: room[view.locale].title, href: '/questions' }, { label: m.title }],
      lead: m.lead,
      islands: ['enhance'],
    },
    <div class="al-stack--l">
      {filled.length === 0 ? (
        <Empty
          title={m.nothing}
          action={<ButtonLink href={view.href('/questions')}>{m.toQuestions}</ButtonLink>}
        >
          {m.nothingText}
        </Empty>
      ) : null}
      {filled.map(([title, items]) => (
        <Section title={title} plain>
          <div class="al-stack">
            {items.map((item) => (
              <WaitingItem view={view} item={item} form={failed?.id === item.id ? failed.form : undefined} />
            ))}
          </div>
        </Section>
      ))}
    </div>,
    failed ? 422 : 200,
  )
}

function nameLine(
  view: View,
  queue: Queue,
  item: { signature: string; authorId: string | null; at: Date },
): string {
  const name = item.signature || (item.authorId ? queue.names.get(item.authorId) : undefined)
  return [name ? messages[view.locale].from({ name }) : '', view.dateTime(item.at)].filter(Boolean).join(', ')
}

function questionsOf(view: View, queue: Queue): Waiting[] {
  const m = messages[view.locale]
  return queue.questions.map((each) => {
    const asked = queue.asked.find((one) => one.questionId === each.id)
    const state = asked ? (
      <Chip tone="ask">{asked.reply ? m.answered : m.askedBack({ date: view.date(asked.at) })}</Chip>
    ) : null
    return {
      id: each.id,
      title: each.title,
      text: each.why,
      line: nameLine(view, queue, each),
      action: `/questions/moderation/questions/${each.id}`,
      read: `/questions/${each.number}`,
      decisions: ['approve', 'hide', 'ask-back'],
      extra: state ? <div class="al-row">{state}</div> : null,
    }
  })
}

function commentsOf(view: View, queue: Queue): Waiting[] {
  return queue.comments.map((each) => ({
    id: each.id,
    title: messages[view.locale].inQuestion({ title: each.title }),
    text: each.body,
    line: nameLine(view, queue, each),
    action: `/questions/moderation/comments/${each.id}`,
    read: `/questions/${each.number}`,
    decisions: ['approve', 'hide'],
  }))
}

function repliesOf(view: View, queue: Queue): Waiting[] {
  const m = messages[view.locale]
  return queue.replies.map((each) => {
    const comment = each.commentId
    const rule = each.rule ? ruleTexts[view.locale][each.rule as keyof (typeof ruleTexts)['de']].name : ''
    return {
      id: each.id,
      title: comment ? m.inQuestion({ title: each.title }) : each.title,
      text: each.reply ?? '',
      line: m.decided({ decision: m.decisions[each.decision], rule }),
      action: comment
        ? `/questions/moderation/comments/${comment}`
        : `/questions/moderation/questions/${each.questionId}`,
      read: `/questions/${each.number}`,
      decisions: each.decision === 'hide' ? ['restore', 'hide'] : ['approve', 'hide'],
    }
  })
}

async function decisionPage(c: Call, form: FormState, status: 200 | 422 = 200): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  const decision = await readDecision(c.get('ctx'), c.req.param('token') ?? '')
  const rule = decision.rule as keyof (typeof ruleTexts)['de'] | null
  const title = decision.reply ? m.replyDone : m.replyTitle
  const crumbs = [{ label: room[view.locale].title, href: '/questions' }, { label: title }]
  return page(
    c,
    {
      title,
      room: 'questions',
      robots: 'noindex',
      crumbs,
      lead: decision.reply ? m.replyDoneText : m.replyLead,
    },
    <div class="al-stack">
      <Note tone="warn">
        <p>{m.about({ title: decision.question.title })}</p>
        {rule ? <p>{m.ruleLine({ text: ruleTexts[view.locale][rule].text })}</p> : null}
        {decision.note ? <p>{m.noteLine({ text: decision.note })}</p> : null}
      </Note>
      {decision.reply === null && decision.closedAt === null ? (
        <Form view={view} action={`/questions/decisions/${c.req.param('token') ?? ''}`} form={form}>
          <TextArea name="text" label={m.replyField} hint={m.replyHint} rows={5} maxlength={2000} required />
          <Buttons>
            <Submit>{m.replySend}</Submit>
          </Buttons>
        </Form>
      ) : (
        <p>{decision.closedAt ? m.replyClosed : ''}</p>
      )}
    </div>,
    status,
  )
}
