import type { View } from '../../platform/view.ts'
import { ButtonLink, Card, Checks, Chip, Code, More, Note, Rows } from '../../web/parts.tsx'
import type { Room } from '../access/service.ts'
import type { Check, Decision } from '../model.ts'
import { wordsIn } from '../model.ts'
import { Paragraphs } from '../notebooks/text.tsx'
import { resultTitle } from '../results/text.ts'
import { ProtectionNote, ResultTable } from '../results/views.tsx'
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
      items={checks.map((c) => ({ state: outcomes[c.outcome], text: t[c.id](words(c), c.outcome) }))}
    />
  )
}

/** Names of organisations as the agreement has them. */
export function namesOf(room: Room, ids: readonly string[]): string[] {
  return ids.map((id) => room.agreement.parties.find((p) => p.organisationId === id)?.name ?? '')
}

const tones = {
  requested: 'ask',
  changes: 'ask',
  approved: 'open',
  rejected: 'closed',
  withdrawn: 'plain',
} as const

/** The state of a release as a chip. */
export function StateChip({ view, release }: { view: View; release: Pick<Release, 'state'> }) {
  const waits = release.state === 'requested' || release.state === 'changes'
  return (
    <Chip tone={tones[release.state]} {...(waits ? { icon: 'clock' as const } : {})}>
      {messages[view.locale].state[release.state]}
    </Chip>
  )
}

/** True where a check could not be settled by the machine. */
export function isToLookAt(release: Pick<Release, 'checks'>): boolean {
  return release.checks.some((check) => check.outcome === 'review')
}

/** What a release is called: as the question was, else after what it shows, else after the day of the request. */
export function releaseTitle(view: View, release: Release): string {
  if (release.title) return release.title
  const t = messages[view.locale]
  if (release.columns.length) return resultTitle(view, release.columns)
  return t.tableOf({ when: view.date(release.requestedAt) })
}

/** A release waiting for somebody, with the beginning of its table; `label` is the button's. */
export function WaitingCard({ view, release, label }: { view: View; release: Release; label?: string }) {
  const t = messages[view.locale]
  const review = isToLookAt(release)
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
          {label ?? t.open}
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
  const ended = room.workspace.state === 'closed'
  if (!release.result) return <Note icon="info">{ended ? t.ended : t.onlyStatus}</Note>
  const { redacted } = release
  const by = [...new Set(redacted.map((each) => each.organisationId))]
  return (
    <div class="al-stack">
      <ProtectionNote
        view={view}
        result={release.result}
        level={room.level}
        made={release.policyVersion || null}
      />
      <ResultTable
        view={view}
        result={release.result}
        caption={figuresText(view, release)}
        redacted={redacted}
      />
      {redacted.length ? (
        <p class="al-small al-muted">
          {t.redactedNote({ n: view.number(redacted.length), names: view.list(namesOf(room, by)) })}
        </p>
      ) : null}
    </div>
  )
}

/** What was decided so far, and who is still asked. Words of earlier versions stay readable. */
export function Decisions({ view, release, room }: { view: View; release: Release; room: Room }) {
  const t = messages[view.locale]
  const words = wordsIn(release.round, release.decisions)
  const open = release.affected
    .filter((id) => !words.has(id))
    .map((id) => ({ title: namesOf(room, [id])[0] ?? '', text: t.waitingFor }))
  const said = release.decisions.map((decision) => ({
    title: namesOf(room, [decision.organisationId])[0] ?? '',
    text: decisionText(view, decision, release.round),
  }))
  const isOver = release.state !== 'requested'
  return (
    <Card title={t.decisions}>
      <Rows tight items={isOver ? said : [...said, ...open]} />
    </Card>
  )
}

function decisionText(view: View, decision: Decision, round: number): string {
  const t = messages[view.locale]
  const parts = [
    t.word[decision.decision] + (decision.ruleId ? ` (${t.byRule})` : ''),
    view.date(decision.decidedAt),
    ...(round > 1 ? [t.inRound({ round: decision.round })] : []),
  ]
  return `${parts.join(', ')}${decision.reason ? `: ${view.quote(decision.reason)}` : ''}`
}

/** The page with steps that came with a request, and what was written in earlier versions. */
export function Attachment({ view, release }: { view: View; release: Release }) {
  const t = messages[view.locale]
  const { notebook, rounds } = release
  return (
    <>
      {notebook ? (
        <More label={t.attached({ title: notebook.title })}>
          <div class="al-stack al-w-prose">
            {notebook.steps.map((step) => (
              <div>
                {step.text ? <Paragraphs text={step.text} /> : null}
                {step.question ? <p class="al-small al-muted">{step.question}</p> : null}
                {step.sql ? <Code label={t.sql}>{step.sql}</Code> : null}
              </div>
            ))}
          </div>
        </More>
      ) : null}
      {rounds.length ? (
        <More label={t.roundsTitle}>
          <Rows
            tight
            items={rounds.map((each) => ({
              title: t.inRound({ round: each.round }),
              text: view.quote(each.context),
            }))}
          />
        </More>
      ) : null}
    </>
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
