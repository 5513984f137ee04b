import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWorld } from '../../../test/harness.ts'
import type { User, World } from '../../../test/harness.ts'
import {
  advanceQuestion,
  commentOnQuestion,
  erasePersonData,
  exportPersonData,
  followQuestion,
  getQuestion,
  moderateComment,
  moderateQuestion,
  raiseQuestion,
  supportQuestion,
  unfollowQuestion,
} from '../service.ts'
import { saveWishes } from '../../identity/account/service.ts'
import { sendDailyDigests } from './service.ts'

let world: World
let follower: User
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  follower = await world.person({
    roles: [{ role: 'citizen', organisationId: world.organisationId }],
    name: 'Frieda Folgt',
  })
})

const raise = (title: string, user = world.as('citizen')) =>
  raiseQuestion(user.ctx, { title, why: 'Das möchten viele wissen, nicht nur ich.', follow: false })
const mailsTo = async (user: User) =>
  (await world.mails()).filter((mail) => user.actor.kind === 'person' && mail.to === user.actor.email)
const soon = (user: User, minutes = 1) => user.at(new Date(Date.now() + minutes * 60_000))

describe('step by step', () => {
  it('tells of a new step once, even when the news comes twice', async () => {
    const { id, title, number } = await raise('Wann kommt der nächste Schritt?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'steps' })
    await advanceQuestion(soon(world.as('steward')), {
      questionId: id,
      to: 'prioritised',
      note: { de: 'Auf Platz 1', en: 'First place' },
    })
    await world.runJobs()
    await world.runJobs()
    const mails = await mailsTo(follower)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toMatchObject({ subject: `Neuer Schritt: ${title}` })
    expect(mails[0]!.text).toContain('Auf Platz 1')
    expect(mails[0]!.text).toContain(`/questions/${number}`)
  })

  it('tells nothing of contributions, and nothing of what was before', async () => {
    const { id } = await raise('Was war eigentlich vorher schon?')
    await commentOnQuestion(world.as('holder').ctx, { questionId: id, body: 'Vorher gesagt.' })
    await followQuestion(soon(follower), { questionId: id, mode: 'steps' })
    await commentOnQuestion(soon(world.as('holder'), 2), { questionId: id, body: 'Nachher gesagt.' })
    await world.runJobs()
    expect(await mailsTo(follower)).toEqual([])
  })
})

describe('the daily digest', () => {
  const digest = (hours = 1) =>
    sendDailyDigests({ ...world.system, now: new Date(Date.now() + hours * 3_600_000) })

  it('groups by question, newest first, and is never sent empty or twice', async () => {
    const [a, b] = [
      await raise('Erste Frage der Sammlung hier?'),
      await raise('Zweite Frage der Sammlung hier?'),
    ]
    for (const { id } of [a, b]) await followQuestion(follower.ctx, { questionId: id, mode: 'daily' })
    expect(await digest()).toBe(0)
    await commentOnQuestion(soon(world.as('holder'), 1), { questionId: a.id, body: 'Älterer Beitrag' })
    await commentOnQuestion(soon(world.as('holder'), 2), { questionId: a.id, body: 'Neuerer Beitrag' })
    await advanceQuestion(soon(world.as('steward'), 3), { questionId: b.id, to: 'prioritised' })
    await Promise.all([digest(), digest()])
    expect(await digest(2)).toBe(0)
    const [mail, ...more] = await mailsTo(follower)
    expect(more).toEqual([])
    const text = mail!.text
    expect(mail!.subject).toBe('Neues zu 2 Fragen')
    expect(text.indexOf('Neuerer')).toBeLessThan(text.indexOf('Älterer'))
    expect(text.match(/Erste Frage der Sammlung/g)).toHaveLength(1)
  })

  it('leaves out one’s own contributions, held and hidden ones, and hidden questions', async () => {
    const { id } = await raise('Was darf in die Sammlung hinein?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'daily' })
    await commentOnQuestion(soon(follower), { questionId: id, body: 'Mein eigener Beitrag.' })
    const outsider = await world.person({ roles: [] })
    const held = await commentOnQuestion(soon(outsider), { questionId: id, body: 'Noch nicht geprüft.' })
    expect(await digest()).toBe(0)
    await moderateComment(soon(world.as('steward'), 5), { commentId: held.id, decision: 'approve' })
    await moderateQuestion(world.as('steward').ctx, { questionId: id, decision: 'hide', rule: 'off-topic' })
    expect(await digest()).toBe(0)
    await moderateQuestion(world.as('steward').ctx, { questionId: id, decision: 'restore' })
    expect(await digest()).toBe(1)
    expect((await mailsTo(follower))[0]!.text).toContain('Noch nicht geprüft.')
  })

  it('is not sent to whoever wants no collected mail at all', async () => {
    const { id } = await raise('Wer will eigentlich gar keine Sammlung?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'daily' })
    await saveWishes(follower.ctx, { digest: 'never', tasks: true })
    await commentOnQuestion(soon(world.as('holder')), { questionId: id, body: 'Das geht auch ohne Mail.' })
    expect(await digest()).toBe(0)
  })

  it('does not flood after a long stop', async () => {
    const { id } = await raise('Was ist nach langer Pause noch neu?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'daily' })
    await commentOnQuestion(soon(world.as('holder')), { questionId: id, body: 'Uralt bis dahin.' })
    expect(await digest(24 * 30)).toBe(0)
  })
})

describe('leaving', () => {
  const linkIn = (text: string, path: string) => new RegExp(`${path}\\S+`).exec(text)?.[0] ?? ''

  it('works by the link in the mail without signing in; looking at it changes nothing', async () => {
    const { id } = await raise('Wie wird man Nachrichten wieder los?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'steps' })
    await advanceQuestion(soon(world.as('steward')), { questionId: id, to: 'prioritised' })
    await world.runJobs()
    const { text } = (await mailsTo(follower))[0]!
    const link = linkIn(text, '/questions/leave/')
    expect((await world.anonymous.get(link)).status).toBe(200)
    expect((await world.anonymous.get(link)).status).toBe(200)
    expect((await world.anonymous.post(link)).headers.get('location')).toBe('/questions/left')
    expect((await world.anonymous.get(link)).status).toBe(410)
  })

  it('works by one click of a mail program: a bare post without cookie or origin', async () => {
    const { id } = await raise('Ein Klick im Mailprogramm genügt?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'steps' })
    await advanceQuestion(soon(world.as('steward')), { questionId: id, to: 'prioritised' })
    await world.runJobs()
    const link = linkIn((await mailsTo(follower))[0]!.text, '/api/v1/questions/leave/')
    const click = (headers: Record<string, string>) =>
      world.app.request(world.config.url + link, {
        method: 'POST',
        body: 'List-Unsubscribe=One-Click',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    // With a cookie it could be another site's form in somebody's browser.
    expect((await click({ cookie: 'any=thing' })).status).toBe(403)
    expect((await click({})).status).toBe(204)
    const left = await world.hub.database.db
      .selectFrom('questions_follower')
      .select('id')
      .where('person_id', '=', follower.personId)
      .execute()
    expect(left).toEqual([])
  })

  it('works for the signed-in, also when the question is gone from view', async () => {
    const { id } = await raise('Auch später noch abbestellbar?')
    await followQuestion(follower.ctx, { questionId: id, mode: 'steps' })
    await moderateQuestion(world.as('steward').ctx, { questionId: id, decision: 'hide', rule: 'off-topic' })
    await unfollowQuestion(follower.ctx, { questionId: id })
    const left = await world.hub.database.db
      .selectFrom('questions_follower')
      .select('id')
      .where('question_id', '=', id)
      .execute()
    expect(left).toEqual([])
  })
})

describe('a person’s data', () => {
  it('come as a copy, and erasure cuts the tie: public texts stay nameless, all else goes', async () => {
    const question = await raise('Bleibt meine Frage ohne mich hier?', follower)
    await supportQuestion(follower.ctx, { questionId: question.id })
    await supportQuestion(follower.ctx, { questionId: question.id, organisationId: world.organisationId })
    await commentOnQuestion(follower.ctx, {
      questionId: question.id,
      body: 'Mein öffentlicher Beitrag.',
      signature: 'Frieda',
    })
    await followQuestion(follower.ctx, { questionId: question.id })
    const copy = (await exportPersonData(follower.ctx, follower.personId)) as Record<string, unknown[]>
    expect(Object.fromEntries(Object.entries(copy).map(([part, rows]) => [part, rows.length]))).toEqual({
      questions: 1,
      comments: 1,
      supports: 2,
      follows: 1,
      helpful: 0,
    })
    await expect(exportPersonData(world.as('steward').ctx, follower.personId)).rejects.toThrow(
      'general/forbidden',
    )

    await erasePersonData(world.system, follower.personId)
    expect(await getQuestion(world.anonymous.ctx, question.id)).toMatchObject({
      authorId: null,
      people: 0,
      organisations: 1,
    })
    const html = await (await world.anonymous.get(`/questions/${question.number}`)).text()
    expect(html).toContain('Mein öffentlicher Beitrag.')
    expect(html).toContain('gelöschtes Konto')
    expect(html).not.toContain('Frieda')
    const rest = (await exportPersonData(world.system, follower.personId)) as Record<string, unknown[]>
    expect(Object.values(rest).flat()).toEqual([])
  })

  it('never public goes: the text of a held question is emptied', async () => {
    const outsider = await world.person({ roles: [] })
    const { id } = await raise('Meine ungeprüfte Frage mit Namen?', outsider)
    await erasePersonData(outsider.ctx, outsider.personId)
    expect(await getQuestion(world.system, id)).toMatchObject({ title: '…', why: '…', visibility: 'hidden' })
  })
})
