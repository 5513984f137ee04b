import fc from 'fast-check'
import { JsonLdParser } from 'jsonld-streaming-parser'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { terms } from '../../../test/fixtures/cooperation/terms.ts'
import { agreementStates, type Agreement } from '../model.ts'
import { evaluate } from './evaluate.ts'
import { explainPermit, permits, type PermitAction } from './permits.ts'
import { iri } from './vocabulary.ts'
import { writePolicy } from './write.ts'

const agreement: Agreement = {
  id: 'a-1',
  questionId: 'q-1',
  title: 'Hitze und kleine Kinder',
  state: 'signed',
  version: 3,
  charter: '1',
  hash: 'f'.repeat(64),
  terms,
  overrides: {},
  parties: terms.parties,
  entryIds: ['e-1'],
  purpose: terms.purpose,
  protectionLevel: terms.protectionLevel,
  validFrom: terms.validFrom,
  validUntil: terms.validUntil,
  createdBy: null,
  createdAt: new Date(0),
  proposedAt: new Date(0),
  signedAt: new Date(0),
  inForceAt: new Date(0),
  endedAt: null,
  endReason: null,
  signatures: [],
}
const now = new Date('2026-06-01T12:00:00Z')

it('writes the policy as the golden file has it', async () => {
  const text = `${JSON.stringify(writePolicy(agreement, 'https://allmende.example'), null, 2)}\n`
  await expect(text).toMatchFileSnapshot('./policy.golden.jsonld')
})

it('reads as RDF with full ODRL names and nothing to fetch', async () => {
  const text = JSON.stringify(writePolicy(agreement, 'https://allmende.example'))
  const facts = new Set<string>()
  for await (const quad of Readable.from([text]).pipe(new JsonLdParser())) {
    const { predicate, object } = quad as { predicate: { value: string }; object: { value: string } }
    facts.add(`${predicate.value} ${object.value}`)
  }
  const odrl = 'http://www.w3.org/ns/odrl/2/'
  for (const fact of [
    `http://www.w3.org/1999/02/22-rdf-syntax-ns#type ${odrl}Agreement`,
    `${odrl}profile urn:allmende:odrl:1`,
    `${odrl}action ${odrl}aggregate`,
    `${odrl}action urn:allmende:odrl:1:reidentify`,
    `${odrl}leftOperand urn:allmende:odrl:1:minimumUnits`,
    `${odrl}leftOperand ${odrl}dateTime`,
    `${odrl}operator ${odrl}lteq`,
    `${odrl}target https://allmende.example/catalogue/datasets/e-1`,
  ])
    expect(facts).toContain(fact)
})

it('offers while negotiating and agrees once all have signed', () => {
  expect(writePolicy({ ...agreement, state: 'proposed' }, 'https://x').type).toBe('odrl:Offer')
  expect(writePolicy(agreement, 'https://x').type).toBe('odrl:Agreement')
})

it('permits each part its own action and nobody the single records', () => {
  const cases: [PermitAction, string, boolean][] = [
    ['upload', 'o-holder', true],
    ['upload', 'o-analyst', false],
    ['query', 'o-analyst', true],
    ['query', 'o-holder', false],
    ['release', 'o-analyst', true],
    ['release', 'o-stranger', false],
    ['extract', 'o-holder', false],
    ['extract', 'o-analyst', false],
  ]
  for (const [action, organisationId, expected] of cases)
    expect([
      action,
      organisationId,
      permits(agreement, { action, organisationId, entryId: 'e-1', now }),
    ]).toEqual([action, organisationId, expected])
})

it('permits nothing about data that are not covered, nor the upload of another holder’s data', () => {
  expect(permits(agreement, { action: 'query', organisationId: 'o-analyst', entryId: 'e-2', now })).toBe(
    false,
  )
  const second = { organisationId: 'o-second', name: 'Stadtwerke', part: 'holder' as const }
  const wider = { ...agreement, parties: [...agreement.parties, second] }
  expect(permits(wider, { action: 'upload', organisationId: 'o-second', entryId: 'e-1', now })).toBe(false)
})

it('permits nothing outside the term and in no other state, at any moment', () => {
  const day = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.constantFrom(...agreementStates), (at, state) => {
      const inside = at >= new Date('2026-04-30T22:00:00Z') && at < new Date('2026-09-30T22:00:00Z')
      const allowed = permits(
        { ...agreement, state },
        { action: 'query', organisationId: 'o-analyst', entryId: 'e-1', now: at },
      )
      expect(allowed).toBe(inside && state === 'signed')
    }),
  )
})

it('names the constraint that failed', () => {
  const late = explainPermit(agreement, {
    action: 'query',
    organisationId: 'o-analyst',
    now: new Date('2027-01-01'),
  })
  expect(late).toEqual({ permitted: false, reason: 'unsatisfied', constraint: 'odrl:dateTime' })
})

it('never permits on unknown or unreadable facts', () => {
  const policy = writePolicy(agreement, 'https://x')
  const full = {
    'odrl:dateTime': '2026-06-01',
    'odrl:purpose': 'https://x/questions/q-1',
    'odrl:spatial': iri.europeanUnion,
    'odrl:recipient': 'https://x/identity/organisations/o-analyst',
    'al:minimumUnits': '10',
  }
  const request = { action: 'odrl:aggregate', assignee: 'https://x/identity/organisations/o-analyst' }
  expect(evaluate(policy, { ...request, features: full }).permitted).toBe(true)
  for (const name of Object.keys(full)) {
    const { [name as keyof typeof full]: _gone, ...rest } = full
    expect(evaluate(policy, { ...request, features: rest }).permitted).toBe(false)
    expect(evaluate(policy, { ...request, features: { ...full, [name]: '?' } }).permitted).toBe(false)
  }
  expect(evaluate(policy, { ...request, features: { ...full, 'al:minimumUnits': '9' } }).permitted).toBe(
    false,
  )
})
