import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld } from '../../../test/harness.ts'
import type { World } from '../../../test/harness.ts'
import { getQuestion, listQuestions, moderateQuestion, raiseQuestion } from '../service.ts'
import { forgetDrafts } from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const why = 'Im Winter gehen hier viele Kinder im Dunkeln zur Schule.'
const drafts = () => world.hub.database.db.selectFrom('questions_draft').selectAll().execute()
const pathOf = (response: Response) => response.headers.get('location') ?? ''
const once = (html: string) => /name="_once" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function confirm(email: string): Promise<Response> {
  const mail = (await world.mails()).findLast((each) => each.to === email)
  const token = /\/identity\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  return world.anonymous.post('/identity/confirm', { token })
}

describe('a question without an account', () => {
  const form = {
    title: 'Welche Schulwege sind im Winter zu dunkel?',
    why,
    email: 'mutter@example.org',
    signature: 'Mutter aus der Weststadt',
    follow: 'on',
  }

  it('is seen by nobody until its sender confirms, then by the steward, then by all', async () => {
    const sent = await world.anonymous.post('/questions/new', form)
    expect([sent.status, pathOf(sent)]).toEqual([303, '/questions/check-mail'])
    const steward = world.as('steward')
    expect(await (await steward.get('/questions/moderation')).text()).not.toContain(form.title)

    const confirmed = await confirm(form.email)
    expect([confirmed.status, pathOf(confirmed)]).toEqual([303, '/questions/sent'])
    await world.runJobs()
    expect(await drafts()).toEqual([])
    expect(await (await steward.get('/questions/moderation')).text()).toContain(form.title)
    expect((await listQuestions(world.anonymous.ctx)).questions).toEqual([])

    const held = await world.hub.database.db
      .selectFrom('questions_question')
      .select(['id', 'number'])
      .executeTakeFirstOrThrow()
    await steward.post(`/questions/moderation/questions/${held.id}`, { decision: 'approve' })
    const page = await world.anonymous.get(`/questions/${held.number}`)
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('Mutter aus der Weststadt')
    expect(html).not.toContain(form.email)
    expect((await world.mails()).at(-1)).toMatchObject({ to: form.email, subject: 'Ihre Frage ist sichtbar' })
  })

  it('takes the news of the confirmation twice without making two questions', async () => {
    await world.anonymous.post('/questions/new', {
      ...form,
      title: 'Wie laut ist die Nacht am Ring?',
      email: 'nacht@example.org',
    })
    await confirm('nacht@example.org')
    expect((await confirm('nacht@example.org')).status).toBe(410)
    await world.runJobs()
    const rows = await world.hub.database.db
      .selectFrom('questions_question')
      .select('id')
      .where('title', 'like', 'Wie laut%')
      .execute()
    expect(rows).toHaveLength(1)
  })

  it('ignores forged fields: state, visibility, author, organisation', async () => {
    await world.anonymous.post('/questions/new', {
      ...form,
      title: 'Darf ich mich hier selbst freigeben?',
      email: 'schlau@example.org',
      state: 'answered',
      visibility: 'visible',
      author_id: world.as('steward').personId,
      organisationId: world.organisationId,
      number: '2026-999',
    })
    await confirm('schlau@example.org')
    await world.runJobs()
    const row = await world.hub.database.db
      .selectFrom('questions_question')
      .selectAll()
      .where('title', 'like', 'Darf ich%')
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'raised', visibility: 'pending', organisation_id: null })
    expect(row.author_id).not.toBe(world.as('steward').personId)
  })

  it('lets a program that fills the hidden field believe that all went well, and keeps nothing', async () => {
    const before = [await drafts(), (await world.mails()).length]
    const response = await world.anonymous.post('/questions/new', {
      ...form,
      title: 'Günstige Kredite für alle?',
      website: 'https://spam.example',
    })
    expect(pathOf(response)).toBe('/questions/check-mail')
    expect([await drafts(), (await world.mails()).length]).toEqual(before)
  })

  it('takes five a day from one mailbox, whatever its spelling, and says what to do then', async () => {
    const send = (n: number, email: string) =>
      world.anonymous.post('/questions/new', {
        ...form,
        title: `Frage Nummer ${n} aus einem Postfach?`,
        email,
        different: 'yes',
      })
    for (let n = 1; n <= 5; n++)
      expect((await send(n, n % 2 ? 'viel@example.org' : 'Viel@Example.org')).status).toBe(303)
    const refused = await send(6, 'viel@example.org')
    expect(refused.status).toBe(429)
    expect(await refused.text()).toMatch(/Anmelden|warten/)
  })

  it('forgets what nobody confirmed after a week', async () => {
    expect((await drafts()).length).toBeGreaterThan(0)
    await forgetDrafts({ ...world.system, now: new Date(Date.now() + 8 * 86_400_000) })
    expect(await drafts()).toEqual([])
  })

  it('shows the form again with what was typed and what to mend', async () => {
    const response = await world.anonymous.post('/en/questions/new', {
      title: 'Kurz',
      why: '',
      email: 'keine',
    })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain('value="Kurz"')
    expect(html).toContain('At least 12 characters, please.')
    expect(html).toContain('e-mail address such as')
  })
})

