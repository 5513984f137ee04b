import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { emptyRecord } from '../model.ts'
import { createEntry } from '../service.ts'

describe('hits as CSV', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    for (let i = 0; i < 105; i++) {
      const record = {
        ...emptyRecord(),
        title: { de: `${i % 21 === 0 ? 'Zählung' : 'Baumkataster'} Los ${i}` },
      }
      await createEntry(world.system, { organisationId: world.organisationId, record })
    }
  })
  afterAll(() => world.close())

  const titles = async (query: string) => {
    const text = await (await world.anonymous.get(`/catalogue/export.csv${query}`)).text()
    return [...text.matchAll(/(?:Zählung|Baumkataster) Los \d+/g)].map(([title]) => title)
  }

  it('has all of them, each once, beyond one page of the search', async () => {
    const trees = await titles('?q=Baumkataster&sort=title')
    expect(trees.length).toBe(100)
    expect(new Set(trees).size).toBe(100)
    expect(new Set(await titles('?q=Los')).size).toBe(105)
    expect(new Set(await titles('')).size).toBe(105)
  })

  it('is a head alone where nothing is found', async () => {
    const text = await (await world.anonymous.get('/catalogue/export.csv?q=Xylophon')).text()
    expect(text.trim().split('\r\n').length).toBe(1)
  })
})
