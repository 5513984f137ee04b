import type { Db } from '../../platform/db.ts'
import type { KeptQuery, MailMode, SavedSearch } from './model.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_saved_search: {
      id: string
      person_id: string
      name: string
      query: KeptQuery
      mail: MailMode
      locale: 'de' | 'en'
      created_at: Date
      told_at: Date
      removed_at: Date | null
    }
  }
}

const columns = [
  'id',
  'person_id as personId',
  'name',
  'query',
  'mail',
  'locale',
  'created_at as createdAt',
  'told_at as toldAt',
] as const

/** Adds a saved search. */
export async function insertSearch(db: Db, search: SavedSearch): Promise<void> {
  await db
    .insertInto('catalogue_saved_search')
    .values({
      id: search.id,
      person_id: search.personId,
      name: search.name,
      query: search.query,
      mail: search.mail,
      locale: search.locale,
      created_at: search.createdAt,
      told_at: search.toldAt,
      removed_at: null,
    })
    .execute()
}

/** A person's saved searches, newest first, without removed ones. */
export async function listSearchesOf(db: Db, personId: string): Promise<SavedSearch[]> {
  return db
    .selectFrom('catalogue_saved_search')
    .select(columns)
    .where('person_id', '=', personId)
    .where('removed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

/** One saved search that was not removed. */
export async function findSearch(db: Db, id: string): Promise<SavedSearch | undefined> {
  return db
    .selectFrom('catalogue_saved_search')
    .select(columns)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
}

/** Saved searches that write, by person. */
export async function listWriting(db: Db): Promise<SavedSearch[]> {
  return db
    .selectFrom('catalogue_saved_search')
    .select(columns)
    .where('mail', '<>', 'never')
    .where('removed_at', 'is', null)
    .orderBy('person_id')
    .orderBy('created_at')
    .execute()
}

/** Changes name, mail or language of a person's own search; false if it is not hers. */
export async function updateSearch(
  db: Db,
  own: { readonly id: string; readonly personId: string },
  change: { readonly name?: string; readonly mail?: MailMode; readonly removed_at?: Date | null },
): Promise<boolean> {
  const result = await db
    .updateTable('catalogue_saved_search')
    .set(change)
    .where('id', '=', own.id)
    .where('person_id', '=', own.personId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Notes that a search has been looked through until a moment; false if another run was quicker. */
export async function claimNews(db: Db, search: SavedSearch, until: Date): Promise<boolean> {
  const result = await db
    .updateTable('catalogue_saved_search')
    .set({ told_at: until })
    .where('id', '=', search.id)
    .where('told_at', '=', search.toldAt)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Ends all mails of a person's searches. */
export async function stopMailsOf(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('catalogue_saved_search')
    .set({ mail: 'never' })
    .where('person_id', '=', personId)
    .execute()
}

/** Deletes what was removed before a moment. */
export async function deleteRemoved(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('catalogue_saved_search').where('removed_at', '<', before).execute()
}

/** Deletes all searches of a person: part of erasing an account. */
export async function deleteSearchesOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('catalogue_saved_search').where('person_id', '=', personId).execute()
}
