import { afterAll, beforeAll, describe } from 'vitest'
import type { User, World } from '../../test/harness.ts'
import { createWorld, permissionMatrix } from '../../test/harness.ts'
import { advanceQuestion, raiseQuestion } from '../questions/service.ts'
import { emptyRecord } from './model.ts'
import { giveFeedback } from './feedback/service.ts'
import { listFeedback } from './feedback/store.ts'
import { policy } from './policy.ts'
import { addNeed, createEntry, requestData } from './service.ts'
import { startCampaign } from './campaign/service.ts'
import { addSource } from './sources/service.ts'
import * as runs from './runs/store.ts'

/** A second house, so that "own" and "any" can be told apart. */
describe('who may do what in the catalogue', () => {
  let world: World
  let other: User
  let mine: string
  let foreign: string
  let proposal: string
  let campaign: string
  let run: string
  let remark: string
  let needId: string
  let questionNumber: string
  let questionId: string
  let requestId: string
  const base = {
    ...emptyRecord(),
    title: { de: 'Ein Datensatz' },
    description: { de: 'Mit einer Beschreibung dazu' },
  }

  beforeAll(async () => {
    world = await createWorld()
    const house = await world.organisation('Anderes Haus')
    other = await world.person({ roles: [{ role: 'holder', organisationId: house.id }] })
    mine = (await createEntry(world.system, { organisationId: world.organisationId, record: base })).id
    foreign = (await createEntry(world.system, { organisationId: house.id, record: base })).id
    campaign = (
      await startCampaign(world.as('steward').ctx, {
        title: 'Inventur',
        why: 'Damit alle wissen, welche Daten es gibt.',
        starts: '2026-01-01',
        due: '2026-12-31',
        houses: [world.organisationId],
      })
    ).id
    proposal = '0190a000-0000-7000-8000-00000000000a'
    const question = await raiseQuestion(world.as('steward').ctx, {
      title: 'Wo fehlt Schatten auf den Wegen?',
      why: 'Im Sommer ist es dort zu heiß für alle.',
    })
    questionId = question.id
    questionNumber = question.number
    await advanceQuestion(world.system, { questionId, to: 'prioritised' })
    needId = (await addNeed(world.as('steward').ctx, { questionId, what: 'Wo Bäume stehen' })).id
    requestId = (
      await requestData(world.as('steward').ctx, {
        needId,
        organisationId: world.organisationId,
        message: 'Bitte um Auskunft',
      })
    ).id
    const source = await addSource(world.system, {
      organisationId: world.organisationId,
      name: 'Katalog',
      url: 'https://example.org/catalog.ttl',
    })
    await giveFeedback(world.as('citizen').ctx, { entryId: mine, kind: 'too-coarse' })
    remark = (await listFeedback(world.system.db, mine, 1))[0]!.id
    run = '0190a000-0000-7000-8000-00000000000b'
    await runs.insertRun(world.system.db, {
      id: run,
      sourceId: source.id,
      kind: 'url',
      inputs: [],
      mediaType: null,
      at: new Date(),
    })
    await runs.updateRun(world.system.db, run, { state: 'complete' })
  })
  afterAll(() => world.close())

  const own = () => ({ organisationIds: [world.organisationId] })
  const form = (organisationId: string) => ({
    organisationId,
    title: 'Neuer Datensatz',
    description: 'Mit einer Beschreibung dazu',
    access: 'open',
    visibility: 'public',
  })
  const list = () => new File(['Titel;Beschreibung\nA-Liste;Eine Liste\n'], 'liste.csv')
  const turtle = () =>
    new File(
      [
        '<https://example.org/1> a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> "x"@de .',
      ],
      'x.ttl',
    )

  const { publish: _publish, share: _share, ...overHttp } = policy
  permissionMatrix(() => world, overHttp, {
    read: { request: (user) => user.get('/catalogue') },
    readPartnerFeed: { request: (user) => user.get('/catalog/partner.ttl', { accept: 'text/turtle' }) },
    saveSearch: {
      request: (user) => user.post('/catalogue/saved', { name: 'Bäume', mail: 'weekly', query: 'q=Baum' }),
    },
    create: {
      whose: own,
      request: (user) => user.json('POST', '/api/v1/catalogue/datasets', form(world.organisationId)),
    },
    edit: {
      whose: own,
      request: (user) =>
        user.json('PUT', `/api/v1/catalogue/datasets/${mine}`, { title: `Titel ${Math.random()}` }),
    },
    runCampaigns: {
      request: (user) =>
        user.post('/catalogue/campaigns/new', {
          title: 'Dateninventur',
          why: 'Damit alle wissen, welche Daten es gibt.',
          starts: '2026-01-01',
          due: '2026-12-31',
          houses: [world.organisationId],
        }),
    },
    declareComplete: {
      whose: own,
      request: (user) =>
        user.post(`/catalogue/campaigns/${campaign}/word`, {
          organisationId: world.organisationId,
          complete: 'yes',
        }),
    },
    chooseModelDataset: {
      whose: own,
      request: (user) =>
        user.post(`/catalogue/datasets/${mine}/model-dataset`, { entryId: mine, concept: 'wetter/hitze' }),
    },
    propose: {
      request: (user) =>
        user.post(`/catalogue/datasets/${foreign}/edit`, {
          ...form(other.organisationId),
          reasonWhy: 'Weil es besser ist',
        }),
    },
    decideProposal: {
      whose: () => ({ organisationIds: [] }),
      request: (user) =>
        user.post(`/catalogue/datasets/${foreign}/proposals`, { proposalId: proposal, decision: 'accept' }),
    },
    importInventory: {
      whose: own,
      request: (user) =>
        user.post('/catalogue/inventory', { organisationId: world.organisationId, file: list() }),
    },
    importDcat: {
      whose: own,
      request: (user) =>
        user.post('/catalogue/sources/file', { organisationId: world.organisationId, file: turtle() }),
    },
    manageSources: { request: (user) => user.get('/catalogue/sources') },
    decideDuplicates: { request: (user) => user.get('/catalogue/duplicates') },
    checkLinks: { request: (user) => user.post('/catalogue/quality/check-links') },
    readWorklist: {
      whose: own,
      request: (user) => user.get(`/catalogue/quality/${world.organisationId}`),
    },
    giveFeedback: {
      request: (user) =>
        user.post(`/catalogue/datasets/${mine}/feedback`, { entryId: mine, kind: 'too-coarse' }),
    },
    answerFeedback: {
      whose: own,
      request: (user) =>
        user.post(`/catalogue/datasets/${mine}/feedback/answer`, {
          feedbackId: remark,
          answer: 'Danke dafür',
        }),
    },
    readRuns: { request: (user) => user.get(`/catalogue/runs/${run}`) },
    settleGone: { request: (user) => user.get('/catalogue/gone') },
    confirmRemoval: { request: (user) => user.post(`/catalogue/runs/${run}/confirm`) },
    writeNeeds: {
      request: (user) =>
        user.post(`/catalogue/needs/${questionNumber}`, { questionId, what: 'Noch ein Bedarf' }),
    },
    mapNeed: {
      request: (user) =>
        user.post(`/catalogue/needs/${questionNumber}/map`, { needId, entryId: mine, accept: 'yes' }),
    },
    requestData: {
      request: (user) =>
        user.post(`/catalogue/needs/${questionNumber}/ask`, {
          needId,
          organisationId: other.organisationId,
          message: 'Bitte um Auskunft',
        }),
    },
    answerRequest: {
      whose: own,
      request: (user) => user.post(`/catalogue/requests/${requestId}`, { requestId, answer: 'promise' }),
    },
    readRequest: { whose: own, request: (user) => user.get(`/catalogue/requests/${requestId}`) },
  })
})
