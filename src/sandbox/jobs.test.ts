import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import {
  childrenCsv,
  createSandboxCast,
  csvFile,
  readyRoom,
  signedAgreement,
} from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../test/harness.ts'
import { newId } from '../platform/ids.ts'
import { cleanUp, expireRooms } from './jobs.ts'
import type { Workspace } from './model.ts'
import { questionsPerMinute } from './queries/service.ts'
import * as service from './service.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
let agreementId: string
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  const agreement = await signedAgreement(cast)
  agreementId = agreement.id
  workspace = (await readyRoom(cast, agreement)).workspace
})
afterAll(() => world.close())

const count = 'SELECT COUNT(*) AS kinder FROM kinder'
const context = 'Für die Antwort auf die Frage: Kinder je Stadtteil.'
const inDays = (days: number) => world.hub.makeCtx({ now: new Date(Date.now() + days * 86_400_000) })
const anAnalyst = () => world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })

describe('limits', () => {
  it('refuse new cells once the day is spent, while repeats stay free', async () => {
    const { ctx, personId } = await anAnalyst()
    const first = await service.runQuery(ctx, { workspaceId: workspace.id, sql: count })
    expect(first.state).toBe('answered')
    const { db } = world.hub.database
    await db.updateTable('sandbox_query').set({ cells_new: 2000 }).where('asked_by', '=', personId).execute()
    const bySQL = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'
    const more = await service.runQuery(ctx, { workspaceId: workspace.id, sql: bySQL })
    expect(more).toMatchObject({ state: 'refused', refusal: { code: 'budget' } })
    const again = await service.runQuery(ctx, { workspaceId: workspace.id, sql: count })
    expect(again).toMatchObject({ state: 'answered', cellsNew: 0, resultSha256: first.resultSha256 })
  })

  it('stop a machine that asks faster than people do', async () => {
    const { ctx } = await anAnalyst()
    for (let i = 0; i < questionsPerMinute; i += 1) {
      await service.runQuery(ctx, { workspaceId: workspace.id, sql: 'SELECT' })
    }
    await expect(service.runQuery(ctx, { workspaceId: workspace.id, sql: 'SELECT' })).rejects.toMatchObject({
      message: 'sandbox/too-many-questions',
    })
  })

  it('answer questions of a room one after the other and turn away the ninth', async () => {
    const people = await Promise.all(Array.from({ length: 9 }, anAnalyst))
    const asked = await Promise.allSettled(
      people.map(({ ctx }) => service.runQuery(ctx, { workspaceId: workspace.id, sql: count })),
    )
    const refused = asked.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toMatchObject({ message: 'sandbox/queue-full' })
    const hashes = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value.resultSha256] : []))
    expect(new Set(hashes).size).toBe(1)
  })
})

describe('what waits', () => {
  it('stands on the desk of those who can do it and is found by search', async () => {
    const query = await service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql: count })
    await service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
    await service.uploadTable(cast.holder.ctx, {
      workspaceId: workspace.id,
      name: 'neu',
      file: csvFile(childrenCsv()),
    })
    expect((await service.deskTasks(cast.holder.ctx)).map((task) => task.kind)).toEqual(['review', 'do'])
    expect((await service.deskTasks(cast.reviewer.ctx)).map((task) => task.kind)).toEqual(['review'])
    expect(await service.deskTasks(cast.stranger.ctx)).toEqual([])
    expect(await service.searchHits(cast.analyst.ctx, 'Hitze')).toHaveLength(1)
    expect(await service.searchHits(cast.stranger.ctx, 'Hitze')).toEqual([])
  })
})

describe('the interface for programs', () => {
  it('asks, refuses and reads with the same rights as the pages', async () => {
    const path = `/api/v1/sandbox/workspaces/${workspace.id}`
    const asked = await cast.analyst.json('POST', `${path}/queries`, { sql: count })
    expect(await asked.json()).toMatchObject({ state: 'answered', refusal: null, newCells: 0 })
    const refused = await cast.analyst.json('POST', `${path}/queries`, { sql: 'SELECT strasse FROM kinder' })
    expect(await refused.json()).toMatchObject({ state: 'refused', rows: [] })
    const tables = (await (await cast.analyst.json('GET', `${path}/tables`)).json()) as { name: string }[]
    expect(tables.map((table) => table.name)).toContain('kinder')
    expect(JSON.stringify(tables)).not.toContain('"rows"')
    expect((await cast.stranger.json('GET', `${path}/tables`)).status).toBe(403)
    expect((await cast.analyst.json('GET', `${path}/log`)).status).toBe(403)
    const open = (await (await world.anonymous.get('/api/v1/sandbox/releases')).json()) as unknown[]
    expect(open).toEqual([])
  })
})

describe('background work', () => {
  it('ends what a crash left running', async () => {
    const { db } = world.hub.database
    const id = newId()
    await db
      .insertInto('sandbox_query')
      .values({
        id,
        workspace_id: workspace.id,
        organisation_id: cast.university,
        asked_at: new Date(Date.now() - 3_600_000),
        sql: count,
        state: 'running',
        table_ids: [],
        cell_keys: [],
        cells_shown: 0,
        cells_new: 0,
      })
      .execute()
    await cleanUp.run(world.system, {})
    const { query } = await service.getQuery(cast.analyst.ctx, id)
    expect(query).toMatchObject({ state: 'failed', refusal: { code: 'interrupted' } })
  })

  it('leaves rooms of agreements in force alone and closes them the day after the term', async () => {
    await expireRooms.run(inDays(60), {})
    expect((await service.getWorkspace(cast.analyst.ctx, workspace.id)).workspace.state).toBe('open')
    await expireRooms.run(inDays(62), {})
    const { workspace: closed } = await service.getWorkspace(cast.analyst.ctx, workspace.id)
    expect(closed).toMatchObject({ state: 'closed', closeReason: 'expired', agreementId })
    expect(closed.keyDestroyedAt).not.toBeNull()
  })
})
