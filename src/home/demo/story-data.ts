import { createEntry, describeFile, publishDataset } from '../../catalogue/service.ts'
import type { Ctx } from '../../platform/context.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import { inventedPreview } from './previews.ts'
import { closedRecords, recordOf } from './records.ts'
import type { ModelTown } from './registers.ts'
import type { Stage, Step } from './stage.ts'
import { agesTable, dailyHeatTable, kitasTable, toCsv, treesTable, type RegisterTable } from './tables.ts'
import { blocksGeoJson, districtsGeoJson, riverGeoJson } from './town.ts'

type ClosedKey = keyof typeof closedRecords

const owners: readonly (readonly [PersonKey, OrganisationKey, readonly ClosedKey[]])[] = [
  ['jugendamt', 'jugendamt', ['kinder', 'belegung', 'elternbefragung']],
  ['uni', 'uni', ['waermekarte']],
  ['stadtwerke', 'stadtwerke', ['messnetz', 'verbrauch', 'grundwasser']],
  ['gesundheit', 'gesundheitsamt', ['einschulung', 'hitzeeinsaetze']],
  ['funknetz', 'funknetz', ['geraete']],
  ['linien', 'linien', ['fahrten']],
  ['lotsin', 'verkehr', ['leuchten']],
]

const BY = 'http://dcat-ap.de/def/licenses/cc-by/4.0'
const ZERO = 'http://dcat-ap.de/def/licenses/cc-zero'

type OpenPart = {
  key: string
  by: PersonKey
  organisation: OrganisationKey
  title: string
  description: string
  licence: string
  keywords: string[]
  topics: ('ENVI' | 'SOCI' | 'EDUC' | 'REGI')[]
  temporal: { start: string; end: string }
  files: (town: ModelTown) => { name: string; mediaType: string; text: string }[]
  columns: readonly (readonly [string, string, string?])[]
  /** What a row is, in the plural, for the bars of the preview; without it no bars are drawn. */
  counts?: string
}

const csv = (table: RegisterTable) => ({
  name: `${table.name}.csv`,
  mediaType: 'text/csv',
  text: toCsv(table),
})
const geo = (name: string, value: unknown) => ({
  name: `${name}.geojson`,
  mediaType: 'application/geo+json',
  text: JSON.stringify(value),
})

const open: readonly OpenPart[] = [
  {
    key: 'stadtteile',
    by: 'lotsin',
    organisation: 'statistik',
    title: 'Stadtteile und Baublöcke',
    description: 'Grenzen der 12 Stadtteile und 120 Baublöcke, dazu der Lauf der Aue.',
    licence: ZERO,
    keywords: ['Stadtteil', 'Baublock', 'Grenzen', 'Karte'],
    topics: ['REGI'],
    temporal: { start: '2026-01-01', end: '2026-12-31' },
    files: ({ ground }) => [
      geo('stadtteile', districtsGeoJson(ground)),
      geo('bloecke', blocksGeoJson(ground)),
      geo('aue', riverGeoJson()),
    ],
    columns: [
      ['code', 'Kürzel des Stadtteils'],
      ['name', 'Name des Stadtteils'],
      ['block', 'Kennung des Baublocks'],
    ],
  },
  {
    key: 'altersgruppen',
    by: 'lotsin',
    organisation: 'statistik',
    title: 'Einwohner nach Stadtteil und Alter',
    description: 'Bestand am 1. Januar 2026 in neun Altersgruppen.',
    licence: BY,
    keywords: ['Einwohner', 'Alter', 'Stadtteil'],
    topics: ['SOCI'],
    temporal: { start: '2026-01-01', end: '2026-01-01' },
    files: (town) => [csv(agesTable(town))],
    columns: [
      ['stadtteil', 'Name des Stadtteils'],
      ['alter_von', 'jüngstes Alter', 'Jahre'],
      ['alter_bis', 'ältestes Alter', 'Jahre'],
      ['personen', 'Einwohner', 'Personen'],
    ],
  },
  {
    key: 'kitas',
    counts: 'Kitas',
    by: 'jugendamt',
    organisation: 'jugendamt',
    title: 'Standorte der Kitas',
    description: 'Alle Kitas mit Träger, Plätzen und letzter Abholzeit.',
    licence: BY,
    keywords: ['Kita', 'Standorte', 'Plätze'],
    topics: ['EDUC', 'SOCI'],
    temporal: { start: '2026-01-01', end: '2026-12-31' },
    files: (town) => [csv(kitasTable(town))],
    columns: [
      ['kita', 'Kennung'],
      ['name', 'Name des Hauses'],
      ['traeger', 'Träger'],
      ['block', 'Baublock'],
      ['stadtteil', 'Stadtteil'],
      ['plaetze', 'genehmigte Plätze'],
      ['schliesst', 'letzte Abholzeit', 'Uhr'],
      ['lon', 'Länge', '°'],
      ['lat', 'Breite', '°'],
    ],
  },
  {
    key: 'baeume',
    counts: 'Bäume',
    by: 'gruen',
    organisation: 'gruen',
    title: 'Baumkataster',
    description: 'Jeder Baum auf öffentlichem Grund mit Art, Pflanzjahr und Kronenbreite.',
    licence: ZERO,
    keywords: ['Baum', 'Schatten', 'Grün', 'Klima'],
    topics: ['ENVI'],
    temporal: { start: '1900-01-01', end: '2026-03-01' },
    files: (town) => [csv(treesTable(town))],
    columns: [
      ['baum', 'Nummer'],
      ['block', 'Baublock'],
      ['stadtteil', 'Stadtteil'],
      ['art', 'Baumart'],
      ['pflanzjahr', 'gepflanzt im Jahr'],
      ['krone_m', 'Breite der Krone', 'm'],
      ['lon', 'Länge', '°'],
      ['lat', 'Breite', '°'],
    ],
  },
  {
    key: 'tageswerte',
    by: 'stadtwerke',
    organisation: 'stadtwerke',
    title: 'Tageswerte der Temperatur, Sommer 2025',
    description: 'Mittel und Höchstwert je Tag über alle Messpunkte, Juni bis August 2025.',
    licence: BY,
    keywords: ['Temperatur', 'Hitze', 'Sommer'],
    topics: ['ENVI'],
    temporal: { start: '2025-06-01', end: '2025-08-31' },
    files: (town) => [csv(dailyHeatTable(town))],
    columns: [
      ['tag', 'Tag'],
      ['mittel', 'Tagesmittel', '°C'],
      ['hoechstwert', 'wärmste Stunde', '°C'],
    ],
  },
]

