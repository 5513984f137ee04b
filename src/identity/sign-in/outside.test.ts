import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { createPerson } from '../people/service.ts'
import { findByEmail } from '../store.ts'

let world: World
let server: Server
let issuer: string

beforeAll(async () => {
  server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  server.on('request', startProvider(issuer).callback())
  world = await createWorld({
    config: { oidc: { issuer, clientId: 'hub', clientSecret: 'a secret of the two', name: 'Stadtkonto' } },
  })
})
afterAll(async () => {
  await world.close()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

/** Accounts there are named by their address; `unproven…` ones have not confirmed it. */
function startProvider(issuer: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: 'hub',
        client_secret: 'a secret of the two',
        redirect_uris: ['http://localhost/api/auth/callback/town'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unproven'), name: `Konto ${id}` }),
    }),
  })
}

/** A browser that goes to the provider, signs in there, agrees, and comes back; returns what the hub answered. */
async function comeBack(login: string, to = '/questions'): Promise<Response> {
  const hub = new Map<string, string>()
  const there = new Map<string, string>()
  const start = await world.anonymous.get(`/identity/sign-in/outside?to=${encodeURIComponent(to)}`)
  keep(hub, start)
  let url = start.headers.get('location') ?? ''
  expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256')
  for (let step = 0; step < 12 && url.startsWith(issuer); step++) {
    const form = url.includes('/interaction/')
      ? new URLSearchParams(await formOn(url, there, login))
      : undefined
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies(there) },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    keep(there, response)
    url = new URL(response.headers.get('location') ?? '', url).href
  }
  const back = new URL(url)
  return world.anonymous.get(back.pathname + back.search, { cookie: cookies(hub) })
}

async function formOn(url: string, jar: Map<string, string>, login: string): Promise<Record<string, string>> {
  const body = await (await fetch(url, { headers: { cookie: cookies(jar) } })).text()
  return body.includes('name="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' }
}

function keep(jar: Map<string, string>, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';')
    jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
}

const cookies = (jar: Map<string, string>) => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
const sessionOf = (response: Response) =>
  response.headers.getSetCookie().find((each) => each.startsWith('allmende.session_token='))

describe('signing in through an outside provider', () => {
  it('is offered under the name the operator gave it', async () => {
    expect(await (await world.anonymous.get('/identity/sign-in')).text()).toContain('Weiter zu Stadtkonto')
  })

  it('makes an account with a proven address and comes back to where it started', async () => {
    const response = await comeBack('neu@town.example')
    expect(response.headers.get('location')).toBe('/questions')
    expect(sessionOf(response)).toBeDefined()
    const person = await findByEmail(world.hub.database.db, 'neu@town.example')
    expect(person).toMatchObject({ name: 'Konto neu@town.example', emailVerified: true })
    const account = await world.anonymous.get('/identity/account', {
      cookie: sessionOf(response)?.split(';')[0] ?? '',
    })
    expect(account.status).toBe(200)
  })

  it('keeps nothing that would let the hub act for the person there', async () => {
    await comeBack('still@town.example')
    const { db } = world.hub.database
    const person = await findByEmail(db, 'still@town.example')
    const accounts = await db
      .selectFrom('identity_account')
      .selectAll()
      .where('userId', '=', person?.id ?? '')
      .execute()
    expect(accounts).toHaveLength(1)
    expect(accounts[0]).toMatchObject({
      providerId: 'town',
      accessToken: null,
      refreshToken: null,
      idToken: null,
    })
  })

  it('joins an account that has proven the same address', async () => {
    const { id } = await createPerson(world.system, { email: 'da@town.example', name: 'Schon da' })
    expect(sessionOf(await comeBack('da@town.example'))).toBeDefined()
    expect(await findByEmail(world.hub.database.db, 'da@town.example')).toMatchObject({
      id,
      name: 'Schon da',
    })
  })

  it('opens nothing for an address the provider has not proven, and says how to go on', async () => {
    await createPerson(world.system, { email: 'unproven@town.example', name: 'Opfer' })
    for (const login of ['unproven@town.example', 'unproven-new@town.example']) {
      const response = await comeBack(login)
      expect(sessionOf(response)).toBeUndefined()
      const location = new URL(response.headers.get('location') ?? '', 'http://localhost')
      expect(location.pathname).toBe('/identity/sign-in')
      expect(location.searchParams.get('error')).toBeTruthy()
      const page = await world.anonymous.get(location.pathname + location.search)
      expect(await page.text()).toContain('Link per E-Mail')
    }
  })

  it('refuses an answer that no question of ours belongs to', async () => {
    const response = await world.anonymous.get('/api/auth/callback/town?code=abc&state=made-up')
    expect(sessionOf(response)).toBeUndefined()
    expect(response.status).toBeLessThan(500)
  })
})

it('says so when the provider cannot be reached', async () => {
  const lonely = await createWorld({
    config: {
      oidc: { issuer: 'http://localhost:9', clientId: 'hub', clientSecret: 'x', name: 'Stadtkonto' },
    },
  })
  const response = await lonely.anonymous.get('/identity/sign-in/outside')
  expect(response.status).toBe(502)
  expect(await response.text()).toContain('antwortet nicht')
  await lonely.close()
})
