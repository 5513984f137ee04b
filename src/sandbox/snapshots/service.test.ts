import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../../test/fixtures/sandbox/room.ts'
import {
  childrenCsv,
  createSandboxCast,
  csvFile,
  childrenRoom,
  signedAgreement,
} from '../../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../../test/harness.ts'
import type { Workspace } from '../model.ts'
import * as sandbox from '../service.ts'
import type { SandboxTable } from '../tables/model.ts'
import { runSnapshots } from '../terminal/snapshots.ts'
import { missingColumns, tooSmall } from './model.ts'
import * as service from './service.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
let children: SandboxTable
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  ;({ workspace, children } = await childrenRoom(cast, await signedAgreement(cast)))
})
afterAll(() => world.close())

const [head = '', ...lines] = childrenCsv().split('\n')
/** The children of the first file, less some and with others. */
const later = (less: number, more: number) =>
  csvFile(
    [
      head,
      ...lines.slice(less),
      ...Array.from({ length: more }, (_, i) => `N${i};B${i % 40};Hafen;${i % 10};20,5;Weg 1`),
    ].join('\n'),
  )
const path = () => `/sandbox/tables/${children.id}`
const states = async () => {
  const { table } = await sandbox.getTable(cast.holder.ctx, children.id)
  return (await service.listSnapshots(cast.holder.ctx, table)).map((s) => `${s.number} ${s.state}`)
}
const events = async () => {
  const rows = await world.hub.database.db
    .selectFrom('transparency_entry')
    .select('event')
    .orderBy('seq')
    .execute()
  return rows.map((r) => r.event).filter((e) => e.startsWith('sandbox.snapshot'))
}
const total = async () => {
  const sql = 'SELECT COUNT(*) FROM kinder'
  const asked = await sandbox.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
  return Number(asked.result?.rows[0]?.[0])
}
const keyFiles = () =>
  readdirSync(join(world.config.dataDir, 'vaults', 'keys')).filter((f) => f.includes('kinder'))

