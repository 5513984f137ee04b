import { blank, iri, literal, triple, type Quad } from '../../rdf/terms.ts'
import { prefixes, RDF, RDFS, XSD } from '../../rdf/vocabularies.ts'
import { element, elements, type Element } from '../formats/element.ts'
import { keptText, SELF } from '../formats/kept.ts'
import type { LangText } from '../model.ts'
import { textsOf, wordOf, type Languages } from './words.ts'

const subject = blank(SELF.slice(2))
const PROVENANCE = iri(`${prefixes.dcterms}ProvenanceStatement`)

/** What a record says and no field takes, as statements GeoDCAT-AP uses: other titles, lineage, resolution, purpose, notes. */
export function keptOfRecord(record: Element, identification: Element, languages: Languages): string {
  const quads: Quad[] = []
  for (const title of elements(identification, 'citation/CI_Citation/alternateTitle').slice(0, 50))
    words(quads, `${prefixes.dcterms}alternative`, textsOf(title, languages))
  const lineage = element(record, 'dataQualityInfo/*/lineage/*/statement', 'resourceLineage/*/statement')
  provenance(quads, textsOf(lineage, languages))
  for (const distance of elements(identification, 'spatialResolution/MD_Resolution/distance/*').slice(0, 10))
    metres(quads, distance)
  for (const part of ['purpose', 'supplementalInformation', 'credit', 'environmentDescription'])
    words(quads, `urn:allmende:iso:${part}`, textsOf(element(identification, part), languages))
  for (const scale of elements(
    identification,
    'spatialResolution/MD_Resolution/equivalentScale/MD_RepresentativeFraction/denominator',
  ).slice(0, 10))
    words(quads, 'urn:allmende:iso:scaleDenominator', { '': wordOf(scale) })
  const image = wordOf(element(identification, 'graphicOverview/MD_BrowseGraphic/fileName'))
  words(quads, 'urn:allmende:iso:graphicOverview', { '': image })
  return keptText(quads)
}

function words(quads: Quad[], predicate: string, texts: LangText): void {
  for (const [language, text] of Object.entries(texts))
    if (text !== '') quads.push(triple(subject, iri(predicate), literal(text, language)))
}

function provenance(quads: Quad[], texts: LangText): void {
  if (Object.keys(texts).length === 0) return
  const node = blank('lineage')
  quads.push(triple(subject, iri(`${prefixes.dcterms}provenance`), node), triple(node, RDF.type, PROVENANCE))
  for (const [language, text] of Object.entries(texts))
    quads.push(triple(node, RDFS.label, literal(text, language)))
}

/** A resolution in metres; angles have no place in DCAT. */
function metres(quads: Quad[], distance: Element): void {
  const value = Number(distance.text.trim())
  const unit = (distance.attributes['uom'] ?? 'm').toLowerCase()
  if (
    !/^(m|metre|meter|.*#m|urn:ogc:def:uom:epsg::9001)$/.test(unit) ||
    !Number.isFinite(value) ||
    value <= 0
  )
    return
  quads.push(
    triple(subject, iri(`${prefixes.dcat}spatialResolutionInMeters`), literal(String(value), XSD.decimal)),
  )
}
