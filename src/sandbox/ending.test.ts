import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
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
import { withdrawAgreement } from '../cooperation/service.ts'
import type { Agreement } from '../cooperation/model.ts'
import type { Ctx } from '../platform/context.ts'
import { listEntries } from '../transparency/service.ts'
import type { Workspace } from './model.ts'
import type { QueryRecord } from './queries/model.ts'
import * as service from './service.ts'

let world: World
let cast: SandboxCast
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
})
afterAll(() => world.close())

const count = 'SELECT COUNT(*) AS kinder FROM kinder'
const reason = 'Der Zweck hat sich geändert.'

describe('the end of an agreement', () => {
  let agreement: Agreement
  let workspace: Workspace
  let query: QueryRecord
  beforeAll(async () => {
    agreement = await signedAgreement(cast)
    ;({ workspace } = await childrenRoom(cast, agreement))
    query = await service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql: count })
  })

  it('stops questions, uploads and releases when the term has passed', async () => {
    const later = cast.analyst.at(new Date(Date.now() + 90 * 86_400_000))
    const over = { message: 'cooperation/not-in-force' }
    await expect(service.runQuery(later, { workspaceId: workspace.id, sql: count })).rejects.toMatchObject(
      over,
    )
    await expect(
      service.previewQuery(later, { workspaceId: workspace.id, sql: count }),
    ).rejects.toMatchObject(over)
    await expect(
      service.requestRelease(later, { queryId: query.id, context: 'Für die Antwort auf die Frage im Rat.' }),
    ).rejects.toMatchObject(over)
    await expect(
      service.uploadTable(cast.holder.at(new Date(Date.now() + 90 * 86_400_000)), {
        workspaceId: workspace.id,
        name: 'spaet',
        file: csvFile(childrenCsv()),
      }),
    ).rejects.toMatchObject(over)
  })

  it('stops the next question at once and destroys the key for good', async () => {
    const context = 'Für die Antwort auf die Frage im Rat.'
    const released = await service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
    await service.decideRelease(cast.reviewer.ctx, {
      releaseId: released.id,
      organisationId: cast.office,
      decision: 'approve',
    })
    const again = await service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql: `${count} ` })
    const open = await service.requestRelease(cast.analyst.ctx, { queryId: again.id, context })
    const folder = join(world.config.dataDir, 'vaults')
    expect(existsSync(join(folder, 'keys', `${workspace.id}.age`))).toBe(true)
    await withdrawAgreement(cast.holder.ctx, { agreementId: agreement.id, reason })
    await expect(
      service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql: count }),
    ).rejects.toMatchObject({
      message: 'cooperation/not-in-force',
    })
    await world.runJobs()
    expect(existsSync(join(folder, 'keys', `${workspace.id}.age`))).toBe(false)
    expect(readdirSync(join(folder, 'rooms', workspace.id))).toEqual(['destroyed'])
    const told = (await world.mails()).filter((mail) => mail.subject.startsWith('Geschlossen'))
    expect(told.some((mail) => mail.text.includes(`/sandbox/workspaces/${workspace.id}`))).toBe(true)
    await expect(
      service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql: count }),
    ).rejects.toMatchObject({
      message: 'sandbox/workspace-closed',
    })
    const { entries } = await listEntries(world.system, { room: 'sandbox' }, undefined, 200)
    const mine = entries.filter((e) => e.objectId === workspace.id).map((e) => e.event)
    expect(mine).toEqual(expect.arrayContaining(['sandbox.closed', 'sandbox.key-destroyed']))
    const answers = await service.listQueries(cast.analyst.ctx, { workspaceId: workspace.id })
    expect(answers.map((query) => [query.state, query.result])).toEqual([
      ['answered', null],
      ['answered', null],
    ])
    expect((await service.getRelease(cast.analyst.ctx, open.id)).state).toBe('rejected')
    expect((await service.getRelease(world.anonymous.ctx, released.id)).rows).toEqual(query.result!.rows)
    const page = await (await cast.analyst.get(`/sandbox/workspaces/${workspace.id}`)).text()
    expect(page).toContain('Schlüssel zu den Daten wurde')
  })

  it('drops the answer when the agreement is withdrawn while the vault computes', async () => {
    const agreement = await signedAgreement(cast)
    const { workspace } = await childrenRoom(cast, agreement)
    const { ctx } = cast.analyst
    const vaults = ctx.resources.vaults!
    const meanwhile: Ctx = {
      ...ctx,
      resources: {
        ...ctx.resources,
        vaults: {
          ...vaults,
          open: async (id) => {
            const vault = await vaults.open(id)
            await withdrawAgreement(cast.holder.ctx, { agreementId: agreement.id, reason })
            return vault
          },
        },
      },
    }
    await expect(
      service.runQuery(meanwhile, { workspaceId: workspace.id, sql: count }),
    ).rejects.toMatchObject({
      message: 'cooperation/not-in-force',
    })
    const [last] = await service.listQueries(ctx, { workspaceId: workspace.id })
    expect(last).toMatchObject({ state: 'failed', result: null, refusal: { code: 'agreement-ended' } })
    await world.runJobs()
  })

  it('closes twice without harm', async () => {
    const agreement = await signedAgreement(cast)
    await service.openWorkspace(cast.analyst.ctx, { agreementId: agreement.id })
    await service.closeWorkspace(world.system, { agreementId: agreement.id, reason: 'ended' })
    await service.closeWorkspace(world.system, { agreementId: agreement.id, reason: 'ended' })
    const { entries } = await listEntries(world.system, { room: 'sandbox' }, undefined, 200)
    expect(
      entries.filter((e) => e.event === 'sandbox.key-destroyed' && e.details['agreementId'] === agreement.id),
    ).toHaveLength(1)
  })
})
