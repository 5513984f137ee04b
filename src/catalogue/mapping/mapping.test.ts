import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { system } from '../../platform/context.ts'
import { advanceQuestion, getQuestion, moderateQuestion, raiseQuestion } from '../../questions/service.ts'
import type { Question } from '../../questions/model.ts'
import type { Entry } from '../entries/model.ts'
import { emptyRecord } from '../model.ts'
import {
  addNeed,
  answerRequest,
  createEntry,
  entriesOfQuestion,
  finishMap,
  listNeeds,
  listWaitingRequests,
  mapNeed,
  proposeCandidates,
  questionsOfEntry,
  replyToRequest,
  requestData,
} from '../service.ts'

describe('the data map of a question', () => {
  let world: World
  let steward: User
  let holder: User
  let question: Question
  let entry: Entry

  beforeAll(async () => {
    world = await createWorld()
    steward = world.as('steward')
    const house = await world.organisation('Stadtwerke')
    holder = await world.person({ roles: [{ role: 'holder', organisationId: house.id }] })
    entry = await createEntry(holder.ctx, {
      organisationId: house.id,
      grain: 'address',
      record: {
        ...emptyRecord(),
        title: { de: 'Klima-Messnetz: Lufttemperatur an 42 Laternen' },
        description: { de: 'Stündliche Messwerte' },
        themes: ['ENVI'],
        periods: [{ id: null, start: '2024-06', end: null }],
        frequency: 'HOURLY',
        access: { ...emptyRecord().access, type: 'sandbox' },
      },
    })
    question = await raiseQuestion(world.as('citizen').ctx, {
      title: 'Wo sind kleine Kinder an heißen Tagen?',
      why: 'Kleine Kinder überhitzen schneller als Erwachsene.',
    })
    if (question.visibility !== 'visible')
      await moderateQuestion(steward.ctx, { questionId: question.id, decision: 'approve' })
    await advanceQuestion(
      { ...world.system, actor: system('test') },
      { questionId: question.id, to: 'prioritised' },
    )
  })
  afterAll(() => world.close())

  it('finds candidates through related words and shows the matrix on the question’s page', async () => {
    const need = await addNeed(steward.ctx, {
      questionId: question.id,
      what: 'Wie groß die Hitze wird',
      unit: '°C',
      topic: 'ENVI',
      starts: '2023-01-01',
      granularity: 'block',
    })
    const [best] = await proposeCandidates(steward.ctx, need.id)
    expect(best?.entry.id).toBe(entry.id)
    expect(best?.fits.period).toEqual({ level: 'part', reason: 'starts-late', value: '2024' })
    await mapNeed(steward.ctx, { needId: need.id, entryId: entry.id })
    const html = await (await world.anonymous.get(`/questions/${question.number}`)).text()
    expect(html).toContain('Welche Daten wir brauchen')
    expect(html).toContain('erst ab 2024')
    expect(html).toContain('nur Sandbox')
    expect((await entriesOfQuestion(world.anonymous.ctx, question.id)).map((each) => each.id)).toEqual([
      entry.id,
    ])
    expect((await questionsOfEntry(world.anonymous.ctx, entry.id)).map((each) => each.id)).toEqual([
      question.id,
    ])
    expect(await (await world.anonymous.get(`/catalogue/datasets/${entry.id}`)).text()).toContain(
      question.title,
    )
  })

  it('turns a gap into a request, with mails both ways and a public trace', async () => {
    const need = await addNeed(steward.ctx, { questionId: question.id, what: 'Welche Kitas kühl bleiben' })
    await expect(finishMap(steward.ctx, question.id)).rejects.toThrow('catalogue/not-mapped')
    const request = await requestData(steward.ctx, {
      needId: need.id,
      organisationId: holder.organisationId,
      message: 'Gibt es eine Liste der Jalousien?',
    })
    await expect(
      requestData(steward.ctx, {
        needId: need.id,
        organisationId: holder.organisationId,
        message: 'Noch einmal gefragt',
      }),
    ).rejects.toThrow('catalogue/already-asked')
    await world.runJobs()
    expect(
      (await world.mails()).some((mail) => mail.text.includes(`/catalogue/requests/${request.id}`)),
    ).toBe(true)
    expect((await listWaitingRequests(holder.ctx)).map((each) => each.id)).toEqual([request.id])
    const html = await (await world.anonymous.get(`/questions/${question.number}`)).text()
    expect(html).toContain('bei Stadtwerke angefragt')
    expect(html).not.toContain('Jalousien')

    await answerRequest(holder.ctx, { requestId: request.id, answer: 'ask-back', text: 'Für welche Jahre?' })
    await expect(answerRequest(holder.ctx, { requestId: request.id, answer: 'promise' })).rejects.toThrow(
      'catalogue/not-waiting',
    )
    await replyToRequest(steward.ctx, { requestId: request.id, text: 'Stand heute genügt.' })
    await answerRequest(holder.ctx, { requestId: request.id, answer: 'promise', promisedFor: '2027-01-31' })
    const page = await (await holder.get(`/catalogue/requests/${request.id}`)).text()
    expect(page).toContain('Stand heute genügt.')
    expect(page).toContain('Zugesagt')
    const lines = await listNeeds(world.anonymous.ctx, question.id)
    expect(lines.map((line) => line.state)).toEqual(['mapped', 'asked'])
  })

  it('keeps a request between the house and the stewards', async () => {
    const [line] = (await listNeeds(steward.ctx, question.id)).filter((each) => each.requests.length > 0)
    const path = `/catalogue/requests/${line!.requests[0]!.id}`
    expect((await world.anonymous.get(path)).headers.get('location')).toContain('/identity/sign-in')
    expect((await world.as('holder').get(path)).status).toBe(403)
    expect((await steward.get(path)).status).toBe(200)
  })

  it('lets the steward close the map, and the question moves on', async () => {
    const response = await steward.post(`/catalogue/needs/${question.number}/finish`, {
      questionId: question.id,
    })
    expect(response.status).toBe(303)
    expect((await getQuestion(steward.ctx, question.id)).state).toBe('mapped')
  })

  it('shows the steward’s page and mends bad input in place', async () => {
    const page = await (await steward.get(`/catalogue/needs/${question.number}`)).text()
    expect(page).toContain('Bedarf aufschreiben')
    const bad = await steward.post(`/catalogue/needs/${question.number}`, {
      questionId: question.id,
      what: '',
    })
    expect(bad.status).toBe(422)
    const gap = await addNeed(steward.ctx, { questionId: question.id, what: 'Noch etwas Unbekanntes' })
    const byAddress = await steward.post(`/catalogue/needs/${question.number}/map`, {
      needId: gap.id,
      entryId: `http://localhost/catalogue/datasets/${entry.id}`,
      accept: 'yes',
    })
    expect(byAddress.status).toBe(303)
  })
})
