import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { recordQuestion, getQuestion, lockOpen } from '../access/service.ts'
import { moveFollowers } from '../following/store.ts'
import { mergeLine } from '../messages.ts'
import { states } from '../model.ts'
import type { Question } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { mergeInput } from '../schema.ts'
import type { MergeQuestions } from '../schema.ts'
import { findQuestion, insertTimeline, lockQuestion, updateQuestion } from '../store.ts'
import { moveSupport, recountSupport } from '../support/store.ts'
import { moveComments } from '../talk/store.ts'

/**
 * Merges a question into another, for good: supporters (each counted once), talk and followers move along, and the old
 * address leads to the new one. Refuses a question that already has an agreement, and a target that is not open.
 */
export async function mergeQuestions(ctx: Ctx, input: MergeQuestions): Promise<Question> {
  requirePermission(ctx, policy, 'merge')
  const { questionId, intoNumber, note } = mergeInput.parse(input)
  return transact(ctx, async (ctx) => {
    const source = await lockOpen(ctx, questionId)
    if (states.indexOf(source.state) >= states.indexOf('agreed'))
      throw problems.tooFar({ number: source.number })
    const target = await lockTarget(ctx, source, intoNumber)
    await moveAll(ctx, source, target)
    const text = mergeLine(source, note)
    await insertTimeline(ctx.db, {
      id: newId(ctx.now.getTime()),
      questionId: target.id,
      at: ctx.now,
      kind: 'note',
      state: null,
      text,
      href: null,
    })
    await recordQuestion(ctx, 'questions.merged', source, { into: target.number })
    await recordQuestion(ctx, 'questions.absorbed', target, { from: source.number })
    await emit(ctx, 'questions.merged', { questionId: source.id, intoId: target.id })
    return getQuestion(ctx, target.id)
  })
}

async function lockTarget(ctx: Ctx, source: Question, number: string): Promise<Question> {
  const asAnyone = { all: false, personId: undefined }
  const found = await findQuestion(ctx.db, asAnyone, { ags: source.ags, number })
  const target = found && found.id !== source.id ? await lockQuestion(ctx.db, found.id) : undefined
  if (!target || target.visibility !== 'visible') throw problems.mergeTarget({ number: source.number })
  return target
}

async function moveAll(ctx: Ctx, source: Question, target: Question): Promise<void> {
  await moveSupport(ctx.db, source.id, target.id)
  await moveComments(ctx.db, source.id, target.id)
  await moveFollowers(ctx.db, source.id, target.id, ctx.now)
  await recountSupport(ctx.db, source.id)
  await recountSupport(ctx.db, target.id)
  await updateQuestion(ctx.db, source.id, {
    visibility: 'merged',
    merged_into: target.id,
    next_decision: null,
  })
  // Whatever was merged into the source earlier now leads straight to the new target: no chains.
  await ctx.db
    .updateTable('questions_question')
    .set({ merged_into: target.id })
    .where('merged_into', '=', source.id)
    .execute()
}
