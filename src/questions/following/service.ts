import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Locale } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'
import { sendMail } from '../../platform/mail.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { emailsOf, wishesOf } from '../../identity/service.ts'
import { lockOpen, recordQuestion, requirePerson } from '../access/service.ts'
import { readLink, signLink } from '../links/sign.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { followInput } from '../schema.ts'
import type { FollowQuestion } from '../schema.ts'
import { findQuestion } from '../store.ts'
import { messages } from './messages.ts'
import {
  claimDeliveries,
  deleteFollower,
  deleteFollowsOf,
  findFollow,
  findFollower,
  listNews,
  upsertFollower,
} from './store.ts'
import type { Follower, NewsItem } from './store.ts'

/** News older than this is no news: after a long stop of the hub nobody gets a flood. */
const newsFor = 7 * 86_400_000

/** Follows a question, or changes how often to be written to. */
export async function followQuestion(ctx: Ctx, input: FollowQuestion): Promise<void> {
  requirePermission(ctx, policy, 'follow')
  const { questionId, mode } = followInput.parse(input)
  const { personId } = requirePerson(ctx)
  await transact(ctx, async (ctx) => {
    const question = await lockOpen(ctx, questionId)
    if (!(await startFollowing(ctx, { questionId, personId, mode }))) return
    await recordQuestion(ctx, 'questions.followed', { ...question, organisationId: null })
  })
}

/** Enters a follower without asking whether she may; for use cases that have asked. False if nothing changed. */
export async function startFollowing(
  ctx: Ctx,
  who: { readonly questionId: string; readonly personId: string; readonly mode: 'steps' | 'daily' },
): Promise<boolean> {
  return upsertFollower(ctx.db, { id: newId(ctx.now.getTime()), ...who, locale: ctx.locale, since: ctx.now })
}

/** Ends following as the signed-in person. Works whatever became of the question. */
export async function unfollowQuestion(ctx: Ctx, input: { readonly questionId: string }): Promise<void> {
  requirePermission(ctx, policy, 'follow')
  const { personId } = requirePerson(ctx)
  const follow = await findFollow(ctx.db, input.questionId, personId)
  if (follow) await leave(ctx, follow)
}

/** How the actor follows a question, or undefined. */
export async function followOf(ctx: Ctx, questionId: string): Promise<Follower | undefined> {
  return ctx.actor.kind === 'person' ? findFollow(ctx.db, questionId, ctx.actor.personId) : undefined
}

/** What a link from a mail would end: one question (its title), or all. Refuses a link that is not ours or was used. */
export async function readLeaveLink(ctx: Ctx, token: string): Promise<{ all: boolean; title: string }> {
  requirePermission(ctx, policy, 'leave')
  if (readLink(ctx.config.secret, 'all', token)) return { all: true, title: '' }
  const id = readLink(ctx.config.secret, 'follow', token)
  const follower = id ? await findFollower(ctx.db, id) : undefined
  if (!follower) throw problems.linkUsed()
  const question = await findQuestion(
    ctx.db,
    { all: false, personId: follower.personId },
    { id: follower.questionId },
  )
  return { all: false, title: question?.title ?? '' }
}

/** Ends following by the link from a mail, without signing in. Using it again does no harm. */
export async function leaveByLink(ctx: Ctx, token: string): Promise<void> {
  requirePermission(ctx, policy, 'leave')
  const personId = readLink(ctx.config.secret, 'all', token)
  if (personId) return deleteFollowsOf(ctx.db, personId)
  const id = readLink(ctx.config.secret, 'follow', token)
  if (!id) throw problems.linkUsed()
  const follower = await findFollower(ctx.db, id)
  if (follower) await leave(ctx, follower)
}

async function leave(ctx: Ctx, follower: Follower): Promise<void> {
  await transact(ctx, async (ctx) => {
    if (!(await deleteFollower(ctx.db, follower.id))) return
    const question = await findQuestion(
      ctx.db,
      { all: true, personId: undefined },
      { id: follower.questionId },
    )
    if (!question) throw general.notFound()
    await recordQuestion(ctx, 'questions.unfollowed', { ...question, organisationId: null })
  })
}

/** Writes to those who follow a question step by step about what they have not been told. Safe to run again. */
export async function sendStepNotices(ctx: Ctx, input: { readonly questionId: string }): Promise<number> {
  requirePermission(ctx, policy, 'moderate')
  return sendNews(ctx, 'steps', input.questionId)
}

/** Writes one mail to each daily follower with news, grouped by question; to nobody without news. Safe to run again. */
export async function sendDailyDigests(ctx: Ctx): Promise<number> {
  requirePermission(ctx, policy, 'moderate')
  return sendNews(ctx, 'daily', undefined)
}

async function sendNews(ctx: Ctx, mode: 'steps' | 'daily', questionId: string | undefined): Promise<number> {
  const from = new Date(ctx.now.getTime() - newsFor)
  const people = await wanting(ctx, mode, await listNews(ctx.db, mode, { from, questionId }))
  let sent = 0
  // One transaction per person: a mail and its delivery notes stand or fall together, and others are not held up.
  for (const personId of people) {
    sent += await transact(ctx, async (ctx) => {
      const items = (await listNews(ctx.db, mode, { from, questionId })).filter(
        (item) => item.personId === personId,
      )
      const fresh = await claimDeliveries(ctx.db, items, ctx.now)
      const to = fresh.length > 0 ? (await emailsOf(ctx, [personId])).get(personId) : undefined
      if (!to) return 0
      await sendMail(ctx, { to: to.email, ...composeNews(ctx, mode, fresh) })
      return 1
    })
  }
  return sent
}

// Who has said in her account that she wants no collected mail gets none, whatever she follows.
async function wanting(ctx: Ctx, mode: 'steps' | 'daily', items: readonly NewsItem[]): Promise<string[]> {
  const people = [...new Set(items.map((item) => item.personId))]
  if (mode === 'steps' || people.length === 0) return people
  const wishes = await wishesOf(ctx, people)
  return people.filter((personId) => wishes.get(personId)?.digest !== 'never')
}

function composeNews(ctx: Ctx, mode: 'steps' | 'daily', items: readonly NewsItem[]) {
  const { locale, personId } = items[0]!
  const m = messages[locale]
  const groups = Map.groupBy(items, (item) => item.questionId)
  const link = (path: string) => `${ctx.config.url}${locale === 'en' ? '/en' : ''}${path}`
  const parts = [...groups.values()].map((group) => {
    const { number, title, followerId } = group[0]!
    return [
      m.heading({ number, title }),
      ...group.map((item) => `- ${newsLine(item, locale)}`),
      m.read({ url: link(`/questions/${number}`) }),
      m.stopMail({ url: link(`/questions/leave/${signLink(ctx.config.secret, 'follow', followerId)}`) }),
    ].join('\n')
  })
  const { title } = items[0]!
  return {
    subject:
      mode === 'steps'
        ? m.stepSubject({ title })
        : m.digestSubject({ n: items.length, questions: groups.size }),
    text: [m.hello, mode === 'steps' ? m.stepIntro : m.digestIntro, ...parts].join('\n\n'),
    unsubscribe: `${ctx.config.url}/api/v1/questions/leave/${signLink(ctx.config.secret, 'all', personId)}`,
  }
}

function newsLine(item: NewsItem, locale: Locale): string {
  const text = locale === 'en' ? item.textEn : item.textDe
  const short = text.replaceAll(/\s+/g, ' ')
  const cut = short.length > 200 ? `${short.slice(0, 199)}…` : short
  return item.kind === 'comment' ? messages[locale].comment({ text: cut }) : cut
}
