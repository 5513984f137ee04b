import type { Json } from '../platform/canonical.ts'
import type { Actor, Ctx } from '../platform/context.ts'
import { transact } from '../platform/context.ts'
import type { Localised } from '../platform/i18n.ts'
import { newId } from '../platform/ids.ts'
import { requirePermission } from '../platform/permission.ts'
import { general } from '../platform/problem.ts'
import type { ActorRole, Entry, Fault } from './model.ts'
import { createChainCheck, dayOf, hashEntry, merkleRoot } from './model.ts'
import { policy } from './policy.ts'
import type { ClosedDay, EntryFilter } from './store.ts'
import * as store from './store.ts'

/** What a use case puts on record. Public for ever: no personal data, no values of cells, no texts typed by people. */
export type Happening = {
  /** `<room>.<past-tense>`, e.g. `cooperation.agreement-signed`. */
  readonly event: string
  readonly object: { readonly type: string; readonly id: string }
  readonly organisationId?: string | undefined
  /** One plain sentence for the public page, in both languages. */
  readonly summary: Localised
  /** Where the object can be read, a path without language. */
  readonly href?: string | undefined
  readonly details?: { readonly [key: string]: Json | undefined }
}

/**
 * Appends a line to the register, in the caller's transaction. Times never run backwards: a line dated before the last
 * one gets the last one's time, so that a closed day never changes.
 */
export async function record(ctx: Ctx, happening: Happening): Promise<Entry> {
  return transact(ctx, async (ctx) => {
    const head = await store.lockHead(ctx.db)
    const at = head.at && head.at > ctx.now ? head.at : ctx.now
    const covered: Omit<Entry, 'hash'> = {
      seq: head.seq + 1,
      id: newId(at.getTime()),
      at: at.toISOString(),
      event: happening.event,
      objectType: happening.object.type,
      objectId: happening.object.id,
      organisationId: happening.organisationId ?? null,
      actorRole: roleOf(ctx.actor, happening.organisationId),
      details: {
        ...happening.details,
        summary: happening.summary,
        ...(happening.href ? { href: happening.href } : {}),
      },
      previousHash: head.hash,
    }
    const entry = { ...covered, hash: hashEntry(covered) }
    await store.appendEntry(ctx.db, entry)
    return entry
  })
}

function roleOf(actor: Actor, organisationId: string | undefined): ActorRole {
  if (actor.kind === 'anonymous') return 'public'
  if (actor.kind === 'system') return 'hub'
  const concerned = actor.memberships.find((m) => m.organisationId === organisationId)
  return (concerned ?? actor.memberships[0])?.role ?? 'citizen'
}

/** A page of the register, newest first. `next` is the cursor of the following page. */
export type EntryPage = {
  readonly entries: readonly Entry[]
  readonly total: number
  readonly next: number | undefined
}

/** Lists entries for everybody; `cursor` comes from the page before. */
export async function listEntries(
  ctx: Ctx,
  filter: EntryFilter,
  cursor?: number,
  limit = 25,
): Promise<EntryPage> {
  requirePermission(ctx, policy, 'read')
  const found = await store.selectEntries(ctx.db, filter, { cursor, limit: limit + 1 })
  const entries = found.slice(0, limit)
  return {
    entries,
    total: await store.countEntries(ctx.db, filter),
    next: found.length > limit ? entries.at(-1)!.seq : undefined,
  }
}

/** One entry. Refuses with not-found. */
export async function getEntry(ctx: Ctx, seq: number): Promise<Entry> {
  requirePermission(ctx, policy, 'read')
  const entry = Number.isSafeInteger(seq) ? await store.selectEntry(ctx.db, seq) : undefined
  if (!entry) throw general.notFound()
  return entry
}

/** The organisations that occur in the register, for the filter. */
export async function listOrganisationIds(ctx: Ctx): Promise<readonly string[]> {
  requirePermission(ctx, policy, 'read')
  return store.selectOrganisationIds(ctx.db)
}

/** Closed days with their Merkle roots, newest first. */
export async function listDays(ctx: Ctx, before?: string): Promise<readonly ClosedDay[]> {
  requirePermission(ctx, policy, 'read')
  return store.selectDays(ctx.db, 100, before)
}

