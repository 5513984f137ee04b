import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { deskTasks } from '../desk/service.ts'
import { emptyRecord } from '../model.ts'
import { createEntry } from '../service.ts'
import { isReminderDue } from './model.ts'
import { declareComplete, endCampaign, getCampaign, remindHouses, startCampaign } from './service.ts'

let world: World
let works: User
let archive: User
let steward: User
let campaignId: string

beforeAll(async () => {
  world = await createWorld()
  steward = world.as('steward')
  const people = await Promise.all(
    ['Stadtwerke', 'Stadtarchiv'].map(async (name) => {
      const { id } = await world.organisation(name)
      return world.person({ roles: [{ role: 'holder', organisationId: id }] })
    }),
  )
  ;[works, archive] = people as [User, User]
  const campaign = await startCampaign(steward.at(new Date('2026-03-01T09:00:00Z')), {
    title: 'Dateninventur 2026',
    why: 'Damit alle wissen, welche Daten es gibt.',
    starts: '2026-03-01',
    due: '2026-03-31',
    houses: [works.organisationId, archive.organisationId, works.organisationId],
  })
  campaignId = campaign.id
})
afterAll(() => world.close())

const houseOf = async (user: User, of: User) =>
  (await getCampaign(user.ctx, campaignId)).houses.find((each) => each.organisationId === of.organisationId)!

describe('a data inventory campaign', () => {
  it('writes to the holders of each house once and stands on their desk', async () => {
    await world.runJobs()
    const subjects = (await world.mails()).map((mail) => mail.subject)
    expect((await world.mails()).map((mail) => mail.text).join()).toContain('bis 31. März 2026 einzutragen')
    expect(subjects.filter((each) => each?.includes('Dateninventur 2026'))).toHaveLength(2)
    expect((await deskTasks(works.ctx)).map((task) => task.id)).toContain(
      `campaign-${campaignId}-${works.organisationId}`,
    )
  })

  it('counts what a house listed, to each reader only what she may know of', async () => {
    const record = { ...emptyRecord(), title: { de: 'Zählerstände' } }
    await createEntry(works.ctx, { organisationId: works.organisationId, record })
    await createEntry(works.ctx, { organisationId: works.organisationId, record, visibility: 'own' })
    expect(await houseOf(world.anonymous, works)).toMatchObject({ entries: 1, added: 1 })
    expect(await houseOf(steward, works)).toMatchObject({ entries: 2, added: 2 })
    expect(await houseOf(world.anonymous, archive)).toMatchObject({ entries: 0, completeAt: null })
  })

  it('takes a house’s word, and takes it back; another house’s is refused', async () => {
    const words = { organisationId: works.organisationId, complete: 'yes' as const, note: 'Ohne Altakten' }
    await expect(declareComplete(archive.ctx, campaignId, words)).rejects.toMatchObject({ code: 'forbidden' })
    await declareComplete(works.ctx, campaignId, words)
    expect(await houseOf(world.anonymous, works)).toMatchObject({ note: 'Ohne Altakten' })
    expect((await houseOf(world.anonymous, works)).completeAt).not.toBeNull()
    expect((await deskTasks(works.ctx)).filter((task) => task.id.startsWith('campaign-'))).toEqual([])
  })

  it('reminds only houses that are not complete, a week before and then weekly', async () => {
    const before = (await world.mails()).length
    expect(await remindHouses({ ...world.system, now: new Date('2026-03-10T08:00:00Z') })).toBe(0)
    expect(await remindHouses({ ...world.system, now: new Date('2026-03-25T08:00:00Z') })).toBe(1)
    expect(await remindHouses({ ...world.system, now: new Date('2026-03-27T08:00:00Z') })).toBe(0)
    expect(await remindHouses({ ...world.system, now: new Date('2026-04-02T08:00:00Z') })).toBe(1)
    await world.runJobs()
    expect((await world.mails()).length - before).toBe(2)
  })

  it('ends for good: no reminders, no words, the progress stays', async () => {
    await endCampaign(steward.ctx, campaignId)
    expect(await remindHouses({ ...world.system, now: new Date('2026-05-01T08:00:00Z') })).toBe(0)
    await expect(
      declareComplete(archive.ctx, campaignId, { organisationId: archive.organisationId, complete: 'yes' }),
    ).rejects.toMatchObject({ code: 'campaign-ended' })
    await expect(endCampaign(steward.ctx, campaignId)).rejects.toMatchObject({ code: 'campaign-ended' })
    const page = await (await world.anonymous.get(`/catalogue/campaigns/${campaignId}`)).text()
    expect(page).toContain('1 von 2 Häusern vollständig')
    expect(await (await world.anonymous.get('/en/catalogue/campaigns')).text()).toContain(
      'Dateninventur 2026',
    )
  })

  it('shows the form again with what is wrong', async () => {
    const answer = await steward.post('/catalogue/campaigns/new', {
      title: 'Inventur',
      why: 'Damit alle wissen, welche Daten es gibt.',
      starts: '2026-03-31',
      due: '2026-03-01',
    })
    const text = await answer.text()
    expect(answer.status).toBe(422)
    expect(text).toContain('mindestens ein Haus')
    expect((await world.anonymous.get('/catalogue/campaigns/nichts')).status).toBe(404)
  })
})

describe('a reminder', () => {
  const house = { completeAt: null, remindedAt: null, reminders: 0 }
  it('comes at most five times and never after completion', () => {
    const now = new Date('2026-03-30T08:00:00Z')
    expect(isReminderDue(house, '2026-03-31', now)).toBe(true)
    expect(isReminderDue({ ...house, reminders: 5 }, '2026-03-31', now)).toBe(false)
    expect(isReminderDue({ ...house, completeAt: now }, '2026-03-31', now)).toBe(false)
  })
})
