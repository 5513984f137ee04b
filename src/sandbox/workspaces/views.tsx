import type { Child } from 'hono/jsx'
import type { Agreement } from '../../cooperation/model.ts'
import { daysLeft, isInForce, partiesOf } from '../../cooperation/model.ts'
import type { View } from '../../platform/view.ts'
import { ActionForm } from '../../web/forms.tsx'
import { Icon } from '../../web/icons.tsx'
import { Chip, Empty, LinkArrow, LinkCard, Meta, More, Note, Pairs } from '../../web/parts.tsx'
import { Crumbs, Section } from '../../web/layout.tsx'
import type { Rights, Room } from '../access/service.ts'
import { isOpen } from '../access/service.ts'
import type { QueryRecord } from '../queries/model.ts'
import { QueryRows } from '../queries/views.tsx'
import type { Release } from '../releases/model.ts'
import { ReleaseLines } from '../releases/views.tsx'
import type { SandboxTable } from '../tables/model.ts'
import { messages } from '../messages.ts'
import { HolderTasks } from './holder-views.tsx'

/** Names of the parties with one part. */
function partyNames(agreement: Agreement, part: 'holder' | 'analyst'): string[] {
  return partiesOf(agreement, part).map((p) => p.name)
}

/** The head of a workspace: who takes part, how long, under which agreement. */
export function RoomMeta({ view, room, now }: { view: View; room: Room; now: Date }) {
  const t = messages[view.locale]
  const { agreement, workspace } = room
  const names = [...new Set(agreement.parties.filter((p) => p.part !== 'asker').map((p) => p.name))]
  const days = daysLeft(agreement, now)
  const link = (href: string, label: string) => <a href={view.href(href)}>{label}</a>
  return (
    <Meta
      items={[
        { icon: 'people', text: view.list(names) },
        {
          icon: 'clock',
          text:
            workspace.state === 'closed' || days < 0
              ? t.closed
              : t.left({ days, until: view.date(agreement.validUntil) }),
        },
        { icon: 'file', text: link(`/cooperation/agreements/${agreement.id}`, t.agreement) },
      ]}
    />
  )
}

type HeadProps = {
  view: View
  room: Room
  now: Date
  title: string
  /** Instead of the level of protection, where another kind of protection holds. */
  chip?: string | undefined
}

/** The head of a workspace: a quiet one, because the work begins below. */
export function RoomHead({ view, room, now, title, chip }: HeadProps) {
  const crumbs = [{ label: messages[view.locale].title, href: '/sandbox' }, { label: room.workspace.title }]
  return (
    <>
      <Crumbs view={view} crumbs={crumbs} />
      <div class="al-pagehead">
        <div class="al-row al-row--between">
          <div>
            <h1 class="kern-heading-x-large">{title}</h1>
            <RoomMeta view={view} room={room} now={now} />
          </div>
          {chip ? <Chip tone="sandbox">{chip}</Chip> : <LevelChip view={view} room={room} />}
        </div>
      </div>
    </>
  )
}

type StatusProps = {
  view: View
  room: Room
  tables: readonly SandboxTable[]
  mine: readonly string[]
  log: readonly QueryRecord[]
  releases: readonly Release[]
  rights: Rights
  now: Date
}

/** The room for those who do not ask: what waits for them, what was asked, what left. */
export function StatusSection({ view, room, tables, mine, log, releases, rights, now }: StatusProps) {
  const t = messages[view.locale]
  return (
    <>
      {rights.upload && isOpen({ now }, room) ? (
        <HolderTasks {...{ view, room, tables, mine, releases }} />
      ) : null}
      {rights.log && log.length ? (
        <section aria-labelledby="gefragt">
          <h2 class="kern-heading-medium" id="gefragt">
            {t.lastAsked}
          </h2>
          <div class="al-gap-2">
            <QueryRows view={view} queries={log} now={now} />
          </div>
          <LinkArrow href={view.href(`/sandbox/workspaces/${room.workspace.id}/log`)}>{t.wholeLog}</LinkArrow>
        </section>
      ) : null}
      {releases.length ? (
        <section aria-labelledby="freigaben">
          <h2 class="kern-heading-medium" id="freigaben">
            {t.releases}
          </h2>
          <div class="al-gap-2">
            <ReleaseLines view={view} releases={releases} />
          </div>
        </section>
      ) : null}
      <div>
        <Note icon="eye">{t.statusOnly}</Note>
      </div>
    </>
  )
}

/** How strongly single people or firms are protected here. */
export function LevelChip({ view, room }: { view: View; room: Room }) {
  return <Chip tone="sandbox">{messages[view.locale].level[room.agreement.protectionLevel]}</Chip>
}

/** The bench: the query first in the document, the side placed left on wide screens. */
export function Bench({ view, side, children }: { view: View; side: Child; children: Child }) {
  return (
    <div class="al-bench">
      <div class="al-bench__main al-stack--bench">{children}</div>
      <aside class="al-bench__side" aria-label={messages[view.locale].side}>
        {side}
      </aside>
    </div>
  )
}

