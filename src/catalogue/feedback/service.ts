import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import { getEntry } from '../entries/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { AnswerFeedback, GiveFeedback } from '../schema.ts'
import { answerFeedbackInput, feedbackInput } from '../schema.ts'
import type { Feedback, FeedbackKind } from './model.ts'
import * as store from './store.ts'

/** Remarks a person may make in an hour; more is no remark but noise. */
const PER_HOUR = 20
const SHOWN = 20

/** Remarks about an entry: counts and answers for everyone, the words only for the house and stewards. */
export type EntryFeedback = {
  readonly counts: ReadonlyMap<FeedbackKind, number>
  readonly remarks: readonly Feedback[]
  readonly mayGive: boolean
  readonly mayAnswer: boolean
}

/** What was said about an entry the reader may see. */
export async function feedbackOf(ctx: Ctx, entryId: string): Promise<EntryFeedback> {
  const entry = await getEntry(ctx, entryId)
  const whose = { organisationIds: [entry.organisationId] }
  const mayAnswer = ctx.actor.kind === 'person' && may(ctx.actor, policy, 'answerFeedback', whose)
  const all = await store.listFeedback(ctx.db, entry.id, SHOWN)
  return {
    counts: await store.countFeedback(ctx.db, entry.id),
    remarks: mayAnswer
      ? all
      : all.filter((each) => each.answer !== null).map((each) => ({ ...each, text: '' })),
    mayGive: ctx.actor.kind === 'person' && may(ctx.actor, policy, 'giveFeedback'),
    mayAnswer,
  }
}

/** Says whether data suit: one of a fixed list, with words for the house if wanted. */
export async function giveFeedback(ctx: Ctx, input: GiveFeedback): Promise<void> {
  requirePermission(ctx, policy, 'giveFeedback')
  const { entryId, kind, text } = feedbackInput.parse(input)
  const entry = await getEntry(ctx, entryId)
  const personId = actorId(ctx.actor)
  await transact(ctx, async (ctx) => {
    const hourAgo = new Date(ctx.now.getTime() - 3_600_000)
    if (personId && (await store.countBy(ctx.db, personId, hourAgo)) >= PER_HOUR) throw general.tooMany()
    await store.insertFeedback(ctx.db, {
      id: newId(ctx.now.getTime()),
      entry_id: entry.id,
      person_id: personId ?? null,
      kind,
      text,
      created_at: ctx.now,
    })
    await record(ctx, {
      event: 'catalogue.feedback-given',
      object: { type: 'dataset', id: entry.id },
      organisationId: entry.organisationId,
      summary: {
        de: 'Jemand hat gesagt, ob ein Datensatz passt.',
        en: 'Somebody said whether a dataset suits.',
      },
      href: `/catalogue/datasets/${entry.id}`,
      details: { kind },
    })
  })
}

/** The house's answer; everyone can read it. */
export async function answerFeedback(ctx: Ctx, input: AnswerFeedback): Promise<Feedback> {
  const { feedbackId, answer } = answerFeedbackInput.parse(input)
  const remark = isUuid(feedbackId) ? await store.findFeedback(ctx.db, feedbackId) : undefined
  if (!remark) throw problems.notFound()
  const entry = await getEntry(ctx, remark.entryId)
  requirePermission(ctx, policy, 'answerFeedback', { organisationIds: [entry.organisationId] })
  return transact(ctx, async (ctx) => {
    await store.saveAnswer(ctx.db, remark.id, answer, ctx.now)
    await record(ctx, {
      event: 'catalogue.feedback-answered',
      object: { type: 'dataset', id: entry.id },
      organisationId: entry.organisationId,
      summary: {
        de: 'Ein Haus hat eine Rückmeldung zu einem Datensatz beantwortet.',
        en: 'A house answered a remark about a dataset.',
      },
      href: `/catalogue/datasets/${entry.id}`,
      details: { kind: remark.kind },
    })
    return (await store.findFeedback(ctx.db, remark.id))!
  })
}
