import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** What a walk works on: a catalogue to harvest, a city's file to describe, a confidential register for the vault. */
export type Input = {
  readonly name: string
  readonly needs: string
  readonly present: () => boolean
  readonly catalogue: () => Buffer
  readonly datasets: number
  /** How many the catalogue says it has; the Rostock file is the first of three pages. */
  readonly announced: number
  readonly cityFile: () => string
  /** A column of the city's file as its header says it. */
  readonly cityColumn: string
  readonly register: () => string
}

const fixtures = '../shared/fixtures'
const rostock = `${fixtures}/dcat/catalogues/govdata-dashboard/rostock-catalog-original-input.rdf.gz`
const daycare = `${fixtures}/cities/bochum/bochum_daycare_centers.csv`
const adult = `${fixtures}/disclosure/adult/adult.csv.gz`

function temporary(name: string, content: string | Buffer): string {
  const file = join(mkdtempSync(join(tmpdir(), 'allmende-input-')), name)
  writeFileSync(file, content)
  return file
}

/** Files of others: the catalogue of Rostock, day-care centres of Bochum, the Adult microdata. */
export const realInput: Input = {
  name: 'real files',
  needs: fixtures,
  present: () => [rostock, daycare, adult].every((file) => existsSync(file)),
  catalogue: () => gunzipSync(readFileSync(rostock)),
  datasets: 100,
  announced: 217,
  cityFile: () => daycare,
  cityColumn: 'kategorie',
  register: () => temporary('erwerbstaetige.csv', gunzipSync(readFileSync(adult))),
}

/** The twin on generated files, for where those of others are missing. */
export const generatedInput: Input = {
  name: 'generated files',
  needs: 'nothing',
  present: () => true,
  catalogue: () => Buffer.from(generatedCatalogue()),
  datasets: 7,
  announced: 7,
  cityFile: () => temporary('spielplaetze.csv', generatedPlaces()),
  cityColumn: 'Spielplatz',
  register: () => temporary('erwerbstaetige.csv', generatedRegister()),
}

function generatedCatalogue(): string {
  const datasets = Array.from({ length: 7 }, (_, i) => {
    const at = `https://daten.nachbarstadt.example/datensatz/${i + 1}`
    return `<${at}> a dcat:Dataset ; dct:identifier "${i + 1}" ; dct:title "Zählung ${i + 1}"@de ;
      dct:description "Wie viele Menschen an Stelle ${i + 1} vorbeikommen."@de ; dcat:distribution <${at}/csv> .
    <${at}/csv> a dcat:Distribution ; dcat:accessURL <${at}.csv> ; dct:license <http://dcat-ap.de/def/licenses/cc-by/4.0> .
    <https://daten.nachbarstadt.example/> dcat:dataset <${at}> .`
  })
  return `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
    <https://daten.nachbarstadt.example/> a dcat:Catalog ; dct:title "Nachbarstadt"@de .
    ${datasets.join('\n')}\n`
}

function generatedPlaces(): string {
  const rows = Array.from(
    { length: 40 },
    (_, i) =>
      `Platz ${i + 1};${3 + (i % 9)};${(51 + i / 1000).toFixed(4).replace('.', ',')};${(7 + i / 900).toFixed(4).replace('.', ',')}`,
  )
  return `Spielplatz;Geräte;Breitengrad;Längengrad\n${rows.join('\n')}\n`
}

function generatedRegister(): string {
  const education = ['Bachelors', 'HS-grad', 'Masters', 'Some-college']
  const rows = Array.from({ length: 6000 }, (_, i) => {
    const level = education[(i * 7) % 4]!
    const rich = (i * 13) % 10 < (level === 'Masters' ? 5 : level === 'Bachelors' ? 4 : 2)
    return [
      i % 2 ? 'Male' : 'Female',
      18 + ((i * 17) % 60),
      level,
      (i * 11) % 5 ? 'Private' : 'State-gov',
      rich ? '>50K' : '<=50K',
    ].join(';')
  })
  return `sex;age;education;workclass;salary-class\n${rows.join('\n')}\n`
}

/** Serves one document from loopback, as another town's portal would. */
export async function serveFile(
  body: Buffer,
): Promise<{ url: string; host: string; close: () => Promise<void> }> {
  const type = body.subarray(0, 200).includes('@prefix') ? 'text/turtle' : 'application/rdf+xml'
  const server = createServer((_request, response) => void response.setHeader('content-type', type).end(body))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${host}/catalog`,
    host,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}
