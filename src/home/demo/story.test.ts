import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/harness.ts'
import { listAnswers } from '../../answers/service.ts'
import { searchEntries } from '../../catalogue/service.ts'
import { listAgreements } from '../../cooperation/service.ts'
import { listOrganisations } from '../../identity/service.ts'
import { listComments, listQuestions } from '../../questions/service.ts'
import { getRelease, listQueries, listToDecide } from '../../sandbox/service.ts'
import { verifyRegister } from '../../transparency/service.ts'
import { people } from './cast.ts'
import { allSteps } from './steps.ts'
import { moment } from './stage.ts'
import { doneSteps } from './store.ts'
import { demoPeople, fillDemo, type DemoHub } from './story.ts'

let world: World
const notes: string[] = []
let firstRun = 0
let cut: unknown

function hubOf(note: (line: string) => void): DemoHub {
  return { makeCtx: world.hub.makeCtx, drain: world.hub.drain, note }
}

beforeAll(async () => {
  world = await createWorld()
  const cutOff = hubOf((line) => {
    notes.push(line)
    if (notes.length === 20) throw new Error('the power went off')
  })
  cut = await fillDemo(cutOff).catch((error: unknown) => error)
  firstRun = notes.length
  await fillDemo(hubOf((line) => notes.push(line)))
}, 180_000)
afterAll(() => world.close())

const id = async (key: string): Promise<string> => {
  const all = [...(await doneSteps(world.system.db)).values()].flatMap((made) => Object.entries(made))
  return new Map(all).get(key) ?? ''
}

describe('the fill', () => {
  test('goes on after it was cut off, tells every step once and then has nothing left to do', async () => {
    expect(cut).toEqual(new Error('the power went off'))
    expect(firstRun).toBe(20)
    expect(notes).toHaveLength(allSteps.length)
    expect(new Set(notes).size).toBe(notes.length)
    await fillDemo(hubOf((line) => notes.push(line)))
    expect(notes).toHaveLength(allSteps.length)
  })

  test('follows the calendar, so that the time of the register never runs backwards', async () => {
    const times = allSteps.map((step) => moment(step.at).getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(new Set(allSteps.map((step) => step.name)).size).toBe(allSteps.length)
    expect(await verifyRegister(world.system)).toMatchObject({ faults: [] })
  })

  test('is open to the hub alone', async () => {
    const ctx = world.as('operator').ctx
    await expect(demoPeople(ctx)).rejects.toMatchObject({ spec: { status: 403 } })
  })
})

describe('the town after the story', () => {
  test('has questions at every part of the way', async () => {
    const { questions } = await listQuestions(world.system, { limit: 100 })
    const states = new Map(questions.map((question) => [question.title.slice(0, 18), question.state]))
    expect(questions.length).toBeGreaterThanOrEqual(6)
    expect(states.get('Wo sind kleine Kin')).toBe('evaluated')
    expect(states.get('Wo fehlen Kita-Plä')).toBe('analysing')
    expect(states.get('Wie oft fällt die ')).toBe('mapped')
    expect(states.get('Welche Schulwege s')).toBe('prioritised')
    expect(states.get('Wo leben ältere Me')).toBe('raised')
  })

  test('has support, talk and one question that waits for the data guide', async () => {
    const { questions } = await listQuestions(world.system, { limit: 100 })
    const heat = questions.find((question) => question.title.startsWith('Wo sind kleine'))
    expect(heat?.people).toBeGreaterThan(30)
    const { total } = await listComments(world.system, { questionId: heat?.id ?? '' })
    expect(total).toBeGreaterThanOrEqual(4)
    const { deskTasks } = await import('../../questions/service.ts')
    expect((await deskTasks(world.as('steward').ctx)).length).toBeGreaterThan(0)
  })

  test('finds small children most exposed in the Bahnhofsviertel, least at the Nordhang, and protects two districts', async () => {
    const release = await getRelease(world.anonymous.ctx, await id('release:hitze'))
    const shown = release.rows.filter((row) => row[3] !== null)
    expect(shown[0]?.[0]).toBe('Bahnhofsviertel')
    expect(shown.at(-1)?.[0]).toBe('Nordhang')
    const hidden = release.rows.filter((row) => row[3] === null).map((row) => String(row[0]))
    expect(hidden.toSorted((a, b) => a.localeCompare(b))).toEqual(['Auwiesen', 'Steinbruch'])
    expect(Math.abs(Number(shown[0]?.[3]) - 70)).toBeLessThan(5)
  })

  test('has an answer whose words agree with its table', async () => {
    const { answers } = await listAnswers(world.anonymous.ctx)
    const content = answers[0]?.current.content
    expect(content?.title).toBe(
      'Sieben von zehn kleinen Kindern im Bahnhofsviertel wohnen in einer heißen Straße',
    )
    expect(content?.lead).toContain('Nordhang')
    expect(content?.finding).not.toMatch(/undefined|NaN/)
  })

  test('has open data with files and data that stay with their holders', async () => {
    const { hits: entries } = await searchEntries(world.anonymous.ctx, { limit: 100 })
    const kinds = new Set(entries.map((entry) => entry.access))
    for (const access of ['open', 'partner', 'sandbox', 'on-request', 'closed'] as const)
      expect(kinds).toContain(access)
    expect(entries.length).toBeGreaterThanOrEqual(17)
  })

  test('has a room with differential privacy: one question answered, its cost booked to the house', async () => {
    const [query] = await listQueries(world.system, { workspaceId: await id('room:sprache'), limit: 10 })
    expect(query).toMatchObject({ state: 'answered', presetVersion: expect.stringContaining('zcdp') })
    expect(query?.result?.rows).toHaveLength(12)
    expect(query?.result?.sd?.every((row) => (row[2] ?? 0) > 5)).toBe(true)
  })

  test('has agreements ended, in force and waiting, and a release that waits for the reviewer', async () => {
    const { agreements } = await listAgreements(world.system)
    expect(agreements.map((each) => each.state)).toEqual(expect.arrayContaining(['signed', 'proposed']))
    const reviewer = people.pruefung
    const organisationId = await id('organisation:jugendamt')
    const ctx = world.hub.makeCtx({
      actor: {
        kind: 'person',
        personId: await id('person:pruefung'),
        name: reviewer.name,
        email: reviewer.email,
        memberships: [{ organisationId, role: 'reviewer' }],
      },
    })
    expect((await listToDecide(ctx)).map((release) => release.id)).toEqual([await id('release:kita')])
  })

  test('offers people to sign in as, each with a one-time link that works', async () => {
    const offered = await demoPeople(world.system)
    expect(offered.length).toBe(8)
    for (const person of offered) expect(person.href).toMatch(/^\/identity\/link\/[\w-]{20,}/)
    const answer = await world.anonymous.get(offered[0]?.href ?? '')
    expect(answer.status).toBe(200)
    expect((await listOrganisations(world.system)).length).toBeGreaterThanOrEqual(14)
  })
})
