import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../demo-server.ts'
import type { World } from '../../harness.ts'
import { createWorld } from '../../harness.ts'
import {
  addMember,
  createConfirmation,
  createOrganisation,
  createPerson,
  createSignInLink,
} from '../../../src/identity/service.ts'

const executablePath = '/usr/bin/chromium'
const isMissing = !existsSync(executablePath)
if (isMissing) process.stderr.write(`Pages are not looked at: there is no Chromium at ${executablePath}.\n`)
/** Set to a folder to keep pictures of the pages. */
const pictures = process.env['PICTURES']

describe.skipIf(isMissing)('the pages of this room', () => {
  let world: World
  let browser: Browser
  let server: Server
  let axe: string
  let organisationId: string
  let confirmPath: string
  let link: string

  beforeAll(async () => {
    const port = await freePort()
    world = await createWorld({ config: { url: `http://localhost:${port}` } })
    server = serve({ fetch: world.app.fetch, port, hostname: 'localhost' }) as Server
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    await fill()
  })
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    await world.close()
  })

  async function fill(): Promise<void> {
    const organisation = await createOrganisation(world.system, {
      name: 'Stadtwerke Auenstadt',
      shortName: 'Stadtwerke',
      kind: 'utility',
      ags: world.config.ags,
      description:
        'Wir versorgen die Stadt mit Wärme und Wasser und halten die Verbrauchsdaten je Häuserblock.',
      url: 'https://stadtwerke.example',
    })
    organisationId = organisation.id
    const person = await createPerson(world.system, { email: 'b.seidel@example.org', name: 'Birgit Seidel' })
    for (const role of ['operator', 'holder'] as const) {
      await addMember(world.system, { personId: person.id, organisationId, role })
    }
    const text = {
      title: 'Ihre Frage absenden',
      text: 'Mit der Bestätigung geht Ihre Frage ein.',
      button: 'Frage absenden',
    }
    const ask = { email: 'kai@example.org', purpose: 'questions.raise', payload: {}, text }
    await createConfirmation(world.system, ask)
    const mail = (await world.mails()).find((each) => each.to === 'kai@example.org')
    confirmPath = `/identity/confirm/${/identity\/confirm\/(\S+)/.exec(mail?.text ?? '')?.[1]}`
    link = await createSignInLink(world.system, { personId: person.id, to: '/identity/account' })
  }

  const open = () => [
    '/identity/sign-in?error=INVALID_TOKEN',
    '/identity/sign-up',
    '/identity/sign-in/sent',
    '/identity/password',
    '/identity/password/abc',
    '/identity/link/abc',
    '/identity/verify?token=abc',
    confirmPath,
    '/identity/confirm/unknown',
    '/identity/organisations',
    `/identity/organisations/${organisationId}`,
  ]
  const signedIn = () => [
    '/identity/account',
    '/identity/account/erase',
    '/identity/organisations/new',
    `/identity/organisations/${organisationId}`,
    '/identity/people',
    '/identity/people?q=nobody',
    '/identity/towns',
  ]

  it.each([
    ['de', 1280],
    ['en', 390],
    ['de', 390],
    ['en', 1280],
  ] as const)(
    'have no barriers that axe finds, one main heading and no sideways scrolling (%s, %i px)',
    async (locale, width) => {
      const context = await browser.newContext({
        baseURL: world.config.url,
        viewport: { width, height: 900 },
      })
      const page = await context.newPage()
      const prefix = locale === 'en' ? '/en' : ''
      const findings: object[] = []
      const check = async (path: string) => {
        await page.goto(prefix + path)
        await page.evaluate(() =>
          document
            .querySelectorAll('details')
            .forEach((each) => (each.open = each.closest('header') === null)),
        )
        if (pictures) await shoot(page, `${path.replaceAll(/[^a-z]+/g, '-').slice(0, 40)}-${locale}-${width}`)
        await page.evaluate(axe)
        const found = await page.evaluate(
          'axe.run().then((r) => r.violations.map((v) => ({ id: v.id, at: v.nodes.map((n) => n.html).slice(0, 3) })))',
        )
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        const headings = await page.locator('h1').count()
        if ((found as object[]).length || wide || headings !== 1)
          findings.push({ path, found, wide, headings })
      }
      for (const path of open()) await check(path)
      const fresh = await signInAgain()
      await page.goto(fresh)
      await page.locator('main button[type=submit]').click()
      await page.waitForURL((url) => url.pathname.endsWith('/account'))
      for (const path of signedIn()) await check(path)
      expect(findings).toEqual([])
      await context.close()
    },
  )

  async function signInAgain(): Promise<string> {
    const first = link
    const person = await world.hub.database.db
      .selectFrom('identity_user')
      .select('id')
      .where('email', '=', 'b.seidel@example.org')
      .executeTakeFirstOrThrow()
    link = await createSignInLink(world.system, { personId: person.id, to: '/identity/account' })
    return first
  }

  async function shoot(page: import('playwright-core').Page, name: string): Promise<void> {
    await mkdir(pictures ?? '', { recursive: true })
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
  }
})
