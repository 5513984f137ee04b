import type { Child } from 'hono/jsx'
import type { View } from '../../platform/view.ts'
import { dayOf } from '../../platform/days.ts'
import { Code, LinkArrow, More, Note, Rows } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import type { Room } from '../access/service.ts'
import { messages } from './messages.ts'
import type { SandboxTable } from '../tables/model.ts'
import type { QueryRecord, RecordedRefusal } from './model.ts'
import type { Preview } from './service.ts'
import type { Loss } from '../dp/accountant.ts'
import { messages as privacyMessages } from '../privacy/messages.ts'
import type { RoomPrivacy } from '../privacy/model.ts'
import { PrivacyQuote, rhoText } from '../privacy/views.tsx'
import { queryTitle } from './title.ts'
import { refusalText } from './problems.ts'

const keywords =
  /\b(SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|WITH|AS|JOIN|LEFT|INNER|USING|ON|AND|OR|NOT|IN|BETWEEN|COUNT|SUM|AVG|DISTINCT|FILTER|UNION|CASE|WHEN|THEN|ELSE|END|DESC|ASC|NULL|IS)\b/gi

/** SQL with its keywords in bold and comments in grey. */
export function SqlCode({ view, sql, label }: { view: View; sql: string; label?: string }) {
  return <Code label={label ?? messages[view.locale].sqlCode}>{sql.split(/(--[^\n]*)/).map(highlight)}</Code>
}

function highlight(part: string): Child {
  if (part.startsWith('--')) return <i>{part}</i>
  return part.split(keywords).map((word, i) => (i % 2 ? <b>{word.toUpperCase()}</b> : word))
}

/** What a dry run says: admissible, cost and remaining budget, or the refusal. */
export function PreviewNote({
  view,
  room,
  tables,
  preview,
  privacy,
}: Omit<RefusalProps, 'refusal'> & { preview: Preview; privacy: RoomPrivacy | null }) {
  const t = messages[view.locale]
  if (!preview.admissible) {
    return preview.refusal ? (
      <RefusalNote view={view} room={room} tables={tables} refusal={preview.refusal} />
    ) : null
  }
  const quote = preview.privacy
  return (
    <Note title={t.admissible} icon="check">
      <p class="al-small">
        {quote && privacy ? <PrivacyQuote {...{ view, privacy, quote }} /> : cellsText(view, preview)}{' '}
        {preview.outer ? t.admissibleOuter : ''}
      </p>
      {quote ? null : <p class="al-small">{expectationText(view, preview.expectation)}</p>}
      <More label={t.admissibleInner}>
        {preview.inner.map((sql) => (
          <SqlCode view={view} sql={sql} />
        ))}
      </More>
    </Note>
  )
}

function cellsText(view: View, preview: Preview): string {
  const t = messages[view.locale]
  const remaining = view.number(preview.remaining ?? 0)
  return preview.cellsAtMost === null
    ? t.admissibleUnknown({ remaining })
    : t.admissibleCost({ cells: view.number(preview.cellsAtMost), remaining })
}

function expectationText(view: View, expectation: Preview['expectation']): string {
  const t = messages[view.locale]
  if (!expectation) return t.expectationNone
  const { rows, cells, perCell, level } = expectation
  return t.expectation({
    rows: view.number(rows),
    cells: view.number(cells),
    perCell: view.number(perCell),
    level: t.expected[level],
  })
}

type RefusalProps = {
  view: View
  room: Room
  tables: readonly SandboxTable[]
  refusal: RecordedRefusal
  /** Differential privacy: what was booked although there is no answer. */
  cost?: Loss | null
}

/** A refusal: what, why, who settled it, and what works instead. */
export function RefusalNote({ view, room, tables, refusal, cost }: RefusalProps) {
  const t = messages[view.locale]
  const text = refusalText(refusal, view.locale)
  const holder = holderOf(room, tables, refusal)
  return (
    <Note tone="warn">
      <h2 class="kern-heading-small" id="nein">
        {text.title}
      </h2>
      <p class="al-small">{text.detail}</p>
      {text.instead ? (
        <p class="al-small al-gap-1">
          <b>{t.insteadTitle}</b> <Instead view={view} room={room} refusal={refusal} text={text.instead} />
        </p>
      ) : null}
      <p class="al-small al-gap-1">
        {cost && cost.rho > 0n
          ? privacyMessages[view.locale].charged({ rho: rhoText(view, cost.rho) })
          : t.refusalKept}{' '}
        <a href={view.href(`/sandbox/help#${refusal.code}`)}>{t.help}</a>{' '}
        {text.askHolder ? (
          <a href={view.href(`/cooperation/agreements/${room.agreement.id}`)}>{t.askHolder({ holder })}</a>
        ) : null}
      </p>
    </Note>
  )
}

function holderOf(room: Room, tables: readonly SandboxTable[], refusal: RecordedRefusal): string {
  const table = tables.find((each) => each.name === refusal.table)
  const names = room.agreement.parties.filter((p) => p.part === 'holder')
  return (names.find((p) => p.organisationId === table?.organisationId) ?? names[0])?.name ?? ''
}

type InsteadProps = { view: View; room: Room; refusal: RecordedRefusal; text: string }

