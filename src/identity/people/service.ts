import { randomBytes } from 'node:crypto'
import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { sha256Hex } from '../../platform/canonical.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { LINK_MINUTES, hashToken, newPersonKey } from '../auth.ts'
import { displayName, safeReturn } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import * as schema from '../schema.ts'
import * as store from '../store.ts'

/** Makes an account whose address counts as verified (hub only: demo, command line). Refuses a taken address. */
export async function createPerson(
  ctx: Ctx,
  input: schema.CreatePerson,
): Promise<{ id: string; name: string; email: string }> {
  requirePermission(ctx, policy, 'createPerson')
  const { email, name } = schema.createPersonSchema.parse(input)
  return addPerson(ctx, { email, name, verified: true })
}

/** Writes a new account. Whoever calls has made sure that it may exist. Refuses a taken address. */
export async function addPerson(
  ctx: Ctx,
  person: { email: string; name: string; verified: boolean },
): Promise<{ id: string; name: string; email: string }> {
  const id = newId(ctx.now.getTime())
  const added = await store.insertPerson(ctx.db, {
    id,
    ...person,
    locale: ctx.locale,
    personKey: newPersonKey(),
    at: ctx.now,
  })
  if (!added) throw problems.addressTaken()
  return { id, name: person.name, email: person.email }
}

/** A one-time token of a sign-in or confirmation link: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * A one-time link that signs a person in (hub only: demo, command line). The link opens a page with one button, so that
 * mail scanners do not use it up; `to` is where the person then lands; it lasts 15 minutes unless said otherwise.
 */
export async function createSignInLink(ctx: Ctx, input: schema.SignInLink): Promise<string> {
  requirePermission(ctx, policy, 'createSignInLink')
  const { personId, to, minutes } = schema.signInLinkSchema.parse(input)
  const [person] = await store.selectPeople(ctx.db, [personId])
  if (!person) throw general.notFound()
  const token = await addSignInToken(ctx, person.email, minutes ?? LINK_MINUTES)
  const query = to ? `?to=${encodeURIComponent(safeReturn(to, '/'))}` : ''
  return `${ctx.config.url}${ctx.locale === 'en' ? '/en' : ''}/identity/link/${token}${query}`
}

/** Writes a one-time sign-in token for an address and returns it. */
export async function addSignInToken(ctx: Ctx, email: string, minutes: number): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000)
  await store.insertSignInToken(ctx.db, {
    id: newId(),
    hash: hashToken(token),
    email,
    at: ctx.now,
    expiresAt,
  })
  return token
}

/** The names to show for people; someone without a name, gone or unknown gets a neutral word. */
export async function displayNames(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, string>> {
  const people = new Map((await store.selectPeople(ctx.db, personIds)).map((person) => [person.id, person]))
  return new Map(personIds.map((id) => [id, displayName(people.get(id)?.name, ctx.locale)]))
}

/** Where to reach people, with their language; for mails only, never for pages. Erased accounts are left out. */
export async function emailsOf(
  ctx: Ctx,
  personIds: readonly string[],
): Promise<Map<string, { email: string; name: string; locale: 'de' | 'en' }>> {
  const people = await store.selectPeople(ctx.db, personIds)
  return new Map(
    people
      .filter((person) => person.personKey !== null)
      .map(({ id, email, name, locale }) => [id, { email, name, locale: locale === 'en' ? 'en' : 'de' }]),
  )
}

/** Accounts for the operator, newest first; `next` is the cursor of the following page. */
export async function findPeople(ctx: Ctx, input: schema.Search) {
  requirePermission(ctx, policy, 'seePeople')
  const { q, cursor, limit = 50 } = schema.searchSchema.parse(input)
  const rows = await store.searchPeople(ctx.db, {
    ...(q ? { q } : {}),
    ...(cursor ? { before: cursor } : {}),
    limit: limit + 1,
  })
  const people = rows.slice(0, limit)
  return { people, next: rows.length > limit ? people.at(-1)?.id : undefined }
}

/**
 * Counts a try (password, link, confirmation) of an address and refuses with `identity/too-many-tries` after `max` in a
 * quarter of an hour. Only a keyed hash of the address is kept, for an hour.
 */
export async function limitAttempts(ctx: Ctx, what: string, email: string, max: number): Promise<void> {
  const key = sha256Hex(`${ctx.config.secret}:${what}:${email.trim().toLowerCase()}`)
  const since = new Date(ctx.now.getTime() - 15 * 60_000)
  if ((await store.countAttempt(ctx.db, key, ctx.now, since)) > max) throw problems.tooManyTries()
}

/** Clears away what has expired. */
export async function forgetExpired(ctx: Ctx): Promise<void> {
  await transact(ctx, (ctx) => store.deleteExpired(ctx.db, ctx.now))
}

/** The account of an address, for operators; undefined if there is none. */
export async function findIdByEmail(ctx: Ctx, email: string): Promise<string | undefined> {
  requirePermission(ctx, policy, 'seePeople')
  return (await store.findByEmail(ctx.db, email))?.id
}
