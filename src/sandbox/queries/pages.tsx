import { displayNames } from '../../identity/service.ts'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { Empty, LinkArrow } from '../../web/parts.tsx'
import { address, Pagination } from '../../web/pagination.tsx'
import type { Room } from '../access/service.ts'
import { loadRoom } from '../access/service.ts'
import { confirmedOf, showBench } from '../bench/pages.tsx'
import { messages as roomMessages } from '../messages.ts'
import { askSchema, purposeSchema, runQuerySchema } from '../schema.ts'
import { listTables } from '../tables/service.ts'
import { messages } from './messages.ts'
import type { QueryRecord } from './model.ts'
import { misplacedIn, sqlOf } from './model.ts'
import { getQuery, listQueries, previewQuery, readLog, runQuery } from './service.ts'
import { LogTable, QueryRows } from './views.tsx'

const sqlSchema = runQuerySchema
  .pick({ sql: true, title: true })
  .extend({ do: purposeSchema, precision: askSchema.shape.precision })

/** Asking, answers, history and log. */
export function queryPages(app: App): void {
  app.post('/sandbox/workspaces/:id/ask', async (c) => {
    const room = await loadRoom(c.get('ctx'), c.req.param('id'))
    const workspaceId = room.workspace.id
    return submit(c, askSchema, {
      slow: true,
      act: async (ctx, { do: what, show, title, precision, ...form }) => {
        const tables = confirmedOf(await listTables(ctx, room))
        const sql = sqlOf(form, tables)
        const values = { ...form, show, title, sql, precision }
        const wrong = misplacedErrors(c, misplacedIn(form, tables))
        if (wrong) return showBench(c, room, { form: { values, errors: wrong }, status: 422 })
        if (what === 'sql') return showBench(c, room, { form: emptyForm(values), sqlOpen: true })
        if (what === 'preview') return preview(c, room, sql, values)
        const query = await runQuery(ctx, { workspaceId, sql, form, title, precision })
        return hrefOf(query, { show, precision })
      },
      invalid: (form) => showBench(c, room, { form, status: 422 }),
    })
  })
  app.post('/sandbox/workspaces/:id/sql', async (c) => {
    const room = await loadRoom(c.get('ctx'), c.req.param('id'))
    return submit(c, sqlSchema, {
      slow: true,
      act: async (ctx, { do: what, sql, title, precision }) =>
        what === 'preview'
          ? preview(c, room, sql, { sql, title, precision })
          : hrefOf(await runQuery(ctx, { workspaceId: room.workspace.id, sql, title, precision })),
      invalid: (form) => showBench(c, room, { form, sqlOpen: true, status: 422 }),
    })
  })
  app.get('/sandbox/queries/:id', async (c) => {
    const { query, room } = await getQuery(c.get('ctx'), c.req.param('id'))
    return showBench(c, room, { query })
  })
  app.get('/sandbox/workspaces/:id/queries', history)
  app.get('/sandbox/workspaces/:id/log', log)
}

/** Said beside the field, so that nobody reads of joins who never wrote one; undefined where all fits. */
function misplacedErrors(c: Call, wrong: ReturnType<typeof misplacedIn>): Record<string, string> | undefined {
  if (wrong.length === 0) return undefined
  const t = messages[c.get('view').locale]
  return Object.fromEntries(
    wrong.map(({ field, table, from, instead }) => [
      field,
      instead ? t.apartInstead({ table, from, instead }) : t.apart({ table, from }),
    ]),
  )
}

// The page goes on below the form, so that the answer is in sight also on a phone; the form keeps what was chosen.
function hrefOf(query: QueryRecord, chosen: { show?: string; precision?: string | undefined } = {}): string {
  const { show = 'table', precision } = chosen
  const kept = { show: show === 'table' ? undefined : show, precision: precision || undefined }
  return `${address(`/sandbox/queries/${query.id}`, kept)}#antwort`
}

async function preview(c: Call, room: Room, sql: string, values: FormState['values']): Promise<Response> {
  const precision = typeof values['precision'] === 'string' ? values['precision'] : undefined
  const preview = await previewQuery(c.get('ctx'), { workspaceId: room.workspace.id, sql, precision })
  return showBench(c, room, { form: emptyForm(values), preview, sqlOpen: !values['measure'] })
}

async function history(c: Call): Promise<Response> {
  const view = c.get('view')
  const t = messages[view.locale]
  const before = c.req.query('cursor')
  const workspaceId = c.req.param('id') ?? ''
  const queries = await listQueries(c.get('ctx'), { workspaceId, before, limit: 26 })
  const room = await loadRoom(c.get('ctx'), workspaceId)
  return page(
    c,
    {
      title: t.historyTitle,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.historyLead,
      crumbs: crumbsOf(c, room, t.history),
      robots: 'noindex',
      actions:
        queries.length > 1 ? (
          <LinkArrow href={view.href(`/sandbox/workspaces/${workspaceId}/compare`)}>{t.compare}</LinkArrow>
        ) : undefined,
    },
    <>
      {queries.length ? (
        <QueryRows view={view} queries={queries.slice(0, 25)} now={c.get('ctx').now} />
      ) : (
        <Empty title={t.noHistory} />
      )}
      <Pagination
        view={view}
        path={`/sandbox/workspaces/${workspaceId}/queries`}
        query={{}}
        next={queries.length > 25 ? queries[24]?.id : undefined}
        first={!before}
      />
    </>,
  )
}

async function log(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const before = c.req.query('cursor')
  const { room, queries } = await readLog(ctx, { workspaceId: c.req.param('id') ?? '', before, limit: 51 })
  const people = queries.flatMap((q) => (q.askedBy ? [q.askedBy] : []))
  const names = await displayNames(ctx, [...new Set(people)])
  const shown = queries.slice(0, 50)
  return page(
    c,
    {
      title: t.logTitle,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.logLead,
      crumbs: crumbsOf(c, room, t.logTitle),
      robots: 'noindex',
    },
    <>
      {shown.length ? (
        <LogTable view={view} room={room} queries={shown} names={names} />
      ) : (
        <Empty title={t.logNone} />
      )}
      <Pagination
        view={view}
        path={`/sandbox/workspaces/${room.workspace.id}/log`}
        query={{}}
        next={queries.length > 50 ? shown.at(-1)?.id : undefined}
        first={!before}
      />
    </>,
  )
}

/** Crumbs of a page inside a workspace. */
export function crumbsOf(c: Call, room: Room, label: string) {
  const t = roomMessages[c.get('view').locale]
  return [
    { label: t.title, href: '/sandbox' },
    { label: room.workspace.title, href: `/sandbox/workspaces/${room.workspace.id}` },
    { label },
  ]
}
