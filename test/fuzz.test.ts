import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../src/platform/context.ts'
import type { User, World } from './harness.ts'
import { createWorld } from './harness.ts'

// Every address of the app with rubbish in it: whatever comes, the answer is a page that leads on or a named refusal.

let world: World
/** Somebody who may do everything that a person may do. */
let mighty: User
beforeAll(async () => {
  world = await createWorld({ config: { trustProxy: true } })
  const organisationId = world.organisationId
  mighty = await world.person({ roles: roles.map((role) => ({ role, organisationId })) })
})
afterAll(() => world.close())

let calls = 0
/** A new address for each call: the limit per address is not what is looked at here. */
const elsewhere = () => ({
  'x-forwarded-for': `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls++ & 255}`,
})

const garbage = [
  'x',
  '2026-999',
  '00000000-0000-0000-0000-000000000000',
  '%00',
  '%E0%A4%A',
  '%F0%9F%8C%B3%E2%80%AE',
  '..%2F..%2Fetc%2Fpasswd',
  "1'%20OR%20'1'='1",
  '9'.repeat(400),
]

/** The paths of a method with each parameter replaced by `value`. */
function pathsOf(method: string, value: string): readonly string[] {
  const patterns = world.app.routes.filter((route) => route.method === method).map((route) => route.path)
  return [...new Set(patterns)].map((path) =>
    path.replaceAll(/:\w+(\{[^}]*\}+)?\??/g, value).replaceAll('*', value),
  )
}

/** Says what is wrong with an answer, or nothing. */
async function wrongWith(path: string, response: Response): Promise<string | undefined> {
  const body = await response.text()
  if (response.status >= 500) return `status ${response.status}`
  // Assets and probes are not read by people.
  if (response.status < 400 || path.startsWith('/assets/')) return undefined
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('application/problem+json')) {
    return typeof JSON.parse(body).title === 'string' ? undefined : 'a problem without title'
  }
  // Clients of the CKAN action API are answered in its own envelope.
  if (/^\/api\/(3\/)?action\//.test(path)) {
    const answer = JSON.parse(body) as { success?: boolean; error?: { __type?: string } }
    return answer.success === false && answer.error?.__type ? undefined : 'a CKAN answer without its error'
  }
  if (!type.includes('text/html'))
    return `status ${response.status} as ${type || 'nothing'}: ${body.slice(0, 80)}`
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? ''
  return /<(a|form|button)\b/.test(main) ? undefined : `status ${response.status}: a dead end`
}

async function visit(user: User, paths: readonly string[]): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const path of paths) {
    const found = await wrongWith(path.replace(/^\/en/, ''), await user.get(path, elsewhere()))
    if (found) wrong.push(`GET ${path.slice(0, 90)}: ${found}`)
  }
  return wrong
}

describe('every address that can be read', () => {
  it.each(garbage)('answers %s to nobody in particular', async (value) => {
    expect(await visit(world.anonymous, pathsOf('GET', value))).toEqual([])
  })

  it.each(roles)('answers %s with a page or a refusal', async (role) => {
    expect(await visit(world.as(role), pathsOf('GET', garbage[2]!))).toEqual([])
  })

  it.each(['/en', ''])('answers rubbish in its query (%s)', async (prefix) => {
    const names =
      'q cursor page state role holder format licence sort from to id questionId agreementId entryId token event room'
    const query = (value: string) =>
      names
        .split(' ')
        .flatMap((name) => [`${name}=${value}`, `${name}=${value}`])
        .join('&')
    for (const value of ['%00', 'x', '-1', '1e999', "'%3B--", '%5B%5D', 'z'.repeat(5000)]) {
      const paths = pathsOf('GET', garbage[2]!).map((path) => `${prefix}${path}?${query(value)}`)
      expect(await visit(mighty, paths)).toEqual([])
    }
  })
})

const bodies: Readonly<Record<string, () => RequestInit>> = {
  'an empty form': () => ({ body: new URLSearchParams() }),
  'no body at all': () => ({}),
  'a form of other fields': () => ({
    body: new URLSearchParams({ __proto__x: '1', 'a[b]': '2', _once: 'z'.repeat(99), constructor: 'x' }),
  }),
  'unreadable JSON': () => ({ body: '{"a":', headers: { 'content-type': 'application/json' } }),
  'JSON that is a list': () => ({
    body: '[null,{"toString":1}]',
    headers: { 'content-type': 'application/json' },
  }),
  'a broken multipart': () => ({
    body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  }),
  'a picture': () => ({
    body: new Uint8Array([137, 80, 78, 71, 0, 255]),
    headers: { 'content-type': 'image/png' },
  }),
}

async function send(
  user: User,
  method: string,
  path: string,
  init: RequestInit,
): Promise<string | undefined> {
  const headers = { ...elsewhere(), ...(init.headers as Record<string, string>) }
  const response = await user.send(path, { method, ...init, headers })
  return wrongWith(path, response)
}

describe('every address that takes something', () => {
  // Signing out ends the session the other calls need; it has tests of its own.
  const targets = () =>
    (['POST', 'PUT', 'DELETE'] as const).flatMap((method) =>
      ['x', garbage[2]!].flatMap((value) =>
        pathsOf(method, value)
          .filter((path) => !/sign-out|\/auth\//.test(path))
          .map((path) => [method, path] as const),
      ),
    )

  it.each(Object.keys(bodies))('refuses %s by name', async (name) => {
    const wrong: string[] = []
    for (const user of [world.anonymous, mighty]) {
      for (const [method, path] of targets()) {
        const found = await send(user, method, path, bodies[name]!())
        if (found) wrong.push(`${method} ${path} by ${user.actor.kind}: ${found}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
