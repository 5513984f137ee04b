import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import type { Locale } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { sendMail } from '../../platform/mail.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { displayNames, emailsOf } from '../../identity/service.ts'
import { recordQuestion } from '../access/service.ts'
import { readLink, signLink } from '../links/sign.ts'
import type { Question } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { moderateCommentInput, moderateQuestionInput, replyInput } from '../schema.ts'
import type { ModerateComment, ModerateQuestion, ReplyToDecision } from '../schema.ts'
import { findQuestion, lockQuestion, updateQuestion } from '../store.ts'
import { findComment, updateCommentVisibility } from '../talk/store.ts'
import { messages, ruleTexts } from './messages.ts'
import {
  findDecision,
  insertDecision,
  insertReply,
  listAskedBack,
  listPendingComments,
  listPendingQuestions,
  listReplies,
} from './store.ts'
import type { Decision, ModerationDecision } from './store.ts'

const everything = { all: true, personId: undefined }
/** A queue longer than this is worked off in turns. */
const queueLimit = 50

/** What each decision needs to find and what it leaves behind. Asking back keeps a question waiting. */
const moves: Record<
  Decision,
  { readonly from: readonly string[]; readonly to: 'visible' | 'hidden' | 'pending' }
> = {
  approve: { from: ['pending'], to: 'visible' },
  // Hiding what is hidden keeps it so: the answer to an objection.
  hide: { from: ['pending', 'visible', 'hidden'], to: 'hidden' },
  'ask-back': { from: ['pending'], to: 'pending' },
  restore: { from: ['hidden'], to: 'visible' },
}

/** Decides whether a question is shown, and tells its author why, with a way to answer. Each decision can be undone. */
export async function moderateQuestion(ctx: Ctx, input: ModerateQuestion): Promise<void> {
  requirePermission(ctx, policy, 'moderate')
  const { questionId, decision, rule, note } = moderateQuestionInput.parse(input)
  await transact(ctx, async (ctx) => {
    const question = await lockQuestion(ctx.db, questionId)
    if (!question) throw general.notFound()
    if (!moves[decision].from.includes(question.visibility)) throw problems.alreadyDecided()
    await updateQuestion(ctx.db, questionId, { visibility: moves[decision].to })
    const id = await saveDecision(ctx, { question, commentId: null, decision, rule, note })
    await recordQuestion(ctx, 'questions.moderated', question, { decision, ...(rule ? { rule } : {}) })
    await tellAuthor(ctx, { id, question, authorId: question.authorId, comment: false, decision, rule, note })
    if (moves[decision].to === 'visible') await emit(ctx, 'questions.shown', { questionId })
  })
}

/** Decides whether a contribution is shown, and tells its author why, with a way to answer. */
export async function moderateComment(ctx: Ctx, input: ModerateComment): Promise<void> {
  requirePermission(ctx, policy, 'moderate')
  const { commentId, decision, rule, note } = moderateCommentInput.parse(input)
  await transact(ctx, async (ctx) => {
    const comment = await findComment(ctx.db, everything, commentId)
    const question = comment ? await lockQuestion(ctx.db, comment.questionId) : undefined
    if (!comment || !question) throw general.notFound()
    if (decision === 'ask-back' || !moves[decision].from.includes(comment.visibility))
      throw problems.alreadyDecided()
    await updateCommentVisibility(ctx.db, commentId, moves[decision].to, ctx.now)
    const id = await saveDecision(ctx, { question, commentId, decision, rule, note })
    await recordQuestion(
      ctx,
      'questions.comment-moderated',
      { ...question, organisationId: null },
      { decision, ...(rule ? { rule } : {}) },
    )
    await tellAuthor(ctx, { id, question, authorId: comment.authorId, comment: true, decision, rule, note })
  })
}

type NewDecision = {
  question: Question
  commentId: string | null
  decision: Decision
  rule: string | undefined
  note: string
}

