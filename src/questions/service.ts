import type { Child } from 'hono/jsx'
import type { Ctx } from '../platform/context.ts'
import { hasRole, transact } from '../platform/context.ts'
import type { Localised } from '../platform/i18n.ts'
import { emit } from '../platform/events.ts'
import { isUuid, newId } from '../platform/ids.ts'
import type { View } from '../platform/view.ts'
import { requirePermission } from '../platform/permission.ts'
import { getQuestion, lockOpen, recordQuestion } from './access/service.ts'
import { isEditable, nextStates, states, statesAt } from './model.ts'
import type { NextDecision, Question, State, TimelineEntry } from './model.ts'
import { stateLines } from './messages.ts'
import { policy } from './policy.ts'
import { problems } from './problems.ts'
import { advanceInput, decisionInput, editInput, listInput, timelineInput } from './schema.ts'
import type {
  AddTimelineEntry,
  AdvanceQuestion,
  EditQuestion,
  ListQuestions,
  SetNextDecision,
} from './schema.ts'
import { rankSimilar } from './similarity/score.ts'
import {
  countByState,
  insertTimeline,
  listTimeline,
  listTitles,
  listVisible,
  lockQuestion,
  updateQuestion,
} from './store.ts'

export { deskTasks, listInWork, searchHits } from './desk/service.ts'
export { getQuestion } from './access/service.ts'
export { commentOnQuestion, listComments, markHelpful } from './talk/service.ts'
export { exportPersonData, erasePersonData, personalData } from './erasure/service.ts'
export { followQuestion, unfollowQuestion } from './following/service.ts'
export { mergeQuestions } from './merging/service.ts'
export { listModeration, moderateComment, moderateQuestion } from './moderation/service.ts'
export { raiseQuestion, submitQuestion } from './raise/service.ts'
export { supportQuestion, withdrawSupport } from './support/service.ts'

/**
 * A part that a room to the right adds to a question's page. `render` gives nothing where it has nothing to say; it reads
 * with the reader's own rights.
 */
export type QuestionPanel = {
  readonly id: string
  readonly side: 'main' | 'aside'
  readonly render: (ctx: Ctx, view: View, questionId: string) => Promise<Child | null>
}

/** One page of the visible questions, with the cursor of the next page if there is one. */
export async function listQuestions(
  ctx: Ctx,
  input: ListQuestions = {},
): Promise<{ questions: Question[]; next: string | undefined }> {
  requirePermission(ctx, policy, 'read')
  const { cursor, limit, state, step, ...filter } = listInput.parse(input)
  const wanted = state ? [state] : step === undefined ? undefined : statesAt(step)
  const before = readCursor(cursor)
  const rows = await listVisible(ctx.db, {
    ...filter,
    states: wanted,
    ags: ctx.config.ags,
    before,
    limit: limit + 1,
  })
  const questions = rows.slice(0, limit)
  const last = rows.length > limit ? questions.at(-1) : undefined
  return { questions, next: last && `${last.people + last.organisations}.${last.id}` }
}

function readCursor(cursor: string | undefined): { count: number; id: string } | undefined {
  const [count = '', id = ''] = cursor?.split('.') ?? []
  // A damaged cursor starts over instead of failing: it only ever comes from a link of ours.
  return /^\d{1,9}$/.test(count) && isUuid(id) ? { count: Number(count), id } : undefined
}

/** How many visible questions stand in each state, within a search. */
export async function countQuestions(ctx: Ctx, q?: string): Promise<Map<State, number>> {
  requirePermission(ctx, policy, 'read')
  return countByState(ctx.db, ctx.config.ags, q)
}

/** Visible questions whose title is like this one, best first; none for a title too short to tell. */
export async function findSimilar(ctx: Ctx, title: string, limit = 5) {
  requirePermission(ctx, policy, 'read')
  if (title.trim().length < 4) return []
  return rankSimilar(title.slice(0, 300), await listTitles(ctx.db, ctx.config.ags), limit)
}

