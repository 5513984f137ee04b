import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { CommandArgs } from '../../platform/command.ts'
import { searchCommands } from '../search/commands.ts'
import { worklistCommands } from '../worklist/commands.ts'
import { entryCommands } from './commands.ts'

const commands = [...entryCommands, ...searchCommands, ...worklistCommands]

describe('the catalogue on the command line', () => {
  let world: World
  let folder: string
  beforeAll(async () => {
    world = await createWorld()
    folder = await mkdtemp(join(tmpdir(), 'allmende-cli-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
    await world.close()
  })

  async function run(
    verb: string,
    words: string[],
    options: CommandArgs['options'] = {},
    json = true,
    config = world.system.config,
  ) {
    const command = commands.find((each) => each.verb === verb)!
    const out: string[] = []
    const notes: string[] = []
    if (!command.needsHub) throw new Error('works on the hub')
    const code = await command.run(
      { ...world.system, config },
      { words, options },
      { out: (line) => out.push(line), note: (line) => notes.push(line), json },
    )
    return { code, out: out.join('\n'), notes: notes.join('\n') }
  }

  it('imports a catalogue and an inventory, searches and exports them', async () => {
    const ttl = join(folder, 'amt.ttl')
    await writeFile(
      ttl,
      '<https://example.org/1> a <http://www.w3.org/ns/dcat#Dataset>; <http://purl.org/dc/terms/title> "Brunnenverzeichnis"@de .',
    )
    const imported = await run('import', [ttl], { organisation: 'Stadt Auenstadt' })
    expect(imported.code).toBe(0)
    expect(JSON.parse(imported.out)).toMatchObject({ state: 'complete', created: 1 })
    const csv = join(folder, 'liste.csv')
    await writeFile(csv, 'Titel;Beschreibung\nHundesteuer;Hunde je Stadtteil\n')
    expect(JSON.parse((await run('import', [csv], { organisation: 'Stadt Auenstadt' })).out)).toEqual({
      created: 1,
      known: 0,
      skipped: 0,
    })
    expect(JSON.parse((await run('search', ['Brunnen'])).out)).toMatchObject({ total: 1 })
    expect((await run('search', ['Brunnen'], {}, false)).out).toContain('Brunnenverzeichnis')
    expect((await run('export', [], { format: 'csv' })).out).toContain('Hundesteuer')
    const open =
      (await run('export', [], { format: 'ttl' })).out +
      (await run('export', [], { format: 'ttl', protected: true })).out
    expect(open).toContain('Hundesteuer')
    expect(open).toContain('Brunnenverzeichnis')
  })

  it('ends with 2 for unusable input and 1 for a refusal', async () => {
    expect((await run('import', ['/nowhere/at/all.ttl'], { organisation: 'Stadt Auenstadt' })).code).toBe(2)
    expect((await run('import', [join(folder, 'amt.ttl')], { organisation: 'Niemand' })).code).toBe(2)
    expect((await run('harvest', ['no-address'], { organisation: 'Stadt Auenstadt' })).code).toBe(2)
    expect((await run('export', [], { format: 'pdf' })).code).toBe(2)
    await expect(
      run('harvest', ['http://127.0.0.1:8085/catalog.ttl'], { organisation: 'Stadt Auenstadt' }),
    ).rejects.toMatchObject({ type: '/problems/fetch/refused' })
  })

  it('says in JSON, too, why a call is unusable', async () => {
    for (const [verb, words, options, code] of [
      ['import', ['/nowhere/at/all.ttl'], { organisation: 'Stadt Auenstadt' }, 'missing'],
      ['import', [folder], { organisation: 'Stadt Auenstadt' }, 'is-folder'],
      ['import', [], { organisation: 'Stadt Auenstadt' }, 'no-name'],
      ['harvest', ['https://example.org/'], { organisation: 'Niemand' }, 'bad-option'],
      ['harvest', ['ftp://example.org/'], { organisation: 'Stadt Auenstadt' }, 'no-name'],
      ['export', [], { format: 'pdf' }, 'bad-option'],
      ['check-links', [], { minutes: 'viele' }, 'bad-option'],
    ] as const) {
      const { code: ended, out } = await run(verb, [...words], options)
      expect([verb, ended, JSON.parse(out)]).toMatchObject([verb, 2, { findings: [{ code }] }])
    }
  })

  it('ends with 2 and the reason where a run has read nothing', async () => {
    const page = join(folder, 'page.rdf')
    await writeFile(page, '<!doctype html><title>Wartung</title><h1>Wartung</h1>')
    const { code, out, notes } = await run('import', [page], { organisation: 'Stadt Auenstadt' })
    expect([code, JSON.parse(out)]).toMatchObject([
      2,
      { state: 'incomplete', read: 0, findings: [{ code: 'web-page', severity: 'error' }] },
    ])
    expect(notes).toContain('web page “Wartung”')
  })

  it('asks the addresses of datasets and counts what they answer', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/da.csv' ? 200 : 404).end()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const hosts = [`127.0.0.1:${port}`, `localhost:${port}`] as const
    const ttl = join(folder, 'links.ttl')
    await writeFile(
      ttl,
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . <https://example.org/2> a dcat:Dataset; <http://purl.org/dc/terms/title> "Wege"@de; dcat:distribution
      [ a dcat:Distribution ; dcat:accessURL <http://${hosts[0]}/da.csv> ], [ a dcat:Distribution ; dcat:accessURL <http://${hosts[1]}/weg.csv> ], [ a dcat:Distribution ; dcat:accessURL <http://10.0.0.1/innen.csv> ] .`,
    )
    await run('import', [ttl], { organisation: 'Stadt Auenstadt' })
    const { config } = world.system
    const { code, out } = await run('check-links', [], {}, true, { ...config, fetchAllow: [...hosts] })
    server.close()
    expect([code, JSON.parse(out)]).toEqual([0, { asked: 3, ok: 1, failed: 1, later: 0, refused: 1 }])
    expect((await run('check-links', [], { minutes: '1' }, false)).out).toContain('0 asked')
  })
})
