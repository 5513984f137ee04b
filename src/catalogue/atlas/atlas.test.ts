import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { Bbox } from '../model.ts'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { createEntry, searchEntries } from '../service.ts'
import { outlinesIn } from './outlines.ts'

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
    expect(html).toMatch(/<a href="\/catalogue\/atlas\?q=Brunnen&amp;bbox=[^"]+" aria-label="Ein Eintrag um/)
    expect(html).not.toContain('Geheimer')
    const own = await searchEntries(world.as('holder').ctx, { q: 'Brunnen', spread: true })
    expect(own.total).toBe(3)
  })

  it('draws the areas of an open dataset under both maps, and no others', async () => {
    const square = (x: number, y: number) => [
      [x, y],
      [x + 0.1, y],
      [x + 0.1, y + 0.1],
      [x, y + 0.1],
      [x, y],
    ]
    const preview = (x: number, y: number) => ({
      columns: [],
      rows: [],
      rowCount: 1,
      invented: false,
      geo: {
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', geometry: { type: 'Polygon', coordinates: [square(x, y)] }, properties: {} },
        ],
      },
    })
    const area = async (title: string, type: 'open' | 'sandbox', at: [number, number]) => {
      const record = placed(title, [at[0], at[1], at[0] + 0.1, at[1] + 0.1])
      const distributions = [
        { ...emptyDistribution(), licence: 'http://dcat-ap.de/def/licenses/dl-zero-de/2.0' },
      ]
      await createEntry(world.system, {
        organisationId: world.organisationId,
        record: { ...record, distributions, access: { ...record.access, type } },
        visibility: 'public',
        preview: preview(...at),
      })
    }
    await area('Stadtteile', 'open', [10, 53])
    await area('Geheime Bezirke', 'sandbox', [10, 53])
    const found = await outlinesIn(world.anonymous.ctx, [9, 52, 11, 54])
    expect(found).toMatchObject({
      title: 'Stadtteile',
      rings: [
        [
          [10, 53],
          [10.1, 53],
          [10.1, 53.1],
          [10, 53.1],
          [10, 53],
        ],
      ],
    })
    expect(await outlinesIn(world.anonymous.ctx, [11, 48, 12, 49])).toBeUndefined()
    const atlas = await (await world.anonymous.get('/en/catalogue/atlas?bbox=9,52,11,54')).text()
    expect(atlas).toMatch(/Outlines from: *<a href="[^"]+">Stadtteile<\/a>/)
    const list = await (await world.anonymous.get('/catalogue?bbox=9,52,11,54')).text()
    expect(list).toMatch(/<g class="outlines"[^>]*><path d="M/)
    expect(list).toMatch(/aria-label="\d+ Einträge in diesem Teil der Karte: darauf eingrenzen"/)
  })

  it('calls regions by the names entries give them, and leaves out what narrows nothing', async () => {
    const key = 'http://dcat-ap.de/def/politicalGeocoding/municipalityKey/'
    const town = (title: string, ags: string, name: string) =>
      createEntry(world.system, {
        organisationId: world.organisationId,
        visibility: 'public',
        record: {
          ...placed(title, null),
          ags,
          places: [
            { id: null, label: { de: 'Ruhrgebiet' }, bbox: null, derived: false },
            { id: key + ags, label: { de: name }, bbox: null, derived: false },
          ],
        },
      })
    await town('Zechenliste', '05911000', 'Bochum')
    const alone = await (await world.anonymous.get('/catalogue?q=Zechenliste')).text()
    expect(alone).not.toContain('05911')
    await town('Zechenliste zwei', '05913000', 'Dortmund')
    const both = await (await world.anonymous.get('/catalogue?q=Zechenliste&region=05911000')).text()
    expect(both).toContain('Bochum')
    expect(both).not.toContain('05911000 (')
    expect(both).not.toContain('<legend>Quelle</legend>')
  })

  it('takes the window from four fields with commas, and says so where it cannot', async () => {
    const good = await world.anonymous.get('/catalogue/atlas?west=11&south=48&east=12&north=48,5')
    expect(await good.text()).toContain('Brunnen im Süden')
    const bad = await world.anonymous.get('/en/catalogue/atlas?west=11&south=x&east=12&north=49')
    expect(bad.status).toBe(200)
    expect(await bad.text()).toContain('The extent could not be read')
  })
})
