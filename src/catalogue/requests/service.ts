import type { Ctx } from '../../platform/context.ts'
import { hasRole, organisationsOf, transact } from '../../platform/context.ts'
import { dayAfter, writtenDay } from '../../platform/days.ts'
import { emit } from '../../platform/events.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { sendMail } from '../../platform/mail.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { emailsOf, getOrganisation, membersOf } from '../../identity/service.ts'
import { getQuestion } from '../../questions/service.ts'
import { record } from '../../transparency/service.ts'
import type { RequestId } from '../mapping/model.ts'
import { answered } from '../mapping/model.ts'
import { requireNeed } from '../mapping/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { AnswerRequest, ReplyToRequest, RequestData } from '../schema.ts'
import { answerInput, replyInput, requestInput } from '../schema.ts'
import { mails, messages } from './messages.ts'
import type { DataRequest, RequestMessage } from './store.ts'
import * as store from './store.ts'

const DAYS_TO_ANSWER = 14

/** Asks a probable holder for data nobody has found yet. Its holders get a mail; the public sees that the house was asked. */
export async function requestData(ctx: Ctx, input: RequestData): Promise<DataRequest> {
  requirePermission(ctx, policy, 'requestData')
  const wanted = requestInput.parse(input)
  return transact(ctx, async (ctx) => {
    const need = await requireNeed(ctx, wanted.needId)
    const organisation = await getOrganisation(ctx, wanted.organisationId)
    const before = await store.listRequests(ctx.db, [need.id])
    const same = before.find((each) => each.organisationId === organisation.id && each.state !== 'declined')
    if (same) throw problems.alreadyAsked({ id: same.id })
    const request = openRequest(ctx, need, { ...wanted, organisationId: organisation.id })
    await store.insertRequest(ctx.db, request, wanted.message)
    await say(ctx, request, { side: 'asker', kind: 'ask', text: wanted.message })
    await note(ctx, request, 'data-requested', {
      de: 'Ein Haus wurde nach Daten gefragt, die für eine Frage fehlen.',
      en: 'A house was asked for data that a question lacks.',
    })
    await writeToHolders(ctx, request, { what: need.what, message: wanted.message })
    return request
  })
}

function openRequest(
  ctx: Ctx,
  need: { id: DataRequest['needId']; questionId: DataRequest['questionId'] },
  wanted: { organisationId: string; due?: string | undefined },
): DataRequest {
  return {
    id: newId<RequestId>(ctx.now.getTime()),
    questionId: need.questionId,
    needId: need.id,
    organisationId: wanted.organisationId,
    askerOrganisationId: organisationsOf(ctx.actor, 'steward')[0] ?? null,
    state: 'open',
    due: wanted.due ?? dayAfter(ctx.now, DAYS_TO_ANSWER),
    promisedFor: null,
    createdAt: ctx.now,
    answeredAt: null,
  }
}

async function say(ctx: Ctx, request: DataRequest, message: Omit<RequestMessage, 'at'>): Promise<void> {
  await store.insertMessage(ctx.db, {
    id: newId(ctx.now.getTime()),
    request_id: request.id,
    at: ctx.now,
    ...message,
  })
}

async function note(ctx: Ctx, request: DataRequest, what: string, summary: Localised): Promise<void> {
  await record(ctx, {
    event: `catalogue.${what}`,
    object: { type: 'question', id: request.questionId },
    organisationId: request.organisationId,
    summary,
    href: `/questions/${request.questionId}`,
    details: { request: request.id, state: request.state, due: request.due },
  })
}

async function writeToHolders(
  ctx: Ctx,
  request: DataRequest,
  about: { what: string; message: string },
): Promise<void> {
  const members = await membersOf(ctx, {
    organisationId: request.organisationId,
    roles: ['holder', 'steward'],
  })
  const people = await emailsOf(
    ctx,
    members.map((member) => member.personId),
  )
  for (const { email, locale } of people.values()) {
    const link = linkTo(ctx, request, locale)
    await sendMail(ctx, {
      to: email,
      subject: mails[locale].asked(about),
      text: mails[locale].askedText({ ...about, due: writtenDay(request.due, locale), link }),
    })
  }
}

async function writeToAskers(ctx: Ctx, request: DataRequest, state: DataRequest['state']): Promise<void> {
  if (!request.askerOrganisationId) return
  const members = await membersOf(ctx, { organisationId: request.askerOrganisationId, roles: ['steward'] })
  const house = (await getOrganisation(ctx, request.organisationId)).name
  const people = await emailsOf(
    ctx,
    members.map((member) => member.personId),
  )
  for (const { email, locale } of people.values()) {
    const words = { house, state: messages[locale].states[state], link: linkTo(ctx, request, locale) }
    await sendMail(ctx, {
      to: email,
      subject: mails[locale].answered(words),
      text: mails[locale].answeredText(words),
    })
  }
}

