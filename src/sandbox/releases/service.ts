import type { Json } from '../../platform/canonical.ts'
import { canonicalJson, sha256Hex } from '../../platform/canonical.ts'
import type { Ctx } from '../../platform/context.ts'
import { actorId, hasRole, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { isOpen, loadRoom, requireAnalyst, requireOpen, rightsIn } from '../access/service.ts'
import type { Check, Decision, ReleaseId } from '../model.ts'
import { releaseStateAfter } from '../model.ts'
import { mailAnalyst, mailReviewers, nameDeciders, tellQuestion } from '../notices/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { QueryRecord } from '../queries/model.ts'
import { presetOf } from '../queries/model.ts'
import { budgetOf, getQuery } from '../queries/service.ts'
import { findQuery } from '../queries/store.ts'
import type { DecideRelease, RequestRelease } from '../schema.ts'
import { decideReleaseSchema, requestReleaseSchema } from '../schema.ts'
import { findTable } from '../tables/store.ts'
import { failedChecks } from './messages.ts'
import type { Release, ReleasePackage, ReleaseRecord } from './model.ts'
import { checkRelease } from './model.ts'
import * as store from './store.ts'

/** A request with everything its page shows: the protected table, its room and what the reader may do. */
export type ReleaseView = { release: Release; room: Room; openFor: string[]; own: boolean }

const hrefOf = (id: string) => `/sandbox/releases/${id}`

/** The holders whose data are in an answer: each of them has to agree before it leaves. */
export async function affectedBy(ctx: Ctx, query: Pick<QueryRecord, 'tableIds'>): Promise<string[]> {
  const affected = new Set<string>()
  for (const id of query.tableIds) {
    const table = await findTable(ctx.db, id)
    if (table) affected.add(table.organisationId)
  }
  return [...affected]
}

/** What the automatic checks say of an answer, before anything is requested. */
export async function precheck(ctx: Ctx, queryId: string, context: string): Promise<Check[]> {
  const { query, room } = await getQuery(ctx, queryId)
  return checksOf(ctx, room, query, context)
}

async function checksOf(ctx: Ctx, room: Room, query: QueryRecord, context: string): Promise<Check[]> {
  const budget = await budgetOf(ctx, room)
  const covered = await coveredByAgreement(ctx, room, query)
  return checkRelease({
    rows: query.result?.rows.length ?? 0,
    shown: query.cellsShown,
    threshold: presetOf(room.agreement.protectionLevel).k,
    spent: budget.spentInProject,
    budget: budget.perProject,
    context,
    columns: query.result?.columns.length ?? 0,
    covered,
    keys: query.cellKeys,
    earlier: await store.releasedBefore(ctx.db, query.tableIds),
  })
}

async function coveredByAgreement(ctx: Ctx, room: Room, query: QueryRecord): Promise<boolean> {
  for (const id of query.tableIds) {
    const table = await findTable(ctx.db, id)
    if (!table || !room.holders.includes(table.organisationId)) return false
    if (!table.entryId || !room.agreement.entryIds.includes(table.entryId)) return false
  }
  return query.tableIds.length > 0
}

/**
 * Asks the holders to let an answer leave the room. Refuses what the automatic checks do not let pass, and a second
 * request for the same answer; after a rejection it may be requested again.
 */
export async function requestRelease(ctx: Ctx, input: RequestRelease): Promise<Release> {
  const { queryId, context } = requestReleaseSchema.parse(input)
  const query = isUuid(queryId) ? await findQuery(ctx.db, queryId) : undefined
  if (!query) throw general.notFound()
  const room = await loadRoom(ctx, query.workspaceId)
  const organisationId = await requireAnalyst(ctx, room, 'release')
  if (query.state !== 'answered') throw problems.notAnswered({ workspaceId: room.workspace.id })
  const checks = await checksOf(ctx, room, query, context)
  const failed = checks.filter((check) => check.outcome === 'failed')
  if (failed.length) throw problems.checksFailed({ queryId, failed: failedChecks(failed) })
  const release: ReleaseRecord = {
    id: newId<ReleaseId>(ctx.now.getTime()),
    workspaceId: room.workspace.id,
    queryId,
    requestedBy: actorId(ctx.actor) ?? null,
    organisationId,
    requestedAt: ctx.now,
    context,
    affected: await affectedBy(ctx, query),
    checks,
    state: 'requested',
    decidedAt: null,
    package: null,
    packageSha256: null,
    decisions: [],
  }
  await transact(ctx, (ctx) => keepRequest(ctx, room, query, release))
  return toRelease(release, room, query)
}

async function keepRequest(ctx: Ctx, room: Room, query: QueryRecord, release: ReleaseRecord): Promise<void> {
  if (!(await store.insertRelease(ctx.db, release, query.cellKeys))) {
    throw problems.alreadyRequested({ workspaceId: room.workspace.id })
  }
  const { workspace } = room
  await recordRelease(ctx, room, release, 'requested', release.organisationId, {
    de: `Für eine geschützte Tabelle aus dem Arbeitsraum „${workspace.title}“ wurde die Freigabe beantragt.`,
    en: `The release of a protected table from the workspace “${workspace.title}” was requested.`,
  })
  const href = hrefOf(release.id)
  await mailReviewers(ctx, { workspace, organisationIds: release.affected, href, text: 'requested' })
  const names = release.affected.map((id) => nameOf(room, id))
  await nameDeciders(ctx, workspace, { de: names.join(' und '), en: names.join(' and ') }, href)
}

async function recordRelease(
  ctx: Ctx,
  room: Room,
  release: Pick<ReleaseRecord, 'id' | 'queryId' | 'affected'>,
  what: 'requested' | 'decided' | 'approved' | 'rejected',
  organisationId: string,
  summary: { de: string; en: string },
  details: { [key: string]: Json } = {},
): Promise<void> {
  await record(ctx, {
    event: `sandbox.release-${what}`,
    object: { type: 'release', id: release.id },
    organisationId,
    summary,
    href: hrefOf(release.id),
    details: { workspaceId: room.workspace.id, queryId: release.queryId, ...details },
  })
}

function nameOf(room: Room, organisationId: string): string {
  return room.agreement.parties.find((p) => p.organisationId === organisationId)?.name ?? ''
}

/**
 * One affected holder decides. Approval needs the agreement in force and every affected holder; one rejection, with its
 * reason, ends the request. Nobody decides about an own request.
 */
export async function decideRelease(ctx: Ctx, input: DecideRelease): Promise<Release> {
  const { releaseId, organisationId, decision, reason } = decideReleaseSchema.parse(input)
  requirePermission(ctx, policy, 'decide', { organisationIds: [organisationId] })
  const known = isUuid(releaseId) ? await store.findRelease(ctx.db, releaseId) : undefined
  if (!known) throw general.notFound()
  const room = await loadRoom(ctx, known.workspaceId)
  if (!known.affected.includes(organisationId)) throw problems.notAffected({ releaseId })
  if (known.requestedBy && known.requestedBy === actorId(ctx.actor)) throw problems.ownRequest({ releaseId })
  if (decision === 'approve') await requireOpen(ctx, room)
  await transact(ctx, async (ctx) => {
    const release = await store.findRelease(ctx.db, releaseId, true)
    if (!release || release.state !== 'requested') throw problems.alreadyDecided({ releaseId })
    const mine: Decision = { organisationId, decision, reason, decidedAt: ctx.now }
    if (!(await store.insertDecision(ctx.db, release.id, mine, actorId(ctx.actor)))) {
      throw problems.alreadyDecided({ releaseId })
    }
    await recordRelease(
      ctx,
      room,
      release,
      'decided',
      organisationId,
      decidedLine(nameOf(room, organisationId), decision),
      {
        decision,
      },
    )
    await settle(ctx, room, { ...release, decisions: [...release.decisions, mine] })
  })
  return (await getReleaseView(ctx, releaseId)).release
}

function decidedLine(name: string, decision: 'approve' | 'reject'): { de: string; en: string } {
  return decision === 'approve'
    ? { de: `${name} hat einer Freigabe zugestimmt.`, en: `${name} has agreed to a release.` }
    : {
        de: `${name} hat eine Freigabe mit Begründung abgelehnt.`,
        en: `${name} has rejected a release with a reason.`,
      }
}

async function settle(ctx: Ctx, room: Room, release: ReleaseRecord): Promise<void> {
  const state = releaseStateAfter(release.affected, release.decisions)
  if (state === 'requested') return
  const { workspace } = room
  const href = hrefOf(release.id)
  const organisationId = release.decisions.at(-1)!.organisationId
  const told = { workspace, href, text: state } as const
  if (state === 'rejected') {
    await store.settleRelease(ctx.db, release.id, { state, at: ctx.now })
    await recordRelease(ctx, room, release, state, organisationId, {
      de: `Eine Tabelle aus dem Arbeitsraum „${workspace.title}“ wurde nicht freigegeben.`,
      en: `A table from the workspace “${workspace.title}” was not released.`,
    })
  } else {
    const sealed = sealPackage(room, release, (await findQuery(ctx.db, release.queryId))!)
    const sha256 = sha256Hex(canonicalJson(sealed as unknown as Json))
    await store.settleRelease(ctx.db, release.id, { state, at: ctx.now, package: sealed, sha256 })
    const line = {
      de: `Eine geschützte Tabelle aus dem Arbeitsraum „${workspace.title}“ ist freigegeben.`,
      en: `A protected table from the workspace “${workspace.title}” is released.`,
    }
    const hashes = {
      package: sha256,
      result: sealed.resultSha256,
      plan: sealed.planHash,
      preset: sealed.policyVersion,
    }
    await recordRelease(ctx, room, release, state, organisationId, line, hashes)
    await tellQuestion(ctx, workspace, line, href)
    await emit(ctx, 'sandbox.release-approved', { releaseId: release.id })
  }
  await mailAnalyst(ctx, { ...told, personId: release.requestedBy })
  await mailReviewers(ctx, { ...told, organisationIds: release.affected })
}

/** Everything that is needed to check a release later, in one piece that never changes. */
function sealPackage(room: Room, release: ReleaseRecord, query: QueryRecord): ReleasePackage {
  return {
    sql: query.sql,
    result: query.result!,
    planHash: query.planHash ?? '',
    policyVersion: query.presetVersion ?? '',
    resultSha256: query.resultSha256 ?? '',
    agreementId: room.agreement.id,
    agreementHash: room.agreement.hash,
    decisions: release.decisions.map((d) => ({
      organisationId: d.organisationId,
      decision: 'approve',
      reason: d.reason,
      decidedAt: d.decidedAt.toISOString(),
    })),
  }
}

function toRelease(record: ReleaseRecord, room: Room, query: QueryRecord): Release {
  const result = record.package?.result ?? query.result
  return {
    id: record.id,
    workspaceId: record.workspaceId,
    agreementId: room.agreement.id,
    questionId: room.workspace.questionId,
    queryId: record.queryId,
    context: record.context,
    state: record.state,
    columns: result?.columns ?? [],
    rows: result?.rows ?? [],
    result: result ?? null,
    sql: record.package?.sql ?? query.sql,
    planHash: record.package?.planHash ?? query.planHash ?? '',
    resultSha256: record.package?.resultSha256 ?? query.resultSha256 ?? '',
    policyVersion: record.package?.policyVersion ?? query.presetVersion ?? '',
    packageSha256: record.packageSha256,
    affected: record.affected,
    checks: record.checks,
    decisions: record.decisions,
    requestedAt: record.requestedAt,
    decidedAt: record.decidedAt,
  }
}

/** One release. Once approved everybody may read it; before, those who take part; the steward its state without the table. */
export async function getRelease(ctx: Ctx, releaseId: string): Promise<Release> {
  return (await getReleaseView(ctx, releaseId)).release
}

/** One release with its room and the organisations for which the reader may still decide. */
export async function getReleaseView(ctx: Ctx, releaseId: string): Promise<ReleaseView> {
  const found = isUuid(releaseId) ? await store.findRelease(ctx.db, releaseId) : undefined
  if (!found) throw general.notFound()
  const room = await loadRoom(ctx, found.workspaceId)
  if (found.state !== 'approved')
    requirePermission(ctx, policy, 'seeStatus', { organisationIds: room.everyone })
  const release = toRelease(found, room, (await findQuery(ctx.db, found.queryId))!)
  const decided = new Set(found.decisions.map((d) => d.organisationId))
  const mine = (id: string) => may(ctx.actor, policy, 'decide', { organisationIds: [id] })
  const own = found.requestedBy !== null && found.requestedBy === actorId(ctx.actor)
  const openFor =
    found.state === 'requested' && !own ? found.affected.filter((id) => !decided.has(id) && mine(id)) : []
  return { release: mayReadTable(ctx, room, release) ? release : withoutTable(release), room, openFor, own }
}

/** What everybody may know of a release: how it stands and whose data it rests on. Unknown ids are `general/not-found`. */
export async function findReleaseState(
  ctx: Ctx,
  releaseId: string,
): Promise<Pick<Release, 'state' | 'affected'> & { room: Room }> {
  requirePermission(ctx, policy, 'read')
  const found = isUuid(releaseId) ? await store.findRelease(ctx.db, releaseId) : undefined
  if (!found) throw general.notFound()
  return { state: found.state, affected: found.affected, room: await loadRoom(ctx, found.workspaceId) }
}

function mayReadTable(ctx: Ctx, room: Room, release: Release): boolean {
  if (release.state === 'approved') return true
  if (!isOpen(ctx, room)) return false
  const rights = rightsIn(ctx, room)
  return rights.query || may(ctx.actor, policy, 'decide', { organisationIds: release.affected })
}

function withoutTable(release: Release): Release {
  return { ...release, columns: [], rows: [], result: null, sql: '', context: '' }
}

type ReleaseFilter = {
  workspaceId?: string
  questionId?: string
  state?: Release['state']
  before?: string
  limit?: number
}

/** Releases, newest first: for everybody the approved ones, for those who take part also the others. Without tables. */
export async function listReleases(ctx: Ctx, filter: ReleaseFilter = {}): Promise<Release[]> {
  requirePermission(ctx, policy, 'read')
  const rows = await store.listReleaseRows(ctx.db, {
    ...(filter.workspaceId ? { workspaceIds: isUuid(filter.workspaceId) ? [filter.workspaceId] : [] } : {}),
    ...(filter.questionId ? { questionId: filter.questionId } : {}),
    ...(filter.state ? { states: [filter.state] } : {}),
    before: filter.before && isUuid(filter.before) ? filter.before : undefined,
    limit: filter.limit ?? 100,
  })
  const releases: Release[] = []
  for (const row of rows) {
    const room = await loadRoom(ctx, row.workspaceId)
    if (row.state !== 'approved' && !rightsIn(ctx, room).status) continue
    const release = toRelease(row, room, (await findQuery(ctx.db, row.queryId))!)
    releases.push(mayReadTable(ctx, room, release) ? release : withoutTable(release))
  }
  return releases
}

/** Requests that wait for a decision of one of the actor's organisations; the inbox of reviewers. */
export async function listToDecide(ctx: Ctx): Promise<Release[]> {
  requirePermission(ctx, policy, 'read')
  if (ctx.actor.kind === 'person' && !hasRole(ctx.actor, 'reviewer') && !hasRole(ctx.actor, 'holder'))
    return []
  const waiting = await listReleases(ctx, { state: 'requested' })
  return waiting.filter((release) =>
    release.affected.some(
      (id) =>
        may(ctx.actor, policy, 'decide', { organisationIds: [id] }) &&
        !release.decisions.some((d) => d.organisationId === id),
    ),
  )
}
