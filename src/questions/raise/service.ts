import { createHmac } from 'node:crypto'
import type { Ctx } from '../../platform/context.ts'
import { system, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { createConfirmation } from '../../identity/service.ts'
import { getQuestion, recordQuestion, requireMembership } from '../access/service.ts'
import { startFollowing } from '../following/service.ts'
import { stateLines } from '../messages.ts'
import { yearOf } from '../model.ts'
import type { Question, QuestionId } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { raiseInput, submitInput } from '../schema.ts'
import type { RaiseQuestion, SubmitQuestion } from '../schema.ts'
import { insertQuestion, insertTimeline, takeNumber } from '../store.ts'
import { visibilityFor } from '../talk/service.ts'
import { messages } from './messages.ts'
import { countDrafts, deleteDrafts, insertDraft, takeDraft } from './store.ts'

/** Without an account: so many a day from one mailbox, and so many from one address (a library, a school share one). */
const dailyLimit = { mailbox: 5, address: 20 }
const day = 86_400_000

/** Raises a question as the signed-in person. Visible at once or held for the steward, see `firstVisibility`. */
export async function raiseQuestion(ctx: Ctx, input: RaiseQuestion): Promise<Question> {
  requirePermission(ctx, policy, 'raise')
  const data = raiseInput.parse(input)
  const { actor } = ctx
  if (actor.kind === 'system') return createQuestion(ctx, data, { authorId: null, visibility: 'visible' })
  if (actor.kind !== 'person') throw new Error('policy lets nobody through without a name')
  requireMembership(ctx, data.organisationId)
  const text = Object.values(data)
    .filter((value) => typeof value === 'string')
    .join(' ')
  const visibility = await visibilityFor(ctx, actor, text)
  return createQuestion(ctx, data, { authorId: actor.personId, visibility })
}

/**
 * Takes a question without an account. It waits, unseen by everybody, until its sender confirms the e-mail address, and
 * then for the steward. Refuses more than a few a day.
 */
export async function submitQuestion(ctx: Ctx, input: SubmitQuestion): Promise<void> {
  requirePermission(ctx, policy, 'submit')
  const { email, clientHash, ...payload } = submitInput.parse(input)
  const from = { emailHash: keyedHash(ctx, email.toLowerCase()), clientHash: keyedHash(ctx, clientHash) }
  await transact(ctx, async (ctx) => {
    const sent = await countDrafts(ctx.db, from, new Date(ctx.now.getTime() - day))
    if (sent.mailbox >= dailyLimit.mailbox || sent.address >= dailyLimit.address) throw problems.tooManySent()
    const id = newId(ctx.now.getTime())
    await insertDraft(ctx.db, { id, ...from, payload, locale: ctx.locale, at: ctx.now })
    const m = messages[ctx.locale]
    await createConfirmation(ctx, {
      email,
      purpose: 'questions.raise',
      payload: { draftId: id },
      text: { title: m.mailTitle, text: m.mailText({ title: payload.title }), button: m.mailButton },
      ...(payload.signature ? { name: payload.signature } : {}),
      to: '/questions/sent',
    })
  })
}

/** Turns a confirmed draft into a question that waits for the steward. Does nothing if it is gone: confirmed twice, or too old. */
export async function confirmDraft(
  ctx: Ctx,
  input: { readonly draftId: string; readonly personId: string },
): Promise<void> {
  requirePermission(ctx, policy, 'moderate')
  await transact(ctx, async (ctx) => {
    const draft = await takeDraft(ctx.db, input.draftId)
    if (!draft) return
    await createQuestion({ ...ctx, locale: draft.locale }, raiseInput.parse(draft.payload), {
      authorId: input.personId,
      visibility: 'pending',
    })
  })
}

/** Forgets drafts not confirmed within a week; the confirmation link does not live longer either. */
export async function forgetDrafts(ctx: Ctx): Promise<void> {
  requirePermission(ctx, policy, 'moderate')
  await deleteDrafts(ctx.db, new Date(ctx.now.getTime() - 7 * day))
}

type Origin = { readonly authorId: string | null; readonly visibility: 'pending' | 'visible' }

async function createQuestion(
  ctx: Ctx,
  data: ReturnType<typeof raiseInput.parse>,
  origin: Origin,
): Promise<Question> {
  return transact(ctx, async (ctx) => {
    const id = newId<QuestionId>(ctx.now.getTime())
    const number = await takeNumber(ctx.db, ctx.config.ags, yearOf(ctx.now))
    await insertQuestion(ctx.db, rowOf(ctx, { id, number, data, origin }))
    await insertTimeline(ctx.db, {
      id: newId(ctx.now.getTime()),
      questionId: id,
      at: ctx.now,
      kind: 'state',
      state: 'raised',
      text: stateLines('raised', data.similarSeen),
      href: null,
    })
    if (origin.authorId && data.follow)
      await startFollowing(ctx, { questionId: id, personId: origin.authorId, mode: 'steps' })
    await recordQuestion(
      ctx,
      'questions.raised',
      { id, number, organisationId: data.organisationId ?? null },
      { visibility: origin.visibility },
    )
    await emit(ctx, 'questions.raised', { questionId: id, visibility: origin.visibility })
    return getQuestion({ ...ctx, actor: system('questions') }, id)
  })
}

function rowOf(
  ctx: Ctx,
  {
    id,
    number,
    data,
    origin,
  }: { id: string; number: string; data: ReturnType<typeof raiseInput.parse>; origin: Origin },
): Parameters<typeof insertQuestion>[1] {
  return {
    id,
    ags: ctx.config.ags,
    number,
    title: data.title,
    why: data.why,
    concerns: data.concerns,
    place: data.place,
    effect_goal: data.effectGoal,
    effect_measure: data.effectMeasure,
    effect_baseline: data.effectBaseline,
    effect_review: data.effectReview,
    state: 'raised',
    visibility: origin.visibility,
    merged_into: null,
    author_id: origin.authorId,
    organisation_id: data.organisationId ?? null,
    signature: data.signature,
    locale: ctx.locale,
    raised_at: ctx.now,
    state_since: ctx.now,
    next_decision: null,
    similar_seen: data.similarSeen,
  }
}

// Counting needs to recognise a sender, not to know one: the key makes the hash useless elsewhere.
function keyedHash(ctx: Ctx, text: string): string {
  return createHmac('sha256', ctx.config.secret).update(`questions.sender.${text}`).digest('base64url')
}
