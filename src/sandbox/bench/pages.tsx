import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Empty, LinkArrow, More } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { isOpen, rightsIn } from '../access/service.ts'
import { AskForm, choicesOf, SqlForm } from '../asking/views.tsx'
import { budgetOf } from '../budgets/service.ts'
import { messages as roomMessages } from '../messages.ts'
import { listNotebooks } from '../notebooks/service.ts'
import { NotebookBlock } from '../notebooks/views.tsx'
import { messages } from '../queries/messages.ts'
import type { QueryRecord } from '../queries/model.ts'
import type { Preview } from '../queries/service.ts'
import { listQueries, readLog } from '../queries/service.ts'
import { BudgetBlock, HistoryBlock, RulesBlock, SqlCode } from '../queries/views.tsx'
import { listReleases } from '../releases/service.ts'
import { listRules } from '../rules/service.ts'
import { RulesSection } from '../rules/views.tsx'
import { listSaved } from '../saved/service.ts'
import { SavedBlock } from '../saved/views.tsx'
import type { RoomPrivacy } from '../privacy/model.ts'
import { messages as privacyMessages } from '../privacy/messages.ts'
import { costOfQuery, privacyOf } from '../privacy/service.ts'
import { PrivacyBudget } from '../privacy/views.tsx'
import type { SandboxTable } from '../tables/model.ts'
import { vaultTableOf } from '../tables/model.ts'
import { listTables } from '../tables/service.ts'
import { TablesBlock } from '../tables/views.tsx'
import { holderOrganisationsOf } from '../workspaces/service.ts'
import { Bench, FiveSafes, RestNote, RoomHead, StatusSection } from '../workspaces/views.tsx'
import { answerParts } from './answer.tsx'
import { schemaOf } from './editor.ts'

/** What the bench shows beside its tables: a question with its answer, a dry run, forms with errors. */
export type Shown = {
  query?: QueryRecord
  preview?: Preview
  form?: FormState
  sqlOpen?: boolean
  releaseForm?: FormState
  ruleForm?: FormState
  saveForm?: FormState
  pageForm?: FormState
  status?: PageStatus
}

/** Tables that may be asked, as the engine wants them. */
export const confirmedOf = (tables: readonly SandboxTable[]) =>
  tables.flatMap((table) => vaultTableOf(table) ?? [])

/** The page of a workspace in all its states. */
export async function showBench(c: Call, room: Room, shown: Shown): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const rights = rightsIn(ctx, room)
  const tables = await listTables(ctx, room)
  const open = isOpen(ctx, room)
  const privacy = await privacyOf(ctx, room)
  const title = roomMessages[view.locale].workspace({ title: room.workspace.title })
  const isEmpty = !shown.query && !shown.preview
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
      <Bench view={view} side={await side(c, room, shown, tables)}>
        {open ? null : <RestNote view={view} room={room} />}
        {rights.query && open ? <AskSection {...{ c, room, tables, shown, privacy }} /> : null}
        {rights.query ? null : await statusPart(c, room, tables)}
        {await answerParts(c, room, shown, tables)}
        {isEmpty ? await rulesPart(c, room, shown) : null}
        <FiveSafes view={view} room={room} open={isEmpty} />
      </Bench>
    </div>,
    shown.status ?? 200,
  )
}

async function side(c: Call, room: Room, shown: Shown, tables: readonly SandboxTable[]) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const rights = rightsIn(ctx, room)
  const { id } = room.workspace
  const open = isOpen(ctx, room)
  return (
    <>
      <TablesBlock
        {...{ view, room, tables }}
        rights={{ upload: rights.upload && open, query: rights.query }}
        mine={holderOrganisationsOf(ctx, room)}
      />
      {rights.query ? await analystSide(c, room, shown) : null}
      <RulesBlock view={view} room={room} asks={rights.query && open} />
      {rights.log ? (
        <div class="al-side-block">
          <LinkArrow href={view.href(`/sandbox/workspaces/${id}/log`)}>
            {messages[view.locale].logTitle}
          </LinkArrow>
          <LinkArrow href={view.href(`/sandbox/workspaces/${id}/privacy`)}>
            {privacyMessages[view.locale].title}
          </LinkArrow>
        </div>
      ) : null}
    </>
  )
}

