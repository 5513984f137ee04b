import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Source } from '../runs/model.ts'
import { listSourceRows } from '../runs/store.ts'

interface DraftTable {
  id: string
  person_id: string | null
  organisation_id: string
  kind: 'file' | 'inventory' | 'dcat'
  name: string
  payload: Record<string, unknown>
  sha256: string | null
  created_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_draft: DraftTable
  }
}

/** Something that was read and waits for its owner's yes. */
export type Draft = {
  readonly id: string
  readonly personId: string | null
  readonly organisationId: string
  readonly kind: DraftTable['kind']
  readonly name: string
  readonly payload: Record<string, unknown>
  readonly sha256: string | null
}

/** Keeps a draft. */
export async function insertDraft(db: Db, row: Insertable<DraftTable>): Promise<void> {
  await db.insertInto('catalogue_draft').values(row).execute()
}

/** One draft. */
export async function findDraft(db: Db, id: string): Promise<Draft | undefined> {
  return db
    .selectFrom('catalogue_draft')
    .select([
      'id',
      'person_id as personId',
      'organisation_id as organisationId',
      'kind',
      'name',
      'payload',
      'sha256',
    ])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What a draft holds, kept from others until the transaction ends; undefined once it was taken over. */
export async function lockDraft(db: Db, id: string): Promise<Record<string, unknown> | undefined> {
  const row = await db
    .selectFrom('catalogue_draft')
    .select('payload')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row?.payload
}

/** Changes what a draft holds. */
export async function updateDraftPayload(
  db: Db,
  id: string,
  payload: Record<string, unknown>,
): Promise<void> {
  await db.updateTable('catalogue_draft').set({ payload }).where('id', '=', id).execute()
}

/** Forgets a draft; true only for the first who does. */
export async function deleteDraft(db: Db, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('catalogue_draft').where('id', '=', id).executeTakeFirst()
  return Number(numDeletedRows) === 1
}

/** Forgets drafts older than a moment. */
export async function deleteDraftsBefore(db: Db, at: Date): Promise<void> {
  await db.deleteFrom('catalogue_draft').where('created_at', '<', at).execute()
}

/** How many entries of a source are listed, doubled, missing and gone. */
export type SourceCounts = {
  readonly live: number
  readonly duplicate: number
  readonly missing: number
  readonly gone: number
}

/** Counts the entries of a source by their state. */
export async function countEntries(db: Db, sourceId: string): Promise<SourceCounts> {
  const { rows } = await sql<SourceCounts>`
    select (count(*) filter (where e.state = 'live'))::int as live,
      (count(*) filter (where e.state = 'duplicate'))::int as duplicate,
      (count(*) filter (where h.missing_since is not null and e.state <> 'gone'))::int as missing,
      (count(*) filter (where e.state = 'gone'))::int as gone
    from catalogue_entry e left join catalogue_harvested h on h.entry_id = e.id
    where e.source_id = ${sourceId}`.execute(db)
  return rows[0] ?? { live: 0, duplicate: 0, missing: 0, gone: 0 }
}

/** Sources whose time has come. */
export async function listDue(db: Db, now: Date): Promise<Source[]> {
  const all = await listSourceRows(db)
  return all.filter((source) => source.url && source.nextRunAt && source.nextRunAt <= now)
}
