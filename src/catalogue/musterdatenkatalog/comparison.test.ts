import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { emptyRecord } from '../model.ts'
import { createEntry, getEntry, updateEntry } from '../service.ts'
import { reckonGaps } from './counting.ts'
import { listNamedPlaces } from './places.ts'
import { chooseModelDataset, compareWithModel, matchEntries, matchOf } from './service.ts'
import { conceptAddress } from './taxonomy.ts'

let world: World
let holder: User
beforeAll(async () => {
  world = await createWorld()
  holder = world.as('holder')
})
afterAll(() => world.close())

async function add(
  title: string,
  more: { open?: boolean; references?: string[]; visibility?: 'public' | 'own' } = {},
) {
  const record = {
    ...emptyRecord(),
    title: { de: title },
    description: { de: 'Wo etwas ist und seit wann es da ist.' },
    ags: '13003000',
    references: more.references ?? [],
    access: { ...emptyRecord().access, type: more.open === false ? ('sandbox' as const) : ('open' as const) },
  }
  return createEntry(holder.ctx, {
    organisationId: holder.organisationId,
    record,
    visibility: more.visibility ?? 'public',
  })
}

async function stateOf(user: User, id: string, place?: string) {
  const { themes } = await compareWithModel(user.ctx, { place })
  return themes.flatMap((each) => each.lines).find((line) => line.concept.id === id)!.state
}

describe('the comparison with what a municipality typically has', () => {
  it('tells stated open, held, probable and missing datasets apart, and hides what the reader may not know of', async () => {
    await add('Bäume', { references: [conceptAddress('floraUndFauna/baumbestand/baumkataster')] })
    await add('Pflegegrade je Block', { open: false, references: [conceptAddress('sozialeHilfe/pflege')] })
    await add('Öffentliche Toiletten')
    await add('Wochenmärkte', { visibility: 'own' })
    await matchEntries(world.system)
    expect(await stateOf(world.anonymous, 'floraUndFauna/baumbestand/baumkataster')).toBe('open')
    expect(await stateOf(world.anonymous, 'sozialeHilfe/pflege')).toBe('held')
    expect(await stateOf(world.anonymous, 'gesundheit/oeffentlicheToilette')).toBe('probable')
    expect(await stateOf(world.anonymous, 'wetter/hitze')).toBe('missing')
    expect(await stateOf(world.anonymous, 'wirtschaft/dienstleistung/wochenmarkt')).toBe('missing')
    expect(await stateOf(holder, 'wirtschaft/dienstleistung/wochenmarkt')).toBe('probable')
  })

  it('counts each of the 241 once, and only the chosen municipality', async () => {
    const { counts } = await compareWithModel(world.anonymous.ctx)
    expect(counts.open + counts.held + counts.probable + counts.missing).toBe(241)
    expect(await stateOf(world.anonymous, 'sozialeHilfe/pflege', '13003')).toBe('held')
    expect(await stateOf(world.anonymous, 'sozialeHilfe/pflege', '05')).toBe('missing')
  })

  it('writes the holder’s choice into the record, once, and so into the feed', async () => {
    const entry = await add('Glascontainer')
    await chooseModelDataset(holder.ctx, { entryId: entry.id, concept: 'abfallentsorgung/container' })
    await chooseModelDataset(holder.ctx, { entryId: entry.id, concept: 'abfallentsorgung/abgabestelle' })
    const saved = await getEntry(holder.ctx, entry.id)
    expect(saved.record.references).toEqual([conceptAddress('abfallentsorgung/abgabestelle')])
    const feed = await world.anonymous.get(`/catalogue/datasets/${entry.id}.ttl`)
    expect(await feed.text()).toContain('musterdatensatz/abfallentsorgung/abgabestelle')
  })

  it('notes a steward’s choice beside the record, and keeps it when the words are looked at again', async () => {
    const house = await world.organisation('Anderes Haus')
    const owner = await world.person({ roles: [{ role: 'holder', organisationId: house.id }] })
    const entry = await createEntry(owner.ctx, {
      organisationId: house.id,
      record: { ...emptyRecord(), title: { de: 'Messreihe Nord' } },
    })
    await chooseModelDataset(world.as('steward').ctx, { entryId: entry.id, concept: 'wetter/messung' })
    await matchEntries(world.system)
    expect((await getEntry(owner.ctx, entry.id)).record.references).toEqual([])
    expect(await matchOf(owner.ctx, entry)).toMatchObject({
      concept: { id: 'wetter/messung' },
      way: 'confirmed',
    })
    await chooseModelDataset(world.as('steward').ctx, { entryId: entry.id, concept: '' })
    expect(await matchOf(owner.ctx, entry)).toMatchObject({ concept: null, way: 'dismissed' })
  })

  it('refuses a model dataset that is not in the list, and an entry that is not there', async () => {
    const entry = await add('Irgendetwas')
    await expect(
      chooseModelDataset(holder.ctx, { entryId: entry.id, concept: 'gibt/es/nicht' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const path = '/catalogue/datasets/00000000-0000-0000-0000-000000000000/model-dataset'
    expect((await holder.post(path, { concept: '' })).status).toBe(404)
  })

  it('is counted by a job; a place and what not everyone may know of is counted now, what was hidden since not shown', async () => {
    const concept = 'wirtschaft/dienstleistung/wochenmarkt'
    await reckonGaps(world.system)
    const market = await add('Wochenmärkte', { references: [conceptAddress(concept)] })
    await matchEntries(world.system)
    expect(await stateOf(world.anonymous, concept)).toBe('missing')
    expect(await stateOf(holder, concept)).toBe('probable')
    expect(await stateOf(world.anonymous, concept, '13')).toBe('open')
    await reckonGaps(world.system)
    expect(await stateOf(world.anonymous, concept)).toBe('open')
    expect((await compareWithModel(world.anonymous.ctx)).reckonedAt).toBeInstanceOf(Date)
    const line = async (user: User) => {
      const { themes } = await compareWithModel(user.ctx)
      return themes.flatMap((each) => each.lines).find((each) => each.concept.id === concept)!
    }
    expect(await line(holder)).toMatchObject({ state: 'open', count: 2 })
    await updateEntry(holder.ctx, { id: market.id, visibility: 'own' })
    expect((await line(world.anonymous)).state).toBe('missing')
    await reckonGaps(world.system)
    expect(await line(holder)).toMatchObject({ state: 'open', count: 2 })
  })

  it('offers the places that entries name, each once and by its name', async () => {
    const places = await listNamedPlaces(world.anonymous.ctx)
    expect(places).toHaveLength(1)
    expect(places[0]).toMatchObject({ ags: '13003' })
    expect(places[0]!.name).toContain('Mecklenburg')
  })

  it('has a page in both languages, a table, and suggestions as HTML', async () => {
    const page = await (await world.anonymous.get('/catalogue/model-datasets?state=held')).text()
    expect(page).toContain('Pflegegrade je Block')
    expect(page).not.toContain('Wochenmarkt')
    expect(await (await world.anonymous.get('/en/catalogue/model-datasets')).text()).toContain(
      'What a town typically has',
    )
    const csv = await (await world.anonymous.get('/catalogue/model-datasets.csv')).text()
    expect(csv.trim().split('\r\n')).toHaveLength(242)
    const list = await world.anonymous.get('/catalogue/model-datasets/suggest?q=Spielpl%C3%A4tze')
    expect(await list.text()).toContain('data-value="freizeit/spielplatzUndSpielstaette"')
  })
})
