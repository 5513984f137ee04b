import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { createEntry } from '../../catalogue/service.ts'
import { emptyRecord } from '../../catalogue/model.ts'
import type { Specification } from './operation.ts'
import { addressOf, operationsOf } from './operation.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe('the explorer of the REST interface', () => {
  it('has a page for each call, in both languages, and shows what it takes and answers', async () => {
    const specification = (await (await world.anonymous.get('/api/v1/openapi.json')).json()) as Specification
    const operations = operationsOf(specification)
    for (const { id, summary, parameters, answers } of operations) {
      expect([id, parameters.filter(({ description }) => !description)]).toEqual([id, []])
      expect([id, summary !== '', answers.some(({ status }) => /^[23]/.test(status))]).toEqual([
        id,
        true,
        true,
      ])
      expect([id, answers.some(({ status }) => /^4|default/.test(status))]).toEqual([id, true])
    }
    expect(operations.length).toBeGreaterThan(35)
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length)
    const statuses = new Set<number>()
    for (const { id } of operations) statuses.add((await world.anonymous.get(`/en/api/calls/${id}`)).status)
    expect([...statuses]).toEqual([200])
    const page = await (await world.anonymous.get('/api/calls/getApiV1CatalogueDatasets')).text()
    for (const part of ['modifiedSince', 'Ausprobieren', 'Antwort 200', 'DatasetSummary'])
      expect(page).toContain(part)
  })

  it('leads a try on to the address with the values in it', async () => {
    const answer = await world.anonymous.get(
      '/api/calls/getApiV1CatalogueDatasets/try?q=kita+%26+co&unknown=1&sort=',
    )
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/api/v1/catalogue/datasets?q=kita+%26+co',
    ])
    const [byId] = operationsOf({
      paths: { '/a/{id}': { get: { parameters: [{ name: 'id', in: 'path' }] } } },
    })
    expect(addressOf(byId!, { id: '../x' })).toBe('/a/..%2Fx')
  })

  it('tries nothing that writes, and knows no invented call', async () => {
    expect((await world.anonymous.get('/api/calls/postApiV1Questions/try')).status).toBe(404)
    expect((await world.anonymous.get('/api/calls/erfunden')).status).toBe(404)
  })
})

describe('the sitemap', () => {
  it('names public datasets and no others, in parts that the index names', async () => {
    const holder = world.as('holder')
    const add = (title: string, visibility: 'public' | 'own') =>
      createEntry(holder.ctx, {
        organisationId: holder.organisationId,
        record: { ...emptyRecord(), title: { de: title } },
        visibility,
      })
    const [open, own] = [await add('Öffentlich', 'public'), await add('Im Haus', 'own')]
    const index = await (await holder.get('/sitemap.xml')).text()
    expect(index).toContain('/sitemap-datasets-1.xml')
    const part = await (await holder.get('/sitemap-datasets-1.xml')).text()
    expect(part).toContain(open.id)
    expect(part).not.toContain(own.id)
    expect((await world.anonymous.get('/sitemap-datasets-2.xml')).status).toBe(404)
    expect(await (await world.anonymous.get('/sitemap-pages.xml')).text()).toContain(
      '/about/protection</loc>',
    )
    expect(await (await world.anonymous.get('/robots.txt')).text()).toContain('/sitemap.xml')
  })
})
