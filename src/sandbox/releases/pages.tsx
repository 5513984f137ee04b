import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { submit } from '../../platform/http.ts'
import { page, Section } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Card, Empty, LinkArrow, Note } from '../../web/parts.tsx'
import { actorId } from '../../platform/context.ts'
import { doorOfRelease } from '../door/pages.tsx'
import { messages as roomMessages } from '../messages.ts'
import { showBench } from '../queries/pages.tsx'
import { getQuery } from '../queries/service.ts'
import { decisionSchema, requestReleaseSchema } from '../schema.ts'
import { messages } from './messages.ts'
import type { Release } from './model.ts'
import type { ReleaseView } from './service.ts'
import { decideRelease, getReleaseView, listReleases, listToDecide, requestRelease } from './service.ts'
import {
  CheckList,
  DecideForm,
  Decisions,
  PackageFacts,
  ReleaseLines,
  ReleaseTable,
  releaseTitle,
  StateChip,
  WaitingCard,
} from './views.tsx'

const contextForm = requestReleaseSchema.omit({ queryId: true })

/** Requests, the reviewers' inbox, one release with its decision. */
export function releasePages(app: App): void {
  app.post('/sandbox/queries/:id/release', (c) => {
    const queryId = c.req.param('id')
    return submit(c, contextForm, {
      act: async (ctx, { context }) =>
        `/sandbox/releases/${(await requestRelease(ctx, { queryId, context })).id}`,
      invalid: async (form) => {
        const { query, room } = await getQuery(c.get('ctx'), queryId)
        return showBench(c, room, { query, releaseForm: form, status: 422 })
      },
    })
  })
  app.get('/sandbox/releases', inbox)
  app.get(
    '/sandbox/releases/:id',
    async (c) => (await doorOfRelease(c, c.req.param('id'))) ?? (await releasePage(c)),
  )
  app.post('/sandbox/releases/:id/decisions', (c) => {
    const releaseId = c.req.param('id')
    return submit(c, decisionSchema, {
      act: async (ctx, input) => {
        await decideRelease(ctx, { ...input, releaseId })
        return `/sandbox/releases/${releaseId}`
      },
      invalid: (form) => releasePage(c, form, 422),
    })
  })
}

async function inbox(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const workspaceId = c.req.query('workspace')
  const waiting = await listToDecide(ctx)
  const all = await listReleases(ctx, workspaceId ? { workspaceId } : {})
  const released = all.filter((r) => r.state === 'approved')
  const others = all.filter((r) => r.state !== 'approved' && !waiting.some((w) => w.id === r.id))
  return page(
    c,
    {
      title: t.title,
      room: 'sandbox',
      heading: 'x-large',
      lead: t.lead,
      crumbs: [{ label: roomMessages[view.locale].title, href: '/sandbox' }, { label: t.title }],
    },
    <div class="al-stack--l">
      {ctx.actor.kind === 'anonymous' ? null : <Waiting c={c} releases={waiting} />}
      {others.length ? (
        <Section title={t.inProgress} plain>
          <ReleaseLines view={view} releases={others} />
        </Section>
      ) : null}
      <Section title={t.released} plain>
        {released.length ? (
          <ReleaseLines view={view} releases={released} />
        ) : (
          <Empty title={t.none}>{t.noneHint}</Empty>
        )}
      </Section>
    </div>,
  )
}

function Waiting({ c, releases }: { c: Call; releases: readonly Release[] }) {
  const view = c.get('view')
  const t = messages[view.locale]
  return (
    <Section title={t.toDecide} plain>
      {releases.length === 0 ? (
        <p class="al-muted">{t.nothingToDecide}</p>
      ) : (
        <div class="al-stack">
          {releases.map((release) => (
            <WaitingCard view={view} release={release} />
          ))}
        </div>
      )}
    </Section>
  )
}

async function releasePage(c: Call, form?: FormState, status: PageStatus = 200): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const shown = await getReleaseView(ctx, c.req.param('id') ?? '')
  const { release, room, openFor } = shown
  const title = releaseTitle(view, release)
  return page(
    c,
    {
      title,
      room: 'sandbox',
      heading: 'x-large',
      lead: release.context ? view.quote(release.context) : t.from({ room: room.workspace.title }),
      crumbs: [
        { label: roomMessages[view.locale].title, href: '/sandbox' },
        { label: t.title, href: '/sandbox/releases' },
        { label: title },
      ],
      actions: <StateChip view={view} release={release} />,
      aside: <Aside c={c} shown={shown} />,
      asideLabel: t.decisions,
    },
    <div class="al-stack--l">
      <ReleaseTable view={view} release={release} room={room} />
      {openFor.map((organisationId) => (
        <DecideForm view={view} release={release} room={room} organisationId={organisationId} form={form} />
      ))}
      {release.state === 'requested' && openFor.length === 0 && isOwn(c, shown) ? (
        <Note>{t.four}</Note>
      ) : null}
      <PackageFacts view={view} release={release} />
    </div>,
    status,
  )
}

function isOwn(c: Call, { own }: ReleaseView): boolean {
  return own && actorId(c.get('ctx').actor) !== undefined
}

function Aside({ c, shown }: { c: Call; shown: ReleaseView }) {
  const view = c.get('view')
  const t = messages[view.locale]
  const { release, room, own } = shown
  return (
    <>
      <Card title={t.checks}>
        <CheckList view={view} checks={release.checks} />
      </Card>
      <Decisions view={view} release={release} room={room} />
      {own && release.state === 'rejected' ? (
        <LinkArrow href={view.href(`/sandbox/queries/${release.queryId}`)}>{t.again}</LinkArrow>
      ) : null}
    </>
  )
}
