import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { emptyRecord } from '../model.ts'
import { createEntry } from '../service.ts'
import { preferredForm } from './negotiate.ts'

describe('what a reader likes best', () => {
  it.each([
    ['*/*', 'html'],
    [undefined, 'html'],
    ['image/png', 'html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['application/rdf+xml, */*;q=0.1', 'rdf'],
    ['text/turtle;q=0.5, */*;q=0.9', 'html'],
    ['text/html;q=0, */*', 'ttl'],
    ['text/turtle;q=0.2, application/ld+json;q=0.7', 'jsonld'],
    ['application/json', 'jsonld'],
    ['text/*', 'html'],
    ['text/turtle;q=0', 'html'],
    [';;;,,q=1', 'html'],
  ])('%s is %s', (accept, form) => {
    expect(preferredForm(accept)).toBe(form)
  })
})

describe('the feeds', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    for (const title of ['Baumkataster', 'Haltestellen'])
      await createEntry(world.system, {
        organisationId: world.organisationId,
        record: {
          ...emptyRecord(),
          title: { de: title },
          themes: title === 'Baumkataster' ? ['ENVI'] : ['TRAN'],
        },
      })
  })
  afterAll(() => world.close())
  const get = (path: string, headers: Record<string, string> = {}) => world.anonymous.get(path, headers)

  it('answer 304 to whoever has the same already', async () => {
    const first = await get('/catalog.ttl')
    const etag = first.headers.get('etag') ?? ''
    const again = await get('/catalog.ttl', { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await get('/catalog.ttl', { 'if-none-match': '"other"' })).status).toBe(200)
    expect((await get('/catalog.rdf')).headers.get('etag')).not.toBe(etag)
  })

  it('narrow by words and filters as a CKAN portal does, and carry them to the other pages', async () => {
    const trees = await (await get('/catalog.ttl?q=Baum&fq=groups:envi')).text()
    expect(trees).toContain('Baumkataster')
    expect(trees).not.toContain('Haltestellen')
    const far = await (await get('/catalog.ttl?fq=groups:envi&page=7&modified_since=2020-01-01')).text()
    expect(far).toContain('page=1&modified_since=2020-01-01T00%3A00%3A00.000Z&fq=groups%3Aenvi')
    expect(far).not.toContain('Baumkataster')
  })

  it.each([
    'page=0',
    'page=x',
    'modified_since=gestern',
    'modified_since=2026-13-45',
    'fq=nothing:x',
    'q=title:(',
  ])('say what is wrong with %s', async (query) => {
    const answer = await get(`/catalog.ttl?${query}`, { accept: 'text/turtle' })
    expect(answer.status).toBe(400)
    expect((await answer.json()) as object).toMatchObject({ type: '/problems/catalogue/feed-query' })
  })

  it.each([
    '2020-01-01',
    '2020-01-01T08:00',
    '2020-01-01T08:00:00Z',
    '2020-01-01T08:00:00+01:00',
    '2020-01-01 08:00:00',
  ])('take %s for a moment', async (moment) => {
    expect(await (await get(`/catalog.ttl?modified_since=${moment}`)).text()).toContain('Baumkataster')
  })

  it('have the endings CKAN has', async () => {
    const types = await Promise.all(
      ['xml', 'rdf', 'n3', 'ttl', 'jsonld'].map(async (ending) =>
        (await get(`/catalog/protected.${ending}`)).headers.get('content-type'),
      ),
    )
    expect(types.map((each) => each?.split(';')[0])).toEqual([
      'application/rdf+xml',
      'application/rdf+xml',
      'text/n3',
      'text/turtle',
      'application/ld+json',
    ])
  })
})
