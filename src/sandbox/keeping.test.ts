import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishDataset } from '../catalogue/service.ts'
import type { SandboxCast } from '../../test/fixtures/sandbox/room.ts'
import { createSandboxCast, readyRoom, signedAgreement } from '../../test/fixtures/sandbox/room.ts'
import { createWorld, type User, type World } from '../../test/harness.ts'
import type { RefusalCode } from './engine/refusal.ts'
import { german } from './engine/texts-german.ts'
import type { Workspace } from './model.ts'
import { refusalText } from './queries/problems.ts'
import * as service from './service.ts'
import { inTurn } from './turns/service.ts'
import { takeTurn } from './turns/store.ts'

let world: World
let cast: SandboxCast
let workspace: Workspace
let colleague: User
beforeAll(async () => {
  world = await createWorld()
  cast = await createSandboxCast(world)
  workspace = (await readyRoom(cast, await signedAgreement(cast))).workspace
  colleague = await world.person({ roles: [{ role: 'analyst', organisationId: cast.university }] })
})
afterAll(() => world.close())

const sql = 'SELECT stadtteil, COUNT(*) AS kinder FROM kinder GROUP BY stadtteil'
const room = () => `/sandbox/workspaces/${workspace.id}`
const outline = (name: string, x: number) => ({
  type: 'Feature',
  properties: { name },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, 0],
        [x + 1, 0],
        [x + 1, 1],
        [x, 0],
      ],
    ],
  },
})

describe('a question', () => {
  it('carries the title its person gave, can be renamed, and is never called by its SQL', async () => {
    const asked = await cast.analyst.post(`${room()}/sql`, { sql, title: 'Wo Kinder wohnen', do: 'run' })
    const [path, place] = asked.headers.get('location')!.split('#') as [string, string]
    expect(place).toBe('antwort')
    const shown = await (await cast.analyst.get(path)).text()
    expect(shown).toContain('Wo Kinder wohnen')
    expect(shown).toContain(`id="${place}"`)
    await cast.analyst.post(`${path}/title`, { title: '' })
    const log = await (await cast.reviewer.get(room())).text()
    expect(log).toContain('>Kinder nach Stadtteil<')
    expect(log).not.toContain('>SELECT')
    const form = { measure: 'units:kinder:person', by: 'kinder.stadtteil', show: 'bars', precision: 'fine' }
    const kept = await cast.analyst.post(`${room()}/ask`, { ...form, do: 'run' })
    expect(kept.headers.get('location')).toMatch(/\?show=bars&precision=fine#antwort$/)
    const refused = await cast.analyst.post(`${room()}/sql`, { sql: 'SELECT * FROM kinder', do: 'run' })
    const page = await (await cast.analyst.get(refused.headers.get('location')!)).text()
    expect(page).toContain('/sandbox/help#star')
    expect(page).toContain('Abfrage an kinder')
  })

  it('is refused with words in both languages and a place on the page that says how to ask', async () => {
    for (const [prefix, locale] of [
      ['', 'de'],
      ['/en', 'en'],
    ] as const) {
      const html = await (await world.anonymous.get(`${prefix}/sandbox/help`)).text()
      for (const code of Object.keys(german) as RefusalCode[]) {
        const text = refusalText({ code, limit: 5, column: 'a', table: 'b', construct: 'C' }, locale)
        expect(`${code}: ${text.title} ${text.detail}`).toMatch(/^[a-z-]+: .{8,} .{12,}$/)
        expect(html).toContain(`id="${code}"`)
      }
    }
  })

  it('says before computing what it may cost and what protection is likely to take', async () => {
    const preview = await service.previewQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
    expect(preview.expectation).toMatchObject({ cells: 5, perCell: 240, level: 'few' })
    const fine =
      'SELECT k.stadtteil, k.alter, w.stufe, COUNT(*) FROM kinder k JOIN waermekarte w ON k.baublock = w.baublock GROUP BY k.stadtteil, k.alter, w.stufe'
    expect(
      (await service.previewQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql: fine })).expectation,
    ).toBeNull()
  })

  it('is kept for oneself, shared, asked again by others and thrown away', async () => {
    const own = await service.saveQuery(cast.analyst.ctx, { workspaceId: workspace.id, title: 'Wohnen', sql })
    expect(await service.listSaved(colleague.ctx, workspace.id)).toEqual([])
    expect((await colleague.get(`/sandbox/saved/${own.id}`)).status).toBe(404)
    await service.changeSaved(cast.analyst.ctx, { savedId: own.id, title: 'Wohnen', shared: true })
    const again = await colleague.post(`/sandbox/saved/${own.id}/run`, {})
    const answer = await (await colleague.get(again.headers.get('location')!)).text()
    expect(answer).toContain('Wohnen')
    expect(answer).toContain('Diese Zahlen sind geschützt')
    expect((await colleague.post(`/sandbox/saved/${own.id}/remove`, {})).status).toBe(403)
    await service.removeSaved(cast.analyst.ctx, own.id)
    expect(await service.listSaved(cast.analyst.ctx, workspace.id)).toEqual([])
  })
})

