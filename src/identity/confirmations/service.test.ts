import { z } from 'zod'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { transact } from '../../platform/context.ts'
import { findByEmail } from '../store.ts'
import { confirm, createConfirmation, readConfirmation } from './service.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const text = {
  title: 'Ihre Frage',
  text: 'Mit der Bestätigung geht Ihre Frage ein.',
  button: 'Frage absenden',
}

async function asked(email: string): Promise<string> {
  const ctx = world.anonymous.ctx
  await transact(ctx, (ctx) =>
    createConfirmation(ctx, {
      email,
      purpose: 'questions.raise',
      payload: { questionId: 'q1' },
      text,
      name: 'Nina',
      to: '/questions',
    }),
  )
  const mail = (await world.mails()).findLast((each) => each.to === email.toLowerCase())
  return /identity\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

const eventSchema = z.object({
  purpose: z.string(),
  payload: z.object({ questionId: z.string() }),
  personId: z.string(),
})

it('makes an account, tells the room that asked, and leads to where it said', async () => {
  const token = await asked('Nina@Example.org')
  expect(await readConfirmation(world.anonymous.ctx, token)).toEqual({ ...text, email: 'nina@example.org' })
  const done = await confirm(world.anonymous.ctx, token)
  const person = await findByEmail(world.hub.database.db, 'nina@example.org')
  expect(person).toMatchObject({ id: done.personId, name: 'Nina', emailVerified: true })
  expect(done.to).toBe('/questions')
  const event = await world.hub.database.db
    .selectFrom('platform_event')
    .selectAll()
    .where('name', '=', 'identity.confirmed')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  expect(eventSchema.parse(event.payload)).toEqual({
    purpose: 'questions.raise',
    payload: { questionId: 'q1' },
    personId: done.personId,
  })
})

it('takes an existing account as it is', async () => {
  const first = await confirm(world.anonymous.ctx, await asked('zweimal@example.org'))
  const second = await confirm(world.anonymous.ctx, await asked('zweimal@example.org'))
  expect(second.personId).toBe(first.personId)
})

it('goes through once, also when two open it at the same time', async () => {
  const token = await asked('doppelt@example.org')
  const results = await Promise.allSettled([
    confirm(world.anonymous.ctx, token),
    confirm(world.anonymous.ctx, token),
  ])
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  await expect(confirm(world.anonymous.ctx, token)).rejects.toThrow('identity/link-used')
})

it('is over after seven days and refuses tokens nobody made', async () => {
  const token = await asked('spaet@example.org')
  const later = world.anonymous.at(new Date(Date.now() + 8 * 24 * 3600_000))
  await expect(confirm(later, token)).rejects.toThrow('identity/link-used')
  await expect(readConfirmation(world.anonymous.ctx, 'made-up')).rejects.toThrow('identity/link-used')
})

it('keeps no token that would open the link from a copy of the database', async () => {
  const token = await asked('hash@example.org')
  const rows = await world.hub.database.db.selectFrom('identity_confirmation').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
})

it('sends one address at most five mails in a quarter of an hour', async () => {
  for (let i = 0; i < 5; i++) await asked('viel@example.org')
  await expect(asked('viel@example.org')).rejects.toThrow('identity/too-many-tries')
})

it('is changed by the button only, never by looking', async () => {
  const token = await asked('scanner@example.org')
  for (let i = 0; i < 3; i++)
    expect((await world.anonymous.get(`/identity/confirm/${token}`)).status).toBe(200)
  const response = await world.anonymous.post('/identity/confirm', { token })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/questions')
})
