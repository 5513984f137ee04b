import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { User, World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { getEntry, searchEntries } from '../service.ts'

const PLAYGROUNDS = join(
  import.meta.dirname,
  '../../../../shared/fixtures/cities/bochum/bochum_playgrounds.csv',
)

const file = (content: string | Uint8Array<ArrayBuffer>, name: string) => new File([content], name)

describe('dropping a data file', () => {
  let world: World
  let holder: User
  beforeAll(async () => {
    world = await createWorld()
    holder = world.as('holder')
  })
  afterAll(() => world.close())

  const drop = (content: File, publish = false) =>
    holder.post('/catalogue/drop', {
      organisationId: holder.organisationId,
      file: content,
      ...(publish ? { publish: 'on' } : {}),
    })
  const fields = (html: string, name: string) =>
    new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? ''

  const confirm = (path: string, more: Record<string, string> = {}) =>
    holder.post(path, {
      organisationId: holder.organisationId,
      title: 'Sitzbänke in der Stadt',
      description: 'Alle Bänke mit Standort und Zustand.',
      access: 'open',
      visibility: 'public',
      columns: 'nr; laufende Nummer\nzustand; Zustand der Bank',
      ...more,
    })

  it('proposes a description, keeps nothing until confirmed, and then shows columns and preview to all', async () => {
    const csv = 'nr;stadtteil;zustand;hoehe_cm\n1;Nord;gut;45,5\n2;Süd;schlecht;44,0\n3;Nord;gut;46,1\n'
    const posted = await drop(file(csv, 'sitzbaenke.csv'), true)
    expect(posted.status).toBe(303)
    const path = posted.headers.get('location')!
    const page = await (await holder.get(path)).text()
    expect(page).toContain('hoehe_cm')
    expect(page).toContain('wird mit dem Eintrag ein offener Download')
    expect((await searchEntries(holder.ctx, {})).total).toBe(0)
    expect((await world.as('analyst').get(path)).status).toBe(404)

    const saved = await confirm(path, { licence: 'http://dcat-ap.de/def/licenses/dl-zero-de/2.0' })
    expect(saved.status).toBe(303)
    const html = await (await world.anonymous.get(saved.headers.get('location')!)).text()
    expect(html).toContain('Zustand der Bank')
    expect(html).toContain('CSV herunterladen')
    const id = saved.headers.get('location')!.split('/').at(-1)!
    const download = await world.anonymous.get(`/catalogue/datasets/${id}/files/sitzbaenke.csv`)
    expect(download.headers.get('content-disposition')).toContain('attachment')
    expect(await download.text()).toBe(csv)
    const turtle = await (await world.anonymous.get(`/catalogue/datasets/${id}.ttl`)).text()
    expect(turtle).toContain(`/catalogue/datasets/${id}/files/sitzbaenke.csv`)
    const closed = await holder.json('PUT', `/api/v1/catalogue/datasets/${id}`, { access: 'closed' })
    expect(closed.status).toBe(200)
    const again = async (user: User) =>
      (await user.get(`/catalogue/datasets/${id}/files/sitzbaenke.csv`)).status
    expect([await again(world.anonymous), await again(holder)]).toEqual([404, 200])
  })

  it('keeps rows of data that are not open in the house', async () => {
    const posted = await drop(file('kind;alter\nOskarchen;3\nFriederike;5\n', 'kinder.csv'))
    const saved = await confirm(posted.headers.get('location')!, {
      title: 'Kinder in Kitas',
      access: 'sandbox',
    })
    const id = saved.headers.get('location')!.split('/').at(-1)!
    expect(await (await world.anonymous.get(`/catalogue/datasets/${id}`)).text()).not.toContain('Oskarchen')
    expect((await getEntry(world.anonymous.ctx, id)).preview).toBeNull()
    expect((await getEntry(world.as('steward').ctx, id)).face).toBe('holder')
  })

  it('reads Latin-1 with decimal commas', async () => {
    const bytes = Uint8Array.from(
      Buffer.from('straße;länge_km\nGrüner Weg;1,25\nAhornallee;0,75\n', 'latin1'),
    )
    const posted = await drop(file(bytes, 'strassen.csv'))
    const page = await (await holder.get(posted.headers.get('location')!)).text()
    expect(page).toContain('Grüner Weg')
    expect(page).toContain('straße')
  })

  it('takes a table of 500 columns', async () => {
    const header = Array.from({ length: 500 }, (_, i) => `spalte_${i}`)
    const posted = await drop(
      file(
        `${header.join(';')}\n${header.map((_, i) => i).join(';')}\n${header.map((_, i) => i * 2).join(';')}\n`,
        'breit.csv',
      ),
    )
    expect(posted.status).toBe(303)
    const columns = header.map((name) => `${name}; Wert`).join('\n')
    const saved = await confirm(posted.headers.get('location')!, { title: 'Breite Tabelle', columns })
    expect(saved.status).toBe(303)
    const entry = await getEntry(holder.ctx, saved.headers.get('location')!.split('/').at(-1)!)
    expect(entry.record.columns.length).toBe(500)
  })

  it('refuses what is no table, saying why, and stores nothing', async () => {
    const response = await drop(file('{"kaputt": ', 'kaputt.json'))
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Diese Datei konnten wir nicht lesen')
    const zip = Buffer.from('UEsDBBQAAAAIAAAAIQ', 'base64')
    expect((await drop(file(Uint8Array.from(zip), 'boese.zip'))).status).toBe(422)
    expect((await holder.post('/catalogue/drop', { organisationId: holder.organisationId })).status).toBe(422)
  })

  it('shows HTML in names and values as text', async () => {
    const posted = await drop(file('<b>x</b>;"<script>alert(1)</script>"\n1;2\n3;4\n', 'x<img>.csv'))
    const page = await (await holder.get(posted.headers.get('location')!)).text()
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img>')
  })

  it('refuses a second confirmation of the same file', async () => {
    const posted = await drop(file('a;b\n1;2\n3;4\n', 'zweimal.csv'))
    const path = posted.headers.get('location')!
    expect((await confirm(path)).status).toBe(303)
    expect((await confirm(path)).status).toBe(404)
  })

  it.skipIf(!existsSync(PLAYGROUNDS))('draws a map for the playgrounds of Bochum', async () => {
    const posted = await drop(file(Uint8Array.from(readFileSync(PLAYGROUNDS)), 'bochum_playgrounds.csv'))
    const page = await (await holder.get(posted.headers.get('location')!)).text()
    expect(page).toContain('al-map')
    expect(fields(page, 'title').length).toBeGreaterThan(3)
  })
})

describe('uploading an inventory', () => {
  let world: World
  let holder: User
  beforeAll(async () => {
    world = await createWorld()
    holder = world.as('holder')
  })
  afterAll(() => world.close())

  it('shows what was understood, takes it over once, and keeps the house’s own fields in the house', async () => {
    const template = (await (await holder.get('/catalogue/inventory/template.csv')).text())
      .replace('\uFEFF', '')
      .trim()
    const heads = template.split(';').map((head) => head.replaceAll('"', ''))
    expect(heads).toContain('Titel')
    const row = (values: Record<string, string>) => heads.map((head) => `"${values[head] ?? ''}"`).join(';')
    const link = heads.find((head) => /link/i.test(head))!
    const list = [
      template,
      row({
        Titel: 'Hundesteuer',
        Beschreibung: 'Angemeldete Hunde je Stadtteil',
        [link]: 'Q:\\Steuer\\Geheimablage.xlsx',
      }),
      row({ Titel: 'Spielplätze', Beschreibung: 'Alle Spielplätze' }),
      row({ Beschreibung: 'ohne Titel' }),
    ].join('\r\n')
    const posted = await holder.post('/catalogue/inventory', {
      organisationId: holder.organisationId,
      file: file(list, 'inventar.csv'),
    })
    expect(posted.status).toBe(303)
    const path = posted.headers.get('location')!
    expect(await (await holder.get(path)).text()).toContain('Hundesteuer')
    expect((await searchEntries(holder.ctx, {})).total).toBe(0)
    expect((await holder.post(path)).status).toBe(303)
    const found = await searchEntries(world.anonymous.ctx, { q: 'Hundesteuer' })
    expect(found.total).toBe(1)
    expect(
      await (await world.anonymous.get(`/catalogue/datasets/${found.hits[0]!.id}`)).text(),
    ).not.toContain('Geheimablage')
    expect(await (await holder.get(`/catalogue/datasets/${found.hits[0]!.id}`)).text()).toContain(
      'Geheimablage',
    )

    const again = await holder.post('/catalogue/inventory', {
      organisationId: holder.organisationId,
      file: file(list, 'inventar.csv'),
    })
    const page = await (await holder.get(again.headers.get('location')!)).text()
    expect(page).toContain('gibt es schon')
    expect(page).toContain('Alle Einträge dieser Liste gibt es schon')
  })

  it('refuses a list without titles', async () => {
    const response = await holder.post('/catalogue/inventory', {
      organisationId: holder.organisationId,
      file: file('a;b\n1;2\n', 'falsch.csv'),
    })
    expect(response.status).toBe(422)
  })
})
