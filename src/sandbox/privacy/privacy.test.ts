import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../../test/fixtures/sandbox/room.ts'
import {
  childrenCsv,
  childrenRoles,
  createSandboxCast,
  csvFile,
  signedAgreement,
} from '../../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../../test/harness.ts'
import { listEntries } from '../../transparency/service.ts'
import { loadRoom } from '../access/service.ts'
import type { Workspace } from '../model.ts'
import type { QueryRecord } from '../queries/model.ts'
import * as sandbox from '../service.ts'
import { limitPrivacy, listAccounts } from './account-service.ts'
import { privacyOf, settlePrivacy } from './service.ts'
import { costsOf } from './store.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
let second: Workspace
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  workspace = await roomOf('Erste Frage')
  second = await roomOf('Zweite Frage')
})
afterAll(() => world.close())

/** An open workspace with the children's table. */
async function roomOf(title: string): Promise<Workspace> {
  const agreement = await signedAgreement(cast, { title })
  const room = await sandbox.openWorkspace(cast.analyst.ctx, { agreementId: agreement.id })
  const file = csvFile(childrenCsv())
  const upload = { workspaceId: room.id, name: 'kinder', entryId: cast.officeEntry, file }
  const { id: tableId } = await sandbox.uploadTable(cast.holder.ctx, upload)
  await sandbox.confirmRoles(cast.holder.ctx, { tableId, columns: childrenRoles })
  return room
}

const setting = { rhoLimit: 0.04, personLimit: 0.03, groupsPerUnit: 2, rowsPerUnit: 2 }
const settle = (change: Partial<typeof setting> & { workspaceId?: string } = {}) =>
  settlePrivacy(cast.holder.ctx, { workspaceId: workspace.id, ...setting, ...change })
const byDistrict = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'
const ask = (sql: string, precision?: string, user = cast.analyst) =>
  sandbox.runQuery(user.ctx, { workspaceId: workspace.id, sql, ...(precision ? { precision } : {}) })
const outcome = (query: QueryRecord) =>
  query.refusal ? (query.refusal.construct ?? query.refusal.code) : 'answered'
const privacy = async () => (await privacyOf(cast.analyst.ctx, await loadRoom(world.system, workspace.id)))!
const rho = async (id: string) => (await costsOf(world.system.db, [id])).get(id)?.rho

