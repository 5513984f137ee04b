import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  agreementStates,
  dayOf,
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

it('never leaves withdrawn, expired or ended again, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 30 }), (happenings) => {
      let state: AgreementState = 'draft'
      let closed: AgreementState | undefined
      for (const step of happenings) {
        const next = nextState(state, step)
        if (closed) expect(next).toBeUndefined()
        state = next ?? state
        if (isOver(state)) closed = state
      }
    }),
  )
})

it('is signed only after a proposal and the last signature under an unchanged text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 30 }), (happenings) => {
      let state: AgreementState = 'draft'
      let last: AgreementStep | undefined
      for (const step of happenings) {
        const next = nextState(state, step)
        if (next) [state, last] = [next, step]
        if (state === 'signed') expect(last).toBe('sign-last')
      }
    }),
  )
})

it('counts the days of the term in the time of the town, both ends included', () => {
  const agreement = { state: 'signed' as const, validFrom: '2026-05-01', validUntil: '2026-09-30' }
  expect(isInForce(agreement, new Date('2026-04-30T21:59:00Z'))).toBe(false)
  expect(isInForce(agreement, new Date('2026-04-30T22:00:00Z'))).toBe(true)
  expect(isInForce(agreement, new Date('2026-09-30T21:59:00Z'))).toBe(true)
  expect(isInForce(agreement, new Date('2026-09-30T22:00:00Z'))).toBe(false)
  expect(dayOf(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01')
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
