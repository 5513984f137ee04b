import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
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
  metadata_modified: '2025-01-01T00:00:00',
  extras: n === 0 ? [{ key: 'identifier', value: 'tree-register-of-the-town' }] : [],
  resources: [],
})

const turtleOf = (n: number) => `
  <https://sued.example.org/${n}> a dcat:Dataset ; dct:modified "2025-06-01" ;
    ${n === 30 ? '' : `dct:title "${n === 0 ? 'Baumkataster' : `Zählung ${n}`} (sued)"@de ;`}
    ${n === 0 ? 'dct:identifier "tree-register-of-the-town" ;' : ''}
    dct:description "Jeder Baum der Stadt mit Art, Alter und Standort, Nummer ${n}."@de .`
const prefixes =
  '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .'

/** A CKAN portal in the north and a DCAT catalogue in the south that share one dataset; the south has a record without title. Slow enough to be watched. */
async function servePortals() {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    const start = Number(url.searchParams.get('start') ?? 0)
    const numbers = Array.from({ length: 31 }, (_, n) => n).slice(start, start + 10)
    const next = `<#page> a hydra:PartialCollectionView ; hydra:totalItems 31 ; hydra:next <${url.origin}/sued?start=${start + 10}> .`
    const results = numbers.filter((n) => n < 30).map((n) => packageOf('nord', n))
    const north = JSON.stringify({ success: true, result: { count: 30, results } })
    const south = `${prefixes} ${numbers.map(turtleOf).join('\n')} ${start < 30 ? next : ''}`
    const isNorth = url.pathname.startsWith('/nord')
    response.setHeader('content-type', isNorth ? 'application/json' : 'text/turtle')
    setTimeout(() => response.end(isNorth ? north : south), 300)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const paths: Readonly<Record<string, string>> = {
    nord: 'nord/api/3/action/package_search?rows=10',
    sued: 'sued?start=0',
  }
  return {
    host,
    url: (source: string) => `http://${host}/${paths[source]}`,
    close: () => server.close(),
  }
}

/** A folder for pictures of the pages, for people who want to look. */
const shots = process.env['SHOTS']
const nameOf = (path: string, width: number) =>
  `${path.replaceAll(/[0-9a-f-]{36}/g, 'id').replaceAll(/\W+/g, '-')}-${width}.png`

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
        if (shots) await walker.page.screenshot({ path: join(shots, nameOf(at, width)), fullPage: true })
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
        await steward.sees(source === 'nord' ? 'CKAN' : 'DCAT')
        await steward.sees('Baumkataster')
        await steward.press('Übernehmen')
        expect(steward.page.url()).toContain('/catalogue/runs/')
        const run = new URL(steward.page.url()).pathname
        // With a script the page renews itself, without one it is loaded again.
        await renewsItself(steward)
        await steward.sees(source === 'nord' ? '30 von 30 gelesen' : '31 von 31 gelesen')
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
      await steward.follow('sued.example.org/30')
      if (javaScript) await isSound(steward)
      const raw = await steward.page.locator('textarea[name="raw"]').inputValue()
      const subject = /<[^>]+>/.exec(raw)![0]
      const title = `${subject} <http://purl.org/dc/terms/title> "Nachgetragene Zählung"@de .`
      await steward.fill({ raw: `${raw}\n${title}` })
      await steward.press('Lesen und übernehmen')
      expect(steward.page.url()).toContain('/catalogue/datasets/')
      await steward.sees('Nachgetragene Zählung')
      if (javaScript) await isSound(steward)

      await looker.go('/catalogue/quality')
      await isSound(looker)
      expect(steward.complaints).toEqual([])
      await stage.close()
    })
})