async function saveDecision(ctx: Ctx, d: NewDecision): Promise<string> {
  const id = newId(ctx.now.getTime())
  await insertDecision(ctx.db, {
    id,
    question_id: d.question.id,
    comment_id: d.commentId,
    decision: d.decision,
    rule: d.rule ?? null,
    note: d.note,
    decided_by: actorId(ctx.actor) ?? null,
    at: ctx.now,
  })
  return id
}

type Told = {
  readonly id: string
  readonly question: Question
  readonly authorId: string | null
  readonly comment: boolean
  readonly decision: Decision
  readonly rule: keyof (typeof ruleTexts)['de'] | undefined
  readonly note: string
}

async function tellAuthor(ctx: Ctx, told: Told): Promise<void> {
  const { authorId, question, decision, rule, note } = told
  const to = authorId ? (await emailsOf(ctx, [authorId])).get(authorId) : undefined
  if (!to) return
  const { locale } = to
  const m = messages[locale]
  const letter = letterOf(locale, told)
  const url = `${ctx.config.url}${locale === 'en' ? '/en' : ''}`
  const refused = decision === 'hide' || decision === 'ask-back'
  const lines = [
    m.hello,
    letter.text,
    m.about({ title: question.title }),
    rule ? m.ruleLine({ text: ruleTexts[locale][rule].text }) : '',
    note ? m.noteLine({ text: note }) : '',
    refused
      ? m.replyLine({ url: `${url}/questions/decisions/${signLink(ctx.config.secret, 'decision', told.id)}` })
      : m.readLine({ url: `${url}/questions/${question.number}` }),
  ]
  await sendMail(ctx, { to: to.email, subject: letter.subject, text: lines.filter(Boolean).join('\n\n') })
}

function letterOf(locale: Locale, told: Told): { readonly subject: string; readonly text: string } {
  const m = messages[locale]
  if (told.decision === 'restore') return m.mailRestored
  if (told.decision === 'ask-back') return m.mailAskBack
  if (told.decision === 'approve') return told.comment ? m.mailCommentApproved : m.mailApproved
  return told.comment ? m.mailCommentHidden : m.mailHidden
}

/** What waits for a steward: new questions, new contributions, answers to decisions. Names only as they will be shown. */
export async function listModeration(ctx: Ctx) {
  requirePermission(ctx, policy, 'moderate')
  const questions = await listPendingQuestions(ctx.db, ctx.config.ags, queueLimit)
  const comments = await listPendingComments(ctx.db, ctx.config.ags, queueLimit)
  const replies = await listReplies(ctx.db, ctx.config.ags, queueLimit)
  const asked = await listAskedBack(
    ctx.db,
    questions.map((each) => each.id),
  )
  const authors = [...questions, ...comments].flatMap((each) => each.authorId ?? [])
  return { questions, comments, replies, asked, names: await displayNames(ctx, authors) }
}

/** What a signed link from a mail is about. Refuses a link that is not ours. */
export async function readDecision(
  ctx: Ctx,
  token: string,
): Promise<ModerationDecision & { question: Question }> {
  requirePermission(ctx, policy, 'reply')
  const id = readLink(ctx.config.secret, 'decision', token)
  const decision = id ? await findDecision(ctx.db, id) : undefined
  const question = decision ? await findQuestion(ctx.db, everything, { id: decision.questionId }) : undefined
  if (!decision || !question) throw problems.linkUsed()
  return { ...decision, question }
}

/** Takes the author's answer or objection by the link from the mail, once per decision and only while it stands. */
export async function replyToDecision(ctx: Ctx, input: ReplyToDecision): Promise<void> {
  requirePermission(ctx, policy, 'reply')
  const { token, text } = replyInput.parse(input)
  await transact(ctx, async (ctx) => {
    const { id, question } = await readDecision(ctx, token)
    if (!(await insertReply(ctx.db, id, text, ctx.now))) throw problems.linkUsed()
    await recordQuestion(ctx, 'questions.moderation-answered', question)
  })
}
