import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import { createSandboxCast, readyRoom, signedAgreement } from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../test/harness.ts'
import { getQuestion } from '../questions/service.ts'
import { listEntries } from '../transparency/service.ts'
import type { Workspace } from './model.ts'
import * as service from './service.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  workspace = (await readyRoom(cast, await signedAgreement(cast))).workspace
})
afterAll(() => world.close())

const ask = (sql: string) => service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
const byDistrict = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'
const joined =
  'SELECT k.stadtteil, w.stufe, COUNT(*) AS kinder FROM kinder k JOIN waermekarte w ON k.baublock = w.baublock GROUP BY k.stadtteil, w.stufe'
const context = 'Für die Antwort auf die Frage: Anteil kleiner Kinder in heißen Straßen.'
const code = (name: string) => ({ message: `sandbox/${name}` })

describe('asking', () => {
  it('moves the question to analysing with the first confirmed table', async () => {
    expect((await getQuestion(world.system, cast.questionId)).state).toBe('analysing')
  })

  it('answers with protected figures near the truth and hides what stands for too few', async () => {
    const query = await ask(byDistrict)
    expect(query.refusal).toBeNull()
    const figures = new Map(query.result!.rows.map((row) => [row[0], row[1]]))
    for (const name of ['Altstadt', 'Hafen', 'Weststadt', 'Nordhang']) {
      expect(Math.abs(Number(figures.get(name)) - 300)).toBeLessThanOrEqual(10)
    }
    expect(figures.get('Steinbruch')).toBeNull()
    expect(query.cellsNew).toBeGreaterThan(0)
  })

  it('charges nothing for the same question and gives the same answer', async () => {
    const first = await ask(byDistrict)
    const again = await ask(byDistrict)
    expect(again.cellsNew).toBe(0)
    expect(again.resultSha256).toBe(first.resultSha256)
    expect(again.result).toEqual(first.result)
  })

  it('refuses a hidden column by its name, keeps the text and shows the way', async () => {
    const sql = 'SELECT strasse, COUNT(*) FROM kinder GROUP BY strasse'
    const query = await ask(sql)
    expect(query).toMatchObject({
      state: 'refused',
      refusal: { code: 'hidden-column' },
      result: null,
      cellsNew: 0,
    })
    const page = await (await cast.analyst.get(`/sandbox/queries/${query.id}`)).text()
    expect(page).toContain('nicht freigegeben')
    expect(page).toContain(sql)
  })

  it('refuses what would show single rows and never quotes values', async () => {
    for (const sql of [
      'SELECT * FROM kinder',
      "SELECT kind_id FROM kinder WHERE kind_id = 'K17'",
      'DROP TABLE kinder',
      'SELECT',
    ]) {
      const query = await ask(sql)
      expect(query.state).toBe('refused')
      expect(JSON.stringify(query.refusal)).not.toContain('K17')
    }
  })

  it('checks without computing, recording or spending', async () => {
    const before = await service.listQueries(cast.analyst.ctx, { workspaceId: workspace.id, limit: 200 })
    const preview = await service.previewQuery(cast.analyst.ctx, {
      workspaceId: workspace.id,
      sql: byDistrict,
    })
    expect(preview).toMatchObject({ admissible: true, cellsAtMost: 5, outer: false })
    expect(
      await service.listQueries(cast.analyst.ctx, { workspaceId: workspace.id, limit: 200 }),
    ).toHaveLength(before.length)
  })

  it('answers the form for people without SQL and shows its SQL', async () => {
    const answer = await cast.analyst.post(`/sandbox/workspaces/${workspace.id}/ask`, {
      measure: 'units:kinder:person',
      by: 'kinder.stadtteil',
      only: 'kinder.alter',
      value: '0 bis 4',
      do: 'run',
    })
    expect(answer.status).toBe(303)
    const page = await (await cast.analyst.get(answer.headers.get('location')!)).text()
    expect(page).toContain('Diese Zahlen sind geschützt')
    expect(page).toContain('Altstadt')
    expect(page).toContain('BETWEEN')
  })

  it('gives the log with every text and refusal to holders and reviewers, without answers', async () => {
    const { queries } = await service.readLog(cast.reviewer.ctx, { workspaceId: workspace.id })
    expect(queries.some((q) => q.refusal?.code === 'hidden-column')).toBe(true)
    expect(queries.some((q) => q.sql === byDistrict)).toBe(true)
    expect(queries.every((q) => q.result === null)).toBe(true)
  })

  it('puts questions and refusals on the register without text and values', async () => {
    const { entries } = await listEntries(world.system, { room: 'sandbox' }, undefined, 200)
    const events = entries.map((e) => e.event)
    expect(events).toEqual(
      expect.arrayContaining([
        'sandbox.opened',
        'sandbox.uploaded',
        'sandbox.roles-confirmed',
        'sandbox.asked',
        'sandbox.refused',
      ]),
    )
    const text = JSON.stringify(entries)
    for (const secret of ['SELECT', 'Altstadt', 'strasse', cast.analyst.personId])
      expect(text).not.toContain(secret)
  })
})

