import { ckanFormat } from '../src/catalogue/ckan/source.ts'
import { writeCkanPackage } from '../src/catalogue/ckan/write.ts'
import { full } from '../src/catalogue/dcat/examples.ts'
import { dcatFormat } from '../src/catalogue/dcat/source.ts'
import { writeDcatDataset } from '../src/catalogue/dcat/write.ts'
import { fileContext, type SourceFormat } from '../src/catalogue/formats/format.ts'
import { cswSample } from '../src/catalogue/iso/sample.ts'
import { cswFormat } from '../src/catalogue/iso/source.ts'
import type { DatasetRecord } from '../src/catalogue/model.ts'
import type { RdfFormat } from '../src/rdf/formats.ts'
import { serialise } from '../src/rdf/serialise.ts'

const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 500)
/** Records of a page, as services give them. */
const PAGE = 100
/** Records a second a catalogue service has to be mapped at, so that a night is enough for the national one. */
const WANTED_ISO = 150

function records(start: number): DatasetRecord[] {
  return Array.from({ length: PAGE }, (_, i) => ({
    ...full,
    uri: `https://daten.example/${start + i}`,
    identifier: `d${start + i}`,
    title: { de: `Hitzetage je Block ${start + i}` },
    distributions: full.distributions.map((d, j) => ({
      ...d,
      id: `https://daten.example/${start + i}/${j}`,
    })),
  }))
}

function rdf(format: RdfFormat): (start: number) => string {
  return (start) =>
    serialise(
      records(start).flatMap((record, i) => writeDcatDataset(record, { prefix: `d${i}` })),
      format,
    )
}

function ckan(start: number): string {
  const options = {
    url: 'https://daten.example/',
    created: new Date(0),
    modified: new Date(0),
    organization: null,
  }
  const results = records(start).map((record, i) =>
    writeCkanPackage(record, { ...options, id: `${start + i}` }),
  )
  return JSON.stringify({ success: true, result: { count: RECORDS, results } })
}

function pages(make: (start: number) => string): Uint8Array[] {
  const starts = Array.from({ length: Math.ceil(RECORDS / PAGE) }, (_, i) => i * PAGE + 1)
  return starts.map((start) => new TextEncoder().encode(make(start)))
}

/** Milliseconds of processor time this process has used: other work on the machine does not count. */
function cpuMillis(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

type Rate = { cut: number; mapped: number }

/** Records a second of processor time: cut out of their page only (as for what did not change), and mapped as well. */
async function rateOf(format: SourceFormat, documents: Uint8Array[]): Promise<Rate> {
  let [cut, mapped, count] = [0, 0, 0]
  for (const bytes of documents) {
    const start = cpuMillis()
    const page = await format.readPage(bytes, fileContext())
    const split = cpuMillis()
    for (const item of page.items) item.read()
    cut += split - start
    mapped += cpuMillis() - start
    count += page.items.length
  }
  return { cut: (count / cut) * 1000, mapped: (count / mapped) * 1000 }
}

/** Rates of reading each form, with the ratio to what a catalogue service needs. */
export async function bench(say: (line: string) => void): Promise<void> {
  const cases: [string, SourceFormat, (start: number) => string][] = [
    ['CSW, ISO 19139', cswFormat, (start) => cswSample({ start, count: PAGE, matched: RECORDS })],
    ['CKAN', ckanFormat, ckan],
    ['DCAT, RDF/XML', dcatFormat, rdf('rdfxml')],
    ['DCAT, Turtle', dcatFormat, rdf('turtle')],
    ['DCAT, JSON-LD', dcatFormat, rdf('jsonld')],
  ]
  for (const [name, format, make] of cases) {
    const documents = pages(make)
    await rateOf(format, documents.slice(0, 1))
    const { cut, mapped } = await rateOf(format, documents)
    const size = documents.reduce((sum, page) => sum + page.length, 0) / (documents.length * PAGE) / 1024
    const ratio =
      format === cswFormat ? `, ${(mapped / WANTED_ISO).toFixed(1)} × the ${WANTED_ISO}/s asked for` : ''
    say(
      `${name}: ${Math.round(mapped)} records/s mapped, ${Math.round(cut)}/s cut out only (${size.toFixed(1)} KiB each)${ratio}`,
    )
  }
  say(`memory at the end: ${Math.round(process.memoryUsage().rss / 1024 / 1024)} MiB`)
}