function linkTo(ctx: Ctx, request: DataRequest, locale: 'de' | 'en'): string {
  return `${ctx.config.url}${locale === 'en' ? '/en' : ''}/catalogue/requests/${request.id}`
}

/** A request with its messages; for the house that was asked and for stewards. */
export async function getRequest(
  ctx: Ctx,
  id: string,
): Promise<{ request: DataRequest; messages: RequestMessage[] }> {
  const request = await findAllowed(ctx, id, 'readRequest')
  return { request, messages: await store.listMessages(ctx.db, request.id) }
}

async function findAllowed(
  ctx: Ctx,
  id: string,
  verb: 'readRequest' | 'answerRequest',
): Promise<DataRequest> {
  const request = isUuid(id) ? await store.findRequest(ctx.db, id) : undefined
  requirePermission(ctx, policy, verb, { organisationIds: request ? [request.organisationId] : [] })
  if (!request) throw problems.notFound()
  return request
}

/** The holder's answer: a promise, a refusal with its reason, or a question back. Only once, while the request waits for it. */
export async function answerRequest(ctx: Ctx, input: AnswerRequest): Promise<DataRequest> {
  const request = await findAllowed(ctx, input.requestId, 'answerRequest')
  const { answer, text, promisedFor } = answerInput.parse(input)
  const to = answered(request.state, answer)
  if (!to) throw problems.notWaiting({ id: request.id })
  return transact(ctx, async (ctx) => {
    const moved = await store.moveRequest(ctx.db, request.id, {
      from: request.state,
      to,
      at: ctx.now,
      promisedFor: promisedFor ?? null,
    })
    if (!moved) throw problems.notWaiting({ id: request.id })
    const after = { ...request, state: to, answeredAt: ctx.now, promisedFor: promisedFor ?? null }
    await say(ctx, request, { side: 'holder', kind: answer, text })
    await note(ctx, after, `request-${to}`, lines[to])
    await writeToAskers(ctx, after, to)
    await emit(ctx, 'catalogue.request-answered', {
      requestId: request.id,
      questionId: request.questionId,
      state: to,
    })
    return after
  })
}

const lines: Readonly<Record<DataRequest['state'], Localised>> = {
  open: {
    de: 'Eine Rückfrage zu einer Datenanfrage wurde beantwortet.',
    en: 'A question back about a data request was answered.',
  },
  promised: {
    de: 'Ein Haus hat Daten zugesagt, die für eine Frage fehlten.',
    en: 'A house promised data that a question lacked.',
  },
  declined: {
    de: 'Ein Haus hat eine Datenanfrage mit Begründung abgelehnt.',
    en: 'A house declined a data request and gave its reason.',
  },
  'asked-back': {
    de: 'Ein Haus hat zu einer Datenanfrage zurückgefragt.',
    en: 'A house asked back about a data request.',
  },
}

/** The asker's reply to a question back; the request then waits for the holder again, with two weeks from now. */
export async function replyToRequest(ctx: Ctx, input: ReplyToRequest): Promise<DataRequest> {
  requirePermission(ctx, policy, 'requestData')
  const { requestId, text } = replyInput.parse(input)
  return transact(ctx, async (ctx) => {
    const request = await findAllowed(ctx, requestId, 'readRequest')
    const moved = await store.moveRequest(ctx.db, request.id, { from: 'asked-back', to: 'open', at: ctx.now })
    if (!moved) throw problems.notWaiting({ id: request.id })
    const after = { ...request, state: 'open' as const, answeredAt: null }
    await say(ctx, request, { side: 'asker', kind: 'reply', text })
    await note(ctx, after, 'request-open', lines.open)
    const need = await requireNeed(ctx, request.needId)
    await writeToHolders(ctx, after, { what: need.what, message: text })
    return after
  })
}

/** What waits for this person: requests to her houses, and for stewards the questions that came back. */
export async function listWaitingRequests(ctx: Ctx): Promise<DataRequest[]> {
  const houses = organisationsOf(ctx.actor, 'holder', 'steward')
  const asked = await store.listWaiting(ctx.db, { organisationIds: houses, state: 'open' })
  const back = hasRole(ctx.actor, 'steward') ? await store.listWaiting(ctx.db, { state: 'asked-back' }) : []
  return [...asked, ...back]
}

/** True if the actor may answer this request. */
export function mayAnswer(ctx: Ctx, request: DataRequest): boolean {
  return (
    request.state === 'open' &&
    may(ctx.actor, policy, 'answerRequest', { organisationIds: [request.organisationId] })
  )
}

/** The question a request belongs to, if it can still be read. */
export async function questionOf(ctx: Ctx, request: DataRequest) {
  return getQuestion(ctx, request.questionId).catch(() => undefined)
}
