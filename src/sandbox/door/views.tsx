import type { View } from '../../platform/view.ts'
import { Section } from '../../web/layout.tsx'
import { ButtonLink, Card, LinkArrow, Pairs } from '../../web/parts.tsx'
import { isOpen, type Room } from '../access/service.ts'
import type { Release } from '../releases/model.ts'
import { ReleaseLines } from '../releases/views.tsx'
import { messages } from './messages.ts'

/** What everybody may know of a locked room: its state, who takes part, under which rules, and what has left it. */
export function Door({
  view,
  room,
  released,
  now,
}: {
  view: View
  room: Room
  released: readonly Release[]
  now: Date
}) {
  const t = messages[view.locale]
  const names = [...new Set(room.agreement.parties.map((party) => party.name))]
  return (
    <div class="al-stack--l">
      <Pairs
        row
        items={[
          { term: t.state, value: stateOf(view, room, now) },
          { term: t.parties, value: view.list(names) },
          {
            term: t.rules,
            value: <a href={view.href(`/cooperation/agreements/${room.agreement.id}`)}>{t.agreement}</a>,
          },
        ]}
      />
      <Section title={t.released} plain>
        {released.length > 0 ? (
          <ReleaseLines view={view} releases={released} />
        ) : (
          <p class="al-muted">{t.nothing}</p>
        )}
      </Section>
    </div>
  )
}

function stateOf(view: View, room: Room, now: Date): string {
  const t = messages[view.locale]
  const { state, closedAt } = room.workspace
  if (state === 'closed') return closedAt ? t.closedOn({ when: view.date(closedAt) }) : t.closed
  return isOpen({ now }, room) ? t.open({ until: view.date(room.agreement.validUntil) }) : t.paused
}

/** Where to go from the locked door: the question, the register, and for those who belong here the sign-in. */
export function DoorWays({ view, room, object }: { view: View; room: Room; object: string }) {
  const t = messages[view.locale]
  return (
    <>
      <Card soft>
        <LinkArrow href={view.href(`/questions/${room.workspace.questionId}`)}>{t.question}</LinkArrow>
        <LinkArrow href={view.href(`/transparency/objects/${object}`)}>{t.register}</LinkArrow>
      </Card>
      {view.actor.kind === 'anonymous' ? (
        <Card sunk>
          <p class="al-small">{t.signIn}</p>
          <ButtonLink
            href={view.href(`/identity/sign-in?to=${encodeURIComponent(view.path)}`)}
            variant="secondary"
          >
            {t.signInButton}
          </ButtonLink>
        </Card>
      ) : null}
    </>
  )
}
