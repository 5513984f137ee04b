import type { Selectable } from 'kysely'
import type { Db } from '../platform/db.ts'
import type {
  Agreement,
  AgreementState,
  AgreementVersion,
  ClauseKey,
  Overrides,
  Part,
  Party,
  Signature,
  Terms,
} from './model.ts'

type AgreementTable = {
  id: string
  question_id: string
  title: string
  state: AgreementState
  version: number
  charter: string
  hash: string
  valid_from: string
  valid_until: string
  created_by: string | null
  created_at: Date
  proposed_at: Date | null
  signed_at: Date | null
  in_force_at: Date | null
  reminded_at: Date | null
  ended_at: Date | null
  end_reason: string | null
}
type PartyTable = { agreement_id: string; organisation_id: string; part: Part; position: number }
type VersionTable = {
  agreement_id: string
  version: number
  charter: string
  terms: Terms
  overrides: Overrides
  hash: string
  changed_clause: ClauseKey | null
  reason: string | null
  created_by: string | null
  created_at: Date
}
type SignatureTable = {
  id: string
  agreement_id: string
  organisation_id: string
  version: number
  hash: string
  person_id: string | null
  name: string | null
  role: string
  signed_at: Date
  forget: boolean
}
type CommentTable = {
  id: string
  agreement_id: string
  clause: ClauseKey
  version: number
  person_id: string | null
  organisation_id: string | null
  text: string
  created_at: Date
}

declare module '../platform/db.ts' {
  interface Tables {
    cooperation_agreement: AgreementTable
    cooperation_party: PartyTable
    cooperation_version: VersionTable
    cooperation_signature: SignatureTable
    cooperation_comment: CommentTable
  }
}

/** One thing said about a clause. */
export type ClauseComment = Selectable<CommentTable>

/** What a new version consists of. */
export type NewVersion = Omit<AgreementVersion, 'createdAt'> & {
  agreementId: string
  createdBy: string | null
  createdAt: Date
}

/** Writes a new agreement with its parties; its first version is written with `insertVersion`. */
export async function insertAgreement(db: Db, row: AgreementTable, parties: Party[]): Promise<void> {
  await db.insertInto('cooperation_agreement').values(row).execute()
  await db
    .insertInto('cooperation_party')
    .values(
      parties.map((party, position) => ({
        agreement_id: row.id,
        organisation_id: party.organisationId,
        part: party.part,
        position,
      })),
    )
    .execute()
}

/** Adds a version of the text, or replaces it while the agreement is a draft. */
export async function insertVersion(db: Db, version: NewVersion): Promise<void> {
  const content = {
    charter: version.charter,
    terms: version.terms,
    overrides: version.overrides,
    hash: version.hash,
    changed_clause: version.changedClause,
    reason: version.reason,
    created_by: version.createdBy,
    created_at: version.createdAt,
  }
  await db
    .insertInto('cooperation_version')
    .values({ agreement_id: version.agreementId, version: version.version, ...content })
    .onConflict((conflict) => conflict.columns(['agreement_id', 'version']).doUpdateSet(content))
    .execute()
}

/** Changes fields of an agreement. */
export async function updateAgreement(
  db: Db,
  id: string,
  set: Partial<Omit<AgreementTable, 'id'>>,
): Promise<void> {
  await db.updateTable('cooperation_agreement').set(set).where('id', '=', id).execute()
}

/** Reads an agreement with everything that belongs to it; `lock` holds the row until the transaction ends. */
export async function findAgreement(db: Db, id: string, lock = false): Promise<Agreement | undefined> {
  const base = db.selectFrom('cooperation_agreement').selectAll().where('id', '=', id)
  const row = await (lock ? base.forUpdate() : base).executeTakeFirst()
  return row ? (await complete(db, [row]))[0] : undefined
}

