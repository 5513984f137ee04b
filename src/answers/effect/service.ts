import { system, transact, type Ctx } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import { addTimelineEntry, advanceQuestion } from '../../questions/service.ts'
import { record } from '../../transparency/service.ts'
import { lines, type Answer, type CouncilDecision, type Indicator } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { decisionSchema, indicatorSchema, type RecordDecision, type RecordIndicator } from '../schema.ts'
import { getAnswer } from '../drafting/service.ts'
import * as store from '../store.ts'

/** Writes down what the council decided about a published answer; shown on its page and the question's timeline. */
export async function recordDecision(ctx: Ctx, input: RecordDecision): Promise<CouncilDecision> {
  requirePermission(ctx, policy, 'decision')
  const { answerId, decided, yes, no, abstain, ...rest } = decisionSchema.parse(input)
  const answer = await published(ctx, answerId)
  return transact(ctx, async (ctx) => {
    const votes = yes === undefined ? null : { yes, no: no ?? 0, abstain: abstain ?? 0 }
    const decision: CouncilDecision = {
      id: newId(ctx.now.getTime()),
      ...rest,
      votes,
      decided: lines(decided),
    }
    await store.insertDecision(ctx.db, answer.id, decision, ctx.now)
    await note(ctx, answer, 'decision-recorded')
    const text = {
      de: 'Der Rat hat über die Antwort beschlossen.',
      en: 'The council has decided on the answer.',
    }
    await tell(
      (hub) =>
        addTimelineEntry(hub, { questionId: answer.questionId, text, href: `/answers/${answer.number}#rat` }),
      ctx,
    )
    return decision
  })
}

/** Writes down a measurement of the effect with a public assessment; the question reaches its last step. */
export async function recordIndicator(ctx: Ctx, input: RecordIndicator): Promise<Indicator> {
  requirePermission(ctx, policy, 'indicator')
  const { answerId, goalYear, goalValue, nextReview, ...rest } = indicatorSchema.parse(input)
  const answer = await published(ctx, answerId)
  return transact(ctx, async (ctx) => {
    const goal =
      goalYear === undefined || goalValue === undefined ? null : { year: goalYear, value: goalValue }
    const indicator: Indicator = {
      id: newId(ctx.now.getTime()),
      ...rest,
      goal,
      nextReview: nextReview ?? null,
    }
    await store.insertIndicator(ctx.db, answer.id, indicator, ctx.now)
    await note(ctx, answer, 'effect-recorded')
    const href = `/answers/${answer.number}#wirkung`
    const told = {
      de: 'Die Wirkung wurde gemessen und öffentlich bewertet.',
      en: 'The effect was measured and publicly assessed.',
    }
    await tell(
      (hub) => advanceQuestion(hub, { questionId: answer.questionId, to: 'evaluated', note: told, href }),
      ctx,
    )
    return indicator
  })
}

async function published(ctx: Ctx, answerId: string): Promise<Answer> {
  const answer = await getAnswer(ctx, answerId)
  if (answer.state !== 'published') throw problems.notPublished({ number: answer.number })
  return answer
}

async function note(ctx: Ctx, answer: Answer, what: 'decision-recorded' | 'effect-recorded'): Promise<void> {
  const summary =
    what === 'decision-recorded'
      ? {
          de: 'Ein Ratsbeschluss zu einer Antwort wurde eingetragen.',
          en: 'A council decision about an answer was entered.',
        }
      : { de: 'Die Wirkung einer Antwort wurde gemessen.', en: 'The effect of an answer was measured.' }
  const href = `/answers/${answer.number}`
  await record(ctx, {
    event: `answers.${what}`,
    object: { type: 'answer', id: answer.id },
    summary,
    href,
    details: { questionId: answer.questionId },
  })
}

// A question that was merged or hidden meanwhile does not stop its answer.
async function tell(say: (hub: Ctx) => Promise<unknown>, ctx: Ctx): Promise<void> {
  try {
    await say({ ...ctx, actor: system('answers') })
  } catch (error) {
    if (!isProblem(error)) throw error
  }
}
