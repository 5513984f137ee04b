import { iri, literal, triple, type Quad } from '../../rdf/terms.ts'
import { DQV, PROV, RDF, SKOS, XSD } from '../../rdf/vocabularies.ts'
import { node, texts, writerOf } from '../dcat/writer.ts'
import type { LangText } from '../model.ts'
import { dimensions, type Dimension } from '../quality/metrics.ts'

/** Points of one entry by the method of data.europa.eu (405), as last counted. */
export type Measured = { readonly total: number; readonly at: Date } & Readonly<Record<Dimension, number>>

/** A dataset as the feed names it, our own address of it, and its points; null where none were counted. */
export type MeasuredEntry = {
  readonly uri: string
  readonly address: string
  readonly measured: Measured | null
}

const names: Readonly<Record<'total' | Dimension, LangText>> = {
  total: { de: 'Güte der Beschreibung', en: 'Quality of the description' },
  findability: { de: 'Auffindbarkeit', en: 'Findability' },
  accessibility: { de: 'Zugänglichkeit', en: 'Accessibility' },
  interoperability: { de: 'Interoperabilität', en: 'Interoperability' },
  reusability: { de: 'Nachnutzbarkeit', en: 'Reusability' },
  contextuality: { de: 'Kontext', en: 'Contextuality' },
}
const kinds = ['total', ...dimensions] as const

/**
 * The points of datasets as quality measurements (DQV §4): one per dimension and one in all, each of a metric that `page`
 * explains. Nothing where nothing was counted.
 */
export function qualityQuads(entries: readonly MeasuredEntry[], page: string): Quad[] {
  const measured = entries.flatMap((each) => (each.measured ? [{ ...each, measured: each.measured }] : []))
  if (measured.length === 0) return []
  return [
    ...kinds.flatMap((kind) => metricQuads(kind, page)),
    ...measured.flatMap((each) => entryQuads(each, page)),
  ]
}

function metricOf(kind: 'total' | Dimension, page: string) {
  return iri(`${page}#${kind}`)
}

function metricQuads(kind: 'total' | Dimension, page: string): Quad[] {
  const writer = writerOf('q')
  const metric = metricOf(kind, page)
  writer.quads.push(triple(metric, RDF.type, DQV.Metric), triple(metric, DQV.expectedDataType, XSD.integer))
  texts(writer, metric, SKOS.prefLabel, names[kind])
  texts(writer, metric, SKOS.definition, {
    de: 'Punkte nach dem Verfahren von data.europa.eu, zusammen höchstens 405.',
    en: 'Points by the method of data.europa.eu, at most 405 in all.',
  })
  return writer.quads
}

function entryQuads(entry: MeasuredEntry & { measured: Measured }, page: string): Quad[] {
  const self = node(writerOf('q'), entry.uri)
  return kinds.flatMap((kind) => {
    const own = iri(`${entry.address}#quality-${kind}`)
    return [
      triple(self, DQV.hasQualityMeasurement, own),
      triple(own, RDF.type, DQV.QualityMeasurement),
      triple(own, DQV.computedOn, self),
      triple(own, DQV.isMeasurementOf, metricOf(kind, page)),
      triple(own, DQV.value, literal(String(entry.measured[kind]), XSD.integer)),
      triple(own, PROV.generatedAtTime, literal(entry.measured.at.toISOString(), XSD.dateTime)),
    ]
  })
}
