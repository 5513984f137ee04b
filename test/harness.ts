import { createHmac, randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Hub } from '../src/hub.ts'
import { openHub } from '../src/hub.ts'
import type { Config } from '../src/platform/config.ts'
import { readConfig } from '../src/platform/config.ts'
import type { Actor, Ctx, Membership, Person, Role } from '../src/platform/context.ts'
import { roles } from '../src/platform/context.ts'
import type { Database } from '../src/platform/db.ts'
import { openCopy, openServer } from '../src/platform/db.ts'
import type { App } from '../src/platform/http.ts'
import { newId } from '../src/platform/ids.ts'
import type { Locale } from '../src/platform/i18n.ts'
import { createLog } from '../src/platform/log.ts'
import type { Policy, Whose } from '../src/platform/permission.ts'
import { may } from '../src/platform/permission.ts'
import { resolveActor } from '../src/identity/auth.ts'
import { findPerson } from '../src/identity/store.ts'
import { loadAssets } from '../src/web/assets.ts'

/** One user of the hub in a test: use cases through `ctx`, pages through `get` and `post`. */
export type User = {
  readonly actor: Actor
  readonly ctx: Ctx
  readonly personId: string
  readonly organisationId: string
  readonly at: (now: Date, locale?: Locale) => Ctx
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>
  readonly post: (
    path: string,
    form?: Record<string, string | File | readonly string[]>,
    headers?: Record<string, string>,
  ) => Promise<Response>
  readonly json: (method: string, path: string, body?: unknown) => Promise<Response>
  /** Any request of this user's; `post`, `get` and `json` are made of it. */
  readonly send: (path: string, init: RequestInit) => Promise<Response>
}

/** A hub of its own for one test file, on a fresh migrated database. */
export type World = {
  readonly hub: Hub
  readonly app: App
  readonly config: Config
  /** The hub itself as actor. */
  readonly system: Ctx
  readonly anonymous: User
  /** The person of the standard cast with this role, in the organisation of the town (or the one named). */
  readonly as: (role: Role, organisationId?: string) => User
  /** A further person. */
  readonly person: (options: {
    readonly roles?: readonly Membership[]
    readonly name?: string
  }) => Promise<User>
  readonly organisation: (name: string) => Promise<{ readonly id: string; readonly name: string }>
  readonly organisationId: string
  readonly runJobs: () => Promise<number>
  readonly mails: () => Promise<
    readonly { readonly to: string; readonly subject: string; readonly text: string }[]
  >
  readonly close: () => Promise<void>
}

/** Opens a world. `config` changes settings, e.g. `{ fetchAllow: ['127.0.0.1:8080'] }`. */
export async function createWorld(options: { readonly config?: Partial<Config> } = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'allmende-world-'))
  const config: Config = {
    ...readConfig({
      NODE_ENV: 'test',
      ALLMENDE_DATA: folder,
      ALLMENDE_URL: 'http://localhost',
      LOG_LEVEL: 'error',
      ALLMENDE_REPLY_QUANTUM_MS: '0',
    }),
    ...options.config,
  }
  const { database, drop } = await openFresh(folder)
  const hub = await openHub(config, { database, log: createLog('error') })
  return buildWorld(hub, async () => {
    await hub.close()
    await drop()
    await rm(folder, { recursive: true, force: true })
  })
}

async function openFresh(folder: string): Promise<{ database: Database; drop: () => Promise<void> }> {
  const template = inject('template')
  if (!template.startsWith('postgres')) {
    const copy = join(folder, 'pglite')
    await cp(template, copy, { recursive: true })
    return { database: await openCopy(copy), drop: async () => {} }
  }
  const name = `allmende_${randomUUID().replaceAll('-', '')}`
  const admin = async (sql: string) => {
    const server = openServer(template, 1)
    await server.pool.query(sql)
    await server.close()
  }
  await admin(`create database ${name} template allmende_template`)
  const url = new URL(template)
  url.pathname = `/${name}`
  return { database: openServer(url.href), drop: () => admin(`drop database ${name} with (force)`) }
}

async function buildWorld(hub: Hub, close: () => Promise<void>): Promise<World> {
  await addTown(hub)
  const town = await addOrganisation(hub, 'Stadt Auenstadt')
  const app = createApp(hub, {
    assets: await loadAssets(),
    resolveActor: (headers) => resolveActor(hub.resources.auth!, hub.database.db, headers),
    resolveTown: async () => ({ ags: hub.config.ags, name: hub.config.town }),
  })
  const person: World['person'] = async (options) => {
    const actor = await addPerson(hub, options.name ?? 'Test Person', options.roles ?? [])
    return userOf(
      hub,
      app,
      actor,
      await startSession(hub, actor),
      options.roles?.[0]?.organisationId ?? town.id,
    )
  }
  const cast = new Map<Role, User>()
  for (const role of roles)
    cast.set(role, await person({ roles: [{ role, organisationId: town.id }], name: `Test ${role}` }))
  return {
    hub,
    app,
    config: hub.config,
    system: hub.makeCtx(),
    anonymous: userOf(hub, app, { kind: 'anonymous' }, undefined, town.id),
    as: (role) => cast.get(role)!,
    person,
    organisation: (name) => addOrganisation(hub, name),
    organisationId: town.id,
    runJobs: () => hub.drain(),
    mails: async () => {
      const rows = await hub.database.db
        .selectFrom('platform_mail')
        .selectAll()
        .orderBy('queued_at')
        .orderBy('id')
        .execute()
      return rows.map((row) => ({
        to: row.recipient ?? '',
        subject: row.subject ?? '',
        text: row.body ?? '',
      }))
    },
    close,
  }
}

