import { writeAtom } from '../../platform/atom.ts'
import { csvText } from '../../platform/csv.ts'
import { dayOf } from '../../platform/days.ts'
import type { Call } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import { page } from '../../web/layout.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import { ButtonLink, LinkArrow } from '../../web/parts.tsx'
import { namesOf } from '../access/service.ts'
import { messages } from '../messages.ts'
import { policy } from '../policy.ts'
import { listInput } from '../schema.ts'
import { countQuestions, listQuestions } from '../service.ts'
import type { Narrowed } from './views.tsx'
import { countAt, ListTools, queryOf, QuestionList } from './views.tsx'

// A broken filter in an address is left out: the list is still useful, and nothing else hangs on it.
function narrowedBy(c: Call): Narrowed {
  const { shape } = listInput
  const q = shape.q.safeParse(c.req.query('q')).data || undefined
  return {
    q,
    step: shape.step.safeParse(c.req.query('step')).data,
    sort: shape.sort.safeParse(c.req.query('sort')).data ?? 'newest',
  }
}

/** All visible questions: search, steps, order, paging. */
export async function listPage(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const m = messages[view.locale]
  const narrowed = narrowedBy(c)
  const cursor = c.req.query('cursor')
  const { questions, next } = await listQuestions(ctx, { ...narrowed, cursor: cursor?.slice(0, 80) })
  const counts = await countQuestions(ctx, narrowed.q)
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const found = narrowed.step === undefined ? all : countAt(counts, narrowed.step)
  const query = queryOf(narrowed)
  return page(
    c,
    {
      title: m.title,
      room: 'questions',
      crumbs: [{ label: m.title }],
      lead: m.lead,
      actions: (
        <>
          <ButtonLink href={view.href('/questions/new')} variant="primary">
            {m.ask}
          </ButtonLink>
          {may(view.actor, policy, 'moderate') ? (
            <ButtonLink href={view.href('/questions/moderation')}>{m.moderation}</ButtonLink>
          ) : null}
        </>
      ),
    },
    <div class="al-stack--l">
      <ListTools view={view} narrowed={narrowed} counts={counts} />
      <section aria-labelledby="treffer">
        <div class="al-section__head">
          <h2 class="kern-heading-large" id="treffer">
            {m.count({ n: found, text: view.number(found) })}
          </h2>
        </div>
        <QuestionList view={view} questions={questions} narrowed={narrowed} />
        <Pagination view={view} path="/questions" query={query} next={next} first={!cursor} />
      </section>
      <div class="al-row">
        <LinkArrow href={address('/questions/export.csv', query)}>{m.export}</LinkArrow>
        <LinkArrow href={view.href('/questions/feed.atom')}>{m.feed}</LinkArrow>
      </div>
    </div>,
  )
}

/** The list as CSV (RFC 4180 with a byte order mark, so that spreadsheets read umlauts): the same visible questions, no people. */
export async function listCsv(c: Call): Promise<Response> {
  const m = messages[c.get('view').locale]
  const { config } = c.get('ctx')
  const rows: (string | number)[][] = []
  for (let cursor: string | undefined; ;) {
    const { questions, next } = await listQuestions(c.get('ctx'), { ...narrowedBy(c), limit: 100, cursor })
    for (const q of questions) {
      const step = m.steps[q.state].replaceAll('\u00ad', '')
      const day = dayOf(q.raisedAt)
      rows.push([
        q.number,
        q.title,
        step,
        q.place,
        q.people,
        q.organisations,
        day,
        `${config.url}/questions/${q.number}`,
      ])
    }
    cursor = next
    if (!cursor) break
  }
  const columns = Object.values(m.columns)
  const body = csvText([columns, ...rows])
  return c.body(body, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="fragen.csv"',
  })
}

/** The newest questions as an Atom feed. */
export async function listFeed(c: Call): Promise<Response> {
  const view = c.get('view')
  const ctx = c.get('ctx')
  const m = messages[view.locale]
  const { questions } = await listQuestions(ctx, { limit: 50 })
  const nameOf = await namesOf(ctx, questions)
  const address = (path: string) => `${ctx.config.url}${view.href(path)}`
  const feed = writeAtom({
    title: m.feedTitle({ town: view.town.name }),
    url: address('/questions'),
    self: address('/questions/feed.atom'),
    language: view.locale,
    updated: questions.reduce((last, q) => (q.stateSince > last ? q.stateSince : last), new Date(0)),
    entries: questions.map((q) => ({
      id: q.id,
      title: q.title,
      url: address(`/questions/${q.number}`),
      summary: q.why,
      author: nameOf(q).name ?? m.noAccount,
      published: q.raisedAt,
      updated: q.stateSince,
      categories: [m.steps[q.state].replaceAll('\u00ad', '')],
    })),
  })
  return c.body(feed, 200, { 'content-type': 'application/atom+xml; charset=utf-8' })
}
