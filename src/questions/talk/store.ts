import { sql } from 'kysely'
import type { SqlBool } from 'kysely'
import type { Role } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import type { CommentId } from '../model.ts'
import type { Eyes } from '../store.ts'

interface CommentTable {
  id: string
  question_id: string
  reply_to: string | null
  author_id: string | null
  organisation_id: string | null
  role: Role | null
  signature: string
  body: string
  visibility: 'pending' | 'visible' | 'hidden'
  at: Date
  shown_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    questions_comment: CommentTable
    questions_helpful: { comment_id: string; person_id: string }
  }
}

/** A contribution with the number of people who found it helpful. */
export type Comment = {
  readonly id: CommentId
  readonly questionId: string
  readonly replyTo: CommentId | null
  readonly authorId: string | null
  readonly organisationId: string | null
  /** The role it was written in; taken from rights, never from a name. */
  readonly role: Role | null
  readonly signature: string
  readonly body: string
  readonly visibility: 'pending' | 'visible' | 'hidden'
  readonly at: Date
  readonly helpful: number
}

const columns = [
  'id',
  'question_id as questionId',
  'reply_to as replyTo',
  'author_id as authorId',
  'organisation_id as organisationId',
  'role',
  'signature',
  'body',
  'visibility',
  'at',
] as const

const helpful =
  sql<number>`(select count(*)::int from questions_helpful h where h.comment_id = questions_comment.id)`.as(
    'helpful',
  )

function visibleTo(eyes: Eyes) {
  if (eyes.all) return sql<SqlBool>`true`
  if (eyes.personId === undefined) return sql<SqlBool>`visibility = 'visible'`
  return sql<SqlBool>`(visibility = 'visible' or author_id = ${eyes.personId})`
}

/** Stores a contribution. */
export async function insertComment(db: Db, row: CommentTable): Promise<void> {
  await db.insertInto('questions_comment').values(row).execute()
}

/** One contribution, if these eyes may see it. */
export async function findComment(db: Db, eyes: Eyes, id: string): Promise<Comment | undefined> {
  const row = await db
    .selectFrom('questions_comment')
    .select([...columns, helpful])
    .where('id', '=', id)
    .where(visibleTo(eyes))
    .executeTakeFirst()
  return row as Comment | undefined
}

/** Contributions of a question, newest first, before a given one. */
export async function listCommentsBefore(
  db: Db,
  eyes: Eyes,
  where: { readonly questionId: string; readonly before?: string | undefined; readonly limit: number },
): Promise<Comment[]> {
  let query = db
    .selectFrom('questions_comment')
    .select([...columns, helpful])
    .where('question_id', '=', where.questionId)
    .where(visibleTo(eyes))
    .orderBy('id', 'desc')
    .limit(where.limit)
  if (where.before) query = query.where('id', '<', where.before)
  return (await query.execute()) as Comment[]
}

/** How many contributions everybody can see. */
export async function countComments(db: Db, questionId: string): Promise<number> {
  const row = await db
    .selectFrom('questions_comment')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('question_id', '=', questionId)
    .where('visibility', '=', 'visible')
    .executeTakeFirstOrThrow()
  return row.n
}

/** Shows or hides a contribution. */
export async function updateCommentVisibility(
  db: Db,
  id: string,
  visibility: Comment['visibility'],
  now: Date,
): Promise<void> {
  await db
    .updateTable('questions_comment')
    .set({
      visibility,
      ...(visibility === 'visible' ? { shown_at: sql<Date>`coalesce(shown_at, ${now})` } : {}),
    })
    .where('id', '=', id)
    .execute()
}

/** Marks a contribution as helpful, or takes the mark back if it was there. */
export async function toggleHelpful(db: Db, commentId: string, personId: string): Promise<void> {
  const removed = await db
    .deleteFrom('questions_helpful')
    .where('comment_id', '=', commentId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (removed.numDeletedRows > 0n) return
  await db.insertInto('questions_helpful').values({ comment_id: commentId, person_id: personId }).execute()
}

/** Moves the talk to another question. */
export async function moveComments(db: Db, from: string, to: string): Promise<void> {
  await db.updateTable('questions_comment').set({ question_id: to }).where('question_id', '=', from).execute()
}

/** True if this person already has something visible in this room: no first post any more. */
export async function hasPosted(db: Db, personId: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select
    exists (select 1 from questions_comment where author_id = ${personId} and visibility = 'visible')
    or exists (select 1 from questions_question where author_id = ${personId} and visibility in ('visible', 'merged')) as yes`.execute(
    db,
  )
  return rows[0]?.yes === true
}
