import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../../test/harness.ts'
import type { User, World } from '../../../test/harness.ts'
import {
  commentOnQuestion,
  getQuestion,
  listComments,
  listModeration,
  markHelpful,
  moderateComment,
  moderateQuestion,
  raiseQuestion,
} from '../service.ts'
import { rules } from '../schema.ts'
import { ruleTexts } from './messages.ts'

let world: World
let questionId: string
let outsider: User
beforeAll(async () => {
  world = await createWorld()
  outsider = await world.person({ roles: [], name: 'Moderation' })
  questionId = (
    await raiseQuestion(world.as('citizen').ctx, {
      title: 'Worüber wird hier gesprochen?',
      why: 'Damit es ein Gespräch gibt.',
    })
  ).id
})
afterAll(() => world.close())

const steward = () => world.as('steward')
const bodies = async (user: User) =>
  (await listComments(user.ctx, { questionId })).comments.map((each) => each.body)
const lastMail = async () => (await world.mails()).at(-1)!
const emailOf = (user: User) => (user.actor.kind === 'person' ? user.actor.email : '')
const linkIn = (text: string) => /\/questions\/decisions\/\S+/.exec(text)?.[0] ?? ''

describe('contributions', () => {
  it('from outside wait, seen by their author and the steward only', async () => {
    const { id, visibility } = await commentOnQuestion(outsider.ctx, {
      questionId,
      body: 'Ich komme von außen.',
    })
    expect(visibility).toBe('pending')
    expect(await bodies(world.anonymous)).toEqual([])
    expect(await bodies(outsider)).toEqual(['Ich komme von außen.'])
    expect(await bodies(steward())).toEqual(['Ich komme von außen.'])
    await moderateComment(steward().ctx, { commentId: id, decision: 'approve' })
    expect(await bodies(world.anonymous)).toEqual(['Ich komme von außen.'])
    expect(await lastMail()).toMatchObject({ to: emailOf(outsider), subject: 'Ihr Beitrag ist sichtbar' })
  })

  it('carry a badge from rights, never from a name', async () => {
    const said = await commentOnQuestion(world.as('citizen').ctx, {
      questionId,
      body: 'Ich nenne mich nur so.',
      signature: 'Datenlotsin',
      organisationId: world.organisationId,
    })
    await commentOnQuestion(steward().ctx, {
      questionId,
      body: 'Ich bin es wirklich.',
      organisationId: world.organisationId,
    })
    const { comments } = await listComments(world.anonymous.ctx, { questionId })
    expect(comments.map((each) => each.role)).toEqual(['steward', null, null])
    const html = await (
      await world.anonymous.get(
        `/questions/${(await getQuestion(world.anonymous.ctx, questionId)).number}/talk`,
      )
    ).text()
    expect(html.match(/al-chip--accent/g)).toHaveLength(1)
    expect(said.visibility).toBe('visible')
  })

  it('page without gaps or repeats', async () => {
    for (let n = 0; n < 7; n++)
      await commentOnQuestion(world.as('holder').ctx, { questionId, body: `Beitrag ${n}` })
    const seen: string[] = []
    for (let before: string | undefined; ;) {
      const { comments, next } = await listComments(world.anonymous.ctx, { questionId, limit: 3, before })
      seen.push(...comments.map((each) => each.id))
      if (!next) break
      before = next
    }
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
  })

  it('can be marked as helpful by others once, and the mark taken back', async () => {
    const { id } = await commentOnQuestion(world.as('analyst').ctx, {
      questionId,
      body: 'Das hilft hoffentlich.',
    })
    const helpful = async () =>
      (await listComments(world.anonymous.ctx, { questionId })).comments.find((each) => each.id === id)
        ?.helpful
    await expect(markHelpful(world.as('analyst').ctx, { commentId: id })).rejects.toThrow('general/forbidden')
    await markHelpful(world.as('holder').ctx, { commentId: id })
    await markHelpful(world.as('council').ctx, { commentId: id })
    expect(await helpful()).toBe(2)
    await markHelpful(world.as('council').ctx, { commentId: id })
    expect(await helpful()).toBe(1)
  })

  it('answer only to contributions of the same question that one may see', async () => {
    const other = await raiseQuestion(world.as('citizen').ctx, {
      title: 'Eine ganz andere Frage also?',
      why: 'Damit es zwei Gespräche gibt.',
    })
    const { id } = await commentOnQuestion(world.as('holder').ctx, {
      questionId: other.id,
      body: 'Drüben gesagt.',
    })
    await expect(
      commentOnQuestion(world.as('holder').ctx, { questionId, body: 'Hier geantwortet.', replyTo: id }),
    ).rejects.toThrow('general/not-found')
  })
})

