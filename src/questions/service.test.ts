import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, permissionMatrix } from '../../test/harness.ts'
import type { User, World } from '../../test/harness.ts'
import { system } from '../platform/context.ts'
import { listEntries } from '../transparency/service.ts'
import { policy } from './policy.ts'
import type { Question } from './model.ts'
import {
  addTimelineEntry,
  advanceQuestion,
  countQuestions,
  editQuestion,
  findSimilar,
  getQuestion,
  getTimeline,
  listQuestions,
  moderateQuestion,
  openSteps,
  raiseQuestion,
  setNextDecision,
} from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const why = 'Kleine Kinder überhitzen schneller als Erwachsene.'
const raise = (user: User, title: string, more: object = {}): Promise<Question> =>
  raiseQuestion(user.ctx, { title, why, ...more })

describe('raising', () => {
  it('numbers questions within town and year, in the town’s own time', async () => {
    const member = world.as('citizen')
    const lastMinute = await raiseQuestion(member.at(new Date('2025-12-31T22:59:00Z')), {
      title: 'Wo fehlen Zebrastreifen?',
      why,
    })
    const newYear = await raiseQuestion(member.at(new Date('2025-12-31T23:00:00Z')), {
      title: 'Wo fehlen Bordsteine?',
      why,
    })
    const next = await raiseQuestion(member.at(new Date('2026-03-12T10:00:00Z')), {
      title: 'Wo fehlen Bäume im Hafen?',
      why,
    })
    expect([lastMinute.number, newYear.number, next.number]).toEqual(['2025-001', '2026-001', '2026-002'])
  })

  it('gives two questions raised at the same moment two numbers', async () => {
    const both = await Promise.all([
      raise(world.as('citizen'), 'Wie laut ist die Nacht?'),
      raise(world.as('holder'), 'Wie hell ist die Nacht?'),
    ])
    expect(new Set(both.map((each) => each.number)).size).toBe(2)
  })

  it('shows a member’s question at once and holds back one from outside every organisation', async () => {
    const outsider = await world.person({ roles: [] })
    const held = await raise(outsider, 'Wo sind die Radwege unterbrochen?')
    expect((await raise(world.as('citizen'), 'Wo fehlen Trinkbrunnen?')).visibility).toBe('visible')
    expect(held.visibility).toBe('pending')
    await expect(getQuestion(world.anonymous.ctx, held.number)).rejects.toThrow('general/not-found')
    expect((await getQuestion(outsider.ctx, held.number)).id).toBe(held.id)
  })

  it('holds back a first post with a link, even from a member, but not the second', async () => {
    const newcomer = await world.person({
      roles: [{ role: 'citizen', organisationId: world.organisationId }],
    })
    const first = await raise(newcomer, 'Kennen Sie schon www.beste-kredite.example?')
    expect(first.visibility).toBe('pending')
    await moderateQuestion(world.as('steward').ctx, { questionId: first.id, decision: 'approve' })
    const second = await raise(newcomer, 'Was steht auf https://example.org über uns?')
    expect(second.visibility).toBe('visible')
  })

  it('refuses to ask for an organisation one does not belong to', async () => {
    const other = await world.organisation('Fremder Verein')
    await expect(
      raise(world.as('citizen'), 'Wer darf für andere sprechen?', { organisationId: other.id }),
    ).rejects.toThrow('questions/not-yours')
  })

  it('leaves a public line without personal data', async () => {
    const question = await raise(world.as('citizen'), 'Wo fehlen Sitzbänke für Ältere?', {
      signature: 'Oma Erna',
    })
    const { entries } = await listEntries(world.anonymous.ctx, { q: question.number })
    expect(entries.map((entry) => entry.event)).toEqual(['questions.raised'])
    expect(JSON.stringify(entries)).not.toMatch(/Erna|Sitzbänke|example\.org/)
  })

  it('takes control signs out of texts and keeps umlauts, line breaks and markup as they are', async () => {
    const question = await raiseQuestion(world.as('citizen').ctx, {
      title: ' Wo\u0000 ist <b>Schatten</b>\n auf Plätzen? ',
      why: 'Erste Zeile hier\r\nzweite Zeile\u0007 dort.',
    })
    expect(question.title).toBe('Wo ist <b>Schatten</b> auf Plätzen?')
    expect(question.why).toBe('Erste Zeile hier\nzweite Zeile dort.')
  })
})

