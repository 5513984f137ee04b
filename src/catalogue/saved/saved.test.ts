import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { emptyRecord } from '../model.ts'
import { createEntry } from '../service.ts'
import { readLink, signLink } from './links.ts'
import { tellSavedSearches } from './mails.ts'
import { isDue } from './model.ts'
import { readQuery } from './schema.ts'
import { listSavedSearches, removeSearch, restoreSearch, saveSearch } from './service.ts'

const DAY = 86_400_000

describe('saved searches', () => {
  let world: World
  const add = (title: string, visibility: 'public' | 'own' = 'public', now = new Date()) =>
    createEntry(world.hub.makeCtx({ now }), {
      organisationId: world.organisationId,
      visibility,
      record: { ...emptyRecord(), title: { de: title }, description: { de: `Text zu ${title}` } },
    })
  const later = (days: number) => world.hub.makeCtx({ now: new Date(Date.now() + days * DAY) })
  beforeAll(async () => {
    world = await createWorld()
    await add('Baumkataster der Stadt')
  })
  afterAll(() => world.close())

  it('keeps a search under a name, and brings a removed one back', async () => {
    const user = world.as('citizen')
    const form = await (await user.get('/catalogue/saved/new?q=Baum&access=open&access=bogus')).text()
    expect(form).toContain('„Baum“')
    const sent = await user.post('/catalogue/saved', {
      name: 'Bäume',
      mail: 'never',
      query: 'q=Baum&topic=ENVI',
    })
    expect(sent.status).toBe(303)
    const [search] = await listSavedSearches(user.ctx)
    expect(search).toMatchObject({ name: 'Bäume', mail: 'never', query: { q: 'Baum', topic: ['ENVI'] } })
    await removeSearch(user.ctx, search!.id)
    const html = await (await user.get(`/catalogue/saved?removed=${search!.id}`)).text()
    expect(html).toContain('Zurückholen')
    await restoreSearch(user.ctx, search!.id)
    expect(await listSavedSearches(user.ctx)).toHaveLength(1)
    await expect(removeSearch(world.as('analyst').ctx, search!.id)).rejects.toThrow(/not-found/)
  })

  it('writes once about what is new and public, and never about what is closed', async () => {
    const user = world.as('steward')
    await saveSearch(user.ctx, { name: 'Brunnen', mail: 'daily', query: 'q=Brunnen' })
    const soon = new Date(Date.now() + DAY / 2)
    await add('Trinkbrunnen am Markt', 'public', soon)
    await add('Geheimer Brunnen', 'own', soon)
    expect(await tellSavedSearches(world.system)).toBe(0)
    expect(await tellSavedSearches(later(1))).toBe(1)
    expect(await tellSavedSearches(later(1))).toBe(0)
    const mail = (await world.mails()).find((each) => each.subject === 'Neue Daten: Brunnen')
    expect(mail?.text).toContain('Trinkbrunnen am Markt')
    expect(mail?.text).not.toContain('Geheimer')
  })

  it('ends mails by the link in the mail, which a look at it does not', async () => {
    const user = world.as('holder')
    const id = await saveSearch(user.ctx, { name: 'Kataster', mail: 'weekly', query: 'q=Kataster' })
    const token = signLink(world.config.secret, 'stop', id)
    expect((await world.anonymous.get(`/catalogue/saved/stop/${token}`)).status).toBe(200)
    expect((await listSavedSearches(user.ctx))[0]?.mail).toBe('weekly')
    expect((await world.anonymous.post(`/api/v1/catalogue/saved/stop/${token}`)).status).toBe(204)
    expect((await listSavedSearches(user.ctx))[0]?.mail).toBe('never')
    expect((await world.anonymous.get(`/catalogue/saved/stop/${token}x`)).status).toBe(404)
  })

  it('feeds each search, the saved one under a private address until it is removed', async () => {
    const open = await world.anonymous.get('/catalogue/feed.atom?q=Brunnen')
    expect(open.headers.get('content-type')).toContain('application/atom+xml')
    const feed = await open.text()
    expect(feed).toContain('<title>Trinkbrunnen am Markt</title>')
    expect(feed).not.toContain('Geheimer')
    const user = world.as('holder')
    const [search] = await listSavedSearches(user.ctx)
    const token = signLink(world.config.secret, 'feed', search!.id)
    const own = await (await world.anonymous.get(`/catalogue/saved/feed/${token}`)).text()
    const english = await (await world.anonymous.get(`/en/catalogue/saved/feed/${token}`)).text()
    expect(english).toMatch(/href="[^"]+\/en\/catalogue\?q=/)
    expect(english).toContain('/en/catalogue/datasets/')
    expect(own).toContain('<title>Kataster</title>')
    await removeSearch(user.ctx, search!.id)
    expect((await world.anonymous.get(`/catalogue/saved/feed/${token}`)).status).toBe(404)
  })
})

describe('what a saved search is made of', () => {
  it('reads the search out of an address and leaves out what it cannot read', () => {
    expect(readQuery('q=Rad&access=open&access=sandbox&period=x&bbox=1,2,3,4&cursor=abc')).toMatchObject({
      q: 'Rad',
      access: ['open', 'sandbox'],
      period: [],
      bbox: [1, 2, 3, 4],
    })
  })
  it('is due after a day or a week, and never without mail', () => {
    const toldAt = new Date('2026-05-01T06:30:00Z')
    const at = (mail: 'never' | 'daily' | 'weekly', day: string) =>
      isDue({ mail, toldAt }, new Date(`2026-05-${day}T06:00:00Z`))
    expect([at('daily', '01'), at('daily', '02'), at('weekly', '02'), at('weekly', '08')]).toEqual([
      false,
      true,
      false,
      true,
    ])
    expect(at('never', '20')).toBe(false)
  })
  it('takes a link only for what it was made for', () => {
    const id = '0190a000-0000-7000-8000-000000000001'
    expect(readLink('s', 'feed', signLink('s', 'feed', id))).toBe(id)
    expect(readLink('s', 'stop', signLink('s', 'feed', id))).toBeUndefined()
    expect(readLink('other', 'feed', signLink('s', 'feed', id))).toBeUndefined()
  })
})
