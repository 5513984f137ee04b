import type { App, Call } from '../platform/http.ts'
import { may } from '../platform/permission.ts'
import { isProblem } from '../platform/problem.ts'
import { getQuestion } from '../questions/service.ts'
import { page } from '../web/layout.tsx'
import { ButtonLink, Meta } from '../web/parts.tsx'
import { draftingPages } from './drafting/pages.tsx'
import { tableName } from './files/service.ts'
import { messages } from './messages.ts'
import { readingMinutes } from './model.ts'
import { policy } from './policy.ts'
import { problems } from './problems.ts'
import { listSchema } from './schema.ts'
import * as service from './service.ts'
import { AnswerBodyView, AnswerList, OldVersionNote } from './views.tsx'

/** The HTML pages of the room and the tables of an answer. */
export function pages(app: App): void {
  app.get('/answers', showList)
  draftingPages(app)
  app.get('/answers/:id/:file{table\\.(csv|parquet)}', sendTable)
  app.get('/answers/:id', showAnswer)
}

async function showList(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const { cursor } = listSchema.parse({ cursor: c.req.query('cursor')?.slice(0, 100) || undefined })
  const { answers, next } = await service.listAnswers(ctx, { cursor })
  const drafts = cursor ? [] : await service.listDrafts(ctx)
  return page(
    c,
    { title: t.room, room: 'answers', crumbs: [{ label: t.room }], lead: t.listLead },
    <AnswerList view={view} answers={answers} drafts={drafts} next={next} first={!cursor} />,
  )
}

async function showAnswer(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const t = messages[view.locale]
  const answer = await service.getAnswer(ctx, c.req.param('id') ?? '')
  if (answer.state === 'draft') return c.redirect(view.href(`/answers/${answer.number}/preview`), 303)
  const shown = await service.getPublished(ctx, answer.id, versionOf(c))
  const { current } = shown
  const question = await questionTitle(c, answer.questionId)
  const rights = {
    decision: may(ctx.actor, policy, 'decision'),
    indicator: may(ctx.actor, policy, 'indicator'),
  }
  const edit = may(ctx.actor, policy, 'edit', service.whose(answer))
  return page(
    c,
    {
      title: current.content.title,
      heading: 'display',
      room: 'answers',
      bare: true,
      crumbs: [{ label: t.room, href: '/answers' }, { label: answer.number }],
      eyebrow: question ? t.answerTo({ question }) : undefined,
      lead: current.content.lead,
      meta: <AnswerHeadMeta c={c} shown={shown} />,
      ...(edit
        ? { actions: <ButtonLink href={view.href(`/answers/${answer.number}/edit`)}>{t.edit}</ButtonLink> }
        : {}),
    },
    <article>
      <OldVersionNote view={view} number={answer.number} shown={current.version} current={answer.version} />
      <AnswerBodyView
        view={view}
        body={{
          content: current.content,
          answerId: answer.id,
          number: answer.number,
          version: current,
          effect: shown,
          versions: shown.versions,
          url: ctx.config.url,
          rights,
        }}
      />
    </article>,
  )
}

function AnswerHeadMeta({ c, shown }: { c: Call; shown: service.AnswerView }) {
  const view = c.get('view')
  const t = messages[view.locale]
  const { current, versions } = shown
  const first = versions[0] ?? current
  const holders = [...new Set(current.content.sources.map((source) => source.holder).filter(Boolean))]
  const date = view.date(first.publishedAt)
  const when =
    current.version > 1
      ? t.publishedChanged({ date, again: view.date(current.publishedAt) })
      : t.published({ date })
  return (
    <Meta
      items={[
        { icon: 'clock', text: when },
        { icon: 'people', text: view.list(holders) },
        { icon: 'file', text: t.reading({ n: readingMinutes(current.content) }) },
      ]}
    />
  )
}

function versionOf(c: Call): number | undefined {
  const text = c.req.query('version')
  return text && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

async function questionTitle(c: Call, questionId: string): Promise<string | undefined> {
  try {
    return (await getQuestion(c.get('ctx'), questionId)).title
  } catch (error) {
    if (isProblem(error)) return undefined
    throw error
  }
}

async function sendTable(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const { current, answer } = await service.getPublished(ctx, c.req.param('id') ?? '', versionOf(c))
  const kind = (c.req.param('file') ?? '').split('.').at(-1) ?? ''
  const table = Math.max(1, Number(c.req.query('table') ?? '1') || 1)
  const file = current.files.find((one) => one.name === `${tableName(table - 1)}.${kind}`)
  if (!file) throw problems.notFound()
  return c.body(new Uint8Array(await ctx.blobs.read(file.sha256)), 200, {
    'content-type': kind === 'csv' ? 'text/csv; charset=utf-8' : file.mediaType,
    'content-disposition': `attachment; filename="antwort-${answer.number}-${file.name}"`,
  })
}
