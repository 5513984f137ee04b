import type { ColumnProfile } from '../../platform/tabular/table.ts'
import { licenceIri } from '../dcat/licences.ts'
import { fileTypes } from '../dcat/formats.ts'
import {
  emptyDistribution,
  emptyInventory,
  emptyRecord,
  type Column,
  type DatasetRecord,
  type Period,
} from '../model.ts'
import type { Found } from './describe.ts'
import { meaningOf } from './dictionary.ts'
import { proposeThemes, titleOfFile } from './topics.ts'

/** A record that says what the file shows by itself; everything in it is a proposal for the holder. */
export function proposeRecord(found: Found, file: { filename: string; size: number }): DatasetRecord {
  const title = titleOfFile(file.filename)
  const things = found.columns.some((c) =>
    /baujahr|errichtungsjahr|pflanzjahr|hersteller|baumart/i.test(c.name),
  )
  const columns = found.columns.map((c) => columnOf(c, things))
  const personal = columns.some((c) => c.personal)
  const period = periodOf(
    found.columns.filter((_, i) => !columns[i]?.personal),
    file.filename,
  )
  const themes = proposeThemes(title, found.table.header)
  return {
    ...emptyRecord(),
    title: { de: title },
    description: { de: descriptionOf(found, period) },
    keywords: keywordsOf(title).map((text) => ({ text, lang: 'de' })),
    themes,
    languages: ['DEU'],
    access: personal
      ? { ...emptyRecord().access, type: 'sandbox', reasons: ['f'], grounds: ['personal'] }
      : emptyRecord().access,
    places: found.bbox ? [{ id: null, label: {}, bbox: found.bbox, derived: false }] : [],
    ags: agsOf(found.columns),
    periods: period ? [period] : [],
    columns,
    distributions: found.columns.length > 0 ? [fileOf(found, file, personal)] : [],
    inventory: {
      ...emptyInventory(),
      kind: 'dataset',
      rowCount: found.rowCount,
      personalData: personal ? true : null,
    },
  }
}

/** `things`: the rows are built or planted, so an age is not a person's. */
function columnOf(profile: ColumnProfile, things: boolean): Column {
  const named = meaningOf(profile.name)
  const meaning =
    things && named?.de === 'Alter einer Person' ? { de: 'Alter', unit: named.unit, personal: false } : named
  return {
    name: profile.name,
    meaning: meaning?.de ?? '',
    type: profile.type,
    unit: profile.type === 'integer' || profile.type === 'decimal' ? (meaning?.unit ?? null) : null,
    // First names alone are a usual open statistic; only together with rows per person they are personal.
    personal:
      (meaning?.personal ?? false) &&
      !(profile.name.toLowerCase() === 'vorname' && profile.distinct > profile.total * 0.3),
  }
}

function fileOf(
  found: Found,
  file: { filename: string; size: number },
  personal: boolean,
): DatasetRecord['distributions'][number] {
  return {
    ...emptyDistribution(),
    title: { de: file.filename.split(/[\\/]/).pop() ?? file.filename },
    format: found.format in fileTypes ? found.format : null,
    mediaType: fileTypes[found.format]?.mediaType ?? null,
    licence: personal ? null : licenceIri('dl-zero-de/2.0'),
    byteSize: file.size,
  }
}

function descriptionOf(found: Found, period: Period | null): string {
  if (found.columns.length === 0) return ''
  const rows = (found.rowCount ?? found.table.rows.length).toLocaleString('de-DE')
  const names = found.table.header.slice(0, 8).join(', ')
  const more = found.table.header.length > 8 ? ' und weitere' : ''
  const parts = [
    `Tabelle mit ${found.rowCount === null ? 'mehr als ' : ''}${rows} Zeilen und ${found.columns.length} Spalten: ${names}${more}.`,
  ]
  if (period?.start)
    parts.push(
      period.start === period.end || !period.end
        ? `Zeit: ${period.start}.`
        : `Zeitraum: ${period.start} bis ${period.end}.`,
    )
  if (found.bbox) parts.push('Die Einträge haben eine Lage und lassen sich auf der Karte zeigen.')
  return parts.join(' ')
}

const STOP = new Set([
  'und',
  'der',
  'die',
  'das',
  'von',
  'in',
  'mit',
  'nach',
  'data',
  'daten',
  'neu',
  'csv',
  'stadt',
  'liste',
  'final',
  'export',
])

function keywordsOf(title: string): string[] {
  const words = title
    .split(/[\s,()]+/)
    .filter((word) => /^\p{L}{4,30}$/u.test(word) && !STOP.has(word.toLowerCase()))
  return [...new Set(words)].slice(0, 5)
}

/** The period from date columns, year columns, years in column names, or a year in the file name. */
function periodOf(columns: ColumnProfile[], filename: string): Period | null {
  const dates = columns.filter(
    (c) =>
      (c.type === 'date' || c.type === 'datetime') &&
      !/angelegt|geaendert|geändert|abruf|erstellt|created|updated/i.test(c.name),
  )
  const dated = spanOf(dates.map((c) => [String(c.min).slice(0, 10), String(c.max).slice(0, 10)]))
  if (dated) return dated
  const years = columns.filter(
    (c) => c.type === 'year' && /^(jahr|year|zeit|.*berichtsjahr|.*haushaltsjahr)$/i.test(c.name),
  )
  const ofYears = spanOf(years.map((c) => [String(c.min), String(c.max)]))
  if (ofYears) return ofYears
  const named = columns.flatMap((c) => /(?<!\d)((?:19|20)\d{2})(?!\d)/.exec(c.name)?.[1] ?? [])
  return spanOf(named.map((year) => [year, year])) ?? spanOf(fileYears(filename).map((year) => [year, year]))
}

function fileYears(filename: string): string[] {
  const base = filename.split(/[\\/]/).pop() ?? ''
  return [...base.matchAll(/(?<!\d)((?:19|20)\d{2})(?!\d)/g)].map((m) => m[1] ?? '')
}

function spanOf(spans: [string, string][]): Period | null {
  const good = spans.filter(([start, end]) => /^\d{4}/.test(start) && /^\d{4}/.test(end))
  if (good.length === 0) return null
  const start = good.map(([s]) => s).sort()[0] ?? null
  const end =
    good
      .map(([, e]) => e)
      .sort()
      .pop() ?? null
  return { id: null, start, end }
}

/** A municipality key that is the same in every row. */
function agsOf(columns: ColumnProfile[]): string | null {
  const key = columns.find((c) => /^(ags|gemeindeschl)/i.test(c.name) && c.distinct === 1)
  const value = key?.top[0]?.value ?? ''
  return /^\d{8}$/.test(value) ? value : null
}
