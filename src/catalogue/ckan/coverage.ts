import { isIri } from '../../rdf/terms.ts'
import { canonicalDcatDe } from '../dcat/codes.ts'
import { bboxOfGeometry } from '../dcat/places.ts'
import { looseDate } from '../formats/dates.ts'
import type { Bbox, Period, Place } from '../model.ts'
import { asText, isObject, objects, text, texts, understood, type Fields } from './fields.ts'
import { iri } from './people.ts'

/** Places of a package: GeoJSON or WKT in `spatial`, addresses of places, names, the four edges of the spatial extension. */
export function placesOf(fields: Fields): Place[] {
  const places: Place[] = objects(fields, 'spatial_coverage')
    .slice(0, 100)
    .map((each) => ({
      id: iri(each['uri']),
      label: named(asText(each['text'])),
      bbox: boxOf(each['bbox']) ?? boxOf(each['geom']),
      derived: false,
    }))
  const spatial = fields.values.get('spatial')
  const bbox = boxOf(spatial) ?? edgesOf(fields)
  if (bbox) fields.taken.add('spatial')
  const words = text(
    fields,
    'spatial_text',
    'spatial-text',
    'geographical_coverage',
    'geocoding_text',
    'geocodingDescription',
  )
  const place = bbox ? null : text(fields, 'spatial')
  const ids = [
    ...texts(fields, ['spatial_uri']),
    ...texts(fields, ['politicalGeocodingURI'], true),
    ...(place !== null && isIri(place) ? [place] : []),
  ]
  const label = named(words ?? (place !== null && !isIri(place) && !place.startsWith('{') ? place : ''))
  for (const id of new Set(ids.filter(isIri).map(canonicalDcatDe)))
    if (!places.some((known) => known.id === id)) places.push({ id, label: {}, bbox: null, derived: false })
  if (bbox || Object.keys(label).length > 0) places.push({ id: null, label, bbox, derived: false })
  return places.slice(0, 100)
}

function named(name: string): Record<string, string> {
  return name === '' ? {} : { '': name }
}

/** The box around GeoJSON (as object or text) or WKT. */
export function boxOf(geometry: unknown): Bbox | null {
  if (typeof geometry === 'string') return bboxOfGeometry(geometry)
  if (!isObject(geometry)) return null
  try {
    return bboxOfGeometry(JSON.stringify(geometry))
  } catch {
    return null
  }
}

function edgesOf(fields: Fields): Bbox | null {
  const edge = (key: string): number => Number(text(fields, key) ?? 'none')
  const box: Bbox = [
    edge('bbox-west-long'),
    edge('bbox-south-lat'),
    edge('bbox-east-long'),
    edge('bbox-north-lat'),
  ]
  const [w, s, e, n] = box
  return box.every(Number.isFinite) && w >= -180 && e <= 180 && s >= -90 && n <= 90 && w <= e && s <= n
    ? box
    : null
}

/** Periods of a package: a list of spans, or one in flat fields; words that are no dates are kept as they are. */
export function periodsOf(fields: Fields): Period[] {
  const spans = objects(fields, 'temporal_coverage')
  if (spans.length === 0) fields.taken.delete('temporal_coverage')
  const listed = spans.map((each) => period(asText(each['start']), asText(each['end'])))
  const date = (...keys: string[]): string => understood(fields, keys, looseDate) ?? ''
  const flat = period(
    date('temporal_start', 'temporal_coverage_from', 'temporal_coverage-from'),
    date('temporal_end', 'temporal_coverage_to', 'temporal_coverage-to'),
  )
  const words = understood(fields, ['temporal_coverage'], (text) => {
    const [from = '', to] = text.split(/\s*(?:\/|bis|–| - )\s*/)
    return period(from, to ?? from)
  })
  return [...listed, flat, words].flatMap((each) => each ?? []).slice(0, 50)
}

function period(from: string, to: string): Period | null {
  const [start, end] = [looseDate(from), looseDate(to)]
  return start === null && end === null ? null : { id: null, start, end }
}
