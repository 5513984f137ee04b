import { afterAll, beforeAll, expect, test } from 'vitest'
import { attacks } from './suite.ts'
import { children, createTestRoom, heat, homes, visits, type TestRoom } from './target.ts'

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([children, heat, visits, homes])
})
afterAll(() => room.close())

test('the list is complete: 1 to 65, each once', () => {
  expect(attacks.map((a) => a.id)).toEqual(Array.from({ length: 65 }, (_, i) => i + 1))
})

test.each(attacks)('attack $id, $name: $required', async ({ run, required }) => {
  expect(await run(room)).toMatchObject({ outcome: required })
})
