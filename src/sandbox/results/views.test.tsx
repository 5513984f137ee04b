import { expect, it } from 'vitest'
import { makeView } from '../../platform/view.ts'
import { readPreset } from '../engine/own-preset.ts'
import { presets } from '../engine/preset.ts'
import type { ProtectedResult } from '../engine/result.ts'
import { presetOf, shownLevel } from '../protection/model.ts'
import { ProtectionNote } from './views.tsx'

const view = makeView({
  actor: { kind: 'anonymous' },
  town: { ags: '00990001', name: 'Auenstadt' },
  path: '/',
  locale: 'de',
})
const result: ProtectedResult = {
  columns: [{ name: 'anzahl', kind: 'count' }],
  rows: [[120]],
  shown: 1,
  hidden: 0,
  noise: [['fine']],
  truncated: false,
}

async function note(base: typeof presets.allmende | undefined, made: string | null): Promise<string> {
  const level = shownLevel(presetOf('basic', base))
  return String(await ProtectionNote({ view, result, level, made }))
}

it('names the smallest number and the rounding of the installation, not of the named level', async () => {
  const own = readPreset(JSON.stringify({ name: 'Stadt', version: 'stadt-1', k: 15, rounding: 10 }))
  if ('unusable' in own) throw new Error(own.unusable.join())
  expect(await note(own, 'stadt-1')).toMatch(/auf 10\..*weniger als 15 Einheiten/)
  expect(await note(undefined, 'allmende-1-k5-n3')).toMatch(/auf 5\..*weniger als 5 Einheiten/)
})

it('does not claim noise where counts are only rounded, nor rounding where there is none', async () => {
  expect(await note(presets.opensafely, null)).toContain('Anzahlen sind auf 5 gerundet')
  expect(await note(presets.destatis, null)).not.toContain('gerundet')
})

it('makes no promise of today for figures of another level', async () => {
  expect(await note(presets.acro, 'allmende-1')).toContain('anderen Schutzstufe')
  expect(await note(presets.acro, 'zcdp-1')).toContain('zufällig verändert')
})
