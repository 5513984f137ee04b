import type { Actor, Ctx, Role } from './context.ts'
import { hasRole } from './context.ts'
import { general } from './problem.ts'

/** Who may use a verb: everybody, anyone signed in, the author, a role anywhere, or a role in an organisation concerned. */
export type Grant = 'anyone' | 'signed-in' | 'author' | Role | `${Role}@own`

/** A room's permissions as data: verb → grants, any of which suffices. */
export type Policy<Verb extends string = string> = Readonly<Record<Verb, readonly Grant[]>>

/** What the object of a verb says about whose it is. */
export type Whose = {
  readonly authorId?: string | null | undefined
  readonly organisationIds?: readonly string[]
}

/** True if the actor may use the verb on the object. The hub itself (system) may all. */
export function may<V extends string>(actor: Actor, policy: Policy<V>, verb: V, whose: Whose = {}): boolean {
  if (actor.kind === 'system') return true
  return policy[verb].some((grant) => grants(actor, grant, whose))
}

function grants(actor: Actor, grant: Grant, whose: Whose): boolean {
  if (grant === 'anyone') return true
  if (actor.kind !== 'person') return false
  if (grant === 'signed-in') return true
  if (grant === 'author') return !!whose.authorId && whose.authorId === actor.personId
  if (!grant.endsWith('@own')) return hasRole(actor, grant as Role)
  const role = grant.slice(0, -'@own'.length) as Role
  return (whose.organisationIds ?? []).some((id) => hasRole(actor, role, id))
}

/** Refuses with `general/sign-in` (nobody signed in) or `general/forbidden`. First statement of every use case. */
export function requirePermission<V extends string>(
  ctx: Pick<Ctx, 'actor'>,
  policy: Policy<V>,
  verb: V,
  whose: Whose = {},
): void {
  if (may(ctx.actor, policy, verb, whose)) return
  throw ctx.actor.kind === 'anonymous' ? general.signIn() : general.forbidden()
}
