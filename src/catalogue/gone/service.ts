import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import { insertVersion } from '../entries/store.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { afterRun } from '../runs/queue.ts'
import { findSource } from '../runs/store.ts'
import type { EntryUse, GoneCounts, GoneEntry } from './model.ts'
import { daysBefore, UNDO_DAYS } from './model.ts'
import type { Removal } from './schema.ts'
import { removalInput } from './schema.ts'
import * as store from './store.ts'
import { usesOf } from './uses.ts'

const PAGE = 50
/** Ids asked about or deleted at once; keeps statements and transactions short. */
const BATCH = 500

/** A gone entry with what refers to it. */
export type GoneLine = { readonly entry: GoneEntry; readonly uses: readonly EntryUse[] }

/** A page of entries gone at their source, longest gone first, or of those removed; `after` is an entry's id. */
export async function listGone(
  ctx: Ctx,
  filter: { sourceId?: string | undefined; removed?: boolean; after?: string | undefined } = {},
): Promise<{ lines: GoneLine[]; counts: GoneCounts; next: string | undefined }> {
  requirePermission(ctx, policy, 'settleGone')
  const known = (id: string | undefined) => (id && isUuid(id) ? id : undefined)
  const sourceId = known(filter.sourceId)
  const rows = await store.listGoneRows(ctx.db, {
    removed: filter.removed ?? false,
    sourceId,
    after: known(filter.after),
    limit: PAGE + 1,
  })
  const shown = rows.slice(0, PAGE)
  const ids = shown.map((entry) => entry.id)
  const uses = await usesOf(ctx, ids)
  return {
    lines: shown.map((entry) => ({ entry, uses: uses.get(entry.id) ?? [] })),
    counts: await store.countGone(ctx.db, sourceId),
    next: rows.length > PAGE ? shown.at(-1)?.id : undefined,
  }
}

/** How many gone entries wait for a decision, pinned ones left out. */
export async function countWaiting(ctx: Ctx): Promise<number> {
  requirePermission(ctx, policy, 'settleGone')
  const { gone, kept } = await store.countGone(ctx.db, undefined)
  return gone - kept
}

/** What a removal would take, and how many of that are in use and stay as a name with what refers to it. */
export async function foresee(ctx: Ctx, input: Removal): Promise<{ total: number; inUse: number }> {
  requirePermission(ctx, policy, 'settleGone')
  const ids = await store.listMeant(ctx.db, scopeOf(ctx, input))
  let inUse = 0
  for (const batch of batchesOf(ids)) inUse += (await usesOf(ctx, batch)).size
  return { total: ids.length, inUse }
}

function scopeOf(ctx: Ctx, input: Removal): store.Scope {
  const wanted = removalInput.parse(input)
  if ('ids' in wanted) return wanted
  return { goneBefore: daysBefore(ctx.now, wanted.days), sourceId: wanted.source }
}

function batchesOf(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / BATCH)
  return Array.from({ length: count }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH))
}

/**
 * Removes gone entries: their addresses answer 410 from now on. Pinned ones stay. It can be taken back for thirty days;
 * what is in use is never deleted. Answers with how many were removed.
 */
export async function removeGone(ctx: Ctx, input: Removal): Promise<number> {
  requirePermission(ctx, policy, 'settleGone')
  return transact(ctx, async (ctx) =>
    noteEach(ctx, await store.markRemoved(ctx.db, scopeOf(ctx, input), ctx.now), 'entries-removed', removed),
  )
}

const removed: Localised = {
  de: 'Einträge, die es an ihrer Quelle nicht mehr gibt, wurden aus dem Katalog entfernt.',
  en: 'Entries that are gone at their source were removed from the catalogue.',
}

async function noteEach(
  ctx: Ctx,
  counts: ReadonlyMap<string, number>,
  event: string,
  summary: Localised,
): Promise<number> {
  for (const [id, entries] of counts) {
    const source = await findSource(ctx.db, id)
    await record(ctx, {
      event: `catalogue.${event}`,
      object: { type: 'source', id },
      ...(source ? { organisationId: source.organisationId } : {}),
      summary,
      href: source ? `/catalogue?source=${encodeURIComponent(source.name)}` : '/catalogue',
      details: { entries },
    })
  }
  return [...counts.values()].reduce((sum, n) => sum + n, 0)
}

