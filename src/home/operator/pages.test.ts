import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { transact } from '../../platform/context.ts'
import { sendMail } from '../../platform/mail.ts'
import { raiseQuestion } from '../../questions/service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const textOf = async (response: Response | Promise<Response>) =>
  (await (await response).text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the operator’s page', () => {
  it('says in both languages how the hub is doing and when it was last copied', async () => {
    const operator = world.as('operator')
    const before = await textOf(operator.get('/operator'))
    expect(before).toContain('Aufträge im Hintergrund')
    expect(before).toContain('Noch keine Sicherung.')
    const done = await world.hub.resources.backups!.backUp(new Date())
    // A server's own tools copy a server.
    expect(done === undefined).toBe(!world.hub.database.embedded)
    if (!done) return
    expect(await textOf(operator.get('/operator'))).toMatch(
      /Letzte geprüfte Sicherung: .* Uhr, [\d,]+ (kB|MB)/,
    )
    expect(await textOf(operator.get('/en/operator'))).toMatch(/Last checked backup: .*, [\d.]+ (kB|MB)/)
  })

  it('shows the mails that wait, page by page, and one of them whole', async () => {
    await transact(world.system, async (ctx) => {
      for (let i = 0; i < 35; i++) {
        const text = `Guten Tag, der Link: http://localhost/desk?n=${i}`
        await sendMail(ctx, { to: `leute-${i}@example.org`, subject: `<b>Brief</b> ${i}`, text })
      }
    })
    const operator = world.as('operator')
    const idsOn = (html: string) =>
      [...html.matchAll(/\/operator\/outbox\/([0-9a-f-]{36})/g)].map((m) => m[1]!)
    const first = await (await operator.get('/operator/outbox')).text()
    expect(first).toContain('&lt;b&gt;Brief&lt;/b&gt;')
    expect(first).not.toContain('<b>Brief</b>')
    const next = /href="([^"]*\/operator\/outbox\?cursor=[^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
    const second = await (await operator.get(next)).text()
    expect(idsOn(first)).toHaveLength(30)
    expect(new Set([...idsOn(first), ...idsOn(second)]).size).toBe(35)
    const id = idsOn(first)[0]!
    const mail = await (await operator.get(`/operator/outbox/${id}`)).text()
    expect(mail).toMatch(/<a href="http:\/\/localhost\/desk\?n=\d+">/)
    expect((await operator.get('/operator/outbox/nonsense')).status).toBe(404)
    expect((await operator.get(`/operator/outbox/${crypto.randomUUID()}`)).status).toBe(404)
    for (const role of ['steward', 'holder', 'citizen'] as const) {
      expect((await world.as(role).get(`/operator/outbox/${id}`)).status).toBe(403)
    }
  })
})

describe('the desk', () => {
  it('shows each what waits for her, and nobody else’s', async () => {
    const writer = await world.person({ name: 'Neu Hier' })
    await raiseQuestion(writer.ctx, {
      title: 'Wann kommt die neue Brücke zum Hafen?',
      why: 'Der Umweg dauert eine halbe Stunde.',
    })
    expect(await textOf(world.as('steward').get('/desk'))).toContain('Fragen und Beiträge prüfen')
    expect(await textOf(world.as('analyst').get('/desk'))).not.toContain('Fragen und Beiträge prüfen')
    const to = (await world.anonymous.get('/desk')).headers.get('location')
    expect(to).toBe('/identity/sign-in?to=%2Fdesk')
  })
})

describe('the search', () => {
  it('finds across rooms what the reader may see, and says when there is nothing', async () => {
    const steward = world.as('steward')
    await raiseQuestion(steward.ctx, {
      title: 'Wo fehlt Schatten am Marktplatz?',
      why: 'Im Sommer sitzt dort niemand mehr.',
    })
    expect(await textOf(world.anonymous.get('/search?q=Marktplatz'))).toContain('Wo fehlt Schatten')
    // Held for the steward: not there for others.
    expect(await textOf(world.anonymous.get('/search?q=Brücke'))).not.toContain('neue Brücke zum Hafen')
    for (const q of ['', 'x', '%25', 'gibtesnicht', '%3Cscript%3E', 'z'.repeat(5000)]) {
      const page = await world.anonymous.get(`/search?q=${q}`)
      expect(page.status).toBe(200)
      expect(await page.text()).not.toContain('<script>')
    }
  })
})
