import type { Json } from '../../platform/canonical.ts'
import { canonicalJson, sha256Hex } from '../../platform/canonical.ts'
import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import type { Room } from '../access/service.ts'
import { loadRoom, requireOpen } from '../access/service.ts'
import { closeToReleased, forgetUnitSets, releaseTurn } from '../audit/service.ts'
import { isGreen } from '../audit/model.ts'
import type { Decision, DecisionWord } from '../model.ts'
import { releaseStateAfter, wordsIn } from '../model.ts'
import { mailAnalyst, mailReviewers, tellQuestion } from '../notices/service.ts'
import { sealPackage } from '../packages/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { findQuery } from '../queries/store.ts'
import { failedChecks } from '../releases/messages.ts'
import { getReleaseView, hrefOfRelease, nameIn, recordRelease } from '../releases/service.ts'
import type { Redaction, Release, ReleaseRecord } from '../releases/model.ts'
import { redact } from '../releases/model.ts'
import * as store from '../releases/store.ts'
import { oneAtATime } from '../turns/service.ts'
import { activeRules } from '../rules/store.ts'
import type { DecideRelease, RedactRelease } from '../releases/schema.ts'
import { decideReleaseSchema, redactReleaseSchema } from '../releases/schema.ts'

/**
 * One affected holder decides about the present round. Approval needs the agreement in force and every affected holder; a
 * rejection, with its reason, ends the request; wishes send it back to those who asked; a yes may be taken back until all
 * have agreed. Nobody decides about an own request.
 */
export async function decideRelease(ctx: Ctx, input: DecideRelease): Promise<Release> {
  const { releaseId, organisationId, decision, reason } = decideReleaseSchema.parse(input)
  requirePermission(ctx, policy, 'decide', { organisationIds: [organisationId] })
  const { known, room } = await loadForDecision(ctx, releaseId, organisationId)
  const mine = { organisationId, decision, reason, decidedAt: ctx.now, ruleId: null }
  const turn = { keys: [releaseTurn], workspaceId: room.workspace.id }
  const ended = await oneAtATime(ctx, turn, async () => {
    if (decision === 'approve') await requireSound(ctx, room, known)
    return transact(ctx, (ctx) => keepDecision(ctx, room, releaseId, mine))
  })
  if (ended === 'rejected') await forgetUnitSets(ctx, known.workspaceId, known.unitSets)
  return (await getReleaseView(ctx, releaseId)).release
}

/** A yes needs the agreement in force, and that nothing has left meanwhile beside which a small group would show. */
async function requireSound(ctx: Ctx, room: Room, release: ReleaseRecord): Promise<void> {
  await requireOpen(ctx, room)
  const query = (await findQuery(ctx.db, release.queryId))!
  const close = await closeToReleased(ctx, room, query, release)
  if (close) throw problems.checksFailed({ queryId: query.id, failed: failedChecks([close]) })
}

async function keepDecision(
  ctx: Ctx,
  room: Room,
  releaseId: string,
  said: Omit<Decision, 'round'>,
): Promise<ReleaseRecord['state']> {
  const { organisationId, decision } = said
  const release = await requireUndecided(ctx, releaseId, organisationId, decision)
  const mine = { ...said, round: release.round }
  await store.insertDecision(ctx.db, release.id, mine, actorId(ctx.actor))
  await recordRelease(ctx, room, release, {
    what: 'decided',
    organisationId,
    summary: decidedLine(nameIn(room, organisationId), decision),
    details: { decision, round: release.round },
  })
  return settle(ctx, room, { ...release, decisions: [...release.decisions, mine] })
}

/** The request and its room, for those whose data are in it and who did not ask themselves. */
async function loadForDecision(ctx: Ctx, releaseId: string, organisationId: string) {
  const known = isUuid(releaseId) ? await store.findRelease(ctx.db, releaseId) : undefined
  if (!known) throw general.notFound()
  const room = await loadRoom(ctx, known.workspaceId)
  if (!known.affected.includes(organisationId)) throw problems.notAffected({ releaseId })
  if (known.requestedBy && known.requestedBy === actorId(ctx.actor)) throw problems.ownRequest({ releaseId })
  return { known, room }
}

async function requireUndecided(
  ctx: Ctx,
  releaseId: string,
  organisationId: string,
  decision: DecisionWord,
): Promise<ReleaseRecord> {
  const release = await store.findRelease(ctx.db, releaseId, true)
  if (!release || release.state !== 'requested') throw problems.alreadyDecided({ releaseId })
  const said = wordsIn(release.round, release.decisions).get(organisationId)
  if (decision === 'revoke' ? said !== 'approve' : said !== undefined)
    throw problems.alreadyDecided({ releaseId })
  return release
}

function decidedLine(name: string, decision: DecisionWord): { de: string; en: string } {
  return {
    approve: { de: `${name} hat einer Freigabe zugestimmt.`, en: `${name} has agreed to a release.` },
    reject: {
      de: `${name} hat eine Freigabe mit Begründung abgelehnt.`,
      en: `${name} has rejected a release with a reason.`,
    },
    changes: {
      de: `${name} bittet vor einer Freigabe um Änderungen.`,
      en: `${name} asks for changes before a release.`,
    },
    revoke: {
      de: `${name} hat die Zustimmung zu einer Freigabe zurückgenommen.`,
      en: `${name} has taken back the agreement to a release.`,
    },
  }[decision]
}

