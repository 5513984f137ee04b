import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/permission.ts'
import type { View } from '../../platform/view.ts'
import { Card, Meter } from '../../web/parts.tsx'
import { duplicatesOf } from '../duplicates/service.ts'
import { TwinNote } from '../duplicates/views.tsx'
import type { Entry } from '../entries/model.ts'
import { feedbackOf } from '../feedback/service.ts'
import { FeedbackPart } from '../feedback/views.tsx'
import { messages } from '../links/messages.ts'
import { linksOfEntry } from '../links/service.ts'
import { LinkPart, MissingNote } from '../links/views.tsx'
import { policy } from '../policy.ts'
import { ratingOf } from '../quality/score.ts'
import { missingSinceOf } from '../runs/service.ts'
import { fixText } from './fix-texts.ts'
import { scoreOf } from './service.ts'

/** What the page of an entry says about its standing: above its text, and below it. */
export type EntryStanding = { readonly above: unknown; readonly below: unknown }

/** Missing at the source, doubles, score with what would bring most, addresses, and what users say. */
export async function standingOf(ctx: Ctx, view: View, entry: Entry, said: boolean): Promise<EntryStanding> {
  const cluster = await duplicatesOf(ctx, entry.id)
  const since = entry.sourceId && entry.state !== 'gone' ? await missingSinceOf(ctx, entry.id) : null
  const mayDecide = ctx.actor.kind === 'person' && may(ctx.actor, policy, 'decideDuplicates')
  const links = entry.access === 'open' ? await linksOfEntry(ctx, entry.id) : []
  const score = await scoreOf(ctx, entry)
  return {
    above: (
      <>
        {since ? <MissingNote view={view} since={since} /> : null}
        {cluster ? <TwinNote view={view} entry={entry} cluster={cluster} mayDecide={mayDecide} /> : null}
      </>
    ),
    below: (
      <>
        {score ? <ScoreCard view={view} score={score} kind={entry.kind} /> : null}
        <LinkPart view={view} links={links} />
        <FeedbackPart
          view={view}
          entryId={entry.id}
          feedback={await feedbackOf(ctx, entry.id)}
          thanks={said}
        />
      </>
    ),
  }
}

type Score = NonNullable<Awaited<ReturnType<typeof scoreOf>>>

function ScoreCard({ view, score, kind }: { view: View; score: Score; kind: Entry['kind'] }) {
  const text = messages[view.locale]
  const hundred = kind === 'service' ? text.service : text.inventory
  const words =
    score.mqa === null
      ? hundred({ n: view.number(score.inventory ?? 0) })
      : `${text.points({ n: view.number(score.mqa) })}: ${text.rating[ratingOf(score.mqa)]}`
  const share = score.mqa === null ? (score.inventory ?? 0) / 100 : score.mqa / 405
  return (
    <Card title={kind === 'service' ? text.serviceScore : text.score}>
      <p>{words}</p>
      <Meter label={words} parts={[share]} />
      {score.dueOn ? (
        <p class="al-small al-muted">
          {score.staleness === 'current'
            ? text.due({ when: view.date(score.dueOn) })
            : text.late({ when: view.date(score.dueOn) })}
        </p>
      ) : null}
      {score.inside && score.fixes.length > 0 ? (
        <>
          <p class="al-small">{text.gain}:</p>
          <ul class="al-list al-small">
            {score.fixes.slice(0, 5).map((fix) => (
              <li>
                {fixText(fix.id)[view.locale]} <b>{text.plus({ n: view.number(fix.gain) })}</b>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  )
}
