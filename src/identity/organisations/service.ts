import { record } from '../../transparency/service.ts'
import type { Ctx, Role } from '../../platform/context.ts'
import { actorId, hasRole, roles as allRoles, transact } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import type { Member, Organisation } from '../model.ts'
import { givableRoles } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import * as schema from '../schema.ts'
import { selectPeople } from '../store.ts'
import { requireMunicipality } from '../towns/service.ts'
import * as store from './store.ts'

/** One organisation; public. Refuses with not-found. */
export async function getOrganisation(ctx: Ctx, id: string): Promise<Organisation> {
  requirePermission(ctx, policy, 'read')
  const known = schema.idSchema.safeParse(id).success ? await store.findOrganisation(ctx.db, id) : undefined
  if (!known) throw general.notFound()
  return known
}

/** All organisations by name, or those whose name contains `q`; public. */
export async function listOrganisations(
  ctx: Ctx,
  filter: { q?: string } = {},
): Promise<readonly Organisation[]> {
  requirePermission(ctx, policy, 'read')
  return store.selectOrganisations(ctx.db, filter.q?.trim() || undefined)
}

/** Names of organisations by id; unknown ids are left out. Public. */
export async function namesOfOrganisations(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const wanted = new Set(ids)
  const known = await store.selectOrganisations(ctx.db)
  return new Map(known.filter((each) => wanted.has(each.id)).map((each) => [each.id, each.name]))
}

/** How many people each organisation has; public, without names. */
export async function countMembers(ctx: Ctx): Promise<ReadonlyMap<string, number>> {
  requirePermission(ctx, policy, 'read')
  return store.countMembers(ctx.db)
}

/** Adds an organisation to a municipality of this hub. Refuses an unknown municipality. */
export async function createOrganisation(ctx: Ctx, input: schema.CreateOrganisation): Promise<Organisation> {
  requirePermission(ctx, policy, 'createOrganisation')
  const { description, url, ...rest } = schema.createOrganisationSchema.parse(input)
  return transact(ctx, async (ctx) => {
    await requireMunicipality(ctx, rest.ags)
    const organisation = { id: newId(), ...rest, description: description || null, url: url ?? null }
    await store.insertOrganisation(ctx.db, organisation, ctx.now)
    await record(ctx, {
      event: 'identity.organisation-created',
      object: { type: 'organisation', id: organisation.id },
      organisationId: organisation.id,
      summary: { de: `${rest.name} ist dabei`, en: `${rest.name} has joined` },
      href: `/identity/organisations/${organisation.id}`,
      details: { kind: rest.kind, ags: rest.ags },
    })
    return organisation
  })
}

/** Changes what an organisation says of itself: its managers and the operator. */
export async function editOrganisation(ctx: Ctx, input: schema.EditOrganisation): Promise<Organisation> {
  await requireManage(ctx, input.organisationId)
  const { organisationId, ...change } = schema.editOrganisationSchema.parse(input)
  return transact(ctx, async (ctx) => {
    const before = await getOrganisation(ctx, organisationId)
    const next = { ...change, description: change.description || null, url: change.url || null }
    await store.updateOrganisation(ctx.db, organisationId, next)
    await record(ctx, {
      event: 'identity.organisation-edited',
      object: { type: 'organisation', id: organisationId },
      organisationId,
      summary: {
        de: `${change.name} hat die eigenen Angaben geändert`,
        en: `${change.name} changed its own details`,
      },
      href: `/identity/organisations/${organisationId}`,
    })
    return { ...before, ...next }
  })
}

/** What the actor may do on an organisation's page. */
export type OrganisationRights = {
  readonly manage: boolean
  readonly seeMembers: boolean
  readonly nameManager: boolean
  readonly give: readonly Role[]
}

/** What the actor may do with an organisation, for showing and hiding. */
export async function rightsIn(ctx: Ctx, organisationId: string): Promise<OrganisationRights> {
  const whose = await whoseIs(ctx, organisationId)
  const operator = may(ctx.actor, policy, 'grantAnyRole')
  return {
    manage: may(ctx.actor, policy, 'manageOrganisation', whose),
    seeMembers: may(ctx.actor, policy, 'seeMembers', whose),
    nameManager: may(ctx.actor, policy, 'nameManager'),
    give: givableRoles({ operator, manages: whose.authorId !== undefined }, allRoles),
  }
}

async function whoseIs(ctx: Ctx, organisationId: string): Promise<{ authorId: string | undefined }> {
  const me = actorId(ctx.actor)
  const valid = me !== undefined && schema.idSchema.safeParse(organisationId).success
  return { authorId: valid && (await store.isManager(ctx.db, me, organisationId)) ? me : undefined }
}

