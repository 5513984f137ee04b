import { actorId, hasRole, organisationsOf, type Ctx } from '../../platform/context.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { canonicalText } from '../charter/canonical.ts'
import type { Agreement, AgreementVersion } from '../model.ts'
import { isInForce, isPastTerm } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { listSchema, type ListAgreements } from '../schema.ts'
import * as store from '../store.ts'
import type { ClauseComment } from '../store.ts'

const PAGE = 20

/** The organisations taking part, for permission checks. */
export function whose(agreement: Pick<Agreement, 'parties' | 'createdBy'>) {
  return {
    authorId: agreement.createdBy,
    organisationIds: agreement.parties.map((party) => party.organisationId),
  }
}

/** True if the reader belongs to the agreement: sees drafts, names of signatories and the discussion. */
export function isInside(ctx: Pick<Ctx, 'actor'>, agreement: Agreement): boolean {
  return may(ctx.actor, policy, 'readInside', whose(agreement))
}

/** An agreement everybody may read once proposed; drafts only those inside. Names of signatories only for those inside. */
export async function getAgreement(ctx: Ctx, id: string): Promise<Agreement> {
  requirePermission(ctx, policy, 'read')
  return visible(ctx, await store.findAgreement(ctx.db, id))
}

/** The agreement if it is in force at `ctx.now`; refuses with `cooperation/not-in-force` and the reason otherwise. */
export async function requireInForce(ctx: Ctx, id: string): Promise<Agreement> {
  requirePermission(ctx, policy, 'read')
  const agreement = visible(ctx, await store.findAgreement(ctx.db, id))
  if (isInForce(agreement, ctx.now)) return agreement
  throw problems.notInForce({ id, why: whyNot(agreement, ctx.now) })
}

function whyNot(agreement: Agreement, now: Date): 'open' | 'early' | 'late' | 'over' {
  if (agreement.state === 'draft' || agreement.state === 'proposed') return 'open'
  if (agreement.state === 'withdrawn' || agreement.state === 'ended') return 'over'
  return isPastTerm(agreement, now) ? 'late' : 'early'
}

/** A page of the agreements the reader may see, newest first. */
export async function listAgreements(
  ctx: Ctx,
  input: ListAgreements = {},
): Promise<{ agreements: Agreement[]; next: string | undefined }> {
  requirePermission(ctx, policy, 'read')
  const { questionId, state, cursor } = listSchema.parse(input)
  const all = ctx.actor.kind === 'system' || hasRole(ctx.actor, 'steward') || hasRole(ctx.actor, 'reviewer')
  const inside = { all, organisationIds: organisationsOf(ctx.actor), personId: actorId(ctx.actor) }
  const rows = await store.selectAgreements(ctx.db, {
    questionId,
    state,
    before: cursor,
    limit: PAGE + 1,
    inside,
  })
  const agreements = rows.slice(0, PAGE).map((row) => visible(ctx, row))
  return { agreements, next: rows.length > PAGE ? agreements.at(-1)?.id : undefined }
}

/** Every version of the text, oldest first. */
export async function listVersions(ctx: Ctx, id: string): Promise<AgreementVersion[]> {
  await getAgreement(ctx, id)
  return store.selectVersions(ctx.db, id)
}

/** The discussion about the clauses; only for those inside, empty for others. */
export async function listComments(ctx: Ctx, id: string): Promise<ClauseComment[]> {
  const agreement = await getAgreement(ctx, id)
  return isInside(ctx, agreement) ? store.selectComments(ctx.db, id) : []
}

/** The canonical text whose SHA-256 the parties sign, so that anyone can check the checksum. */
export async function getSignedText(ctx: Ctx, id: string): Promise<string> {
  const agreement = await getAgreement(ctx, id)
  return canonicalText({ ...agreement, agreementId: agreement.id })
}

function visible(ctx: Ctx, agreement: Agreement | undefined): Agreement {
  if (!agreement) throw problems.notFound()
  if (isInside(ctx, agreement)) return agreement
  if (agreement.proposedAt === null) throw problems.notFound()
  return {
    ...agreement,
    createdBy: null,
    signatures: agreement.signatures.map((one) => ({ ...one, name: null })),
  }
}
