import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Feedback, FeedbackKind } from './model.ts'

interface FeedbackTable {
  id: string
  entry_id: string
  person_id: string | null
  kind: FeedbackKind
  text: string
  created_at: Date
  answer: string | null
  answered_at: Date | null
  state: Feedback['state']
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_feedback: FeedbackTable
  }
}

const columns = [
  'id',
  'entry_id as entryId',
  'kind',
  'text',
  'created_at as createdAt',
  'answer',
  'answered_at as answeredAt',
  'state',
] as const

/** Adds a remark. */
export async function insertFeedback(
  db: Db,
  row: Pick<FeedbackTable, 'id' | 'entry_id' | 'person_id' | 'kind' | 'text' | 'created_at'>,
): Promise<void> {
  await db
    .insertInto('catalogue_feedback')
    .values({ ...row, answer: null, answered_at: null, state: 'open' })
    .execute()
}

/** One remark. */
export async function findFeedback(db: Db, id: string): Promise<Feedback | undefined> {
  return db.selectFrom('catalogue_feedback').select(columns).where('id', '=', id).executeTakeFirst()
}

/** The newest remarks about an entry. */
export async function listFeedback(db: Db, entryId: string, limit: number): Promise<Feedback[]> {
  return db
    .selectFrom('catalogue_feedback')
    .select(columns)
    .where('entry_id', '=', entryId)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** How often each kind was said about an entry. */
export async function countFeedback(db: Db, entryId: string): Promise<Map<FeedbackKind, number>> {
  const rows = await db
    .selectFrom('catalogue_feedback')
    .select(['kind', sql<string>`count(*)`.as('n')])
    .where('entry_id', '=', entryId)
    .groupBy('kind')
    .execute()
  return new Map(rows.map((row) => [row.kind, Number(row.n)]))
}

/** How much one person has said about one entry since a moment. */
export async function countBy(db: Db, personId: string, since: Date): Promise<number> {
  const { n } = await db
    .selectFrom('catalogue_feedback')
    .select(sql<string>`count(*)`.as('n'))
    .where('person_id', '=', personId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Keeps the answer of the house. */
export async function saveAnswer(db: Db, id: string, answer: string, at: Date): Promise<void> {
  await db
    .updateTable('catalogue_feedback')
    .set({ answer, answered_at: at, state: 'answered' })
    .where('id', '=', id)
    .execute()
}

/** What a person said, for her own copy of her data. */
export async function listOfPerson(db: Db, personId: string): Promise<Feedback[]> {
  return db
    .selectFrom('catalogue_feedback')
    .select(columns)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute()
}

/** Takes a person's name and words off what she said; its count stays. */
export async function forgetPerson(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('catalogue_feedback')
    .set({ person_id: null, text: '' })
    .where('person_id', '=', personId)
    .execute()
}
