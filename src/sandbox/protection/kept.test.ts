import { mkdtempSync, readFileSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exampleNoise } from '../engine/noise-set.ts'
import { openProtection } from './kept.ts'
import { presetOf } from './model.ts'

const folder = () => join(mkdtempSync(join(tmpdir(), 'allmende-protection-')), 'keys')

test('a new installation draws its own noise once and keeps it to itself', () => {
  const keys = folder()
  const first = openProtection({ keys }).noise()
  expect(first).toMatchObject({ version: 1, origin: 'drawn' })
  expect(openProtection({ keys }).noise()).toEqual(first)
  expect(openProtection({ keys: folder() }).noise()).not.toEqual(first)
  expect(statSync(join(keys, 'noise.json')).mode & 0o077).toBe(0)
})

test('an installation that already had keys keeps its noise until it is renewed', () => {
  const keys = folder()
  mkdirSync(keys, { recursive: true })
  writeFileSync(join(keys, 'installation.json'), '{}')
  const protection = openProtection({ keys })
  expect(protection.noise()).toBe(exampleNoise)
  expect(protection.renew()).toMatchObject({ version: 1, origin: 'drawn' })
  expect(openProtection({ keys }).noise()).toEqual(protection.noise())
  expect(protection.renew().version).toBe(2)
})

test('a damaged set stops the start instead of changing all figures', () => {
  const keys = folder()
  openProtection({ keys })
  const file = join(keys, 'noise.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"V":[\d.]+/, '"V":0.1'))
  expect(() => openProtection({ keys })).toThrow(/damaged/)
})

test('an own level strengthens what an agreement asks for and never weakens it', () => {
  const presetFile = join(mkdtempSync(join(tmpdir(), 'allmende-preset-')), 'own.json')
  writeFileSync(presetFile, JSON.stringify({ name: 'Stadt', version: 'stadt-1', k: 15, rounding: 10 }))
  const { preset } = openProtection({ keys: folder(), presetFile })
  expect(presetOf('basic', preset)).toMatchObject({ k: 15, effect: 30, rounding: 10, version: 'stadt-1' })
  expect(presetOf('high', preset)).toMatchObject({ k: 20, effect: 40, sibling: 20, version: 'stadt-1-k20' })
  writeFileSync(presetFile, '{"k":1}')
  expect(() => openProtection({ keys: folder(), presetFile })).toThrow(/k/)
})
