import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDcatFile } from '../dcat/read.ts'
import { cswSample } from '../iso/sample.ts'
import { worklistCommands } from '../worklist/commands.ts'
import { formatCommands } from './commands.ts'

const TURTLE = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <urn:d> a dcat:Dataset ; dct:title "Bäume"@de .`
const SHAPES = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <urn:s> a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:message "no description" ] .`
const PAGE = '<!doctype html><title>Fehler 404</title><h1>Nicht gefunden</h1>'

const GEO =
  '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Mitte"},"geometry":{"type":"Point","coordinates":[13.4,52.5]}}]}'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmende-formats-'))
  await writeFile(join(folder, 'a.ttl'), TURTLE)
  await writeFile(join(folder, 'shapes.ttl'), SHAPES)
  await writeFile(join(folder, 'csw.xml'), cswSample({ start: 1, count: 3, matched: 9 }))
  await writeFile(join(folder, 'odd.bin'), 'weder noch')
  await writeFile(join(folder, 'bad.ttl'), '@prefix broken')
  await writeFile(join(folder, 'page.rdf'), PAGE)
  await writeFile(join(folder, 'page.csv'), PAGE)
  await writeFile(join(folder, 'noise.parquet'), Buffer.alloc(64))
  await writeFile(join(folder, 'empty.json'), ' ')
  await writeFile(
    join(folder, 'links.json'),
    '{"title":"x","description":"y","links":[{"rel":"self","href":"/"}]}',
  )
  await writeFile(join(folder, 'list.json'), '[{"art":"Linde","anzahl":3},{"art":"Ahorn","anzahl":4}]')
  await writeFile(join(folder, 'kreise.geo.json'), GEO)
  await writeFile(
    join(folder, 'service.ttl'),
    `${TURTLE} <urn:s> a dcat:DataService ; dct:title "Dienst"@de ; dcat:endpointURL <urn:e> .`,
  )
  await writeFile(join(folder, 'empty.csv'), '')
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
  const command = [...formatCommands, ...worklistCommands].find((c) => c.verb === verb)
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

  it('names the form, the number of datasets and the findings, and 2 with the reason where nothing is', async () => {
    const { code, out } = await run('read', 'csw.xml', { json: true })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      format: 'csw',
      syntax: 'MD_Metadata',
      datasets: 3,
      total: 9,
      findings: [],
    })
    const none = await run('read', 'bad.ttl', { json: true })
    expect(none).toMatchObject({ code: 2, notes: expect.stringContaining('faulty') })
    expect(JSON.parse(none.out)).toMatchObject({
      format: 'dcat',
      datasets: 0,
      findings: [{ severity: 'error' }],
    })
    expect(await run('read', 'odd.bin')).toMatchObject({
      code: 2,
      notes: expect.stringContaining('can not be recognised'),
    })
  })

  it('takes JSON that is no catalogue for data, or says what it is; counts services beside datasets', async () => {
    for (const name of ['list.json', 'kreise.geo.json']) {
      const { code, out } = await run('read', name, { json: true })
      expect([name, code, JSON.parse(out)]).toMatchObject([name, 0, { format: 'data', datasets: 1 }])
    }
    const links = await run('read', 'links.json', { json: true })
    expect([links.code, JSON.parse(links.out)]).toMatchObject([2, { format: null, datasets: 0 }])
    const both = await run('read', 'service.ttl', { json: true })
    const found = JSON.parse(both.out) as { records: unknown[] }
    expect(found).toMatchObject({ datasets: 1, services: 1 })
    expect(found.records).toHaveLength(2)
  })

  it('asks a host of the house only where it was typed, not where a page leads to it', async () => {
    const server = createServer((_request, response) => {
      const { port } = server.address() as AddressInfo
      response.setHeader('content-type', 'text/turtle')
      response.end(
        `${TURTLE} <urn:p> a <http://www.w3.org/ns/hydra/core#PartialCollectionView>; <http://www.w3.org/ns/hydra/core#next> <http://localhost:${port}/2> .`,
      )
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const out: string[] = []
    const io = { out: (line: string) => void out.push(line), note: () => {}, json: true }
    const read = formatCommands.find((c) => c.verb === 'read')!
    const args = { words: [`http://127.0.0.1:${port}/1`], options: { pages: '5' } }
    expect(!read.needsHub && (await read.run(args, io))).toBe(0)
    expect(JSON.parse(out[0]!)).toMatchObject({ datasets: 1, findings: [{ code: 'unavailable' }] })
    server.close()
  })

  it('converts any form to CKAN, to an inventory and to schema.org, and reads those again', async () => {
    for (const [to, name, format] of [
      ['ckan', 'b.json', 'ckan'],
      ['csv', 'b.csv', 'inventory'],
      ['schema-org', 'b.json', 'schema-org'],
      ['turtle', 'b.ttl', 'dcat'],
    ] as const) {
      const { code, out } = await run('convert', 'csw.xml', { to })
      expect([to, code]).toEqual([to, 0])
      await writeFile(join(folder, name), out)
      const back = JSON.parse((await run('read', name, { json: true })).out) as {
        format: string
        records: { record: { title: Record<string, string>; themes: string[] } }[]
      }
      expect([to, back.format, back.records.length]).toEqual([to, format, 3])
      expect(Object.values(back.records[1]?.record.title ?? {})).toEqual(['Baumkataster 2'])
      expect(back.records[1]?.record.themes).toContain('ENVI')
    }
  })

  it('says whether a catalogue conforms, with rule, node and both languages', async () => {
    const bad = JSON.parse((await run('validate', 'a.ttl', { json: true, profile: 'dcat-ap-de-3.0' })).out)
    expect(bad).toMatchObject({ conforms: false, profile: 'dcat-ap-de-3.0', checked: 1 })
    expect(bad.findings).toContainEqual(
      expect.objectContaining({
        code: 'dcat-ap-de-3.0.Dataset.publisher.min',
        severity: 'error',
        focus: 'urn:d',
      }),
    )
    const good = await run('validate', 'csw.xml', { json: true })
    expect(good.code).toBe(0)
    expect(JSON.parse(good.out)).toMatchObject({ conforms: true, format: 'csw' })
    expect(await run('validate', 'a.ttl', { profile: 'x' })).toMatchObject({
      code: 2,
      notes: expect.stringContaining('dcat-ap-de-3.0'),
    })
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

  it('scores every dataset of a catalogue, with what would gain most', async () => {
    const { code, out } = await run('score', 'csw.xml', { json: true })
    const found = JSON.parse(out) as { mean: number; scores: { total: number; fixes: { gain: number }[] }[] }
    expect([code, found]).toMatchObject([0, { format: 'csw', datasets: 3, most: 405, findings: [] }])
    const totals = found.scores.map(({ total }) => total)
    expect(found.mean).toBeCloseTo(totals.reduce((a, b) => a + b) / 3)
    expect(Math.min(...totals)).toBeGreaterThan(0)
    for (const { total, fixes } of found.scores)
      expect(total + fixes.reduce((sum, { gain }) => sum + gain, 0)).toBeLessThanOrEqual(405)
    const told = await run('score', 'csw.xml')
    expect(told.out).toMatch(/Baumkataster 2[^]*mean of 3 open datasets: \d+\.\d of 405/)
  })

  it.each([
    ['read', { datasets: 0, records: [] }],
    ['convert', {}],
    ['validate', { conforms: false, checked: 0 }],
    ['score', { datasets: 0, scores: [] }],
  ])('%s gives JSON with the reason and 2 where nothing can be read', async (verb, shape) => {
    for (const [name, reason] of [
      ['missing.ttl', 'missing'],
      ['', 'is-folder'],
      ['empty.json', 'empty'],
      ['empty.csv', 'empty'],
      ['odd.bin', 'unknown-format'],
      ['page.rdf', 'web-page'],
      ['page.csv', 'xml-no-table'],
      ['noise.parquet', 'binary'],
    ] as const) {
      const { code, out, notes } = await run(verb, name, { json: true, to: 'csv' })
      const { findings, ...rest } = JSON.parse(out) as { findings: { code: string }[] }
      expect([name, code, rest]).toMatchObject([name, 2, shape])
      expect([name, findings.map((each) => each.code)]).toEqual([name, expect.arrayContaining([reason])])
      expect(notes).toContain('error: ')
    }
    const unknown = await run(verb, 'a.ttl', { json: true, to: 'csv', as: 'quatsch' })
    expect([unknown.code, unknown.notes]).toEqual([2, expect.stringContaining('--as must be one of')])
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
