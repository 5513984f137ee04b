import { actorId } from '../../platform/context.ts'
import type { FormState } from '../../platform/form.ts'
import type { App, Call } from '../../platform/http.ts'
import { page, Section } from '../../web/layout.tsx'
import type { PageStatus } from '../../web/layout.tsx'
import { Card, Empty, LinkArrow, Note } from '../../web/parts.tsx'
import { DecideForm, TakeBack } from '../deciding/views.tsx'
import { doorOfRelease } from '../door/pages.tsx'
import { messages as roomMessages } from '../messages.ts'
import { listNotebooks } from '../notebooks/service.ts'
import { verifyRelease } from '../packages/service.ts'
import { PackageCard, PackageFacts } from '../packages/views.tsx'
import { ReviseForm, WithdrawButton } from '../requests/views.tsx'
import { messages } from './messages.ts'
import type { Release } from './model.ts'
import type { ReleaseView } from './service.ts'
import { getReleaseView, listReleases, listToDecide, listToRevise } from './service.ts'
import {
  Attachment,
  CheckList,
  Decisions,
  ReleaseLines,
  ReleaseTable,
  releaseTitle,
  StateChip,
  WaitingCard,
} from './views.tsx'

/** The inboxes and one release. */
export function releasePages(app: App): void {
  app.get('/sandbox/releases', inbox)
  app.get(
    '/sandbox/releases/:id',
    async (c) => (await doorOfRelease(c, c.req.param('id'))) ?? (await releasePage(c)),
  )
}

async function inbox(c: Call): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const workspaceId = c.req.query('workspace')
  const waiting = await listToDecide(ctx)
  const back = await listToRevise(ctx)
  const all = await listReleases(ctx, workspaceId ? { workspaceId } : {})
  const released = all.filter((r) => r.state === 'approved')
  const shown = new Set([...waiting, ...back].map((r) => r.id))
  const others = all.filter((r) => r.state !== 'approved' && !shown.has(r.id))
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
      {back.length ? <Waiting c={c} title={t.toRevise} label={t.revise} releases={back} /> : null}
      {ctx.actor.kind === 'anonymous' ? null : <Waiting c={c} title={t.toDecide} releases={waiting} />}
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

type WaitingProps = { c: Call; title: string; label?: string; releases: readonly Release[] }

function Waiting({ c, title, label, releases }: WaitingProps) {
  const view = c.get('view')
  const t = messages[view.locale]
  return (
    <Section title={title} plain>
      {releases.length === 0 ? (
        <p class="al-muted">{t.nothingToDecide}</p>
      ) : (
        <div class="al-stack">
          {releases.map((release) => (
            <WaitingCard view={view} release={release} {...(label ? { label } : {})} />
          ))}
        </div>
      )}
    </Section>
  )
}

/** Forms of the page that came back with something to mend. */
export type ReleaseForms = { decide?: FormState; revise?: FormState }

/** One release with what the reader may do about it. */
export async function releasePage(
  c: Call,
  forms: ReleaseForms = {},
  status: PageStatus = 200,
): Promise<Response> {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const shown = await getReleaseView(ctx, c.req.param('id') ?? '')
  const { release, room } = shown
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
      aside: await aside(c, shown),
      asideLabel: t.decisions,
    },
    <div class="al-stack--l">
      <ReleaseTable view={view} release={release} room={room} />
      {await todo(c, shown, forms)}
      <Attachment view={view} release={release} />
      <PackageFacts view={view} release={release} />
    </div>,
    status,
  )
}

/** What the reader may do now: decide, take back, change, withdraw. */
async function todo(
  c: Call,
  { release, room, openFor, takenBack, own, asks }: ReleaseView,
  forms: ReleaseForms,
) {
  const ctx = c.get('ctx')
  const view = c.get('view')
  const t = messages[view.locale]
  const isOpen = release.state === 'requested' || release.state === 'changes'
  const isOwn = own && actorId(ctx.actor) !== undefined
  const notebooks = asks && release.state === 'changes' ? await listNotebooks(ctx, room.workspace.id) : []
  return (
    <>
      {openFor.map((organisationId) => (
        <DecideForm {...{ view, release, room, organisationId }} form={forms.decide} />
      ))}
      {takenBack.map((organisationId) => (
        <TakeBack view={view} release={release} organisationId={organisationId} />
      ))}
      {asks && release.state === 'changes' ? (
        <ReviseForm view={view} release={release} notebooks={notebooks} form={forms.revise} />
      ) : null}
      {isOwn && release.state === 'requested' ? <Note icon="info">{t.four}</Note> : null}
      {asks && isOpen ? <WithdrawButton view={view} release={release} /> : null}
    </>
  )
}

async function aside(c: Call, { release, room, own }: ReleaseView) {
  const view = c.get('view')
  const t = messages[view.locale]
  const isOver = release.state === 'rejected' || release.state === 'withdrawn'
  return (
    <>
      {release.state === 'approved' ? (
        <PackageCard view={view} release={release} verified={await verifyRelease(c.get('ctx'), release.id)} />
      ) : null}
      <Card title={t.checks} id="checks">
        <CheckList view={view} checks={release.checks} />
      </Card>
      <Decisions view={view} release={release} room={room} />
      {own && isOver && room.workspace.state === 'open' ? (
        <LinkArrow href={view.href(`/sandbox/queries/${release.queryId}`)}>{t.again}</LinkArrow>
      ) : null}
    </>
  )
}
