import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import type { CommandArgs } from '../../platform/command.ts'
import { searchCommands } from '../search/commands.ts'
import { entryCommands } from './commands.ts'

const commands = [...entryCommands, ...searchCommands]

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

  async function run(verb: string, words: string[], options: CommandArgs['options'] = {}, json = true) {
    const command = commands.find((each) => each.verb === verb)!
    const out: string[] = []
    const notes: string[] = []
    if (!command.needsHub) throw new Error('works on the hub')
    const code = await command.run(
      world.system,
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
    const refused = await run('harvest', ['http://127.0.0.1:8085/catalog.ttl'], {
      organisation: 'Stadt Auenstadt',
    })
    expect(refused.code).toBe(1)
    expect(refused.notes).toContain('not on the public internet')
  })
})