describe('a workspace under differential privacy', () => {
  it('is settled by a holder before the first question, and by nobody else', async () => {
    await expect(settlePrivacy(cast.analyst.ctx, { workspaceId: workspace.id, ...setting })).rejects.toThrow(
      'general/forbidden',
    )
    await expect(settlePrivacy(cast.stranger.ctx, { workspaceId: workspace.id, ...setting })).rejects.toThrow(
      'general/forbidden',
    )
    expect((await settle()).setting.rhoLimit).toBe(40_000_000n)
    const entries = (await listEntries(world.system, { room: 'sandbox' }, undefined, 50)).entries
    expect(entries.some((e) => e.event === 'sandbox.privacy-chosen')).toBe(true)
  })

  it('keeps to the strictest of several holders', async () => {
    await settlePrivacy(cast.secondHolder.ctx, {
      workspaceId: workspace.id,
      ...setting,
      rhoLimit: 0.5,
      personLimit: 0.02,
    })
    const found = await privacy()
    expect(found.setting).toMatchObject({ rhoLimit: 40_000_000n, personLimit: 20_000_000n })
    expect(found.decisions).toHaveLength(2)
  })

  it('tells the cost before it is asked, without booking', async () => {
    const preview = await sandbox.previewQuery(cast.analyst.ctx, {
      workspaceId: workspace.id,
      sql: byDistrict,
    })
    expect(preview).toMatchObject({ admissible: true, privacy: { rho: 0.01, figures: 1, repeated: false } })
    expect((await privacy()).spent.rho).toBe(0n)
  })

  it('answers with noise for every registered district and books the cost', async () => {
    const query = await ask(byDistrict)
    expect(query.refusal).toBeNull()
    expect(query.result!.rows.map((r) => r[0])).toEqual([
      'Altstadt',
      'Hafen',
      'Weststadt',
      'Nordhang',
      'Steinbruch',
    ])
    expect(query.result!.sd?.[0]?.[1]).toBeCloseTo(7.07, 1)
    expect(await rho(query.id)).toBe(10_000_000n)
    expect((await privacy()).mine).toBe(10_000_000n)
  })

  it('gives the stored answer for the same question, free, to others too', async () => {
    const first = await ask(byDistrict)
    const colleague = await world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })
    const again = await ask(
      'SELECT k.stadtteil AS s, COUNT(*) FROM kinder k GROUP BY k.stadtteil',
      'coarse',
      colleague,
    )
    expect(again.result!.rows).toEqual(first.result!.rows)
    expect(await rho(again.id)).toBe(0n)
    expect((await privacy()).spent.rho).toBe(10_000_000n)
  })

  it('books a question that the vault could not answer, and gives nothing back', async () => {
    const before = (await privacy()).spent.rho
    const vaults = cast.analyst.ctx.resources.vaults!
    const broken = {
      ...vaults,
      open: () => Promise.reject(Object.assign(new Error('failed'), { name: 'VaultError' })),
    }
    const ctx = { ...cast.analyst.ctx, resources: { ...cast.analyst.ctx.resources, vaults: broken } }
    const query = await sandbox.runQuery(ctx, {
      workspaceId: workspace.id,
      sql: 'SELECT COUNT(*) FROM kinder',
      precision: 'coarse',
    })
    expect(query.refusal?.code).toBe('vault')
    expect(await rho(query.id)).toBe(2_000_000n)
    expect((await privacy()).spent.rho).toBe(before + 2_000_000n)
    await expect(
      world.system.db.deleteFrom('sandbox_privacy_cost').where('query_id', '=', query.id).execute(),
    ).rejects.toThrow('what was spent stays spent')
  })

  it('refuses what the own share, then what the room no longer has, and books nothing for it', async () => {
    const query = await ask('SELECT AVG(gewicht_kg) FROM kinder')
    expect(query.refusal).toMatchObject({ code: 'privacy-budget', construct: 'person' })
    const other = await world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })
    expect((await ask('SELECT AVG(gewicht_kg) FROM kinder', 'usual', other)).refusal).toBeNull()
    const third = await world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })
    expect((await ask('SELECT SUM(gewicht_kg) FROM kinder', 'usual', third)).refusal).toBeNull()
    const fourth = await world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })
    const late = await ask('SELECT alter, COUNT(*) FROM kinder GROUP BY alter', 'usual', fourth)
    expect(late.refusal).toMatchObject({ construct: 'project' })
    expect(await rho(late.id)).toBeUndefined()
  })

  it('never overspends when several ask at once', async () => {
    await settle({ rhoLimit: 0.05 })
    await settlePrivacy(cast.secondHolder.ctx, {
      workspaceId: workspace.id,
      ...setting,
      rhoLimit: 0.05,
      personLimit: 0.05,
    })
    await settle({ rhoLimit: 0.05, personLimit: 0.05 })
    const people = await Promise.all(
      [1, 2, 3, 4].map(() => world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })),
    )
    const questions = [
      'SELECT stadtteil, SUM(gewicht_kg) FROM kinder GROUP BY stadtteil',
      'SELECT alter, COUNT(*) FROM kinder GROUP BY alter',
      'SELECT stadtteil, SUM(gewicht_kg) FROM kinder WHERE alter <= 4 GROUP BY stadtteil',
      'SELECT stadtteil, COUNT(*) FROM kinder WHERE alter <= 4 GROUP BY stadtteil',
    ]
    const answers = await Promise.all(people.map((p, i) => ask(questions[i]!, 'usual', p)))
    const { spent } = await privacy()
    expect(spent.rho).toBeLessThanOrEqual(50_000_000n)
    expect(answers.map(outcome).sort()).toEqual(['answered', 'project', 'project', 'project'])
  })
})

