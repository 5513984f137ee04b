import { afterAll, beforeAll, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { advanceQuestion, raiseQuestion } from '../../questions/service.ts'
import { emptyRecord } from '../model.ts'
import { addNeed, createEntry, mapNeed } from '../service.ts'
import { ledgerOf } from './service.ts'

let world: World
let house: string
beforeAll(async () => {
  world = await createWorld()
  house = world.as('holder').organisationId
  const steward = world.as('steward')
  const add = (title: string, visibility: 'public' | 'own') =>
    createEntry(world.as('holder').ctx, {
      organisationId: house,
      record: { ...emptyRecord(), title: { de: title } },
      visibility,
    })
  const trees = await add('Bäume', 'public')
  const secret = await add('Schlüssel', 'own')
  await add('Nie gebraucht', 'public')
  const question = await raiseQuestion(steward.ctx, {
    title: 'Wo fehlt Schatten auf den Wegen?',
    why: 'Im Sommer ist es dort zu heiß für alle.',
  })
  await advanceQuestion(world.system, { questionId: question.id, to: 'prioritised' })
  const need = await addNeed(steward.ctx, { questionId: question.id, what: 'Wo Bäume stehen' })
  for (const entry of [trees, secret]) await mapNeed(steward.ctx, { needId: need.id, entryId: entry.id })
})
afterAll(() => world.close())

it('tells what a house’s data served, without what the reader may not know of', async () => {
  const { entries, served } = await ledgerOf(world.anonymous.ctx, house)
  expect(entries.map(({ entry, questionIds }) => [entry.title, questionIds.length])).toEqual([
    ['Bäume', 1],
    ['Nie gebraucht', 0],
  ])
  expect(served.map((each) => each.entries.map((entry) => entry.title))).toEqual([['Bäume']])
  expect((await ledgerOf(world.as('holder').ctx, house)).entries).toHaveLength(3)
})

it('has a page and a table, and none for a house that is not there', async () => {
  const page = await (await world.anonymous.get(`/catalogue/holders/${house}`)).text()
  expect(page).toContain('Wo fehlt Schatten')
  expect(page).not.toContain('Schlüssel')
  expect(await (await world.anonymous.get(`/catalogue/holders/${house}/ledger.csv`)).text()).toContain(
    'Bäume',
  )
  expect((await world.anonymous.get('/en/catalogue/holders/nobody')).status).toBe(404)
})
