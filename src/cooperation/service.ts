import { findEntries } from '../catalogue/service.ts'
import { getOrganisation } from '../identity/service.ts'
import { actorId, hasRole, organisationsOf, transact, type Ctx } from '../platform/context.ts'
import { emit } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { requirePermission } from '../platform/permission.ts'
import { getQuestion } from '../questions/service.ts'
import { record } from '../transparency/service.ts'
import { hashText } from './charter/canonical.ts'
import { currentCharter } from './charter/clauses.ts'
import { applyChange } from './charter/change.ts'
import { enterForce } from './ending/service.ts'
import type { Agreement, CoveredEntry, Party, Terms } from './model.ts'
import { isInForce, isPastTerm, nextState, openParties } from './model.ts'
import { recordAgreement, tellParties, tellQuestion } from './notices/service.ts'
import { policy } from './policy.ts'
import { problems } from './problems.ts'
import {
  changeClauseSchema,
  discussClauseSchema,
  proposeSchema,
  signSchema,
  type ChangeClause,
  type DiscussClause,
  type ProposeAgreement,
  type SignAgreement,
} from './schema.ts'
import { getAgreement, whose } from './reading/service.ts'
import * as store from './store.ts'

export {
  getAgreement,
  getSignedText,
  isInside,
  listAgreements,
  listComments,
  listVersions,
  requireInForce,
  whose,
} from './reading/service.ts'
export { deskTasks, searchHits } from './desk/service.ts'
export { entryUses } from './aside/uses.ts'
export { endAgreement, withdrawAgreement } from './ending/service.ts'
export { personalData } from './notices/personal-data.ts'
export { permits } from './odrl/permits.ts'

/** Writes a draft that only those inside can read. By the steward, or a holder or analyst of one of the parties. */
export async function draftAgreement(ctx: Ctx, input: ProposeAgreement): Promise<Agreement> {
  requirePermission(ctx, policy, 'draft', {
    organisationIds: input.parties.map((party) => party.organisationId),
  })
  const { questionId, title, parties: wanted, entryIds, ...values } = proposeSchema.parse(input)
  const question = await getQuestion(ctx, questionId)
  const parties = await nameParties(ctx, wanted)
  const terms: Terms = { ...values, parties, entries: await coverEntries(ctx, entryIds, parties) }
  return transact(ctx, async (ctx) => {
    const id = newId(ctx.now.getTime())
    const charter = currentCharter().version
    const text = {
      agreementId: id,
      questionId: question.id,
      title,
      version: 1,
      charter,
      terms,
      overrides: {},
    }
    const row = {
      id,
      question_id: question.id,
      title,
      state: 'draft' as const,
      version: 1,
      charter,
      hash: hashText(text),
    }
    const nothingYet = {
      proposed_at: null,
      signed_at: null,
      in_force_at: null,
      reminded_at: null,
      ended_at: null,
      end_reason: null,
    }
    const made = { created_by: actorId(ctx.actor) ?? null, created_at: ctx.now }
    const term = { valid_from: terms.validFrom, valid_until: terms.validUntil }
    await store.insertAgreement(ctx.db, { ...row, ...term, ...made, ...nothingYet }, parties)
    await saveVersion(ctx, { ...text, hash: row.hash, changedClause: null, reason: null })
    const summary = { de: 'Eine Vereinbarung wurde entworfen.', en: 'An agreement was drafted.' }
    await record(ctx, { event: 'cooperation.agreement-drafted', object: { type: 'agreement', id }, summary })
    return getAgreement(ctx, id)
  })
}

/** Puts a draft to the parties; from now on its terms are public and it can be signed. */
export async function submitAgreement(ctx: Ctx, input: { agreementId: string }): Promise<Agreement> {
  const known = await store.findAgreement(ctx.db, input.agreementId)
  if (!known) throw problems.notFound()
  requirePermission(ctx, policy, 'propose', whose(known))
  return transact(ctx, async (ctx) => {
    const agreement = await locked(ctx, known.id)
    const state = stateAfter(agreement, 'propose')
    await store.updateAgreement(ctx.db, agreement.id, { state, proposed_at: ctx.now })
    const proposed = await getAgreement(ctx, agreement.id)
    await recordAgreement(ctx, 'proposed', proposed)
    await emit(ctx, 'cooperation.agreement-proposed', {
      agreementId: agreement.id,
      questionId: agreement.questionId,
    })
    await tellParties(ctx, proposed, 'proposed')
    await tellQuestion(ctx, proposed, 'proposed')
    return proposed
  })
}

