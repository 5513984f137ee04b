import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import type { Entry } from '../entries/model.ts'
import { findEntries } from '../entries/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { EntryKey } from './keys.ts'
import { keysOf } from './keys.ts'
import type { Cluster, Shared } from './model.ts'
import { chooseWinner, joinClusters } from './model.ts'
import * as store from './store.ts'

const STEP = 2000
/** A mark that more entries share says nothing about any two of them. */
const MOST = 20
const MAX_CLUSTERS = 100_000

/** Looks through all marks for entries of different sources that describe the same data; the loser leaves the lists. Only for the job. */
export async function clusterDuplicates(ctx: Ctx): Promise<{ clusters: number }> {
  await refreshOwnKeys(ctx)
  const kept = await store.listClusters(ctx.db, {
    states: ['open', 'confirmed', 'split'],
    limit: MAX_CLUSTERS,
  })
  const split = kept.filter((each) => each.state === 'split')
  const apart = (a: string, b: string) =>
    split.some((each) => each.members.includes(a) && each.members.includes(b))
  const found = joinClusters(await findShared(ctx), apart)
  const standing = new Map(
    kept.filter((each) => each.state !== 'split').map((each) => [each.members.join(), each]),
  )
  const decided = kept.filter((each) => each.state === 'confirmed')
  for (const cluster of found) {
    const known = standing.get(cluster.members.join())
    standing.delete(cluster.members.join())
    await settle(ctx, cluster, known ?? decided.find((each) => isPartOf(each, cluster)), known !== undefined)
  }
  for (const over of standing.values()) await end(ctx, over, found)
  return { clusters: found.length }
}

async function refreshOwnKeys(ctx: Ctx): Promise<void> {
  for (let after: string | null = null; ;) {
    const own: Awaited<ReturnType<typeof store.walkOwn>> = await store.walkOwn(ctx.db, after)
    if (own.length === 0) return
    await transact(ctx, (ctx) =>
      store.replaceKeys(
        ctx.db,
        own.map(({ id, record }) => ({ id, keys: keysOf(record) })),
      ),
    )
    after = own.at(-1)!.id
  }
}

// Only marks that lead to one entry per source: where a source lists several with the same mark, it means something else.
async function findShared(ctx: Ctx): Promise<Shared[]> {
  const shared: Shared[] = []
  for (let after: EntryKey | null = null; ;) {
    const end: EntryKey | null = await store.stepOf(ctx.db, after, STEP)
    if (!end) return shared
    const rows = await store.walkKeys(ctx.db, after, STEP)
    for (const group of Map.groupBy(rows, (row) => `${row.kind} ${row.key}`).values()) {
      const sources = new Set(group.map((row) => row.sourceId))
      const [{ kind, key }] = group as [store.KeyRow]
      if (group.length > 1 && group.length <= MOST && sources.size === group.length)
        shared.push({ kind, key, ids: group.map((row) => row.entryId) })
    }
    after = end
    await new Promise((resume) => setImmediate(resume))
  }
}

// What a steward decided holds on when another entry joins.
function isPartOf(decided: store.ClusterRow, cluster: Cluster): boolean {
  return decided.members.every((id) => cluster.members.includes(id))
}

async function settle(
  ctx: Ctx,
  cluster: Cluster,
  decided: store.ClusterRow | undefined,
  isSame: boolean,
): Promise<void> {
  const members = await store.listMembers(ctx.db, cluster.members)
  const known = isSame ? decided : undefined
  const chosen =
    decided?.state === 'confirmed'
      ? { winner: decided.winner, decidedBy: decided.decidedBy }
      : chooseWinner([...members.values()])
  const same = known?.winner === chosen.winner && known.decidedBy === chosen.decidedBy
  await transact(ctx, async (ctx) => {
    if (!same)
      await store.saveCluster(ctx.db, {
        id: known?.id ?? newId(),
        ...cluster,
        ...chosen,
        state: known?.state ?? 'open',
        at: ctx.now,
        decidedAt: null,
      })
    await store.hideLosers(ctx.db, { winner: chosen.winner, members: cluster.members }, ctx.now)
  })
}

