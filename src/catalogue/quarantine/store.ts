import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Localised } from '../../platform/i18n.ts'

interface QuarantineTable {
  id: string
  source_id: string
  run_id: string | null
  remote_id: string | null
  title: string | null
  code: string
  message: Localised
  raw: string
  raw_size: number
  raw_hash: string
  state: 'open' | 'dismissed' | 'resolved'
  created_at: Date
  decided_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_quarantine: QuarantineTable
  }
}

/** A record that was set aside, without its raw input. */
export type Quarantined = {
  readonly id: string
  readonly sourceId: string
  readonly sourceName: string
  readonly runId: string | null
  readonly remoteId: string | null
  readonly title: string | null
  readonly code: string
  readonly message: Localised
  readonly rawSize: number
  /** Stands for the record as its source delivers it. */
  readonly rawHash: string
  readonly state: QuarantineTable['state']
  readonly createdAt: Date
}

/** Sets records aside; one that came with the same text before is kept once, and a dismissed one stays dismissed. */
export async function insertQuarantined(db: Db, rows: readonly Insertable<QuarantineTable>[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('catalogue_quarantine')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['source_id', 'raw_hash']).doUpdateSet({
          run_id: row.run_id ?? null,
          state: sql`case when catalogue_quarantine.state = 'dismissed' then 'dismissed' else 'open' end`,
        }),
      )
      .execute()
  }
}

/** Settles what was set aside of these records, because they could be read now. */
export async function resolveQuarantined(
  db: Db,
  sourceId: string,
  remoteIds: readonly string[],
  at: Date,
): Promise<void> {
  if (remoteIds.length === 0) return
  await db
    .updateTable('catalogue_quarantine')
    .set({ state: 'resolved', decided_at: at })
    .where('source_id', '=', sourceId)
    .where('state', '=', 'open')
    .where('remote_id', 'in', [...remoteIds])
    .execute()
}

const columns = [
  'q.id',
  'q.source_id as sourceId',
  's.name as sourceName',
  'q.run_id as runId',
  'q.remote_id as remoteId',
  'q.title',
  'q.code',
  'q.message',
  'q.raw_size as rawSize',
  'q.raw_hash as rawHash',
  'q.state',
  'q.created_at as createdAt',
] as const

/** Records set aside, newest first, 50 at a time. */
export async function listQuarantined(
  db: Db,
  filter: { sourceId?: string | undefined; state: QuarantineTable['state']; before?: string | undefined },
): Promise<Quarantined[]> {
  return db
    .selectFrom('catalogue_quarantine as q')
    .innerJoin('catalogue_source as s', 's.id', 'q.source_id')
    .select(columns)
    .where('q.state', '=', filter.state)
    .$if(filter.sourceId !== undefined, (query) => query.where('q.source_id', '=', filter.sourceId!))
    .$if(filter.before !== undefined, (query) => query.where('q.id', '<', filter.before!))
    .orderBy('q.id', 'desc')
    .limit(51)
    .execute()
}

/** One record set aside. */
export async function findQuarantined(db: Db, id: string): Promise<Quarantined | undefined> {
  return db
    .selectFrom('catalogue_quarantine as q')
    .innerJoin('catalogue_source as s', 's.id', 'q.source_id')
    .select(columns)
    .where('q.id', '=', id)
    .executeTakeFirst()
}

/** The input of a record set aside, as delivered. */
export async function findRaw(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('catalogue_quarantine')
    .select('raw')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.raw
}

/** How many wait, per source. */
export async function countQuarantined(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('catalogue_quarantine')
    .select(['source_id', sql<string>`count(*)`.as('n')])
    .where('state', '=', 'open')
    .groupBy('source_id')
    .execute()
  return new Map(rows.map((row) => [row.source_id, Number(row.n)]))
}

/** Changes the state of a record set aside; false if somebody else was faster. */
export async function settleQuarantined(
  db: Db,
  id: string,
  state: 'dismissed' | 'resolved',
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_quarantine')
    .set({ state, decided_at: at })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}
