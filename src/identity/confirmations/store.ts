import type { Json } from '../../platform/canonical.ts'
import type { Db } from '../../platform/db.ts'

type ConfirmationRow = {
  id: string
  token_hash: string
  email: string
  purpose: string
  payload: { readonly value: Json }
  title: string
  body: string
  button: string
  name: string | null
  destination: string | null
  organisation_id: string | null
  created_at: Date
  expires_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    identity_confirmation: ConfirmationRow
  }
}

/** A confirmation that waits for its link to be opened. */
export type Confirmation = Readonly<ConfirmationRow>

/** Keeps a confirmation until it is taken or expires. */
export async function insertConfirmation(db: Db, confirmation: Confirmation): Promise<void> {
  await db.insertInto('identity_confirmation').values(confirmation).execute()
}

/** The confirmation of a token that has not expired, without using it up. */
export function findConfirmation(db: Db, tokenHash: string, now: Date): Promise<Confirmation | undefined> {
  return db
    .selectFrom('identity_confirmation')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Takes a confirmation: only one caller ever gets it. */
export function takeConfirmation(db: Db, tokenHash: string, now: Date): Promise<Confirmation | undefined> {
  return db
    .deleteFrom('identity_confirmation')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** Invitations of an organisation that wait for an answer, newest first. */
export function selectInvitations(db: Db, organisationId: string, now: Date): Promise<Confirmation[]> {
  return db
    .selectFrom('identity_confirmation')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .execute()
}

/** Takes an invitation back; false if there was none. */
export async function deleteInvitation(db: Db, organisationId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('identity_confirmation')
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return Number(numDeletedRows) > 0
}
