import { sql } from 'kysely'
import type { Generated } from 'kysely'
import type { Db } from '../../platform/db.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_search_log: {
      seq: Generated<string>
      xid: Generated<string>
      entry_id: string
      hide: boolean
      at: Generated<Date>
    }
    catalogue_search_floor: { one: Generated<boolean>; xid: string; seq: string }
  }
}

/** How far a reader of the log has come: transaction and number of the last line that is surely followed by none before it. */
export type Position = { readonly xid: string; readonly seq: string }

/** One line: an entry that changed. `settled`: every transaction before its own has ended. */
export type LogLine = {
  readonly seq: string
  readonly xid: string
  readonly entryId: string
  readonly hide: boolean
  readonly settled: boolean
}

/** Where the log stands now: what is committed before this position is in the tables, all else comes after it. */
export async function positionNow(db: Db): Promise<Position> {
  const { rows } = await sql<{
    xid: string
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
  return { xid: rows[0]!.xid, seq: '0' }
}

/**
 * The lines after a position, oldest first. Lines of transactions younger than the oldest open one are read too, but are
 * not settled: a line before them may still appear, so a reader must not move its position beyond them.
 */
export async function readLog(db: Db, after: Position, limit: number): Promise<LogLine[]> {
  const { rows } = await sql<LogLine>`
    select seq::text, xid::text, entry_id as "entryId", hide,
      xid < pg_snapshot_xmin(pg_current_snapshot()) as settled
    from catalogue_search_log
    where (xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint)
    order by catalogue_search_log.xid, catalogue_search_log.seq limit ${limit}`.execute(db)
  return rows
}

/** The entries that fewer people may see since a position. */
export async function listHidden(db: Db, after: Position): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct entry_id as id from catalogue_search_log
    where hide and (xid, seq) > (${after.xid}::xid8, ${after.seq}::bigint) limit 50000`.execute(db)
  return rows.map((row) => row.id)
}

/** True if lines after this position may have been cleared away. */
export async function isBeforeFloor(db: Db, position: Position): Promise<boolean> {
  const { rows } = await sql<{ before: boolean }>`
    select (f.xid, f.seq) > (${position.xid}::xid8, ${position.seq}::bigint)
      or ${position.xid}::xid8 > pg_snapshot_xmax(pg_current_snapshot()) as before
    from catalogue_search_floor f`.execute(db)
  return rows[0]?.before ?? true
}

/** Clears lines older than a moment and notes how far; readers that had not come so far build their index anew. */
export async function clearLog(db: Db, before: Date): Promise<void> {
  await sql`
    with gone as (
      delete from catalogue_search_log where at < ${before} and xid < pg_snapshot_xmin(pg_current_snapshot())
      returning xid, seq
    ), last as (select xid, seq from gone order by xid desc, seq desc limit 1)
    update catalogue_search_floor f set xid = last.xid, seq = last.seq from last
    where (last.xid, last.seq) > (f.xid, f.seq)`.execute(db)
}
