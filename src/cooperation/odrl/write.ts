import type { Agreement, Part } from '../model.ts'
import { minimumUnits, partiesOf } from '../model.ts'
import { context, iri, type Constraint, type Policy, type Rule } from './vocabulary.ts'

/** Addresses of the things a policy speaks of, on a hub at `base` (no trailing slash). */
export const address = {
  agreement: (base: string, id: string) => `${base}/cooperation/agreements/${id}`,
  organisation: (base: string, id: string) => `${base}/identity/organisations/${id}`,
  entry: (base: string, id: string) => `${base}/catalogue/datasets/${id}`,
  question: (base: string, id: string) => `${base}/questions/${id}`,
}

type Source = Pick<
  Agreement,
  'id' | 'questionId' | 'title' | 'state' | 'version' | 'hash' | 'parties' | 'terms'
>

/** The agreement's terms as an ODRL policy: an Offer until all have signed, then an Agreement. */
export function writePolicy(agreement: Source, base: string): Policy {
  const target = agreement.terms.entries.map((entry) => address.entry(base, entry.entryId))
  return {
    '@context': context,
    type: agreement.state === 'draft' || agreement.state === 'proposed' ? 'odrl:Offer' : 'odrl:Agreement',
    uid: `${address.agreement(base, agreement.id)}#policy-${agreement.version}`,
    profile: iri.profile,
    title: agreement.title,
    permission: [
      provide(agreement, base),
      aggregate(agreement, base, target),
      release(agreement, base, target),
    ],
    prohibition: prohibitions(target),
    obligation: obligations(agreement),
  }
}

function members(agreement: Source, base: string, part: Part): string[] {
  return partiesOf(agreement, part).map((party) => address.organisation(base, party.organisationId))
}

// Each holder may bring in her own data only; the entry's holder is checked beside the policy because ODRL targets are per rule.
function provide(agreement: Source, base: string): Rule {
  const target = agreement.terms.entries.map((entry) => address.entry(base, entry.entryId))
  return {
    action: 'al:provide',
    target,
    assignee: members(agreement, base, 'holder'),
    constraint: term(agreement),
  }
}

function aggregate(agreement: Source, base: string, target: string[]): Rule {
  return {
    action: 'odrl:aggregate',
    target,
    assigner: members(agreement, base, 'holder'),
    assignee: members(agreement, base, 'analyst'),
    constraint: [...term(agreement), ...setting(agreement, base), least(agreement)],
  }
}

function release(agreement: Source, base: string, target: string[]): Rule {
  const holders = members(agreement, base, 'holder')
  return {
    action: 'odrl:distribute',
    target,
    assigner: holders,
    assignee: members(agreement, base, 'analyst'),
    constraint: [...term(agreement), ...setting(agreement, base), least(agreement)],
    duty: [
      { action: 'odrl:obtainConsent', constraint: [recipients(holders)] },
      { action: 'odrl:attribute', constraint: [recipients(holders)] },
    ],
  }
}

function prohibitions(target: string[]): Rule[] {
  const actions = [
    'odrl:extract',
    'odrl:grantUse',
    'al:reidentify',
    'al:matchToReidentify',
    'al:profile',
    'al:trainModel',
  ]
  return actions.map((action) => ({ action, target }))
}

function obligations(agreement: Source): Policy['obligation'] {
  const end: Constraint = {
    leftOperand: 'odrl:dateTime',
    operator: 'odrl:gteq',
    rightOperand: date(agreement.terms.validUntil),
  }
  return [{ action: 'odrl:delete', constraint: [end] }, { action: 'odrl:inform' }]
}

function term(agreement: Source): Constraint[] {
  const { validFrom, validUntil } = agreement.terms
  return [
    { leftOperand: 'odrl:dateTime', operator: 'odrl:gteq', rightOperand: date(validFrom) },
    { leftOperand: 'odrl:dateTime', operator: 'odrl:lteq', rightOperand: date(validUntil) },
  ]
}

function setting(agreement: Source, base: string): Constraint[] {
  const question = { '@id': address.question(base, agreement.questionId) }
  return [
    { leftOperand: 'odrl:purpose', operator: 'odrl:eq', rightOperand: question },
    { leftOperand: 'odrl:spatial', operator: 'odrl:eq', rightOperand: { '@id': iri.europeanUnion } },
    recipients(members(agreement, base, 'analyst')),
  ]
}

function least(agreement: Source): Constraint {
  const value = { '@value': String(minimumUnits(agreement.terms.protectionLevel)), '@type': 'xsd:integer' }
  return { leftOperand: 'al:minimumUnits', operator: 'odrl:gteq', rightOperand: value }
}

function recipients(parties: string[]): Constraint {
  const rightOperand = parties.map((id) => ({ '@id': id }))
  return { leftOperand: 'odrl:recipient', operator: 'odrl:isAnyOf', rightOperand }
}

function date(day: string): { '@value': string; '@type': string } {
  return { '@value': day, '@type': 'xsd:date' }
}
