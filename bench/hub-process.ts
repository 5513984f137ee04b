import { openHub } from '../src/hub.ts'
import {
  addMember,
  createOrganisation,
  createPerson,
  createSignInLink,
  saveMunicipality,
} from '../src/identity/service.ts'
import { readConfig } from '../src/platform/config.ts'
import { createLog } from '../src/platform/log.ts'
import type { RunningHub } from '../test/demo-server.ts'
import { runHub } from '../test/demo-server.ts'

/** A hub in a process of its own as an operator runs it, and a steward who is signed in. */
export type Measured = RunningHub & {
  readonly houseId: string
  /** A request of the steward's; throws where the answer is no success. */
  readonly ask: (path: string, body?: object) => Promise<Response>
}

/** `databaseUrl` names an empty PostgreSQL database; without it the embedded one lies in the data folder. */
export type Place = { readonly dataDir: string; readonly env?: Record<string, string> }

/** Prepares a town with one house and a steward, then starts the hub. */
export async function startMeasured({ dataDir, env = {} }: Place): Promise<Measured> {
  const { houseId, link } = await prepare(dataDir)
  const server = process.env['BENCH_DATABASE_URL']
  const hub = await runHub({ dataDir, env: { ...env, ...(server ? { DATABASE_URL: server } : {}) } })
  const { pathname, search } = new URL(link)
  const cookie = await signIn(`${hub.url}${pathname}${search}`)
  const ask = async (path: string, body?: object) => {
    const answer = await fetchOnce(`${hub.url}${path}`, {
      headers: { cookie, origin: hub.url, 'content-type': 'application/json' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  return { ...hub, houseId, ask }
}

// A kept connection may be closed by the other side just as it is used: asked again once.
const fetchOnce = (url: string, init: RequestInit) => fetch(url, init).catch(() => fetch(url, init))

/** The cookies of a session: a link shows a button first; what the button sends is read from its form. */
export async function signIn(link: string): Promise<string> {
  const html = await (await fetch(link)).text()
  const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
  const { origin } = new URL(link)
  const answer = await fetch(`${origin}/identity/link`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams({ _once: field('_once'), token: field('token') }),
  })
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  if (cookies.length === 0) throw new Error(`The sign-in link led nowhere: ${answer.status}`)
  return cookies.join('; ')
}

async function prepare(dataDir: string): Promise<{ houseId: string; link: string }> {
  const server = process.env['BENCH_DATABASE_URL']
  const config = readConfig({
    NODE_ENV: 'test',
    ALLMENDE_DATA: dataDir,
    LOG_LEVEL: 'error',
    ALLMENDE_AGS: '00990001',
    ALLMENDE_TOWN: 'Auenstadt',
    ...(server ? { DATABASE_URL: server } : {}),
  })
  const hub = await openHub(config, { log: createLog('error') })
  try {
    const ctx = hub.makeCtx()
    await saveMunicipality(ctx, { ags: config.ags, name: config.town, hostnames: [] })
    const house = {
      name: 'Statistikstelle',
      shortName: 'Statistik',
      kind: 'department' as const,
      ags: config.ags,
    }
    const { id: houseId } = await createOrganisation(ctx, house)
    const person = await createPerson(ctx, { email: 'steward@example.org', name: 'Datenlotsin' })
    await addMember(ctx, { personId: person.id, organisationId: houseId, role: 'steward' })
    return { houseId, link: await createSignInLink(ctx, { personId: person.id, minutes: 60 }) }
  } finally {
    await hub.close()
  }
}
