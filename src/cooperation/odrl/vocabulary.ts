/** Namespaces of the policy documents. The profile's own terms are documented in README.md of this folder. */
export const iri = {
  odrl: 'http://www.w3.org/ns/odrl/2/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  dct: 'http://purl.org/dc/terms/',
  profile: 'urn:allmende:odrl:1',
  term: 'urn:allmende:odrl:1:',
  europeanUnion: 'https://w3id.org/dpv/loc#EU',
} as const

/** JSON-LD context of our policies: everything spelled out, nothing to fetch. */
export const context = {
  odrl: iri.odrl,
  dct: iri.dct,
  xsd: iri.xsd,
  al: iri.term,
  uid: '@id',
  type: '@type',
  profile: { '@id': 'odrl:profile', '@type': '@id' },
  title: { '@id': 'dct:title' },
  permission: { '@id': 'odrl:permission', '@container': '@set' },
  prohibition: { '@id': 'odrl:prohibition', '@container': '@set' },
  obligation: { '@id': 'odrl:obligation', '@container': '@set' },
  duty: { '@id': 'odrl:duty', '@container': '@set' },
  constraint: { '@id': 'odrl:constraint', '@container': '@set' },
  action: { '@id': 'odrl:action', '@type': '@id' },
  target: { '@id': 'odrl:target', '@type': '@id', '@container': '@set' },
  assigner: { '@id': 'odrl:assigner', '@type': '@id', '@container': '@set' },
  assignee: { '@id': 'odrl:assignee', '@type': '@id', '@container': '@set' },
  leftOperand: { '@id': 'odrl:leftOperand', '@type': '@id' },
  operator: { '@id': 'odrl:operator', '@type': '@id' },
  rightOperand: { '@id': 'odrl:rightOperand' },
} as const

/** Operators our policies use. */
export type Operator = 'odrl:eq' | 'odrl:gteq' | 'odrl:lteq' | 'odrl:isAnyOf'

/** A typed literal or an IRI on the right side of a constraint. */
export type RightOperand = { '@id': string } | { '@value': string; '@type': string } | { '@id': string }[]

/** One condition of a rule. */
export type Constraint = { leftOperand: string; operator: Operator; rightOperand: RightOperand }

/** Something that must be done, with its conditions. */
export type Duty = { action: string; assignee?: string[]; constraint?: Constraint[] }

/** A permission or prohibition. Without assignee it concerns everybody. */
export type Rule = {
  action: string
  target: string[]
  assigner?: string[]
  assignee?: string[]
  constraint?: Constraint[]
  duty?: Duty[]
}

/** A policy document as JSON-LD. An Offer is still being negotiated; an Agreement has been signed by all. */
export type Policy = {
  '@context': typeof context
  type: 'odrl:Offer' | 'odrl:Agreement'
  uid: string
  profile: string
  title: string
  permission: Rule[]
  prohibition: Rule[]
  obligation: Duty[]
}
