import { displayNames } from '../../identity/service.ts'
import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Empty, LinkArrow, More } from '../../web/parts.tsx'
import { Pagination } from '../../web/pagination.tsx'
import type { Room } from '../access/service.ts'
import { isOpen, loadRoom, rightsIn } from '../access/service.ts'
import { AskForm, choicesOf, SqlForm } from '../asking/views.tsx'
import { namedColumns } from '../engine/roles.ts'
import type { Explanation } from '../engine/result.ts'
import { messages as roomMessages } from '../messages.ts'
import type { Check } from '../model.ts'
import { messages as releaseMessages } from '../releases/messages.ts'
import { affectedBy, listReleases, precheck } from '../releases/service.ts'
import { RequestForm, StateChip } from '../releases/views.tsx'
import { askSchema, purposeSchema, runQuerySchema } from '../schema.ts'
import type { SandboxTable } from '../tables/model.ts'
import { vaultTableOf } from '../tables/model.ts'
import { listTables } from '../tables/service.ts'
import { TablesBlock } from '../tables/views.tsx'
import { holderOrganisationsOf } from '../workspaces/service.ts'
import { Bench, FiveSafes, RestNote, RoomHead, StatusSection } from '../workspaces/views.tsx'
import { messages } from './messages.ts'
import type { QueryRecord } from './model.ts'
import { sqlOf } from './model.ts'
import { budgetOf, getQuery, listQueries, previewQuery, readLog, runQuery } from './service.ts'
import {
  BudgetBlock,
  HistoryBlock,
  LoggedQuery,
  LogTable,
  PreviewNote,
  QueryRows,
  RefusalNote,
  ResultSection,
  RulesBlock,
  SqlCode,
} from './views.tsx'

const sqlSchema = runQuerySchema.pick({ sql: true }).extend({ do: purposeSchema })

