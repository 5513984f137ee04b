import { iri, type NamedNode } from './terms.ts'

type Vocabulary<Name extends string> = { readonly [N in Name]: NamedNode }

function vocabulary<const Name extends string>(base: string, names: readonly Name[]): Vocabulary<Name> {
  return Object.fromEntries(names.map((name) => [name, iri(base + name)])) as Vocabulary<Name>
}

/** Prefixes used when writing; the order is the order of the prefix lines. */
export const prefixes = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dcatde: 'http://dcat-ap.de/def/dcatde/',
  dcterms: 'http://purl.org/dc/terms/',
  dqv: 'http://www.w3.org/ns/dqv#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  csvw: 'http://www.w3.org/ns/csvw#',
  geo: 'http://www.opengis.net/ont/geosparql#',
  geodcatap: 'http://data.europa.eu/930/',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  locn: 'http://www.w3.org/ns/locn#',
  odrl: 'http://www.w3.org/ns/odrl/2/',
  owl: 'http://www.w3.org/2002/07/owl#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  schema: 'http://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  spdx: 'http://spdx.org/rdf/terms#',
  time: 'http://www.w3.org/2006/time#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

/** RDF core. */
export const RDF = vocabulary(prefixes.rdf, ['type', 'first', 'rest', 'nil', 'langString'])

/** Data Quality Vocabulary (W3C note). */
export const DQV = vocabulary(prefixes.dqv, [
  'Dimension',
  'Metric',
  'QualityMeasurement',
  'computedOn',
  'expectedDataType',
  'hasQualityMeasurement',
  'inDimension',
  'isMeasurementOf',
  'value',
])

/** RDF Schema. */
export const RDFS = vocabulary(prefixes.rdfs, ['label', 'comment', 'seeAlso'])

/** XML Schema datatypes. */
export const XSD = vocabulary(prefixes.xsd, [
  'string',
  'boolean',
  'integer',
  'decimal',
  'double',
  'nonNegativeInteger',
  'date',
  'dateTime',
  'gYear',
  'gYearMonth',
  'hexBinary',
  'duration',
  'anyURI',
  'time',
])

/** Data Catalog Vocabulary, version 3. */
export const DCAT = vocabulary(prefixes.dcat, [
  'Catalog',
  'CatalogRecord',
  'Dataset',
  'DatasetSeries',
  'DataService',
  'Distribution',
  'Resource',
  'accessURL',
  'accessService',
  'bbox',
  'byteSize',
  'catalog',
  'centroid',
  'compressFormat',
  'contactPoint',
  'dataset',
  'distribution',
  'downloadURL',
  'endDate',
  'endpointDescription',
  'endpointURL',
  'inSeries',
  'keyword',
  'landingPage',
  'mediaType',
  'packageFormat',
  'record',
  'servesDataset',
  'service',
  'startDate',
  'theme',
  'themeTaxonomy',
  'version',
])

/** Dublin Core terms. */
export const DCT = vocabulary(prefixes.dcterms, [
  'LicenseDocument',
  'Location',
  'MediaTypeOrExtent',
  'PeriodOfTime',
  'RightsStatement',
  'Standard',
  'accessRights',
  'accrualPeriodicity',
  'conformsTo',
  'contributor',
  'creator',
  'description',
  'format',
  'hasPart',
  'identifier',
  'isPartOf',
  'issued',
  'language',
  'license',
  'modified',
  'publisher',
  'references',
  'rights',
  'source',
  'spatial',
  'temporal',
  'title',
  'type',
])

/** DCAT-AP (European profile). */
export const DCATAP = vocabulary(prefixes.dcatap, ['applicableLegislation', 'availability', 'hvdCategory'])

/** DCAT-AP.de (German profile). */
export const DCATDE = vocabulary(prefixes.dcatde, [
  'contributorID',
  'geocodingDescription',
  'legalBasis',
  'licenseAttributionByText',
  'maintainer',
  'originator',
  'plannedAvailability',
  'politicalGeocodingLevelURI',
  'politicalGeocodingURI',
])

/** GeoDCAT-AP roles. */
export const GEODCATAP = vocabulary(prefixes.geodcatap, ['custodian', 'originator'])

/** Asset description. */
export const ADMS = vocabulary(prefixes.adms, ['Identifier', 'identifier', 'sample', 'status'])

/** Friend of a friend: agents and pages. */
export const FOAF = vocabulary(prefixes.foaf, [
  'Agent',
  'Document',
  'Organization',
  'Person',
  'homepage',
  'mbox',
  'name',
  'page',
  'primaryTopic',
])

/** Contacts. */
export const VCARD = vocabulary(prefixes.vcard, [
  'Individual',
  'Kind',
  'Organization',
  'email',
  'fn',
  'hasEmail',
  'hasTelephone',
  'hasURL',
  'hasValue',
  'organization-name',
])

/** Checksums. */
export const SPDX = vocabulary(prefixes.spdx, ['Checksum', 'algorithm', 'checksum', 'checksumValue'])

/** Provenance. */
export const PROV = vocabulary(prefixes.prov, ['generatedAtTime', 'wasDerivedFrom'])

/** Places. */
export const LOCN = vocabulary(prefixes.locn, ['Geometry', 'geometry'])

/** Geometry literals. */
export const GEO = vocabulary(prefixes.geo, ['wktLiteral', 'gmlLiteral', 'geoJSONLiteral'])

/** Concepts. */
export const SKOS = vocabulary(prefixes.skos, ['definition', 'Concept', 'inScheme', 'notation', 'prefLabel'])

/** schema.org, as older catalogues use it for periods. */
export const SCHEMA = vocabulary(prefixes.schema, ['endDate', 'startDate'])

/** Hydra paging. */
export const HYDRA = vocabulary(prefixes.hydra, [
  'PagedCollection',
  'PartialCollectionView',
  'first',
  'firstPage',
  'itemsPerPage',
  'last',
  'lastPage',
  'next',
  'nextPage',
  'previous',
  'previousPage',
  'totalItems',
])

/** Policies. */
export const ODRL = vocabulary(prefixes.odrl, ['hasPolicy'])

/** Table schemas. */
export const CSVW = vocabulary(prefixes.csvw, [
  'Column',
  'Schema',
  'column',
  'datatype',
  'name',
  'tableSchema',
  'title',
])

/** Versions in older profiles. */
export const OWL = vocabulary(prefixes.owl, ['versionInfo'])