/** Why nothing can be asked at the moment, and what remains. */
export function RestNote({ view, room }: { view: View; room: Room }) {
  const t = messages[view.locale]
  const { workspace } = room
  if (workspace.state === 'open') {
    return (
      <Note tone="warn" title={t.pausedTitle}>
        <p class="al-small">{t.pausedText}</p>
        <LinkArrow href={view.href(`/cooperation/agreements/${room.agreement.id}`)}>{t.agreement}</LinkArrow>
      </Note>
    )
  }
  return (
    <Note tone="warn" icon="lock" title={t.closedTitle}>
      <p class="al-small">
        {workspace.closedAt ? t.closedText({ when: view.date(workspace.closedAt) }) : ''}{' '}
        {workspace.keyDestroyedAt ? t.keyText({ when: view.date(workspace.keyDestroyedAt) }) : t.keyPending}
      </p>
      <LinkArrow href={view.href(`/transparency/objects/workspace/${workspace.id}`)}>{t.register}</LinkArrow>
    </Note>
  )
}

/** The Five Safes of a workspace as one sheet, from its agreement; open where nothing else is shown. */
export function FiveSafes(props: { view: View; room: Room; open: boolean; outputs?: string | undefined }) {
  const { view, room, open, outputs } = props
  const t = messages[view.locale]
  const { terms } = room.agreement
  const holders = view.list(partyNames(room.agreement, 'holder'))
  return (
    <More label={t.safes} open={open}>
      <Pairs
        items={[
          {
            term: t.safe.projects,
            value: t.safeProjects({ purpose: terms.purpose, basis: t.basis[terms.legalBasis] }),
          },
          {
            term: t.safe.people,
            value: t.safePeople({ analysts: view.list(partyNames(room.agreement, 'analyst')) }),
          },
          { term: t.safe.settings, value: t.safeSettings },
          {
            term: t.safe.data,
            value: t.safeData({ deletion: terms.deletion, until: view.date(terms.validUntil) }),
          },
          {
            term: t.safe.outputs,
            value: outputs ?? t.safeOutputs({ k: room.level.k, holders }),
          },
        ]}
      />
    </More>
  )
}

/** For everybody: what the sandbox is, in three steps. */
export function HowItWorks({ view }: { view: View }) {
  const t = messages[view.locale]
  const icons = ['shield', 'eye', 'check'] as const
  return (
    <Section title={t.how} id="how">
      <ul class="al-flow">
        {t.steps.map((step, i) => (
          <li>
            <Icon name={icons[i] ?? 'check'} />
            <b>{step.title}</b>
            <span>{step.text}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What is promised, and what is not. */
export function Promise({ view }: { view: View }) {
  const t = messages[view.locale]
  return (
    <Section title={t.promise} id="promise" soft>
      <div class="al-split">
        <ul class="al-list">
          {t.promiseList.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        <div>
          <h3 class="kern-heading-medium">{t.honest}</h3>
          <p>{t.honestText}</p>
        </div>
      </div>
    </Section>
  )
}

/** The rooms of the reader as cards, and agreements that still need one. */
export function RoomList({ view, rooms, now }: { view: View; rooms: readonly Room[]; now: Date }) {
  const t = messages[view.locale]
  if (rooms.length === 0) {
    return (
      <Empty
        title={t.noRooms}
        action={<LinkArrow href={view.href('/cooperation')}>{t.toCooperation}</LinkArrow>}
      >
        {t.noRoomsHint}
      </Empty>
    )
  }
  return (
    <div class="al-grid al-grid--2">
      {rooms.map((room) => (
        <RoomCard view={view} room={room} now={now} />
      ))}
    </div>
  )
}

function RoomCard({ view, room, now }: { view: View; room: Room; now: Date }) {
  const t = messages[view.locale]
  const { agreement, workspace } = room
  const open = workspace.state === 'open' && isInForce(agreement, now)
  const state = workspace.state === 'closed' ? t.closed : open ? t.openState : t.paused
  return (
    <LinkCard
      href={view.href(`/sandbox/workspaces/${workspace.id}`)}
      title={workspace.title}
      foot={<Chip tone={open ? 'sandbox' : 'plain'}>{state}</Chip>}
    >
      <p class="al-muted">{view.list([...new Set(agreement.parties.map((p) => p.name))])}</p>
      {open ? (
        <p class="al-small">
          {t.left({ days: daysLeft(agreement, now), until: view.date(agreement.validUntil) })}
        </p>
      ) : null}
    </LinkCard>
  )
}

/** Agreements in force that have no room yet, with the button that opens one. */
export function ReadyList({ view, agreements }: { view: View; agreements: readonly Agreement[] }) {
  const t = messages[view.locale]
  if (agreements.length === 0) return null
  return (
    <div class="al-stack al-gap-4">
      <h3 class="kern-heading-medium">{t.ready}</h3>
      {agreements.map((agreement) => (
        <div class="al-card">
          <div class="al-row al-row--between">
            <a href={view.href(`/cooperation/agreements/${agreement.id}`)}>{agreement.title}</a>
            <ActionForm
              view={view}
              action="/sandbox/workspaces"
              label={t.openRoom}
              fields={{ agreementId: agreement.id }}
            />
          </div>
        </div>
      ))}
    </div>
  )
}
