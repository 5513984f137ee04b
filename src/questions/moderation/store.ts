import type { Db } from '../../platform/db.ts'

/** What a steward can decide about a question or a contribution. */
export type Decision = 'approve' | 'hide' | 'ask-back' | 'restore'

interface ModerationTable {
  id: string
  question_id: string
  comment_id: string | null
  decision: Decision
  rule: string | null
  note: string
  decided_by: string | null
  at: Date
  reply: string | null
  replied_at: Date | null
  closed_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    questions_moderation: ModerationTable
  }
}

/** A decision about what is shown, with the author's answer to it. */
export type ModerationDecision = {
  readonly id: string
  readonly questionId: string
  readonly commentId: string | null
  readonly decision: Decision
  readonly rule: string | null
  readonly note: string
  readonly at: Date
  readonly reply: string | null
  readonly repliedAt: Date | null
  readonly closedAt: Date | null
}

const columns = [
  'id',
  'question_id as questionId',
  'comment_id as commentId',
  'decision',
  'rule',
  'note',
  'at',
  'reply',
  'replied_at as repliedAt',
  'closed_at as closedAt',
] as const

/** Stores a decision and closes the earlier ones on the same thing. */
export async function insertDecision(
  db: Db,
  row: Pick<
    ModerationTable,
    'id' | 'question_id' | 'comment_id' | 'decision' | 'rule' | 'note' | 'decided_by' | 'at'
  >,
): Promise<void> {
  await db
    .updateTable('questions_moderation')
    .set({ closed_at: row.at })
    .where('question_id', '=', row.question_id)
    .where('comment_id', row.comment_id === null ? 'is' : '=', row.comment_id)
    .where('closed_at', 'is', null)
    .execute()
  await db
    .insertInto('questions_moderation')
    .values({ ...row, reply: null, replied_at: null, closed_at: null })
    .execute()
}

/** One decision. */
export async function findDecision(db: Db, id: string): Promise<ModerationDecision | undefined> {
  return db.selectFrom('questions_moderation').select(columns).where('id', '=', id).executeTakeFirst()
}

/** Writes the author's answer, once, while the decision stands; false otherwise. */
export async function insertReply(db: Db, id: string, reply: string, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('questions_moderation')
    .set({ reply, replied_at: at })
    .where('id', '=', id)
    .where('reply', 'is', null)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Questions that wait for a steward, oldest first. */
export function listPendingQuestions(db: Db, ags: string, limit: number) {
  return db
    .selectFrom('questions_question')
    .select([
      'id',
      'number',
      'title',
      'why',
      'signature',
      'organisation_id as organisationId',
      'author_id as authorId',
      'raised_at as at',
    ])
    .where('ags', '=', ags)
    .where('visibility', '=', 'pending')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Contributions that wait for a steward, oldest first, with their question. */
export function listPendingComments(db: Db, ags: string, limit: number) {
  return db
    .selectFrom('questions_comment as c')
    .innerJoin('questions_question as q', 'q.id', 'c.question_id')
    .select([
      'c.id',
      'c.body',
      'c.signature',
      'c.organisation_id as organisationId',
      'c.author_id as authorId',
      'c.at',
      'q.number',
      'q.title',
    ])
    .where('q.ags', '=', ags)
    .where('c.visibility', '=', 'pending')
    .orderBy('c.id')
    .limit(limit)
    .execute()
}

/** Decisions that still stand and that their authors have answered, oldest first. */
export function listReplies(db: Db, ags: string, limit: number) {
  return db
    .selectFrom('questions_moderation as m')
    .innerJoin('questions_question as q', 'q.id', 'm.question_id')
    .leftJoin('questions_comment as c', 'c.id', 'm.comment_id')
    .select([
      'm.id',
      'm.question_id as questionId',
      'm.comment_id as commentId',
      'm.decision',
      'm.rule',
      'm.reply',
      'm.replied_at as repliedAt',
    ])
    .select(['q.number', 'q.title', 'c.body'])
    .where('q.ags', '=', ags)
    .where('m.reply', 'is not', null)
    .where('m.closed_at', 'is', null)
    .orderBy('m.replied_at')
    .limit(limit)
    .execute()
}

/** Decisions that stand on pending questions: who was asked back and has not answered. */
export function listAskedBack(db: Db, questionIds: readonly string[]) {
  if (questionIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('questions_moderation')
    .select(['question_id as questionId', 'at', 'reply'])
    .where('question_id', 'in', questionIds)
    .where('decision', '=', 'ask-back')
    .where('closed_at', 'is', null)
    .execute()
}
