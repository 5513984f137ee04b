import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../demo-server.ts'
import type { World } from '../../harness.ts'
import { createWorld } from '../../harness.ts'
import { createPerson, createSignInLink } from '../../../src/identity/service.ts'

const executablePath = '/usr/bin/chromium'
const isMissing = !existsSync(executablePath)
if (isMissing) process.stderr.write(`Passkeys are not tested: there is no Chromium at ${executablePath}.\n`)

describe.skipIf(isMissing)('a passkey', () => {
  let world: World
  let browser: Browser
  let server: Server
  let page: Page

  beforeAll(async () => {
    const port = await freePort()
    const url = `http://localhost:${port}`
    world = await createWorld({ config: { url } })
    server = serve({ fetch: world.app.fetch, port, hostname: 'localhost' }) as Server
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    const context = await browser.newContext({ baseURL: url, locale: 'de-DE' })
    context.setDefaultTimeout(8000)
    page = await context.newPage()
    await addAuthenticator(page)
  })
  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    await world.close()
  })

  it('is set up on the account page after signing in with a link', async () => {
    const person = await createPerson(world.system, {
      email: 'schluessel@example.org',
      name: 'Sina Schlüssel',
    })
    await page.goto(await createSignInLink(world.system, { personId: person.id, to: '/identity/account' }))
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await page.waitForURL('**/identity/account')
    await page.getByText('Noch keiner eingerichtet.').waitFor()
    await page.getByRole('button', { name: 'Passkey einrichten' }).click()
    await page.waitForURL('**/identity/account?done=saved')
    expect(await page.getByText('Noch keiner eingerichtet.').count()).toBe(0)
  })

  it('signs in again without mail and password', async () => {
    await page.getByRole('button', { name: 'Hier abmelden' }).click()
    await page.waitForURL('**/identity/sign-in?done=signed-out')
    await page.goto('/identity/sign-in?to=/transparency')
    await page.getByRole('button', { name: 'Passkey verwenden' }).click()
    await page.waitForURL((url) => url.pathname === '/transparency')
    await page.goto('/identity/account')
    expect(await page.locator('input[name=name]').inputValue()).toBe('Sina Schlüssel')
  })

  it('no longer signs in once it was removed', async () => {
    await page.getByText('Entfernen').first().click()
    await page.getByRole('button', { name: 'Entfernen' }).click()
    await page.getByText('Noch keiner eingerichtet.').waitFor()
    await page.getByRole('button', { name: 'Hier abmelden' }).click()
    await page.goto('/identity/sign-in')
    await page.getByRole('button', { name: 'Passkey verwenden' }).click()
    await page.getByText('Das hat nicht geklappt').waitFor()
    expect(new URL(page.url()).pathname).toBe('/identity/sign-in')
  })

  it('says without script why there is no button, and offers the link', async () => {
    const context = await browser.newContext({ baseURL: world.config.url, javaScriptEnabled: false })
    const quiet = await context.newPage()
    await quiet.goto('/identity/sign-in')
    await quiet.getByText('Passkeys brauchen JavaScript').waitFor()
    expect(await quiet.getByRole('button', { name: 'Passkey verwenden' }).isVisible()).toBe(false)
    expect(await quiet.getByRole('button', { name: 'Link zuschicken' }).isVisible()).toBe(true)
    await context.close()
  })

  it('costs at most 5 kB of script', async () => {
    const source = await (await page.goto('/identity/sign-in'))?.text()
    const script = /src="(\/assets\/passkey[^"]+)"/.exec(source ?? '')?.[1] ?? ''
    const file = join(import.meta.dirname, '../../../dist', `${script}.gz`)
    const { length } = await readFile(file)
    expect(length).toBeLessThanOrEqual(5 * 1024)
  })
})

async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