describe("the holder's lifetime account", () => {
  it('counts every workspace and is hers alone to read and to raise', async () => {
    const [account] = await listAccounts(cast.holder.ctx, cast.office)
    expect(account).toMatchObject({ unitType: 'person', limit: 1_000_000_000n })
    expect(account!.spent.rho).toBe((await privacy()).spent.rho)
    await expect(listAccounts(cast.secondHolder.ctx, cast.office)).rejects.toThrow('general/forbidden')
    await expect(listAccounts(cast.analyst.ctx, cast.office)).rejects.toThrow('general/forbidden')
    expect(await listAccounts(cast.secondHolder.ctx, cast.works)).toEqual([])
  })

  it('stops every workspace when it is spent, until she raises it in public', async () => {
    const reason = 'Für die Fragen dieses Jahres reicht es sonst nicht.'
    const limit = { organisationId: cast.office, unitType: 'person' as const, reason }
    await expect(limitPrivacy(cast.holder.ctx, { ...limit, rhoLimit: 0.01 })).rejects.toThrow(
      'limit-below-spent',
    )
    const spent = Number((await privacy()).spent.rho) / 1e9
    await limitPrivacy(cast.holder.ctx, { ...limit, rhoLimit: spent })
    await settle({ workspaceId: second.id })
    const asked = { workspaceId: second.id, sql: byDistrict }
    expect((await sandbox.runQuery(cast.analyst.ctx, asked)).refusal).toMatchObject({ construct: 'holder' })
    await limitPrivacy(cast.holder.ctx, { ...limit, rhoLimit: 1 })
    expect((await sandbox.runQuery(cast.analyst.ctx, asked)).refusal).toBeNull()
    const { entries } = await listEntries(world.system, { room: 'sandbox' }, undefined, 100)
    const raised = entries.find((e) => e.event === 'sandbox.privacy-limit-raised')
    expect(raised?.details).toMatchObject({ to: 1, reason })
  })

  it('never overspends when two workspaces ask at once', async () => {
    const rooms = [workspace, second]
    await settle({ rhoLimit: 0.5, personLimit: 0.5 })
    await settlePrivacy(cast.secondHolder.ctx, { workspaceId: workspace.id, ...setting, rhoLimit: 0.5 })
    const [account] = await listAccounts(cast.holder.ctx, cast.office)
    const rest = Number(account!.spent.rho + 10_000_000n) / 1e9
    const reason = 'Nur noch eine einzige Frage ist in diesem Jahr erlaubt.'
    await limitPrivacy(cast.holder.ctx, {
      organisationId: cast.office,
      unitType: 'person',
      rhoLimit: rest,
      reason,
    })
    const people = await Promise.all(
      rooms.map(() => world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })),
    )
    const answers = await Promise.all(
      rooms.map((room, i) =>
        sandbox.runQuery(people[i]!.ctx, {
          workspaceId: room.id,
          sql: 'SELECT COUNT(*) FROM kinder WHERE alter <= 4',
        }),
      ),
    )
    expect(answers.map((a) => outcome(a)).sort()).toEqual(['answered', 'holder'])
  })
})

describe('a workspace in the standard mode', () => {
  it('stays so once anything was asked', async () => {
    const agreement = await signedAgreement(cast, { title: 'Dritte Frage' })
    const { id } = await sandbox.openWorkspace(cast.analyst.ctx, { agreementId: agreement.id })
    await sandbox.runQuery(cast.analyst.ctx, { workspaceId: id, sql: byDistrict })
    await expect(settle({ workspaceId: id })).rejects.toThrow('privacy-too-late')
    expect(await privacyOf(cast.analyst.ctx, await loadRoom(world.system, id))).toBeNull()
  })
})

describe('a person who leaves', () => {
  it('is no longer behind the decisions, which stay', async () => {
    const { personalData } = sandbox
    await personalData.erase?.(world.system, cast.holder.personId)
    const rows = await world.system.db.selectFrom('sandbox_privacy').selectAll().execute()
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.filter((r) => r.decided_by === cast.holder.personId)).toEqual([])
  })
})
