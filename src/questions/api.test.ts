import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../test/harness.ts'
import type { World } from '../../test/harness.ts'
import { runCli } from '../cli.ts'
import { commands } from './commands.ts'
import { inWorkPart } from './panels.tsx'
import {
  advanceQuestion,
  deskTasks,
  getQuestion,
  moderateQuestion,
  raiseQuestion,
  searchHits,
} from './service.ts'
import { makeView } from '../platform/view.ts'

let world: World
let number: string
const why = 'Damit wir wissen, wo Schatten fehlt.'
beforeAll(async () => {
  world = await createWorld()
  number = (await raiseQuestion(world.as('citizen').ctx, { title: 'Wo fehlt Schatten auf Schulhöfen?', why }))
    .number
})
afterAll(() => world.close())

async function cli(...argv: string[]) {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const openCtx = async () => ({ ctx: world.system, close: async () => {} })
  const code = await runCli(['questions', ...argv], {
    commands,
    openCtx,
    debug: () => false,
    out: say,
    note: say,
  })
  return { code, text: lines.join('\n') }
}

describe('REST', () => {
  it('lists and shows what the pages show, with the story, and nothing about accounts', async () => {
    const list = (await (await world.anonymous.get('/api/v1/questions?limit=1')).json()) as {
      questions: Record<string, unknown>[]
      next: string | null
    }
    expect(list.questions[0]).toMatchObject({ number, state: 'raised', people: 0, author: 'Test citizen' })
    const one = (await (await world.anonymous.get(`/api/v1/questions/${number}`)).json()) as Record<
      string,
      unknown
    >
    expect(one).toMatchObject({
      number,
      timeline: [{ state: 'raised', text: { de: 'Frage gestellt', en: 'Question asked' } }],
    })
    expect(JSON.stringify([list, one])).not.toMatch(/authorId|personId|@example\.org/)
  })

  it('raises as the signed-in person, ignoring what it does not know', async () => {
    const response = await world.as('holder').json('POST', '/api/v1/questions', {
      title: 'Wie voll sind die Radwege?',
      why,
      state: 'answered',
      visibility: 'hidden',
    })
    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ state: 'raised', author: 'Test holder' })
  })

  it.each([
    ['GET', '/api/v1/questions?state=erfunden', undefined, 400],
    ['GET', '/api/v1/questions?limit=1000', undefined, 400],
    ['GET', '/api/v1/questions/2026-999', undefined, 404],
    ['GET', '/api/v1/questions/%00', undefined, 404],
    ['POST', '/api/v1/questions', { title: 'x' }, 400],
    ['POST', '/api/v1/questions', { title: ['a'], why: {} }, 400],
  ])('answers %s %s with a problem in RFC 9457', async (method, path, body, status) => {
    const response = await world.as('citizen').json(method, path, body)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ status })
  })
})

