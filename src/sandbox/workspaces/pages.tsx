import { isInForce } from '../../cooperation/model.ts'
import { listAgreements } from '../../cooperation/service.ts'
import type { Ctx } from '../../platform/context.ts'
import { emptyForm } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { may } from '../../platform/permission.ts'
import { page, Section } from '../../web/layout.tsx'
import { ButtonLink } from '../../web/parts.tsx'
import { doorOfWorkspace } from '../door/pages.tsx'
import { messages } from '../messages.ts'
import { policy } from '../policy.ts'
import type { Shown } from '../bench/pages.tsx'
import { showBench } from '../bench/pages.tsx'
import { getSaved } from '../saved/service.ts'
import { messages as releaseMessages } from '../releases/messages.ts'
import { listReleases, listToDecide } from '../releases/service.ts'
import { ReleaseLines, WaitingCard } from '../releases/views.tsx'
import { openWorkspaceSchema } from '../schema.ts'
import { findWorkspaceOf } from '../store.ts'
import { getWorkspace, listWorkspaces, openWorkspace } from './service.ts'
import { HowItWorks, Promise as PromiseSection, ReadyList, RoomList } from './views.tsx'

/** The overview and the pages of one workspace. */
export function workspacePages(app: App): void {
  app.get('/sandbox', overview)
  app.post('/sandbox/workspaces', (c) =>
    submit(c, openWorkspaceSchema, {
      act: async (ctx, input) => `/sandbox/workspaces/${(await openWorkspace(ctx, input)).id}`,
      invalid: () => overview(c),
    }),
  )
  app.get('/sandbox/workspaces/:id', async (c) => {
    const door = await doorOfWorkspace(c, c.req.param('id'))
    if (door) return door
    const room = await getWorkspace(c.get('ctx'), c.req.param('id'))
    const { measure = '', by = '', by2 = '', only = '', value = '', saved } = c.req.query()
    if (saved) return showBench(c, room, await filledFrom(c, saved))
    return showBench(c, room, by || measure ? { form: emptyForm({ measure, by, by2, only, value }) } : {})
  })
}

/** The forms filled with a kept question. */
async function filledFrom(c: Call, savedId: string): Promise<Shown> {
  const { saved } = await getSaved(c.get('ctx'), savedId)
  const { sql, title, form } = saved
  return { form: emptyForm({ ...form, sql, title }), sqlOpen: form === null }
}

async function overview(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const rooms = await listWorkspaces(ctx)
  const signedIn = ctx.actor.kind !== 'anonymous'
  const waiting = await listToDecide(ctx)
  const released = (await listReleases(ctx, { state: 'approved', limit: 10 })).slice(0, 10)
  const actions = (
    <ButtonLink href={view.href('/sandbox/releases')} variant="secondary">
      {t.releases}
    </ButtonLink>
  )
  return page(
    c,
    { title: t.title, room: 'sandbox', crumbs: [{ label: t.title }], lead: t.lead, actions, bare: true },
    <>
      {signedIn ? (
        <Section title={t.rooms} id="rooms">
          <RoomList view={view} rooms={rooms} now={ctx.now} />
          <ReadyList view={view} agreements={await withoutRoom(ctx)} />
        </Section>
      ) : null}
      {waiting.length ? (
        <Section title={t.toDecide} id="decide">
          <div class="al-stack">
            {waiting.slice(0, 5).map((release) => (
              <WaitingCard view={view} release={release} />
            ))}
          </div>
        </Section>
      ) : null}
      <HowItWorks view={view} />
      <PromiseSection view={view} />
      <Section title={t.released} id="released">
        {released.length ? (
          <ReleaseLines view={view} releases={released} />
        ) : (
          <p>{releaseMessages[view.locale].none}</p>
        )}
      </Section>
    </>,
  )
}

async function withoutRoom(ctx: Ctx) {
  const { agreements } = await listAgreements(ctx, { state: 'signed' })
  const mine = agreements.filter(
    (a) =>
      isInForce(a, ctx.now) &&
      may(ctx.actor, policy, 'open', { organisationIds: a.parties.map((p) => p.organisationId) }),
  )
  const open = []
  for (const agreement of mine) if (!(await findWorkspaceOf(ctx.db, agreement.id))) open.push(agreement)
  return open
}