/** Refuses unless the actor manages the organisation or is an operator; returns the rights. */
export async function requireManage(ctx: Ctx, organisationId: string): Promise<OrganisationRights> {
  requirePermission(ctx, policy, 'manageOrganisation', await whoseIs(ctx, organisationId))
  await getOrganisation(ctx, organisationId)
  return rightsIn(ctx, organisationId)
}

/** Refuses a role the actor may not give in this organisation. */
export function requireGivable(rights: OrganisationRights, role: Role, organisationId: string): void {
  if (!rights.give.includes(role)) throw problems.roleNotYours({ organisationId })
}

/** Members with addresses, for those who manage the organisation, stewards and operators. */
export async function listMembers(ctx: Ctx, organisationId: string): Promise<readonly Member[]> {
  requirePermission(ctx, policy, 'seeMembers', await whoseIs(ctx, organisationId))
  return store.selectMembers(ctx.db, organisationId)
}

/**
 * Who holds one of the roles (any, if none is named) in an organisation: for rooms that must reach people.
 * Names and addresses are not for pages; `listMembers` is.
 */
export async function membersOf(
  ctx: Ctx,
  which: { organisationId: string; roles?: readonly Role[] },
): Promise<readonly Member[]> {
  const members = await store.selectMembers(ctx.db, which.organisationId)
  if (!which.roles) return members
  return members.filter((member) => member.roles.some((role) => which.roles?.includes(role)))
}

/** Gives a person a role in an organisation. Those who manage it give only the roles that stay within it. */
export async function addMember(ctx: Ctx, input: schema.MemberInput): Promise<void> {
  const rights = await requireManage(ctx, input.organisationId)
  const member = schema.memberSchema.parse(input)
  requireGivable(rights, member.role, member.organisationId)
  await transact(ctx, (ctx) => giveRole(ctx, member))
}

/** Writes a role that somebody was allowed to give; also when an invitation is accepted. */
export async function giveRole(
  ctx: Ctx,
  member: { personId: string; organisationId: string; role: Role },
): Promise<void> {
  const [person] = await selectPeople(ctx.db, [member.personId])
  if (!person) throw general.notFound()
  if (!(await store.insertMembership(ctx.db, { ...member, at: ctx.now }))) return
  await recordRole(ctx, { ...member, account: person.personKey, what: 'given' })
}

/** Takes a role away. Refuses to take the hub's last operator. */
export async function removeMember(ctx: Ctx, input: schema.MemberInput): Promise<void> {
  const rights = await requireManage(ctx, input.organisationId)
  const member = schema.memberSchema.parse(input)
  requireGivable(rights, member.role, member.organisationId)
  await transact(ctx, async (ctx) => {
    const [person] = await selectPeople(ctx.db, [member.personId])
    if (member.role === 'operator') await requireOtherOperator(ctx, member.personId)
    if (!(await store.deleteMembership(ctx.db, member))) return
    await recordRole(ctx, { ...member, account: person?.personKey ?? null, what: 'taken' })
  })
}

/** Refuses when nobody else is operator. */
export async function requireOtherOperator(ctx: Ctx, personId: string): Promise<void> {
  if ((await store.countOthersWith(ctx.db, 'operator', personId)) === 0) throw problems.lastOperator()
}

async function recordRole(
  ctx: Ctx,
  line: { organisationId: string; role: Role; account: string | null; what: 'given' | 'taken' },
): Promise<void> {
  const { name } = await getOrganisation(ctx, line.organisationId)
  const given = line.what === 'given'
  await record(ctx, {
    event: given ? 'identity.role-given' : 'identity.role-taken',
    object: { type: 'organisation', id: line.organisationId },
    organisationId: line.organisationId,
    summary: {
      de: given ? `Eine Rolle wurde vergeben: ${name}` : `Eine Rolle wurde entzogen: ${name}`,
      en: given ? `A role was given: ${name}` : `A role was taken back: ${name}`,
    },
    href: `/identity/organisations/${line.organisationId}`,
    details: { role: line.role, ...(line.account ? { account: line.account } : {}) },
  })
}

/** Says who manages an organisation; operators only. */
export async function setManager(
  ctx: Ctx,
  input: { personId: string; organisationId: string; manages: boolean },
): Promise<void> {
  requirePermission(ctx, policy, 'nameManager')
  await getOrganisation(ctx, input.organisationId)
  const manager = schema.managerSchema.parse(input)
  await transact(ctx, async (ctx) => {
    const [person] = await selectPeople(ctx.db, [manager.personId])
    if (!person) throw general.notFound()
    await store.setManager(ctx.db, { ...manager, at: ctx.now })
  })
}

/** True if the actor runs the hub. */
export function isOperator(ctx: Ctx): boolean {
  return ctx.actor.kind === 'system' || hasRole(ctx.actor, 'operator')
}
