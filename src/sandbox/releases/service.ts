import type { Json } from '../../platform/canonical.ts'
import type { Ctx } from '../../platform/context.ts'
import { actorId, hasRole } from '../../platform/context.ts'
import { isUuid } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { isOpen, loadRoom, rightsIn } from '../access/service.ts'
import { wordsIn } from '../model.ts'
import { policy } from '../policy.ts'
import type { QueryRecord } from '../queries/model.ts'
import { findQuery } from '../queries/store.ts'
import type { Release, ReleaseRecord } from './model.ts'
import { redact } from './model.ts'
import * as store from './store.ts'

/**
 * A request with everything its page shows. `openFor`: organisations for which the reader may still decide; `takenBack`:
 * those whose yes she may take back; `asks`: she belongs to those who asked.
 */
export type ReleaseView = {
  release: Release
  room: Room
  openFor: string[]
  takenBack: string[]
  own: boolean
  asks: boolean
}

/** Where a release is read. */
export const hrefOfRelease = (id: string) => `/sandbox/releases/${id}`

/** The name of an organisation as the agreement has it; empty if it is no party. */
export function nameIn(room: Room, organisationId: string): string {
  return room.agreement.parties.find((p) => p.organisationId === organisationId)?.name ?? ''
}

/** Puts a step of a release on the register: who, what, no text and no figure of the table. */
export async function recordRelease(
  ctx: Ctx,
  room: Room,
  release: Pick<ReleaseRecord, 'id' | 'queryId'>,
  step: {
    what: 'requested' | 'revised' | 'withdrawn' | 'decided' | 'redacted' | 'approved' | 'rejected'
    organisationId: string
    summary: { de: string; en: string }
    details?: { [key: string]: Json }
  },
): Promise<void> {
  await record(ctx, {
    event: `sandbox.release-${step.what}`,
    object: { type: 'release', id: release.id },
    organisationId: step.organisationId,
    summary: step.summary,
    href: hrefOfRelease(release.id),
    details: { workspaceId: room.workspace.id, queryId: release.queryId, ...step.details },
  })
}

/** A stored request as others see it; the table without what has been blanked. */
function toRelease(record: ReleaseRecord, room: Room, query: QueryRecord): Release {
  const answered = query.result && redact(query.result, record.redacted)
  const result = record.package?.result ?? answered
  const { id, workspaceId, queryId, context, state, packageSha256, affected, checks, decisions } = record
  return {
    id,
    workspaceId,
    queryId,
    context,
    state,
    packageSha256,
    affected,
    checks,
    decisions,
    agreementId: room.agreement.id,
    questionId: room.workspace.questionId,
    title: query.title,
    columns: result?.columns ?? [],
    rows: result?.rows ?? [],
    result: result ?? null,
    sql: record.package?.sql ?? query.sql,
    planHash: record.package?.planHash ?? query.planHash ?? '',
    resultSha256: record.package?.resultSha256 ?? query.resultSha256 ?? '',
    policyVersion: record.package?.policyVersion ?? query.presetVersion ?? '',
    requestedAt: record.requestedAt,
    decidedAt: record.decidedAt,
    round: record.round,
    rounds: record.rounds,
    redacted: record.redacted,
    notebook: record.notebook,
  }
}

/** One release. Once approved everybody may read it; before, those who take part; the steward its state without the table. */
export async function getRelease(ctx: Ctx, releaseId: string): Promise<Release> {
  return (await getReleaseView(ctx, releaseId)).release
}

/** One release with its room and what the reader may still do about it. */
export async function getReleaseView(ctx: Ctx, releaseId: string): Promise<ReleaseView> {
  const found = isUuid(releaseId) ? await store.findRelease(ctx.db, releaseId) : undefined
  if (!found) throw general.notFound()
  const room = await loadRoom(ctx, found.workspaceId)
  if (found.state !== 'approved')
    requirePermission(ctx, policy, 'seeStatus', { organisationIds: room.everyone })
  const release = readable(ctx, room, toRelease(found, room, (await findQuery(ctx.db, found.queryId))!))
  const own = found.requestedBy !== null && found.requestedBy === actorId(ctx.actor)
  const words = wordsIn(found.round, found.decisions)
  const mine = found.affected.filter((id) => may(ctx.actor, policy, 'decide', { organisationIds: [id] }))
  const waits = found.state === 'requested' && !own
  return {
    release,
    room,
    own,
    asks: rightsIn(ctx, room).query,
    openFor: waits ? mine.filter((id) => !words.has(id)) : [],
    takenBack: waits ? mine.filter((id) => words.get(id) === 'approve') : [],
  }
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

/** The release as this reader may see it: the table only for those who ask or decide; the attached page never in public. */
function readable(ctx: Ctx, room: Room, release: Release): Release {
  const inside =
    rightsIn(ctx, room).query || may(ctx.actor, policy, 'decide', { organisationIds: release.affected })
  const seen = inside ? release : { ...release, notebook: null, rounds: [] }
  if (release.state === 'approved' || (isOpen(ctx, room) && inside)) return seen
  // A checksum tells a small table to whoever tries figures out.
  const unnamed = { title: '', sql: '', context: '', resultSha256: '', planHash: '' }
  return { ...seen, ...unnamed, columns: [], rows: [], result: null, redacted: [] }
}

type ReleaseFilter = {
  workspaceId?: string
  questionId?: string
  state?: Release['state']
  before?: string
  limit?: number
}

/** Releases, newest first: for everybody the approved ones, for those who take part also the others. */
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
    releases.push(readable(ctx, room, toRelease(row, room, (await findQuery(ctx.db, row.queryId))!)))
  }
  return releases
}

/** Requests that wait for a decision of one of the actor's organisations; the inbox of reviewers. */
export async function listToDecide(ctx: Ctx): Promise<Release[]> {
  requirePermission(ctx, policy, 'read')
  if (ctx.actor.kind === 'person' && !hasRole(ctx.actor, 'reviewer') && !hasRole(ctx.actor, 'holder'))
    return []
  const waiting = await listReleases(ctx, { state: 'requested' })
  return waiting.filter((release) => {
    const words = wordsIn(release.round, release.decisions)
    return release.affected.some(
      (id) => may(ctx.actor, policy, 'decide', { organisationIds: [id] }) && !words.has(id),
    )
  })
}

/** Requests of the actor's rooms that came back with wishes; the inbox of those who ask. */
export async function listToRevise(ctx: Ctx): Promise<Release[]> {
  requirePermission(ctx, policy, 'read')
  if (ctx.actor.kind === 'person' && !hasRole(ctx.actor, 'analyst')) return []
  const mine: Release[] = []
  for (const release of await listReleases(ctx, { state: 'changes' })) {
    if (rightsIn(ctx, await loadRoom(ctx, release.workspaceId)).query) mine.push(release)
  }
  return mine
}
