import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withdrawAgreement } from '../src/cooperation/service.ts'
import type { Agreement } from '../src/cooperation/model.ts'
import { raiseQuestion } from '../src/questions/service.ts'
import type { Workspace } from '../src/sandbox/model.ts'
import {
  createSandboxCast,
  csvFile,
  readyRoom,
  signedAgreement,
  type SandboxCast,
} from './fixtures/sandbox/room.ts'
import type { User, World } from './harness.ts'
import { createWorld } from './harness.ts'

// Bad input never crashes, never loses anything, never leaks: what is refused leaves every table and every file as it was.

const limit = 512 * 1024
let world: World
let cast: SandboxCast
let agreement: Agreement
let workspace: Workspace
beforeAll(async () => {
  world = await createWorld({ config: { uploadLimitBytes: limit, trustProxy: true } })
  cast = await createSandboxCast(world)
  agreement = await signedAgreement(cast)
  workspace = (await readyRoom(cast, agreement)).workspace
})
afterAll(() => world.close())

/** Rows per table and files on disk. Sessions, one-time keys and counted attempts are no traces of a use case. */
async function everything(): Promise<Record<string, unknown>> {
  const { db } = world.hub.database
  const tables = await sql<{
    name: string
  }>`select tablename as name from pg_tables where schemaname = 'public'
    and tablename !~ '^identity_(session|attempt|verification)|^platform_submission' order by 1`.execute(db)
  const counts: Record<string, unknown> = {}
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(name)}`.execute(db)
    counts[name] = Number(rows[0]!.n)
  }
  return { ...counts, files: filesIn('blobs'), vaults: filesIn('vaults') }
}

function filesIn(name: string): readonly string[] {
  const folder = join(world.config.dataDir, name)
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).toSorted() : []
}

type Said = { readonly status: number; readonly de: string; readonly en: string }

/** Sends a form in both languages; expects the refusal in words and nothing changed. */
async function refused(
  user: User,
  path: string,
  form: () => Record<string, string | File | readonly string[]>,
  said: Said,
): Promise<void> {
  const before = await everything()
  const german = await user.post(path, form())
  expect({ status: german.status, text: textOf(await german.text()) }).toEqual({
    status: said.status,
    text: expect.stringContaining(said.de) as string,
  })
  const english = await user.post(`/en${path}`, form())
  expect({ status: english.status, text: textOf(await english.text()) }).toEqual({
    status: said.status,
    text: expect.stringContaining(said.en) as string,
  })
  expect(await everything()).toEqual(before)
}

const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

const uploadPath = () => `/sandbox/workspaces/${workspace.id}/upload`
const upload = (file: File) => () => ({
  name: 'gross',
  file,
  organisationId: cast.office,
  entryId: cast.officeEntry,
})
const tooLarge = { status: 413, de: 'Die Datei ist zu groß', en: 'The file is too large' }

describe('files', () => {
  it('beyond the limit are refused by their announced length, whatever they hold', async () => {
    const before = await everything()
    const length = { 'content-length': String(2 ** 31) }
    const answer = await cast.holder.post(uploadPath(), upload(csvFile('a;b\n1;2'))(), length)
    expect([answer.status, textOf(await answer.text())]).toEqual([413, expect.stringContaining(tooLarge.de)])
    const english = await cast.holder.post(`/en${uploadPath()}`, upload(csvFile('a;b\n1;2'))(), length)
    expect([english.status, textOf(await english.text())]).toEqual([
      413,
      expect.stringContaining(tooLarge.en),
    ])
    expect(await everything()).toEqual(before)
  })

  it('that never end are cut off soon after the limit', async () => {
    const before = await everything()
    let sent = 0
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(head)),
      pull: (controller) => {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(97))
      },
    })
    const answer = await cast.holder.send(uploadPath(), {
      method: 'POST',
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(sent).toBeLessThan(4 * limit)
    expect(await everything()).toEqual(before)
  })

  it('that are RDF with a fault are refused with the place of the fault', async () => {
    const steward = world.as('steward')
    const file = () =>
      new File(['<http://a> <http://b> "ohne Ende .\n'], 'kaputt.ttl', { type: 'text/turtle' })
    const before = await everything()
    const answer = await steward.post('/catalogue/sources/file', {
      organisationId: world.organisationId,
      file: file(),
    })
    expect(answer.status).toBe(422)
    expect(textOf(await answer.text())).toMatch(/Zeile|lesen/)
    const english = await steward.post('/en/catalogue/sources/file', {
      organisationId: world.organisationId,
      file: file(),
    })
    expect(english.status).toBe(422)
    expect(textOf(await english.text())).toMatch(/line|read/i)
    expect(await everything()).toEqual(before)
  })

  it.each([
    ['a gzip of 200 MB of nothing', () => new File([gzipSync(Buffer.alloc(200_000_000))], 'liste.csv.gz')],
    ['a workbook that is no ZIP', () => new File([Buffer.from('PK\u0003\u0004kaputt')], 'liste.xlsx')],
    ['a picture', () => new File([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])], 'liste.csv')],
  ])('such as %s are refused as descriptions and leave nothing', async (_name, file) => {
    const before = await everything()
    for (const path of ['/catalogue/drop', '/catalogue/inventory']) {
      const answer = await cast.holder.post(path, { organisationId: cast.office, file: file() })
      expect([path, answer.status]).toEqual([path, 422])
    }
    expect(await everything()).toEqual(before)
  })

  it('from an address that gives no RDF, or none at all, are refused by name', async () => {
    const form = (url: string) => () => ({ organisationId: world.organisationId, name: 'Quelle', url })
    const steward = world.as('steward')
    const before = await everything()
    for (const url of [
      'http://127.0.0.1:9/x.ttl',
      'http://[::1]/x',
      'file:///etc/passwd',
      'kein Link',
      'http://169.254.169.254/',
    ]) {
      for (const prefix of ['', '/en']) {
        const answer = await steward.post(`${prefix}/catalogue/sources`, form(url)())
        expect([url, [400, 403, 422, 502].includes(answer.status)]).toEqual([url, true])
        expect(textOf(await answer.text())).not.toMatch(/root:|ECONN|at .*\.ts/)
      }
    }
    expect(await everything()).toEqual(before)
  })
})

describe('what a form claims', () => {
  const raise = (more: Record<string, string> = {}) => ({
    title: 'Wie viele Bäume stehen am Hafen?',
    why: 'Im Sommer gibt es dort keinen Schatten für Kinder.',
    ...more,
  })

  it('of roles, states, authors and other people’s organisations is not believed', async () => {
    const citizen = await world.person({ name: 'Clara Bürgerin' })
    const sent = await citizen.post('/questions/new', {
      ...raise({
        state: 'answered',
        role: 'steward',
        visibility: 'visible',
        authorId: world.as('steward').personId,
      }),
    })
    expect(sent.status).toBe(303)
    const row = await world.hub.database.db
      .selectFrom('questions_question')
      .select(['state', 'visibility', 'author_id'])
      .where('author_id', '=', citizen.personId)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ state: 'raised', visibility: 'pending', author_id: citizen.personId })
    const before = await everything()
    const answer = await citizen.post('/questions/new', raise({ organisationId: cast.office }))
    expect(answer.status).toBe(403)
    expect(textOf(await answer.text())).toContain('Sie gehören nicht zu dieser Organisation')
    const given = await citizen.post(`/identity/organisations/${cast.office}/give`, {
      personId: citizen.personId,
      role: 'operator',
    })
    expect(given.status).toBe(403)
    expect(await everything()).toEqual(before)
  })

  it('twice counts once', async () => {
    const form = { ...raise(), title: 'Wird diese Frage nur einmal gestellt?', _once: crypto.randomUUID() }
    expect((await cast.steward.post('/questions/new', form)).status).toBe(303)
    await refused(cast.steward, '/questions/new', () => form, {
      status: 409,
      de: 'Dieses Formular ist schon angekommen',
      en: 'This form has already arrived',
    })
  })

  it('from another site is refused', async () => {
    const before = await everything()
    for (const [prefix, words] of [
      ['', 'Dieses Formular kam nicht von hier'],
      ['/en', 'This form did not come from here'],
    ] as const) {
      const answer = await cast.steward.post(`${prefix}/questions/new`, raise(), {
        origin: 'https://evil.example',
      })
      expect([answer.status, textOf(await answer.text())]).toEqual([403, expect.stringContaining(words)])
    }
    expect(await everything()).toEqual(before)
  })

  it('in 10 000 characters is refused at the field, with every word kept', async () => {
    const long = 'Wort '.repeat(2000)
    await refused(cast.steward, '/questions/new', () => raise({ why: long }), {
      status: 422,
      de: 'Zeichen sind möglich',
      en: 'characters are possible',
    })
    const answer = await cast.steward.post('/questions/new', raise({ why: long }))
    expect(await answer.text()).toContain(long.trim())
  })

  it('with U+0000 in any field is refused at the field, never a crash', async () => {
    const nul = { status: 422, de: 'unsichtbares Steuerzeichen', en: 'invisible control character' }
    for (const name of ['title', 'why']) {
      await refused(
        cast.steward,
        '/questions/new',
        () => raise({ [name]: 'Wie viele Bäume\0 stehen am Hafen?' }),
        nul,
      )
    }
    await refused(cast.holder, '/catalogue/new', () => ({ organisationId: cast.office, title: 'a\0b' }), nul)
    await refused(
      cast.analyst,
      `/sandbox/workspaces/${workspace.id}/sql`,
      () => ({ sql: 'SELECT 1\0', do: 'run' }),
      nul,
    )
    await refused(
      cast.holder,
      `/cooperation/agreements/${agreement.id}/comments`,
      () => ({ clause: 'data', text: 'a\0b' }),
      nul,
    )
    const before = await everything()
    for (const text of ['a\u0000b', 'halb \ud800']) {
      const answer = await cast.steward.json(
        'POST',
        '/api/v1/questions',
        raise({ why: `${text} und genug Text dazu` }),
      )
      expect(answer.status).toBe(400)
      expect(answer.headers.get('content-type')).toContain('problem+json')
    }
    expect(await everything()).toEqual(before)
    for (const path of ['/questions?q=%00', '/search?q=a%00b', '/catalogue?q=%00', '/questions/%00']) {
      expect((await world.anonymous.get(path)).status).toBeLessThan(500)
    }
  })

  it('in emoji, from right to left or with marks comes back as it was typed', async () => {
    const title = 'Wo blüht 🌳👩🏽‍🌾 der אִילָן und die شجرة am Z̷a̷u̷n̷?'
    const sent = await cast.steward.post('/questions/new', raise({ title }))
    const page = await (await cast.steward.get(sent.headers.get('location')!)).text()
    expect(page).toContain(title)
  })
})

describe('markup in a title', () => {
  const title = '<script>alert(1)</script> & "><img src=x onerror=alert(2)> Bäume?'

  it('is text on every surface', async () => {
    const question = await raiseQuestion(cast.steward.ctx, {
      title,
      why: '<b>fett</b><script>alert(3)</script>, das steht hier.',
    })
    const at = `/questions/${question.number}`
    await cast.analyst.post(`${at}/follow`, { mode: 'daily' })
    await cast.steward.post(`${at}/talk`, { body: '<script>alert(4)</script> im Beitrag' })
    await world.runJobs()
    const surfaces = [
      at,
      `/en${at}`,
      '/questions',
      '/',
      '/desk',
      '/search?q=alert',
      '/transparency',
      `${at}/talk`,
    ]
    for (const path of [
      ...surfaces,
      '/questions/feed.atom',
      `/transparency/objects/question/${question.id}`,
    ]) {
      const answer = await cast.steward.get(path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(await answer.text()).not.toMatch(/<script>alert|<img src=x|<b>fett/)
    }
    const json = (await (await world.anonymous.get(`/api/v1/questions/${question.number}`)).json()) as {
      title: string
    }
    expect(json.title).toBe(title)
    const csv = await world.anonymous.get('/questions/export.csv')
    expect(csv.headers.get('content-type')).toContain('text/csv')
    expect(csv.headers.get('x-content-type-options')).toBe('nosniff')
    for (const mail of await world.mails()) expect(mail.subject).not.toMatch(/[\r\n]/)
  })

  it('is escaped in the records of the catalogue, in every format', async () => {
    const sent = await cast.holder.json('POST', '/api/v1/catalogue/datasets', {
      organisationId: cast.office,
      title,
      description: 'Eine <script>alert(5)</script> Beschreibung, die lang genug ist.',
      access: 'open',
      visibility: 'public',
    })
    expect(sent.status).toBe(201)
    const { id } = (await sent.json()) as { id: string }
    for (const [type, has] of [
      ['text/html', '&lt;script&gt;alert(1)'],
      ['application/rdf+xml', '&lt;script'],
      ['text/turtle', '<script>alert(1)</script> & \\"><img'],
      ['application/ld+json', '<script>alert(1)</script> & \\"><img'],
    ] as const) {
      const answer = await world.anonymous.get(`/catalogue/datasets/${id}`, { accept: type })
      expect(answer.headers.get('content-type')).toContain(type)
      expect([type, (await answer.text()).includes(has)]).toEqual([type, true])
    }
  })
})

describe('questions to the data', () => {
  const ask = (text: string) => () => ({ sql: text, do: 'run' })

  it('that name a hidden or unknown column are refused in words, without its values', async () => {
    for (const column of ['strasse', 'gibt_es_nicht', 'kind_id']) {
      const answer = await cast.analyst.post(
        `/sandbox/workspaces/${workspace.id}/sql`,
        ask(`SELECT ${column}, COUNT(*) FROM kinder GROUP BY ${column}`)(),
      )
      expect(answer.status).toBeLessThan(500)
      const to = answer.headers.get('location')
      const page = to ? await (await cast.analyst.get(to)).text() : await answer.text()
      expect(page).not.toMatch(/Straße 1\b|K1\b/)
    }
    const rows = await world.hub.database.db.selectFrom('sandbox_query').select('state').execute()
    expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['refused']))
  })

  it('are over with the agreement: asking, uploading and signing are refused and change nothing', async () => {
    await withdrawAgreement(cast.holder.ctx, {
      agreementId: agreement.id,
      reason: 'Der Zweck hat sich geändert.',
    })
    await world.runJobs()
    const before = await everything()
    for (const prefix of ['', '/en']) {
      const attempts = [
        cast.analyst.post(
          `${prefix}/sandbox/workspaces/${workspace.id}/sql`,
          ask('SELECT COUNT(*) FROM kinder')(),
        ),
        cast.holder.post(prefix + uploadPath(), upload(csvFile('a;b\n1;2'))()),
        cast.holder.post(`${prefix}/cooperation/agreements/${agreement.id}/sign`, {
          organisationId: cast.office,
        }),
      ]
      for (const answer of await Promise.all(attempts)) {
        expect([403, 409, 410].includes(answer.status)).toBe(true)
        expect(textOf(await answer.text())).toMatch(
          prefix ? /agreement|workspace/i : /Vereinbarung|Arbeitsraum/,
        )
      }
    }
    expect(await everything()).toEqual(before)
  })
})
