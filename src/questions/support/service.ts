import type { Ctx } from '../../platform/context.ts'
import { organisationsOf, transact } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { lockOpen, recordQuestion, requireMembership, requirePerson } from '../access/service.ts'
import { policy } from '../policy.ts'
import { supportInput } from '../schema.ts'
import type { SupportQuestion } from '../schema.ts'
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
