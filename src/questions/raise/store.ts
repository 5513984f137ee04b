import type { Db } from '../../platform/db.ts'
import type { RaiseQuestion } from '../schema.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    questions_draft: {
      id: string
      email_hash: string
      client_hash: string
      payload: RaiseQuestion
      locale: 'de' | 'en'
      created_at: Date
    }
  }
}

/** Keeps a question sent without an account until its sender confirms. */
export async function insertDraft(
  db: Db,
  draft: {
    id: string
    emailHash: string
    clientHash: string
    payload: RaiseQuestion
    locale: 'de' | 'en'
    at: Date
  },
): Promise<void> {
  await db
    .insertInto('questions_draft')
    .values({
      id: draft.id,
      email_hash: draft.emailHash,
      client_hash: draft.clientHash,
      payload: draft.payload,
      locale: draft.locale,
      created_at: draft.at,
    })
    .execute()
}

/** Takes a draft out: it is given back once and then gone. */
export async function takeDraft(
  db: Db,
  id: string,
): Promise<{ payload: RaiseQuestion; locale: 'de' | 'en' } | undefined> {
  return db
    .deleteFrom('questions_draft')
    .where('id', '=', id)
    .returning(['payload', 'locale'])
    .executeTakeFirst()
}

/** How many drafts came from this mailbox and from this address since a moment. */
export async function countDrafts(
  db: Db,
  from: { readonly emailHash: string; readonly clientHash: string },
  since: Date,
): Promise<{ mailbox: number; address: number }> {
  const rows = await db
    .selectFrom('questions_draft')
    .select(['email_hash', 'client_hash'])
    .where('created_at', '>', since)
    .where((e) => e.or([e('email_hash', '=', from.emailHash), e('client_hash', '=', from.clientHash)]))
    .execute()
  return {
    mailbox: rows.filter((row) => row.email_hash === from.emailHash).length,
    address: rows.filter((row) => row.client_hash === from.clientHash).length,
  }
}

/** Forgets drafts that nobody confirmed. */
export async function deleteDrafts(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('questions_draft').where('created_at', '<', before).execute()
}
