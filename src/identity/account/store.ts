import { sql } from 'kysely'
import type { Role } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import type { NotificationWishes } from '../model.ts'

/** Sessions that still count, newest first. */
export function selectSessions(db: Db, personId: string, now: Date) {
  return db
    .selectFrom('identity_session')
    .select(['id', 'token', 'createdAt', 'expiresAt', 'userAgent'])
    .where('userId', '=', personId)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .limit(100)
    .execute()
}

/** A person's passkeys, newest first. */
export function selectPasskeys(db: Db, personId: string) {
  return db
    .selectFrom('identity_passkey')
    .select(['id', 'name', 'createdAt', 'aaguid'])
    .where('userId', '=', personId)
    .orderBy('id', 'desc')
    .execute()
}

/** Which ways to sign in exist beside links: `credential` is a password, others are outside providers. */
export async function selectProviders(db: Db, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('identity_account')
    .select('providerId')
    .where('userId', '=', personId)
    .orderBy('providerId')
    .execute()
  return rows.map((row) => row.providerId)
}

/** Organisations and roles of a person, also those she only manages. */
export function selectOwnOrganisations(db: Db, personId: string) {
  return db
    .selectFrom('identity_organisation as o')
    .leftJoin('identity_membership as m', (join) =>
      join.onRef('m.organisation_id', '=', 'o.id').on('m.person_id', '=', personId),
    )
    .leftJoin('identity_manager as g', (join) =>
      join.onRef('g.organisation_id', '=', 'o.id').on('g.person_id', '=', personId),
    )
    .where((eb) => eb.or([eb('m.role', 'is not', null), eb('g.person_id', 'is not', null)]))
    .select(['o.id', 'o.name'])
    .select(
      sql<Role[]>`coalesce(json_agg(m.role order by m.role) filter (where m.role is not null), '[]')`.as(
        'roles',
      ),
    )
    .select(sql<boolean>`bool_or(g.person_id is not null)`.as('manages'))
    .groupBy('o.id')
    .orderBy('o.name')
    .execute()
}

/** The account's own columns, for the person's copy. */
export function selectAccountFacts(db: Db, personId: string) {
  return db
    .selectFrom('identity_user')
    .select([
      'id',
      'name',
      'email',
      'emailVerified',
      'locale',
      'createdAt',
      'personKey as keyInPublicRecords',
    ])
    .where('id', '=', personId)
    .executeTakeFirst()
}

/** Changes a name. */
export async function updateName(db: Db, personId: string, name: string, at: Date): Promise<void> {
  await db.updateTable('identity_user').set({ name, updatedAt: at }).where('id', '=', personId).execute()
}

/** Wishes by person; who said nothing is missing. */
export async function selectWishes(
  db: Db,
  personIds: readonly string[],
): Promise<Map<string, NotificationWishes>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('identity_wish')
    .selectAll()
    .where('person_id', 'in', [...personIds])
    .execute()
  return new Map(rows.map(({ person_id, ...wishes }) => [person_id, wishes]))
}

/** Keeps wishes. */
export async function upsertWishes(db: Db, personId: string, wishes: NotificationWishes): Promise<void> {
  await db
    .insertInto('identity_wish')
    .values({ person_id: personId, ...wishes })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(wishes))
    .execute()
}

/** Ends one session of a person. */
export async function deleteSession(db: Db, personId: string, id: string): Promise<void> {
  await db.deleteFrom('identity_session').where('userId', '=', personId).where('id', '=', id).execute()
}

/** Ends all sessions of a person. */
export async function deleteSessions(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('identity_session').where('userId', '=', personId).execute()
}

/** Removes a passkey; false if the person has none such. */
export async function deletePasskey(db: Db, personId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('identity_passkey')
    .where('userId', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst()
  return Number(numDeletedRows) > 0
}

/** Empties an account: nothing that leads to the person stays but an id without meaning. */
export async function anonymisePerson(
  db: Db,
  person: { id: string; email: string; at: Date },
): Promise<void> {
  for (const table of ['identity_session', 'identity_account', 'identity_passkey'] as const) {
    await db.deleteFrom(table).where('userId', '=', person.id).execute()
  }
  for (const table of ['identity_membership', 'identity_manager', 'identity_wish'] as const) {
    await db.deleteFrom(table).where('person_id', '=', person.id).execute()
  }
  await db.deleteFrom('identity_confirmation').where('email', '=', person.email).execute()
  await db
    .deleteFrom('identity_verification')
    .where(sql<boolean>`position(${person.email} in "value") > 0 or position(${person.id} in "value") > 0`)
    .execute()
  await db
    .updateTable('identity_user')
    .set({
      name: '',
      email: `${person.id}@erased.invalid`,
      emailVerified: false,
      image: null,
      personKey: null,
      updatedAt: person.at,
    })
    .where('id', '=', person.id)
    .execute()
}