function userOf(hub: Hub, app: App, actor: Actor, cookie: string | undefined, organisationId: string): User {
  const send = async (path: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    if (!headers.has('origin')) headers.set('origin', hub.config.url)
    if (cookie) headers.set('cookie', cookie)
    return app.request(hub.config.url + path, { redirect: 'manual', ...init, headers })
  }
  const at = (now: Date, locale: Locale = 'de') => hub.makeCtx({ actor, now, locale })
  return {
    actor,
    get ctx() {
      return hub.makeCtx({ actor })
    },
    personId: actor.kind === 'person' ? actor.personId : '',
    organisationId,
    at,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form = {}, headers = {}) => send(path, { method: 'POST', body: formBody(form), headers }),
    json: (method, path, body) =>
      send(path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

function formBody(form: Record<string, string | File | readonly string[]>): FormData | URLSearchParams {
  const entries = Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as string[]) : [value as string | File]).map(
      (each) => [name, each] as const,
    ),
  )
  const withFile = entries.some(([, value]) => value instanceof File)
  const body = withFile ? new FormData() : new URLSearchParams()
  for (const [name, value] of entries) (body as FormData).append(name, value as string)
  return body
}

async function addTown(hub: Hub): Promise<void> {
  await hub.database.db
    .insertInto('identity_municipality')
    .values({ ags: hub.config.ags, name: hub.config.town, hostnames: [] })
    .execute()
}

async function addOrganisation(hub: Hub, name: string): Promise<{ id: string; name: string }> {
  const id = newId()
  await hub.database.db
    .insertInto('identity_organisation')
    .values({ id, ags: hub.config.ags, name, short_name: name, kind: 'department', created_at: new Date() })
    .execute()
  return { id, name }
}

async function addPerson(hub: Hub, name: string, memberships: readonly Membership[]): Promise<Person> {
  const id = newId()
  const email = `${id}@example.org`
  const now = new Date()
  await hub.database.db
    .insertInto('identity_user')
    .values({
      id,
      name,
      email,
      emailVerified: true,
      createdAt: now,
      updatedAt: now,
      locale: 'de',
      personKey: newId(),
    })
    .execute()
  for (const { organisationId, role } of memberships) {
    await hub.database.db
      .insertInto('identity_membership')
      .values({ person_id: id, organisation_id: organisationId, role, since: now })
      .execute()
  }
  return (await findPerson(hub.database.db, id))!
}

/** A real session, as sign-in would make it: a row, and its token signed with the hub's secret. */
async function startSession(hub: Hub, person: Person): Promise<string> {
  const token = randomUUID().replaceAll('-', '')
  const now = new Date()
  await hub.database.db
    .insertInto('identity_session')
    .values({
      id: newId(),
      token,
      userId: person.personId,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + 86_400_000),
    })
    .execute()
  const signature = createHmac('sha256', hub.config.secret).update(token).digest('base64')
  return `allmende.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}

/** Sends one request for a verb as the given user. */
export type MatrixRequest = (user: User) => Promise<Response>

/**
 * One test per verb and role, over HTTP: where the policy grants the verb the answer is no refusal, elsewhere 401 or 403
 * (or the redirect to sign-in). `whose` says whose object the requests touch.
 */
export function permissionMatrix<V extends string>(
  world: () => World,
  policy: Policy<V>,
  verbs: Readonly<Record<V, { readonly request: MatrixRequest; readonly whose?: () => Whose }>>,
): void {
  for (const verb of Object.keys(verbs) as V[]) {
    for (const role of ['anonymous', ...roles] as const) {
      it(`lets ${role} ${verb} only as the policy says`, async () => {
        const user = role === 'anonymous' ? world().anonymous : world().as(role)
        const response = await verbs[verb].request(user)
        const toSignIn = response.headers.get('location')?.includes('/identity/sign-in') ?? false
        const refused = response.status === 401 || response.status === 403 || toSignIn
        expect({ verb, role, refused, status: response.status }).toMatchObject({
          refused: !may(user.actor, policy, verb, verbs[verb].whose?.() ?? {}),
        })
        expect(response.status).toBeLessThan(500)
      })
    }
  }
}
