import { shareEntries, unshareEntries } from '../../catalogue/service.ts'
import { system, transact, type Ctx } from '../../platform/context.ts'
import { dayAfter, dayOf } from '../../platform/days.ts'
import { emit } from '../../platform/events.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { Agreement } from '../model.ts'
import { daysLeft, isInForce, isPastTerm, nextState } from '../model.ts'
import { recordAgreement, tellParties, tellQuestion } from '../notices/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { endSchema, withdrawSchema, type EndAgreement, type WithdrawAgreement } from '../schema.ts'
import * as store from '../store.ts'

type Ending = 'withdrawn' | 'expired' | 'ended'
const steps = { withdrawn: 'withdraw', expired: 'expire', ended: 'end' } as const
const REMIND_DAYS = 14

/** Withdraws at once, with a public reason. Any party may, and the data protection officer. Nothing runs afterwards. */
export async function withdrawAgreement(ctx: Ctx, input: WithdrawAgreement): Promise<void> {
  const { agreementId, reason } = withdrawSchema.parse(input)
  const agreement = await load(ctx, agreementId)
  requirePermission(ctx, policy, 'withdraw', {
    organisationIds: agreement.parties.map((party) => party.organisationId),
  })
  await close(ctx, agreementId, { ending: 'withdrawn', reason })
}

/** Ends an agreement whose purpose is fulfilled, or discards a draft. */
export async function endAgreement(ctx: Ctx, input: EndAgreement): Promise<void> {
  const { agreementId, reason } = endSchema.parse(input)
  const agreement = await load(ctx, agreementId)
  const organisationIds = agreement.parties.map((party) => party.organisationId)
  requirePermission(ctx, policy, agreement.state === 'draft' ? 'propose' : 'end', {
    organisationIds,
    authorId: agreement.createdBy,
  })
  await close(ctx, agreementId, { ending: 'ended', reason })
}

/** Announces that an agreement is in force: question, catalogue, parties and other rooms learn of it, once. */
export async function enterForce(ctx: Ctx, agreement: Agreement): Promise<Agreement> {
  return transact(ctx, async (ctx) => {
    await store.updateAgreement(ctx.db, agreement.id, { in_force_at: ctx.now })
    const { id: agreementId, questionId, entryIds } = agreement
    await recordAgreement(ctx, 'in-force', agreement, {
      sha256: agreement.hash,
      validUntil: agreement.validUntil,
    })
    await emit(ctx, 'cooperation.agreement-in-force', { agreementId, questionId })
    const organisationIds = [...new Set(agreement.parties.map((party) => party.organisationId))]
    await shareEntries(asHub(ctx), { agreementId, entryIds, organisationIds })
    await tellQuestion(ctx, agreement, 'in-force')
    await tellParties(ctx, agreement, 'in-force')
    return { ...agreement, inForceAt: ctx.now }
  })
}

/** Brings every agreement to where its days say it stands: starts, reminds two weeks before the end, expires. */
export async function keepTerms(ctx: Ctx): Promise<void> {
  requirePermission(ctx, policy, 'keepTerms')
  const today = dayOf(ctx.now)
  const soon = dayAfter(ctx.now, REMIND_DAYS)
  const past = await store.selectIdsByDay(ctx.db, {
    states: ['proposed', 'signed'],
    column: 'valid_until',
    before: today,
  })
  for (const id of past) await close(ctx, id, { ending: 'expired', reason: null })
  const due = await store.selectDue(ctx.db, { today, soon })
  for (const id of due.starting) await start(ctx, id)
  for (const id of due.ending) await remind(ctx, id)
}

async function start(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    const agreement = await store.findAgreement(ctx.db, id, true)
    if (agreement && !agreement.inForceAt && isInForce(agreement, ctx.now)) await enterForce(ctx, agreement)
  })
}

async function remind(ctx: Ctx, id: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    const agreement = await store.findAgreement(ctx.db, id, true)
    if (!agreement || !isInForce(agreement, ctx.now)) return
    await store.updateAgreement(ctx.db, id, { reminded_at: ctx.now })
    // A term shorter than the notice needs none: everybody has just signed it.
    if (agreement.signedAt && daysLeft(agreement, agreement.signedAt) <= REMIND_DAYS) return
    await tellParties(ctx, agreement, 'ends-soon')
  })
}

async function close(ctx: Ctx, id: string, how: { ending: Ending; reason: string | null }): Promise<void> {
  await transact(ctx, async (ctx) => {
    const agreement = await store.findAgreement(ctx.db, id, true)
    if (!agreement) throw problems.notFound()
    if (how.ending === 'expired' && !isPastTerm(agreement, ctx.now)) return
    const state = nextState(agreement.state, steps[how.ending])
    if (!state) throw problems.notPossible({ id, state: agreement.state })
    await store.updateAgreement(ctx.db, id, { state, ended_at: ctx.now, end_reason: how.reason })
    await store.forgetNames(ctx.db, id)
    const over: Agreement = { ...agreement, state, endedAt: ctx.now, endReason: how.reason }
    await recordAgreement(ctx, how.ending, over)
    if (agreement.proposedAt === null) return
    await emit(ctx, 'cooperation.agreement-ended', {
      agreementId: id,
      questionId: agreement.questionId,
      reason: how.ending,
    })
    await unshareEntries(asHub(ctx), { agreementId: id })
    await tellParties(ctx, over, how.ending)
    await tellQuestion(ctx, over, how.ending)
  })
}

async function load(ctx: Ctx, id: string): Promise<Agreement> {
  const agreement = await store.findAgreement(ctx.db, id)
  if (!agreement) throw problems.notFound()
  return agreement
}

function asHub(ctx: Ctx): Ctx {
  return { ...ctx, actor: system('cooperation') }
}
