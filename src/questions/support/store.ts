import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    questions_support: {
      id: string
      question_id: string
      person_id: string | null
      organisation_id: string | null
      at: Date
    }
  }
}

/** One supporter: a person for herself, or an organisation through one of its people. */
export type Supporter = { readonly personId: string; readonly organisationId: string | undefined }

/** Adds a supporter; false if it was there already. */
export async function insertSupport(
  db: Db,
  row: { id: string; questionId: string; at: Date } & Supporter,
): Promise<boolean> {
  const inserted = await db
    .insertInto('questions_support')
    .values({
      id: row.id,
      question_id: row.questionId,
      person_id: row.personId,
      organisation_id: row.organisationId ?? null,
      at: row.at,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Takes support back; false if there was none. */
export async function deleteSupport(db: Db, questionId: string, who: Supporter): Promise<boolean> {
  let query = db.deleteFrom('questions_support').where('question_id', '=', questionId)
  query = who.organisationId
    ? query.where('organisation_id', '=', who.organisationId)
    : query.where('person_id', '=', who.personId).where('organisation_id', 'is', null)
  return (await query.executeTakeFirst()).numDeletedRows > 0n
}

/** Writes the number of supporters into the question. */
export async function recountSupport(db: Db, questionId: string): Promise<void> {
  const count = (condition: 'is null' | 'is not null') =>
    sql<number>`(select count(*) from questions_support where question_id = ${questionId} and organisation_id ${sql.raw(condition)})`
  await db
    .updateTable('questions_question')
    .set({ people: count('is null'), organisations: count('is not null') })
    .where('id', '=', questionId)
    .execute()
}

/** Whether a person supports a question herself, and which of these organisations do. */
export async function findSupport(
  db: Db,
  questionId: string,
  personId: string,
  organisationIds: readonly string[],
) {
  const rows = await db
    .selectFrom('questions_support')
    .select(['organisation_id'])
    .where('question_id', '=', questionId)
    .where((e) =>
      e.or([
        e.and([e('person_id', '=', personId), e('organisation_id', 'is', null)]),
        ...(organisationIds.length > 0 ? [e('organisation_id', 'in', organisationIds)] : []),
      ]),
    )
    .execute()
  return {
    self: rows.some((row) => row.organisation_id === null),
    organisations: rows.flatMap((row) => row.organisation_id ?? []),
  }
}

/** The organisations that support a question, in the order they came. */
export async function listSupportingOrganisations(db: Db, questionId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('questions_support')
    .select('organisation_id')
    .where('question_id', '=', questionId)
    .where('organisation_id', 'is not', null)
    .orderBy('at')
    .execute()
  return rows.flatMap((row) => row.organisation_id ?? [])
}

/** Moves supporters to another question; who supports both counts once. */
export async function moveSupport(db: Db, from: string, to: string): Promise<void> {
  await sql`
    delete from questions_support s where s.question_id = ${from} and exists (
      select 1 from questions_support t where t.question_id = ${to} and (
        (s.organisation_id is null and t.organisation_id is null and s.person_id = t.person_id)
        or s.organisation_id = t.organisation_id))`.execute(db)
  await db.updateTable('questions_support').set({ question_id: to }).where('question_id', '=', from).execute()
}
