import { descendants, element, elements, type Element } from '../formats/element.ts'
import { looseDate } from '../formats/dates.ts'
import { lists } from '../dcat/vocabulary.ts'
import type { Bbox, Period, Place } from '../model.ts'
import { anchorOf, textsOf, wordOf, type Languages } from './words.ts'

/** Places of a record: boxes, and named or keyed areas. Keys of the German list become its addresses. */
export function placesOf(identification: Element, languages: Languages): Place[] {
  const places: Place[] = []
  for (const extent of elements(identification, 'extent/EX_Extent').slice(0, 100)) {
    const label = textsOf(element(extent, 'description'), languages)
    for (const geographic of elements(extent, 'geographicElement/*')) {
      if (geographic.name === 'EX_GeographicBoundingBox') {
        const bbox = boxOf(geographic)
        if (bbox) places.push({ id: null, label, bbox, derived: false })
      } else if (geographic.name === 'EX_GeographicDescription')
        places.push(...namedPlace(geographic, languages))
    }
  }
  return merged(places).slice(0, 100)
}

/** One box and one name in the same record speak of the same place. */
function merged(places: Place[]): Place[] {
  const boxes = places.filter((place) => place.bbox)
  const named = places.filter((place) => !place.bbox)
  const [box] = boxes
  const [name] = named
  if (
    boxes.length === 1 &&
    named.length === 1 &&
    box &&
    name &&
    Object.keys(box.label).length === 0 &&
    name.id === null
  )
    return [{ ...box, label: name.label }]
  return [...boxes, ...named]
}

function boxOf(from: Element): Bbox | null {
  const edge = (name: string): number => Number(wordOf(element(from, name)).replace(',', '.') || 'none')
  const [w, s, e, n] = [
    edge('westBoundLongitude'),
    edge('southBoundLatitude'),
    edge('eastBoundLongitude'),
    edge('northBoundLatitude'),
  ]
  const good =
    [w, s, e, n].every(Number.isFinite) && w >= -180 && e <= 180 && s >= -90 && n <= 90 && w <= e && s <= n
  return good ? [w, s, e, n] : null
}

function namedPlace(from: Element, languages: Languages): Place[] {
  const holder = element(from, 'geographicIdentifier/*/code')
  const href = anchorOf(holder)
  const word = wordOf(holder)
  const key =
    keyIri(word) ??
    (/^https?:\/\/(www\.)?(dcat-ap\.de|publications\.europa\.eu|sws\.geonames\.org|www\.geonames\.org)/.test(
      href,
    )
      ? href
      : null)
  if (key !== null) return [{ id: key, label: {}, bbox: null, derived: false }]
  const label = textsOf(holder, languages)
  return Object.keys(label).length === 0 ? [] : [{ id: null, label, bbox: null, derived: false }]
}

/** Twelve digits are a regional key (ARS), eight a municipality key (AGS); both lists belong to DCAT-AP.de. */
function keyIri(word: string): string | null {
  if (/^(0[1-9]|1[0-6])\d{10}$/.test(word)) return `${lists.geocoding}regionalKey/${word}`
  return /^(0[1-9]|1[0-6])\d{6}$/.test(word) ? `${lists.geocoding}municipalityKey/${word}` : null
}

/** Periods of a record; an instant is a period of one day. */
export function periodsOf(identification: Element): Period[] {
  const spans = [
    ...descendants(identification, 'EX_TemporalExtent'),
    ...descendants(identification, 'EX_SpatialTemporalExtent'),
  ]
  return spans.slice(0, 50).flatMap((span): Period[] => {
    const period = descendants(span, 'TimePeriod')[0] ?? null
    const instant = period ? null : (descendants(span, 'TimeInstant')[0] ?? null)
    const start = dateIn(period ?? instant, 'beginPosition', 'begin', 'timePosition')
    const end = dateIn(period ?? instant, 'endPosition', 'end', 'timePosition')
    return start === null && end === null ? [] : [{ id: null, start, end }]
  })
}

function dateIn(from: Element | null, ...names: string[]): string | null {
  for (const name of names) {
    const holder = from === null ? undefined : descendants(from, name)[0]
    if (!holder) continue
    const text = holder.text.trim() || (descendants(holder, 'timePosition')[0]?.text.trim() ?? '')
    const date = looseDate(text)
    if (date !== null) return date
  }
  return null
}
