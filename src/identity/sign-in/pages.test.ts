import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'

type Mail = { to: string; text: string }

let world: World
let smtp: SMTPServer
const caught: Mail[] = []

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        caught.push({ to: session.envelope.rcptTo[0]?.address ?? '', text: decode(text) })
        done()
      })
    },
  })
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  const { port } = smtp.server.address() as AddressInfo
  world = await createWorld({ config: { smtpUrl: `smtp://127.0.0.1:${port}?ignoreTLS=true` } })
})

afterAll(async () => {
  await world.close()
  await new Promise<void>((closed) => smtp.close(() => closed()))
})

beforeEach(() => {
  caught.length = 0
})

/** Undoes quoted-printable; enough for our plain-text mails. */
function decode(raw: string): string {
  const joined = raw.replace(/=\r?\n/g, '')
  return decodeURIComponent(joined.replace(/%/g, '%25').replace(/=([0-9A-F]{2})/g, '%$1'))
}

/** A browser: keeps cookies, sends forms. */
function browser() {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(cookie)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  const cookie = () => ({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') })
  return {
    jar,
    get: async (path: string) => keep(await world.anonymous.get(path, cookie())),
    post: async (path: string, form: Record<string, string>) =>
      keep(await world.anonymous.post(path, form, cookie())),
  }
}

async function mailTo(address: string, about = ''): Promise<string> {
  await world.runJobs()
  const mail = caught.findLast((each) => each.to === address && each.text.includes(about))
  expect(mail, `a mail to ${address}`).toBeDefined()
  return mail?.text ?? ''
}

const linkIn = (text: string, part: string) =>
  new RegExp(`http://localhost(/(?:en/)?identity/${part}\\S+)`).exec(text)?.[1] ?? ''
const tokenOf = (path: string) =>
  decodeURIComponent(path.replace(/^.*(?:token=|link\/|password\/)/, '').replace(/\?.*$/, ''))
const isSignedIn = async (b: ReturnType<typeof browser>) => (await b.get('/identity/account')).status === 200

describe('registering with a password', () => {
  const form = { name: 'Mira Adler', email: 'mira@example.org', password: 'vier kleine Worte' }

  it('sends a mail, refuses sign-in before the address is proven, and signs in on confirmation', async () => {
    const b = browser()
    const sent = await b.post('/identity/sign-up', form)
    expect(sent.headers.get('location')).toBe('/identity/sign-up/sent')
    const early = await b.post('/identity/sign-in/password', form)
    expect(early.status).toBe(422)
    expect(await early.text()).toContain('noch nicht bestätigt')
    const link = linkIn(await mailTo(form.email), 'verify')
    const shown = await b.get(link)
    expect(await shown.text()).toContain('Adresse bestätigen')
    expect(await isSignedIn(b)).toBe(false)
    const done = await b.post('/identity/verify', { token: tokenOf(link) })
    expect(done.headers.get('location')).toBe('/desk')
    expect(await isSignedIn(b)).toBe(true)
  })

  it('signs in with the password afterwards, with a cookie that scripts and other sites do not get', async () => {
    const b = browser()
    const response = await b.post('/identity/sign-in/password', { ...form, to: '/questions' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/questions')
    const cookie = response.headers.getSetCookie().find((each) => each.startsWith('allmende.session_token='))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(await isSignedIn(b)).toBe(true)
  })

  it('uses a confirmation link only once', async () => {
    const email = 'zweimal@example.org'
    const b = browser()
    await b.post('/identity/sign-up', { ...form, email })
    const token = tokenOf(linkIn(await mailTo(email), 'verify'))
    await b.post('/identity/verify', { token })
    const other = browser()
    const again = await other.post('/identity/verify', { token })
    expect(again.headers.get('location')).toContain('error=INVALID_TOKEN')
    expect(await isSignedIn(other)).toBe(false)
  })

  it('answers a wrong password, an unknown address and one without password alike', async () => {
    const answers = []
    for (const email of [form.email, 'niemand@example.org']) {
      const response = await browser().post('/identity/sign-in/password', {
        email,
        password: 'ganz falsch geraten',
      })
      const body = await response.text()
      answers.push({ status: response.status, says: body.includes('passen nicht zusammen') })
    }
    expect(answers).toEqual([
      { status: 422, says: true },
      { status: 422, says: true },
    ])
  })

  it('answers a known address like a new one and tells only its owner', async () => {
    const known = await browser().post('/identity/sign-up', form)
    expect(known.headers.get('location')).toBe('/identity/sign-up/sent')
    expect(await mailTo(form.email, 'haben hier schon ein Konto')).toContain('/identity/sign-in')
  })

  it('ignores a forged role and a forged mark of verification', async () => {
    const email = 'schlau@example.org'
    await browser().post('/identity/sign-up', { ...form, email, role: 'operator', emailVerified: 'true' })
    const { db } = world.hub.database
    const user = await db
      .selectFrom('identity_user')
      .selectAll()
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    expect(user.emailVerified).toBe(false)
    const held = await db
      .selectFrom('identity_membership')
      .selectAll()
      .where('person_id', '=', user.id)
      .execute()
    expect(held).toEqual([])
  })

  it('shows a short password at its field and keeps what was typed, but never the password', async () => {
    const response = await browser().post('/identity/sign-up', {
      ...form,
      email: 'kurz@example.org',
      password: 'zu kurz',
    })
    const body = await response.text()
    expect(response.status).toBe(422)
    expect(body).toContain('mindestens 12 Zeichen')
    expect(body).toContain('kurz@example.org')
    expect(body).not.toContain('zu kurz')
  })

  it('stops guessing after ten tries, for unknown addresses too', async () => {
    for (const email of [form.email.replace('mira', 'mira2'), 'fremd@example.org']) {
      const tries = []
      for (let i = 0; i < 11; i++) {
        tries.push(
          (await browser().post('/identity/sign-in/password', { email, password: `falsch geraten ${i}` }))
            .status,
        )
      }
      expect(tries.slice(0, 10)).toEqual(Array(10).fill(422))
      expect(tries[10]).toBe(429)
    }
  })
})

describe('signing in with a link', () => {
  it('makes an account, works once and leads a second click to a page with a way forward', async () => {
    const email = 'link@example.org'
    const b = browser()
    const sent = await b.post('/identity/sign-in/link', { email, to: '/questions/new' })
    expect(sent.headers.get('location')).toBe('/identity/sign-in/sent')
    const link = linkIn(await mailTo(email), 'link/')
    expect(link).toContain('to=%2Fquestions%2Fnew')
    expect((await b.get(link)).status).toBe(200)
    expect(await isSignedIn(b)).toBe(false)
    const token = tokenOf(link)
    const first = await b.post('/identity/link', { token, to: '/questions/new' })
    expect(first.headers.get('location')).toBe('/questions/new')
    expect(await isSignedIn(b)).toBe(true)
    const other = browser()
    const second = await other.post('/identity/link', { token })
    expect(second.headers.get('location')).toBe('/identity/sign-in?error=INVALID_TOKEN')
    expect(await (await other.get('/identity/sign-in?error=INVALID_TOKEN')).text()).toContain(
      'gilt nicht mehr',
    )
    expect(await isSignedIn(other)).toBe(false)
  })

  it('lets only one of two clicks at the same time through', async () => {
    const email = 'gleichzeitig@example.org'
    await browser().post('/identity/sign-in/link', { email })
    const token = tokenOf(linkIn(await mailTo(email, 'identity/link/'), 'link/'))
    const pair = [browser(), browser()]
    await Promise.all(pair.map((b) => b.post('/identity/link', { token })))
    const signedIn = await Promise.all(pair.map(isSignedIn))
    expect(signedIn.filter(Boolean)).toHaveLength(1)
  })

  it('leads nowhere else than to this hub', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      const email = `to${to.length}@example.org`
      const b = browser()
      await b.post('/identity/sign-in/link', { email, to })
      const token = tokenOf(linkIn(await mailTo(email, 'identity/link/'), 'link/'))
      const response = await b.post('/identity/link', { token, to })
      expect(response.headers.get('location')).toBe('/desk')
    }
  })

  it('throws out who registered with the address before it was proven', async () => {
    const email = 'opfer@example.org'
    const password = 'das Passwort des Angreifers'
    await browser().post('/identity/sign-up', { name: 'Angreifer', email, password })
    const owner = browser()
    await owner.post('/identity/sign-in/link', { email })
    await owner.post('/identity/link', {
      token: tokenOf(linkIn(await mailTo(email, 'identity/link/'), 'link/')),
    })
    expect(await isSignedIn(owner)).toBe(true)
    const attacker = await browser().post('/identity/sign-in/password', { email, password })
    expect(attacker.status).toBe(422)
  })

  it('writes to an English reader in English, with English links', async () => {
    const email = 'english@example.org'
    await browser().post('/en/identity/sign-in/link', { email })
    const text = await mailTo(email)
    expect(text).toContain('this link signs you in')
    expect(linkIn(text, 'link/')).toMatch(/^\/en\//)
  })

  it('stops flooding a mailbox', async () => {
    const statuses = []
    for (let i = 0; i < 6; i++)
      statuses.push((await browser().post('/identity/sign-in/link', { email: 'flut@example.org' })).status)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
  })
})

describe('a new password', () => {
  it('is set through a mail and signs other devices out', async () => {
    const email = 'neu@example.org'
    const b = browser()
    await b.post('/identity/sign-in/link', { email })
    await b.post('/identity/link', { token: tokenOf(linkIn(await mailTo(email, 'identity/link/'), 'link/')) })
    await b.post('/identity/password', { email })
    const link = linkIn(await mailTo(email, 'identity/password/'), 'password/')
    expect((await b.get(link)).status).toBe(200)
    const token = tokenOf(link)
    const kept = await world.hub.database.db.selectFrom('identity_verification').selectAll().execute()
    expect(JSON.stringify(kept)).not.toContain(token)
    const done = await b.post('/identity/password/set', { token, password: 'ein ganz neues Passwort' })
    expect(done.headers.get('location')).toBe('/identity/sign-in?done=password')
    expect(await isSignedIn(b)).toBe(false)
    const later = browser()
    await later.post('/identity/sign-in/password', { email, password: 'ein ganz neues Passwort' })
    expect(await isSignedIn(later)).toBe(true)
    const again = await later.post('/identity/password/set', { token, password: 'noch ein anderes Passwort' })
    expect(again.headers.get('location')).toContain('error=INVALID_TOKEN')
  })
})

describe('the cookie and the library', () => {
  it('is anonymous with a cookie that was not signed here or has been signed out', async () => {
    const forged = await world.anonymous.get('/identity/account', {
      cookie: 'allmende.session_token=abc.def',
    })
    expect(forged.headers.get('location')).toContain('/identity/sign-in')
    const person = await world.person({ name: 'Kurz Da' })
    expect((await person.get('/identity/account')).status).toBe(200)
    const out = await person.post('/identity/sign-out')
    expect(out.headers.get('location')).toBe('/identity/sign-in?done=signed-out')
    expect((await person.get('/identity/account')).status).toBe(303)
  })

  it('keeps the library’s own routes shut, but for passkeys and the provider', async () => {
    for (const path of [
      'sign-up/email',
      'sign-in/email',
      'sign-in/magic-link',
      'update-user',
      'delete-user',
      'get-session',
    ]) {
      expect(
        (await world.anonymous.json('POST', `/api/auth/${path}`, { email: 'a@example.org' })).status,
      ).toBe(404)
    }
    expect((await world.anonymous.get('/api/auth/passkey/generate-authenticate-options')).status).toBe(200)
  })

  it('refuses a form sent from another site', async () => {
    const response = await world.anonymous.post(
      '/identity/sign-in/link',
      { email: 'x@example.org' },
      { origin: 'https://evil.example' },
    )
    expect(response.status).toBe(403)
  })
})
