import type { Db } from '../../platform/db.ts'
import type { Grain, Need, Pace } from './model.ts'

interface NeedTable {
  id: string
  question_id: string
  position: number
  what: string
  unit: string | null
  space: string | null
  place: string | null
  starts: string | null
  ends: string | null
  granularity: Grain | null
  frequency: Pace | null
  topic: string | null
  created_at: Date
  modified_at: Date
}

interface CandidateTable {
  id: string
  need_id: string
  entry_id: string
  state: 'proposed' | 'accepted' | 'rejected'
  created_at: Date
  decided_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_need: NeedTable
    catalogue_need_candidate: CandidateTable
  }
}

const needColumns = [
  'id',
  'question_id as questionId',
  'position',
  'what',
  'unit',
  'space',
  'place',
  'starts',
  'ends',
  'granularity',
  'frequency',
  'topic',
] as const

/** The needs of a question in their order. */
export async function listNeedRows(db: Db, questionId: string): Promise<Need[]> {
  const rows = await db
    .selectFrom('catalogue_need')
    .select(needColumns)
    .where('question_id', '=', questionId)
    .orderBy('position')
    .execute()
  return rows as unknown as Need[]
}

/** One need. */
export async function findNeed(db: Db, id: string): Promise<Need | undefined> {
  const row = await db
    .selectFrom('catalogue_need')
    .select(needColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row as unknown as Need | undefined
}

/** Adds a need at the end of its question's list. */
export async function insertNeed(db: Db, need: Need, at: Date): Promise<void> {
  const { questionId, ...row } = need
  await db
    .insertInto('catalogue_need')
    .values({ ...row, question_id: questionId, created_at: at, modified_at: at })
    .execute()
}

/** Changes a need's words. */
export async function updateNeedRow(db: Db, need: Need, at: Date): Promise<void> {
  const { id, questionId: _, position: __, ...row } = need
  await db
    .updateTable('catalogue_need')
    .set({ ...row, modified_at: at })
    .where('id', '=', id)
    .execute()
}

/** Takes a need away with its candidates and requests. */
export async function deleteNeed(db: Db, id: string): Promise<void> {
  await db.deleteFrom('catalogue_need').where('id', '=', id).execute()
}

/** Every decision about candidates of these needs. */
export async function listCandidates(db: Db, needIds: readonly string[]) {
  if (needIds.length === 0) return []
  return db
    .selectFrom('catalogue_need_candidate')
    .select(['need_id as needId', 'entry_id as entryId', 'state'])
    .where('need_id', 'in', [...needIds])
    .orderBy('created_at')
    .execute()
}

/** Keeps the decision about a candidate; the last one counts. */
export async function saveCandidate(db: Db, row: CandidateTable): Promise<void> {
  await db
    .insertInto('catalogue_need_candidate')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['need_id', 'entry_id']).doUpdateSet({ state: row.state, decided_at: row.decided_at }),
    )
    .execute()
}

/** The questions for which an entry was taken. */
export async function listQuestionIdsOf(db: Db, entryId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('catalogue_need_candidate as c')
    .innerJoin('catalogue_need as n', 'n.id', 'c.need_id')
    .select('n.question_id')
    .distinct()
    .where('c.entry_id', '=', entryId)
    .where('c.state', '=', 'accepted')
    .limit(50)
    .execute()
  return rows.map((row) => row.question_id)
}
