import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerInput, createStage, type Stage } from '../../test/fixtures/answers/released.ts'
import { createWorld, permissionMatrix, type World } from '../../test/harness.ts'
import { getEntry, listFiles } from '../catalogue/service.ts'
import { withdrawAgreement } from '../cooperation/service.ts'
import { sha256Hex } from '../platform/canonical.ts'
import { getQuestion, raiseQuestion } from '../questions/service.ts'
import { listEntries } from '../transparency/service.ts'
import type { Answer } from './model.ts'
import { policy } from './policy.ts'
import * as service from './service.ts'

let world: World
let stage: Stage
let first: Answer
beforeAll(async () => {
  world = await createWorld()
  stage = await createStage(world)
  first = await service.draftAnswer(stage.cast.analyst.ctx, answerInput(stage))
}, 60_000)
afterAll(() => world.close())

const code = (name: string) => ({ message: `answers/${name}` })
const forbidden = { message: 'general/forbidden' }

describe('drafting', () => {
  it('uses released tables only', async () => {
    const { analyst, steward } = stage.cast
    const draft = (releaseIds: string[]) =>
      service.draftAnswer(analyst.ctx, { ...answerInput(stage), releaseIds, chart: null, map: null })
    await expect(draft([stage.openReleaseId])).rejects.toMatchObject(code('not-released'))
    await expect(draft([stage.releaseId, stage.openReleaseId])).rejects.toMatchObject(code('not-released'))
    await expect(draft(['018f0000-0000-7000-8000-000000000000'])).rejects.toMatchObject(code('not-released'))
    const change = {
      ...answerInput(stage),
      answerId: first.id,
      releaseIds: [stage.openReleaseId],
      chart: null,
      map: null,
    }
    await expect(service.updateAnswer(steward.ctx, change)).rejects.toMatchObject(code('not-released'))
    const sent = await analyst.json('POST', '/api/v1/answers', {
      ...answerInput(stage),
      releaseIds: [stage.openReleaseId],
    })
    expect(sent.status).toBe(422)
  })

  it('refuses tables of another question', async () => {
    const other = await raiseQuestion(world.system, {
      title: 'Wo fehlen Kitaplätze in unserer Stadt?',
      why: 'Viele Familien warten schon lange.',
    })
    await expect(
      service.draftAnswer(world.system, { ...answerInput(stage), questionId: other.id }),
    ).rejects.toMatchObject(code('other-question'))
  })

  it('refuses charts of columns that are not there and maps that do not fit', async () => {
    const input = answerInput(stage)
    const draft = (change: object) => service.draftAnswer(stage.cast.steward.ctx, { ...input, ...change })
    await expect(draft({ chart: { ...input.chart, value: 'strasse' } })).rejects.toMatchObject(
      code('unknown-column'),
    )
    await expect(draft({ chart: { ...input.chart, value: 'stadtteil' } })).rejects.toMatchObject(
      code('unknown-column'),
    )
    await expect(draft({ map: { ...input.map, entryId: stage.cast.officeEntry } })).rejects.toMatchObject(
      code('no-map'),
    )
  })

  it('is for analysts of the agreement and the steward, and read by the parties before it is public', async () => {
    const { stranger, holder, reviewer, analyst } = stage.cast
    await expect(service.draftAnswer(stranger.ctx, answerInput(stage))).rejects.toMatchObject(forbidden)
    await expect(service.draftAnswer(holder.ctx, answerInput(stage))).rejects.toMatchObject(forbidden)
    await expect(service.getAnswer(world.anonymous.ctx, first.number)).rejects.toMatchObject(
      code('not-found'),
    )
    await expect(service.getAnswer(stranger.ctx, first.id)).rejects.toMatchObject(code('not-found'))
    for (const user of [holder, reviewer, analyst])
      expect((await service.getAnswer(user.ctx, first.number)).id).toBe(first.id)
    expect((await world.anonymous.get('/answers')).status).toBe(200)
    expect(await (await world.anonymous.get('/answers')).text()).not.toContain(answerInput(stage).title)
  })

  it('previews with chart, map and protected cells, without a link to files', async () => {
    const html = await (await stage.cast.holder.get(`/answers/${first.number}/preview`)).text()
    expect(html).toContain('geschützt')
    expect(html).toContain('al-map')
    expect(html).toContain('Veröffentlichen kann die Datenlotsin')
    expect(html).not.toContain('table.csv')
  })
})

