import { sql } from 'kysely'
import type { Generated, GeneratedAlways, Insertable, SqlBool, Updateable } from 'kysely'
import type { Db } from '../platform/db.ts'
import { formatNumber } from './model.ts'
import type { NextDecision, Question, QuestionId, State, TimelineEntry, Visibility } from './model.ts'

/** One row per question, whatever its state and visibility. */
export interface QuestionTable {
  id: string
  ags: string
  number: string
  title: string
  why: string
  concerns: string
  place: string
  effect_goal: string
  effect_measure: string
  effect_baseline: string
  effect_review: string
  state: State
  visibility: Visibility
  merged_into: string | null
  author_id: string | null
  organisation_id: string | null
  signature: string
  locale: 'de' | 'en'
  raised_at: Date
  state_since: Date
  next_decision: NextDecision | null
  similar_seen: number
  people: Generated<number>
  organisations: Generated<number>
  search: GeneratedAlways<string>
}

interface CounterTable {
  ags: string
  year: number
  last: number
}

interface TimelineTable {
  id: string
  line: GeneratedAlways<string>
  question_id: string
  at: Date
  kind: 'state' | 'note'
  state: State | null
  text_de: string
  text_en: string
  mark_de: string
  mark_en: string
  href: string | null
}

declare module '../platform/db.ts' {
  interface Tables {
    questions_question: QuestionTable
    questions_counter: CounterTable
    questions_timeline: TimelineTable
  }
}

/** What is read of a question; never the search column. */
export const questionColumns = [
  'id',
  'number',
  'ags',
  'title',
  'why',
  'concerns',
  'place',
  'effect_goal as effectGoal',
  'effect_measure as effectMeasure',
  'effect_baseline as effectBaseline',
  'effect_review as effectReview',
  'state',
  'state_since as stateSince',
  'visibility',
  'merged_into as mergedInto',
  'author_id as authorId',
  'organisation_id as organisationId',
  'signature',
  'raised_at as raisedAt',
  'next_decision as next',
  'similar_seen as similarSeen',
  'people',
  'organisations',
] as const

/** Whose eyes a query is for: the public sees what is visible, a steward all, an author also her own. */
export type Eyes = { readonly all: boolean; readonly personId: string | undefined }

/** The one visibility rule of this room; page, API, mail, feed and export all read through it. */
function visibleTo(eyes: Eyes) {
  if (eyes.all) return sql<SqlBool>`true`
  if (eyes.personId === undefined) return sql<SqlBool>`visibility in ('visible', 'merged')`
  return sql<SqlBool>`(visibility in ('visible', 'merged') or author_id = ${eyes.personId})`
}

/** Reads one question by id or number, if these eyes may see it. */
export async function findQuestion(
  db: Db,
  eyes: Eyes,
  by: { readonly id: string } | { readonly ags: string; readonly number: string },
): Promise<Question | undefined> {
  let query = db.selectFrom('questions_question').select(questionColumns).where(visibleTo(eyes))
  query =
    'id' in by
      ? query.where('id', '=', by.id)
      : query.where('ags', '=', by.ags).where('number', '=', by.number)
  return (await query.executeTakeFirst()) as Question | undefined
}