/** Budget, what is kept, pages of steps, last questions: for those who ask. */
async function analystSide(c: Call, room: Room, shown: Shown) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const workspaceId = room.workspace.id
  return (
    <>
      {await budgetPart(c, room, shown)}
      <HistoryBlock
        view={view}
        room={room}
        queries={await listQueries(ctx, { workspaceId, limit: 6 })}
        now={ctx.now}
      />
      <SavedBlock view={view} saved={await listSaved(ctx, workspaceId)} />
      <NotebookBlock view={view} room={room} notebooks={await listNotebooks(ctx, workspaceId)} />
    </>
  )
}

async function budgetPart(c: Call, room: Room, shown: Shown) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const privacy = await privacyOf(ctx, room)
  if (!privacy) return <BudgetBlock view={view} budget={await budgetOf(ctx, room)} cost={costOf(shown)} />
  const cost = shown.query ? await costOfQuery(ctx, shown.query.id) : null
  return <PrivacyBudget {...{ view, room, privacy, cost }} />
}

async function rulesPart(c: Call, room: Room, shown: Shown) {
  const ctx = c.get('ctx')
  const mine = isOpen(ctx, room) ? holderOrganisationsOf(ctx, room) : []
  return (
    <RulesSection
      view={c.get('view')}
      room={room}
      rules={await listRules(ctx, room)}
      mine={ctx.actor.kind === 'system' ? [] : mine}
      form={shown.ruleForm}
    />
  )
}

async function statusPart(c: Call, room: Room, tables: readonly SandboxTable[]) {
  const ctx = c.get('ctx')
  const rights = rightsIn(ctx, room)
  const log = rights.log ? (await readLog(ctx, { workspaceId: room.workspace.id, limit: 5 })).queries : []
  return (
    <StatusSection
      {...{ view: c.get('view'), room, tables, log, rights, now: ctx.now }}
      mine={holderOrganisationsOf(ctx, room)}
      releases={await listReleases(ctx, { workspaceId: room.workspace.id })}
    />
  )
}

function costOf(shown: Shown): number | null {
  if (shown.query?.state === 'answered') return shown.query.cellsNew
  return shown.preview?.cellsAtMost ?? null
}

type AskSectionProps = {
  c: Call
  room: Room
  tables: readonly SandboxTable[]
  shown: Shown
  privacy: RoomPrivacy | null
}

function AskSection({ c, room, tables, shown, privacy }: AskSectionProps) {
  const view = c.get('view')
  const t = messages[view.locale]
  const confirmed = tables.filter((table) => table.state === 'confirmed')
  if (confirmed.length === 0) return <Empty title={t.notReady}>{t.notReadyHint}</Empty>
  const { query } = shown
  const asked = query?.form ? { ...query.form, title: query.title } : undefined
  const form = shown.form ?? (asked ? emptyForm(asked) : undefined)
  return (
    <section aria-labelledby="fragen">
      <h2 class="kern-heading-medium" id="fragen">
        {t.ask}
      </h2>
      <AskForm {...{ view, room, form, privacy }} choices={choicesOf(view, confirmedOf(tables))} />
      {query?.form ? (
        <More label={t.computed} open>
          <SqlCode view={view} sql={query.sql} />
        </More>
      ) : null}
      <SqlForm
        {...{ view, room, privacy }}
        sql={query?.sql ?? textIn(shown.form, 'sql')}
        title={query?.form ? '' : (query?.title ?? textIn(shown.form, 'title'))}
        open={shown.sqlOpen ?? (query ? !query.form : false)}
        schema={schemaOf(view, confirmed)}
        form={shown.form?.errors['sql'] ? shown.form : undefined}
      />
    </section>
  )
}

function textIn(form: FormState | undefined, name: string): string {
  const text = form?.values[name]
  return typeof text === 'string' ? text : ''
}
