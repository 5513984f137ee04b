import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/harness.ts'
import { countEvents } from '../../transparency/service.ts'
import { commands } from '../commands.ts'
import { levelOf, noiseState, renewNoise } from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a new installation has noise of its own; only its number is said', () => {
  expect(noiseState(world.system)).toEqual({ version: 1, origin: 'drawn' })
  expect(levelOf(world.system, 'raised')).toMatchObject({ k: 10, version: 'allmende-1-n1' })
  expect(JSON.stringify(noiseState(world.system))).not.toMatch(/[DVj]s?"/)
})

test('drawing it anew is the hub’s alone, changes the number and stands in the register', async () => {
  const operator = world.as('operator')
  await expect(renewNoise(operator.ctx)).rejects.toMatchObject({ spec: { status: 403 } })
  const command = commands.find((c) => c.verb === 'noise')
  if (!command?.needsHub) throw new Error('no such command')
  const lines: string[] = []
  const io = { out: (line: string) => lines.push(line), note: () => undefined, json: true }
  expect(await command.run(world.system, { words: [], options: { renew: true } }, io)).toBe(2)
  expect(noiseState(world.system).version).toBe(1)
  expect(await command.run(world.system, { words: [], options: { renew: true, yes: true } }, io)).toBe(0)
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ version: 2, origin: 'drawn' })
  expect(levelOf(world.system, 'basic').version).toBe('allmende-1-k5-n2')
  const counted = await countEvents(world.system, ['sandbox.noise-renewed'])
  expect(counted.get('sandbox.noise-renewed')).toBe(1)
})
