import { afterAll, beforeAll, describe } from 'vitest'
import { childrenCsv, childrenRoles, createSandboxCast, csvFile } from '../../test/fixtures/sandbox/room.ts'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import { createWorld, permissionMatrix, type World } from '../../test/harness.ts'
import { createEntry } from '../catalogue/service.ts'
import { emptyRecord } from '../catalogue/model.ts'
import { proposeAgreement, signAgreement } from '../cooperation/service.ts'
import type { Workspace } from './model.ts'
import { policy } from './policy.ts'
import * as service from './service.ts'

let world: World
let cast: SandboxCast
let town: string
/** The town is holder in one room and analyst in the other, so that every role of the cast meets both sides. */
let asHolder: { room: Workspace; tableId: string; releaseId: string; agreementId: string }
let asAnalyst: { room: Workspace; queryId: string }

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function roomOf(holder: string, analyst: string, entryId: string) {
  const { id } = await proposeAgreement(world.system, {
    questionId: cast.questionId,
    title: 'Hitze und kleine Kinder',
    purpose: 'Herausfinden, wo kleine Kinder belastet sind.',
    legalBasis: 'public-task',
    parties: [
      { organisationId: holder, part: 'holder' },
      { organisationId: analyst, part: 'analyst' },
    ],
    entryIds: [entryId],
    validFrom: day(-1),
    validUntil: day(30),
  })
  await signAgreement(world.system, { agreementId: id, organisationId: analyst })
  await signAgreement(world.system, { agreementId: id, organisationId: holder })
  return { agreementId: id, room: await service.openWorkspace(world.system, { agreementId: id }) }
}

async function readyTable(room: Workspace, entryId: string) {
  const file = csvFile(childrenCsv())
  const table = await service.uploadTable(world.system, {
    workspaceId: room.id,
    name: 'kinder',
    entryId,
    file,
  })
  await service.confirmRoles(world.system, { tableId: table.id, columns: childrenRoles })
  const sql = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'
  const query = await service.runQuery(world.system, { workspaceId: room.id, sql })
  return { tableId: table.id, queryId: query.id }
}

beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  town = world.organisationId
  const record = { ...emptyRecord(), title: { de: 'Kinder' }, description: { de: 'Kinder je Block.' } }
  const entry = await createEntry(world.system, { organisationId: town, record })
  const first = await roomOf(town, cast.university, entry.id)
  const { tableId, queryId } = await readyTable(first.room, entry.id)
  const release = await service.requestRelease(world.system, {
    queryId,
    context: 'Für die Antwort auf die Frage im Rat.',
  })
  asHolder = { ...first, tableId, releaseId: release.id }
  const second = await roomOf(cast.office, town, cast.officeEntry)
  asAnalyst = { room: second.room, queryId: (await readyTable(second.room, cast.officeEntry)).queryId }
})
afterAll(() => world.close())

describe('permissions over HTTP', () => {
  const mine = () => ({ organisationIds: [town] })
  permissionMatrix(() => world, policy, {
    read: { request: (user) => user.get('/sandbox') },
    open: {
      request: (user) => user.post('/sandbox/workspaces', { agreementId: asHolder.agreementId }),
      whose: () => ({ organisationIds: [town, cast.university] }),
    },
    seeStatus: { request: (user) => user.get(`/sandbox/workspaces/${asHolder.room.id}`), whose: mine },
    upload: { request: (user) => user.get(`/sandbox/workspaces/${asHolder.room.id}/upload`), whose: mine },
    confirm: { request: (user) => user.get(`/sandbox/tables/${asHolder.tableId}`), whose: mine },
    remove: { request: (user) => user.post(`/sandbox/tables/${asHolder.tableId}/remove`), whose: mine },
    query: {
      request: (user) =>
        user.post(`/sandbox/workspaces/${asAnalyst.room.id}/sql`, {
          sql: 'SELECT COUNT(*) FROM kinder',
          do: 'run',
        }),
      whose: mine,
    },
    request: {
      request: (user) =>
        user.post(`/sandbox/queries/${asAnalyst.queryId}/release`, {
          context: 'Für die Antwort auf die Frage im Rat.',
        }),
      whose: mine,
    },
    keep: {
      request: (user) =>
        user.post(`/sandbox/workspaces/${asAnalyst.room.id}/saved`, {
          title: 'Kinder je Stadtteil',
          sql: 'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil',
        }),
      whose: mine,
    },
    rule: {
      request: (user) =>
        user.post(`/sandbox/workspaces/${asHolder.room.id}/rules`, { organisationId: town, maxCells: '20' }),
      whose: mine,
    },
    settlePrivacy: {
      request: (user) =>
        user.post(`/sandbox/workspaces/${asHolder.room.id}/privacy`, {
          organisationId: town,
          rhoLimit: '0,5',
          personLimit: '0,25',
          groupsPerUnit: '4',
          rowsPerUnit: '4',
        }),
      whose: mine,
    },
    readPrivacy: { request: (user) => user.get(`/sandbox/privacy?holder=${town}`), whose: mine },
    limitPrivacy: {
      request: (user) =>
        user.post('/sandbox/privacy', {
          organisationId: town,
          unitType: 'person',
          rhoLimit: '1,5',
          reason: 'Für die Fragen dieses Jahres reicht es sonst nicht.',
        }),
      whose: mine,
    },
    readLog: { request: (user) => user.get(`/sandbox/workspaces/${asHolder.room.id}/log`), whose: mine },
    decide: {
      request: (user) =>
        user.post(`/sandbox/releases/${asHolder.releaseId}/decisions`, {
          organisationId: town,
          decision: 'approve',
        }),
      whose: mine,
    },
  })

  const { seeStatus, upload, confirm, query, keep, remove } = policy
  permissionMatrix(
    () => world,
    { seeStatus, upload, confirm, query, keep, remove },
    {
      seeStatus: {
        request: (user) => user.get(`/api/v1/sandbox/workspaces/${asHolder.room.id}`),
        whose: mine,
      },
      upload: {
        request: (user) => user.post(`/api/v1/sandbox/workspaces/${asHolder.room.id}/tables`, { name: 'x' }),
        whose: mine,
      },
      confirm: {
        request: (user) => user.get(`/api/v1/sandbox/tables/${asHolder.tableId}/snapshots`),
        whose: mine,
      },
      query: {
        request: (user) => user.get(`/api/v1/sandbox/workspaces/${asAnalyst.room.id}/budget`),
        whose: mine,
      },
      keep: {
        request: (user) =>
          user.json('POST', `/api/v1/sandbox/workspaces/${asAnalyst.room.id}/maps`, {
            title: 'x',
            geojson: '{}',
          }),
        whose: mine,
      },
      remove: {
        request: (user) => user.json('DELETE', `/api/v1/sandbox/tables/${asHolder.tableId}`),
        whose: mine,
      },
    },
  )
})