/** Asking, answers, history and log. */
export function queryPages(app: App): void {
  app.post('/sandbox/workspaces/:id/ask', async (c) => {
    const room = await loadRoom(c.get('ctx'), c.req.param('id'))
    return submit(c, askSchema, {
      slow: true,
      act: async (ctx, { do: what, ...form }) => {
        const sql = sqlOf(form, confirmedOf(await listTables(ctx, room)))
        const values = { ...form, sql }
        if (what === 'sql') return showBench(c, room, { form: emptyForm(values), sqlOpen: true })
        if (what === 'preview') return preview(c, room, sql, values)
        return hrefOf(await runQuery(ctx, { workspaceId: room.workspace.id, sql, form }))
      },
      invalid: (form) => showBench(c, room, { form, status: 422 }),
    })
  })
  app.post('/sandbox/workspaces/:id/sql', async (c) => {
    const room = await loadRoom(c.get('ctx'), c.req.param('id'))
    return submit(c, sqlSchema, {
      slow: true,
      act: async (ctx, { do: what, sql }) =>
        what === 'preview'
          ? preview(c, room, sql, { sql })
          : hrefOf(await runQuery(ctx, { workspaceId: room.workspace.id, sql })),
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

const confirmedOf = (tables: readonly SandboxTable[]) => tables.flatMap((table) => vaultTableOf(table) ?? [])
const hrefOf = (query: QueryRecord) => `/sandbox/queries/${query.id}`

async function preview(c: Call, room: Room, sql: string, values: FormState['values']): Promise<Response> {
  const preview = await previewQuery(c.get('ctx'), { workspaceId: room.workspace.id, sql })
  return showBench(c, room, { form: emptyForm(values), preview, sqlOpen: !values['measure'] })
}

/** What the bench shows beside its tables: a question with its answer, a dry run, a form with errors. */
export type Shown = {
  query?: QueryRecord
  preview?: Explanation
  form?: FormState
  sqlOpen?: boolean
  releaseForm?: FormState
  status?: PageStatus
}

/** The page of a workspace in all its states. */
export async function showBench(c: Call, room: Room, shown: Shown): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = roomMessages[view.locale]
  const { workspace } = room
  const rights = rightsIn(ctx, room)
  const tables = await listTables(ctx, room)
  const queries = rights.query ? await listQueries(ctx, { workspaceId: workspace.id, limit: 6 }) : []
  const budget = rights.query ? await budgetOf(ctx, room) : undefined
  const open = isOpen(ctx, room)
  const side = (
    <>
      <TablesBlock
        view={view}
        room={room}
        tables={tables}
        rights={{ upload: rights.upload && open, query: rights.query }}
        mine={holderOrganisationsOf(ctx, room)}
      />
      {budget ? <BudgetBlock view={view} budget={budget} cost={costOf(shown)} /> : null}
      {rights.query ? <HistoryBlock view={view} room={room} queries={queries} now={ctx.now} /> : null}
      <RulesBlock view={view} />
      {rights.log ? (
        <div class="al-side-block">
          <LinkArrow href={view.href(`/sandbox/workspaces/${workspace.id}/log`)}>
            {messages[view.locale].logTitle}
          </LinkArrow>
        </div>
      ) : null}
    </>
  )
  const title = t.workspace({ title: workspace.title })
  return page(
    c,
    {
      title,
      room: 'sandbox',
      head: false,
      robots: 'noindex',
      ...(rights.query && open ? { islands: ['editor'] } : {}),
    },
    <div class="al-wrap al-bench-page">
      <RoomHead view={view} room={room} now={ctx.now} title={title} />
      <Bench view={view} side={side}>
        {open ? null : <RestNote view={view} room={room} />}
        {rights.query && open ? <AskSection c={c} room={room} tables={tables} shown={shown} /> : null}
        {rights.query ? null : await statusPart(c, room, tables)}
        {await answerParts(c, room, shown, tables)}
        <FiveSafes view={view} room={room} />
      </Bench>
    </div>,
    shown.status ?? 200,
  )
}

async function statusPart(c: Call, room: Room, tables: readonly SandboxTable[]) {
  const ctx = c.get('ctx')
  const rights = rightsIn(ctx, room)
  const log = rights.log ? (await readLog(ctx, { workspaceId: room.workspace.id, limit: 5 })).queries : []
  const releases = await listReleases(ctx, { workspaceId: room.workspace.id })
  const mine = holderOrganisationsOf(ctx, room)
  return (
    <StatusSection
      view={c.get('view')}
      room={room}
      tables={tables}
      mine={mine}
      log={log}
      releases={releases}
      rights={rights}
      now={ctx.now}
    />
  )
}

function costOf(shown: Shown): number | null {
  if (shown.query?.state === 'answered') return shown.query.cellsNew
  return shown.preview?.cellsAtMost ?? null
}

type AskSectionProps = { c: Call; room: Room; tables: readonly SandboxTable[]; shown: Shown }

function AskSection({ c, room, tables, shown }: AskSectionProps) {
  const view = c.get('view')
  const t = messages[view.locale]
  const confirmed = tables.filter((table) => table.state === 'confirmed')
  if (confirmed.length === 0) return <Empty title={t.notReady}>{t.notReadyHint}</Empty>
  const { query } = shown
  const asked = query?.form ?? undefined
  const form = shown.form ?? (asked ? emptyForm(asked) : undefined)
  const sql = query?.sql ?? sqlIn(shown.form) ?? ''
  const open = shown.sqlOpen ?? (query ? !query.form : false)
  return (
    <section aria-labelledby="fragen">
      <h2 class="kern-heading-medium" id="fragen">
        {t.ask}
      </h2>
      <AskForm view={view} room={room} choices={choicesOf(view, confirmedOf(tables))} form={form} />
      {query?.form ? (
        <More label={t.computed} open>
          <SqlCode view={view} sql={query.sql} />
        </More>
      ) : null}
      <SqlForm
        view={view}
        room={room}
        sql={sql}
        open={open}
        schema={schemaOf(confirmed)}
        form={shown.form?.errors['sql'] ? shown.form : undefined}
      />
    </section>
  )
}

function sqlIn(form: FormState | undefined): string | undefined {
  const sql = form?.values['sql']
  return typeof sql === 'string' ? sql : undefined
}

/** Names of tables and columns for the editor's suggestions; hidden columns are not suggested. */
function schemaOf(tables: readonly SandboxTable[]): string {
  const names = tables.flatMap((table) =>
    table.spec
      ? [
          [
            table.name,
            namedColumns(table.spec)
              .filter((n) => n.column.role !== 'hidden')
              .map((n) => n.name),
          ] as const,
        ]
      : [],
  )
  return JSON.stringify(Object.fromEntries(names))
}

async function answerParts(c: Call, room: Room, shown: Shown, tables: readonly SandboxTable[]) {
  const view = c.get('view')
  const { query, preview: dryRun } = shown
  if (dryRun) return <PreviewNote view={view} room={room} tables={tables} preview={dryRun} />
  if (!query) return null
  const asks = rightsIn(c.get('ctx'), room).query
  if (!asks || !(query.result || query.refusal)) {
    return <LoggedQuery view={view} query={query} ended={asks && query.state === 'answered'} />
  }
  if (query.refusal) {
    return (
      <section aria-labelledby="nein">
        <RefusalNote view={view} room={room} tables={tables} refusal={query.refusal} />
      </section>
    )
  }
  return (
    <>
      <ResultSection view={view} room={room} query={query} />
      {(query.result?.shown ?? 0) > 0 ? await releasePart(c, room, query, shown.releaseForm) : null}
    </>
  )
}

async function releasePart(c: Call, room: Room, query: QueryRecord, form: FormState | undefined) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = releaseMessages[view.locale]
  const releases = (await listReleases(ctx, { workspaceId: room.workspace.id })).filter(
    (r) => r.queryId === query.id,
  )
  const live = releases.find((r) => r.state !== 'rejected')
  if (live) {
    return (
      <section class="al-row al-row--between" aria-label={t.requestTitle}>
        <p>
          {live.state === 'approved' ? t.alreadyReleased : t.alreadyOpen}{' '}
          <a href={view.href(`/sandbox/releases/${live.id}`)}>{t.toRelease}</a>
        </p>
        <StateChip view={view} release={live} />
      </section>
    )
  }
  if (!isOpen(ctx, room)) return null
  const checks: Check[] = await precheck(ctx, query.id, '')
  const affected = await affectedBy(ctx, query)
  return (
    <RequestForm view={view} queryId={query.id} room={room} affected={affected} checks={checks} form={form} />
  )
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
