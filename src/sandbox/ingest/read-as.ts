import { finding, type Finding } from '../../platform/finding.ts'
import type { ColumnProfile } from '../../platform/tabular/table.ts'
import type { SourceForm } from './column.ts'

const formats: Record<SourceForm['format'], string> = {
  csv: 'CSV',
  xlsx: 'XLSX',
  json: 'JSON',
  geojson: 'GeoJSON',
  dbf: 'dBASE (DBF)',
  kml: 'KML',
  parquet: 'Parquet',
  other: 'Text',
}

type Words = { readonly de: string; readonly en: string }

/** One sentence on how a file was read: format, encoding, separator, header, signs of numbers, order of dates. */
export function readAs(form: SourceForm, columns: readonly ColumnProfile[] = []): Finding {
  const parts = [formatWords(form), ...delimited(form), ...numbers(columns), ...dates(columns)]
  const join = (locale: 'de' | 'en') => parts.map((p) => p[locale]).join(', ')
  return finding('info', 'read-as', { de: `Gelesen als ${join('de')}.`, en: `Read as ${join('en')}.` })
}

function formatWords(form: SourceForm): Words {
  const packed = form.packed
    ? { de: `, gepackt (${form.packed})`, en: `, packed (${form.packed})` }
    : { de: '', en: '' }
  const encoding = form.encoding ? `, ${form.encoding.toUpperCase()}` : ''
  const name = formats[form.format]
  return { de: `${name}${packed.de}${encoding}`, en: `${name}${packed.en}${encoding}` }
}

function delimited(form: SourceForm): Words[] {
  if (!form.delimiter) return []
  const sign = form.delimiter === '\t' ? 'Tab' : form.delimiter
  const row = (form.headerRow ?? -1) + 1
  return [
    { de: `Trennzeichen „${sign}“`, en: `separator “${sign}”` },
    row > 0
      ? { de: `Kopfzeile in Zeile ${row}`, en: `header in line ${row}` }
      : { de: 'ohne Kopfzeile', en: 'without a header' },
  ]
}

function numbers(columns: readonly ColumnProfile[]): Words[] {
  const decimal = columns.find((c) => c.type === 'decimal' && c.decimal)?.decimal
  const thousands = columns.find((c) => c.thousands)?.thousands
  const signs = {
    ',': { de: 'Komma', en: 'comma' },
    '.': { de: 'Punkt', en: 'point' },
    ' ': { de: 'Leerzeichen oder Apostroph', en: 'space or apostrophe' },
  }
  return [
    ...(decimal
      ? [{ de: `Dezimal${signs[decimal].de.toLowerCase()}`, en: `decimal ${signs[decimal].en}` }]
      : []),
    ...(thousands
      ? [{ de: `Tausender mit ${signs[thousands].de}`, en: `thousands with a ${signs[thousands].en}` }]
      : []),
  ]
}

function dates(columns: readonly ColumnProfile[]): Words[] {
  const forms = new Set(columns.map((c) => c.dateForm))
  return [
    ...(forms.has('dmy') ? [{ de: 'Daten als Tag.Monat.Jahr', en: 'dates as day.month.year' }] : []),
    ...(forms.has('mdy') ? [{ de: 'Daten als Monat/Tag/Jahr', en: 'dates as month/day/year' }] : []),
    ...(forms.has('compact') ? [{ de: 'Daten als JJJJMMTT', en: 'dates as YYYYMMDD' }] : []),
  ]
}
