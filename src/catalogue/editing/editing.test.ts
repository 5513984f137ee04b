import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { emptyRecord } from '../model.ts'
import { getEntry, listVersions } from '../service.ts'
import { columnsOf, formValues, recordFromForm } from './form.ts'
import { entryForm } from '../schema.ts'
import { listProposals } from './service.ts'

describe('writing entries by form', () => {
  let world: World
  let holder: User
  let steward: User
  let id: string
  beforeAll(async () => {
    world = await createWorld()
    const house = await world.organisation('Grünflächenamt')
    holder = await world.person({ roles: [{ role: 'holder', organisationId: house.id }] })
    steward = world.as('steward')
  })
  afterAll(() => world.close())

  const form = (more: Record<string, string | readonly string[]> = {}) => ({
    organisationId: holder.organisationId,
    title: 'Baumkataster',
    description: 'Alle Bäume mit Art und Pflanzjahr.',
    keywords: 'Baum, Schatten',
    topic: ['ENVI', 'REGI'],
    access: 'open',
    visibility: 'public',
    location: 'Serverraum Keller',
    ...more,
  })

  it('adds an entry for the own house and none for another', async () => {
    const saved = await holder.post('/catalogue/new', form())
    expect(saved.status).toBe(303)
    id = saved.headers.get('location')!.split('/').at(-1)!
    const entry = await getEntry(holder.ctx, id)
    expect(entry.record.themes).toEqual(['ENVI', 'REGI'])
    expect((await holder.post('/catalogue/new', form({ organisationId: world.organisationId }))).status).toBe(
      403,
    )
    expect((await holder.get('/catalogue/new')).status).toBe(200)
    expect((await world.as('citizen').get('/catalogue/new')).status).toBe(200)
  })

  it('shows the form again with what is wrong', async () => {
    const response = await holder.post('/catalogue/new', form({ title: '', url: 'javascript:alert(1)' }))
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('Alle Bäume mit Art')
    expect(html).toContain('role="alert"')
  })

  it('keeps every change as a version and refuses an edit of an old one', async () => {
    expect(
      (
        await holder.post(
          `/catalogue/datasets/${id}/edit`,
          form({ title: 'Baumkataster der Stadt', version: '1' }),
        )
      ).status,
    ).toBe(303)
    expect(
      (await holder.post(`/catalogue/datasets/${id}/edit`, form({ title: 'Anderer Titel', version: '1' })))
        .status,
    ).toBe(409)
    const versions = await listVersions(world.anonymous.ctx, id)
    expect(versions.map((version) => version.version)).toEqual([2, 1])
    expect(versions[0]?.changes.map((change) => change.field)).toEqual(['title'])
    expect(
      (
        await holder.post(
          `/catalogue/datasets/${id}/edit`,
          form({ title: 'Baumkataster der Stadt', version: '2' }),
        )
      ).status,
    ).toBe(303)
    expect((await getEntry(holder.ctx, id)).version).toBe(2)
  })

  it('lets a steward propose and only the holder decide', async () => {
    expect(await (await steward.get(`/catalogue/datasets/${id}/edit`)).text()).not.toContain('Serverraum')
    const proposed = await steward.post(
      `/catalogue/datasets/${id}/edit`,
      form({
        title: 'Baumkataster mit Kronen',
        location: 'umgelenkt',
        reasonWhy: 'Die Krone fehlt im Titel',
      }),
    )
    expect(proposed.status).toBe(303)
    expect((await getEntry(holder.ctx, id)).title).toBe('Baumkataster der Stadt')
    const { proposals } = await listProposals(holder.ctx, id)
    expect(proposals[0]?.changes.map((change) => change.field)).toEqual(['title'])
    const decision = { proposalId: proposals[0]!.id, decision: 'accept' }
    expect((await steward.post(`/catalogue/datasets/${id}/proposals`, decision)).status).toBe(403)
    expect(
      (await holder.post(`/catalogue/datasets/${id}/proposals`, { ...decision, decision: 'decline' })).status,
    ).toBe(422)
    expect((await holder.post(`/catalogue/datasets/${id}/proposals`, decision)).status).toBe(303)
    const entry = await getEntry(holder.ctx, id)
    expect(entry.title).toBe('Baumkataster mit Kronen')
    expect(entry.record.inventory.location).toBe('Serverraum Keller')
    expect((await holder.post(`/catalogue/datasets/${id}/proposals`, decision)).status).toBe(409)
  })

  it('writes through the interface, field by field', async () => {
    const made = await holder.json(
      'POST',
      '/api/v1/catalogue/datasets',
      form({ title: 'Parkbänke', topic: [] }),
    )
    expect(made.status).toBe(201)
    const entry = (await made.json()) as { id: string; record: { inventory: { location: string } } }
    expect(entry.record.inventory.location).toBe('Serverraum Keller')
    const changed = await holder.json('PUT', `/api/v1/catalogue/datasets/${entry.id}`, {
      title: 'Parkbänke und Tische',
    })
    expect(changed.status).toBe(200)
    expect(await changed.json()).toMatchObject({
      title: 'Parkbänke und Tische',
      version: 2,
      summary: 'Alle Bäume mit Art und Pflanzjahr.',
    })
    expect((await holder.json('PUT', `/api/v1/catalogue/datasets/${entry.id}`, { title: '' })).status).toBe(
      400,
    )
    expect(
      (await steward.json('PUT', `/api/v1/catalogue/datasets/${entry.id}`, { title: 'Fremd geändert' }))
        .status,
    ).toBe(403)
    expect((await world.anonymous.json('POST', '/api/v1/catalogue/datasets', form())).status).toBe(401)
  })

  it('gives feeds by ending and by what is asked for', async () => {
    for (const [accept, type] of [
      ['text/turtle', 'text/turtle'],
      ['application/rdf+xml;q=0.9, text/html;q=0.1', 'application/rdf+xml'],
      ['application/ld+json', 'application/ld+json'],
      ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
    ] as const) {
      const response = await world.anonymous.get(`/catalogue/datasets/${id}`, { accept })
      expect(response.headers.get('content-type')).toContain(type)
      expect(response.headers.get('vary')).toContain('Accept')
    }
    expect(await (await world.anonymous.get('/catalog.ttl')).text()).toContain('Baumkataster mit Kronen')
    expect((await world.anonymous.get('/catalog', { accept: 'text/html' })).headers.get('location')).toBe(
      '/catalogue/feed',
    )
    expect((await world.anonymous.get('/catalog', { accept: '*/*' })).headers.get('content-type')).toContain(
      'application/rdf+xml',
    )
    const later = await (await world.anonymous.get('/catalog.ttl?modified_since=2099-01-01T00:00:00Z')).text()
    expect(later).not.toContain('Baumkataster')
    expect(await (await world.anonymous.get('/catalog/protected.ttl')).text()).not.toContain('Baumkataster')
    expect((await world.anonymous.get('/catalogue/feed')).status).toBe(200)
  })
})