// What no longer belongs together comes back, unless it stands in another cluster now.
async function end(ctx: Ctx, over: store.ClusterRow, found: readonly Cluster[]): Promise<void> {
  const taken = new Set(found.flatMap((each) => each.members))
  await transact(ctx, async (ctx) => {
    await store.saveCluster(ctx.db, { ...over, state: 'over', at: over.createdAt, decidedAt: ctx.now })
    await store.showAgain(
      ctx.db,
      over.members.filter((id) => !taken.has(id)),
      ctx.now,
    )
  })
}

/** A cluster with its entries as the reader may see them. */
export type ShownCluster = store.ClusterRow & { readonly entries: readonly Entry[] }

const PAGE = 20

/** Clusters for the steward, 20 at a time. */
export async function listDuplicates(
  ctx: Ctx,
  filter: { state: store.ClusterState; before?: string | undefined },
): Promise<{
  clusters: ShownCluster[]
  next: string | undefined
  counts: Readonly<Record<store.ClusterState, number>>
}> {
  requirePermission(ctx, policy, 'decideDuplicates')
  const before = filter.before && isUuid(filter.before) ? filter.before : undefined
  const rows = await store.listClusters(ctx.db, { states: [filter.state], before, limit: PAGE + 1 })
  const shown = rows.slice(0, PAGE)
  const entries = await findEntries(
    ctx,
    shown.flatMap((each) => each.members),
  )
  return {
    clusters: shown.map((each) => withEntries(each, entries)),
    next: rows.length > PAGE ? shown.at(-1)!.id : undefined,
    counts: await store.countClusters(ctx.db),
  }
}

function withEntries(cluster: store.ClusterRow, entries: readonly Entry[]): ShownCluster {
  return { ...cluster, entries: entries.filter((entry) => cluster.members.includes(entry.id)) }
}

/** One cluster for the steward. */
export async function getDuplicate(ctx: Ctx, id: string): Promise<ShownCluster> {
  requirePermission(ctx, policy, 'decideDuplicates')
  const cluster = isUuid(id) ? await store.findCluster(ctx.db, id) : undefined
  if (!cluster) throw problems.notFound()
  return withEntries(cluster, await findEntries(ctx, cluster.members))
}

/** The steward's decision: these are the same, and this one is shown; or they are not. */
export async function decideDuplicate(
  ctx: Ctx,
  input: { clusterId: string; decision: 'confirm' | 'split'; winner?: string | undefined },
): Promise<ShownCluster> {
  requirePermission(ctx, policy, 'decideDuplicates')
  return transact(ctx, async (ctx) => {
    const cluster = await getDuplicate(ctx, input.clusterId)
    if (cluster.state === 'over') throw problems.notFound()
    const same = input.decision === 'confirm'
    const winner = cluster.members.find((id) => id === input.winner) ?? cluster.winner
    const decidedBy = winner === cluster.winner ? cluster.decidedBy : 'steward'
    const state = same ? 'confirmed' : 'split'
    await store.saveCluster(ctx.db, { ...cluster, winner, decidedBy, state, at: ctx.now, decidedAt: ctx.now })
    if (same) await store.hideLosers(ctx.db, { winner, members: cluster.members }, ctx.now)
    else await store.showAgain(ctx.db, cluster.members, ctx.now)
    await record(ctx, {
      event: `catalogue.duplicates-${same ? 'confirmed' : 'split'}`,
      object: { type: 'dataset', id: winner },
      summary: sentences[input.decision],
      href: `/catalogue/datasets/${winner}`,
      details: { entries: cluster.members.length },
    })
    return getDuplicate(ctx, cluster.id)
  })
}

const sentences: Readonly<Record<'confirm' | 'split', Localised>> = {
  confirm: {
    de: 'Mehrere Einträge beschreiben dieselben Daten; nur einer steht noch in den Listen.',
    en: 'Several entries describe the same data; only one is still listed.',
  },
  split: {
    de: 'Einträge galten zu Unrecht als dieselben Daten und stehen wieder in den Listen.',
    en: 'Entries were wrongly taken for the same data and are listed again.',
  },
}

/** The cluster an entry stands in with the other entries the reader may see; undefined for an entry without doubles. */
export async function duplicatesOf(ctx: Ctx, entryId: string): Promise<ShownCluster | undefined> {
  requirePermission(ctx, policy, 'read')
  const cluster = isUuid(entryId) ? await store.findClusterOf(ctx.db, entryId) : undefined
  return cluster && withEntries(cluster, await findEntries(ctx, cluster.members))
}
