import { iri, literal, triple, type NodeTerm, type Quad } from '../../rdf/terms.ts'
import { DCAT, DCATDE, DCT, GEO, LOCN, RDF, RDFS, SCHEMA, SKOS } from '../../rdf/vocabularies.ts'
import type { Bbox, Period, Place } from '../model.ts'
import { canonicalDcatDe } from './codes.ts'
import {
  dateOf,
  idOf,
  objectsOf,
  statements,
  take,
  takeDate,
  takeTexts,
  takeTypes,
  type GraphReader,
} from './graph.ts'
import { lists } from './vocabulary.ts'
import { date, node, texts, type Writer } from './writer.ts'

/** Places of a dataset: `dcterms:spatial`, and the older German geocoding addresses where they add something. */
export function takePlaces(reader: GraphReader, from: NodeTerm): Place[] {
  const places: Place[] = []
  for (const { quad, node: place, text } of objectsOf(reader, from, DCT.spatial)) {
    if (places.length >= 100) break
    if (place) {
      take(reader, quad)
      places.push(takePlace(reader, place))
    } else if (text) {
      take(reader, quad)
      places.push({ id: null, label: { [text.language]: text.value }, bbox: null, derived: false })
    }
  }
  for (const quad of statements(reader, from, DCATDE.politicalGeocodingURI)) {
    if (quad.object.termType === 'BlankNode') continue
    take(reader, quad)
    const id = canonicalDcatDe(quad.object.value)
    if (!places.some((place) => place.id === id)) places.push({ id, label: {}, bbox: null, derived: false })
  }
  const described = takeTexts(reader, from, DCATDE.geocodingDescription)
  if (Object.keys(described).length > 0 && !places.some((p) => sameLabel(p, described)))
    places.push({ id: null, label: described, bbox: null, derived: false })
  return places
}

function sameLabel(place: Place, label: Place['label']): boolean {
  return Object.values(place.label).some((text) => Object.values(label).includes(text))
}

function takePlace(reader: GraphReader, place: NodeTerm): Place {
  takeTypes(reader, place, [DCT.Location])
  const label = takeTexts(reader, place, SKOS.prefLabel)
  const box = takeBbox(reader, place)
  const id = place.termType === 'NamedNode' ? canonicalDcatDe(place.value) : idOf(place)
  const labels = Object.keys(label).length > 0 ? label : readTexts(reader, place)
  return { id, label: labels, ...box }
}

/** Labels in other words are read, but stay in the kept statements. */
function readTexts(reader: GraphReader, place: NodeTerm): Place['label'] {
  const found: Place['label'] = {}
  for (const quad of statements(reader, place, RDFS.label)) {
    if (quad.object.termType === 'Literal') found[quad.object.language] ??= quad.object.value
  }
  return found
}

function takeBbox(reader: GraphReader, place: NodeTerm): { bbox: Bbox | null; derived: boolean } {
  for (const predicate of [DCAT.bbox, LOCN.geometry]) {
    for (const quad of statements(reader, place, predicate)) {
      const bbox = quad.object.termType === 'Literal' ? bboxOfGeometry(quad.object.value) : null
      if (!bbox) continue
      const own = predicate.equals(DCAT.bbox) && quad.object.equals(literal(wktOfBbox(bbox), GEO.wktLiteral))
      if (own) take(reader, quad)
      return { bbox, derived: !own }
    }
  }
  return { bbox: null, derived: false }
}

