/** What DCAT-AP.de 3.0 and DCAT-AP 3.0.0 ask of the properties of a class; names are prefixed, lists are in one text. */
export type ClassRules = {
  /** At least one. */
  min?: string
  /** At most one. */
  max?: string
  /** One of these at least. */
  any?: string
  /** An IRI or a blank node, no text. */
  node?: string
  /** An IRI. */
  iri?: string
  /** Text, no node. */
  literal?: string
  /** A node of a class, for each property. `warn`: only a warning, because lists are often not part of the file. */
  of?: Record<string, { class: string; warn?: true }>
  /** Text of a datatype. */
  datatype?: Record<string, string>
}

const texts = 'dcterms:title dcterms:description'
const dates = 'dcterms:issued dcterms:modified'
const agents = { class: 'foaf:Agent' } as const
const kind = { class: 'vcard:Kind' } as const
const period = { class: 'dcterms:PeriodOfTime' } as const
const place = { class: 'dcterms:Location', warn: true } as const

/** The rules by class. Class tests the German profile switches off, because lists take their place, are left out. */
export const classRules: Record<string, ClassRules> = {
  'dcat:Catalog': {
    min: `${texts} dcterms:publisher`,
    max: `${dates} dcterms:creator foaf:homepage dcterms:license dcterms:publisher dcterms:rights dcterms:isPartOf dcatap:availability`,
    node: 'dcatap:applicableLegislation dcat:catalog dcterms:creator dcat:dataset dcterms:hasPart foaf:homepage dcterms:language dcterms:license dcterms:publisher dcat:record dcterms:rights dcat:service dcterms:spatial dcterms:temporal dcat:themeTaxonomy',
    literal: `${texts} ${dates}`,
    of: {
      'dcterms:publisher': agents,
      'dcterms:creator': agents,
      'dcat:dataset': { class: 'dcat:Dataset' },
      'dcat:record': { class: 'dcat:CatalogRecord' },
      'dcat:service': { class: 'dcat:DataService' },
      'dcat:catalog': { class: 'dcat:Catalog' },
      'dcterms:hasPart': { class: 'dcat:Catalog' },
      'dcterms:isPartOf': { class: 'dcat:Catalog', warn: true },
      'dcterms:spatial': place,
      'dcterms:temporal': period,
    },
  },
  'dcat:Dataset': {
    min: `${texts} dcterms:publisher`,
    max: `${dates} dcterms:accessRights dcterms:accrualPeriodicity dcterms:publisher dcat:spatialResolutionInMeters dcat:temporalResolution dcat:version dcatap:availability`,
    node: 'dcterms:accessRights dcterms:accrualPeriodicity dcatap:applicableLegislation dcterms:conformsTo dcat:contactPoint dcterms:creator dcat:distribution dcat:hasVersion adms:identifier dcat:inSeries dcterms:isReferencedBy dcat:landingPage dcterms:language foaf:page dcterms:provenance dcterms:publisher prov:qualifiedAttribution dcat:qualifiedRelation dcterms:relation adms:sample dcterms:source dcterms:spatial dcterms:temporal dcat:theme dcterms:type prov:wasGeneratedBy',
    iri: 'dcatde:politicalGeocodingLevelURI dcatde:contributorID dcterms:references',
    literal: `${texts} ${dates} dcterms:identifier dcat:keyword dcat:spatialResolutionInMeters dcat:temporalResolution dcat:version adms:versionNotes`,
    datatype: { 'dcat:spatialResolutionInMeters': 'xsd:decimal', 'dcat:temporalResolution': 'xsd:duration' },
    of: {
      'dcterms:publisher': agents,
      'dcterms:creator': agents,
      'dcterms:contributor': agents,
      'geodcatap:originator': agents,
      'geodcatap:custodian': agents,
      'dcat:contactPoint': kind,
      'dcat:distribution': { class: 'dcat:Distribution' },
      'adms:sample': { class: 'dcat:Distribution' },
      'dcat:hasVersion': { class: 'dcat:Dataset' },
      'dcterms:source': { class: 'dcat:Dataset' },
      'dcat:inSeries': { class: 'dcat:DatasetSeries' },
      'adms:identifier': { class: 'adms:Identifier' },
      'dcat:qualifiedRelation': { class: 'dcat:Relationship' },
      'dcterms:spatial': place,
      'dcterms:temporal': period,
    },
  },
  'dcat:DatasetSeries': {
    min: `${texts} dcterms:publisher`,
    max: `${dates} dcterms:accrualPeriodicity dcterms:publisher`,
    node: 'dcterms:accrualPeriodicity dcatap:applicableLegislation dcat:contactPoint dcterms:publisher dcterms:spatial dcterms:temporal',
    literal: `${texts} ${dates}`,
    of: {
      'dcterms:publisher': agents,
      'dcat:contactPoint': kind,
      'dcterms:spatial': place,
      'dcterms:temporal': period,
    },
  },
  'dcat:Distribution': {
    min: 'dcat:accessURL dcterms:license',
    max: `${dates} dcatap:availability dcat:byteSize spdx:checksum dcat:compressFormat dcterms:format odrl:hasPolicy dcterms:license dcat:mediaType dcat:packageFormat dcterms:rights dcat:spatialResolutionInMeters adms:status dcat:temporalResolution`,
    node: 'dcat:accessService dcat:accessURL dcatap:applicableLegislation dcatap:availability spdx:checksum dcat:compressFormat dcterms:conformsTo dcat:downloadURL dcterms:format odrl:hasPolicy dcterms:language dcterms:license dcat:mediaType dcat:packageFormat foaf:page dcterms:rights adms:status',
    literal: `${texts} ${dates} dcat:byteSize dcat:spatialResolutionInMeters dcat:temporalResolution dcatde:licenseAttributionByText`,
    datatype: {
      'dcat:byteSize': 'xsd:nonNegativeInteger',
      'dcat:spatialResolutionInMeters': 'xsd:decimal',
      'dcat:temporalResolution': 'xsd:duration',
    },
    of: { 'spdx:checksum': { class: 'spdx:Checksum' }, 'dcat:accessService': { class: 'dcat:DataService' } },
  },
  'dcat:DataService': {
    min: 'dcterms:title dcat:endpointURL dcterms:publisher',
    max: 'dcterms:accessRights dcterms:license dcterms:publisher dcatap:availability',
    node: 'dcterms:accessRights dcatap:applicableLegislation dcterms:conformsTo dcat:contactPoint dcat:endpointDescription dcat:endpointURL dcterms:format dcat:landingPage dcterms:license foaf:page dcterms:publisher dcat:servesDataset dcat:theme',
    literal: `${texts} dcat:keyword`,
    of: {
      'dcterms:publisher': agents,
      'dcat:contactPoint': kind,
      'dcat:servesDataset': { class: 'dcat:Dataset' },
    },
  },
  'dcat:CatalogRecord': {
    min: 'dcterms:modified foaf:primaryTopic',
    max: `${dates} foaf:primaryTopic dcterms:source adms:status`,
    node: 'dcterms:conformsTo dcterms:language foaf:primaryTopic dcterms:source adms:status',
    literal: `${texts} ${dates}`,
    of: { 'dcterms:source': { class: 'dcat:CatalogRecord' } },
  },
  'foaf:Agent': { min: 'foaf:name', max: 'dcterms:type', node: 'dcterms:type', literal: 'foaf:name' },
  'vcard:Kind': {
    max: 'vcard:fn',
    any: 'vcard:hasEmail vcard:hasURL vcard:hasTelephone',
    iri: 'vcard:hasEmail vcard:hasURL vcard:hasTelephone',
    literal: 'vcard:fn',
  },
  'dcterms:PeriodOfTime': {
    any: 'dcat:startDate dcat:endDate time:hasBeginning time:hasEnd',
    max: 'dcat:startDate dcat:endDate time:hasBeginning time:hasEnd',
    node: 'time:hasBeginning time:hasEnd',
    literal: 'dcat:startDate dcat:endDate',
    of: { 'time:hasBeginning': { class: 'time:Instant' }, 'time:hasEnd': { class: 'time:Instant' } },
  },
  'dcterms:Location': {
    max: 'dcat:bbox dcat:centroid locn:geometry',
    node: 'locn:geometry',
    literal: 'dcat:bbox dcat:centroid',
  },
  'adms:Identifier': { min: 'skos:notation', max: 'skos:notation', literal: 'skos:notation' },
  'spdx:Checksum': {
    min: 'spdx:algorithm spdx:checksumValue',
    max: 'spdx:algorithm spdx:checksumValue',
    node: 'spdx:algorithm',
    literal: 'spdx:checksumValue',
    datatype: { 'spdx:checksumValue': 'xsd:hexBinary' },
  },
  'dcat:Relationship': { min: 'dcat:hadRole dcterms:relation', node: 'dcat:hadRole dcterms:relation' },
  'prov:Attribution': { min: 'dcat:hadRole prov:agent', iri: 'dcat:hadRole prov:agent' },
}

/** Classes whose members count as members of another one. */
export const kinds: Record<string, string[]> = {
  'foaf:Agent': [
    'foaf:Organization',
    'foaf:Person',
    'foaf:Group',
    'org:Organization',
    'org:FormalOrganization',
    'org:OrganizationalUnit',
  ],
  'vcard:Kind': ['vcard:Organization', 'vcard:Individual', 'vcard:Group', 'vcard:Location', 'vcard:VCard'],
  'dcat:Dataset': ['dcat:DatasetSeries', 'dcat:Catalog'],
}
