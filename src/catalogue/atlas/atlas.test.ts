import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { Bbox } from '../model.ts'
import { emptyRecord } from '../model.ts'
import { createEntry, searchEntries } from '../service.ts'

describe('the atlas', () => {
  let world: World
  const placed = (title: string, bbox: Bbox | null) => ({
    ...emptyRecord(),
    title: { de: title },
    description: { de: `Beschreibung von ${title}` },
    places: bbox ? [{ id: null, label: { de: title }, bbox, derived: false }] : [],
  })
  beforeAll(async () => {
    world = await createWorld()
    const { organisationId } = world
    const add = (record: ReturnType<typeof placed>, visibility: 'public' | 'own' = 'public') =>
      createEntry(world.system, { organisationId, record, visibility })
    await add(placed('Pegel im Norden', [10, 53, 10.1, 53.1]))
    await add(placed('Brunnen im Norden', [10.05, 53.05, 10.06, 53.06]))
    await add(placed('Brunnen im Süden', [11.5, 48.1, 11.6, 48.2]))
    await add(placed('Ganzes Land', [5.8, 47.2, 15.1, 55.1]))
    await add(placed('Ohne Ort', null))
    await add(placed('Geheimer Brunnen', [10, 53, 10.1, 53.1]), 'own')
  })
  afterAll(() => world.close())

  it('says where the hits lie, which reach beyond the window, and which name no place', async () => {
    const { spread, total } = await searchEntries(world.anonymous.ctx, {
      spread: true,
      bbox: '9.5,52.5,10.5,53.5',
    })
    expect(total).toBe(3)
    expect(spread?.clusters.reduce((sum, cluster) => sum + cluster.n, 0)).toBe(2)
    expect(spread?.wide).toBe(1)
    const all = await searchEntries(world.anonymous.ctx, { spread: true })
    expect(all.total).toBe(5)
    expect(all.spread?.nowhere).toBe(1)
  })

  it('draws a link for each circle, and never counts what is closed', async () => {
    const html = await (await world.anonymous.get('/catalogue/atlas?q=Brunnen')).text()
    expect(html).toContain('al-atlas')
    expect(html).toMatch(/<a href="\/catalogue\/atlas\?q=Brunnen&amp;bbox=[^"]+" aria-label="1 Einträge/)
    expect(html).not.toContain('Geheimer')
    const own = await searchEntries(world.as('holder').ctx, { q: 'Brunnen', spread: true })
    expect(own.total).toBe(3)
  })

  it('takes the window from four fields with commas, and says so where it cannot', async () => {
    const good = await world.anonymous.get('/catalogue/atlas?west=11&south=48&east=12&north=48,5')
    expect(await good.text()).toContain('Brunnen im Süden')
    const bad = await world.anonymous.get('/en/catalogue/atlas?west=11&south=x&east=12&north=49')
    expect(bad.status).toBe(200)
    expect(await bad.text()).toContain('The extent could not be read')
  })
})
