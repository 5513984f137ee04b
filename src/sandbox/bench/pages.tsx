import type { FormState } from '../../platform/form.ts'
import { emptyForm } from '../../platform/form.ts'
import type { Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Empty, More } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { isOpen, rightsIn } from '../access/service.ts'
import { choicesOf } from '../asking/choices.ts'
import { AskForm, SqlForm } from '../asking/views.tsx'
import { messages as roomMessages } from '../messages.ts'
import { messages } from '../queries/messages.ts'
import type { QueryRecord } from '../queries/model.ts'
import type { Preview } from '../queries/service.ts'
import { readLog } from '../queries/service.ts'
import { SqlCode } from '../queries/views.tsx'
import { listReleases } from '../releases/service.ts'
import { listRules } from '../rules/service.ts'
import { RulesSection } from '../rules/views.tsx'
import { messages as privacyMessages } from '../privacy/messages.ts'
import type { RoomPrivacy } from '../privacy/model.ts'
import { privacyOf } from '../privacy/service.ts'
import type { SandboxTable } from '../tables/model.ts'
import { vaultTableOf } from '../tables/model.ts'
import { listTables } from '../tables/service.ts'
import { holderOrganisationsOf } from '../workspaces/service.ts'
import { Bench, FiveSafes, RestNote, RoomHead, StatusSection } from '../workspaces/views.tsx'
import { answerParts } from './answer.tsx'
import { schemaOf } from './editor.ts'
import { isEmpty, kept, side } from './side.tsx'

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
  const pt = privacyMessages[view.locale]
  const title = roomMessages[view.locale].workspace({ title: room.workspace.title })
  const empty = isEmpty(shown)
  return page(
    c,
    {
      title,
      room: 'sandbox',
      head: false,
      robots: 'noindex',
      ...(rights.query && open ? { islands: ['editor'] } : {}),
    },
    <div class="al-wrap">
      <RoomHead {...{ view, room, title }} now={ctx.now} chip={privacy ? pt.mode : undefined} />
      <Bench view={view} side={await side(c, room, shown, tables)}>
        {open ? null : <RestNote view={view} room={room} />}
        {rights.query && open ? <AskSection {...{ c, room, tables, shown, privacy }} /> : null}
        {rights.query ? null : await statusPart(c, room, tables)}
        {await answerParts(c, room, shown, tables)}
        {empty && rights.query ? <div class="al-grid al-grid--3 al-kept">{await kept(c, room)}</div> : null}
        {empty ? await rulesPart(c, room, shown) : null}
        <FiveSafes {...{ view, room }} open={empty} outputs={privacy ? pt.safeOutputs : undefined} />
      </Bench>
    </div>,
    shown.status ?? 200,
  )
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
  const show = c.req.query('show') ?? 'table'
  const precision = c.req.query('precision') ?? ''
  const asked = query?.form ? { ...query.form, title: query.title, show, precision } : undefined
  const form = shown.form ?? (asked ? emptyForm(asked) : undefined)
  return (
    <section aria-labelledby="fragen">
      <h2 class="kern-heading-medium al-noprint" id="fragen">
        {t.ask}
      </h2>
      <AskForm
        {...{ view, room, form, privacy }}
        choices={choicesOf(view, confirmedOf(tables), privacy !== null)}
      />
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