/** Drafts an agreement from the charter's clauses and puts it to the parties at once. */
export async function proposeAgreement(ctx: Ctx, input: ProposeAgreement): Promise<Agreement> {
  return transact(ctx, async (ctx) => {
    const draft = await draftAgreement(ctx, input)
    return submitAgreement(ctx, { agreementId: draft.id })
  })
}

/**
 * Changes one clause or the values it holds. Once proposed this makes a new version: earlier signatures no longer count,
 * and an agreement in force stops until all have signed again. Refuses a text that lost a value the software enforces.
 */
export async function changeClause(ctx: Ctx, input: ChangeClause): Promise<Agreement> {
  const change = changeClauseSchema.parse(input)
  const known = await getAgreement(ctx, change.agreementId)
  requirePermission(ctx, policy, 'change', whose(known))
  return transact(ctx, async (ctx) => {
    const agreement = await locked(ctx, known.id)
    const state = stateAfter(agreement, 'change')
    const { terms, overrides } = applyChange(agreement, change)
    const version = agreement.state === 'draft' ? agreement.version : agreement.version + 1
    const text = {
      agreementId: agreement.id,
      questionId: agreement.questionId,
      title: agreement.title,
      charter: agreement.charter,
      version,
      terms,
      overrides,
    }
    const hash = hashText(text)
    await saveVersion(ctx, { ...text, hash, changedClause: change.clause, reason: change.reason || null })
    const term = { valid_from: terms.validFrom, valid_until: terms.validUntil }
    await store.updateAgreement(ctx.db, agreement.id, {
      state,
      version,
      hash,
      ...term,
      signed_at: null,
      in_force_at: null,
      reminded_at: null,
    })
    const changed = await getAgreement(ctx, agreement.id)
    await recordAgreement(ctx, 'changed', changed, { version, clause: change.clause })
    if (state !== 'draft') await spreadChange(ctx, changed)
    return changed
  })
}

async function spreadChange(ctx: Ctx, agreement: Agreement): Promise<void> {
  await emit(ctx, 'cooperation.agreement-changed', { agreementId: agreement.id, version: agreement.version })
  await tellParties(ctx, agreement, 'changed')
  await tellQuestion(ctx, agreement, 'changed')
}

/** Says something about a clause; read by the parties, the steward and the reviewer. */
export async function discussClause(ctx: Ctx, input: DiscussClause): Promise<void> {
  const { agreementId, clause, text } = discussClauseSchema.parse(input)
  const agreement = await getAgreement(ctx, agreementId)
  requirePermission(ctx, policy, 'discuss', whose(agreement))
  const mine = organisationsOf(ctx.actor)
  const organisationId =
    agreement.parties.find((party) => mine.includes(party.organisationId))?.organisationId ?? mine[0] ?? null
  await transact(ctx, async (ctx) => {
    const id = newId(ctx.now.getTime())
    const said = {
      clause,
      text,
      version: agreement.version,
      person_id: actorId(ctx.actor) ?? null,
      organisation_id: organisationId,
    }
    await store.insertComment(ctx.db, { id, agreement_id: agreementId, ...said, created_at: ctx.now })
    await recordAgreement(ctx, 'discussed', agreement, { clause })
  })
}

/**
 * Signs for one party: binds organisation, name, role and time to the checksum of the text. Refuses a second signature,
 * a text that changed since it was read, and anybody who is not authorised in that very organisation.
 */
