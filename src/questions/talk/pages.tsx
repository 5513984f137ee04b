import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { emptyForm } from '../../platform/form.ts'
import type { FormState } from '../../platform/form.ts'
import { submit } from '../../platform/http.ts'
import type { App, Call } from '../../platform/http.ts'
import { isUuid } from '../../platform/ids.ts'
import { page } from '../../web/layout.tsx'
import { Pagination } from '../../web/pagination.tsx'
import { Empty, LinkArrow, Note } from '../../web/parts.tsx'
import { namesOf, ownOrganisations } from '../access/service.ts'
import { messages as room } from '../messages.ts'
import type { Question } from '../model.ts'
import { commentInput } from '../schema.ts'
import { getQuestion } from '../access/service.ts'
import { messages } from './messages.ts'
import { commentOnQuestion, getComment, listComments, markHelpful } from './service.ts'
import type { Comment } from './store.ts'
import { CommentForm, CommentVoice } from './views.tsx'
import type { ShownComment } from './views.tsx'

/** Adds the names to show to contributions, all looked up at once. */
export async function withNames(ctx: Ctx, comments: readonly Comment[]): Promise<ShownComment[]> {
  const nameOf = await namesOf(ctx, comments)
  const byId = new Map(comments.map((each) => [each.id as string, nameOf(each).name]))
  return comments.map((each) => ({
    ...each,
    shown: nameOf(each),
    answersTo: each.replyTo ? byId.get(each.replyTo) : undefined,
  }))
}

async function findReplyTo(ctx: Ctx, id: unknown): Promise<ShownComment | undefined> {
  if (typeof id !== 'string' || !isUuid(id)) return undefined
  // A reply to what has gone meanwhile becomes a contribution of its own.
  const parent = await getComment(ctx, id).catch(() => undefined)
  return parent ? (await withNames(ctx, [parent]))[0] : undefined
}

async function talkPage(
  c: Call,
  question: Question,
  form: FormState,
  status: 200 | 422 = 200,
): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const m = messages[view.locale]
  const cursor = c.req.query('cursor')
  const { comments, total, next } = await listComments(ctx, { questionId: question, before: cursor })
  const shown = await withNames(ctx, comments)
  const replyTo = await findReplyTo(ctx, c.req.query('reply') ?? form.values['replyTo'])
  const own = await ownOrganisations(ctx)
  const path = `/questions/${question.number}`
  return page(
    c,
    {
      title: m.pageTitle({ title: question.title }),
      room: 'questions',
      heading: 'x-large',
      crumbs: [
        { label: room[view.locale].title, href: '/questions' },
        { label: room[view.locale].number(question), href: path },
        { label: m.title },
      ],
      lead: m.count({ n: total, text: view.number(total) }),
      islands: ['enhance'],
    },
    <div class="al-stack--l">
      {c.req.query('held') === '' ? <Note icon="clock">{m.held}</Note> : null}
      <section aria-label={m.title}>
        {shown.length === 0 ? <Empty title={m.none}>{m.noneText}</Empty> : null}
        {shown.map((comment) => (
          <CommentVoice view={view} question={question} comment={comment} act={true} />
        ))}
        <Pagination view={view} path={`${path}/talk`} next={next} first={!cursor} />
      </section>
      {question.visibility === 'visible' ? (
        <section aria-labelledby="beitragen">
          <h2 class="kern-heading-large" id="beitragen">
            {m.contribute}
          </h2>
          <div class="al-gap-3">
            <CommentForm view={view} question={question} form={form} replyTo={replyTo} own={own} />
          </div>
        </section>
      ) : null}
      <LinkArrow href={view.href(path)}>{m.back}</LinkArrow>
    </div>,
    status,
  )
}

const blankToNothing = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional())
const commentForm = commentInput
  .omit({ questionId: true })
  .extend({ organisationId: blankToNothing, replyTo: blankToNothing })

/** The talk of a question: read all, contribute, mark as helpful. */
export function talkPages(app: App): void {
  app.get('/questions/:number/talk', async (c) => {
    const question = await getQuestion(c.get('ctx'), c.req.param('number'))
    if (!question.mergedInto) return talkPage(c, question, emptyForm())
    const { number } = await getQuestion(c.get('ctx'), question.mergedInto)
    return c.redirect(c.get('view').href(`/questions/${number}/talk`), 301)
  })
  app.post('/questions/:number/talk', async (c) => {
    const question = await getQuestion(c.get('ctx'), c.req.param('number'))
    return submit(c, commentForm, {
      act: async (ctx, input) => {
        const { id, visibility } = await commentOnQuestion(ctx, { ...input, questionId: question.id })
        return `/questions/${question.number}/talk${visibility === 'pending' ? '?held' : ''}#c-${id}`
      },
      invalid: (form) => talkPage(c, question, form, 422),
    })
  })
  app.post('/questions/:number/talk/helpful', (c) =>
    submit(c, z.object({ commentId: z.string() }), {
      act: async (ctx, { commentId }) => {
        await markHelpful(ctx, { commentId })
        return `/questions/${c.req.param('number')}/talk#c-${commentId}`
      },
      invalid: async (form) => talkPage(c, await getQuestion(c.get('ctx'), c.req.param('number')), form, 422),
    }),
  )
}