/** What the houses of Auenstadt have: described data that stay with them, and open data with their files. */
export const dataSteps: readonly Step[] = [
  ...owners.map(([person, organisation, keys], index): Step => ({
    name: `data-${organisation}`,
    at: `2026-03-1${index % 2}T1${index}:00`,
    run: async (stage) => {
      const ids: Record<string, string> = {}
      for (const key of keys) ids[`entry:${key}`] = await describe(stage, person, organisation, key)
      return ids
    },
  })),
  ...open.map((part, index): Step => ({
    name: `open-${part.key}`,
    at: `2026-03-17T1${index}:00`,
    run: (stage) => publish(stage, part),
  })),
]

async function describe(
  stage: Stage,
  person: PersonKey,
  organisation: OrganisationKey,
  key: ClosedKey,
): Promise<string> {
  // The Tiefbauamt has nobody here yet: the hub took over its old list.
  const ctx = person === 'lotsin' ? stage.hub() : stage.as(person)
  const record = recordOf(closedRecords[key], ctx.config.ags)
  const { id } = await createEntry(ctx, {
    organisationId: stage.organisation(organisation),
    record,
    preview: inventedPreview(key),
    way: 'inventory',
  })
  return id
}

async function publish(stage: Stage, part: OpenPart): Promise<Record<string, string>> {
  const ctx = stage.as(part.by)
  const made = part.files(stage.town())
  const files = await Promise.all(made.map((file) => keep(ctx, file)))
  const preview = await previewOf(part, made[0])
  const entry = await publishDataset(ctx, {
    title: part.title,
    description: part.description,
    organisationId: stage.organisation(part.organisation),
    licence: part.licence,
    files,
    keywords: part.keywords,
    topics: part.topics,
    temporal: part.temporal,
    spatial: 'Auenstadt',
    ...(preview ? { preview } : {}),
    columns: part.columns.map(([name, meaning, unit]) => ({ name, meaning, unit: unit ?? null })),
  })
  return { [`entry:${part.key}`]: entry.id }
}

/** What the first file shows, with a title for its chart in words of the town. */
async function previewOf(part: OpenPart, file: { name: string; text: string } | undefined) {
  if (!file) return null
  const { preview } = await describeFile(Buffer.from(file.text), { filename: file.name })
  if (!preview?.chart) return preview
  const { chart, ...rest } = preview
  const label = part.columns.find(([name]) => name === chart.label)?.[1]
  if (!part.counts || !label) return rest
  return { ...rest, chart: { ...chart, label, title: `${part.counts} nach ${label}` } }
}

async function keep(ctx: Ctx, file: { name: string; mediaType: string; text: string }) {
  const { sha256, size } = await ctx.blobs.put(Buffer.from(file.text))
  return { name: file.name, mediaType: file.mediaType, sha256, size }
}
