import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDcatFile } from '../dcat/read.ts'
import { formatCommands } from './commands.ts'

const TURTLE = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <urn:d> a dcat:Dataset ; dct:title "Bäume"@de .`
const SHAPES = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <urn:s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:message "no description" ] .`

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmende-formats-'))
  await writeFile(join(folder, 'a.ttl'), TURTLE)
  await writeFile(join(folder, 'shapes.ttl'), SHAPES)
  await writeFile(join(folder, 'bad.ttl'), '@prefix broken')
  await writeFile(join(folder, 'baeume.csv'), 'Art;Anzahl\nLinde;3\nAhorn;4\n')
})
afterAll(() => rm(folder, { recursive: true }))

async function run(
  verb: string,
  word: string,
  options: Record<string, string | true> = {},
): Promise<{ code: number; out: string; notes: string }> {
  const out: string[] = []
  const notes: string[] = []
  const command = formatCommands.find((c) => c.verb === verb)
  if (!command || command.needsHub) throw new Error(verb)
  const io = {
    out: (l: string) => void out.push(l),
    note: (l: string) => void notes.push(l),
    json: options['json'] === true,
  }
  const code = await command.run({ words: [join(folder, word)], options }, io)
  return { code, out: out.join('\n'), notes: notes.join('\n') }
}

describe('commands for files', () => {
  it('reads a catalogue and a data file', async () => {
    expect(await run('read', 'a.ttl')).toMatchObject({ code: 0, out: expect.stringContaining('1 datasets') })
    const data = await run('read', 'baeume.csv', { json: true })
    expect(JSON.parse(data.out)).toMatchObject({ records: [{ record: { title: { de: 'Baeume' } } }] })
  })

  it('converts to every format', async () => {
    for (const to of ['turtle', 'rdfxml', 'jsonld', 'ntriples', 'text/turtle']) {
      const { code, out } = await run('convert', 'a.ttl', { to })
      expect(code).toBe(0)
      const back = await readDcatFile(new TextEncoder().encode(out))
      expect(back.records[0]?.record.title).toEqual({ de: 'Bäume' })
    }
  })

  it('validates against rules and shapes: 1 when broken, 2 when unusable', async () => {
    const result = await run('validate', 'a.ttl', { shapes: join(folder, 'shapes.ttl') })
    expect(result.code).toBe(1)
    expect(result.out).toContain('record.publisher')
    expect(result.out).toContain('no description')
    expect((await run('validate', 'bad.ttl')).code).toBe(2)
  })

  it('refuses a missing file and an unknown format with a word why', async () => {
    expect(await run('read', 'missing.ttl')).toMatchObject({
      code: 2,
      notes: expect.stringContaining('missing.ttl'),
    })
    expect(await run('convert', 'a.ttl', { to: 'docx' })).toMatchObject({
      code: 2,
      notes: expect.stringContaining('--to'),
    })
  })
})
