import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isomorphic } from 'rdf-isomorphic'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { full, service } from '../../src/catalogue/dcat/examples.ts'
import { readDcat } from '../../src/catalogue/dcat/read.ts'
import { checkRecord } from '../../src/catalogue/quality/check.ts'
import { fillDemo } from '../../src/home/demo/story.ts'
import { createEntry, publishDataset, settleQuality } from '../../src/catalogue/service.ts'
import { dataSteps } from '../../src/home/demo/story-data.ts'
import { startSteps } from '../../src/home/demo/story-start.ts'
import { hasErrors } from '../../src/platform/finding.ts'
import { indexQuads, statementsOf, statementsWith } from '../../src/rdf/graph.ts'
import { parseRdf, type ParsedRdf } from '../../src/rdf/parse.ts'
import { validateShacl } from '../../src/rdf/shacl.ts'
import { iri, type Quad } from '../../src/rdf/terms.ts'
import { DCAT, DQV, RDF } from '../../src/rdf/vocabularies.ts'
import { createWorld, type World } from '../harness.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
  const hub = { makeCtx: world.hub.makeCtx, drain: world.hub.drain, note: () => undefined }
  await fillDemo(hub, [...startSteps, ...dataSteps])
  await publishAnswer()
  for (const record of [full, service])
    await createEntry(world.system, { organisationId: world.organisationId, record })
  await settleQuality(world.system)
}, 180_000)
afterAll(() => world.close())

/** A dataset as a published answer leaves it, without the way there. */
async function publishAnswer(): Promise<void> {
  const { sha256, size } = await world.system.blobs.put(Buffer.from('ort;kinder\nAltstadt;120\n'))
  await publishDataset(world.system, {
    organisationId: world.organisationId,
    title: 'Sieben von zehn Kindern wohnen in einer heißen Straße',
    description:
      'Kinder unter sechs Jahren nach Stadtteil und Hitze, gezählt mit Schutz vor Rückschlüssen auf Einzelne.',
    keywords: ['Hitze'],
    topics: ['ENVI'],
    licence: 'http://dcat-ap.de/def/licenses/cc-zero',
    files: [{ name: 'kinder.csv', mediaType: 'text/csv', sha256, size }],
    sourceEntryIds: [],
    landingPage: '/answers/1',
    columns: [],
  })
}

async function feed(path: string): Promise<ParsedRdf> {
  const answer = await world.anonymous.get(path)
  expect([path, answer.status]).toEqual([path, 200])
  const contentType = answer.headers.get('content-type') ?? ''
  return parseRdf(new Uint8Array(await answer.arrayBuffer()), { contentType })
}

describe('the feeds of the filled town', () => {
  test.each(['/catalog', '/catalog/protected'])(
    '%s says the same in Turtle, RDF/XML and JSON-LD',
    async (path) => {
      const [turtle, xml, json] = await Promise.all([
        feed(`${path}.ttl`),
        feed(`${path}.rdf`),
        feed(`${path}.jsonld`),
      ])
      for (const parsed of [turtle, xml, json]) expect(parsed.findings).toEqual([])
      const datasets = (parsed: ParsedRdf): Quad[] =>
        parsed.quads.filter(
          (q) => !q.predicate.value.includes('hydra') && !q.subject.value.includes('?page='),
        )
      expect(isomorphic(datasets(turtle), datasets(xml))).toBe(true)
      expect(isomorphic(datasets(turtle), datasets(json))).toBe(true)
    },
  )

  test('hold every announced dataset, each without a broken rule of weight', async () => {
    const open = readDcat((await feed('/catalog.ttl')).quads)
    const closed = readDcat((await feed('/catalog/protected.ttl')).quads)
    expect(open.records.length).toBe(open.total)
    expect(closed.records.length).toBe(closed.total)
    for (const { record, findings } of [...open.records, ...closed.records]) {
      expect([record.title, findings]).toEqual([record.title, []])
      const broken = checkRecord(record).findings.filter((f) => hasErrors([f]))
      expect([record.title, broken.map((f) => f.code)]).toEqual([record.title, []])
    }
    for (const { record } of open.records) expect(record.access.type).toBe('open')
    for (const { record } of closed.records) expect(record.distributions).toEqual([])
  })
})

describe('quality in the feeds', () => {
  test('stands as measurements of each open dataset, the total being the sum of the dimensions', async () => {
    const { quads } = await feed('/catalog.ttl')
    const graph = indexQuads(quads)
    const open = readDcat(quads).records.filter(({ record }) => !record.service)
    expect(open.length).toBeGreaterThan(5)
    for (const { record } of open) {
      const points = statementsOf(graph, iri(record.uri ?? ''), DQV.hasQualityMeasurement).map(
        ({ object }) => ({
          metric: statementsOf(graph, object, DQV.isMeasurementOf)[0]?.object.value.split('#')[1],
          value: Number(statementsOf(graph, object, DQV.value)[0]?.object.value),
          of: statementsOf(graph, object, DQV.computedOn)[0]?.object.value,
        }),
      )
      const [total, ...rest] = points
      expect(points.length).toBe(6)
      expect(total).toMatchObject({ metric: 'total', of: record.uri })
      expect(total?.value).toBe(rest.reduce((sum, each) => sum + each.value, 0))
      expect(total?.value).toBeGreaterThan(100)
    }
    const metrics = new Set(statementsWith(graph, DQV.isMeasurementOf).map(({ object }) => object.value))
    for (const metric of metrics)
      expect(statementsOf(graph, iri(metric), RDF.type)[0]?.object).toEqual(DQV.Metric)
    expect((await feed('/catalog/protected.ttl')).quads.some((q) => q.predicate.equals(DQV.value))).toBe(
      false,
    )
  })
})

const shapesFolder = join(import.meta.dirname, '../../../shared/fixtures/dcat/shacl')

describe.skipIf(!existsSync(shapesFolder))(
  'the official shapes (skipped: shared/fixtures/dcat/shacl is missing)',
  () => {
    // The last one describes data without the service that serves them: the link to it stands there all the same.
    const withoutService = '/catalog.ttl?fq=-extras_resource-type:service%20AND%20title:Hitzetage'
    test.each(['/catalog.ttl', '/catalog/protected.ttl', withoutService])(
      'find no violation in %s',
      async (path) => {
        const files = [
          'dcat-ap-de/v3.0/dcat-ap-spec-german-additions.ttl',
          'dcat-ap-de/v3.0/dcat-ap-de-deprecated.ttl',
          'dcat-ap-de/v3.0/dcat-ap-SHACL-DE.ttl',
          'dcat-ap/3.0.0/dcat-ap-SHACL.ttl',
        ]
        const shapes = await Promise.all(
          files.map((file) => parseRdf(readFileSync(join(shapesFolder, file)), { filename: file })),
        )
        const { quads } = await feed(path)
        const links = quads.filter((q) => q.predicate.equals(DCAT.servesDataset))
        expect(links).toHaveLength(path.includes('protected') ? 0 : 1)
        const results = await validateShacl(
          quads,
          shapes.flatMap((s) => s.quads),
        )
        expect(
          results
            .filter((r) => r.severity === 'violation')
            .map((r) => `${r.focus} ${r.path} ${r.value} ${r.message}`),
        ).toEqual([])
        // The shapes do look: without publishers they complain.
        const without = quads.filter((q) => !q.predicate.value.endsWith('/publisher'))
        expect(
          (
            await validateShacl(
              without,
              shapes.flatMap((s) => s.quads),
            )
          ).length,
        ).toBeGreaterThan(0)
      },
    )
  },
)
