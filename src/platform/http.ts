import type { Context, Hono, MiddlewareHandler } from 'hono'
import { validator } from 'hono-openapi'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from './context.ts'
import { transact } from './context.ts'
import type { FormState } from './form.ts'
import { fieldErrors, parseIn } from './form-errors.ts'
import type { Locale } from './i18n.ts'
import { forgetAll, readForm, type Receive } from './form-body.ts'
import { general } from './problem.ts'
import type { View } from './view.ts'

declare module './db.ts' {
  interface Tables {
    platform_submission: { once: string; at: Date }
  }
}

/** What every handler finds on its request. */
export type Env = { Variables: { ctx: Ctx; view: View; requestId: string; secureHeadersNonce?: string } }

/** The one router of the hub. */
export type App = Hono<Env>

/** One request. */
export type Call = Context<Env>

type Submission<T> = {
  /** The use case; answers with where to go next (a path of ours, without language) or a response of its own. */
  readonly act: (ctx: Ctx, input: T) => Promise<string | Response>
  /** Shows the form again with what was typed and what to mend. Answer with status 422. */
  readonly invalid: (form: FormState) => Response | Promise<Response>
  /** True where `act` must not run in one transaction (vault, uploads, network): it then opens its own. */
  readonly slow?: boolean
  /**
   * Takes files while they arrive, so that none is held in memory; its answer stands in the field. Whatever is not accepted
   * in the end is forgotten. Without it files arrive as `File`.
   */
  readonly receive?: Receive
}

/**
 * Takes a sent form: checks it against the schema, runs the use case once (a form sent twice is refused with
 * `general/already-sent`) and leads on with 303. Unusable input shows the form again and changes nothing.
 */
export async function submit<S extends z.ZodType>(
  c: Call,
  schema: S,
  form: Submission<z.output<S>>,
): Promise<Response> {
  const { once, values, input, received } = await readForm(c, form.receive)
  const taken = await accept(c, { once, values, input, schema, form }).catch(async (error: unknown) => {
    await forgetAll(received)
    throw error
  })
  if (!taken.accepted) await forgetAll(received)
  return taken.response
}

type Sent<S extends z.ZodType> = {
  readonly once: string | undefined
  readonly values: FormState['values']
  readonly input: Record<string, unknown>
  readonly schema: S
  readonly form: Submission<z.output<S>>
}

async function accept<S extends z.ZodType>(
  c: Call,
  { once, values, input, schema, form }: Sent<S>,
): Promise<{ accepted: boolean; response: Response }> {
  const view = c.get('view')
  const refused = async (state: FormState) => ({ accepted: false, response: await form.invalid(state) })
  const unusable = unusableFields(values, view.locale)
  if (unusable) return refused({ values: withoutNul(values), errors: unusable })
  const parsed = parseIn(schema, input, view.locale)
  if (!parsed.success) return refused({ values, errors: fieldErrors(parsed.error, view.locale) })
  const ctx = c.get('ctx')
  const run = form.slow ? runSlow : runOnce
  const next = await run(ctx, once, (ctx) => form.act(ctx, parsed.data))
  return { accepted: true, response: typeof next === 'string' ? c.redirect(view.href(next), 303) : next }
}

/** A field for each text with a character that no database keeps (U+0000); undefined if there is none. */
function unusableFields(values: FormState['values'], locale: Locale): FormState['errors'] | undefined {
  const names = Object.keys(values).filter((name) => !isStorable(values[name]))
  if (names.length === 0) return undefined
  const text =
    locale === 'en'
      ? 'There was an invisible control character (U+0000) in this text. It has been taken out; please check and send again.'
      : 'In diesem Text stand ein unsichtbares Steuerzeichen (U+0000). Es ist entfernt; bitte prüfen und noch einmal senden.'
  return Object.fromEntries(names.map((name) => [name, text]))
}

function withoutNul(values: FormState['values']): FormState['values'] {
  const clean = (text: string) => text.replaceAll('\0', '')
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(clean) : clean(value),
    ]),
  )
}

/** True if all texts inside can be stored: no U+0000 and no half of a surrogate pair, which PostgreSQL refuses. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed()
  if (Array.isArray(value)) return value.every(isStorable)
  if (value === null || typeof value !== 'object' || value instanceof File) return true
  return Object.entries(value).every(([key, each]) => isStorable(key) && isStorable(each))
}

type Act<T> = (ctx: Ctx) => Promise<T>

function runOnce<T>(ctx: Ctx, once: string | undefined, act: Act<T>): Promise<T> {
  return transact(ctx, async (ctx) => {
    await claim(ctx, once)
    return act(ctx)
  })
}

async function runSlow<T>(ctx: Ctx, once: string | undefined, act: Act<T>): Promise<T> {
  await claim(ctx, once)
  try {
    return await act(ctx)
  } catch (error) {
    // Nothing was done, so the same form may be sent again.
    if (once) await ctx.db.deleteFrom('platform_submission').where('once', '=', once).execute()
    throw error
  }
}

async function claim(ctx: Ctx, once: string | undefined): Promise<void> {
  if (!once) return
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('platform_submission')
    .values({ once, at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!numInsertedOrUpdatedRows) throw general.alreadySent()
}

/** Checks a part of an API request; what does not fit becomes RFC 9457 `general/invalid` naming the field. */
export function valid<T extends 'json' | 'query' | 'param', S extends z.ZodType>(target: T, schema: S) {
  return validator(target, schema, (result) => {
    if (result.success) {
      if (isStorable(result.data)) return
      throw general.invalid({ where: `U+0000, ${target}` })
    }
    const where = result.error.map((issue) =>
      (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part)).join('.'),
    )
    throw general.invalid({ where: [...new Set(where)].filter(Boolean).join(', ') || target })
  })
}

/** Forgets form keys older than a day; a form left open longer may then be sent twice. */
export async function forgetSubmissions(ctx: Ctx): Promise<void> {
  await ctx.db
    .deleteFrom('platform_submission')
    .where('at', '<', sql<Date>`${ctx.now}::timestamptz - interval '1 day'`)
    .execute()
}

/** The address a request came from; behind a proxy the operator trusts, the one it names last. */
export function clientAddress(c: Call): string {
  if (c.get('ctx').config.trustProxy) {
    const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (forwarded) return forwarded
  }
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
  return incoming?.socket?.remoteAddress ?? 'local'
}

/**
 * At most `max` requests of one address in `seconds`; refuses with `general/too-many` and says when to come again. Counts
 * live in this process only.
 */
export function rateLimit(limit: { readonly max: number; readonly seconds: number }): MiddlewareHandler<Env> {
  const windows = new Map<string, { until: number; count: number }>()
  return async (c, next) => {
    const now = Date.now()
    const key = clientAddress(c)
    if (windows.size > 10_000) for (const [each, w] of windows) if (w.until < now) windows.delete(each)
    const window = windows.get(key)
    if (!window || window.until < now) windows.set(key, { until: now + limit.seconds * 1000, count: 1 })
    else if (++window.count > limit.max) {
      c.header('retry-after', String(Math.ceil((window.until - now) / 1000)))
      throw general.tooMany()
    }
    await next()
  }
}
