import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axe, chromiumPath, launch, scrollsSideways } from '../browser.ts'
import type { Stage } from '../journey/hub.ts'
import { openStage } from '../journey/hub.ts'
import { until, walkerFor } from '../journey/walk.ts'
import type { Walker } from '../journey/walk.ts'

const packageOf = (source: string, n: number) => ({
  id: `${source}-${n}`,
  name: `${source}-${n}`,
  title: n === 0 ? `Baumkataster (${source})` : `Zählung ${n} (${source})`,
  notes: 'Jeder Baum der Stadt mit Art, Alter und Standort.',
  tags: [{ name: 'baum' }],
  organization: { title: `Amt ${source}` },
  metadata_modified: source === 'nord' ? '2025-01-01T00:00:00' : '2025-06-01T00:00:00',
  extras: n === 0 ? [{ key: 'identifier', value: 'tree-register-of-the-town' }] : [],
  resources: [],
})

/** Two CKAN portals that share one dataset; the second has a record with more files than anybody can use. Slow enough to be watched. */
async function servePortals() {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const source = url.pathname.split('/')[1]!
    const all: object[] = Array.from({ length: 30 }, (_, n) => packageOf(source, n))
    const crowd = Array.from({ length: 1001 }, (_, n) => ({ url: `https://x.example/${n}` }))
    if (source === 'sued') all.push({ ...packageOf(source, 99), resources: crowd })
    const start = Number(url.searchParams.get('start') ?? 0)
    const results = all.slice(start, start + 10)
    const body = JSON.stringify({ success: true, result: { count: all.length, results } })
    setTimeout(() => response.end(body), 300)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: (source: string) => `http://${host}/${source}/api/3/action/package_search?rows=10`,
    close: () => server.close(),
  }
}

describe.skipIf(!chromiumPath)('a steward keeps sources', () => {
  let browser: Browser
  let portals: Awaited<ReturnType<typeof servePortals>>
  beforeAll(async () => {
    browser = await launch()
    portals = await servePortals()
  })
  afterAll(async () => {
    await browser?.close()
    portals?.close()
  })

  /** Accessible and not wider than the window, on a wide screen and a phone, in both languages. */
  async function isSound(walker: Walker): Promise<void> {
    const path = new URL(walker.page.url()).pathname + new URL(walker.page.url()).search
    for (const at of [path, `/en${path}`]) {
      await walker.page.goto(at)
      for (const width of [1280, 390]) {
        await walker.page.setViewportSize({ width, height: 900 })
        expect(await scrollsSideways(walker.page), `${at} at ${width} is wider than the window`).toBe(false)
        expect(await axe(walker.page), `${at} at ${width}`).toEqual([])
      }
    }
    await walker.page.setViewportSize({ width: 1280, height: 900 })
    await walker.go(path)
  }

  /** Waits without touching the page; says what it shows where nothing happens. */
  async function renewsItself(walker: Walker): Promise<void> {
    const over = walker.page.locator('[role=status]', { hasText: /vollständig|gescheitert/ })
    await over.waitFor({ timeout: 120_000 }).catch(async () => {
      throw new Error(`The run did not end:\n${await walker.page.locator('main').innerText()}`)
    })
  }

  for (const javaScript of [false, true])
    it(`adds one, watches its run, settles a double and a record set aside, JavaScript ${javaScript ? 'on' : 'off'}`, async () => {
      const stage: Stage = await openStage({ ALLMENDE_FETCH_ALLOW: portals.host })
      const steward = await walkerFor(browser, stage, javaScript, 'steward')
      const looker = javaScript ? steward : await walkerFor(browser, stage, true, 'holder')
      const add = async (source: string) => {
        await steward.go('/catalogue/sources')
        await steward.fill({
          url: portals.url(source),
          name: `Portal ${source}`,
          organisationId: 'Statistikstelle',
        })
        await steward.press('Vorschau ansehen')
        await steward.sees('CKAN')
        await steward.sees('Baumkataster')
        await steward.press('Übernehmen')
        expect(steward.page.url()).toContain('/catalogue/runs/')
        const run = new URL(steward.page.url()).pathname
        // With a script the page renews itself, without one it is loaded again.
        if (javaScript) await renewsItself(steward)
        else await until(steward, run, 'vollständig', 60)
        await steward.sees('30')
        return run
      }

      await add('nord')
      const run = await add('sued')
      if (javaScript) {
        await steward.go(run)
        await isSound(steward)
        await steward.go('/catalogue/sources')
        await isSound(steward)
      }

      await until(steward, '/catalogue/duplicates', 'Baumkataster', 60)
      await steward.follow('Baumkataster')
      await steward.sees('er zuletzt geändert wurde')
      if (javaScript) await isSound(steward)
      await steward.press('Bestätigen')
      await steward.sees('Bestätigt')

      await steward.go('/catalogue/quarantine')
      if (javaScript) await isSound(steward)
      await steward.follow('Zählung 99')
      if (javaScript) await isSound(steward)
      const raw = await steward.page.locator('textarea[name="raw"]').inputValue()
      await steward.fill({ raw: raw.replace(/"resources":\[[^\]]*\]/, '"resources":[]') })
      await steward.press('Lesen und übernehmen')
      expect(steward.page.url()).toContain('/catalogue/datasets/')
      await steward.sees('Zählung 99')
      if (javaScript) await isSound(steward)

      await looker.go('/catalogue/quality')
      await isSound(looker)
      expect(steward.complaints).toEqual([])
      await stage.close()
    })
})