describe('the way', () => {
  it('goes forward one step at a time for a steward, and to the answer where all data are open', async () => {
    const { id, number } = await raise(world.as('citizen'), 'Wie oft fällt die Linie 12 aus?')
    // A context keeps its moment: made before, the steps would be older than the question.
    const steward = world.as('steward').ctx
    await expect(advanceQuestion(steward, { questionId: id, to: 'mapped' })).rejects.toThrow(
      'questions/not-next',
    )
    await advanceQuestion(steward, {
      questionId: id,
      to: 'prioritised',
      note: 'Auf Platz 1 gewählt',
      mark: 'Platz 1',
    })
    await expect(advanceQuestion(steward, { questionId: id, to: 'prioritised' })).rejects.toThrow(
      'questions/not-next',
    )
    const mapped = await advanceQuestion(steward, { questionId: id, to: 'mapped' })
    expect(openSteps(world.as('steward').ctx, mapped)).toEqual(['agreed', 'answered'])
    expect(openSteps(world.as('citizen').ctx, mapped)).toEqual([])
    await advanceQuestion(steward, { questionId: id, to: 'answered' })
    const story = await getTimeline(world.anonymous.ctx, number)
    expect(story.map((entry) => entry.state)).toEqual(['raised', 'prioritised', 'mapped', 'answered'])
    expect(story[1]).toMatchObject({ text: { de: 'Auf Platz 1 gewählt' }, mark: { de: 'Platz 1' } })
  })

  it('lets the hub go further at once and takes the same news twice without harm', async () => {
    const { id } = await raise(world.as('citizen'), 'Wo fehlen Kita-Plätze im Norden?')
    const hub = { ...world.system, actor: system('cooperation') }
    await advanceQuestion(hub, {
      questionId: id,
      to: 'agreed',
      decides: { who: 'Die drei Datenhalter', until: '2026-05-08', href: '/x', label: 'Lesen' },
    })
    await advanceQuestion(hub, { questionId: id, to: 'agreed' })
    await advanceQuestion(hub, { questionId: id, to: 'mapped' })
    const question = await getQuestion(world.anonymous.ctx, id)
    expect(question).toMatchObject({
      state: 'agreed',
      next: { who: { de: 'Die drei Datenhalter' }, until: '2026-05-08' },
    })
    expect(await getTimeline(world.anonymous.ctx, id)).toHaveLength(2)
  })

  it('never leads to another site by a link that only looks like a path', async () => {
    const { id } = await raise(world.as('citizen'), 'Wohin führt dieser Link?')
    for (const href of ['//evil.example', 'javascript:alert(1)', 'http://evil.example']) {
      await expect(
        setNextDecision(world.as('steward').ctx, { questionId: id, who: 'X', href }),
      ).rejects.toThrow(/href/)
    }
    await addTimelineEntry(world.as('steward').ctx, {
      questionId: id,
      text: { de: 'Hinweis', en: 'Hint' },
      href: '/catalogue',
    })
    expect((await getTimeline(world.anonymous.ctx, id)).at(-1)).toMatchObject({
      kind: 'note',
      href: '/catalogue',
    })
  })

  it('does not move what is not public', async () => {
    const outsider = await world.person({ roles: [] })
    const { id } = await raise(outsider, 'Wann wird der Spielplatz erneuert?')
    await expect(
      advanceQuestion(world.as('steward').ctx, { questionId: id, to: 'prioritised' }),
    ).rejects.toThrow('questions/not-open')
  })
})

describe('editing', () => {
  it('is for the author and the steward, until the first decision', async () => {
    const { id } = await raise(world.as('holder'), 'Wie kühl bleiben Schulen?')
    const text = { title: 'Wie kühl bleiben unsere Schulen?', why }
    await expect(editQuestion(world.as('citizen').ctx, { questionId: id, ...text })).rejects.toThrow(
      'general/forbidden',
    )
    expect((await editQuestion(world.as('holder').ctx, { questionId: id, ...text })).title).toBe(text.title)
    await advanceQuestion(world.as('steward').ctx, { questionId: id, to: 'prioritised' })
    await expect(editQuestion(world.as('holder').ctx, { questionId: id, ...text })).rejects.toThrow(
      'questions/too-late',
    )
  })
})

