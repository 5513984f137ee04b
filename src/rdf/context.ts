import { prefixes } from './vocabularies.ts'

const { adms, dcat, dcatap, dcterms, foaf, locn, odrl, owl, prov, skos, spdx, time, xsd } = prefixes

/** Short names whose values are IRIs, as the European JSON-LD contexts use them. */
const links: Record<string, string> = {
  accessRights: `${dcterms}accessRights`,
  accessService: `${dcat}accessService`,
  accessUrl: `${dcat}accessURL`,
  algorithm: `${spdx}algorithm`,
  applicableLegislation: `${dcatap}applicableLegislation`,
  applicationProfile: `${dcterms}conformsTo`,
  availability: `${dcatap}availability`,
  beginning: `${time}hasBeginning`,
  catalogue: `${dcat}catalog`,
  changeType: `${adms}status`,
  checksum: `${spdx}checksum`,
  compressionFormat: `${dcat}compressFormat`,
  conformsTo: `${dcterms}conformsTo`,
  contactPoint: `${dcat}contactPoint`,
  creator: `${dcterms}creator`,
  dataset: `${dcat}dataset`,
  datasetDistribution: `${dcat}distribution`,
  documentation: `${foaf}page`,
  downloadUrl: `${dcat}downloadURL`,
  end: `${time}hasEnd`,
  endpointDescription: `${dcat}endpointDescription`,
  endpointUrl: `${dcat}endpointURL`,
  format: `${dcterms}format`,
  frequency: `${dcterms}accrualPeriodicity`,
  geographicalCoverage: `${dcterms}spatial`,
  geometry: `${locn}geometry`,
  hadRole: `${dcat}hadRole`,
  hasPart: `${dcterms}hasPart`,
  hasPolicy: `${odrl}hasPolicy`,
  hasVersion: `${dcat}hasVersion`,
  homepage: `${foaf}homepage`,
  hvdCategory: `${dcatap}hvdCategory`,
  inSeries: `${dcat}inSeries`,
  isReferencedBy: `${dcterms}isReferencedBy`,
  landingPage: `${dcat}landingPage`,
  language: `${dcterms}language`,
  licence: `${dcterms}license`,
  linkedSchemas: `${dcterms}conformsTo`,
  mediaType: `${dcat}mediaType`,
  otherIdentifier: `${adms}identifier`,
  packagingFormat: `${dcat}packageFormat`,
  primaryTopic: `${foaf}primaryTopic`,
  provenance: `${dcterms}provenance`,
  publisher: `${dcterms}publisher`,
  qualifiedAttribution: `${prov}qualifiedAttribution`,
  qualifiedRelation: `${dcat}qualifiedRelation`,
  record: `${dcat}record`,
  relation: `${dcterms}relation`,
  relatedResource: `${dcterms}relation`,
  rights: `${dcterms}rights`,
  sample: `${adms}sample`,
  servesDataset: `${dcat}servesDataset`,
  service: `${dcat}service`,
  source: `${dcterms}source`,
  sourceMetadata: `${dcterms}source`,
  status: `${adms}status`,
  temporalCoverage: `${dcterms}temporal`,
  theme: `${dcat}theme`,
  themes: `${dcat}themeTaxonomy`,
  type: `${dcterms}type`,
  wasGeneratedBy: `${prov}wasGeneratedBy`,
}

/** Short names whose values are text, with a datatype where it is fixed. */
const texts: Record<string, string | [string, string]> = {
  bbox: `${dcat}bbox`,
  centroid: `${dcat}centroid`,
  description: `${dcterms}description`,
  endDate: `${dcat}endDate`,
  identifier: `${dcterms}identifier`,
  keyword: `${dcat}keyword`,
  listingDate: `${dcterms}issued`,
  modificationDate: `${dcterms}modified`,
  name: `${foaf}name`,
  notation: `${skos}notation`,
  preferredLabel: `${skos}prefLabel`,
  releaseDate: `${dcterms}issued`,
  startDate: `${dcat}startDate`,
  title: `${dcterms}title`,
  version: `${dcat}version`,
  versionNotes: `${adms}versionNotes`,
  versionInfo: `${owl}versionInfo`,
  byteSize: [`${dcat}byteSize`, `${xsd}nonNegativeInteger`],
  checksumValue: [`${spdx}checksumValue`, `${xsd}hexBinary`],
  spatialResolution: [`${dcat}spatialResolutionInMeters`, `${xsd}decimal`],
  temporalResolution: [`${dcat}temporalResolution`, `${xsd}duration`],
}

/** Texts that the European contexts also take as an object with a text for each language. */
const byLanguage = new Set(['title', 'description'])

/** Class names. */
const classes: Record<string, string> = {
  Activity: `${prov}Activity`,
  Agent: `${foaf}Agent`,
  Attribution: `${prov}Attribution`,
  Catalogue: `${dcat}Catalog`,
  CatalogueRecord: `${dcat}CatalogRecord`,
  Checksum: `${spdx}Checksum`,
  Concept: `${skos}Concept`,
  ConceptScheme: `${skos}ConceptScheme`,
  DataService: `${dcat}DataService`,
  Dataset: `${dcat}Dataset`,
  DatasetSeries: `${dcat}DatasetSeries`,
  Distribution: `${dcat}Distribution`,
  Document: `${foaf}Document`,
  Identifier: `${adms}Identifier`,
  Kind: `${prefixes.vcard}Kind`,
  LicenceDocument: `${dcterms}LicenseDocument`,
  Location: `${dcterms}Location`,
  MediaType: `${dcterms}MediaType`,
  MediaTypeOrExtent: `${dcterms}MediaTypeOrExtent`,
  PeriodOfTime: `${dcterms}PeriodOfTime`,
  Policy: `${odrl}Policy`,
  Relationship: `${dcat}Relationship`,
  RightsStatement: `${dcterms}RightsStatement`,
  Standard: `${dcterms}Standard`,
  TimeInstant: `${time}Instant`,
}

/** Our own context for the short names of DCAT-AP; used instead of fetching any address. */
const dcatContext: { '@context': Record<string, unknown> } = {
  '@context': {
    ...prefixes,
    dct: dcterms,
    ...classes,
    ...Object.fromEntries(Object.entries(links).map(([name, id]) => [name, { '@id': id, '@type': '@id' }])),
    ...Object.fromEntries(
      Object.entries(texts).map(([name, id]) => [
        name,
        typeof id !== 'string'
          ? { '@id': id[0], '@type': id[1] }
          : byLanguage.has(name)
            ? { '@id': id, '@container': '@language' }
            : { '@id': id },
      ]),
    ),
  },
}

/** The context to use for an address a document names; null for addresses we do not know: they are never fetched. */
export function knownContext(url: string): { '@context': Record<string, unknown> } | null {
  const known =
    /^https?:\/\/([a-z0-9.-]*\.)?(semiceu\.github\.io|semic\.eu|europa\.eu|w3\.org|dcat-ap\.de)\//.test(url)
  return known && /dcat|semic/i.test(url) ? dcatContext : null
}
