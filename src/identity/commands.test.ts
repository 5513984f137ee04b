import { afterAll, beforeAll, expect, it } from 'vitest'
import type { World } from '../../test/harness.ts'
import { createWorld } from '../../test/harness.ts'
import { runCli } from '../cli.ts'
import { commands } from './commands.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function run(...argv: string[]) {
  const out: string[] = []
  const note: string[] = []
  const code = await runCli(['identity', ...argv], {
    debug: () => false,
    commands,
    openCtx: async () => ({ ctx: world.system, close: async () => {} }),
    out: (line) => void out.push(line),
    note: (line) => void note.push(line),
  })
  return { code, out, note }
}

it('makes the first operator of a hub: person, organisation, role, link', async () => {
  expect((await run('add-person', 'erste@example.org', 'Erste Person')).code).toBe(0)
  const { out } = await run('add-organisation', 'Statistikstelle', '--kind', 'department', '--json')
  const { id } = JSON.parse(out[0] ?? '') as { id: string }
  expect(await run('grant', 'erste@example.org', id, 'operator')).toMatchObject({ code: 0, out: ['given'] })
  const link = await run('sign-in-link', 'erste@example.org', '--minutes', '5')
  const token = link.out[0]?.split('/').at(-1) ?? ''
  const response = await world.anonymous.post('/identity/link', { token })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect((await world.anonymous.get('/identity/people', { cookie })).status).toBe(200)
  expect((await run('people', 'erste')).out[0]).toContain('operator')
})

it('ends with 2 for unusable input and with 1 for a refusal', async () => {
  expect((await run('add-person', 'no-address', 'X')).code).toBe(2)
  const wrong = await run('grant', 'erste@example.org', 'x', 'king')
  expect(wrong.code).toBe(2)
  expect(wrong.note.join()).toContain('role: Please choose one of the options.')
  expect((await run('sign-in-link', 'nobody@example.org')).code).toBe(1)
  expect((await run('add-person', 'erste@example.org', 'Noch einmal')).code).toBe(1)
  expect((await run('add-organisation', 'X GmbH', '--ags', '99999999')).code).toBe(2)
})

it('enters further towns', async () => {
  const { code, out } = await run('add-town', '14729999', 'Nebenau', '--host', 'nebenau.example')
  expect({ code, out }).toEqual({ code: 0, out: ['14729999  Nebenau'] })
  const listed = await run('organisations', '--json')
  expect(listed.out.every((line) => 'ags' in (JSON.parse(line) as object))).toBe(true)
})
