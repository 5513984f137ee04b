import type { DatasetRecord, Distribution } from '../src/catalogue/model.ts'
import { emptyDistribution, emptyRecord } from '../src/catalogue/model.ts'

// Invented entries in the shape of GovData: three in four with place and period, three files each, German compounds,
// about 1 500 publishers of very different size. Everything follows from the seed.

const things =
  'Abfall Baum Bevölkerung Boden Denkmal Energie Fahrrad Feuerwehr Fluss Friedhof Garten Gebäude Gewerbe Grund Haltestelle Haushalt Hochwasser Jugend Kinder Klima Krankenhaus Kultur Lärm Luft Markt Müll Naturschutz Park Pegel Pflege Radweg Schul Spielplatz Sport Straßen Umwelt Verkehr Wahl Wald Wasser Wetter Wohnung'.split(
    ' ',
  )
const kinds =
  'kalender kataster verzeichnis statistik messwerte standorte zählung plan karte bericht flächen zahlen einrichtungen bestand gebiete daten'.split(
    ' ',
  )
const towns =
  'Auenstadt Birkenfeld Dornheim Eichwalde Fahrenholz Grünau Hainstadt Ilmental Jagsthausen Kieritz Lindenau Mohrungen Neuhaus Oberried Pritzwalk Quellendorf Rodewisch Seestadt Talheim Uferloh Vierlinden Waldeck Zellin'.split(
    ' ',
  )
const words =
  'Der Datensatz enthält Angaben über die Lage Größe Art und Nutzung der erfassten Objekte im Gebiet des Kreises sowie deren Zustand nach Stadtteilen gegliedert für jedes Jahr seit Beginn der Erhebung durch das zuständige Amt mit Koordinaten Namen Adressen Kennzahlen Quelle Hinweise'.split(
    ' ',
  )
const themes = 'AGRI ECON EDUC ENER ENVI GOVE HEAL JUST REGI SOCI TECH TRAN'.split(' ')
const formats = [
  ['CSV', 'text/csv'],
  ['GEOJSON', 'application/geo+json'],
  ['PDF', 'application/pdf'],
  ['WMS_SRVC', null],
  ['XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['JSON', 'application/json'],
  ['ZIP', 'application/zip'],
] as const
const licences = ['dl-zero-de/2.0', 'dl-by-de/2.0', 'cc-by/4.0', 'cc-zero', 'other-closed']
const paces = ['ANNUAL', 'MONTHLY', 'DAILY', 'IRREG', 'NEVER', null]

type Random = () => number

function mulberry(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!
// Few are picked often, many seldom, as with real publishers and keywords.
const skewed = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() ** 3 * list.length)]!

/** The entry of this number; the same for the same seed, whatever was asked before. */
export function govdataLikeEntry(index: number, seed: number): DatasetRecord {
  const random = mulberry(Math.imul(index + 1, 2654435761) ^ seed)
  const thing = `${skewed(random, things)}${pick(random, kinds)}`
  const town = skewed(random, towns)
  const year = 2008 + Math.floor(random() * 18)
  const publisher = Math.floor(random() ** 3 * 1500)
  const modified = new Date(Date.UTC(year, Math.floor(random() * 12), 1 + Math.floor(random() * 28)))
  const key = `${index.toString(16).padStart(8, '0')}-${seed.toString(16).padStart(4, '0').slice(-4)}-4000-8000-${index.toString(16).padStart(12, '0')}`
  return {
    ...emptyRecord(),
    uri: `https://daten.example.org/dataset/${key}`,
    identifier: key,
    title: { de: `${thing} ${town} ${year}` },
    description: { de: description(random, thing, town) },
    keywords: Array.from({ length: 3 + Math.floor(random() * 6) }, () => ({
      text: `${skewed(random, things)}${random() < 0.5 ? pick(random, kinds) : ''}`.toLowerCase(),
      lang: 'de',
    })),
    themes: [pick(random, themes)],
    publisher: {
      id: `https://daten.example.org/amt/${publisher}`,
      name: {
        de: `${pick(mulberry(publisher), ['Amt für', 'Landesamt für', 'Stadtwerke', 'Fachdienst'])} ${things[publisher % things.length]!} ${towns[publisher % towns.length]!} ${Math.floor(publisher / 23)}`,
      },
      type: null,
      url: null,
      email: null,
    },
    contacts:
      random() < 0.7
        ? [
            {
              id: null,
              kind: 'organisation',
              name: `Datenstelle ${town}`,
              email: `daten@${town.toLowerCase().replace('ü', 'ue')}.example.org`,
              phone: null,
              url: null,
            },
          ]
        : [],
    contributorIds: ['http://dcat-ap.de/def/contributors/govDataEntry'],
    places:
      random() < 0.8
        ? [
            {
              id: null,
              label: { de: town },
              bbox: [10 + random(), 50 + random(), 11 + random(), 51 + random()],
              derived: false,
            },
          ]
        : [],
    periods: random() < 0.6 ? [{ id: null, start: `${year}-01-01`, end: `${year}-12-31` }] : [],
    frequency: pick(random, paces),
    issued: `${year}-01-01`,
    modified: modified.toISOString().slice(0, 10),
    distributions: Array.from({ length: 1 + Math.floor(random() * 5) }, (_, n) =>
      distribution(random, key, n),
    ),
  }
}

function description(random: Random, thing: string, town: string): string {
  const length = 20 + Math.floor(random() ** 2 * 120)
  return `${thing} in ${town}. ${Array.from({ length }, () => pick(random, words)).join(' ')}.`
}

function distribution(random: Random, key: string, n: number): Distribution {
  const [format, mediaType] = skewed(random, formats)
  const url = `https://daten.example.org/files/${key}/${n}.${format.toLowerCase()}`
  return {
    ...emptyDistribution(),
    id: `${url}#d`,
    title: { de: `Download ${format}` },
    accessUrl: url,
    downloadUrl: format === 'WMS_SRVC' ? null : url,
    format,
    mediaType,
    licence: `http://dcat-ap.de/def/licenses/${skewed(random, licences)}`,
    byteSize: random() < 0.3 ? Math.floor(random() * 1e7) : null,
  }
}
