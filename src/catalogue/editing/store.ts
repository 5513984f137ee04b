import type { Insertable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Change } from '../entries/model.ts'

interface ProposalTable {
  id: string
  entry_id: string
  person_id: string | null
  organisation_id: string | null
  base_version: number
  changes: readonly Change[]
  note: string
  state: 'open' | 'accepted' | 'declined'
  reason: string | null
  created_at: Date
  decided_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_proposal: ProposalTable
  }
}

/** A steward's proposal to change an entry. */
export type Proposal = {
  readonly id: string
  readonly entryId: string
  readonly personId: string | null
  readonly changes: readonly Change[]
  readonly note: string
  readonly state: ProposalTable['state']
  readonly reason: string | null
  readonly createdAt: Date
  readonly decidedAt: Date | null
}

const columns = [
  'id',
  'entry_id as entryId',
  'person_id as personId',
  'changes',
  'note',
  'state',
  'reason',
  'created_at as createdAt',
  'decided_at as decidedAt',
] as const

/** Adds a proposal. */
export async function insertProposal(db: Db, row: Insertable<ProposalTable>): Promise<void> {
  await db
    .insertInto('catalogue_proposal')
    .values({ ...row, changes: JSON.stringify(row.changes) as unknown as Change[] })
    .execute()
}

/** One proposal. */
export async function findProposal(db: Db, id: string): Promise<Proposal | undefined> {
  return db.selectFrom('catalogue_proposal').select(columns).where('id', '=', id).executeTakeFirst()
}

/** The proposals for an entry, newest first. */
export async function listProposalRows(db: Db, entryId: string): Promise<Proposal[]> {
  return db
    .selectFrom('catalogue_proposal')
    .select(columns)
    .where('entry_id', '=', entryId)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()
}

/** Decides an open proposal; true only for the first who decides. */
export async function closeProposal(
  db: Db,
  id: string,
  to: 'accepted' | 'declined',
  given: { reason: string | null; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_proposal')
    .set({ state: to, reason: given.reason, decided_at: given.at })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Proposals a person made, for her own copy of her data. */
export async function listProposalsOf(db: Db, personId: string) {
  return db
    .selectFrom('catalogue_proposal')
    .select(['entry_id as entryId', 'note', 'state', 'created_at as createdAt'])
    .where('person_id', '=', personId)
    .execute()
}

/** Cuts the tie between a person and what she proposed. */
export async function forgetProposer(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('catalogue_proposal')
    .set({ person_id: null })
    .where('person_id', '=', personId)
    .execute()
}
