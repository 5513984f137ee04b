import { expect, it } from 'vitest'
import { makeView } from '../platform/view.ts'
import { periodText } from './views.tsx'

const facts = {
  actor: { kind: 'anonymous' },
  town: { ags: '00990001', name: 'Auenstadt' },
  path: '/',
} as const
const de = makeView({ ...facts, locale: 'de' })

it('writes a single day, a year and a month each as what it is', () => {
  expect(periodText(de, { starts: '2026-01-01', ends: '2026-01-01' })).toBe('1. Januar 2026')
  expect(periodText(de, { starts: '2026-01-01', ends: '2026-12-31' })).toBe('2026')
  expect(periodText(de, { starts: '2025-06-01', ends: '2025-06-30' })).toBe('Juni 2025')
  expect(periodText(de, { starts: '2024-01-01', ends: null })).toBe('2024 bis heute')
  expect(periodText(de, { starts: null, ends: null })).toBe('')
})
