import type { Selectable } from 'kysely'
import type { Party } from '../cooperation/model.ts'
import type { Db } from '../platform/db.ts'
import type {
  Answer,
  AnswerContent,
  AnswerDraft,
  AnswerFile,
  AnswerState,
  AnswerVersion,
  CouncilDecision,
  Indicator,
} from './model.ts'

type AnswerTable = {
  id: string
  number: string
  question_id: string
  state: AnswerState
  version: number
  draft: AnswerDraft
  /** Written as text: PostgreSQL would take a list for an array of its own. */
  parties: Party[] | string
  created_by: string | null
  created_at: Date
  updated_at: Date
  published_at: Date | null
}
type VersionTable = {
  answer_id: string
  version: number
  content: AnswerContent
  changes: string
  files: AnswerFile[] | string
  entry_id: string
  sha256: string
  published_at: Date
}
type DecisionTable = {
  id: string
  answer_id: string
  decided_on: string
  paper: string
  votes: CouncilDecision['votes']
  decided: string[] | string
  rejected: string
  created_at: Date
}
type IndicatorTable = {
  id: string
  answer_id: string
  name: string
  unit: string
  points: Indicator['points'] | string
  goal: Indicator['goal']
  assessment: string
  next_review: string | null
  created_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    answers_answer: AnswerTable
    answers_version: VersionTable
    answers_decision: DecisionTable
    answers_indicator: IndicatorTable
  }
}

/** Writes a new draft. */
export async function insertAnswer(db: Db, answer: Answer): Promise<void> {
  await db
    .insertInto('answers_answer')
    .values({
      id: answer.id,
      number: answer.number,
      question_id: answer.questionId,
      state: answer.state,
      version: answer.version,
      draft: answer.draft,
      parties: JSON.stringify(answer.parties),
      created_by: answer.createdBy,
      created_at: answer.createdAt,
      updated_at: answer.updatedAt,
      published_at: answer.publishedAt,
    })
    .execute()
}

/** Changes the draft of an answer. */
export async function updateDraft(
  db: Db,
  id: string,
  set: { draft: AnswerDraft; parties: Party[]; updatedAt: Date },
): Promise<void> {
  await db
    .updateTable('answers_answer')
    .set({ draft: set.draft, parties: JSON.stringify(set.parties), updated_at: set.updatedAt })
    .where('id', '=', id)
    .execute()
}

/** Marks an answer as published in a version; the first publication's time stays. */
export async function markPublished(db: Db, id: string, version: number, at: Date): Promise<void> {
  await db.updateTable('answers_answer').set({ state: 'published', version }).where('id', '=', id).execute()
  await db
    .updateTable('answers_answer')
    .set({ published_at: at })
    .where('id', '=', id)
    .where('published_at', 'is', null)
    .execute()
}

/** Finds an answer by id or number; `lock` holds the row until the transaction ends. */
export async function findAnswer(db: Db, idOrNumber: string, lock = false): Promise<Answer | undefined> {
  const query = db
    .selectFrom('answers_answer')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', idOrNumber), eb('number', '=', idOrNumber)]))
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return row && toAnswer(row)
}

