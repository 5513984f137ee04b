import type { View } from '../../platform/view.ts'
import type { FormState } from '../../platform/form.ts'
import { Buttons, Form, Hidden, Submit } from '../../web/forms.tsx'
import { TextArea } from '../../web/fields.tsx'
import { ButtonLink, Card, Checks, Chip, Code, LinkArrow, More, Note, Pairs, Rows } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { Check } from '../model.ts'
import { presetOf } from '../queries/model.ts'
import { ProtectionNote, ResultTable, resultTitle } from '../results/views.tsx'
import { messages } from './messages.ts'
import type { Release } from './model.ts'

const outcomes = { passed: 'pass', review: 'open', failed: 'fail' } as const

/** The automatic checks with their outcome. */
export function CheckList({ view, checks }: { view: View; checks: readonly Check[] }) {
  const t = messages[view.locale].check
  const words = (c: Check) =>
    Object.fromEntries(
      Object.entries(c.figures).map(([k, v]) => [k, typeof v === 'number' ? view.number(v) : v]),
    )
  return (
    <Checks
      view={view}
      items={checks.map((c) => ({ state: outcomes[c.outcome], text: t[c.id](words(c)) }))}
    />
  )
}

/** Names of organisations as the agreement has them. */
export function namesOf(room: Room, ids: readonly string[]): string[] {
  return ids.map((id) => room.agreement.parties.find((p) => p.organisationId === id)?.name ?? '')
}

type RequestProps = {
  view: View
  queryId: string
  room: Room
  affected: string[]
  checks: Check[]
  form?: FormState | undefined
}

/** Asks the holders to let the table leave: the sentence on the left, the checks on the right. */
export function RequestForm({ view, queryId, room, affected, checks, form }: RequestProps) {
  const t = messages[view.locale]
  const others = room.holders.filter((id) => !affected.includes(id))
  return (
    <section aria-labelledby="freigabe">
      <h2 class="kern-heading-medium" id="freigabe">
        {t.requestTitle}
      </h2>
      <p class="al-muted">{t.requestLead}</p>
      <Form view={view} action={`/sandbox/queries/${queryId}/release`} form={form} id="rel" class="al-gap-3">
        <div class="al-split al-split--half">
          <TextArea
            name="context"
            label={t.context}
            hint={t.contextHint}
            rows={4}
            required
            maxlength={1000}
          />
          <div>
            <h3 class="kern-heading-small">{t.checks}</h3>
            <CheckList view={view} checks={checks.filter((c) => c.id !== 'context')} />
            <p class="al-small al-muted al-gap-2">
              {t.thenDecide({ names: view.list(namesOf(room, affected)) })}{' '}
              {others.length ? t.notAffected({ names: view.list(namesOf(room, others)) }) : ''}
            </p>
          </div>
        </div>
        <Buttons>
          <Submit>{t.request}</Submit>
        </Buttons>
      </Form>
    </section>
  )
}

const tones = { requested: 'ask', approved: 'open', rejected: 'closed' } as const

/** The state of a release as a chip. */
export function StateChip({ view, release }: { view: View; release: Pick<Release, 'state'> }) {
  return <Chip tone={tones[release.state]}>{messages[view.locale].state[release.state]}</Chip>
}

/** What a release is called. */
export function releaseTitle(view: View, release: Release): string {
  return release.columns.length ? resultTitle(view, release.columns) : messages[view.locale].table
}

/** A release waiting for a decision, with the beginning of its table. */
export function WaitingCard({ view, release }: { view: View; release: Release }) {
  const t = messages[view.locale]
  const review = release.checks.some((c) => c.outcome === 'review')
  return (
    <article class="al-card">
      <div class="al-row al-row--between">
        <h3 class="kern-heading-medium">{releaseTitle(view, release)}</h3>
        <Chip tone={review ? 'ask' : 'accent'} icon={review ? 'eye' : 'shield'}>
          {review ? t.checksReview : t.checksPassed}
        </Chip>
      </div>
      <Excerpt view={view} release={release} />
      <div class="al-btns">
        <ButtonLink href={view.href(`/sandbox/releases/${release.id}`)} variant="primary">
          {t.open}
        </ButtonLink>
      </div>
    </article>
  )
}

function excerptOf(view: View, rows: number): string {
  const shown = view.number(Math.min(3, rows))
  return messages[view.locale].excerpt({ shown, rows: view.number(rows) })
}

