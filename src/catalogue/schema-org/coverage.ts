import { isIri } from '../../rdf/terms.ts'
import { asText, isObject, type Json } from '../ckan/fields.ts'
import { iri } from '../ckan/people.ts'
import { bboxOfGeometry } from '../dcat/places.ts'
import { looseDate } from '../formats/dates.ts'
import type { Bbox, Period, Place } from '../model.ts'
import { plain } from './find.ts'
import { listOf, nameOf } from './values.ts'

/** A place: named, with an address, or with a box; none when it says nothing. */
export function placeOf(value: unknown): Place[] {
  if (!isObject(value)) {
    const text = asText(value)
    return text === ''
      ? []
      : [
          {
            id: isIri(text) ? text : null,
            label: isIri(text) ? {} : { '': text },
            bbox: null,
            derived: false,
          },
        ]
  }
  const json = plain(value)
  const name = nameOf(json)
  const geo = listOf(json['geo']).filter(isObject).map(plain)[0]
  const bbox = geo ? geoBox(geo) : null
  const id = iri(json['@id']) ?? iri(json['sameAs'])
  return name === '' && !bbox && id === null
    ? []
    : [{ id, label: name === '' ? {} : { '': name }, bbox, derived: false }]
}

/** schema.org writes latitude before longitude, with spaces or commas. */
function geoBox(geo: Json): Bbox | null {
  const text = asText(geo['box']) || asText(geo['polygon'])
  const numbers =
    text === ''
      ? [asText(geo['latitude']), asText(geo['longitude'])].map((each) =>
          each === '' ? Number.NaN : Number(each),
        )
      : text.split(/[\s,]+/).map(Number)
  if (numbers.length < 2 || numbers.length % 2 === 1 || !numbers.every(Number.isFinite))
    return bboxOfGeometry(text)
  const pairs = numbers.flatMap((_, i) => (i % 2 === 0 ? [`${numbers[i + 1]} ${numbers[i]}`] : []))
  return bboxOfGeometry(`LINESTRING(${pairs.slice(0, 10_000).join(', ')})`)
}

/** A span like '2010/2012' or '2010/..'. */
export function periodOf(text: string): Period[] {
  const [from = '', to] = text.split('/')
  const [start, end] = [looseDate(from), looseDate(to ?? from)]
  return start === null && end === null ? [] : [{ id: null, start, end }]
}