/** Which agreements to read: all but drafts, and drafts of these organisations or this author (`all` shows every draft). */
export type ListFilter = {
  questionId?: string | undefined
  state?: AgreementState | undefined
  before?: string | undefined
  limit: number
  inside: { all: boolean; organisationIds: readonly string[]; personId: string | undefined }
}

/** Reads a page of agreements, newest first. */
export async function selectAgreements(db: Db, filter: ListFilter): Promise<Agreement[]> {
  let query = db
    .selectFrom('cooperation_agreement as a')
    .selectAll('a')
    .orderBy('a.id', 'desc')
    .limit(filter.limit)
  if (filter.questionId) query = query.where('a.question_id', '=', filter.questionId)
  if (filter.state) query = query.where('a.state', '=', filter.state)
  if (filter.before) query = query.where('a.id', '<', filter.before)
  const { inside } = filter
  if (!inside.all) {
    query = query.where((eb) =>
      eb.or([
        eb('a.proposed_at', 'is not', null),
        ...(inside.personId ? [eb('a.created_by', '=', inside.personId)] : []),
        ...(inside.organisationIds.length === 0
          ? []
          : [
              eb.exists(
                eb
                  .selectFrom('cooperation_party as p')
                  .select('p.agreement_id')
                  .whereRef('p.agreement_id', '=', 'a.id')
                  .where('p.organisation_id', 'in', [...inside.organisationIds]),
              ),
            ]),
      ]),
    )
  }
  return complete(db, await query.execute())
}