describe('pages', () => {
  it.each([
    '/questions?state=erfunden&cursor=quatsch&sort=x',
    '/questions?q=%00%25',
    '/questions?cursor=5.nonsense',
    '/en/questions?q=Schatten&sort=support',
  ])('show the list for any address: %s', async (path) => {
    expect((await world.anonymous.get(path)).status).toBe(200)
  })

  it.each([
    '/questions/2026-999',
    '/questions/quatsch',
    '/questions/2026-999/talk',
    '/questions/2026-999/edit',
  ])('lead on from %s', async (path) => {
    const response = await world.anonymous.get(path)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Zur Startseite')
  })

  it('keep spreadsheets from running what people write', async () => {
    await raiseQuestion(world.as('citizen').ctx, { title: '=HYPERLINK("https://evil.example")', why })
    const bytes = Buffer.from(await (await world.anonymous.get('/questions/export.csv')).arrayBuffer())
    const csv = bytes.toString('utf8')
    expect(csv).not.toMatch(/^[^,]*,"?=HYPERLINK/m)
    expect(csv.charCodeAt(0)).toBe(0xfeff)
  })

  it('offer the next steps to the steward, who moves the question by the form', async () => {
    const { number } = await raiseQuestion(world.as('citizen').ctx, {
      title: 'Wo parken Lastenräder bei uns?',
      why,
    })
    const steward = world.as('steward')
    expect(await (await steward.get(`/questions/${number}`)).text()).toContain('name="to"')
    expect(await (await world.as('citizen').get(`/questions/${number}`)).text()).not.toContain('name="to"')
    const wrong = await steward.post(`/questions/${number}/advance`, { to: 'prioritised', until: '31.12.' })
    expect(wrong.status).toBe(422)
    await steward.post(`/questions/${number}/advance`, {
      to: 'prioritised',
      note: 'Auf Platz 3',
      who: 'Der Rat',
      until: '2027-01-31',
    })
    const html = await (await world.anonymous.get(`/questions/${number}`)).text()
    expect(html).toContain('Auf Platz 3')
    expect(html).toContain('bis 31. Januar')
  })
})

describe('other pages’ parts', () => {
  it('give the steward one task for the whole queue, the author hers, and nobody else any', async () => {
    const outsider = await world.person({ roles: [] })
    const { id } = await raiseQuestion(outsider.ctx, { title: 'Was wartet hier auf wen genau?', why })
    expect(await deskTasks(world.as('steward').ctx)).toMatchObject([
      { kind: 'review', text: { de: 'Eine neue Frage wartet auf Ihre Entscheidung.' } },
    ])
    expect(await deskTasks(world.as('holder').ctx)).toEqual([])
    await moderateQuestion(world.as('steward').ctx, {
      questionId: id,
      decision: 'ask-back',
      rule: 'unclear',
      note: 'Wo genau?',
    })
    const [task] = await deskTasks(outsider.ctx)
    expect((await world.anonymous.get(task!.href)).status).toBe(200)
  })

  it('find visible questions and draw those on their way', async () => {
    expect((await searchHits(world.anonymous.ctx, 'Schulhöfen'))[0]).toMatchObject({
      href: `/questions/${number}`,
    })
    expect(await searchHits(world.anonymous.ctx, ' \u0000 ')).toEqual([])
    const view = makeView({
      locale: 'en',
      actor: { kind: 'anonymous' },
      town: { ags: world.config.ags, name: 'Auenstadt' },
      path: '/',
    })
    const drawn = await inWorkPart.render(world.anonymous.ctx, view)
    const html = (drawn as { toString(): string }).toString()
    expect(html).toContain(`href="/en/questions/${number}"`)
  })
})

describe('commands', () => {
  it('list, show, advance and moderate', async () => {
    expect(await cli('list', '--search', 'Schulhöfen', '--json')).toMatchObject({
      code: 0,
      text: expect.stringContaining(number),
    })
    expect((await cli('list', '--state', 'erfunden')).code).toBe(2)
    expect(await cli('advance', number, 'prioritised', '--note', 'First place')).toEqual({
      code: 0,
      text: `${number}  prioritised`,
    })
    expect((await cli('show', number)).text).toContain('First place')
    expect((await cli('moderate')).text).toContain('questions,')
    expect((await cli('moderate', number, 'hide')).code).toBe(2)
    expect((await cli('moderate', number, 'hide', '--rule', 'off-topic')).text).toBe(`${number}  hidden`)
    expect((await cli('advance', number, 'mapped')).code).toBe(1)
    expect((await cli('show', 'quatsch')).code).toBe(2)
    expect((await cli('show', '2026-999')).code).toBe(1)
    expect((await getQuestion(world.system, number)).state).toBe('prioritised')
    await expect(
      advanceQuestion(world.as('steward').ctx, { questionId: 'quatsch', to: 'mapped' }),
    ).rejects.toThrow(/questionId/)
  })
})
