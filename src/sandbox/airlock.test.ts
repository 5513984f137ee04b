import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import {
  childrenCsv,
  childrenRoles,
  createSandboxCast,
  csvFile,
  readyRoom,
  signedAgreement,
} from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type World } from '../../test/harness.ts'
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

const byStep =
  'SELECT k.stadtteil, w.stufe, COUNT(*) AS kinder FROM kinder k JOIN waermekarte w ON k.baublock = w.baublock GROUP BY k.stadtteil, w.stufe'
const context = 'Für die Antwort auf die Frage: Anteil kleiner Kinder in heißen Straßen.'
const code = (name: string) => ({ message: `sandbox/${name}` })
const ask = (sql: string) => service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
const request = async (sql: string, more: { notebookId?: string } = {}) =>
  service.requestRelease(cast.analyst.ctx, { queryId: (await ask(sql)).id, context, ...more })
const office = (id: string, decision: 'approve' | 'reject' | 'changes' | 'revoke', reason = '') =>
  service.decideRelease(cast.reviewer.ctx, {
    releaseId: id,
    organisationId: cast.office,
    decision,
    reason,
  })
const works = (id: string, decision: 'approve' | 'reject' | 'changes' | 'revoke', reason = '') =>
  service.decideRelease(cast.secondHolder.ctx, {
    releaseId: id,
    organisationId: cast.works,
    decision,
    reason,
  })
const events = async (id: string) => {
  const { entries } = await listEntries(world.system, { objectType: 'release', objectId: id })
  return entries.map((entry) => entry.event.replace('sandbox.release-', '')).reverse()
}

describe('a standing rule', () => {
  const rule = (maxCells: number) =>
    service.setRule(cast.holder.ctx, { workspaceId: workspace.id, organisationId: cast.office, maxCells })

  it('lets small green tables leave, waits with larger ones, and is revoked', async () => {
    await rule(1)
    const sql = 'SELECT COUNT(*) AS kinder FROM kinder WHERE alter BETWEEN 0 AND 4'
    const small = await request(sql)
    expect(small.checks.filter((check) => check.outcome !== 'passed')).toEqual([])
    expect(small.state).toBe('approved')
    expect(small.decisions).toMatchObject([{ decision: 'approve' }])
    expect(small.decisions[0]!.ruleId).not.toBeNull()
    expect(await service.verifyRelease(world.anonymous.ctx, small.id)).toMatchObject({ register: true })

    await rule(2)
    const large =
      'SELECT stadtteil, COUNT(*) AS kinder FROM kinder WHERE alter BETWEEN 5 AND 9 GROUP BY stadtteil'
    expect((await request(large)).state).toBe('requested')
    await service.endRule(cast.holder.ctx, { workspaceId: workspace.id, organisationId: cast.office })
    const { entries } = await listEntries(world.system, { objectType: 'workspace', objectId: workspace.id })
    expect(entries.map((entry) => entry.event)).toContain('sandbox.rule-ended')
    await expect(
      service.endRule(cast.holder.ctx, { workspaceId: workspace.id, organisationId: cast.office }),
    ).rejects.toMatchObject(code('no-rule'))
  })

  it('is set by holders of the room for themselves only', async () => {
    const input = { workspaceId: workspace.id, organisationId: cast.university, maxCells: 5 }
    await expect(service.setRule(world.system, input)).rejects.toMatchObject(code('not-holder'))
    await expect(
      service.setRule(cast.stranger.ctx, { ...input, organisationId: cast.office }),
    ).rejects.toMatchObject({ message: 'general/forbidden' })
  })
})

