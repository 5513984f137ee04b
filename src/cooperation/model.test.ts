import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  agreementStates,
  daysLeft,
  isInForce,
  isOver,
  minimumUnits,
  nextState,
  openParties,
  type AgreementState,
  type AgreementStep,
} from './model.ts'

const steps: AgreementStep[] = ['propose', 'change', 'sign-last', 'withdraw', 'expire', 'end']

/** The states an agreement passes through, with the step that led to each. */
function walk(
  happenings: AgreementStep[],
): { state: AgreementState; by: AgreementStep | undefined; refused: boolean }[] {
  let state: AgreementState = 'draft'
  let by: AgreementStep | undefined
  return happenings.map((step) => {
    const next = nextState(state, step)
    if (next) [state, by] = [next, step]
    return { state, by, refused: next === undefined }
  })
}

const life = fc.array(fc.constantFrom(...steps), { maxLength: 30 })

it('never leaves withdrawn, expired or ended again, whatever happens', () => {
  const holds = fc.property(life, (happenings) => {
    const path = walk(happenings)
    const closed = path.findIndex((one) => isOver(one.state))
    return closed < 0 || path.slice(closed + 1).every((one) => one.refused)
  })
  expect(fc.check(holds).failed).toBe(false)
})

it('is signed only after a proposal and the last signature under an unchanged text', () => {
  const holds = fc.property(life, (happenings) => {
    const path = walk(happenings)
    const signed = path.findIndex((one) => one.state === 'signed')
    const proposed = signed < 0 || path.slice(0, signed).some((one) => one.state === 'proposed')
    return proposed && path.every((one) => one.state !== 'signed' || one.by === 'sign-last')
  })
  expect(fc.check(holds).failed).toBe(false)
})

it('counts the days of the term in the time of the town, both ends included', () => {
  const agreement = { state: 'signed' as const, validFrom: '2026-05-01', validUntil: '2026-09-30' }
  expect(isInForce(agreement, new Date('2026-04-30T21:59:00Z'))).toBe(false)
  expect(isInForce(agreement, new Date('2026-04-30T22:00:00Z'))).toBe(true)
  expect(isInForce(agreement, new Date('2026-09-30T21:59:00Z'))).toBe(true)
  expect(isInForce(agreement, new Date('2026-09-30T22:00:00Z'))).toBe(false)
  expect(daysLeft(agreement, new Date('2026-09-16T10:00:00Z'))).toBe(14)
})

it('is in force in no state but signed', () => {
  const now = new Date('2026-06-01T12:00:00Z')
  const inForce = agreementStates.filter((state) =>
    isInForce({ state, validFrom: '2026-05-01', validUntil: '2026-09-30' }, now),
  )
  expect(inForce).toEqual(['signed'])
})

it('waits for each organisation once, holders last, and counts only signatures under the current text', () => {
  const parties = [
    { organisationId: 'h', name: 'H', part: 'holder' as const },
    { organisationId: 'a', name: 'A', part: 'analyst' as const },
    { organisationId: 'h', name: 'H', part: 'analyst' as const },
  ]
  const signature = { name: null, role: 'analyst', version: 1, signedAt: new Date() }
  expect(openParties({ parties, hash: 'x', signatures: [] }).map((one) => one.organisationId)).toEqual([
    'a',
    'h',
  ])
  const old = { ...signature, organisationId: 'a', hash: 'old', valid: false }
  const current = { ...signature, organisationId: 'a', hash: 'x', valid: true }
  expect(openParties({ parties, hash: 'x', signatures: [old] })).toHaveLength(2)
  expect(openParties({ parties, hash: 'x', signatures: [current] }).map((one) => one.organisationId)).toEqual(
    ['h'],
  )
})

it('asks for more units the higher the level', () => {
  expect([minimumUnits('basic'), minimumUnits('raised'), minimumUnits('high')]).toEqual([5, 10, 20])
})