describe('releasing', () => {
  it('leaves only after every affected holder agreed, and then never changes', async () => {
    const query = await ask(joined)
    const release = await service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
    expect(release).toMatchObject({ state: 'requested' })
    expect([...release.affected].sort()).toEqual([cast.office, cast.works].sort())
    expect((await world.mails()).some((m) => m.subject.includes('Bitte prüfen'))).toBe(true)
    expect(await service.listToDecide(cast.reviewer.ctx)).toHaveLength(1)
    await expect(service.getRelease(world.anonymous.ctx, release.id)).rejects.toMatchObject({
      message: 'general/sign-in',
    })

    const yes = { releaseId: release.id, decision: 'approve' as const }
    const first = await service.decideRelease(cast.reviewer.ctx, { ...yes, organisationId: cast.office })
    expect(first.state).toBe('requested')
    await expect(
      service.decideRelease(cast.holder.ctx, { ...yes, organisationId: cast.office }),
    ).rejects.toMatchObject(code('already-decided'))
    const last = await service.decideRelease(cast.secondHolder.ctx, { ...yes, organisationId: cast.works })
    expect(last).toMatchObject({
      state: 'approved',
      resultSha256: query.resultSha256,
      policyVersion: query.presetVersion,
    })
    expect(last.packageSha256).toMatch(/^[0-9a-f]{64}$/)

    const publicly = await service.getRelease(world.anonymous.ctx, release.id)
    expect(publicly.rows).toEqual(query.result!.rows)
    const { db } = world.hub.database
    await expect(
      db.updateTable('sandbox_release').set({ context: 'anders' }).where('id', '=', release.id).execute(),
    ).rejects.toThrow('does not change')
    await expect(
      db.deleteFrom('sandbox_decision').where('release_id', '=', release.id).execute(),
    ).rejects.toThrow('kept')
  })

  it('ends with one reasoned rejection and can then be requested again', async () => {
    const query = await ask('SELECT alter, COUNT(*) AS kinder FROM kinder GROUP BY alter')
    const release = await service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
    await expect(
      service.requestRelease(cast.analyst.ctx, { queryId: query.id, context }),
    ).rejects.toMatchObject(code('already-requested'))
    const no = await cast.reviewer.post(`/sandbox/releases/${release.id}/decisions`, {
      organisationId: cast.office,
      decision: 'reject',
    })
    expect(no.status).toBe(422)
    expect(await no.text()).toContain('Bitte begründen Sie')
    const rejected = await service.decideRelease(cast.reviewer.ctx, {
      releaseId: release.id,
      organisationId: cast.office,
      decision: 'reject',
      reason: 'Bitte nach Stufen von fünf Jahren.',
    })
    expect(rejected.state).toBe('rejected')
    const again = await service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
    expect(again.state).toBe('requested')
    // A second table beside the one that has left already is put before the reviewers.
    expect(again.checks.find((c) => c.id === 'differencing')?.outcome).toBe('review')
  })

  it('refuses a release for a refused question, a decision by others and an empty sentence', async () => {
    const refused = await ask('SELECT strasse, COUNT(*) FROM kinder GROUP BY strasse')
    await expect(
      service.requestRelease(cast.analyst.ctx, { queryId: refused.id, context }),
    ).rejects.toMatchObject(code('not-answered'))
    const query = await ask(byDistrict)
    const short = await cast.analyst.post(`/sandbox/queries/${query.id}/release`, { context: 'kurz' })
    expect(short.status).toBe(422)
    const release = await service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
    const approve = { releaseId: release.id, decision: 'approve' as const }
    await expect(
      service.decideRelease(cast.stranger.ctx, { ...approve, organisationId: cast.office }),
    ).rejects.toMatchObject({
      message: 'general/forbidden',
    })
    // The works are a holder of the room, but nothing of theirs is in this table.
    await expect(
      service.decideRelease(cast.secondHolder.ctx, { ...approve, organisationId: cast.works }),
    ).rejects.toMatchObject(code('not-affected'))
  })

  it('lets nobody decide about an own request', async () => {
    const both = await world.person({
      roles: [
        { role: 'analyst', organisationId: cast.university },
        { role: 'reviewer', organisationId: cast.office },
      ],
    })
    const query = await service.runQuery(both.ctx, {
      workspaceId: workspace.id,
      sql: 'SELECT COUNT(*) AS kinder FROM kinder',
    })
    const release = await service.requestRelease(both.ctx, { queryId: query.id, context })
    await expect(
      service.decideRelease(both.ctx, {
        releaseId: release.id,
        organisationId: cast.office,
        decision: 'approve',
      }),
    ).rejects.toMatchObject(code('own-request'))
  })
})

describe('what is kept about a person', () => {
  it('is exported to her and cut from the record on erasure', async () => {
    const copy = await service.personalData.export(world.system, cast.analyst.personId)
    expect((copy['queries'] as unknown[]).length).toBeGreaterThan(3)
    await service.personalData.erase!(world.system, cast.analyst.personId)
    const after = await service.personalData.export(world.system, cast.analyst.personId)
    expect(after).toEqual({ queries: [], releases: [], saved: [], notebooks: [] })
    const page = await (await cast.reviewer.get(`/sandbox/workspaces/${workspace.id}/log`)).text()
    expect(page).toContain('gelöschtes Konto')
  })
})
