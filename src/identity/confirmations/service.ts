import { emit } from '../../platform/events.ts'
import type { Ctx, Role } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { sendMail } from '../../platform/mail.ts'
import { general } from '../../platform/problem.ts'
import { z } from 'zod'
import { LINK_MINUTES, hashToken } from '../auth.ts'
import { mails, messages as roomMessages } from '../messages.ts'
import type { ConfirmationText } from '../model.ts'
import { safeReturn } from '../model.ts'
import { getOrganisation, giveRole, requireGivable, requireManage } from '../organisations/service.ts'
import { requirePermission } from '../../platform/permission.ts'
import { setManager } from '../organisations/store.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import * as schema from '../schema.ts'
import { addPerson, addSignInToken, limitAttempts, newToken } from '../people/service.ts'
import { findByEmail, selectPeople, updateEmail } from '../store.ts'
import { messages } from './messages.ts'
import * as store from './store.ts'

const DAYS = 7
/** Mails one address may get within a quarter of an hour. */
const MAX_MAILS = 5

/**
 * Sends a mail with a one-time link to a page with one button. On confirmation the address counts as proven: the person
 * is signed in (a new account is made if there is none) and `identity.confirmed { purpose, payload, personId }` goes out.
 * Refuses with too-many-tries when an address gets too much mail. Works inside `transact`.
 */
export async function createConfirmation(
  ctx: Ctx,
  input: schema.CreateConfirmation,
): Promise<{ id: string }> {
  return addConfirmation(ctx, input, null)
}

async function addConfirmation(
  ctx: Ctx,
  input: schema.CreateConfirmation,
  organisationId: string | null,
): Promise<{ id: string }> {
  const { email, purpose, payload, text, name, to } = schema.createConfirmationSchema.parse(input)
  const token = newToken()
  const id = newId(ctx.now.getTime())
  await transact(ctx, async (ctx) => {
    await limitAttempts(ctx, 'mail', email, MAX_MAILS)
    await store.insertConfirmation(ctx.db, {
      id,
      token_hash: hashToken(token),
      email,
      purpose,
      payload: { value: payload },
      title: text.title,
      body: text.text,
      button: text.button,
      name: name ?? null,
      destination: to ?? null,
      organisation_id: organisationId,
      created_at: ctx.now,
      expires_at: new Date(ctx.now.getTime() + DAYS * 24 * 60 * 60_000),
    })
    const url = `${ctx.config.url}${ctx.locale === 'en' ? '/en' : ''}/identity/confirm/${token}`
    await sendMail(ctx, {
      to: email,
      ...mails[ctx.locale].confirm({ url, title: text.title, text: text.text, days: DAYS }),
    })
  })
  return { id }
}

/** What a link asks for, without using it up. Refuses an unknown, used or expired one. */
export async function readConfirmation(
  ctx: Ctx,
  token: string,
): Promise<ConfirmationText & { email: string }> {
  const found = await store.findConfirmation(ctx.db, hashToken(token), ctx.now)
  if (!found) throw problems.linkUsed()
  return { title: found.title, text: found.body, button: found.button, email: found.email }
}

/** What confirming leads to: where to go, and a one-time token with which the page opens the session. */
export type Confirmed = { readonly personId: string; readonly to: string; readonly signInToken: string }

/** Uses a link up. Refuses an unknown, used or expired one; of two at once only one goes through. */
export async function confirm(ctx: Ctx, token: string): Promise<Confirmed> {
  return transact(ctx, async (ctx) => {
    const taken = await store.takeConfirmation(ctx.db, hashToken(token), ctx.now)
    if (!taken) throw problems.linkUsed()
    const payload = taken.payload.value
    const person =
      taken.purpose === 'identity.email' ? await moveAddress(ctx, taken) : await personOf(ctx, taken)
    if (taken.purpose === 'identity.invitation') await acceptInvitation(ctx, taken, person.id)
    await emit(ctx, 'identity.confirmed', { purpose: taken.purpose, payload, personId: person.id })
    const signInToken = await addSignInToken(ctx, person.email, LINK_MINUTES)
    return {
      personId: person.id,
      to: safeReturn(taken.destination ?? undefined, '/identity/account'),
      signInToken,
    }
  })
}