export async function signAgreement(ctx: Ctx, input: SignAgreement): Promise<Agreement> {
  const { agreementId, organisationId, hash } = signSchema.parse(input)
  const known = await getAgreement(ctx, agreementId)
  const parts = known.parties.filter((party) => party.organisationId === organisationId)
  const verb = parts.every((party) => party.part === 'asker') ? 'signAsAsker' : 'sign'
  requirePermission(ctx, policy, verb, { organisationIds: [organisationId] })
  if (parts.length === 0) throw problems.notAParty({ id: agreementId })
  return transact(ctx, async (ctx) => {
    const agreement = await locked(ctx, agreementId)
    stateAfter(agreement, 'sign-last')
    if (hash && hash !== agreement.hash) throw problems.textChanged({ id: agreementId })
    if (isPastTerm(agreement, ctx.now)) throw problems.notInForce({ id: agreementId, why: 'late' })
    await addSignature(ctx, agreement, organisationId)
    const signed = await getAgreement(ctx, agreementId)
    await recordAgreement(
      ctx,
      'signed',
      signed,
      { version: signed.version, sha256: signed.hash },
      organisationId,
    )
    await emit(ctx, 'cooperation.agreement-signed', {
      agreementId,
      organisationId,
      complete: openParties(signed).length === 0,
    })
    await tellParties(ctx, signed, 'signed')
    return openParties(signed).length === 0 ? complete(ctx, signed) : tellOpen(ctx, signed)
  })
}

async function addSignature(ctx: Ctx, agreement: Agreement, organisationId: string): Promise<void> {
  const added = await store.insertSignature(ctx.db, {
    id: newId(ctx.now.getTime()),
    agreement_id: agreement.id,
    organisation_id: organisationId,
    version: agreement.version,
    hash: agreement.hash,
    person_id: actorId(ctx.actor) ?? null,
    name: ctx.actor.kind === 'person' ? ctx.actor.name : null,
    role: roleIn(ctx, organisationId),
    signed_at: ctx.now,
    forget: false,
  })
  if (!added) throw problems.alreadySigned({ id: agreement.id })
}

function roleIn(ctx: Ctx, organisationId: string): string {
  const order = ['holder', 'analyst', 'steward', 'citizen'] as const
  return order.find((role) => hasRole(ctx.actor, role, organisationId)) ?? 'operator'
}

async function complete(ctx: Ctx, agreement: Agreement): Promise<Agreement> {
  await store.updateAgreement(ctx.db, agreement.id, { state: 'signed', signed_at: ctx.now })
  const signed = await getAgreement(ctx, agreement.id)
  if (!isInForce(signed, ctx.now)) return tellOpen(ctx, signed)
  return enterForce(ctx, signed)
}

async function tellOpen(ctx: Ctx, agreement: Agreement): Promise<Agreement> {
  await tellQuestion(ctx, agreement, 'signed')
  return agreement
}

async function nameParties(
  ctx: Ctx,
  wanted: { organisationId: string; part: Party['part'] }[],
): Promise<Party[]> {
  const parties: Party[] = []
  for (const { organisationId, part } of wanted) {
    if (parties.some((one) => one.organisationId === organisationId && one.part === part)) continue
    const organisation = await getOrganisation(ctx, organisationId).catch(() => undefined)
    if (!organisation) throw problems.unknownParty()
    parties.push({ organisationId, name: organisation.name, part })
  }
  return parties
}

async function coverEntries(ctx: Ctx, entryIds: string[], parties: Party[]): Promise<CoveredEntry[]> {
  const entries = await findEntries(ctx, [...new Set(entryIds)])
  if (entries.length !== new Set(entryIds).size) throw problems.unknownData()
  return entries.map(({ id, title, organisationId }) => {
    const held = parties.some((party) => party.part === 'holder' && party.organisationId === organisationId)
    if (!held) throw problems.entryWithoutHolder({ title })
    return { entryId: id, title, organisationId }
  })
}

async function locked(ctx: Ctx, id: string): Promise<Agreement> {
  const agreement = await store.findAgreement(ctx.db, id, true)
  if (!agreement) throw problems.notFound()
  return agreement
}

function stateAfter(agreement: Agreement, step: 'propose' | 'change' | 'sign-last') {
  const state = nextState(agreement.state, step)
  if (!state) throw problems.notPossible({ id: agreement.id, state: agreement.state })
  return state
}

async function saveVersion(ctx: Ctx, text: Omit<store.NewVersion, 'createdBy' | 'createdAt'>): Promise<void> {
  await store.insertVersion(ctx.db, { ...text, createdBy: actorId(ctx.actor) ?? null, createdAt: ctx.now })
}
