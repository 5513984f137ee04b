import { sql } from 'kysely'
import type { Role } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import type { Member, Organisation, OrganisationKind } from '../model.ts'

declare module '../../platform/db.ts' {
  interface Tables {
    identity_organisation: {
      id: string
      ags: string
      name: string
      short_name: string
      kind: OrganisationKind
      description: string | null
      url: string | null
      created_at: Date
    }
  }
}

const columns = ['id', 'name', 'short_name as shortName', 'kind', 'ags', 'description', 'url'] as const

/** One organisation, or undefined. */
export function findOrganisation(db: Db, id: string): Promise<Organisation | undefined> {
  return db.selectFrom('identity_organisation').select(columns).where('id', '=', id).executeTakeFirst()
}

/** All organisations by name; a hub has some hundreds at most. */
export function selectOrganisations(db: Db, q?: string): Promise<Organisation[]> {
  let query = db
    .selectFrom('identity_organisation')
    .select(columns)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    query = query.where((eb) => eb.or([eb('name', 'ilike', like), eb('short_name', 'ilike', like)]))
  }
  return query.execute()
}

/** Adds an organisation. */
export async function insertOrganisation(db: Db, organisation: Organisation, at: Date): Promise<void> {
  const { shortName, ...rest } = organisation
  await db
    .insertInto('identity_organisation')
    .values({ ...rest, short_name: shortName, created_at: at })
    .execute()
}

/** Changes what an organisation says of itself. */
export async function updateOrganisation(
  db: Db,
  id: string,
  change: { name: string; shortName: string; description: string | null; url: string | null },
): Promise<void> {
  const { shortName, ...rest } = change
  await db
    .updateTable('identity_organisation')
    .set({ ...rest, short_name: shortName })
    .where('id', '=', id)
    .execute()
}

/** Gives a role; nothing changes if it is held already. */
export async function insertMembership(
  db: Db,
  m: { personId: string; organisationId: string; role: Role; at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identity_membership')
    .values({ person_id: m.personId, organisation_id: m.organisationId, role: m.role, since: m.at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) > 0
}

/** Takes a role away; false if it was not held. */
export async function deleteMembership(
  db: Db,
  m: { personId: string; organisationId: string; role: Role },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('identity_membership')
    .where('person_id', '=', m.personId)
    .where('organisation_id', '=', m.organisationId)
    .where('role', '=', m.role)
    .executeTakeFirst()
  return Number(numDeletedRows) > 0
}

/** How many people hold a role anywhere, apart from one of them. */
export async function countOthersWith(db: Db, role: Role, personId: string): Promise<number> {
  const { n } = await db
    .selectFrom('identity_membership')
    .select((eb) => eb.fn.count<string>('person_id').distinct().as('n'))
    .where('role', '=', role)
    .where('person_id', '!=', personId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** True if the person manages the organisation. */
export async function isManager(db: Db, personId: string, organisationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('identity_manager')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return row !== undefined
}

/** Makes or unmakes a person one who manages the organisation. */
export async function setManager(
  db: Db,
  m: { personId: string; organisationId: string; manages: boolean; at: Date },
): Promise<void> {
  if (m.manages) {
    await db
      .insertInto('identity_manager')
      .values({ person_id: m.personId, organisation_id: m.organisationId, since: m.at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return
  }
  await db
    .deleteFrom('identity_manager')
    .where('person_id', '=', m.personId)
    .where('organisation_id', '=', m.organisationId)
    .execute()
}

/** Who belongs to an organisation, with all roles held there, by name. */
export async function selectMembers(db: Db, organisationId: string): Promise<Member[]> {
  return db
    .selectFrom('identity_user as u')
    .leftJoin('identity_membership as m', (join) =>
      join.onRef('m.person_id', '=', 'u.id').on('m.organisation_id', '=', organisationId),
    )
    .leftJoin('identity_manager as g', (join) =>
      join.onRef('g.person_id', '=', 'u.id').on('g.organisation_id', '=', organisationId),
    )
    .where((eb) => eb.or([eb('m.role', 'is not', null), eb('g.person_id', 'is not', null)]))
    .select(['u.id as personId', 'u.name', 'u.email'])
    .select(
      sql<Role[]>`coalesce(json_agg(m.role order by m.role) filter (where m.role is not null), '[]')`.as(
        'roles',
      ),
    )
    .select(sql<boolean>`bool_or(g.person_id is not null)`.as('manages'))
    .groupBy('u.id')
    .orderBy(sql`lower(u.name)`)
    .orderBy('u.id')
    .execute()
}

/** How many people each organisation has. */
export async function countMembers(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('identity_membership')
    .select(['organisation_id as id', (eb) => eb.fn.count<string>('person_id').distinct().as('n')])
    .groupBy('organisation_id')
    .execute()
  return new Map(rows.map((row) => [row.id, Number(row.n)]))
}