/** Lets standing rules speak for their holders in this round: all checks green, few enough figures, not the own rule. */
export async function applyRules(ctx: Ctx, room: Room, release: ReleaseRecord, shown: number): Promise<void> {
  if (!isGreen(release.checks)) return
  const said: Decision[] = []
  for (const rule of await activeRules(ctx.db, room.workspace.id)) {
    const { organisationId, maxCells } = rule
    // Who set the rule does not let an own request out by it.
    const isOwn = rule.setBy !== null && rule.setBy === release.requestedBy
    if (isOwn || shown > maxCells || !release.affected.includes(organisationId)) continue
    const word: Decision = {
      organisationId,
      decision: 'approve',
      reason: '',
      decidedAt: ctx.now,
      round: release.round,
      ruleId: rule.id,
    }
    await store.insertDecision(ctx.db, release.id, word, undefined)
    await recordRelease(ctx, room, release, {
      what: 'decided',
      organisationId,
      summary: {
        de: `Eine stehende Regel von ${nameIn(room, organisationId)} hat einer Freigabe zugestimmt.`,
        en: `A standing rule of ${nameIn(room, organisationId)} has agreed to a release.`,
      },
      details: { decision: 'approve', round: release.round, ruleId: rule.id, maxCells },
    })
    said.push(word)
  }
  if (said.length) await settle(ctx, room, { ...release, decisions: [...release.decisions, ...said] })
}

async function settle(ctx: Ctx, room: Room, release: ReleaseRecord): Promise<ReleaseRecord['state']> {
  const state = releaseStateAfter(release.affected, release.round, release.decisions)
  const about = {
    workspace: room.workspace,
    href: hrefOfRelease(release.id),
    words: { context: release.context },
  }
  if (state === 'changes') {
    await store.moveRound(ctx.db, release.id, { state })
    await mailAnalyst(ctx, { ...about, text: 'changes', personId: release.requestedBy })
  } else if (state === 'rejected' || state === 'approved') {
    await (state === 'approved' ? approve(ctx, room, release) : reject(ctx, room, release))
    await mailAnalyst(ctx, { ...about, text: state, personId: release.requestedBy })
    await mailReviewers(ctx, { ...about, text: state, organisationIds: release.affected })
  }
  return state
}

async function reject(ctx: Ctx, room: Room, release: ReleaseRecord): Promise<void> {
  const { title } = room.workspace
  await store.settleRelease(ctx.db, release.id, { state: 'rejected', at: ctx.now })
  await recordRelease(ctx, room, release, {
    what: 'rejected',
    organisationId: release.decisions.at(-1)!.organisationId,
    summary: {
      de: `Eine Tabelle aus dem Arbeitsraum „${title}“ wurde nicht freigegeben.`,
      en: `A table from the workspace “${title}” was not released.`,
    },
  })
}

async function approve(ctx: Ctx, room: Room, release: ReleaseRecord): Promise<void> {
  const { title } = room.workspace
  const sealed = sealPackage(room, release, (await findQuery(ctx.db, release.queryId))!)
  const sha256 = sha256Hex(canonicalJson(sealed as unknown as Json))
  await store.settleRelease(ctx.db, release.id, { state: 'approved', at: ctx.now, package: sealed, sha256 })
  const summary = {
    de: `Eine geschützte Tabelle aus dem Arbeitsraum „${title}“ ist freigegeben.`,
    en: `A protected table from the workspace “${title}” is released.`,
  }
  await recordRelease(ctx, room, release, {
    what: 'approved',
    organisationId: release.decisions.at(-1)!.organisationId,
    summary,
    details: {
      package: sha256,
      result: sealed.resultSha256,
      plan: sealed.planHash,
      preset: sealed.policyVersion,
      redacted: release.redacted.length,
    },
  })
  await tellQuestion(ctx, room.workspace, summary, hrefOfRelease(release.id))
  await emit(ctx, 'sandbox.release-approved', { releaseId: release.id })
}

/**
 * Blanks figures of a requested table for one affected holder, before it leaves; `cells` replaces what she had blanked in
 * `rows`. Dimensions stay readable. What others have blanked stays blanked. Refuses once decided.
 */
export async function redactRelease(ctx: Ctx, input: RedactRelease): Promise<Release> {
  const { releaseId, organisationId, rows, cells, columns } = redactReleaseSchema.parse(input)
  requirePermission(ctx, policy, 'decide', { organisationIds: [organisationId] })
  const { room } = await loadForDecision(ctx, releaseId, organisationId)
  await transact(ctx, async (ctx) => {
    const release = await store.findRelease(ctx.db, releaseId, true)
    if (!release || release.state !== 'requested') throw problems.alreadyDecided({ releaseId })
    const result = (await findQuery(ctx.db, release.queryId))?.result
    if (!result) throw problems.alreadyDecided({ releaseId })
    const isMine = (each: Redaction) =>
      each.organisationId === organisationId && each.row >= rows.from && each.row < rows.to
    const whole = columns.flatMap((column) => result.rows.map((_, row) => ({ row, column })))
    const wanted = [...cells, ...whole].filter(
      ({ row, column }) => result.rows[row]?.[column] != null && result.columns[column]?.kind !== 'dimension',
    )
    const kept = release.redacted.filter((each) => !isMine(each))
    const has = new Set(kept.map((each) => `${each.row}.${each.column}`))
    const added = wanted.filter(({ row, column }) => {
      const name = `${row}.${column}`
      return !has.has(name) && has.add(name)
    })
    const redacted = [...kept, ...added.map((each) => ({ ...each, organisationId }))]
    if (redact(result, redacted).shown === 0) throw problems.nothingLeft({ releaseId })
    await store.setRedacted(ctx.db, release.id, redacted)
    await recordRelease(ctx, room, release, {
      what: 'redacted',
      organisationId,
      summary: {
        de: `${nameIn(room, organisationId)} hat vor einer Freigabe Zahlen geschwärzt.`,
        en: `${nameIn(room, organisationId)} has blanked figures before a release.`,
      },
      details: { redacted: redacted.length },
    })
  })
  return (await getReleaseView(ctx, releaseId)).release
}