describe('similar questions', () => {
  it('are shown before sending; saying that this one differs sends it', async () => {
    const citizen = world.as('citizen')
    const first = await raiseQuestion(citizen.ctx, { title: 'Wo fehlen in drei Jahren Kita-Plätze?', why })
    const form = { title: 'Fehlen Kitaplätze für Familien im Norden?', why }
    const step = await citizen.post('/questions/new', form)
    const html = await step.text()
    expect(step.status).toBe(200)
    expect(html).toContain(`/questions/${first.number}`)
    expect(html).toContain('Meine Frage ist eine andere')
    const back = await citizen.post('/questions/new', { ...form, change: 'yes' })
    expect(await back.text()).toContain(`value="${form.title}"`)
    const sent = await citizen.post('/questions/new', { ...form, different: 'yes', similarSeen: '50' })
    const number = pathOf(sent).split('/').at(-1)!
    expect((await getQuestion(world.anonymous.ctx, number)).similarSeen).toBe(1)
  })

  it('answer as a piece of page while typing, without markup from titles', async () => {
    await raiseQuestion(world.as('citizen').ctx, {
      title: 'Wo ist <img src=x onerror=alert(1)> Schatten?',
      why,
    })
    const html = await (await world.anonymous.get('/questions/similar?q=Schatten%20img')).text()
    expect(html).toContain('&lt;img src=x')
    expect(html).not.toContain('<img')
    expect(await (await world.anonymous.get('/questions/similar?q=Ha')).text()).toContain(
      'Bisher fragt das niemand',
    )
  })
})

describe('forms', () => {
  it('refuses the same form sent twice with a clear problem and makes nothing twice', async () => {
    const citizen = world.as('citizen')
    const form = {
      _once: once(await (await citizen.get('/questions/new')).text()),
      title: 'Wie sauber ist die Luft am Ring?',
      why,
      different: 'yes',
    }
    expect((await citizen.post('/questions/new', form)).status).toBe(303)
    const again = await citizen.post('/questions/new', form)
    expect(again.status).toBe(409)
    expect(await again.text()).toContain('schon angekommen')
    expect((await listQuestions(world.anonymous.ctx, { q: 'Luft am Ring' })).questions).toHaveLength(1)
  })

  it('refuses a form from another site', async () => {
    const response = await world.app.request(`${world.config.url}/questions/new`, {
      method: 'POST',
      body: new URLSearchParams({ title: 'Wer schickt das hier eigentlich?', why, email: 'a@example.org' }),
      headers: { origin: 'https://evil.example' },
    })
    expect(response.status).toBe(403)
  })

  it('shows markup in a title as text, on page, list, feed and table', async () => {
    const title = 'Wo ist <script>alert("x")</script> Schatten & Ruhe?'
    const { number } = await raiseQuestion(world.as('citizen').ctx, { title, why })
    for (const path of [`/questions/${number}`, '/questions', '/questions/feed.atom']) {
      const text = await (await world.anonymous.get(path)).text()
      expect(text).toContain('&lt;script&gt;alert(')
      expect(text).not.toContain('<script>alert')
    }
    expect(await (await world.anonymous.get('/questions/export.csv')).text()).toContain(
      '<script>alert(""x"")</script>',
    )
  })

  it('lets the author edit by the form, with all fields filled in', async () => {
    const { number, id } = await raiseQuestion(world.as('holder').ctx, {
      title: 'Wie voll sind die Busse morgens?',
      why,
    })
    const html = await (await world.as('holder').get(`/questions/${number}/edit`)).text()
    expect(html).toContain('value="Wie voll sind die Busse morgens?"')
    const saved = await world.as('holder').post(`/questions/${number}/edit`, {
      title: 'Wie voll sind die Busse am Morgen?',
      why,
      effectBaseline: '80 von 100 Plätzen',
    })
    expect(pathOf(saved)).toBe(`/questions/${number}`)
    expect(await getQuestion(world.anonymous.ctx, id)).toMatchObject({
      title: 'Wie voll sind die Busse am Morgen?',
      effectBaseline: '80 von 100 Plätzen',
    })
  })
})

describe('hidden questions', () => {
  it('leak on no surface: page, id, API, list, search, feed, table, similar', async () => {
    const { id, number, title } = await raiseQuestion(world.as('citizen').ctx, {
      title: 'Wohnt der Zwetschgenkönig am Markt 7?',
      why,
    })
    await moderateQuestion(world.as('steward').ctx, {
      questionId: id,
      decision: 'hide',
      rule: 'personal-data',
    })
    for (const path of [`/questions/${number}`, `/questions/${id}`, `/api/v1/questions/${number}`]) {
      expect((await world.anonymous.get(path)).status).toBe(404)
    }
    const surfaces = [
      '/questions',
      '/questions?q=Zwetschgen',
      '/questions/feed.atom',
      '/questions/export.csv',
      '/api/v1/questions',
      `/questions/similar?q=${encodeURIComponent(title)}`,
    ]
    for (const path of surfaces)
      expect(await (await world.as('holder').get(path)).text()).not.toContain('Zwetschgenkönig')
  })
})
