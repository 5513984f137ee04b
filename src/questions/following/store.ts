import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    questions_follower: {
      id: string
      question_id: string
      person_id: string
      mode: 'steps' | 'daily'
      locale: 'de' | 'en'
      since: Date
    }
    questions_delivery: { follower_id: string; item_id: string; at: Date }
  }
}

/** Someone who follows a question. */
export type Follower = {
  readonly id: string
  readonly questionId: string
  readonly personId: string
  readonly mode: 'steps' | 'daily'
  readonly locale: 'de' | 'en'
}

const columns = ['id', 'question_id as questionId', 'person_id as personId', 'mode', 'locale'] as const

/** Starts following, or changes how often to write; false if it was already so. */
export async function upsertFollower(db: Db, row: Follower & { readonly since: Date }): Promise<boolean> {
  const result = await db
    .insertInto('questions_follower')
    .values({
      id: row.id,
      question_id: row.questionId,
      person_id: row.personId,
      mode: row.mode,
      locale: row.locale,
      since: row.since,
    })
    .onConflict((c) =>
      c
        .columns(['question_id', 'person_id'])
        .doUpdateSet({ mode: row.mode, locale: row.locale })
        .where('questions_follower.mode', '<>', row.mode),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** One follower by id. */
export async function findFollower(db: Db, id: string): Promise<Follower | undefined> {
  return db.selectFrom('questions_follower').select(columns).where('id', '=', id).executeTakeFirst()
}

/** A person as follower of a question. */
export async function findFollow(
  db: Db,
  questionId: string,
  personId: string,
): Promise<Follower | undefined> {
  return db
    .selectFrom('questions_follower')
    .select(columns)
    .where('question_id', '=', questionId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
}

/** Ends following; false if nobody did. */
export async function deleteFollower(db: Db, id: string): Promise<boolean> {
  return (
    (await db.deleteFrom('questions_follower').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n
  )
}

/** Ends all a person follows. */
export async function deleteFollowsOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('questions_follower').where('person_id', '=', personId).execute()
}

/** Moves followers to another question; who follows both is kept once. They hear of the new one from now on. */
export async function moveFollowers(db: Db, from: string, to: string, now: Date): Promise<void> {
  await sql`delete from questions_follower a where a.question_id = ${from}
    and exists (select 1 from questions_follower b where b.question_id = ${to} and b.person_id = a.person_id)`.execute(
    db,
  )
  await db
    .updateTable('questions_follower')
    .set({ question_id: to, since: now })
    .where('question_id', '=', from)
    .execute()
}

/** One thing a follower has not been told yet. */
export type NewsItem = {
  readonly followerId: string
  readonly personId: string
  readonly locale: 'de' | 'en'
  readonly questionId: string
  readonly number: string
  readonly title: string
  readonly itemId: string
  readonly kind: 'state' | 'note' | 'comment'
  readonly at: Date
  readonly textDe: string
  readonly textEn: string
}

/**
 * What is new for followers of a mode, newest first: timeline lines and, for daily followers, visible contributions of
 * others. Only about visible questions, only since they follow, never what was delivered, and nothing older than `from`.
 */
export async function listNews(
  db: Db,
  mode: 'steps' | 'daily',
  scope: { readonly from: Date; readonly questionId?: string | undefined },
): Promise<NewsItem[]> {
  const one = scope.questionId ? sql`and f.question_id = ${scope.questionId}` : sql``
  const talk =
    mode === 'steps'
      ? sql``
      : sql`union all select c.id, c.question_id, 'comment', c.shown_at, c.body, c.body, c.author_id
          from questions_comment c where c.visibility = 'visible'`
  const steps =
    mode === 'steps'
      ? sql`where kind = 'state' and state <> 'raised'`
      : sql`where state is distinct from 'raised'`
  const { rows } = await sql<NewsItem>`
    select f.id as "followerId", f.person_id as "personId", f.locale, q.id as "questionId", q.number, q.title,
      n.id as "itemId", n.kind, n.at, n.text_de as "textDe", n.text_en as "textEn"
    from questions_follower f
    join questions_question q on q.id = f.question_id and q.visibility = 'visible'
    join (
      select id, question_id, kind, at, text_de, text_en, null as author_id from questions_timeline ${steps} ${talk}
    ) n on n.question_id = q.id and n.at >= f.since and n.at >= ${scope.from}
      and n.author_id is distinct from f.person_id
    where f.mode = ${mode} ${one}
      and not exists (select 1 from questions_delivery d where d.follower_id = f.id and d.item_id = n.id)
    order by f.person_id, q.number, n.at desc, n.id desc`.execute(db)
  return rows
}

/** Notes deliveries; gives back those that were not noted before, so that two runs never send the same thing twice. */
export async function claimDeliveries(db: Db, items: readonly NewsItem[], at: Date): Promise<NewsItem[]> {
  if (items.length === 0) return []
  const rows = await db
    .insertInto('questions_delivery')
    .values(items.map((item) => ({ follower_id: item.followerId, item_id: item.itemId, at })))
    .onConflict((c) => c.doNothing())
    .returning(['follower_id', 'item_id'])
    .execute()
  const fresh = new Set(rows.map((row) => `${row.follower_id}/${row.item_id}`))
  return items.filter((item) => fresh.has(`${item.followerId}/${item.itemId}`))
}
