import { sql } from 'kysely'
import type { Ctx } from '../platform/context.ts'
import type { Db } from '../platform/db.ts'
import type { ActorRole, Entry } from './model.ts'

type EntryTable = {
  seq: string
  id: string
  at: Date
  event: string
  object_type: string
  object_id: string
  organisation_id: string | null
  actor_role: ActorRole
  details: Entry['details']
  previous_hash: string
  hash: string
}

declare module '../platform/db.ts' {
  interface Tables {
    transparency_entry: EntryTable
    transparency_head: { only_row: boolean; seq: string; hash: string; at: Date | null }
    transparency_day: {
      day: string
      entries: number
      first_seq: string
      last_seq: string
      root: string
      closed_at: Date
    }
  }
}

/** What to look for in the register; all conditions must hold. Days are UTC, both included. */
export type EntryFilter = {
  readonly room?: string | undefined
  readonly organisationId?: string | undefined
  readonly objectType?: string | undefined
  readonly objectId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Words in the summary or the object's id. */
  readonly q?: string | undefined
}

function toEntry(row: EntryTable): Entry {
  return {
    seq: Number(row.seq),
    id: row.id,
    at: row.at.toISOString(),
    event: row.event,
    objectType: row.object_type,
    objectId: row.object_id,
    organisationId: row.organisation_id,
    actorRole: row.actor_role,
    details: row.details,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}

/** Locks and reads the end of the chain until the transaction ends. */
export async function lockHead(db: Db): Promise<{ seq: number; hash: string; at: Date | undefined }> {
  const { rows } = await sql<{ seq: string; hash: string; at: Date | null }>`
    select seq, hash, nullif(at, '-infinity') as at from transparency_head for update`.execute(db)
  const head = rows[0]!
  return { seq: Number(head.seq), hash: head.hash, at: head.at ?? undefined }
}

/** The end of the chain as it stands. */
export async function readHead(db: Db): Promise<{ seq: number; hash: string }> {
  const head = await db.selectFrom('transparency_head').select(['seq', 'hash']).executeTakeFirstOrThrow()
  return { seq: Number(head.seq), hash: head.hash }
}

/** Appends an entry and moves the head. */
export async function appendEntry(db: Db, entry: Entry): Promise<void> {
  await db
    .insertInto('transparency_entry')
    .values({
      seq: String(entry.seq),
      id: entry.id,
      at: new Date(entry.at),
      event: entry.event,
      object_type: entry.objectType,
      object_id: entry.objectId,
      organisation_id: entry.organisationId,
      actor_role: entry.actorRole,
      details: entry.details,
      previous_hash: entry.previousHash,
      hash: entry.hash,
    })
    .execute()
  await db
    .updateTable('transparency_head')
    .set({ seq: String(entry.seq), hash: entry.hash, at: new Date(entry.at) })
    .execute()
}

function filtered(db: Db, filter: EntryFilter) {
  let query = db.selectFrom('transparency_entry')
  if (filter.room) query = query.where('event', 'like', `${filter.room}.%`)
  if (filter.organisationId) query = query.where('organisation_id', '=', filter.organisationId)
  if (filter.objectType) query = query.where('object_type', '=', filter.objectType)
  if (filter.objectId) query = query.where('object_id', '=', filter.objectId)
  if (filter.from) query = query.where('at', '>=', new Date(`${filter.from}T00:00:00Z`))
  if (filter.to) query = query.where(sql<boolean>`at < ${filter.to}::date + 1`)
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(
      sql<boolean>`(details->'summary'->>'de' ilike ${like} or details->'summary'->>'en' ilike ${like} or object_id ilike ${like})`,
    )
  }
  return query
}

/** Newest first, before `cursor` (a seq), at most `limit`. */
export async function selectEntries(
  db: Db,
  filter: EntryFilter,
  page: { cursor?: number | undefined; limit: number },
): Promise<Entry[]> {
  let query = filtered(db, filter).selectAll().orderBy('seq', 'desc').limit(page.limit)
  if (page.cursor !== undefined) query = query.where('seq', '<', String(page.cursor))
  return (await query.execute()).map(toEntry)
}

/** Oldest first after a seq, for walking the whole register in batches. */
export async function selectForward(
  db: Db,
  filter: EntryFilter,
  after: number,
  limit: number,
): Promise<Entry[]> {
  const rows = await filtered(db, filter)
    .selectAll()
    .where('seq', '>', String(after))
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(toEntry)
}

/** How many entries a filter finds. */
export async function countEntries(db: Db, filter: EntryFilter): Promise<number> {
  const row = await filtered(db, filter)
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** The organisations that occur in the register. */
export async function selectOrganisationIds(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('transparency_entry')
    .select('organisation_id')
    .distinct()
    .where('organisation_id', 'is not', null)
    .execute()
  return rows.map((row) => row.organisation_id!)
}

/** One entry by its number. */
export async function selectEntry(db: Db, seq: number): Promise<Entry | undefined> {
  const row = await db
    .selectFrom('transparency_entry')
    .selectAll()
    .where('seq', '=', String(seq))
    .executeTakeFirst()
  return row && toEntry(row)
}

/** A closed day: how many entries, which, and the root over them. */
export type ClosedDay = {
  readonly day: string
  readonly entries: number
  readonly firstSeq: number
  readonly lastSeq: number
  readonly root: string
}

/** Closed days, newest first. */
export async function selectDays(db: Db, limit: number, before?: string): Promise<ClosedDay[]> {
  let query = db.selectFrom('transparency_day').selectAll().orderBy('day', 'desc').limit(limit)
  if (before) query = query.where('day', '<', before)
  return (await query.execute()).map((row) => ({
    day: row.day,
    entries: row.entries,
    firstSeq: Number(row.first_seq),
    lastSeq: Number(row.last_seq),
    root: row.root,
  }))
}

/** Stores the root of a day; a day once closed stays as it is. */
export async function insertDay(ctx: Ctx, day: ClosedDay): Promise<void> {
  await ctx.db
    .insertInto('transparency_day')
    .values({
      day: day.day,
      entries: day.entries,
      first_seq: String(day.firstSeq),
      last_seq: String(day.lastSeq),
      root: day.root,
      closed_at: ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** How often each of these events is on record. */
export async function countByEvent(db: Db, events: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('transparency_entry')
    .select(['event', (e) => e.fn.countAll<string>().as('n')])
    .where('event', 'in', [...events])
    .groupBy('event')
    .execute()
  return new Map(rows.map((row) => [row.event, Number(row.n)]))
}