function figuresText(view: View, release: Release): string {
  const shown = release.result?.shown ?? 0
  const hidden = release.result?.hidden ?? null
  return messages[view.locale].figures({
    shown: view.number(shown),
    hidden: hidden === null ? '' : view.number(hidden),
  })
}

/** Releases as lines with their state. */
export function ReleaseLines({ view, releases }: { view: View; releases: readonly Release[] }) {
  return (
    <Rows
      tight
      items={releases.map((release) => ({
        title: <a href={view.href(`/sandbox/releases/${release.id}`)}>{releaseTitle(view, release)}</a>,
        text: `${messages[view.locale].state[release.state]}, ${view.date(release.decidedAt ?? release.requestedAt)}`,
      }))}
    />
  )
}

/** The table of a release with its protection note, or why it is not shown. */
export function ReleaseTable({ view, release, room }: { view: View; release: Release; room: Room }) {
  const t = messages[view.locale]
  if (!release.result) return <Note>{t.onlyStatus}</Note>
  const preset = presetOf(room.agreement.protectionLevel)
  return (
    <div class="al-stack">
      <ProtectionNote view={view} result={release.result} k={preset.k} rounding={preset.rounding} />
      <ResultTable view={view} result={release.result} caption={figuresText(view, release)} />
    </div>
  )
}

/** What was decided so far, and who is still asked. */
export function Decisions({ view, release, room }: { view: View; release: Release; room: Room }) {
  const t = messages[view.locale]
  const items = release.affected.map((id) => {
    const decision = release.decisions.find((d) => d.organisationId === id)
    const word = decision ? (decision.decision === 'approve' ? t.approved : t.rejected) : t.waitingFor
    const when = decision ? `, ${view.date(decision.decidedAt)}` : ''
    return {
      title: namesOf(room, [id])[0] ?? '',
      text: `${word}${when}${decision?.reason ? `: ${view.quote(decision.reason)}` : ''}`,
    }
  })
  return (
    <Card title={t.decisions}>
      <Rows tight items={items} />
    </Card>
  )
}

type DecideProps = {
  view: View
  release: Release
  room: Room
  organisationId: string
  form?: FormState | undefined
}

/** Approve, or reject with a reason; both cannot be taken back, which stands above the buttons. */
export function DecideForm({ view, release, room, organisationId, form }: DecideProps) {
  const t = messages[view.locale]
  const id = `d-${organisationId.slice(-8)}`
  return (
    <section class="al-card" aria-labelledby={`${id}-h`}>
      <h2 class="kern-heading-medium" id={`${id}-h`}>
        {t.decideTitle({ name: namesOf(room, [organisationId])[0] ?? '' })}
      </h2>
      <p class="al-muted">{t.decideLead}</p>
      <Form view={view} action={`/sandbox/releases/${release.id}/decisions`} form={form} id={id}>
        <Hidden name="organisationId" value={organisationId} />
        <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={3} maxlength={1000} />
        <Buttons>
          <Submit name="decision" value="approve">
            {t.approve}
          </Submit>
          <Submit name="decision" value="reject" variant="secondary">
            {t.reject}
          </Submit>
        </Buttons>
      </Form>
    </section>
  )
}

/** Query, hashes and level of protection: what was released and how to check it. */
export function PackageFacts({ view, release }: { view: View; release: Release }) {
  const t = messages[view.locale]
  if (!release.sql) return null
  const hash = (value: string | null) => (value ? <code class="al-mono al-break">{value}</code> : null)
  return (
    <More label={release.state === 'approved' ? t.pack : t.packAsked}>
      <p class="al-small al-muted">{t.packLead}</p>
      <Pairs
        items={[
          { term: t.preset, value: release.policyVersion },
          { term: t.planHash, value: hash(release.planHash) },
          { term: t.resultHash, value: hash(release.resultSha256) },
          { term: t.packageHash, value: hash(release.packageSha256) },
        ]}
      />
      <p class="al-gap-3">
        <b>{t.sql}</b>
      </p>
      <Code label={t.sql}>{release.sql}</Code>
      <LinkArrow href={view.href(`/transparency/objects/release/${release.id}`)}>{t.register}</LinkArrow>
    </More>
  )
}

function Excerpt({ view, release }: { view: View; release: Release }) {
  const { result } = release
  if (!result) return null
  return (
    <>
      <p class="al-muted">
        {figuresText(view, release)} {view.quote(release.context)}
      </p>
      <ResultTable view={view} result={result} rows={3} caption={excerptOf(view, result.rows.length)} />
    </>
  )
}