describe('moderation', () => {
  it('names a rule and tells the author, who answers without signing in, once', async () => {
    const { id } = await raiseQuestion(outsider.ctx, {
      title: 'Warum sind die immer so langsam?',
      why: 'Das muss man doch einmal sagen dürfen.',
    })
    await moderateQuestion(steward().ctx, {
      questionId: id,
      decision: 'ask-back',
      rule: 'unclear',
      note: 'Wen meinen Sie?',
    })
    const mail = await lastMail()
    expect(mail.to).toBe(emailOf(outsider))
    expect(mail.text).toContain(ruleTexts.de.unclear.text)
    expect(mail.text).toContain('Wen meinen Sie?')
    const link = linkIn(mail.text)
    expect((await world.anonymous.get(link)).status).toBe(200)
    expect((await world.anonymous.post(link, { text: 'Die Busse der Linie 12.' })).status).toBe(303)
    expect((await world.anonymous.post(link, { text: 'Noch einmal.' })).status).toBe(410)
    const { replies, asked } = await listModeration(steward().ctx)
    expect(replies.map((each) => each.reply)).toEqual(['Die Busse der Linie 12.'])
    expect(asked).toHaveLength(1)
    await moderateQuestion(steward().ctx, { questionId: id, decision: 'approve' })
    expect((await listModeration(steward().ctx)).replies).toEqual([])
    expect((await getQuestion(world.anonymous.ctx, id)).visibility).toBe('visible')
  })

  it('can be undone: an objection brings a hidden question back', async () => {
    const { id } = await raiseQuestion(world.as('citizen').ctx, {
      title: 'Wer hat hier etwas zu verbergen?',
      why: 'Eine ernst gemeinte Frage zur Offenheit.',
    })
    await moderateQuestion(steward().ctx, { questionId: id, decision: 'hide', rule: 'off-topic' })
    await world.anonymous.post(linkIn((await lastMail()).text), { text: 'Doch, es geht um offene Daten.' })
    await moderateQuestion(steward().ctx, { questionId: id, decision: 'restore' })
    expect((await getQuestion(world.anonymous.ctx, id)).visibility).toBe('visible')
    expect((await lastMail()).subject).toBe('Wieder sichtbar')
  })

  it('refuses to hide without a rule, and shows the form again', async () => {
    const { id } = await raiseQuestion(outsider.ctx, {
      title: 'Wie viele Bänke stehen im Park?',
      why: 'Meine Oma muss sich oft hinsetzen.',
    })
    const response = await steward().post(`/questions/moderation/questions/${id}`, {
      decision: 'hide',
      note: 'Gefällt mir nicht.',
    })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Gefällt mir nicht.')
    expect((await getQuestion(steward().ctx, id)).visibility).toBe('pending')
  })

  it('refuses the slower of two decisions', async () => {
    const { id } = await raiseQuestion(outsider.ctx, {
      title: 'Wo stehen die Papierkörbe im Park?',
      why: 'Dort liegt an jedem Montag Müll herum.',
    })
    await moderateQuestion(steward().ctx, { questionId: id, decision: 'approve' })
    await expect(moderateQuestion(steward().ctx, { questionId: id, decision: 'approve' })).rejects.toThrow(
      'questions/already-decided',
    )
  })

  it('accepts no link that it did not make', async () => {
    const link = linkIn(
      (await world.mails()).findLast((each) => each.text.includes('/questions/decisions/'))!.text,
    )
    for (const forged of [
      `${link.slice(0, -2)}xx`,
      link.replace('decisions', 'leave'),
      '/questions/decisions/quatsch',
    ]) {
      expect((await world.anonymous.get(forged)).status).toBe(410)
    }
  })

  it('has a text for every rule in both languages', () => {
    for (const rule of rules) expect(ruleTexts.en[rule].text).not.toBe(ruleTexts.de[rule].text)
  })
})