/** Brings a removed entry back among the gone ones. Refuses what is deleted for good or was not removed. */
export async function restoreGone(ctx: Ctx, id: string): Promise<GoneEntry> {
  requirePermission(ctx, policy, 'settleGone')
  return transact(ctx, async (ctx) => {
    const entry = await lock(ctx, id, true)
    await store.updateGone(ctx.db, id, { kept_at: null, removed_at: null })
    await noteOne(ctx, entry, 'entry-restored', restored)
    return { ...entry, keptAt: null, removedAt: null }
  })
}

/** Pins a gone entry, so that neither a rule nor a removal of many takes it; or lets it go again. */
export async function keepGone(ctx: Ctx, input: { id: string; keep: boolean }): Promise<GoneEntry> {
  requirePermission(ctx, policy, 'settleGone')
  return transact(ctx, async (ctx) => {
    const entry = await lock(ctx, input.id, false)
    const keptAt = input.keep ? ctx.now : null
    await store.updateGone(ctx.db, input.id, { kept_at: keptAt, removed_at: null })
    await noteOne(ctx, entry, input.keep ? 'entry-kept' : 'entry-let-go', input.keep ? kept : letGo)
    return { ...entry, keptAt }
  })
}

/** Makes a gone entry its house's own: it stands again and is edited here; its source is asked no more. */
export async function adoptGone(ctx: Ctx, id: string): Promise<GoneEntry> {
  requirePermission(ctx, policy, 'settleGone')
  return transact(ctx, async (ctx) => {
    const entry = await lock(ctx, id, false)
    const version = await store.cutOff(ctx.db, id, ctx.now)
    await insertVersion(ctx.db, {
      id: newId(ctx.now.getTime()),
      entry_id: id,
      version,
      at: ctx.now,
      organisation_id: entry.organisationId,
      way: 'adopted',
      changes: [],
    })
    await noteOne(ctx, entry, 'entry-adopted', adopted)
    // It may be described by other sources, too.
    await ctx.enqueue(afterRun, {}, { key: 'after-run' })
    return entry
  })
}

const restored: Localised = {
  de: 'Ein entfernter Eintrag wurde zurückgeholt.',
  en: 'A removed entry was brought back.',
}
const kept: Localised = {
  de: 'Ein Eintrag wird behalten, obwohl seine Quelle ihn nicht mehr führt.',
  en: 'An entry is kept although its source no longer lists it.',
}
const letGo: Localised = {
  de: 'Ein Eintrag, den seine Quelle nicht mehr führt, darf wieder entfernt werden.',
  en: 'An entry that its source no longer lists may be removed again.',
}
const adopted: Localised = {
  de: 'Ein Eintrag, den seine Quelle nicht mehr führt, wird nun hier gepflegt.',
  en: 'An entry that its source no longer lists is now kept here.',
}

async function lock(ctx: Ctx, id: string, wantRemoved: boolean): Promise<GoneEntry> {
  const entry = isUuid(id) ? await store.findGone(ctx.db, id) : undefined
  if (!entry || (entry.removedAt !== null) !== wantRemoved) throw problems.notGone()
  return entry
}

async function noteOne(ctx: Ctx, entry: GoneEntry, event: string, summary: Localised): Promise<void> {
  await record(ctx, {
    event: `catalogue.${event}`,
    object: { type: 'dataset', id: entry.id },
    organisationId: entry.organisationId,
    summary,
    href: `/catalogue/datasets/${entry.id}`,
  })
}

/** Removes what the rules of the sources say. Only for the job. */
export async function followRules(ctx: Ctx): Promise<number> {
  return transact(ctx, async (ctx) =>
    noteEach(ctx, await store.markByRules(ctx.db, ctx.now), 'entries-removed', removed),
  )
}

/** Deletes what was removed thirty days ago and is used nowhere; what is in use stays. Only for the job. */
export async function buryRemoved(ctx: Ctx): Promise<number> {
  const before = daysBefore(ctx.now, UNDO_DAYS)
  let deleted = 0
  for (let after: string | undefined; ;) {
    const ids = await store.listRemovedBefore(ctx.db, { before, after, limit: BATCH })
    if (ids.length === 0) return deleted
    after = ids.at(-1)
    deleted += await transact(ctx, async (ctx) => {
      const uses = await usesOf(ctx, ids)
      const free = ids.filter((id) => !uses.has(id))
      return noteEach(ctx, await store.bury(ctx.db, free), 'entries-deleted', deletedForGood)
    })
  }
}

const deletedForGood: Localised = {
  de: 'Vor dreißig Tagen entfernte Einträge wurden endgültig gelöscht; nur Titel und Kennung bleiben.',
  en: 'Entries removed thirty days ago were deleted for good; only title and identifier stay.',
}
