import { afterAll, beforeAll, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import * as service from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const form = {
  ags: '14729999',
  name: 'Nebenau',
  hostnames: 'Nebenau.example, daten.nebenau.example',
  operator: 'Zweckverband',
  claim: '',
  contact: '',
}

it('enters a municipality with its addresses and speaks for it there', async () => {
  const saved = await world.as('operator').post('/identity/towns', form)
  expect(saved.headers.get('location')).toBe('/identity/towns?done=saved')
  const { db } = world.hub.database
  expect(await service.resolveTown(db, world.config, 'nebenau.example')).toEqual({
    ags: '14729999',
    name: 'Nebenau',
    operator: 'Zweckverband',
  })
  expect(await service.resolveTown(db, world.config, 'elsewhere.example')).toMatchObject({
    ags: world.config.ags,
  })
})

it('changes a known municipality and speaks differently at once', async () => {
  await world
    .as('operator')
    .post('/identity/towns', { ...form, name: 'Nebenau am See', hostnames: 'see.example' })
  const { db } = world.hub.database
  expect(await service.resolveTown(db, world.config, 'see.example')).toMatchObject({ name: 'Nebenau am See' })
  expect(await service.resolveTown(db, world.config, 'nebenau.example')).toMatchObject({
    ags: world.config.ags,
  })
  const list = await service.listMunicipalities(world.anonymous.ctx)
  expect(list.filter((town) => town.ags === '14729999')).toHaveLength(1)
})

it('refuses addresses that are none, and people who are no operators', async () => {
  const wrong = await world.as('operator').post('/identity/towns', { ...form, hostnames: 'http://x/y?z' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('Zweckverband')
  expect((await world.as('steward').post('/identity/towns', form)).status).toBe(403)
  expect((await world.as('steward').get('/identity/towns')).status).toBe(403)
})
