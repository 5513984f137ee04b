import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import {
  childrenCsv,
  createSandboxCast,
  csvFile,
  childrenRoom,
  signedAgreement,
} from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../test/harness.ts'
import { newId } from '../platform/ids.ts'
import { cellsOf } from './engine/preset.ts'
import { cleanUp, expireRooms } from './jobs.ts'
import type { Workspace } from './model.ts'
import { presetOf } from './protection/model.ts'
import { questionsPerMinute } from './queries/service.ts'
import * as service from './service.ts'
import { inTurn } from './turns/service.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
let agreementId: string
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  const agreement = await signedAgreement(cast)
  agreementId = agreement.id
  workspace = (await childrenRoom(cast, agreement)).workspace
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

  it('turn away the ninth question of one person while eight wait', async () => {
    const { ctx, personId } = await anAnalyst()
    const spender = { workspaceId: workspace.id, personId }
    const over = Promise.withResolvers<void>()
    // The first holds the turn until all others have come, so that none is answered before the last arrives.
    const first = inTurn(world.system, spender, () => over.promise)
    const others = Array.from({ length: 8 }, () =>
      service.runQuery(ctx, { workspaceId: workspace.id, sql: count }),
    )
    await expect(Promise.race(others)).rejects.toMatchObject({ message: 'sandbox/queue-full' })
    over.resolve()
    await first
    const asked = await Promise.allSettled(others)
    expect(asked.filter((one) => one.status === 'rejected')).toHaveLength(1)
  })
})

describe('eight analysts in one room', () => {
  const questions = ['COUNT(*)', 'AVG(gewicht_kg)'].flatMap((figure) =>
    ['stadtteil', 'alter', 'alter_5', 'stadtteil, alter_5'].map(
      (by) => `SELECT ${by}, ${figure} AS n FROM kinder GROUP BY ${by}`,
    ),
  )

  it('get four turns at a time, and nobody a second one before all had a first', async () => {
    let [now, most] = [0, 0]
    const done: string[] = []
    const four = Promise.withResolvers<void>()
    const turn = (personId: string) =>
      inTurn(world.system, { workspaceId: workspace.id, personId }, async () => {
        most = Math.max(most, ++now)
        if (now === 4) four.resolve()
        await four.promise
        await new Promise((later) => setTimeout(later, 60))
        now -= 1
        done.push(personId)
      })
    await Promise.all(['greedy', 'greedy', 'greedy', ...questions].map(turn))
    expect(most).toBe(4)
    expect(done.slice(0, 9).toSorted()).toEqual(['greedy', ...questions].toSorted())
    expect(done.slice(9)).toEqual(['greedy', 'greedy'])
  })

  it('never spend more than a table gives out, however their questions meet', async () => {
    const { db } = world.hub.database
    const people = await Promise.all(questions.map(anAnalyst))
    const first = await service.runQuery(people[0]!.ctx, { workspaceId: workspace.id, sql: count })
    const before = await booked()
    // All but a dozen of the cells that this table gives out are spent already.
    const all = cellsOf({ rows: 1_203, onePerUnit: ['person'] }, presetOf('raised'))
    await db.updateTable('sandbox_query').set({ cells_new: 0 }).execute()
    await db
      .updateTable('sandbox_query')
      .set({ cells_new: all - 12 })
      .where('id', '=', first.id)
      .execute()
    const asked = await Promise.all(
      people.map(({ ctx }, i) => service.runQuery(ctx, { workspaceId: workspace.id, sql: questions[i]! })),
    )
    const spent = asked.reduce((sum, query) => sum + query.cellsNew, 0)
    expect(spent).toBeGreaterThan(0)
    expect(spent).toBeLessThanOrEqual(12)
    expect(asked.some((query) => query.refusal?.code === 'table-budget')).toBe(true)
    expect(await booked()).toBe(before + spent)
    await db.updateTable('sandbox_query').set({ cells_new: 0 }).where('id', '=', first.id).execute()
  })

  async function booked(): Promise<number> {
    const { db } = world.hub.database
    const rows = db.selectFrom('sandbox_cell').where('workspace_id', '=', workspace.id)
    return (await rows.select('cell_key').execute()).length
  }
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
