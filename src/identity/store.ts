import { sql } from 'kysely'
import type { Membership, Person, Role } from '../platform/context.ts'
import type { Db } from '../platform/db.ts'
import type { NotificationWishes } from './model.ts'

type UserTable = {
  id: string
  name: string
  email: string
  emailVerified: boolean
  image: string | null
  createdAt: Date
  updatedAt: Date
  locale: string
  personKey: string | null
}
type SessionTable = {
  id: string
  expiresAt: Date
  token: string
  createdAt: Date
  updatedAt: Date
  ipAddress: string | null
  userAgent: string | null
  userId: string
}
type VerificationTable = {
  id: string
  identifier: string
  value: string
  expiresAt: Date
  createdAt: Date
  updatedAt: Date
}
type AccountTable = { id: string; accountId: string; providerId: string; userId: string; createdAt: Date }
type PasskeyTable = {
  id: string
  name: string | null
  userId: string
  createdAt: Date | null
  aaguid: string | null
}
type MembershipTable = { person_id: string; organisation_id: string; role: Role; since: Date }

declare module '../platform/db.ts' {
  interface Tables {
    identity_user: UserTable
    identity_session: SessionTable
    identity_account: AccountTable
    identity_verification: VerificationTable
    identity_passkey: PasskeyTable
    identity_membership: MembershipTable
    identity_manager: { person_id: string; organisation_id: string; since: Date }
    identity_wish: { person_id: string } & NotificationWishes
    identity_attempt: { key: string; at: Date }
  }
}

/** The person behind a session's token with all roles, in one read; undefined if the session has ended. */
export async function findActorByToken(db: Db, token: string, now: Date): Promise<Person | undefined> {
  const row = await db
    .selectFrom('identity_session as s')
    .innerJoin('identity_user as u', 'u.id', 's.userId')
    .leftJoin('identity_membership as m', 'm.person_id', 'u.id')
    .select(['u.id', 'u.name', 'u.email', 'u.personKey'])
    .select(membershipsJson)
    .where('s.token', '=', token)
    .where('s.expiresAt', '>', now)
    .groupBy('u.id')
    .executeTakeFirst()
  return row && toPerson(row)
}

/** A person as actor, without a session (tests, jobs); undefined if there is none. */
export async function findPerson(db: Db, personId: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('identity_user as u')
    .leftJoin('identity_membership as m', 'm.person_id', 'u.id')
    .select(['u.id', 'u.name', 'u.email', 'u.personKey'])
    .select(membershipsJson)
    .where('u.id', '=', personId)
    .groupBy('u.id')
    .executeTakeFirst()
  return row && toPerson(row)
}

const membershipsJson = sql<Membership[]>`coalesce(
  json_agg(json_build_object('organisationId', m.organisation_id, 'role', m.role)) filter (where m.role is not null), '[]')`.as(
  'memberships',
)

function toPerson(row: {
  id: string
  name: string
  email: string
  personKey: string | null
  memberships: Membership[]
}): Person {
  const { id, personKey, ...rest } = row
  return { kind: 'person', personId: id, ...rest, ...(personKey ? { personKey } : {}) }
}

/** Adds an account; false if the address is taken. */
export async function insertPerson(db: Db, person: NewPerson): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identity_user')
    .values({
      id: person.id,
      name: person.name,
      email: person.email,
      emailVerified: person.verified,
      image: null,
      createdAt: person.at,
      updatedAt: person.at,
      locale: person.locale,
      personKey: person.personKey,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) > 0
}

type NewPerson = {
  id: string
  name: string
  email: string
  verified: boolean
  locale: string
  personKey: string
  at: Date
}

/** The account of an address. */
export function findByEmail(db: Db, email: string) {
  return db
    .selectFrom('identity_user')
    .select(['id', 'name', 'email', 'emailVerified', 'locale', 'personKey'])
    .where('email', '=', email)
    .executeTakeFirst()
}

/** Accounts by their ids; missing ones are left out. */
export async function selectPeople(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('identity_user')
    .select(['id', 'name', 'email', 'locale', 'personKey'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
}

/** Accounts whose name or address contains the words, newest first, with their roles. `before`: id of the last one seen. */
export async function searchPeople(db: Db, filter: { q?: string; before?: string; limit: number }) {
  const like = `%${(filter.q ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  let query = db
    .selectFrom('identity_user as u')
    .leftJoin('identity_membership as m', 'm.person_id', 'u.id')
    .select(['u.id', 'u.name', 'u.email', 'u.personKey', 'u.emailVerified', 'u.createdAt'])
    .select(membershipsJson)
    .where('u.personKey', 'is not', null)
    .groupBy('u.id')
    .orderBy('u.id', 'desc')
    .limit(filter.limit)
  if (filter.q)
    query = query.where((eb) => eb.or([eb('u.name', 'ilike', like), eb('u.email', 'ilike', like)]))
  if (filter.before) query = query.where('u.id', '<', filter.before)
  return query.execute()
}

/**
 * Writes a one-time sign-in token in the form the library's magic-link plugin reads (`magic-link:<hash>`), so that it
 * can be made inside a transaction; the sign-in test holds this form to the plugin's.
 */
export async function insertSignInToken(
  db: Db,
  token: { id: string; hash: string; email: string; at: Date; expiresAt: Date },
): Promise<void> {
  await db
    .insertInto('identity_verification')
    .values({
      id: token.id,
      identifier: `magic-link:${token.hash}`,
      value: JSON.stringify({ type: 'magic-link', email: token.email }),
      expiresAt: token.expiresAt,
      createdAt: token.at,
      updatedAt: token.at,
    })
    .execute()
}

/** Counts one more try under a key and says how many there were since a time, this one included. */
export async function countAttempt(db: Db, key: string, at: Date, since: Date): Promise<number> {
  await db.insertInto('identity_attempt').values({ key, at }).execute()
  const { n } = await db
    .selectFrom('identity_attempt')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('key', '=', key)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Forgets what has expired: sessions, tokens, links, old tries. */
export async function deleteExpired(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('identity_session').where('expiresAt', '<', now).execute()
  await db.deleteFrom('identity_verification').where('expiresAt', '<', now).execute()
  await db.deleteFrom('identity_confirmation').where('expires_at', '<', now).execute()
  await db
    .deleteFrom('identity_attempt')
    .where('at', '<', new Date(now.getTime() - 60 * 60 * 1000))
    .execute()
}

/** Gives an account another, proven address. */
export async function updateEmail(db: Db, personId: string, email: string, at: Date): Promise<void> {
  await db
    .updateTable('identity_user')
    .set({ email, emailVerified: true, updatedAt: at })
    .where('id', '=', personId)
    .execute()
}
