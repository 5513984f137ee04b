import type { Insertable } from 'kysely'
import type { Db } from '../../platform/db.ts'

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