describe('the form and the record', () => {
  const values = {
    organisationId: 'x',
    title: 'Titel hier',
    description: 'Eine Beschreibung, lang genug.',
    access: 'open',
    visibility: 'public',
  }

  it('leaves what the form does not know as it was', () => {
    const base = {
      ...emptyRecord(),
      title: { de: 'alt', en: 'old' },
      hvdCategories: ['http://data.europa.eu/bna/c_ac64a52d'],
      unknown: '<a> <b> <c> .',
    }
    const record = recordFromForm(base, entryForm.parse(values))
    expect(record.title).toEqual({ de: 'Titel hier', en: 'old' })
    expect(record.hvdCategories).toEqual(base.hvdCategories)
    expect(record.unknown).toBe(base.unknown)
  })

  it('says the same when its own words are sent back', () => {
    const first = recordFromForm(
      emptyRecord(),
      entryForm.parse({
        ...values,
        columns: 'a; Anfang; m\nb; Ende',
        keywords: 'x, y',
        starts: '2024',
        url: 'https://example.org/a.csv',
        format: 'CSV',
      }),
    )
    const again = recordFromForm(
      first,
      entryForm.parse({ ...values, ...formValues(first), organisationId: 'x' }),
    )
    expect(again).toEqual({ ...first, faces: again.faces })
    expect(first.distributions[0]?.downloadUrl).toBe('https://example.org/a.csv')
  })

  it('keeps kind and personal mark of known columns', () => {
    const known = [{ name: 'a', meaning: '', type: 'integer' as const, unit: null, personal: true }]
    expect(columnsOf(known, 'a; neu')).toEqual([{ ...known[0], meaning: 'neu' }])
  })
})