describe('a page of steps', () => {
  it('holds texts and answers in order, is shared, and shows answers of its own room only', async () => {
    const query = await service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
    const { id } = await service.startNotebook(cast.analyst.ctx, {
      workspaceId: workspace.id,
      title: 'Weg zum Ergebnis',
    })
    const steps = [
      { text: 'Zuerst **zählen**.\n\n- je Stadtteil', queryId: query.id, shownAs: 'bars' as const },
      { text: '', queryId: '' },
    ]
    const kept = await service.writeNotebook(cast.analyst.ctx, {
      notebookId: id,
      title: 'Weg',
      shared: true,
      steps,
    })
    expect(kept.steps).toHaveLength(1)
    const html = await (await colleague.get(`/sandbox/notebooks/${id}`)).text()
    for (const part of ['<b>zählen</b>', '<li>je Stadtteil</li>', 'al-chart']) expect(html).toContain(part)
    const form = await (await colleague.get(`/sandbox/notebooks/${id}/edit`)).text()
    expect(form).toContain('name="s1.text"')
    const sent = await colleague.post(`/sandbox/notebooks/${id}`, {
      title: 'Weg',
      's0.text': 'Zweitens',
      's0.at': '20',
      's1.text': 'Erstens',
      's1.at': '10',
    })
    expect(sent.status).toBe(303)
    const { notebook } = await service
      .getNotebook(colleague.ctx, id)
      .catch(async () => service.getNotebook(cast.analyst.ctx, id))
    expect(notebook.steps.map((step) => step.text)).toEqual(['Erstens', 'Zweitens'])
    const foreign = [{ text: '', queryId: crypto.randomUUID() }]
    await expect(
      service.writeNotebook(cast.analyst.ctx, { notebookId: id, title: 'Weg', steps: foreign }),
    ).rejects.toMatchObject({ message: 'sandbox/foreign-answer' })
  })
})

describe('outlines', () => {
  it('are taken from an open dataset of the catalogue, by those who analyse', async () => {
    const names = ['Altstadt', 'Hafen', 'Weststadt', 'Nordhang', 'Steinbruch']
    const shapes = { type: 'FeatureCollection', features: names.map(outline) }
    const bytes = Buffer.from(JSON.stringify(shapes))
    const entry = await publishDataset(cast.holder.ctx, {
      title: 'Grenzen der Stadtteile',
      description: 'Fünf Stadtteile.',
      organisationId: cast.office,
      licence: 'http://dcat-ap.de/def/licenses/cc-zero',
      files: [
        {
          name: 'stadtteile.geojson',
          mediaType: 'application/geo+json',
          ...(await world.system.blobs.put(bytes)),
        },
      ],
    })
    const page = await (await cast.analyst.get(`${room()}/maps?q=Stadtteile`)).text()
    expect(page).toContain('stadtteile.geojson übernehmen')
    const taken = { entryId: entry.id, position: '0' }
    expect((await cast.reviewer.post(`${room()}/maps/take`, taken)).status).toBe(403)
    expect((await cast.analyst.post(`${room()}/maps/take`, { ...taken, position: '1' })).status).toBe(404)
    expect((await cast.analyst.post(`${room()}/maps/take`, taken)).status).toBe(303)
    const kept = await (await cast.analyst.get(`${room()}/maps`)).text()
    expect(kept).toContain('Grenzen der Stadtteile, stadtteile.geojson (Jugendamt)')
    expect(kept).toContain('passt zu kinder.stadtteil')
  })

  it('let a result be drawn as a map where its values are names of areas', async () => {
    const names = ['Altstadt', 'Hafen', 'Weststadt', 'Nordhang', 'Steinbruch']
    const geojson = JSON.stringify({ type: 'FeatureCollection', features: names.map(outline) })
    await service.addMap(cast.analyst.ctx, { workspaceId: workspace.id, title: 'Stadtteile', geojson })
    const query = await service.runQuery(cast.analyst.ctx, { workspaceId: workspace.id, sql })
    const html = await (await cast.analyst.get(`/sandbox/queries/${query.id}?show=map`)).text()
    expect(html).toContain('class="al-map"')
    const none = { workspaceId: workspace.id, title: 'Nichts', geojson: '{"type":"Point"}' }
    await expect(service.addMap(cast.analyst.ctx, none)).rejects.toMatchObject({
      message: 'sandbox/no-areas',
    })
    const two = await service.runQuery(cast.analyst.ctx, {
      workspaceId: workspace.id,
      sql: 'SELECT alter, COUNT(*) AS n FROM kinder GROUP BY alter',
    })
    const beside = await cast.analyst.get(`${room()}/compare?a=${query.id}&b=${two.id}`)
    expect((await beside.text()).split('al-side-by-side')[1]).toContain('Alter')
  })
})

describe('two processes', () => {
  it('never spend the budget of a room at the same time', async () => {
    const { ctx } = cast.analyst
    const held = (seconds: number) =>
      takeTurn(ctx.db, `workspace:${workspace.id}`, 'another process', seconds)
    expect(await held(60)).toBe(true)
    const seen = await inTurn(ctx, { workspaceId: workspace.id }, async ({ begin, end }) => {
      let settling = false
      const begun = begin().then(() => (settling = true))
      await new Promise((later) => setTimeout(later, 200))
      const early = settling
      // The other process is lost: its lease runs out.
      await held(0)
      await begun
      await end()
      return { early, settling }
    })
    expect(seen).toEqual({ early: false, settling: true })
    // Given back: the next one does not wait for the end of a lease.
    expect(await takeTurn(ctx.db, `workspace:${workspace.id}`, 'another process', 0)).toBe(true)
  })
})
