import type { Ctx, Person, Role } from '../../platform/context.ts'
import { hasRole, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import {
  eyesOf,
  getQuestion,
  lockOpen,
  recordQuestion,
  requireMembership,
  requirePerson,
} from '../access/service.ts'
import { firstVisibility, hasLink } from '../model.ts'
import type { Question } from '../model.ts'
import { policy } from '../policy.ts'
import { commentInput } from '../schema.ts'
import type { CommentOnQuestion } from '../schema.ts'
import {
  countComments,
  findComment,
  hasPosted,
  insertComment,
  listCommentsBefore,
  toggleHelpful,
} from './store.ts'
import type { Comment } from './store.ts'

/** Roles that show as a badge, strongest first. They come from rights in the organisation one writes for. */
const badges: readonly Role[] = ['steward', 'reviewer', 'council', 'analyst', 'holder']

/** Adds a contribution. Shown at once or held for the steward, as `firstVisibility` says; stewards are never held. */
export async function commentOnQuestion(
  ctx: Ctx,
  input: CommentOnQuestion,
): Promise<{ id: string; visibility: 'pending' | 'visible' }> {
  requirePermission(ctx, policy, 'comment')
  const data = commentInput.parse(input)
  const person = requirePerson(ctx)
  requireMembership(ctx, data.organisationId)
  return transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, data.questionId)
    const parent = data.replyTo ? await findComment(ctx.db, eyesOf(ctx), data.replyTo) : undefined
    if (data.replyTo && parent?.questionId !== question.id) throw general.notFound()
    const visibility = await visibilityFor(ctx, person, data.body + data.signature)
    const id = newId(ctx.now.getTime())
    await insertComment(ctx.db, {
      id,
      question_id: question.id,
      // Answers to answers join the same thread: one level stays readable on a phone.
      reply_to: parent ? (parent.replyTo ?? parent.id) : null,
      author_id: person.personId,
      organisation_id: data.organisationId ?? null,
      role: data.organisationId
        ? (badges.find((role) => hasRole(person, role, data.organisationId)) ?? null)
        : null,
      signature: data.signature,
      body: data.body,
      visibility,
      at: ctx.now,
      shown_at: visibility === 'visible' ? ctx.now : null,
    })
    await recordQuestion(
      ctx,
      'questions.commented',
      { ...question, organisationId: data.organisationId ?? null },
      { visibility },
    )
    if (visibility === 'visible')
      await emit(ctx, 'questions.commented', { questionId: question.id, commentId: id })
    return { id, visibility }
  })
}

/** What a person's own contribution starts as. */
export async function visibilityFor(ctx: Ctx, person: Person, text: string): Promise<'pending' | 'visible'> {
  if (hasRole(person, 'steward')) return 'visible'
  return firstVisibility({
    memberOfOrganisation: person.memberships.length > 0,
    firstPost: !(await hasPosted(ctx.db, person.personId)),
    hasLink: hasLink(text),
  })
}

/** One page of the talk, newest first: `before` is the id of the last one shown. Stewards and authors also see what is held. */
export async function listComments(
  ctx: Ctx,
  input: {
    readonly questionId: string | Question
    readonly before?: string | undefined
    readonly limit?: number
  },
): Promise<{ comments: Comment[]; total: number; next: string | undefined }> {
  const of = input.questionId
  const question = typeof of === 'string' ? await getQuestion(ctx, of) : of
  const limit = Math.min(input.limit ?? 20, 100)
  const before = input.before && isUuid(input.before) ? input.before : undefined
  const rows = await listCommentsBefore(ctx.db, eyesOf(ctx), {
    questionId: question.id,
    before,
    limit: limit + 1,
  })
  const comments = rows.slice(0, limit)
  const next = rows.length > limit ? comments.at(-1)?.id : undefined
  return { comments, total: await countComments(ctx.db, question.id), next }
}

/** Marks a visible contribution as helpful, or takes the mark back. Not one's own. */
export async function markHelpful(ctx: Ctx, input: { readonly commentId: string }): Promise<void> {
  requirePermission(ctx, policy, 'comment')
  const { personId } = requirePerson(ctx)
  if (!isUuid(input.commentId)) throw general.notFound()
  await transact(ctx, async (ctx) => {
    const comment = await findComment(ctx.db, { all: false, personId: undefined }, input.commentId)
    if (!comment) throw general.notFound()
    if (comment.authorId === personId) throw general.forbidden()
    const question = await lockOpen(ctx, comment.questionId)
    await toggleHelpful(ctx.db, comment.id, personId)
    await recordQuestion(ctx, 'questions.comment-rated', { ...question, organisationId: null })
  })
}

/** One contribution the actor may see. */
export async function getComment(ctx: Ctx, id: string): Promise<Comment> {
  requirePermission(ctx, policy, 'read')
  const comment = isUuid(id) ? await findComment(ctx.db, eyesOf(ctx), id) : undefined
  if (!comment) throw general.notFound()
  await getQuestion(ctx, comment.questionId)
  return comment
}
