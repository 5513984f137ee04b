import { SaxesParser } from 'saxes'
import { finding } from '../finding.ts'
import { noTable, tableOfRecords } from './records.ts'
import type { Table, TableLimits } from './table.ts'

type Reading = {
  path: string[]
  text: string
  field: string
  place: Record<string, string> | null
  shapes: number
  readonly places: Record<string, string>[]
}

/** True for the start of a KML document. */
export function isKml(text: string): boolean {
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]{0,2000}?-->\s*)?<kml[\s>]/.test(text.slice(0, 4000))
}

/** Reads the places of a KML file: name, attributes and, for points, longitude and latitude. Never throws. */
export function readKml(text: string, limits: TableLimits): Table {
  const reading: Reading = { path: [], text: '', field: '', place: null, shapes: 0, places: [] }
  const parser = new SaxesParser({ xmlns: false })
  parser.on('opentag', ({ name, attributes }) => open(reading, local(name), attributes))
  parser.on('text', (text) => {
    if (reading.place && reading.text.length <= limits.maxCell) reading.text += text
  })
  parser.on('cdata', (text) => {
    if (reading.place && reading.text.length <= limits.maxCell) reading.text += text
  })
  parser.on('closetag', ({ name }) => close(reading, local(name)))
  try {
    parser.write(text).close()
  } catch {
    return noTable(broken())
  }
  const table = tableOfRecords(reading.places, limits)
  return reading.shapes > 0
    ? { ...table, findings: [...table.findings, shapesLeftOut(reading.shapes)] }
    : table
}

const local = (name: string) => name.replace(/^.*:/, '')

function open(reading: Reading, name: string, attributes: Record<string, string>): void {
  reading.path.push(name)
  reading.text = ''
  if (name === 'Placemark') reading.place = {}
  if (name === 'SimpleData' || name === 'Data') reading.field = attributes['name'] ?? ''
}

function close(reading: Reading, name: string): void {
  const { place, path } = reading
  const text = reading.text.trim()
  path.pop()
  reading.text = ''
  if (!place) return
  const parent = path.at(-1)
  if (name === 'Placemark') {
    reading.places.push(place)
    reading.place = null
  } else if (parent === 'Placemark' && ['name', 'description', 'address'].includes(name)) place[name] = text
  else if (name === 'SimpleData' || (name === 'value' && parent === 'Data')) place[reading.field] = text
  else if (name === 'coordinates' && parent === 'Point') point(place, text)
  else if (name === 'coordinates') reading.shapes++
}

function point(place: Record<string, string>, text: string): void {
  const [longitude = '', latitude = ''] = text.split(',')
  place['geometry.longitude'] = longitude.trim()
  place['geometry.latitude'] = latitude.trim()
}

function broken() {
  return finding('error', 'xml-broken', {
    de: 'Die KML-Datei ist beschädigt oder unvollständig.',
    en: 'The KML file is damaged or incomplete.',
  })
}

function shapesLeftOut(n: number) {
  return finding('info', 'shapes-left-out', {
    de: `${n} Linien oder Flächen wurden nicht übernommen, nur die Sachdaten dazu.`,
    en: `${n} lines or areas were not taken over, only the attributes that go with them.`,
  })
}