describe('snapshots of a table', () => {
  it('the confirmed file is the first, in use', async () => {
    expect(await states()).toEqual(['1 pinned'])
  })

  it('one that differs by a few units is refused, and nothing of it is kept', async () => {
    const few = await service.takeSnapshot(cast.holder.ctx, { tableId: children.id, file: later(3, 0) })
    expect([few.state, few.change?.[0]]).toMatchObject(['refused', { removed: 3, added: 0, changed: 0 }])
    const same = await service.takeSnapshot(cast.holder.ctx, { tableId: children.id, file: later(0, 0) })
    expect([same.state, keyFiles().length]).toEqual(['refused', 1])
    const page = await (await cast.holder.get(path())).text()
    expect(page).toContain('Nötig sind mindestens 20 je Art der Änderung')
    expect(page).toContain('enthält dasselbe wie der Stand in Gebrauch')
  })

  it('one without a used column is refused with the column named', async () => {
    const file = csvFile([head, ...lines].map((l) => l.split(';').toSpliced(2, 1).join(';')).join('\n'))
    const answer = await cast.holder.post(`${path()}/snapshots`, { file })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('stadtteil')
  })

  it('one that differs by enough waits, and the room goes on with the one in use', async () => {
    const answer = await cast.holder.post(`${path()}/snapshots`, { file: later(200, 400) })
    expect(answer.status).toBe(303)
    expect((await states())[0]).toBe('5 held')
    expect(Math.abs((await total()) - 1203)).toBeLessThan(20)
    const page = await (await cast.holder.get(path())).text()
    expect(page).toContain('Annehmen')
    const tasks = await sandbox.deskTasks(cast.holder.ctx)
    expect(tasks.map((task) => task.href)).toEqual([`${path()}#snapshots`])
    expect((await cast.holder.post(`${path()}/snapshots`, { file: later(300, 0) })).status).toBe(409)
  })

  it('only the holder decides: others are refused', async () => {
    for (const user of [cast.analyst, cast.secondHolder, cast.stranger])
      for (const verb of ['pin', 'drop'])
        expect((await user.post(`${path()}/snapshots/5/${verb}`)).status).toBe(403)
    expect((await cast.analyst.post(`${path()}/snapshots`, { file: later(0, 90) })).status).toBe(403)
  })

  it('once accepted the room computes with it, the earlier key is destroyed, analysts get a mail', async () => {
    expect((await cast.holder.post(`${path()}/snapshots/5/pin`)).status).toBe(303)
    expect((await states()).filter((s) => /pinned|retired/.test(s))).toEqual(['5 pinned', '1 retired'])
    expect(Math.abs((await total()) - 1403)).toBeLessThan(20)
    expect(keyFiles()).toHaveLength(1)
    await world.runJobs()
    expect((await world.mails()).at(-1)).toMatchObject({ subject: expect.stringContaining('Neuer Stand') })
    expect((await cast.holder.post(`${path()}/snapshots/5/pin`)).status).toBe(409)
    expect(await events()).toEqual([
      'sandbox.snapshot-refused',
      'sandbox.snapshot-refused',
      'sandbox.snapshot-taken',
      'sandbox.snapshot-pinned',
    ])
  })

  it('programs bring one, see what differs and discard it; unknown numbers are not found', async () => {
    const api = `/api/v1${path()}/snapshots`
    const sent = await cast.holder.post(api, { file: later(0, 0) })
    expect(await sent.json()).toMatchObject({ number: 6, state: 'held', change: [{ unitType: 'person' }] })
    expect((await cast.analyst.json('DELETE', `${api}/6`)).status).toBe(403)
    const left = (await (await cast.holder.json('DELETE', `${api}/6`)).json()) as { state: string }[]
    expect(left[0]).toMatchObject({ number: 6, state: 'retired' })
    expect((await cast.holder.json('POST', `${api}/6/pin`)).status).toBe(409)
    expect((await cast.holder.json('POST', `${api}/0/pin`)).status).toBe(400)
    expect((await cast.holder.post(api, {})).status).toBe(400)
    expect((await cast.holder.post(`${path()}/snapshots/0/drop`)).status).toBe(404)
    expect(keyFiles()).toHaveLength(1)
  })

  it('the command line lists them and settles only what waits, when told so twice', async () => {
    const lines: string[] = []
    const io = { out: (line: string) => lines.push(line), note: () => undefined, json: true }
    const words = [children.id as string]
    expect(await runSnapshots(world.system, { words, options: {} }, io)).toBe(0)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject([
      { number: 6 },
      { number: 5, state: 'pinned' },
      {},
      {},
      {},
      {},
    ])
    expect(await runSnapshots(world.system, { words, options: { pin: '6' } }, io)).toBe(2)
    const twice = { words, options: { pin: '6', yes: true as const } }
    await expect(runSnapshots(world.system, twice, io)).rejects.toMatchObject({
      message: 'sandbox/snapshot-gone',
    })
  })
})

describe('the rule of the smallest change', () => {
  const change = (added: number, removed: number, changed: number) => [
    { unitType: 'person' as const, added, removed, changed, smallest: 1 },
  ]
  it('takes none or enough of each kind', () => {
    expect([change(0, 0, 0), change(20, 0, 0), change(20, 30, 400)].map((c) => tooSmall(c, 20))).toEqual([
      null,
      null,
      null,
    ])
    expect(tooSmall(change(40, 19, 0), 20)).toEqual({ unitType: 'person', kind: 'removed' })
    expect(
      tooSmall([...change(0, 0, 0), { ...change(1, 0, 0)[0]!, unitType: 'household' }], 20)?.unitType,
    ).toBe('household')
  })

  it('wants the used columns in their types', () => {
    const column = (source: string, type: 'text' | 'integer' | 'decimal') => ({ source, type })
    const spec = {
      name: 't',
      columns: [
        { ...column('a', 'text'), name: 'a', role: 'dimension' as const, exact: true, generalisations: [] },
        { ...column('b', 'decimal'), name: 'b', role: 'measure' as const, lower: 0, upper: 1, decimals: 0 },
        { ...column('c', 'text'), name: 'c', role: 'hidden' as const },
      ],
    }
    expect(missingColumns(spec, [column('a', 'integer'), column('b', 'integer')])).toEqual([])
    expect(missingColumns(spec, [column('b', 'text')])).toEqual(['a', 'b'])
  })
})