/** Walks all entries that fit, oldest first, in batches, from the one after `after` on. */
export async function* exportEntries(ctx: Ctx, filter: EntryFilter, after = 0): AsyncGenerator<Entry> {
  requirePermission(ctx, policy, 'read')
  for (let last = after; ;) {
    const batch = await store.selectForward(ctx.db, filter, last, 500)
    yield* batch
    if (batch.length < 500) return
    last = batch.at(-1)!.seq
  }
}

/** Closes the days that have ended since the last one closed: one Merkle root each. Idempotent. Returns how many. */
export async function closeDays(ctx: Ctx): Promise<number> {
  requirePermission(ctx, policy, 'close')
  const [last] = await store.selectDays(ctx.db, 1)
  const today = dayOf(ctx.now.toISOString())
  let closed = 0
  // Times in the register never run backwards, so all that follows the last closed day belongs to later ones.
  for await (const day of daysOf(exportEntries(ctx, {}, last?.lastSeq))) {
    if (day.day >= today) break
    await store.insertDay(ctx, day)
    closed++
  }
  return closed
}

async function* daysOf(entries: AsyncIterable<Entry>): AsyncGenerator<ClosedDay> {
  let hashes: string[] = []
  let first: Entry | undefined
  let last: Entry | undefined
  const close = (from: Entry, to: Entry): ClosedDay => ({
    day: dayOf(from.at),
    entries: hashes.length,
    firstSeq: from.seq,
    lastSeq: to.seq,
    root: merkleRoot(hashes),
  })
  for await (const entry of entries) {
    if (first && last && dayOf(entry.at) !== dayOf(first.at)) {
      yield close(first, last)
      hashes = []
      first = undefined
    }
    first ??= entry
    last = entry
    hashes.push(entry.hash)
  }
  if (first && last) yield close(first, last)
}

/** What a check of the whole register found; sound when `faults` is empty. */
export type Verification = {
  readonly entries: number
  readonly days: number
  readonly head: string
  readonly faults: readonly Fault[]
}

/** Checks every entry, every link, the end of the chain and every closed day. Detects any change, removal or reordering. */
export async function verifyRegister(ctx: Ctx): Promise<Verification> {
  requirePermission(ctx, policy, 'verify')
  // Lines may be written meanwhile: the walk must pass the end read before it, and must not pass the one read after it.
  const check = createChainCheck(await store.readHead(ctx.db))
  const faults: Fault[] = []
  const checked = async function* () {
    for await (const entry of exportEntries(ctx, {})) {
      faults.push(...check.take(entry))
      yield entry
    }
  }
  const closed = await store.selectDays(ctx.db, 100_000)
  const differing = await compareDays(checked(), closed)
  const head = await store.readHead(ctx.db)
  faults.push(...check.end(head), ...differing)
  return { entries: check.count(), days: closed.length, head: head.hash, faults }
}

async function compareDays(entries: AsyncIterable<Entry>, closed: readonly ClosedDay[]): Promise<Fault[]> {
  const open = new Map(closed.map((day) => [day.day, day]))
  const faults: Fault[] = []
  for await (const now of daysOf(entries)) {
    const then = open.get(now.day)
    open.delete(now.day)
    if (then && (then.root !== now.root || then.entries !== now.entries)) {
      faults.push({
        seq: then.firstSeq,
        kind: 'day-root-differs',
        note: `${then.day} had ${then.entries} entries`,
      })
    }
  }
  for (const gone of open.values())
    faults.push({ seq: gone.firstSeq, kind: 'day-root-differs', note: `${gone.day} has no entries any more` })
  return faults
}

/** How many entries the whole register has. */
export async function readLength(ctx: Ctx): Promise<number> {
  requirePermission(ctx, policy, 'read')
  return (await store.readHead(ctx.db)).seq
}

/** How often each of the given events is on record; for figures on public pages. */
export async function countEvents(ctx: Ctx, events: readonly string[]): Promise<ReadonlyMap<string, number>> {
  requirePermission(ctx, policy, 'read')
  return store.countByEvent(ctx.db, events)
}
