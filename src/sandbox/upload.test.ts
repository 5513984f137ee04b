import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import {
  childrenCsv,
  childrenRoles,
  createSandboxCast,
  csvFile,
  signedAgreement,
} from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../test/harness.ts'
import type { Workspace } from './model.ts'
import * as service from './service.ts'

const limit = 256 * 1024
let world: World
let cast: SandboxCast
let workspace: Workspace
let path: string
beforeAll(async () => {
  world = await createWorld({ config: { uploadLimitBytes: limit } })
  cast = await createSandboxCast(world)
  const agreement = await signedAgreement(cast)
  workspace = await service.openWorkspace(cast.holder.ctx, { agreementId: agreement.id })
  path = `/sandbox/workspaces/${workspace.id}/upload`
})
afterAll(() => world.close())

const fields = (name: string, file: File) => ({
  name,
  file,
  organisationId: cast.office,
  entryId: cast.officeEntry,
})
const rows = () => world.hub.database.db.selectFrom('sandbox_table').selectAll().execute()
function filesInVault(): string[] {
  const folder = join(world.config.dataDir, 'vaults', 'rooms', workspace.id)
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []
}

describe('an upload', () => {
  it('of 2 GiB is refused by its announced length before a byte is read', async () => {
    const answer = await cast.holder.post(path, fields('gross', csvFile('a;b\n1;2')), {
      'content-length': String(2 ** 31),
    })
    expect(answer.status).toBe(413)
    expect(await answer.text()).toContain('Die Datei ist zu groß')
    expect(await rows()).toHaveLength(0)
  })

  it('that turns out larger than announced is cut off, and nothing is left', async () => {
    const answer = await cast.holder.post(path, fields('gross', csvFile(`a;b\n${'1;2\n'.repeat(limit)}`)))
    expect(answer.status).toBe(413)
    expect(await rows()).toHaveLength(0)
    expect(filesInVault().filter((f) => f.includes('kept/'))).toEqual([])
  })

  it('that is no table is refused and not kept', async () => {
    const noise = new File([new Uint8Array(3000).map((_, i) => (i * 7919) % 256)], 'bild.csv')
    const answer = await cast.holder.post(path, fields('bild', noise))
    expect(answer.status).toBe(422)
    expect(await rows()).toMatchObject([{ name: 'bild', state: 'failed', spec: null }])
    expect(filesInVault().filter((f) => f.includes('kept/'))).toEqual([])
  })

  it('of 501 columns is refused with the reason', async () => {
    const columns = Array.from({ length: 501 }, (_, i) => `spalte${i}`)
    const wide = [columns, ...Array.from({ length: 3 }, () => columns.map((_, i) => i))]
    const file = csvFile(wide.map((row) => row.join(';')).join('\n'))
    const answer = await cast.holder.post(path, fields('breit', file))
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('mehr als 500 Spalten; möglich sind 500')
    expect((await rows()).find((row) => row.name === 'breit')).toMatchObject({ state: 'failed' })
  })

  it('with a name that is markup shows the form again with the field named', async () => {
    const answer = await cast.holder.post(path, fields('<script>alert(1)</script>', csvFile(childrenCsv())))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Nur kleine Buchstaben')
    expect(page).not.toContain('<script>alert')
  })

  it('for another organisation or a dataset outside the agreement is refused', async () => {
    const file = csvFile('a;b\n1;2')
    const foreign = await cast.holder.post(path, {
      ...fields('fremd', file),
      organisationId: cast.works,
      entryId: cast.worksEntry,
    })
    expect(foreign.status).toBe(403)
    const outside = await cast.holder.post(path, { ...fields('fremd', file), entryId: crypto.randomUUID() })
    expect(outside.status).toBe(403)
    expect((await cast.stranger.post(path, fields('fremd', file))).status).toBe(403)
    expect((await cast.analyst.post(path, fields('fremd', file))).status).toBe(403)
  })

  it('cannot be asked until its roles are confirmed, and refuses forged roles', async () => {
    const sent = await cast.holder.post(path, fields('kinder', csvFile(childrenCsv())))
    expect(sent.status).toBe(303)
    const rolesPath = sent.headers.get('location')!
    const early = await service.runQuery(cast.analyst.ctx, {
      workspaceId: workspace.id,
      sql: 'SELECT COUNT(*) FROM kinder',
    })
    expect(early).toMatchObject({ state: 'refused', refusal: { code: 'no-tables' } })
    const forged = await cast.holder.post(rolesPath, { 'c0.name': 'kind_id', 'c0.role': 'admin' })
    expect(forged.status).toBe(422)
    const unbounded = await cast.holder.post(rolesPath, { 'c0.name': 'gewicht_kg', 'c0.role': 'measure' })
    expect(unbounded.status).toBe(422)
    expect(await unbounded.text()).toContain('braucht eine untere und eine obere Grenze')
    expect(
      (await cast.secondHolder.post(rolesPath, { 'c0.name': 'kind_id', 'c0.role': 'unit' })).status,
    ).toBe(403)
    const form = Object.fromEntries(
      childrenRoles.flatMap((column, i) =>
        Object.entries(column).map(([key, value]) => [
          `c${i}.${key}`,
          Array.isArray(value) ? value.join('\n') : String(value),
        ]),
      ),
    )
    const done = await cast.holder.post(rolesPath, { ...form, 'c3.exact': 'on', 'c2.exact': 'on' })
    expect(done.status).toBe(303)
    const asked = await service.runQuery(cast.analyst.ctx, {
      workspaceId: workspace.id,
      sql: 'SELECT COUNT(*) FROM kinder',
    })
    expect(asked.state).toBe('answered')
    // The plain file is gone from the vault: only the sealed table is kept.
    expect(filesInVault().filter((f) => f.includes('kept/'))).toEqual([])
  })

  it('under a name that is taken is refused', async () => {
    const again = await cast.holder.post(path, fields('kinder', csvFile(childrenCsv())))
    expect(again.status).toBe(409)
  })

  it('can be taken out by its holder at any time; later questions are refused', async () => {
    const [table] = (await rows()).filter((r) => r.state === 'confirmed')
    expect((await cast.analyst.post(`/sandbox/tables/${table!.id}/remove`)).status).toBe(403)
    expect((await cast.holder.post(`/sandbox/tables/${table!.id}/remove`)).status).toBe(303)
    const asked = await service.runQuery(cast.analyst.ctx, {
      workspaceId: workspace.id,
      sql: 'SELECT COUNT(*) FROM kinder',
    })
    expect(asked.state).toBe('refused')
  })
})
