import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { general } from '../../platform/problem.ts'
import type { Room } from '../access/service.ts'
import { loadRoom, requireAnalyst } from '../access/service.ts'
import { affectedBy, auditOf, forgetUnitSets, keepUnitSets, releaseTurn } from '../audit/service.ts'
import { applyRules } from '../deciding/service.ts'
import type { Check, ReleaseId } from '../model.ts'
import { notebookForRelease } from '../notebooks/service.ts'
import { mailReviewers, nameDeciders } from '../notices/service.ts'
import { problems } from '../problems.ts'
import type { QueryRecord } from '../queries/model.ts'
import { getQuery } from '../queries/service.ts'
import { findQuery } from '../queries/store.ts'
import { failedChecks } from '../releases/messages.ts'
import type { Release, ReleaseRecord } from '../releases/model.ts'
import { getRelease, hrefOfRelease, nameIn, recordRelease } from '../releases/service.ts'
import * as store from '../releases/store.ts'
import type { RequestRelease, ReviseRelease } from '../releases/schema.ts'
import { requestReleaseSchema, reviseReleaseSchema } from '../releases/schema.ts'
import { oneAtATime } from '../turns/service.ts'

/** What the automatic checks say of an answer, before anything is requested. */
export async function precheck(ctx: Ctx, queryId: string, context: string): Promise<Check[]> {
  const { query, room } = await getQuery(ctx, queryId)
  return auditOf(ctx, room, query, { context })
}

/**
 * Asks the holders to let an answer leave the room. Refuses what the automatic checks do not let pass, and a second request
 * for the same answer; after a rejection it may be requested again. Standing rules speak at once. Asks the vault for the
 * exact unit sets: not inside a transaction.
 */
export async function requestRelease(ctx: Ctx, input: RequestRelease): Promise<Release> {
  const { queryId, context, notebookId } = requestReleaseSchema.parse(input)
  const query = isUuid(queryId) ? await findQuery(ctx.db, queryId) : undefined
  if (!query) throw general.notFound()
  const room = await loadRoom(ctx, query.workspaceId)
  const organisationId = await requireAnalyst(ctx, room, 'release')
  if (query.state !== 'answered') throw problems.notAnswered({ workspaceId: room.workspace.id })
  const notebook = notebookId ? await notebookForRelease(ctx, room, notebookId) : null
  const id = newId<ReleaseId>(ctx.now.getTime())
  const unitSets = await keepUnitSets(ctx, room, query, id)
  const affected = await affectedBy(ctx, query)
  const turn = { keys: [releaseTurn], workspaceId: room.workspace.id }
  try {
    await oneAtATime(ctx, turn, async () => {
      const checks = await passingChecks(ctx, room, query, { context, unitSets })
      const asked = { workspaceId: room.workspace.id, requestedBy: actorId(ctx.actor) ?? null }
      const given = { id, queryId, organisationId, context, checks, notebook, unitSets, affected }
      const release: ReleaseRecord = { ...blank, ...asked, ...given, requestedAt: ctx.now }
      await transact(ctx, (ctx) => keepRequest(ctx, room, query, release))
    })
  } catch (error) {
    await forgetUnitSets(ctx, room.workspace.id, unitSets)
    throw error
  }
  return getRelease(ctx, id)
}

const blank = {
  state: 'requested',
  decidedAt: null,
  package: null,
  packageSha256: null,
  decisions: [],
  round: 1,
  rounds: [],
  redacted: [],
} satisfies Partial<ReleaseRecord>

async function passingChecks(
  ctx: Ctx,
  room: Room,
  query: QueryRecord,
  given: { context: string; unitSets: readonly string[] },
): Promise<Check[]> {
  const checks = await auditOf(ctx, room, query, given)
  const failed = checks.filter((check) => check.outcome === 'failed')
  if (failed.length) throw problems.checksFailed({ queryId: query.id, failed: failedChecks(failed) })
  return checks
}

async function keepRequest(ctx: Ctx, room: Room, query: QueryRecord, release: ReleaseRecord): Promise<void> {
  if (!(await store.insertRelease(ctx.db, release, query.cellKeys))) {
    throw problems.alreadyRequested({ workspaceId: room.workspace.id })
  }
  const { title } = room.workspace
  await recordRelease(ctx, room, release, {
    what: 'requested',
    organisationId: release.organisationId,
    summary: {
      de: `Für eine geschützte Tabelle aus dem Arbeitsraum „${title}“ wurde die Freigabe beantragt.`,
      en: `The release of a protected table from the workspace “${title}” was requested.`,
    },
  })
  await applyRules(ctx, room, release, query.result?.shown ?? 0)
  await tellDeciders(ctx, room, release.id)
}

