import { sql } from 'kysely'
import type { Blobs } from './blobs.ts'
import type { Config } from './config.ts'
import type { Db } from './db.ts'
import type { Locale } from './i18n.ts'
import type { Enqueue, Queue } from './jobs.ts'
import type { Log } from './log.ts'

/** What a person may be within an organisation (see `docs/glossary.md`). */
export const roles = ['citizen', 'holder', 'steward', 'analyst', 'reviewer', 'council', 'operator'] as const

/** One role; held in an organisation. */
export type Role = (typeof roles)[number]

/** A role a person holds in an organisation. */
export type Membership = { readonly organisationId: string; readonly role: Role }

/** A signed-in person with all roles. */
export type Person = {
  readonly kind: 'person'
  readonly personId: string
  readonly name: string
  readonly email: string
  /** Stands for the person in public records; erasing the account deletes it. */
  readonly personKey?: string
  readonly memberships: readonly Membership[]
}

/** Who acts: nobody known, a person, or the hub itself (jobs, command line, demo fill). */
export type Actor =
  { readonly kind: 'anonymous' } | Person | { readonly kind: 'system'; readonly name: string }

/** Long-lived things that a room brings and `main.ts` builds; rooms add to it by declaration merging. */
export interface Resources {}

/** All a use case may touch. Built in one place for http, jobs, command line and tests. */
export type Ctx = {
  readonly db: Db
  readonly actor: Actor
  readonly now: Date
  readonly locale: Locale
  readonly log: Log
  readonly config: Config
  readonly blobs: Blobs
  readonly resources: Partial<Resources>
  readonly enqueue: Enqueue
  readonly queue: Queue
  readonly requestId?: string
  /** True inside `transact`. */
  readonly inTransaction?: boolean
}

/** The hub itself as actor; jobs and the command line use it. */
export const system = (name: string): Actor => ({ kind: 'system', name })

/**
 * Runs the writes of a use case in one transaction; nested calls join it. Use only the inner `ctx` inside. Where two of them
 * wait for each other on a server, the one that was broken off runs again, so `run` must leave nothing behind but writes.
 */
export async function transact<T>(ctx: Ctx, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) return run(ctx)
  try {
    return await inTransaction(ctx, 'shared', run)
  } catch (error) {
    if (!isBrokenOff(error)) throw error
    // Alone, so that it cannot be broken off again.
    return inTransaction(ctx, 'alone', run)
  }
}

function inTransaction<T>(ctx: Ctx, how: 'shared' | 'alone', run: (ctx: Ctx) => Promise<T>): Promise<T> {
  return ctx.db.transaction().execute(async (db) => {
    await (
      how === 'shared'
        ? sql`select pg_advisory_xact_lock_shared(7236002)`
        : sql`select pg_advisory_xact_lock(7236002)`
    ).execute(db)
    return run({ ...ctx, db, enqueue: ctx.queue.enqueueIn(db), inTransaction: true })
  })
}

/** PostgreSQL's deadlock_detected: the other transaction goes on, this one was taken back whole. */
function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01'
}

/** The acting person's id, or undefined for anonymous and system. */
export function actorId(actor: Actor): string | undefined {
  return actor.kind === 'person' ? actor.personId : undefined
}

/** True if the actor holds the role, in the given organisation or in any. */
export function hasRole(actor: Actor, role: Role, organisationId?: string): boolean {
  if (actor.kind !== 'person') return false
  return actor.memberships.some(
    (m) => m.role === role && (organisationId === undefined || m.organisationId === organisationId),
  )
}

/** The organisations in which the actor holds one of the roles (any role if none is named), without repeats. */
export function organisationsOf(actor: Actor, ...wanted: readonly Role[]): readonly string[] {
  if (actor.kind !== 'person') return []
  const mine = actor.memberships.filter((m) => wanted.length === 0 || wanted.includes(m.role))
  return [...new Set(mine.map((m) => m.organisationId))]
}
