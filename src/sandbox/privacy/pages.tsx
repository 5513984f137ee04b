import { namesOfOrganisations } from '../../identity/service.ts'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import type { View } from '../../platform/view.ts'
import { page, Section } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Empty, LinkArrow, Note } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import { isOpen, rightsIn } from '../access/service.ts'
import { unitTypesOf } from '../engine/roles.ts'
import { crumbsOf } from '../queries/pages.tsx'
import { messages as roomMessages } from '../messages.ts'
import { listTables } from '../tables/service.ts'
import { getWorkspace } from '../workspaces/service.ts'
import { accountHolders, limitPrivacy, listAccounts, mayLimit } from './account-service.ts'
import { AccountSection } from './account-views.tsx'
import { messages } from './messages.ts'
import type { RoomPrivacy } from './model.ts'
import { limitPrivacySchema, settingsSchema } from './schema.ts'
import { privacyOf, settlePrivacy } from './service.ts'
import { wasAsked } from './store.ts'
import { Decisions, deltaText, epsilonText, PrivacyBudget, SettleForm } from './views.tsx'

/** The kind of protection of a workspace, and the holders' accounts. */
export function privacyPages(app: App): void {
  app.get('/sandbox/workspaces/:id/privacy', (c) => roomPage(c))
  app.post('/sandbox/workspaces/:id/privacy', async (c) => {
    const workspaceId = c.req.param('id')
    return submit(c, settingsSchema, {
      act: async (ctx, input) => {
        await settlePrivacy(ctx, { ...input, workspaceId })
        return `/sandbox/workspaces/${workspaceId}/privacy`
      },
      invalid: (form) => roomPage(c, form, 422),
    })
  })
  app.get('/sandbox/privacy', (c) => accountsPage(c))
  app.post('/sandbox/privacy', (c) =>
    submit(c, limitPrivacySchema, {
      act: async (ctx, input) => {
        await limitPrivacy(ctx, input)
        return `/sandbox/privacy?holder=${input.organisationId}`
      },
      invalid: (form) => accountsPage(c, form, 422),
    }),
  )
}

async function roomPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const room = await getWorkspace(ctx, c.req.param('id') ?? '')
  const privacy = await privacyOf(ctx, room)
  const mayChoose = rightsIn(ctx, room).upload && isOpen(ctx, room)
  const tooLate = !privacy && (await wasAsked(ctx.db, room.workspace.id))
  return page(
    c,
    {
      title: t.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.lead,
      crumbs: crumbsOf(c, room, t.title),
      robots: 'noindex',
      ...(privacy
        ? {
            aside: <PrivacyBudget view={view} room={room} privacy={privacy} cost={null} isHere />,
            asideLabel: t.budget,
          }
        : {}),
    },
    <div class="al-stack--l">
      <Note title={privacy ? t.mode : t.standard}>
        <p>{privacy ? t.modeText : t.standardText}</p>
      </Note>
      {privacy ? await promiseParts(c, room, privacy) : null}
      {mayChoose && tooLate ? <p>{t.tooLate}</p> : null}
      {mayChoose && !tooLate ? (
        <Section title={privacy ? t.change : t.choose} id="settle-title" plain>
          {privacy ? null : <p class="al-w-prose">{t.chooseText}</p>}
          <SettleForm view={view} room={room} setting={privacy?.setting} form={form} />
        </Section>
      ) : null}
      {rightsIn(ctx, room).log ? (
        <LinkArrow href={view.href('/sandbox/privacy')}>{t.accounts}</LinkArrow>
      ) : null}
    </div>,
    status,
  )
}

async function promiseParts(c: Call, room: Room, privacy: RoomPrivacy) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const types = (await listTables(ctx, room)).flatMap((table) => (table.spec ? unitTypesOf(table.spec) : []))
  const units = [...new Set(types)].map((type) => t.unitNames[type])
  const first = t.promiseFirst({
    epsilon: epsilonText(view, privacy.setting.rhoLimit),
    delta: deltaText(view, 500_000_000n),
    units: units.length > 0 ? view.list(units) : t.noUnits,
  })
  return (
    <>
      <Lines title={t.promise} lines={[first, ...t.promiseLines]} />
      <Lines title={t.limits} lines={t.limitLines} />
      <div>
        <Decisions view={view} room={room} decisions={privacy.decisions} />
        <p class="al-small al-muted">{t.strictest}</p>
      </div>
    </>
  )
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <Section title={title} plain>
      <ul class="al-list al-w-prose">
        {lines.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Section>
  )
}

async function accountsPage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const holders = accountHolders(ctx)
  const wanted = c.req.query('holder') ?? textIn(form, 'organisationId')
  const organisationId = wanted ?? holders[0]
  const names = await namesOfOrganisations(ctx, holders)
  const crumbs = [{ label: roomMessages[view.locale].title, href: '/sandbox' }, { label: t.accounts }]
  const options = {
    title: t.accounts,
    room: 'sandbox' as const,
    heading: 'x-large' as const,
    lead: t.accountsLead,
    crumbs,
    robots: 'noindex' as const,
  }
  if (organisationId === undefined) return page(c, options, <Empty title={t.noHolder} />, status)
  const accounts = await listAccounts(ctx, organisationId)
  return page(
    c,
    { ...options, eyebrow: names.get(organisationId) ?? '' },
    <div class="al-stack--l">
      <OtherHolders view={view} holders={holders.filter((id) => id !== organisationId)} names={names} />
      {accounts.length === 0 ? <Empty title={t.noAccounts}>{t.noAccountsHint}</Empty> : null}
      {accounts.map((account) => (
        <AccountSection
          view={view}
          organisationId={organisationId}
          account={account}
          mayLimit={mayLimit(ctx, organisationId)}
          form={textIn(form, 'unitType') === account.unitType ? form : undefined}
        />
      ))}
    </div>,
    status,
  )
}

function textIn(form: FormState | undefined, name: string): string | undefined {
  const value = form?.values[name]
  return typeof value === 'string' ? value : undefined
}

function OtherHolders(props: { view: View; holders: readonly string[]; names: ReadonlyMap<string, string> }) {
  const { view, holders, names } = props
  if (holders.length === 0) return null
  return (
    <ul class="al-list">
      {holders.map((id) => (
        <li>
          <a href={view.href(`/sandbox/privacy?holder=${id}`)}>{names.get(id) ?? id}</a>
        </li>
      ))}
    </ul>
  )
}