describe('publishing', () => {
  it('needs the steward', async () => {
    await expect(service.publishAnswer(stage.cast.analyst.ctx, { answerId: first.id })).rejects.toMatchObject(
      forbidden,
    )
    await expect(
      service.recordDecision(stage.cast.steward.ctx, {
        answerId: first.id,
        decidedOn: '2026-07-14',
        decided: 'Bäume',
      }),
    ).rejects.toMatchObject(code('not-published'))
  })

  it('freezes tables, publishes files with a record in the catalogue and moves the question on', async () => {
    const version = await service.publishAnswer(stage.cast.steward.ctx, { answerId: first.id })
    expect(version.version).toBe(1)
    const names = version.files.map((file) => file.name).sort()
    expect(names).toEqual(['karte.geojson', 'tabelle.csv', 'tabelle.parquet', 'tabelle.sql'])
    const entry = await getEntry(world.anonymous.ctx, version.entryId)
    expect(entry).toMatchObject({ title: answerInput(stage).title, access: 'open' })
    expect((await listFiles(world.anonymous.ctx, entry.id)).map((file) => file.name).sort()).toEqual(names)
    expect((await getQuestion(world.system, stage.cast.questionId)).state).toBe('answered')
    const turtle = await world.anonymous.get(`/catalogue/datasets/${entry.id}`, { accept: 'text/turtle' })
    expect(await turtle.text()).toContain('tabelle.csv')
  })

  it('shows everybody finding, chart, map, proof and downloads in both languages', async () => {
    for (const [path, words] of [
      [`/answers/${first.number}`, 'Was wir herausgefunden haben'],
      [`/en/answers/${first.id}`, 'What we found out'],
    ] as const) {
      const response = await world.anonymous.get(path)
      expect(response.status).toBe(200)
      const html = await response.text()
      for (const text of [words, 'al-chart', 'al-map', 'geoj', 'CC BY 4.0']) expect(html).toContain(text)
      expect(html.match(/<h1/g)).toHaveLength(1)
    }
    const csv = await world.anonymous.get(`/answers/${first.number}/table.csv`)
    const text = await csv.text()
    expect(text.split('\r\n')[0]).toBe('stadtteil,kinder,kinder_status')
    expect(text).toContain('Steinbruch,,protected')
    const parquet = Buffer.from(
      await (await world.anonymous.get(`/answers/${first.number}/table.parquet`)).arrayBuffer(),
    )
    expect(parquet.subarray(0, 4).toString()).toBe('PAR1')
    expect((await world.anonymous.get(`/answers/${first.number}/table.csv?table=2`)).status).toBe(404)
    const question = await (await world.anonymous.get(`/questions/${first.number}`)).text()
    expect(question).toContain(`/answers/${first.number}`)
  })

  it('keeps the published version while the draft changes, and needs a word about what is new', async () => {
    const { steward, analyst } = stage.cast
    await expect(
      service.publishAnswer(steward.ctx, { answerId: first.id, changes: 'Nichts' }),
    ).rejects.toMatchObject(code('nothing-new'))
    await service.updateAnswer(analyst.ctx, {
      ...answerInput(stage),
      answerId: first.id,
      lead: 'Ein neuer Satz dazu.',
    })
    expect(await (await world.anonymous.get(`/answers/${first.number}`)).text()).not.toContain(
      'Ein neuer Satz dazu.',
    )
    await expect(service.publishAnswer(steward.ctx, { answerId: first.id })).rejects.toMatchObject(
      code('changes-missing'),
    )
    await service.publishAnswer(steward.ctx, { answerId: first.id, changes: 'Ein Satz ergänzt.' })
    const now = await (await world.anonymous.get(`/answers/${first.number}`)).text()
    expect(now).toContain('Fassung 2: Ein Satz ergänzt.')
    const old = await (await world.anonymous.get(`/answers/${first.number}?version=1`)).text()
    expect(old).toContain('Sie lesen Fassung 1')
    expect(old).not.toContain('Ein neuer Satz dazu.')
    expect((await world.anonymous.get(`/answers/${first.number}?version=9`)).status).toBe(404)
  })

  it('stands when the agreement is withdrawn later', async () => {
    await withdrawAgreement(stage.cast.holder.ctx, {
      agreementId: stage.agreementId,
      reason: 'Das Projekt ist vorbei.',
    })
    expect((await world.anonymous.get(`/answers/${first.number}`)).status).toBe(200)
    expect((await world.anonymous.get(`/answers/${first.number}/table.csv`)).status).toBe(200)
  })

  it('leaves lines in the register that name the checksum and no typed words', async () => {
    const { current } = await service.getPublished(world.system, first.id)
    const { entries } = await listEntries(world.system, {} as Parameters<typeof listEntries>[1])
    const lines = entries.filter((entry) => entry.objectId === first.id)
    expect(JSON.stringify(lines)).toContain(current.sha256)
    for (const secret of ['rund 300', 'Steinbruch', 'Anton'])
      expect(JSON.stringify(lines)).not.toContain(secret)
    const csv = current.files.find((file) => file.name === 'tabelle.csv')!
    expect(sha256Hex(await world.system.blobs.read(csv.sha256))).toBe(csv.sha256)
  })
})

