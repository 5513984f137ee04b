import type { Ctx } from '../../platform/context.ts'
import type { DeskTask, Hit } from '../../platform/panel.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { signLink } from '../links/sign.ts'
import type { Question } from '../model.ts'
import { splitWhy } from '../model.ts'
import { policy } from '../policy.ts'
import { countByState, listVisible } from '../store.ts'
import { queueText, taskTexts } from './messages.ts'
import { countWaiting, listAskedOf, listMoving } from './store.ts'

/** What waits for the actor in this room: the queue for stewards, questions asked back for their authors. */
export async function deskTasks(ctx: Ctx): Promise<DeskTask[]> {
  if (ctx.actor.kind !== 'person') return []
  const tasks: DeskTask[] = (await listAskedOf(ctx.db, ctx.actor.personId)).map((each) => ({
    id: each.id,
    kind: 'do',
    title: taskTexts.asked,
    text: { de: `${each.title} ${each.note}`.trim(), en: `${each.title} ${each.note}`.trim() },
    href: `/questions/decisions/${signLink(ctx.config.secret, 'decision', each.id)}`,
    action: taskTexts.askedAction,
  }))
  if (!may(ctx.actor, policy, 'moderate')) return tasks
  const waiting = await countWaiting(ctx.db, ctx.config.ags)
  if (waiting.questions + waiting.comments + waiting.replies === 0) return tasks
  return [
    {
      id: 'questions-queue',
      kind: 'review',
      title: taskTexts.queue,
      text: queueText(waiting),
      href: '/questions/moderation',
      action: taskTexts.queueAction,
    },
    ...tasks,
  ]
}

/** At most five visible questions for the search over all rooms. */
export async function searchHits(ctx: Ctx, q: string): Promise<Hit[]> {
  requirePermission(ctx, policy, 'read')
  const words = q.trim().slice(0, 200).replaceAll('\u0000', '')
  if (!words) return []
  const found = await listVisible(ctx.db, { ags: ctx.config.ags, q: words, sort: 'support', limit: 5 })
  return found.map((question) => {
    const { lead, rest } = splitWhy(question.why)
    return {
      title: question.title,
      text: lead || rest,
      href: `/questions/${question.number}`,
      kind: taskTexts.kind,
    }
  })
}

/** Up to four questions that are on their way, and how many there are in all. */
export async function listInWork(ctx: Ctx): Promise<{ questions: Question[]; total: number }> {
  requirePermission(ctx, policy, 'read')
  const counts = await countByState(ctx.db, ctx.config.ags)
  return {
    questions: await listMoving(ctx.db, ctx.config.ags, 4),
    total: [...counts.values()].reduce((sum, n) => sum + n, 0),
  }
}
