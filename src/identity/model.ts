import type { Ctx, Role } from '../platform/context.ts'

/** What kind of body an organisation is. */
export const organisationKinds = ['department', 'utility', 'company', 'institute', 'association'] as const

/** One kind of organisation. */
export type OrganisationKind = (typeof organisationKinds)[number]

/** A body in which people hold roles and to which objects of all rooms belong. `ags` is its municipality's key. */
export type Organisation = {
  readonly id: string
  readonly name: string
  readonly shortName: string
  readonly kind: OrganisationKind
  readonly ags: string
  readonly description: string | null
  readonly url: string | null
}

/** A municipality this hub serves. `ags`: the official eight-digit key (Amtlicher Gemeindeschlüssel). */
export type Municipality = {
  readonly ags: string
  readonly name: string
  readonly claim: string | null
  readonly operator: string | null
  readonly contact: string | null
  readonly hostnames: readonly string[]
}

/** A person as a member of an organisation, one line with all roles held there. */
export type Member = {
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  /** Manages the organisation's page, members and invitations. */
  readonly manages: boolean
}

/**
 * Roles that those who manage an organisation may give themselves. The others count for the whole hub
 * (a steward moderates every question), so only an operator gives them.
 */
const rolesGivenByManagers: readonly Role[] = ['citizen', 'holder', 'analyst']

/** The roles an actor may give in an organisation. */
export function givableRoles(
  rights: { operator: boolean; manages: boolean },
  all: readonly Role[],
): readonly Role[] {
  if (rights.operator) return all
  return rights.manages ? rolesGivenByManagers : []
}

/** What a person wants to hear by mail: collected news and tasks that wait for her. */
export type NotificationWishes = { readonly digest: 'never' | 'daily' | 'weekly'; readonly tasks: boolean }

/** What holds until a person says otherwise. */
export const defaultWishes: NotificationWishes = { digest: 'weekly', tasks: true }

/**
 * What a room keeps about a person. The app hands all of them to the account page: `export` returns JSON for the
 * person's own copy; `erase` cuts the tie to the person and runs in the transaction of the erasure.
 */
export type PersonalData = {
  readonly room: string
  readonly export: (ctx: Ctx, personId: string) => Promise<Record<string, unknown>>
  readonly erase?: (ctx: Ctx, personId: string) => Promise<void>
}

/** What a one-time link by mail asks for; the reader sees it before anything happens. */
export type ConfirmationText = {
  /** Subject of the mail and heading of the page. */
  readonly title: string
  /** One or two sentences: what will happen on confirmation. */
  readonly text: string
  /** The button: a verb. */
  readonly button: string
}

/** The name shown for a person: her own, or a neutral word where she gave none or is gone. */
export function displayName(name: string | null | undefined, locale: 'de' | 'en'): string {
  return name?.trim() || (locale === 'de' ? 'Ohne Namen' : 'No name given')
}

/** `Firefox auf Linux`, roughly read from a browser's own words; undefined if it says nothing we know. */
export function browserOf(userAgent: string | null): { browser: string; system: string } | undefined {
  if (!userAgent) return undefined
  const find = (pairs: readonly (readonly [RegExp, string])[]) =>
    pairs.find(([pattern]) => pattern.test(userAgent))?.[1]
  const browser = find([
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])
  const system = find([
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ])
  return browser && system ? { browser, system } : undefined
}

/** A path on this hub to return to after signing in; anything else (other hosts, `//`, backslashes) becomes the fallback. */
export function safeReturn(to: string | undefined, fallback: string): string {
  if (!to || !/^\/(?![/\\])[^\\\s]*$/.test(to)) return fallback
  return to.startsWith('/api/') || to.length > 500 ? fallback : to
}