/** How many answers a question has; the next one's number depends on it. */
export async function countOfQuestion(db: Db, questionId: string): Promise<number> {
  const row = await db
    .selectFrom('answers_answer')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('question_id', '=', questionId)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** A page of answers, newest first: published ones, and drafts for those who may see all of them or take part. */
export async function selectAnswers(
  db: Db,
  filter: { questionId?: string | undefined; before?: string | undefined; limit: number; drafts: boolean },
): Promise<Answer[]> {
  let query = db.selectFrom('answers_answer').selectAll().orderBy('id', 'desc').limit(filter.limit)
  query = query.where('state', '=', filter.drafts ? 'draft' : 'published')
  if (filter.questionId) query = query.where('question_id', '=', filter.questionId)
  if (filter.before) query = query.where('id', '<', filter.before)
  return (await query.execute()).map(toAnswer)
}

/** Adds a published version. */
export async function insertVersion(db: Db, answerId: string, version: AnswerVersion): Promise<void> {
  await db
    .insertInto('answers_version')
    .values({
      answer_id: answerId,
      version: version.version,
      content: version.content,
      changes: version.changes,
      files: JSON.stringify(version.files),
      entry_id: version.entryId,
      sha256: version.sha256,
      published_at: version.publishedAt,
    })
    .execute()
}

/** The published versions of an answer, oldest first. */
export async function selectVersions(db: Db, answerId: string): Promise<AnswerVersion[]> {
  const rows = await db
    .selectFrom('answers_version')
    .selectAll()
    .where('answer_id', '=', answerId)
    .orderBy('version')
    .execute()
  return rows.map(toVersion)
}

/** The newest published versions of several answers, by answer. */
export async function selectCurrent(
  db: Db,
  answerIds: readonly string[],
): Promise<Map<string, AnswerVersion>> {
  if (answerIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('answers_version as v')
    .innerJoin('answers_answer as a', (join) =>
      join.onRef('a.id', '=', 'v.answer_id').onRef('a.version', '=', 'v.version'),
    )
    .selectAll('v')
    .where('v.answer_id', 'in', [...answerIds])
    .execute()
  return new Map(rows.map((row) => [row.answer_id, toVersion(row)]))
}

/** Adds a council decision. */
export async function insertDecision(
  db: Db,
  answerId: string,
  decision: CouncilDecision,
  at: Date,
): Promise<void> {
  const { id, paper, votes, rejected, decided, decidedOn } = decision
  const row = { id, answer_id: answerId, decided_on: decidedOn, paper, votes, rejected, created_at: at }
  await db
    .insertInto('answers_decision')
    .values({ ...row, decided: JSON.stringify(decided) })
    .execute()
}

/** Council decisions about an answer, oldest first. */
export async function selectDecisions(db: Db, answerId: string): Promise<CouncilDecision[]> {
  const rows = await db
    .selectFrom('answers_decision')
    .selectAll()
    .where('answer_id', '=', answerId)
    .orderBy('decided_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    decidedOn: row.decided_on,
    paper: row.paper,
    votes: row.votes,
    decided: listOf<string>(row.decided),
    rejected: row.rejected,
  }))
}

/** Adds an indicator. */
export async function insertIndicator(
  db: Db,
  answerId: string,
  indicator: Indicator,
  at: Date,
): Promise<void> {
  const { id, name, unit, points, goal, assessment, nextReview } = indicator
  const row = {
    id,
    answer_id: answerId,
    name,
    unit,
    goal,
    assessment,
    next_review: nextReview,
    created_at: at,
  }
  await db
    .insertInto('answers_indicator')
    .values({ ...row, points: JSON.stringify(points) })
    .execute()
}

/** Indicators of an answer, oldest first. */
export async function selectIndicators(db: Db, answerId: string): Promise<Indicator[]> {
  const rows = await db
    .selectFrom('answers_indicator')
    .selectAll()
    .where('answer_id', '=', answerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    unit: row.unit,
    points: listOf<Indicator['points'][number]>(row.points),
    goal: row.goal,
    assessment: row.assessment,
    nextReview: row.next_review,
  }))
}

/** Numbers of the answers a person drafted, for her own copy. */
export async function selectOfPerson(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('answers_answer')
    .select('number')
    .where('created_by', '=', personId)
    .orderBy('number')
    .execute()
  return rows.map((row) => row.number)
}

/** Cuts the tie between a person and the answers she drafted. */
export async function forgetPerson(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('answers_answer')
    .set({ created_by: null })
    .where('created_by', '=', personId)
    .execute()
}

function toAnswer(row: Selectable<AnswerTable>): Answer {
  return {
    id: row.id,
    number: row.number,
    questionId: row.question_id,
    state: row.state,
    version: row.version,
    draft: row.draft,
    parties: listOf<Party>(row.parties),
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    publishedAt: row.published_at,
  }
}

function toVersion(row: Selectable<VersionTable>): AnswerVersion {
  return {
    version: row.version,
    content: row.content,
    changes: row.changes,
    files: listOf<AnswerFile>(row.files),
    entryId: row.entry_id,
    sha256: row.sha256,
    publishedAt: row.published_at,
  }
}

function listOf<T>(value: T[] | string): T[] {
  return typeof value === 'string' ? (JSON.parse(value) as T[]) : value
}