async function personOf(ctx: Ctx, taken: store.Confirmation): Promise<{ id: string; email: string }> {
  const known = await findByEmail(ctx.db, taken.email)
  // An account whose address was never proven stays so here: signing in then throws out whoever made it.
  return known ?? addPerson(ctx, { email: taken.email, name: taken.name ?? '', verified: true })
}

const invitation = z.object({ role: schema.roleSchema, manages: z.boolean() })

/** Invites somebody by mail to take a role. Those who manage the organisation give only roles that stay within it. */
export async function inviteMember(ctx: Ctx, input: schema.InviteInput): Promise<void> {
  const rights = await requireManage(ctx, input.organisationId)
  const { organisationId, email, role, manages } = schema.inviteSchema.parse(input)
  requireGivable(rights, role, organisationId)
  if (manages) requirePermission(ctx, policy, 'nameManager')
  const { name } = await getOrganisation(ctx, organisationId)
  const text = invitationText(ctx, name, role)
  const to = `/identity/organisations/${organisationId}`
  await addConfirmation(
    ctx,
    { email, purpose: 'identity.invitation', payload: { role, manages }, text, to },
    organisationId,
  )
}

function invitationText(ctx: Ctx, organisation: string, role: Role): ConfirmationText {
  const t = messages[ctx.locale]
  return {
    title: t.invitationTitle({ organisation }),
    text: t.invitationText({ organisation, role: roomMessages[ctx.locale].roles[role] }),
    button: t.invitationButton,
  }
}

async function acceptInvitation(ctx: Ctx, taken: store.Confirmation, personId: string): Promise<void> {
  const { role, manages } = invitation.parse(taken.payload.value)
  const organisationId = taken.organisation_id
  if (!organisationId) throw problems.linkUsed()
  await giveRole(ctx, { personId, organisationId, role })
  if (manages) await setManager(ctx.db, { personId, organisationId, manages, at: ctx.now })
}

/** Invitations that wait for an answer. */
export async function listInvitations(ctx: Ctx, organisationId: string) {
  await requireManage(ctx, organisationId)
  const rows = await store.selectInvitations(ctx.db, organisationId, ctx.now)
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: invitation.parse(row.payload.value).role,
    expiresAt: row.expires_at,
  }))
}

/** Takes an invitation back; its link then leads nowhere. */
export async function withdrawInvitation(
  ctx: Ctx,
  input: { organisationId: string; invitationId: string },
): Promise<void> {
  await requireManage(ctx, input.organisationId)
  if (!schema.idSchema.safeParse(input.invitationId).success) throw general.notFound()
  if (!(await store.deleteInvitation(ctx.db, input.organisationId, input.invitationId)))
    throw general.notFound()
}

const move = z.object({ personId: z.string() })

/** Asks the owner of a new address to confirm that it belongs to the account; until then the old one stays. */
export async function requestEmailChange(ctx: Ctx, input: { email: string }): Promise<void> {
  const me = ctx.actor.kind === 'person' ? ctx.actor : undefined
  requirePermission(ctx, policy, 'ownAccount')
  const email = schema.emailSchema.parse(input.email)
  const t = messages[ctx.locale]
  await createConfirmation(ctx, {
    email,
    purpose: 'identity.email',
    payload: { personId: me?.personId ?? '' },
    text: { title: t.emailTitle, text: t.emailText, button: t.emailButton },
    to: '/identity/account',
  })
}

async function moveAddress(ctx: Ctx, taken: store.Confirmation): Promise<{ id: string; email: string }> {
  const { personId } = move.parse(taken.payload.value)
  const [person] = await selectPeople(ctx.db, [personId])
  if (!person?.personKey) throw problems.linkUsed()
  const holder = await findByEmail(ctx.db, taken.email)
  if (holder && holder.id !== personId) throw problems.addressTaken()
  await updateEmail(ctx.db, personId, taken.email, ctx.now)
  return { id: personId, email: taken.email }
}