describe('a request for release', () => {
  it('comes back with wishes, is sent again, loses figures, leaves as a package that can be checked', async () => {
    const people = world.hub.database.db.updateTable('identity_user').set({ locale: 'en' })
    await people.where('id', '=', cast.analyst.personId).execute()
    const page = await service.startNotebook(cast.analyst.ctx, {
      workspaceId: workspace.id,
      title: 'Wie gezählt wurde',
    })
    const { id } = await request(byStep, { notebookId: page.id })
    expect((await office(id, 'approve')).state).toBe('requested')
    expect((await works(id, 'changes', 'Bitte schreiben Sie dazu, für wen.')).state).toBe('changes')
    // In the language of the person who reads, with the page in that language.
    const mails = await world.mails()
    const asked = mails.findLast((mail) => mail.subject.startsWith('Bitte prüfen'))
    expect(asked?.text).toContain(`\n${world.config.url}/sandbox/releases/${id}`)
    expect(asked?.text).toContain(context)
    const changes = mails.findLast((mail) => mail.subject.startsWith('Please change'))
    expect(changes?.text).toContain(`\n${world.config.url}/en/sandbox/releases/${id}`)
    expect((await service.deskTasks(cast.analyst.ctx)).map((task) => task.href)).toContain(
      `/sandbox/releases/${id}`,
    )
    await expect(office(id, 'approve')).rejects.toMatchObject(code('already-decided'))

    const sent = { releaseId: id, context: `${context} Für den Rat.`, notebookId: '' }
    const again = await service.reviseRelease(cast.analyst.ctx, sent)
    expect(again).toMatchObject({ state: 'requested', round: 2, notebook: { title: 'Wie gezählt wurde' } })
    // The yes to the first version does not count for the second.
    expect((await works(id, 'approve')).state).toBe('requested')

    const before = (await service.getRelease(cast.reviewer.ctx, id)).rows
    const row = before.findIndex((each) => each[2] !== null)
    const cells = [
      { row, column: 2 },
      { row, column: 0 },
    ]
    const rows = { from: 0, to: before.length }
    const blank = { releaseId: id, organisationId: cast.office, rows, cells, columns: [] }
    const redacted = await service.redactRelease(cast.reviewer.ctx, blank)
    expect(redacted.rows[row]).toEqual([before[row]![0], before[row]![1], null])
    const all = { ...blank, columns: [2] }
    await expect(service.redactRelease(cast.reviewer.ctx, all)).rejects.toMatchObject(code('nothing-left'))

    expect((await office(id, 'approve')).state).toBe('approved')
    const { sealed } = await service.packageOf(world.anonymous.ctx, id)
    expect(sealed.result.rows[row]![2]).toBeNull()
    expect(sealed.redacted).toEqual([[row, 2]])
    expect(sealed.answerSha256).toBeUndefined()
    expect(await service.verifyRelease(world.anonymous.ctx, id)).toEqual({
      package: true,
      table: true,
      register: true,
      redacted: true,
    })
    const publicly = await service.getRelease(world.anonymous.ctx, id)
    expect(publicly).toMatchObject({ notebook: null, rounds: [] })
    expect(await events(id)).toEqual(
      'requested decided decided revised decided redacted decided approved'.split(' '),
    )
  })

  it('shows what was blanked, and gives table and package only once released', async () => {
    const [release] = await service.listReleases(world.anonymous.ctx, { state: 'approved' })
    const html = await (await world.anonymous.get(`/sandbox/releases/${release!.id}`)).text()
    for (const words of ['geschwärzt', 'Nachgerechnet', 'table.csv', 'package.json'])
      expect(html).toContain(words)
    const csv = await (await world.anonymous.get(`/sandbox/releases/${release!.id}/table.csv`)).text()
    expect(csv.split('\r\n')[0]).toBe('stadtteil;stufe;kinder')
    const { id } = await request('SELECT alter, COUNT(*) AS kinder FROM kinder GROUP BY alter')
    for (const user of [world.anonymous, cast.analyst, cast.reviewer]) {
      expect((await user.get(`/sandbox/releases/${id}/table.csv`)).status).toBe(404)
    }
    const redact = await (await cast.reviewer.get(`/sandbox/releases/${id}/redact`)).text()
    expect(redact).toContain('name="cell"')
    expect((await cast.analyst.get(`/sandbox/releases/${id}/redact`)).status).toBe(403)
    await office(id, 'approve')
  })

  it('is taken back by those who asked, and a yes by those who gave it, until all have agreed', async () => {
    const { id } = await request(
      'SELECT w.stufe, COUNT(*) AS kinder FROM kinder k JOIN waermekarte w ON k.baublock = w.baublock GROUP BY w.stufe',
    )
    await office(id, 'approve')
    expect((await office(id, 'revoke')).state).toBe('requested')
    await expect(office(id, 'revoke')).rejects.toMatchObject(code('already-decided'))
    expect((await works(id, 'approve')).state).toBe('requested')
    const gone = await service.withdrawRelease(cast.analyst.ctx, id)
    expect(gone.state).toBe('withdrawn')
    await expect(office(id, 'approve')).rejects.toMatchObject(code('already-decided'))
    await expect(service.withdrawRelease(cast.analyst.ctx, id)).rejects.toMatchObject(code('already-decided'))
    expect(await service.requestRelease(cast.analyst.ctx, { queryId: gone.queryId, context })).toMatchObject({
      state: 'requested',
    })
  })
})

describe('comparison with what has left', () => {
  const byDistrict = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'

  it('asks people about a total that leaves a small rest beside its parts', async () => {
    // Steinbruch has three children: hidden among the districts, inside the total.
    const parts = await request(byDistrict)
    await office(parts.id, 'approve')
    const total = await request('SELECT COUNT(*) AS kinder FROM kinder')
    const check = total.checks.find((each) => each.id === 'differencing')
    expect(check).toMatchObject({ outcome: 'review', figures: { close: 0 } })
    expect(check!.figures['rests']).toBeGreaterThan(0)
  })

  it('blocks tables of another room whose groups differ from released ones by a few units, of medians too', async () => {
    const agreement = await signedAgreement(cast)
    const other = await service.openWorkspace(cast.analyst.ctx, { agreementId: agreement.id })
    const lines = childrenCsv().split('\n')
    const table = await service.uploadTable(cast.holder.ctx, {
      workspaceId: other.id,
      name: 'kinder',
      entryId: cast.officeEntry,
      file: csvFile([lines[0], ...lines.slice(4)].join('\n')),
    })
    const columns = childrenRoles.map((role) => (role.role === 'measure' ? { ...role, bins: 5 } : role))
    await service.confirmRoles(cast.holder.ctx, { tableId: table.id, columns })
    const median = 'SELECT stadtteil, median(gewicht_kg) AS mitte FROM kinder GROUP BY stadtteil'
    for (const sql of [byDistrict, median]) {
      const query = await service.runQuery(cast.analyst.ctx, { workspaceId: other.id, sql })
      expect(query.cellsShown).toBeGreaterThan(3)
      const leaving = service.requestRelease(cast.analyst.ctx, { queryId: query.id, context })
      await expect(leaving).rejects.toMatchObject(code('checks-failed'))
    }
  })
})
