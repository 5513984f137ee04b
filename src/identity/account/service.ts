import { record } from '../../transparency/service.ts'
import type { Ctx, Person } from '../../platform/context.ts'
import { hasRole, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { forgetMails } from '../../platform/mail.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import type { NotificationWishes, PersonalData } from '../model.ts'
import { browserOf, defaultWishes } from '../model.ts'
import { requireOtherOperator } from '../organisations/service.ts'
import { policy } from '../policy.ts'
import * as schema from '../schema.ts'
import * as store from './store.ts'

/** The signed-in person; refuses anybody else. */
function requireMe(ctx: Ctx): Person {
  const me = ctx.actor.kind === 'person' ? ctx.actor : undefined
  requirePermission(ctx, policy, 'ownAccount')
  if (!me) throw general.signIn()
  return me
}

/** A signed-in device. `current` is the one the request comes from. */
export type Device = {
  readonly id: string
  readonly since: Date
  readonly until: Date
  readonly browser: { readonly browser: string; readonly system: string } | undefined
  readonly current: boolean
}

/** All that the account page shows. */
export async function getOwnAccount(ctx: Ctx, currentToken: string | null) {
  const me = requireMe(ctx)
  const [sessions, passkeys, providers, organisations, wishes] = await Promise.all([
    store.selectSessions(ctx.db, me.personId, ctx.now),
    store.selectPasskeys(ctx.db, me.personId),
    store.selectProviders(ctx.db, me.personId),
    store.selectOwnOrganisations(ctx.db, me.personId),
    wishesOf(ctx, [me.personId]),
  ])
  const devices: Device[] = sessions.map((session) => ({
    id: session.id,
    since: session.createdAt,
    until: session.expiresAt,
    browser: browserOf(session.userAgent),
    current: session.token === currentToken,
  }))
  return { me, devices, passkeys, providers, organisations, wishes: wishes.get(me.personId) ?? defaultWishes }
}

/** Changes the own name; may be empty. */
export async function renameSelf(ctx: Ctx, input: { name: string }): Promise<void> {
  const me = requireMe(ctx)
  const { name } = schema.renameSchema.parse(input)
  await store.updateName(ctx.db, me.personId, name, ctx.now)
}

/** Keeps what a person wants to hear by mail. */
export async function saveWishes(ctx: Ctx, input: schema.Wishes): Promise<void> {
  const me = requireMe(ctx)
  await store.upsertWishes(ctx.db, me.personId, schema.wishesSchema.parse(input))
}

/** What people want to hear by mail; who said nothing gets the defaults. For rooms that send mail. */
export async function wishesOf(
  ctx: Ctx,
  personIds: readonly string[],
): Promise<Map<string, NotificationWishes>> {
  const known = await store.selectWishes(ctx.db, personIds)
  return new Map(personIds.map((id) => [id, known.get(id) ?? defaultWishes]))
}

/** Signs one device out. */
export async function endSession(ctx: Ctx, input: { sessionId: string }): Promise<void> {
  const me = requireMe(ctx)
  const { sessionId } = schema.sessionSchema.parse(input)
  await store.deleteSession(ctx.db, me.personId, sessionId)
}

/** Signs all devices out, this one included. */
export async function signOutEverywhere(ctx: Ctx): Promise<void> {
  const me = requireMe(ctx)
  await store.deleteSessions(ctx.db, me.personId)
}

/** Removes a passkey; the device can then no longer sign in with it. */
export async function removePasskey(ctx: Ctx, input: { passkeyId: string }): Promise<void> {
  const me = requireMe(ctx)
  const { passkeyId } = schema.passkeySchema.parse(input)
  if (!(await store.deletePasskey(ctx.db, me.personId, passkeyId))) throw general.notFound()
}

/** All that this hub keeps about the person, room by room, as JSON (GDPR art. 15 and 20). */
export async function exportOwnData(
  ctx: Ctx,
  sources: readonly PersonalData[],
): Promise<Record<string, unknown>> {
  const me = requireMe(ctx)
  const rooms: Record<string, unknown> = {}
  for (const source of [ownData, ...sources]) rooms[source.room] = await source.export(ctx, me.personId)
  return { exportedAt: ctx.now.toISOString(), hub: ctx.config.url, rooms }
}

/**
 * Erases the own account for good (GDPR art. 17): name, address, sign-in, roles and wishes go; what was published stays
 * without a name; the key in public records points to nobody any more. Refuses to remove the last operator.
 */
export async function eraseOwnAccount(ctx: Ctx, sources: readonly PersonalData[]): Promise<void> {
  const me = requireMe(ctx)
  await transact(ctx, async (ctx) => {
    if (hasRole(me, 'operator')) await requireOtherOperator(ctx, me.personId)
    for (const source of sources) await source.erase?.(ctx, me.personId)
    await forgetMails(ctx, me.email)
    await store.anonymisePerson(ctx.db, { id: me.personId, email: me.email, at: ctx.now })
    await emit(ctx, 'identity.person-erased', { personId: me.personId })
    await record(ctx, {
      event: 'identity.account-erased',
      object: { type: 'account', id: me.personKey ?? 'unknown' },
      summary: { de: 'Ein Konto wurde gelöscht', en: 'An account was erased' },
    })
  })
}

const ownData: PersonalData = {
  room: 'identity',
  export: async (ctx, personId) => ({
    account: await store.selectAccountFacts(ctx.db, personId),
    memberships: await store.selectOwnOrganisations(ctx.db, personId),
    devices: (await store.selectSessions(ctx.db, personId, ctx.now)).map(
      ({ id, createdAt, expiresAt, userAgent }) => ({ id, createdAt, expiresAt, userAgent }),
    ),
    passkeys: await store.selectPasskeys(ctx.db, personId),
    waysToSignIn: await store.selectProviders(ctx.db, personId),
    notifications: (await wishesOf(ctx, [personId])).get(personId),
  }),
}
