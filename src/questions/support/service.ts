import type { Ctx } from '../../platform/context.ts'
import { organisationsOf, transact } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { createConfirmation } from '../../identity/service.ts'
import { startFollowing } from '../following/service.ts'
import { lockOpen, recordQuestion, requireMembership, requirePerson } from '../access/service.ts'
import { policy } from '../policy.ts'
import { requestSupportInput, supportInput } from '../schema.ts'
import type { RequestSupport, SupportQuestion } from '../schema.ts'
import { lockQuestion } from '../store.ts'
import { messages } from './messages.ts'
import {
  deleteSupport,
  findSupport,
  insertSupport,
  listSupportingOrganisations,
  recountSupport,
} from './store.ts'

/** Supports a question, once per person and once per organisation; doing it again changes nothing. */
export async function supportQuestion(ctx: Ctx, input: SupportQuestion): Promise<void> {
  requirePermission(ctx, policy, 'support')
  const { questionId, organisationId } = supportInput.parse(input)
  const { personId } = requirePerson(ctx)
  requireMembership(ctx, organisationId)
  await transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    const id = newId(ctx.now.getTime())
    if (!(await insertSupport(ctx.db, { id, questionId, personId, organisationId, at: ctx.now }))) return
    await recountSupport(ctx.db, questionId)
    await recordSupport(ctx, 'questions.supported', question, organisationId)
  })
}

/** Takes support back; without any it changes nothing. */
export async function withdrawSupport(ctx: Ctx, input: SupportQuestion): Promise<void> {
  requirePermission(ctx, policy, 'support')
  const { questionId, organisationId } = supportInput.parse(input)
  const { personId } = requirePerson(ctx)
  requireMembership(ctx, organisationId)
  await transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    if (!(await deleteSupport(ctx.db, questionId, { personId, organisationId }))) return
    await recountSupport(ctx.db, questionId)
    await recordSupport(ctx, 'questions.support-withdrawn', question, organisationId)
  })
}

/** Whether the actor supports a question herself, and which of her organisations do. */
export async function supportOf(
  ctx: Ctx,
  questionId: string,
): Promise<{ self: boolean; organisations: string[] }> {
  if (ctx.actor.kind !== 'person') return { self: false, organisations: [] }
  return findSupport(ctx.db, questionId, ctx.actor.personId, organisationsOf(ctx.actor))
}

/** The organisations that support a question; which people do is nobody's business. */
export async function supportingOrganisations(ctx: Ctx, questionId: string): Promise<string[]> {
  requirePermission(ctx, policy, 'read')
  return listSupportingOrganisations(ctx.db, questionId)
}

async function recordSupport(
  ctx: Ctx,
  event: 'questions.supported' | 'questions.support-withdrawn',
  question: Parameters<typeof recordQuestion>[2],
  organisationId: string | undefined,
): Promise<void> {
  await recordQuestion(
    ctx,
    event,
    { ...question, organisationId: organisationId ?? null },
    { by: organisationId ? 'organisation' : 'person' },
  )
}

/**
 * Asks by mail whether somebody without an account supports a question; it counts once she confirms. Refuses (too many)
 * when the address gets too much mail.
 */
export async function requestSupport(ctx: Ctx, input: RequestSupport): Promise<void> {
  requirePermission(ctx, policy, 'submit')
  const { questionId, email, follow } = requestSupportInput.parse(input)
  await transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    const m = messages[ctx.locale]
    await createConfirmation(ctx, {
      email,
      purpose: 'questions.support',
      payload: { questionId, follow },
      text: { title: m.mailTitle, text: m.mailText({ title: question.title }), button: m.mailButton },
      to: `/questions/${question.number}`,
    })
  })
}

/** Counts a confirmed support. Does nothing if the question is no longer open: it was merged or hidden meanwhile. */
export async function confirmSupport(
  ctx: Ctx,
  input: { readonly questionId: string; readonly follow: boolean; readonly personId: string },
): Promise<void> {
  requirePermission(ctx, policy, 'moderate')
  const { questionId, personId, follow } = input
  await transact(ctx, async (ctx) => {
    const question = await lockQuestion(ctx.db, questionId)
    if (question?.visibility !== 'visible') return
    if (follow) await startFollowing(ctx, { questionId, personId, mode: 'steps' })
    const id = newId(ctx.now.getTime())
    const isNew = await insertSupport(ctx.db, {
      id,
      questionId,
      personId,
      organisationId: undefined,
      at: ctx.now,
    })
    if (!isNew) return
    await recountSupport(ctx.db, questionId)
    await recordSupport(ctx, 'questions.supported', question, undefined)
  })
}