/** The public story of a question the actor may see, oldest first; a question already read need not be read again. */
export async function getTimeline(ctx: Ctx, of: string | Question): Promise<TimelineEntry[]> {
  const question = typeof of === 'string' ? await getQuestion(ctx, of) : of
  return listTimeline(ctx.db, question.id)
}

/** Changes the text. By the author or a steward, and only before the first decision. */
export async function editQuestion(ctx: Ctx, input: EditQuestion): Promise<Question> {
  const { questionId, ...text } = editInput.parse(input)
  const current = await getQuestion(ctx, questionId)
  requirePermission(ctx, policy, 'edit', { authorId: current.authorId })
  return transact(ctx, async (ctx) => {
    const question = await lockQuestion(ctx.db, questionId)
    if (!question || !isEditable(question)) throw problems.tooLate({ number: current.number })
    await updateQuestion(ctx.db, questionId, {
      title: text.title,
      why: text.why,
      concerns: text.concerns,
      place: text.place,
      effect_goal: text.effectGoal,
      effect_measure: text.effectMeasure,
      effect_baseline: text.effectBaseline,
      effect_review: text.effectReview,
    })
    await recordQuestion(ctx, 'questions.edited', question)
    return { ...question, ...text }
  })
}

/**
 * Moves a question forward and tells those who follow it. A steward goes one step; the hub (system) may go further and
 * does nothing where the question already is there or beyond, so that an event delivered twice does no harm.
 */
export async function advanceQuestion(ctx: Ctx, input: AdvanceQuestion): Promise<Question> {
  requirePermission(ctx, policy, 'advance')
  const { questionId, to, note, mark, href, decides } = advanceInput.parse(input)
  return transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    const hub = ctx.actor.kind === 'system'
    if (hub && states.indexOf(to) <= states.indexOf(question.state)) return question
    if (!nextStates(question.state, hub ? 'hub' : 'steward').includes(to))
      throw problems.notNext({ number: question.number })
    const next = decides ? tidyDecision(decides) : null
    await updateQuestion(ctx.db, questionId, { state: to, state_since: ctx.now, next_decision: next })
    const id = newId(ctx.now.getTime())
    await insertTimeline(ctx.db, {
      id,
      questionId,
      at: ctx.now,
      kind: 'state',
      state: to,
      text: note ?? stateLines(to),
      mark,
      href: href ?? null,
    })
    await recordQuestion(ctx, 'questions.advanced', question, { to })
    await emit(ctx, 'questions.advanced', { questionId, to })
    return { ...question, state: to, stateSince: ctx.now, next }
  })
}

/** Says who decides next, until when and where. */
export async function setNextDecision(ctx: Ctx, input: SetNextDecision): Promise<void> {
  requirePermission(ctx, policy, 'advance')
  const { questionId, ...decision } = decisionInput.parse(input)
  await transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    await updateQuestion(ctx.db, questionId, { next_decision: tidyDecision(decision) })
    await recordQuestion(
      ctx,
      'questions.decision-named',
      question,
      decision.until ? { until: decision.until } : {},
    )
  })
}

/** Adds a dated public line to a question's story. */
export async function addTimelineEntry(ctx: Ctx, input: AddTimelineEntry): Promise<void> {
  requirePermission(ctx, policy, 'advance')
  const { questionId, text, href } = timelineInput.parse(input)
  await transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    const id = newId(ctx.now.getTime())
    await insertTimeline(ctx.db, {
      id,
      questionId,
      at: ctx.now,
      kind: 'note',
      state: null,
      text,
      href: href ?? null,
    })
    await recordQuestion(ctx, 'questions.noted', question)
  })
}

/** The states the actor may move a question to now; none for those who may not. */
export function openSteps(ctx: Pick<Ctx, 'actor'>, question: Question): readonly State[] {
  if (question.visibility !== 'visible' || !hasRole(ctx.actor, 'steward')) return []
  return nextStates(question.state, 'steward')
}

type Decision = {
  who: Localised
  what?: Localised | undefined
  until?: string | undefined
  href?: string | undefined
  label?: Localised | undefined
}

function tidyDecision(decision: Decision): NextDecision {
  return JSON.parse(JSON.stringify(decision)) as NextDecision
}
