import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { World } from '../../test/harness.ts'
import { createWorld } from '../../test/harness.ts'
import { setManager } from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const path = '/api/v1/identity/organisations'
const made = z.object({ id: z.uuid(), name: z.string() })

async function create(name: string) {
  const body = { name, shortName: name, kind: 'company', ags: world.config.ags }
  const response = await world.as('operator').json('POST', path, body)
  expect(response.status).toBe(201)
  return made.parse(await response.json())
}

it('tells who is asking', async () => {
  expect(await (await world.anonymous.get('/api/v1/identity/me')).json()).toEqual({ signedIn: false })
  const me = await (await world.as('holder').get('/api/v1/identity/me')).json()
  expect(me).toMatchObject({ signedIn: true, memberships: [{ role: 'holder' }] })
})

it('enters an organisation and shows it to everybody, without people', async () => {
  const { id } = await create('Wohnbau GmbH')
  expect(await (await world.anonymous.get(`${path}/${id}`)).json()).toMatchObject({
    name: 'Wohnbau GmbH',
    url: null,
  })
  const list = await (await world.anonymous.get(`${path}?q=wohnbau`)).text()
  expect(list).toContain('Wohnbau GmbH')
  expect(list).not.toContain('@')
})

it('gives and takes roles', async () => {
  const { id } = await create('Rollen AG')
  const person = await world.person({ name: 'Person' })
  const body = { personId: person.personId, role: 'holder' }
  expect((await world.as('operator').json('POST', `${path}/${id}/members`, body)).status).toBe(204)
  const me = async () => (await person.get('/api/v1/identity/me')).json()
  expect(await me()).toMatchObject({ memberships: [{ organisationId: id, role: 'holder' }] })
  expect((await world.as('operator').json('DELETE', `${path}/${id}/members`, body)).status).toBe(204)
  expect(await me()).toMatchObject({ memberships: [] })
})

it('refuses a forged role, whether by a manager or by anybody else, and leaves nothing', async () => {
  const { id } = await create('Fälscher KG')
  const forger = await world.person({ name: 'Fälscher' })
  const body = { personId: forger.personId, role: 'operator' }
  expect((await forger.json('POST', `${path}/${id}/members`, body)).status).toBe(403)
  await setManager(world.system, { personId: forger.personId, organisationId: id, manages: true })
  const refused = await forger.json('POST', `${path}/${id}/members`, body)
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ type: '/problems/identity/role-not-yours' })
  expect((await forger.post(`/identity/organisations/${id}/give`, { ...body, role: 'steward' })).status).toBe(
    403,
  )
  expect((await forger.post(`/identity/organisations/${id}/give`, { ...body, role: 'emperor' })).status).toBe(
    400,
  )
  expect(await (await forger.get('/api/v1/identity/me')).json()).toMatchObject({ memberships: [] })
})

it('answers unusable input with a problem that names the field', async () => {
  const response = await world.as('operator').json('POST', path, { name: '', kind: 'castle' })
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await response.text()).toContain('kind')
  for (const verb of ['edit', 'invite', 'give', 'take', 'manager', 'withdraw']) {
    const form = {
      personId: crypto.randomUUID(),
      role: 'holder',
      manages: 'true',
      invitationId: crypto.randomUUID(),
    }
    const more = {
      email: 'a@example.org',
      name: 'Ab',
      shortName: 'Ab',
      description: '',
      url: '',
      organisationId: crypto.randomUUID(),
    }
    const lost = await world
      .as('operator')
      .post(`/identity/organisations/not-an-id/${verb}`, { ...form, ...more })
    expect({ verb, ok: [400, 404, 422].includes(lost.status) }).toEqual({ verb, ok: true })
  }
  expect((await world.anonymous.get(`${path}/not-an-id`, { accept: 'application/json' })).status).toBe(404)
})