describe('finding', () => {
  it('narrows by the step that people see as current', async () => {
    const at = async (step: number) =>
      (await listQuestions(world.anonymous.ctx, { step, limit: 100 })).questions
    expect((await at(4)).map((each) => each.state)).toEqual(['agreed'])
    expect((await at(1)).every((each) => each.state === 'raised')).toBe(true)
    expect(await at(5)).toEqual([])
    const sums = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(async (step) => (await at(step)).length))
    const counts = await countQuestions(world.anonymous.ctx)
    expect(sums.reduce((sum, n) => sum + n, 0)).toBe([...counts.values()].reduce((sum, n) => sum + n, 0))
  })

  it('lists visible questions only, pages without gaps, and counts by state', async () => {
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const { questions, next } = await listQuestions(world.anonymous.ctx, {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      })
      seen.push(...questions.map((each) => each.number))
      if (!next) break
      cursor = next
    }
    const counts = await countQuestions(world.anonymous.ctx)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength([...counts.values()].reduce((sum, n) => sum + n, 0))
    expect((await listQuestions(world.as('steward').ctx, { limit: 100 })).questions).toHaveLength(seen.length)
  })

  it('finds by meaning, by part of a word and by number, and takes signs literally', async () => {
    const found = async (q: string) =>
      (await listQuestions(world.anonymous.ctx, { q })).questions.map((each) => each.title)
    expect(await found('Kita')).toContain('Wo fehlen Kita-Plätze im Norden?')
    expect(await found('Schule')).toContain('Wie kühl bleiben unsere Schulen?')
    expect(await found('2025-001')).toEqual(['Wo fehlen Zebrastreifen?'])
    expect(await found('%_\\')).toEqual([])
  })

  it('finds similar ones, never those that are held back', async () => {
    const similar = await findSimilar(world.as('steward').ctx, 'Radwege unterbrochen')
    expect(similar).toEqual([])
    expect((await findSimilar(world.anonymous.ctx, 'Fehlen Kitaplätze im Norden?'))[0]?.title).toBe(
      'Wo fehlen Kita-Plätze im Norden?',
    )
  })
})

describe('permissions over HTTP', () => {
  let question: Question
  let mine: Question
  beforeAll(async () => {
    question = await raise(world.as('holder'), 'Wer darf hier eigentlich was?')
    mine = await raise(await world.person({ roles: [] }), 'Was wartet auf die Datenlotsin?')
  })
  const { own: _own, leave: _leave, reply: _reply, represent: _represent, ...overHttp } = policy
  const form = { title: 'Wer darf hier eigentlich was tun?', why }
  permissionMatrix(() => world, overHttp, {
    read: { request: (user) => user.get(`/questions/${question.number}`) },
    submit: { request: (user) => user.get('/questions/new') },
    raise: {
      request: (user) =>
        user.json('POST', '/api/v1/questions', { ...form, title: `Was fragt hier ${user.personId}?` }),
    },
    edit: {
      request: (user) => user.post(`/questions/${question.number}/edit`, form),
      whose: () => ({ authorId: question.authorId }),
    },
    support: { request: (user) => user.post(`/questions/${question.number}/support`) },
    comment: {
      request: (user) => user.post(`/questions/${question.number}/talk`, { body: 'Ein Beitrag dazu.' }),
    },
    follow: { request: (user) => user.post(`/questions/${question.number}/follow`, { mode: 'daily' }) },
    seeAll: {
      request: async (user) => {
        const r = await user.get(`/questions/${mine.number}`)
        return r.status === 404 ? new Response(null, { status: 403 }) : r
      },
    },
    moderate: { request: (user) => user.get('/questions/moderation') },
    merge: { request: (user) => user.get(`/questions/${question.number}/merge`) },
    advance: { request: (user) => user.post(`/questions/${question.number}/advance`, { to: 'evaluated' }) },
  })
})
