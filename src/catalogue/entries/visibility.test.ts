import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { DatasetRecord } from '../model.ts'
import { emptyRecord } from '../model.ts'
import {
  createEntry,
  getEntry,
  searchEntries,
  shareEntries,
  unshareEntries,
  updateEntry,
} from '../service.ts'
import type { Entry } from './model.ts'

const SECRET = 'Geheimschrank-4711'
const PARTNERS = 'Partnerwort-0815'

function recordWithSecrets(title: string): DatasetRecord {
  return {
    ...emptyRecord(),
    title: { de: title },
    description: { de: 'Messwerte der Laternen im Stadtgebiet.' },
    access: { ...emptyRecord().access, type: 'sandbox' },
    columns: [{ name: PARTNERS, meaning: 'nur für Partner', type: 'text', unit: null, personal: false }],
    inventory: { ...emptyRecord().inventory, location: SECRET },
  }
}

describe('who sees what of an entry', () => {
  let world: World
  let holder: User
  let partner: User
  let entry: Entry
  let hidden: Entry

  beforeAll(async () => {
    world = await createWorld()
    const house = await world.organisation('Stadtwerke')
    const other = await world.organisation('Universität')
    holder = await world.person({ roles: [{ role: 'holder', organisationId: house.id }] })
    partner = await world.person({ roles: [{ role: 'analyst', organisationId: other.id }] })
    entry = await createEntry(holder.ctx, {
      organisationId: house.id,
      record: recordWithSecrets('Klima-Messnetz'),
    })
    hidden = await createEntry(holder.ctx, {
      organisationId: house.id,
      record: recordWithSecrets('Schlüsselliste'),
      visibility: 'own',
    })
    await updateEntry(holder.ctx, {
      id: entry.id,
      record: { ...entry.record, inventory: { ...entry.record.inventory, location: `${SECRET} neu` } },
    })
  })
  afterAll(() => world.close())

  const surfaces = (id: string) => [
    '/catalogue',
    '/catalogue?q=klima',
    `/catalogue?q=${SECRET}`,
    `/catalogue?q=${PARTNERS}`,
    '/catalogue/export.csv',
    `/catalogue/datasets/${id}`,
    `/en/catalogue/datasets/${id}`,
    `/catalogue/datasets/${id}/versions`,
    `/catalogue/datasets/${id}.ttl`,
    `/catalogue/datasets/${id}.rdf`,
    `/catalogue/datasets/${id}.jsonld`,
    '/catalog.ttl',
    '/catalog.rdf',
    '/catalog/protected.jsonld',
    '/catalog/partner.ttl',
    '/api/v1/catalogue/datasets',
    `/api/v1/catalogue/datasets?q=klima`,
    `/api/v1/catalogue/datasets/${id}`,
    `/transparency/objects/dataset/${id}`,
  ]

  it('keeps the holder’s field from strangers and other houses on every surface', async () => {
    for (const user of [world.anonymous, partner, world.as('steward'), world.as('citizen')]) {
      for (const path of surfaces(entry.id)) {
        const body = await (await user.get(path)).text()
        // A search page repeats what was asked for; nothing else may name it.
        const answer = body
          .replaceAll(/value="[^"]*"/g, '')
          .replaceAll(/[„“][^„“]*[“”]/g, '')
          .replaceAll(/href="[^"]*"/g, '')
        expect({ path, leaks: answer.includes(SECRET) || answer.includes(PARTNERS) }).toEqual({
          path,
          leaks: false,
        })
      }
    }
  })

  it('finds nothing by the words of a hidden field', async () => {
    expect((await searchEntries(world.anonymous.ctx, { q: SECRET })).total).toBe(0)
    expect((await searchEntries(world.anonymous.ctx, { q: PARTNERS })).total).toBe(0)
    expect((await searchEntries(world.anonymous.ctx, { q: 'Messnetz' })).total).toBe(1)
  })

  it('shows the holder’s house everything, also in versions', async () => {
    expect(await (await holder.get(`/catalogue/datasets/${entry.id}`)).text()).toContain(SECRET)
    expect(await (await holder.get(`/catalogue/datasets/${entry.id}/versions`)).text()).toContain(
      `${SECRET} neu`,
    )
    expect((await getEntry(holder.ctx, entry.id)).face).toBe('holder')
  })

  it('opens the partner face with an agreement and closes it when that ends', async () => {
    const agreementId = '0190a000-0000-7000-8000-000000000001'
    await shareEntries(world.system, {
      agreementId,
      entryIds: [entry.id],
      organisationIds: [partner.organisationId],
    })
    const seen = await getEntry(partner.ctx, entry.id)
    const feedOf = async (user: User) => (await user.get('/catalog/partner.ttl')).text()
    expect(await feedOf(partner)).toContain(PARTNERS)
    expect(await feedOf(partner)).not.toContain(SECRET)
    for (const user of [holder, world.as('steward'), world.as('citizen')])
      expect(await feedOf(user)).not.toContain('Klima-Messnetz')
    const refused = await world.anonymous.get('/catalog/partner.ttl', { accept: 'text/turtle' })
    expect(refused.status).toBe(401)
    expect(seen.face).toBe('partner')
    expect(seen.record.columns[0]?.name).toBe(PARTNERS)
    expect(JSON.stringify(seen)).not.toContain(SECRET)
    await unshareEntries(world.system, { agreementId })
    expect((await getEntry(partner.ctx, entry.id)).record.columns).toEqual([])
  })

  it('hides an entry of the house from all but the house and the stewards', async () => {
    for (const user of [world.anonymous, partner]) {
      for (const path of surfaces(hidden.id)) {
        expect(await (await user.get(path)).text()).not.toContain('Schlüsselliste')
      }
      expect((await user.get(`/catalogue/datasets/${hidden.id}`)).status).toBe(404)
    }
    const steward = await getEntry(world.as('steward').ctx, hidden.id)
    expect(steward.face).toBe('public')
    expect(JSON.stringify(steward)).not.toContain(SECRET)
  })

  it('gives machines the public face even when the holder herself asks', async () => {
    const response = await holder.get(`/catalogue/datasets/${entry.id}`, { accept: 'text/turtle' })
    expect(response.headers.get('content-type')).toContain('text/turtle')
    expect(await response.text()).not.toContain(PARTNERS)
    expect((await holder.get(`/catalogue/datasets/${hidden.id}.ttl`)).status).toBe(404)
  })
})
