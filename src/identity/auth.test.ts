import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { User, World } from '../../test/harness.ts'
import { createWorld } from '../../test/harness.ts'
import { resolveActor } from './auth.ts'
import { createSignInLink } from './service.ts'

let world: World
let person: User

beforeAll(async () => {
  world = await createWorld()
  person = await world.person({ roles: [{ role: 'holder', organisationId: world.organisationId }] })
})
afterAll(() => world.close())

const auth = () => {
  const { auth } = world.hub.resources
  if (!auth) throw new Error('no sign-in')
  return auth
}

async function startedCookie(): Promise<string> {
  const link = await createSignInLink(world.system, { personId: person.personId })
  const response = await world.anonymous.post('/identity/link', { token: link.split('/').at(-1) ?? '' })
  return response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
}

it('leaves nothing to migrate for the sign-in library after all migrations', async () => {
  const { compileMigrations } = await getMigrations(auth().options)
  expect((await compileMigrations()).trim()).toBe(';')
})

it('finds the person of a session with all roles and the key for public records', async () => {
  const actor = await resolveActor(
    auth(),
    world.hub.database.db,
    new Headers({ cookie: await startedCookie() }),
  )
  expect(actor).toMatchObject({
    kind: 'person',
    personId: person.personId,
    memberships: [{ organisationId: world.organisationId, role: 'holder' }],
    personKey: expect.stringMatching(/.{16,}/),
  })
})

it('takes a cookie whose signature, token or encoding was changed for nobody', async () => {
  const cookie = await startedCookie()
  const token = cookie.slice(cookie.indexOf('=') + 1)
  const wrong = ['', token.slice(1), `${token}x`, token.replace('.', ''), '%', '%E0%A4%A', '.'.repeat(5000)]
  for (const value of wrong) {
    const headers = new Headers({ cookie: `allmende.session_token=${value}` })
    expect(await resolveActor(auth(), world.hub.database.db, headers)).toEqual({ kind: 'anonymous' })
  }
})

it('takes an expired session for nobody', async () => {
  const cookie = await startedCookie()
  await world.hub.database.db
    .updateTable('identity_session')
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where('userId', '=', person.personId)
    .execute()
  const actor = await resolveActor(auth(), world.hub.database.db, new Headers({ cookie }))
  expect(actor).toEqual({ kind: 'anonymous' })
})

it('asks the database nothing for readers without a cookie', async () => {
  const closed = new Proxy(world.hub.database.db, {
    get: () => {
      throw new Error('the database was asked')
    },
  })
  expect(await resolveActor(auth(), closed, new Headers())).toEqual({ kind: 'anonymous' })
  expect(await resolveActor(auth(), closed, new Headers({ cookie: 'other=1' }))).toEqual({
    kind: 'anonymous',
  })
})