/** What works instead; columns are links that fill the form in. */
function Instead({ view, room, refusal, text }: InsteadProps) {
  const { table, instead } = refusal
  if (!table || !instead?.length) return text
  const href = (column: string) =>
    view.href(`/sandbox/workspaces/${room.workspace.id}?by=${encodeURIComponent(`${table}.${column}`)}`)
  return (
    <>
      {messages[view.locale].splitBy}{' '}
      {instead.slice(0, 6).map((column, i) => (
        <>
          {i ? ', ' : ''}
          <a href={href(column)}>{column}</a>
        </>
      ))}
      {'.'}
    </>
  )
}

/** A question as its log shows it: text and when, no answer. */
export function LoggedQuery(props: { view: View; query: QueryRecord; ended: boolean }) {
  const { view, query, ended } = props
  const t = messages[view.locale]
  return (
    <section aria-labelledby="abfrage">
      <h2 class="kern-heading-medium" id="abfrage">
        {t.logQuery}
      </h2>
      <p class="al-muted">{view.dateTime(query.askedAt)}</p>
      <div class="al-stack al-gap-2">
        <SqlCode view={view} sql={query.sql} />
        {query.refusal ? <p>{refusalText(query.refusal, view.locale).title}</p> : null}
        <Note icon="eye">{ended ? t.answerGone : t.onlyLog}</Note>
      </div>
    </section>
  )
}

/** Answered with differential privacy: cells are not what it cost. */
const isNoisy = (query: QueryRecord) => query.presetVersion?.startsWith('zcdp') ?? false

function outcome(view: View, query: QueryRecord): string {
  const t = messages[view.locale]
  if (query.state !== 'answered') return t.states[query.state]
  if (isNoisy(query)) return privacyMessages[view.locale].noisy
  return query.cellsNew ? t.cells({ n: view.number(query.cellsNew) }) : t.free
}

type HistoryProps = { view: View; room: Room; queries: readonly QueryRecord[]; now: Date }

/** The last questions; each opens its stored answer. */
export function HistoryBlock({ view, room, queries, now }: HistoryProps) {
  const t = messages[view.locale]
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.history}</h2>
      <div class="al-gap-2">
        {queries.length === 0 ? (
          <p class="al-small al-muted">{t.noHistory}</p>
        ) : (
          <QueryRows view={view} queries={queries} now={now} />
        )}
      </div>
      {queries.length ? (
        <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/queries`)}>
          {t.historyAll}
        </LinkArrow>
      ) : null}
      {queries.filter((query) => query.state === 'answered').length > 1 ? (
        <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/compare`)}>
          {t.compare}
        </LinkArrow>
      ) : null}
    </div>
  )
}

function clock(view: View, at: Date): string {
  return view.dateTime(at).split(', ').at(-1) ?? ''
}

function whenText(view: View, at: Date, now: Date): string {
  return dayOf(at) === dayOf(now) ? clock(view, at) : view.dateTime(at)
}

/** Questions as lines: title, when, outcome. */
export function QueryRows({
  view,
  queries,
  now,
}: {
  view: View
  queries: readonly QueryRecord[]
  now: Date
}) {
  return (
    <Rows
      tight
      items={queries.map((query) => ({
        title: <a href={view.href(`/sandbox/queries/${query.id}`)}>{queryTitle(view, query)}</a>,
        text: `${whenText(view, query.askedAt, now)}, ${outcome(view, query)}`,
      }))}
    />
  )
}

/** What holds in a workspace, in three lines. */
export function RulesBlock({ view, room, asks }: { view: View; room: Room; asks: boolean }) {
  const t = messages[view.locale]
  return (
    <div class="al-side-block">
      <h2 class="kern-heading-small">{t.rules}</h2>
      <ul class="al-list al-small al-gap-1">
        {t.ruleList.map((rule) => (
          <li>{rule}</li>
        ))}
      </ul>
      <p>
        <LinkArrow href={view.href('/sandbox/help')}>{t.howTo}</LinkArrow>
      </p>
      {asks ? (
        <p>
          <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/maps`)}>{t.maps}</LinkArrow>
        </p>
      ) : null}
    </div>
  )
}

type LogProps = {
  view: View
  queries: readonly QueryRecord[]
  names: ReadonlyMap<string, string>
  room: Room
}

/** The log for holders and reviewers: text and outcome of every question. */
export function LogTable({ view, queries, names, room }: LogProps) {
  const t = messages[view.locale]
  const party = (id: string) => room.agreement.parties.find((p) => p.organisationId === id)?.name ?? ''
  return (
    <DataTable
      view={view}
      caption={t.logTitle}
      quietCaption
      stack
      rows={queries}
      empty={t.logNone}
      columns={[
        {
          label: t.logWhen,
          header: true,
          cell: (q) => <span class="al-nowrap">{view.moment(q.askedAt)}</span>,
        },
        {
          label: t.logWho,
          cell: (q) => (
            <span class="al-log-who">
              {(q.askedBy && names.get(q.askedBy)) || t.someone}
              <small class="al-block al-muted">{party(q.organisationId)}</small>
            </span>
          ),
        },
        {
          label: t.logQuery,
          cell: (q) => (
            <>
              <a href={view.href(`/sandbox/queries/${q.id}`)}>{queryTitle(view, q)}</a>
              <code class="al-mono al-block">{q.sql}</code>
            </>
          ),
        },
        {
          label: t.logOutcome,
          cell: (q) =>
            q.refusal
              ? `${t.states[q.state]}: ${refusalText(q.refusal, view.locale).title}`
              : q.state === 'answered'
                ? `${t.states.answered}, ${isNoisy(q) ? privacyMessages[view.locale].noisy : t.logCells({ n: view.number(q.cellsNew) })}`
                : t.states[q.state],
        },
      ]}
    />
  )
}
