import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHub } from '../src/hub.ts'
import { addMember, createPerson, createSignInLink } from '../src/identity/service.ts'
import { readConfig } from '../src/platform/config.ts'
import { createLog } from '../src/platform/log.ts'
import { runHub } from '../test/demo-server.ts'
import { signIn } from './hub-process.ts'

const desks = 8

/** Questions that fit together into what the table of children gives out in its workspace. */
const questions = [
  'SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil ORDER BY n DESC',
  'SELECT alter, COUNT(*) AS n FROM kinder GROUP BY alter',
  'SELECT geschlecht, AVG(stunden) AS s FROM kinder GROUP BY geschlecht',
  'SELECT platz, COUNT(*) AS n FROM kinder WHERE bedarf = TRUE GROUP BY platz',
  'SELECT warteliste, alleinerziehend, COUNT(*) AS n FROM kinder GROUP BY ALL',
]

const quantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * q)]!

type Answer = { id: string; state: string; rows: unknown[] }
type Asked = { readonly ms: number; readonly answer: Answer }

/** Asks a running hub over HTTP as a signed-in analyst does. */
class Desk {
  private readonly url: string
  private readonly cookie: string
  constructor(url: string, cookie: string) {
    this.url = url
    this.cookie = cookie
  }

  async get(path: string): Promise<{ ms: number; text: string }> {
    const started = performance.now()
    const response = await fetch(this.url + path, { headers: { cookie: this.cookie } })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return { ms: performance.now() - started, text }
  }

  async ask(workspaceId: string, sql: string): Promise<Asked> {
    const started = performance.now()
    const response = await fetch(`${this.url}/api/v1/sandbox/workspaces/${workspaceId}/queries`, {
      method: 'POST',
      headers: { cookie: this.cookie, origin: this.url, 'content-type': 'application/json' },
      body: JSON.stringify({ sql }),
    })
    if (!response.ok) throw new Error(`${sql}: ${response.status} ${await response.text()}`)
    const answer = (await response.json()) as Answer
    if (answer.state !== 'answered') throw new Error(`${sql}: ${JSON.stringify(answer)}`)
    return { ms: performance.now() - started, answer }
  }

  async askAll(workspaceId: string, from = 0): Promise<Asked[]> {
    const asked: Asked[] = []
    for (const [i] of questions.entries())
      asked.push(await this.ask(workspaceId, questions[(i + from) % questions.length]!))
    return asked
  }
}

/** Sign-in links (path and search) of so many analysts of the demo's university: a person may ask twenty times a minute. */
async function analystsIn(dataDir: string): Promise<string[]> {
  const env = { NODE_ENV: 'test', ALLMENDE_DATA: dataDir, LOG_LEVEL: 'error', ALLMENDE_DEMO: 'true' }
  const config = readConfig({ ...env, ALLMENDE_AGS: '00990001', ALLMENDE_TOWN: 'Auenstadt' })
  const hub = await openHub(config, { log: createLog('error') })
  try {
    const ctx = hub.makeCtx()
    const { id } = await ctx.db
      .selectFrom('identity_organisation')
      .select('id')
      .where('name', 'like', 'Universität%')
      .executeTakeFirstOrThrow()
    const links: string[] = []
    for (let i = 0; i < desks; i++) {
      const email = `analyst-${i}-${Date.now()}@example.org`
      const person = await createPerson(ctx, { email, name: `Analyse ${i}` })
      await addMember(ctx, { personId: person.id, organisationId: id, role: 'analyst' })
      const { pathname, search } = new URL(await createSignInLink(ctx, { personId: person.id, minutes: 60 }))
      links.push(pathname + search)
    }
    return links
  } finally {
    await hub.close()
  }
}

/** The workspace of the demo in which the table of children may be asked. */
async function roomOf(desk: Desk): Promise<string> {
  const rooms = JSON.parse((await desk.get('/api/v1/sandbox/workspaces')).text) as {
    id: string
    state: string
  }[]
  for (const { id } of rooms.filter((room) => room.state === 'open'))
    if ((await desk.get(`/api/v1/sandbox/workspaces/${id}/budget`)).text.includes('"kinder"')) return id
  throw new Error('the demo has no open workspace with the table of children')
}

/** One analyst, then eight at once, in one workspace of the demo town over HTTP: the same answers, and how long they take. */
export async function bench(say: (line: string) => void): Promise<void> {
  const kept = process.env['BENCH_DEMO']
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'allmende-bench-')))
  if (!existsSync(join(dataDir, 'database')))
    await (await runHub({ dataDir, demo: true, timeoutMs: 600_000 })).kill()
  const links = await analystsIn(dataDir)
  const hub = await runHub({ dataDir, demo: true })
  try {
    const sessions: Desk[] = []
    for (const link of links) sessions.push(new Desk(hub.url, await signIn(hub.url + link)))
    await measure(sessions, say)
  } finally {
    await hub.kill()
    if (!kept) await rm(dataDir, { recursive: true, force: true })
  }
}

async function measure(sessions: readonly Desk[], say: (line: string) => void): Promise<void> {
  const [desk] = sessions
  if (!desk) throw new Error('no analyst')
  const room = await roomOf(desk)
  await desk.askAll(room)
  const alone = await desk.askAll(room)
  const started = performance.now()
  const together = await Promise.all(sessions.map((each, i) => each.askAll(room, i)))
  const all = performance.now() - started
  for (const [i, asked] of together.entries())
    for (const [k, { answer }] of asked.entries())
      if (JSON.stringify(answer.rows) !== JSON.stringify(alone[(i + k) % questions.length]!.answer.rows))
        throw new Error('different answers')
  const show = (name: string, ms: readonly number[]) =>
    say(`${name}: p50 ${quantile(ms, 0.5).toFixed(0)} ms, p95 ${quantile(ms, 0.95).toFixed(0)} ms`)
  show(
    'one analyst over HTTP, answers wait for 250·2ⁿ ms',
    alone.map((a) => a.ms),
  )
  show(
    `${desks} at once, all answered alike`,
    together.flat().map((a) => a.ms),
  )
  say(`${desks * questions.length} answers in ${(all / 1000).toFixed(1)} s`)
  const pages: number[] = []
  for (const { answer } of [...alone, ...alone])
    pages.push((await desk.get(`/sandbox/queries/${answer.id}`)).ms)
  show('result page (goal 300 ms)', pages)
}