/** Ids of agreements in a state whose last day (or first day) is at or before a day. */
export async function selectIdsByDay(
  db: Db,
  where: { states: AgreementState[]; column: 'valid_until' | 'valid_from'; before: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('cooperation_agreement')
    .select('id')
    .where('state', 'in', where.states)
    .where(where.column, '<', where.before)
    .execute()
  return rows.map((row) => row.id)
}

/** Ids of agreements signed by all whose start was not yet announced, and those that end soon without a reminder. */
export async function selectDue(
  db: Db,
  day: { today: string; soon: string },
): Promise<{ starting: string[]; ending: string[] }> {
  const signed = db.selectFrom('cooperation_agreement').select('id').where('state', '=', 'signed')
  const starting = await signed
    .where('in_force_at', 'is', null)
    .where('valid_from', '<=', day.today)
    .execute()
  const ending = await signed
    .where('reminded_at', 'is', null)
    .where('valid_until', '<=', day.soon)
    .where('valid_until', '>=', day.today)
    .execute()
  return { starting: starting.map((row) => row.id), ending: ending.map((row) => row.id) }
}

/** Every version of the text, oldest first. */
export async function selectVersions(db: Db, agreementId: string): Promise<AgreementVersion[]> {
  const rows = await db
    .selectFrom('cooperation_version')
    .selectAll()
    .where('agreement_id', '=', agreementId)
    .orderBy('version')
    .execute()
  return rows.map((row) => ({
    version: row.version,
    charter: row.charter,
    terms: row.terms,
    overrides: row.overrides,
    hash: row.hash,
    createdAt: row.created_at,
    changedClause: row.changed_clause,
    reason: row.reason,
  }))
}

/** Adds a signature; false if this organisation has already signed this text. */
export async function insertSignature(db: Db, row: SignatureTable): Promise<boolean> {
  const result = await db
    .insertInto('cooperation_signature')
    .values(row)
    .onConflict((conflict) => conflict.columns(['agreement_id', 'organisation_id', 'hash']).doNothing())
    .executeTakeFirst()
  return Boolean(result.numInsertedOrUpdatedRows)
}

/** Adds a comment. */
export async function insertComment(db: Db, row: CommentTable): Promise<void> {
  await db.insertInto('cooperation_comment').values(row).execute()
}

/** The discussion of an agreement, oldest first. */
export async function selectComments(db: Db, agreementId: string): Promise<ClauseComment[]> {
  return db
    .selectFrom('cooperation_comment')
    .selectAll()
    .where('agreement_id', '=', agreementId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Everything a person signed or said, for her own copy. */
export async function selectOfPerson(db: Db, personId: string) {
  const signatures = await db
    .selectFrom('cooperation_signature')
    .select(['agreement_id', 'organisation_id', 'name', 'role', 'hash', 'signed_at'])
    .where('person_id', '=', personId)
    .orderBy('signed_at')
    .execute()
  const comments = await db
    .selectFrom('cooperation_comment')
    .select(['agreement_id', 'clause', 'text', 'created_at'])
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute()
  return { signatures, comments }
}

/** Cuts every tie to a person. Names under agreements that still run stay until those are over (GDPR Art. 17(3)(e)). */
export async function forgetPerson(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('cooperation_comment')
    .set({ person_id: null })
    .where('person_id', '=', personId)
    .execute()
  await db
    .updateTable('cooperation_agreement')
    .set({ created_by: null })
    .where('created_by', '=', personId)
    .execute()
  await db
    .updateTable('cooperation_version')
    .set({ created_by: null })
    .where('created_by', '=', personId)
    .execute()
  await db
    .updateTable('cooperation_signature')
    .set({ person_id: null, forget: true })
    .where('person_id', '=', personId)
    .execute()
  const over = db
    .selectFrom('cooperation_agreement')
    .select('id')
    .where('state', 'in', ['withdrawn', 'expired', 'ended'])
  await db
    .updateTable('cooperation_signature')
    .set({ name: null })
    .where('forget', '=', true)
    .where('agreement_id', 'in', over)
    .execute()
}

/** Removes the names of people who asked to be forgotten from an agreement that is over. */
export async function forgetNames(db: Db, agreementId: string): Promise<void> {
  await db
    .updateTable('cooperation_signature')
    .set({ name: null })
    .where('agreement_id', '=', agreementId)
    .where('forget', '=', true)
    .execute()
}

async function complete(db: Db, rows: Selectable<AgreementTable>[]): Promise<Agreement[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const signatures = await db
    .selectFrom('cooperation_signature')
    .selectAll()
    .where('agreement_id', 'in', ids)
    .orderBy('signed_at')
    .execute()
  const versions = await db
    .selectFrom('cooperation_version as v')
    .innerJoin('cooperation_agreement as a', (join) =>
      join.onRef('a.id', '=', 'v.agreement_id').onRef('a.version', '=', 'v.version'),
    )
    .select(['v.agreement_id', 'v.terms', 'v.overrides'])
    .where('v.agreement_id', 'in', ids)
    .execute()
  return rows.map((row) => {
    const current = versions.find((one) => one.agreement_id === row.id)
    if (!current) throw new Error('an agreement has no current version')
    return toAgreement(
      row,
      current,
      signatures.filter((one) => one.agreement_id === row.id),
    )
  })
}

function toAgreement(
  row: Selectable<AgreementTable>,
  current: { terms: Terms; overrides: Overrides },
  signatures: Selectable<SignatureTable>[],
): Agreement {
  const { terms } = current
  return {
    id: row.id,
    questionId: row.question_id,
    title: row.title,
    state: row.state,
    version: row.version,
    charter: row.charter,
    hash: row.hash,
    terms,
    overrides: current.overrides,
    parties: terms.parties,
    entryIds: terms.entries.map((entry) => entry.entryId),
    purpose: terms.purpose,
    protectionLevel: terms.protectionLevel,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    createdBy: row.created_by,
    createdAt: row.created_at,
    proposedAt: row.proposed_at,
    signedAt: row.signed_at,
    inForceAt: row.in_force_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    signatures: signatures.map((one) => toSignature(one, row.hash)),
  }
}

function toSignature(row: Selectable<SignatureTable>, hash: string): Signature {
  const { version, name, role } = row
  return {
    organisationId: row.organisation_id,
    name,
    role,
    hash: row.hash,
    version,
    signedAt: row.signed_at,
    valid: row.hash === hash,
  }
}
