import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'

/** All this room keeps about a person, in plain words for the person's own copy. */
export async function readPersonData(db: Db, personId: string) {
  const questions = await db
    .selectFrom('questions_question')
    .select([
      'number',
      'title',
      'why',
      'concerns',
      'place',
      'effect_goal',
      'signature',
      'visibility',
      'raised_at',
    ])
    .where('author_id', '=', personId)
    .orderBy('id')
    .execute()
  const comments = await db
    .selectFrom('questions_comment as c')
    .innerJoin('questions_question as q', 'q.id', 'c.question_id')
    .select(['q.number', 'c.body', 'c.signature', 'c.visibility', 'c.at'])
    .where('c.author_id', '=', personId)
    .orderBy('c.id')
    .execute()
  const supports = await db
    .selectFrom('questions_support as s')
    .innerJoin('questions_question as q', 'q.id', 's.question_id')
    .select(['q.number', 's.organisation_id', 's.at'])
    .where('s.person_id', '=', personId)
    .orderBy('s.at')
    .execute()
  const follows = await db
    .selectFrom('questions_follower as f')
    .innerJoin('questions_question as q', 'q.id', 'f.question_id')
    .select(['q.number', 'f.mode', 'f.since'])
    .where('f.person_id', '=', personId)
    .orderBy('f.since')
    .execute()
  const helpful = await db
    .selectFrom('questions_helpful as h')
    .innerJoin('questions_comment as c', 'c.id', 'h.comment_id')
    .select(['c.body'])
    .where('h.person_id', '=', personId)
    .execute()
  return { questions, comments, supports, follows, helpful }
}

/**
 * Cuts the tie to a person. Public texts stay, without a name; what was never public goes; support, marks and follows go.
 * An organisation's support stays, because it is the organisation's. Gives back the questions to count anew.
 */
export async function cutPersonData(db: Db, personId: string): Promise<string[]> {
  await db.deleteFrom('questions_follower').where('person_id', '=', personId).execute()
  await db.deleteFrom('questions_helpful').where('person_id', '=', personId).execute()
  const removed = await db
    .deleteFrom('questions_support')
    .where('person_id', '=', personId)
    .where('organisation_id', 'is', null)
    .returning('question_id')
    .execute()
  await db
    .updateTable('questions_support')
    .set({ person_id: null })
    .where('person_id', '=', personId)
    .execute()
  await db
    .updateTable('questions_moderation')
    .set({ decided_by: null })
    .where('decided_by', '=', personId)
    .execute()
  // What the person wrote to the moderation was never public.
  await sql`update questions_moderation m set reply = null where reply is not null and (
    exists (select 1 from questions_comment c where c.id = m.comment_id and c.author_id = ${personId})
    or m.comment_id is null and exists (select 1 from questions_question q where q.id = m.question_id and q.author_id = ${personId}))`.execute(
    db,
  )
  await db
    .updateTable('questions_comment')
    .set({ author_id: null, signature: '', body: '…' })
    .where('author_id', '=', personId)
    .where('visibility', '<>', 'visible')
    .execute()
  await db
    .updateTable('questions_comment')
    .set({ author_id: null, signature: '' })
    .where('author_id', '=', personId)
    .execute()
  await db
    .updateTable('questions_question')
    .set({
      author_id: null,
      signature: '',
      title: '…',
      why: '…',
      concerns: '',
      place: '',
      effect_goal: '',
      effect_measure: '',
      visibility: 'hidden',
    })
    .where('author_id', '=', personId)
    .where('visibility', 'in', ['pending', 'hidden'])
    .execute()
  await db
    .updateTable('questions_question')
    .set({ author_id: null, signature: '' })
    .where('author_id', '=', personId)
    .execute()
  return removed.map((row) => row.question_id)
}