/** Locks a question for a change until the transaction ends, so that two decisions at once see each other. */
export async function lockQuestion(db: Db, id: string): Promise<Question | undefined> {
  const row = await db
    .selectFrom('questions_question')
    .select(questionColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row as Question | undefined
}

/** How a list is narrowed. `before` continues after the last one shown. */
export type ListFilter = {
  readonly ags: string
  /** Only these states; all if left out. */
  readonly states?: readonly State[] | undefined
  readonly q?: string | undefined
  readonly sort: 'newest' | 'support'
  readonly before?: { readonly count: number; readonly id: string } | undefined
  readonly limit: number
}

const support = sql<number>`(people + organisations)`

/** The visible questions of a town, newest or most supported first. */
export async function listVisible(db: Db, filter: ListFilter): Promise<Question[]> {
  let query = db
    .selectFrom('questions_question')
    .select(questionColumns)
    .where('ags', '=', filter.ags)
    .where('visibility', '=', 'visible')
    .limit(filter.limit)
  if (filter.states) query = query.where(sql<SqlBool>`state = any(${filter.states}::text[])`)
  if (filter.q) query = query.where(matches(filter.q))
  if (filter.sort === 'support') query = query.orderBy(support, 'desc')
  if (filter.before) {
    const { count, id } = filter.before
    query =
      filter.sort === 'support'
        ? query.where(sql<SqlBool>`(${support}, id) < (${count}, ${id}::uuid)`)
        : query.where('id', '<', id)
  }
  return (await query.orderBy('id', 'desc').execute()) as Question[]
}

/** Full text in German, or the plain letters anywhere in title or number. */
function matches(q: string) {
  const like = `%${q.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`
  return sql<SqlBool>`(search @@ websearch_to_tsquery('german', ${q}) or title ilike ${like} or number ilike ${like})`
}

/** How many visible questions stand in each state, within a search. */
export async function countByState(db: Db, ags: string, q?: string): Promise<Map<State, number>> {
  let query = db
    .selectFrom('questions_question')
    .select(['state', sql<number>`count(*)::int`.as('n')])
    .where('ags', '=', ags)
    .where('visibility', '=', 'visible')
    .groupBy('state')
  if (q) query = query.where(matches(q))
  return new Map((await query.execute()).map((row) => [row.state, row.n]))
}

/** Titles to compare a new question with: the newest visible 2000 of the town. */
export function listTitles(db: Db, ags: string) {
  return db
    .selectFrom('questions_question')
    .select(['id', 'number', 'title', 'why', 'state', 'people', 'organisations'])
    .where('ags', '=', ags)
    .where('visibility', '=', 'visible')
    .orderBy('id', 'desc')
    .limit(2000)
    .execute()
}

/** Gives the next number of a town and year; two at the same moment get two numbers. */
export async function takeNumber(db: Db, ags: string, year: number): Promise<string> {
  const row = await db
    .insertInto('questions_counter')
    .values({ ags, year, last: 1 })
    .onConflict((c) => c.columns(['ags', 'year']).doUpdateSet({ last: sql`questions_counter.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow()
  return formatNumber(year, row.last)
}

/** Stores a new question. */
export async function insertQuestion(db: Db, row: Insertable<QuestionTable>): Promise<void> {
  await db.insertInto('questions_question').values(row).execute()
}

/** Changes some columns of a question. */
export async function updateQuestion(db: Db, id: string, change: Updateable<QuestionTable>): Promise<void> {
  await db.updateTable('questions_question').set(change).where('id', '=', id).execute()
}

/** The texts of a timeline line in both languages. */
export type NewEntry = Omit<TimelineEntry, 'text' | 'mark' | 'questionId'> & {
  readonly questionId: string
  readonly text: { readonly de: string; readonly en: string }
  readonly mark?: { readonly de: string; readonly en: string } | undefined
}

/** Adds a line to a question's story. */
export async function insertTimeline(db: Db, entry: NewEntry): Promise<void> {
  await db
    .insertInto('questions_timeline')
    .values({
      id: entry.id,
      question_id: entry.questionId,
      at: entry.at,
      kind: entry.kind,
      state: entry.state,
      text_de: entry.text.de,
      text_en: entry.text.en,
      mark_de: entry.mark?.de ?? '',
      mark_en: entry.mark?.en ?? '',
      href: entry.href,
    })
    .execute()
}

/** A question's story, oldest first. */
export async function listTimeline(db: Db, questionId: string): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('questions_timeline')
    .selectAll()
    .where('question_id', '=', questionId)
    .orderBy('at')
    .orderBy('line')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    questionId: row.question_id as QuestionId,
    at: row.at,
    kind: row.kind,
    state: row.state,
    text: { de: row.text_de, en: row.text_en },
    mark: { de: row.mark_de, en: row.mark_en },
    href: row.href,
  }))
}
