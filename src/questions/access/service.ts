import { displayNames, listOrganisations } from '../../identity/service.ts'
import type { Ctx, Person } from '../../platform/context.ts'
import { organisationsOf } from '../../platform/context.ts'
import { isUuid } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import { isNumber } from '../model.ts'
import type { Question } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { findQuestion, lockQuestion } from '../store.ts'
import type { Eyes } from '../store.ts'
import { registerLines } from './messages.ts'
import type { QuestionEvent } from './messages.ts'

/** Through whose eyes the actor reads questions. */
export function eyesOf(ctx: Pick<Ctx, 'actor'>): Eyes {
  const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : undefined
  return { all: may(ctx.actor, policy, 'seeAll'), personId }
}

/** A question by id or by number in this hub's town. Refuses with `not-found` what the actor may not see. */
export async function getQuestion(ctx: Ctx, idOrNumber: string): Promise<Question> {
  requirePermission(ctx, policy, 'read')
  const found = await findQuestion(ctx.db, eyesOf(ctx), keyOf(ctx, idOrNumber))
  if (!found) throw general.notFound()
  return found
}

function keyOf(ctx: Ctx, idOrNumber: string): { id: string } | { ags: string; number: string } {
  if (isUuid(idOrNumber)) return { id: idOrNumber }
  if (isNumber(idOrNumber)) return { ags: ctx.config.ags, number: idOrNumber }
  throw general.notFound()
}

/** Locks a question that takes part in public life. Refuses what is pending, hidden or merged. Inside `transact`. */
export async function lockOpen(ctx: Ctx, questionId: string): Promise<Question> {
  const question = await lockQuestion(ctx.db, questionId)
  const visible = question?.visibility === 'visible'
  // Only those who can see it may learn that it exists.
  const known = question && (visible || may(ctx.actor, policy, 'edit', { authorId: question.authorId }))
  if (!question || (!known && question.visibility !== 'merged')) throw general.notFound()
  if (!visible) throw problems.notOpen({ number: question.number })
  return question
}

/** The acting person; refuses anybody else. The hub itself neither supports nor comments. */
export function requirePerson(ctx: Pick<Ctx, 'actor'>): Person {
  if (ctx.actor.kind !== 'person') throw general.signIn()
  return ctx.actor
}

/** Refuses to act for an organisation in which the actor holds no role. */
export function requireMembership(ctx: Pick<Ctx, 'actor'>, organisationId: string | undefined): void {
  if (organisationId === undefined) return
  if (!may(ctx.actor, policy, 'represent', { organisationIds: [organisationId] })) throw problems.notYours()
}

/** Leaves a public line in the register about a question: its number and what happened, never who. Inside `transact`. */
export async function recordQuestion(
  ctx: Ctx,
  event: QuestionEvent,
  question: Pick<Question, 'id' | 'number' | 'organisationId'>,
  details: Record<string, string | number> = {},
): Promise<void> {
  await record(ctx, {
    event,
    object: { type: 'question', id: question.id },
    ...(question.organisationId ? { organisationId: question.organisationId } : {}),
    summary: registerLines[event](question.number),
    href: `/questions/${question.number}`,
    details: { number: question.number, ...details },
  })
}

/** Whose a text is, before names are looked up. */
export type Authored = {
  readonly authorId: string | null
  readonly organisationId: string | null
  readonly signature: string
}

/** A name to show, and whether it is an organisation's. Undefined where the account is gone. */
export type ShownName = { readonly name: string | undefined; readonly organisation: boolean }

/** Looks up the names to show for several texts at once: the organisation's, else the one chosen, else the account's. */
export async function namesOf(ctx: Ctx, texts: readonly Authored[]): Promise<(text: Authored) => ShownName> {
  const wanted = texts
    .filter((text) => !text.organisationId && !text.signature)
    .flatMap((text) => text.authorId ?? [])
  const people = wanted.length > 0 ? await displayNames(ctx, [...new Set(wanted)]) : new Map<string, string>()
  const withOrganisation = texts.some((text) => text.organisationId)
  const organisations = new Map(
    withOrganisation ? (await listOrganisations(ctx)).map((each) => [each.id, each.name]) : [],
  )
  return (text) => {
    const organisation = text.organisationId ? organisations.get(text.organisationId) : undefined
    if (organisation) return { name: organisation, organisation: true }
    return {
      name: text.signature || (text.authorId ? people.get(text.authorId) : undefined),
      organisation: false,
    }
  }
}

/** The organisations the actor can act for, with their names. */
export async function ownOrganisations(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  return organisationNames(ctx, organisationsOf(ctx.actor))
}

/** Names of organisations in the given order; unknown ones are left out. */
export async function organisationNames(
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return []
  const all = new Map((await listOrganisations(ctx)).map((each) => [each.id, each.name]))
  return ids.flatMap((id) => {
    const name = all.get(id)
    return name ? [{ id, name }] : []
  })
}

/** The question a steward's page is about. Refuses who lacks the verb, and questions that were merged away. */
export async function requireQuestionFor(
  ctx: Ctx,
  verb: 'merge' | 'moderate' | 'advance',
  number: string,
): Promise<Question> {
  requirePermission(ctx, policy, verb)
  const question = await getQuestion(ctx, number)
  if (question.visibility === 'merged') throw general.notFound()
  return question
}