const NUMBER_PAIR = /(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)[\s,]+(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/g

/** The box around a WKT or GeoJSON text in degrees; null when it is not readable or not in degrees. */
export function bboxOfGeometry(text: string): Bbox | null {
  const body = text.slice(0, 500_000)
  if (!/^\s*(<[^>]*>\s*)?(POLYGON|MULTIPOLYGON|POINT|LINESTRING|ENVELOPE|\{)/i.test(body)) return null
  const envelope = /ENVELOPE\s*\(\s*([-\d.]+)[\s,]+([-\d.]+)[\s,]+([-\d.]+)[\s,]+([-\d.]+)/i.exec(body)
  if (envelope)
    return checked([Number(envelope[1]), Number(envelope[4]), Number(envelope[2]), Number(envelope[3])])
  const coordinates = body.trimStart().startsWith('{')
    ? body.slice(Math.max(0, body.indexOf('"coordinates"')))
    : body.replace(/^\s*<[^>]*>/, '')
  let box: Bbox | null = null
  for (const m of coordinates.matchAll(NUMBER_PAIR)) {
    const [x, y] = [Number(m[1]), Number(m[2])]
    box = box
      ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)]
      : [x, y, x, y]
  }
  return box && checked(box)
}

function checked(box: Bbox): Bbox | null {
  const [west, south, east, north] = box
  const good = west >= -180 && east <= 180 && south >= -90 && north <= 90 && west <= east && south <= north
  return good && box.every(Number.isFinite) ? box : null
}

/** The box as WKT polygon. */
export function wktOfBbox([w, s, e, n]: Bbox): string {
  return `POLYGON((${w} ${s}, ${e} ${s}, ${e} ${n}, ${w} ${n}, ${w} ${s}))`
}

/** States a place and the link to it. */
export function writePlace(writer: Writer, from: NodeTerm, place: Place): void {
  const self = node(writer, place.id)
  writer.quads.push(triple(from, DCT.spatial, self), triple(self, RDF.type, DCT.Location))
  texts(writer, self, SKOS.prefLabel, place.label)
  if (place.bbox && !place.derived)
    writer.quads.push(triple(self, DCAT.bbox, literal(wktOfBbox(place.bbox), GEO.wktLiteral)))
}

/** The eight-digit municipality key (AGS) named by one of the places; null when none names a municipality. */
export function agsOfPlaces(places: Place[]): string | null {
  for (const { id } of places) {
    const key = /politicalGeocoding\/(municipalityKey|regionalKey|districtKey)\/(\d+)$/.exec(id ?? '')
    const [, kind, digits = ''] = key ?? []
    if (kind === 'municipalityKey' && digits.length === 8) return digits
    // The regional key (ARS) has four digits for the association between district and municipality.
    if (kind === 'regionalKey' && digits.length === 12) return digits.slice(0, 5) + digits.slice(9)
    if (kind === 'districtKey' && digits.length === 5) return `${digits}000`
  }
  return null
}

/** The address of a municipality key, where no place names it already. */
export function placeOfAgs(ags: string | null, places: Place[]): Place | null {
  if (ags === null || !/^\d{8}$/.test(ags) || agsOfPlaces(places) === ags) return null
  return { id: `${lists.geocoding}municipalityKey/${ags}`, label: {}, bbox: null, derived: false }
}

/** Periods of a dataset; a node without a readable date stays unknown. */
export function takePeriods(reader: GraphReader, from: NodeTerm): Period[] {
  const periods: Period[] = []
  for (const { quad, node: period } of objectsOf(reader, from, DCT.temporal)) {
    if (!period || periods.length >= 50 || !hasDate(reader, period)) continue
    take(reader, quad)
    takeTypes(reader, period, [DCT.PeriodOfTime])
    periods.push({
      id: idOf(period),
      start: takeDate(reader, period, DCAT.startDate) ?? takeDate(reader, period, SCHEMA.startDate),
      end: takeDate(reader, period, DCAT.endDate) ?? takeDate(reader, period, SCHEMA.endDate),
    })
  }
  return periods
}

function hasDate(reader: GraphReader, period: NodeTerm): boolean {
  const dates = [DCAT.startDate, DCAT.endDate, SCHEMA.startDate, SCHEMA.endDate]
  return dates.some((p) => statements(reader, period, p).some((q: Quad) => dateOf(q.object.value) !== null))
}

/** States a period and the link to it. */
export function writePeriod(writer: Writer, from: NodeTerm, period: Period): void {
  if (period.start === null && period.end === null) return
  const self = node(writer, period.id)
  writer.quads.push(triple(from, DCT.temporal, self), triple(self, RDF.type, iri(DCT.PeriodOfTime.value)))
  date(writer, self, DCAT.startDate, period.start)
  date(writer, self, DCAT.endDate, period.end)
}