/** Mails the holders who still have to look, and names them on the question's page. */
async function tellDeciders(ctx: Ctx, room: Room, releaseId: string): Promise<void> {
  const release = (await store.findRelease(ctx.db, releaseId))!
  if (release.state !== 'requested') return
  const said = release.decisions.filter((d) => d.round === release.round).map((d) => d.organisationId)
  const open = release.affected.filter((id) => !said.includes(id))
  const about = { workspace: room.workspace, href: hrefOfRelease(release.id) }
  const words = { context: release.context }
  await mailReviewers(ctx, { ...about, words, organisationIds: open, text: 'requested' })
  const names = open.map((id) => nameIn(room, id))
  await nameDeciders(ctx, room.workspace, { de: names.join(' und '), en: names.join(' and ') }, about.href)
}

/**
 * Sends a request again that came back with wishes: other words, other attached page, checked anew. Every holder decides
 * about the new round; what was blanked stays blanked. Refuses unless it came back.
 */
export async function reviseRelease(ctx: Ctx, input: ReviseRelease): Promise<Release> {
  const { releaseId, context, notebookId } = reviseReleaseSchema.parse(input)
  const { release: known, room } = await loadOwn(ctx, releaseId)
  if (known.state !== 'changes') throw problems.alreadyDecided({ releaseId })
  const query = (await findQuery(ctx.db, known.queryId))!
  const notebook = notebookId ? await notebookForRelease(ctx, room, notebookId) : known.notebook
  // A standing rule may let it out at once: compared and entered while nothing else leaves.
  await oneAtATime(ctx, { keys: [releaseTurn], workspaceId: room.workspace.id }, async () => {
    const checks = await passingChecks(ctx, room, query, { context, unitSets: known.unitSets })
    await transact(ctx, (ctx) => keepRevision(ctx, room, query, { releaseId, context, checks, notebook }))
  })
  return getRelease(ctx, releaseId)
}

type Revision = Pick<ReleaseRecord, 'context' | 'checks' | 'notebook'> & { readonly releaseId: string }

async function keepRevision(ctx: Ctx, room: Room, query: QueryRecord, revision: Revision): Promise<void> {
  const { releaseId, ...said } = revision
  const release = await store.findRelease(ctx.db, releaseId, true)
  if (release?.state !== 'changes') throw problems.alreadyDecided({ releaseId })
  const past = { round: release.round, context: release.context, until: ctx.now.toISOString() }
  const next = { round: release.round + 1, rounds: [...release.rounds, past], ...said }
  await store.moveRound(ctx.db, release.id, { state: 'requested', ...next })
  await recordRelease(ctx, room, release, {
    what: 'revised',
    organisationId: release.organisationId,
    summary: {
      de: `Ein Antrag auf Freigabe aus dem Arbeitsraum „${room.workspace.title}“ wurde geändert.`,
      en: `A request for a release from the workspace “${room.workspace.title}” was changed.`,
    },
    details: { round: next.round },
  })
  await applyRules(ctx, room, { ...release, ...next, state: 'requested' }, query.result?.shown ?? 0)
  await tellDeciders(ctx, room, release.id)
}

/** Takes a request back before it is decided; nothing leaves. Anybody who analyses in the room may. */
export async function withdrawRelease(ctx: Ctx, releaseId: string): Promise<Release> {
  const { release: known, room } = await loadOwn(ctx, releaseId)
  await transact(ctx, async (ctx) => {
    const release = await store.findRelease(ctx.db, releaseId, true)
    if (release?.state !== 'requested' && release?.state !== 'changes')
      throw problems.alreadyDecided({ releaseId })
    await store.settleRelease(ctx.db, release.id, { state: 'withdrawn', at: ctx.now })
    await recordRelease(ctx, room, release, {
      what: 'withdrawn',
      organisationId: release.organisationId,
      summary: {
        de: `Ein Antrag auf Freigabe aus dem Arbeitsraum „${room.workspace.title}“ wurde zurückgenommen.`,
        en: `A request for a release from the workspace “${room.workspace.title}” was withdrawn.`,
      },
    })
  })
  await forgetUnitSets(ctx, known.workspaceId, known.unitSets)
  return getRelease(ctx, releaseId)
}

async function loadOwn(ctx: Ctx, releaseId: string): Promise<{ release: ReleaseRecord; room: Room }> {
  const release = isUuid(releaseId) ? await store.findRelease(ctx.db, releaseId) : undefined
  if (!release) throw general.notFound()
  const room = await loadRoom(ctx, release.workspaceId)
  await requireAnalyst(ctx, room, 'release')
  return { release, room }
}
