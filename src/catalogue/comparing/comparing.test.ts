import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { advanceQuestion, raiseQuestion } from '../../questions/service.ts'
import { emptyRecord } from '../model.ts'
import { addNeed, createEntry, mapNeed } from '../service.ts'
import { compareSources } from './service.ts'

let world: World
let steward: User
let number: string
let needId: string
let ids: string[]

beforeAll(async () => {
  world = await createWorld()
  steward = world.as('steward')
  const holder = world.as('holder')
  const question = await raiseQuestion(steward.ctx, {
    title: 'Wo ist es für <kleine> Kinder & Alte zu heiß?',
    why: 'Im Sommer ist es dort zu heiß für alle.',
  })
  number = question.number
  await advanceQuestion(world.system, { questionId: question.id, to: 'prioritised' })
  const add = async (
    title: string,
    level: 'municipality' | 'federal',
    visibility: 'public' | 'own' = 'public',
  ) =>
    createEntry(holder.ctx, {
      organisationId: holder.organisationId,
      record: {
        ...emptyRecord(),
        title: { de: title },
        geocodingLevel: level,
        keywords: [{ text: 'Hitze', lang: 'de' }],
      },
      visibility,
    })
  const entries = [
    await add('Hitze je Baublock', 'municipality'),
    await add('Hitze im ganzen Land', 'federal'),
    await add('Hitze geheim', 'municipality', 'own'),
  ]
  ids = entries.map((entry) => entry.id)
  needId = (await addNeed(steward.ctx, { questionId: question.id, what: 'Wo es heiß ist, Hitze' })).id
  await addNeed(steward.ctx, { questionId: question.id, what: '=SUMME(A1) Wo Bäume stehen' })
  await mapNeed(steward.ctx, { needId, entryId: ids[0]! })
})
afterAll(() => world.close())

describe('sources side by side', () => {
  it('are those taken for the need and others alike, as far as the reader may know of them', async () => {
    const { need, sources } = await compareSources(world.anonymous.ctx, { needId, entryIds: [] })
    expect(need?.id).toBe(needId)
    expect(sources.map(({ entry }) => entry.id)).toEqual(ids.slice(0, 2))
    expect(sources[0]!.fits?.topic.level).toBe('full')
    const page = await (await world.anonymous.get(`/catalogue/compare?need=${needId}`)).text()
    for (const part of ['Hitze je Baublock', 'Bund', 'Kommune', 'Passung zum Bedarf'])
      expect(page).toContain(part)
    expect(page).not.toContain('geheim')
  })

  it('are the ones named, and nothing where none can be seen', async () => {
    const both = await world.anonymous.get(`/en/catalogue/compare?entry=${ids[0]}&entry=${ids[2]}&entry=x`)
    expect(await both.text()).toContain('Hitze je Baublock')
    expect(await (await world.anonymous.get('/en/catalogue/compare')).text()).toContain('nothing to compare')
    expect((await world.anonymous.get('/catalogue/compare?need=x')).status).toBe(404)
  })
})

describe('the data map outside the page', () => {
  it('is a table that runs no formula, with gaps', async () => {
    const csv = await (await world.anonymous.get(`/catalogue/needs/${number}/map.csv`)).text()
    expect(csv).toContain('Hitze je Baublock')
    expect(csv).toContain("'=SUMME(A1)")
    expect(csv.trim().split('\r\n')).toHaveLength(3)
  })

  it('is an image with the question, its needs and signs for each level', async () => {
    const answer = await world.anonymous.get(`/catalogue/needs/${number}/map.svg`)
    const svg = await answer.text()
    expect(answer.headers.get('content-type')).toContain('image/svg+xml')
    expect(svg).toContain('&lt;kleine&gt; Kinder &amp; Alte')
    expect(svg).toContain('○')
    expect(svg).toContain('●')
  })
})
