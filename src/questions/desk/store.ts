import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Question } from '../model.ts'
import { questionColumns } from '../store.ts'

/** How many questions, contributions and replies wait for a steward of the town. */
export async function countWaiting(
  db: Db,
  ags: string,
): Promise<{ questions: number; comments: number; replies: number }> {
  const { rows } = await sql<{ questions: number; comments: number; replies: number }>`select
    (select count(*)::int from questions_question where ags = ${ags} and visibility = 'pending') as questions,
    (select count(*)::int from questions_comment c join questions_question q on q.id = c.question_id
      where q.ags = ${ags} and c.visibility = 'pending') as comments,
    (select count(*)::int from questions_moderation m join questions_question q on q.id = m.question_id
      where q.ags = ${ags} and m.reply is not null and m.closed_at is null) as replies`.execute(db)
  return rows[0] ?? { questions: 0, comments: 0, replies: 0 }
}

/** Decisions that ask a person back and that she has not answered yet. */
export function listAskedOf(db: Db, personId: string) {
  return db
    .selectFrom('questions_moderation as m')
    .innerJoin('questions_question as q', 'q.id', 'm.question_id')
    .select(['m.id', 'm.note', 'q.title'])
    .where('q.author_id', '=', personId)
    .where('m.decision', '=', 'ask-back')
    .where('m.reply', 'is', null)
    .where('m.closed_at', 'is', null)
    .limit(5)
    .execute()
}

/** Visible questions on their way, those that moved last first; freshly raised ones only where others are few. */
export async function listMoving(db: Db, ags: string, limit: number): Promise<Question[]> {
  const rows = await db
    .selectFrom('questions_question')
    .select(questionColumns)
    .where('ags', '=', ags)
    .where('visibility', '=', 'visible')
    .where('state', 'not in', ['answered', 'evaluated'])
    .orderBy(sql`state = 'raised'`)
    .orderBy('state_since', 'desc')
    .limit(limit)
    .execute()
  return rows as Question[]
}