describe('the effect', () => {
  it('takes the council’s decision and a measurement, and brings the question to its last step', async () => {
    const council = world.as('council')
    const sent = await council.post(`/answers/${first.number}/decision`, {
      decidedOn: '2026-07-14',
      paper: 'Vorlage 2026/118',
      yes: '31',
      no: '6',
      abstain: '3',
      decided: 'Sonnensegel an vier Kitas\n- 60 neue Bäume',
      rejected: 'Tempo 20',
    })
    expect(sent.status).toBe(303)
    const measured = await stage.cast.steward.post(`/answers/${first.number}/effect`, {
      name: 'Kinder ohne Schattenplatz',
      unit: 'Kinder',
      points: '2025: 1310\r\n2026: 1180',
      goalYear: '2028',
      goalValue: '870',
      assessment: 'Seit 2025 sind es 130 weniger.',
      nextReview: '2026-10-08',
    })
    expect(measured.status).toBe(303)
    const html = await (await world.anonymous.get(`/answers/${first.number}`)).text()
    for (const text of [
      '60 neue Bäume',
      'Ja 31, Nein 6, Enthaltung 3',
      'Abgelehnt: Tempo 20',
      'Seit 2025 sind es 130 weniger.',
      'Ziel: 870',
    ])
      expect(html).toContain(text)
    expect((await getQuestion(world.system, stage.cast.questionId)).state).toBe('evaluated')
  })

  it('shows a broken form again with what was typed', async () => {
    const response = await stage.cast.steward.post(`/answers/${first.number}/effect`, {
      name: 'Kinder',
      points: 'viele',
      assessment: 'Es hilft sehr.',
    })
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('>viele</textarea>')
    expect(html).toContain('je Zeile ein Jahr')
  })
})

describe('permissions over HTTP', () => {
  const { read, openForm, draft, edit, publish, decision, indicator } = policy
  const town = () => ({ organisationIds: [stage.cast.university] })
  const form = () => ({
    title: 'Ein Befund in einem Satz, der reicht',
    finding: 'Ein Text mit mehr als zwanzig Zeichen.',
    releaseIds: stage.releaseId,
  })
  permissionMatrix(
    () => world,
    { read, openForm, draft, edit, publish, decision, indicator },
    {
      read: { request: (user) => user.get(`/answers/${first.number}`) },
      openForm: { request: (user) => user.get(`/answers/new?question=${stage.cast.questionId}`) },
      draft: {
        request: (user) => user.post('/answers', { ...form(), questionId: stage.cast.questionId }),
        whose: town,
      },
      edit: { request: (user) => user.post(`/answers/${first.number}/edit`, form()), whose: town },
      publish: {
        request: (user) =>
          user.post(`/answers/${first.number}/publish`, { changes: `Fassung für ${user.personId}` }),
      },
      decision: {
        request: (user) =>
          user.post(`/answers/${first.number}/decision`, { decidedOn: '2026-07-14', decided: 'Bäume' }),
      },
      indicator: {
        request: (user) =>
          user.post(`/answers/${first.number}/effect`, {
            name: 'Kinder',
            points: '2026: 1',
            assessment: 'Das hat geholfen.',
          }),
      },
    },
  )
})
