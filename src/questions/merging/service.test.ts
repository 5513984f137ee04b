import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../../test/harness.ts'
import type { World } from '../../../test/harness.ts'
import {
  advanceQuestion,
  commentOnQuestion,
  followQuestion,
  getQuestion,
  getTimeline,
  listComments,
  listQuestions,
  mergeQuestions,
  raiseQuestion,
  supportQuestion,
  withdrawSupport,
} from '../service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const why = 'Viele fragen dasselbe, jede und jeder für sich.'
const raise = (title: string) => raiseQuestion(world.as('citizen').ctx, { title, why, follow: false })

describe('supporting', () => {
  it('counts each person and each organisation once, and can be taken back', async () => {
    const { id } = await raise('Wer unterstützt diese eine Frage?')
    const holder = world.as('holder')
    for (let n = 0; n < 3; n++) await supportQuestion(holder.ctx, { questionId: id })
    await supportQuestion(holder.ctx, { questionId: id, organisationId: holder.organisationId })
    await supportQuestion(world.as('citizen').ctx, { questionId: id, organisationId: holder.organisationId })
    expect(await getQuestion(world.anonymous.ctx, id)).toMatchObject({ people: 1, organisations: 1 })
    await withdrawSupport(holder.ctx, { questionId: id })
    await withdrawSupport(holder.ctx, { questionId: id })
    expect(await getQuestion(world.anonymous.ctx, id)).toMatchObject({ people: 0, organisations: 1 })
  })

  it('works without an account once the address is confirmed, and counts once however often', async () => {
    const { id, number } = await raise('Wer unterstützt ohne ein Konto?')
    const path = `/questions/${number}/support`
    expect(await (await world.anonymous.get(path)).text()).toContain('name="email"')
    expect((await world.anonymous.post(`${path}/mail`, { email: 'keine' })).status).toBe(422)
    for (let n = 0; n < 2; n++) {
      const sent = await world.anonymous.post(`${path}/mail`, { email: 'stimme@example.org', follow: 'on' })
      expect(sent.headers.get('location')).toBe('/questions/check-mail')
    }
    expect((await getQuestion(world.anonymous.ctx, id)).people).toBe(0)
    for (const mail of (await world.mails()).filter((each) => each.to === 'stimme@example.org')) {
      const token = /\/identity\/confirm\/(\S+)/.exec(mail.text)?.[1] ?? ''
      expect((await world.anonymous.post('/identity/confirm', { token })).headers.get('location')).toBe(
        `/questions/${number}`,
      )
    }
    await world.runJobs()
    expect((await getQuestion(world.anonymous.ctx, id)).people).toBe(1)
    expect((await world.as('citizen').get(path)).status).toBe(303)
  })

  it('is not possible for a stranger’s organisation', async () => {
    const { id } = await raise('Wer spricht hier für wen genau?')
    const other = await world.organisation('Andere Leute e. V.')
    await expect(
      supportQuestion(world.as('holder').ctx, { questionId: id, organisationId: other.id }),
    ).rejects.toThrow('questions/not-yours')
  })
})

describe('merging', () => {
  it('moves supporters without counting twice, talk and followers, and leads the old address on for good', async () => {
    const source = await raise('Fehlen Kitaplätze im Norden?')
    const target = await raise('Wo fehlen in drei Jahren Kita-Plätze?')
    const [holder, analyst, council, steward] = [
      world.as('holder'),
      world.as('analyst'),
      world.as('council'),
      world.as('steward'),
    ]
    for (const user of [holder, analyst]) await supportQuestion(user.ctx, { questionId: source.id })
    for (const user of [analyst, council]) await supportQuestion(user.ctx, { questionId: target.id })
    await supportQuestion(holder.ctx, { questionId: source.id, organisationId: world.organisationId })
    await supportQuestion(holder.ctx, { questionId: target.id, organisationId: world.organisationId })
    await commentOnQuestion(holder.ctx, {
      questionId: source.id,
      body: 'Bei uns im Norden warten 40 Familien.',
    })
    await followQuestion(analyst.ctx, { questionId: source.id })
    await followQuestion(analyst.ctx, { questionId: target.id })

    const sent = await steward.post(`/questions/${source.number}/merge`, {
      intoNumber: target.number,
      note: 'Beide fragen nach Plätzen.',
    })
    expect(sent.headers.get('location')).toBe(`/questions/${target.number}`)
    expect(await getQuestion(world.anonymous.ctx, target.id)).toMatchObject({ people: 3, organisations: 1 })
    expect((await listComments(world.anonymous.ctx, { questionId: target.id })).comments).toHaveLength(1)
    const followers = await world.hub.database.db
      .selectFrom('questions_follower')
      .select('question_id')
      .where('person_id', '=', analyst.personId)
      .execute()
    expect(followers).toEqual([{ question_id: target.id }])
    expect((await getTimeline(world.anonymous.ctx, target.id)).at(-1)?.text.de).toContain(source.title)

    for (const path of [source.number, source.id]) {
      const old = await world.anonymous.get(`/questions/${path}`)
      expect([old.status, old.headers.get('location')]).toEqual([301, `/questions/${target.number}`])
    }
    const talk = await world.anonymous.get(`/questions/${source.number}/talk`)
    expect(talk.headers.get('location')).toBe(`/questions/${target.number}/talk`)
    const english = await world.anonymous.get(`/en/questions/${source.number}`)
    expect(english.headers.get('location')).toBe(`/en/questions/${target.number}`)
    expect((await listQuestions(world.anonymous.ctx, { q: source.number })).questions).toEqual([])
  })

  it('makes no chains: what was merged earlier leads straight to the last target', async () => {
    const [a, b, c] = [
      await raise('Erste von drei gleichen Fragen?'),
      await raise('Zweite von drei gleichen Fragen?'),
      await raise('Dritte von drei gleichen Fragen?'),
    ]
    const steward = world.as('steward').ctx
    await mergeQuestions(steward, { questionId: a.id, intoNumber: b.number })
    await mergeQuestions(steward, { questionId: b.id, intoNumber: c.number })
    expect((await world.anonymous.get(`/questions/${a.number}`)).headers.get('location')).toBe(
      `/questions/${c.number}`,
    )
  })

  it('refuses itself, an unknown or hidden target, a merged source, and one with an agreement', async () => {
    const [a, b] = [
      await raise('Eine Frage, die bleiben soll?'),
      await raise('Eine Frage, die weit gekommen ist?'),
    ]
    const steward = world.as('steward').ctx
    const merge = (questionId: string, intoNumber: string) =>
      mergeQuestions(steward, { questionId, intoNumber })
    await expect(merge(a.id, a.number)).rejects.toThrow('questions/merge-target')
    await expect(merge(a.id, '2026-999')).rejects.toThrow('questions/merge-target')
    const held = await raiseQuestion((await world.person({ roles: [] })).ctx, {
      title: 'Eine Frage, die niemand sieht?',
      why,
    })
    await expect(merge(a.id, held.number)).rejects.toThrow('questions/merge-target')
    await advanceQuestion(world.system, { questionId: b.id, to: 'agreed' })
    await expect(merge(b.id, a.number)).rejects.toThrow('questions/too-far')
    await merge(a.id, b.number)
    await expect(merge(a.id, b.number)).rejects.toThrow('questions/not-open')
    await expect(supportQuestion(world.as('holder').ctx, { questionId: a.id })).rejects.toThrow(
      'questions/not-open',
    )
  })
})
