import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningHub } from '../demo-server.ts'
import { runHub } from '../demo-server.ts'
import { axe, chromiumPath, launch, scrollsSideways, visitor } from './browser.ts'

/** Pages that exist in every demo; the walk below finds the rest by their links. */
const starts = [
  '/',
  '/questions',
  '/questions/new',
  '/catalogue',
  '/cooperation',
  '/sandbox',
  '/answers',
  '/transparency',
  '/identity/sign-in',
  '/about',
  '/search?q=Kinder',
]

/** Links the walk does not follow: downloads, feeds, actions and pages of the same kind it has seen enough of. */
const skipped =
  /\.(?:csv|json|jsonld|ttl|rdf|xml|atom|pdf|parquet|geojson|zip)(?:$|\?)|^\/(?:api|assets|catalog)(?:\/|$)|cursor=|\/files\/|\/odrl|\/pdf/

/** How far to walk: pages of one kind, pages in all, and the looks at each. */
type Extent = {
  readonly perKind: number
  readonly cap: number
  readonly looks: readonly { readonly width: 1280 | 390; readonly prefix: '' | '/en' }[]
}

const everything: Extent = {
  perKind: 3,
  cap: 120,
  looks: [
    { width: 1280, prefix: '' },
    { width: 1280, prefix: '/en' },
    { width: 390, prefix: '' },
    { width: 390, prefix: '/en' },
  ],
}

/** For each of the demo's people: what she sees beyond the public pages, in two of the four looks. */
const asOnePerson: Extent = {
  perKind: 1,
  cap: 45,
  looks: [
    { width: 1280, prefix: '' },
    { width: 390, prefix: '/en' },
  ],
}

/** One page in one look, and what is wrong with it. */
type Finding = { readonly at: string; readonly what: string }

// `/questions/2026-017/talk?reply=…` and `/questions/2026-003/talk` are one kind of page.
function kindOf(path: string): string {
  const { pathname } = new URL(path, 'http://x')
  return pathname.replaceAll(/\/[^/]*\d[^/]*/g, '/:id')
}

async function linksOf(page: Page): Promise<string[]> {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
      .map((each) => new URL(each.href))
      .filter((each) => each.origin === location.origin)
      .map((each) => each.pathname + each.search),
  )
  return found.filter((path) => !skipped.test(path) && !path.startsWith('/en'))
}

/** Walks the hub from the start pages by its own links; a few pages of each kind. Gives the paths in the order found. */
async function walk(page: Page, from: readonly string[], { perKind, cap }: Extent): Promise<string[]> {
  const queue = [...from]
  const seen = new Set(queue)
  const kinds = new Map<string, number>()
  const paths: string[] = []
  for (let path = queue.shift(); path !== undefined && paths.length < cap; path = queue.shift()) {
    const kind = kindOf(path)
    if ((kinds.get(kind) ?? 0) >= perKind) continue
    const response = await page.goto(path)
    if (!(response?.headers()['content-type'] ?? '').includes('text/html')) continue
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    paths.push(path)
    for (const link of await linksOf(page)) {
      if (seen.has(link)) continue
      seen.add(link)
      queue.push(link)
    }
  }
  return paths
}

async function look(page: Page, path: string): Promise<string[]> {
  const response = await page.goto(path)
  const status = response?.status() ?? 0
  const problems = status >= 500 || (status === 404 && path !== '/404') ? [`answers ${status}`] : []
  if (await scrollsSideways(page)) problems.push('is wider than the window')
  const findings = await axe(page)
  problems.push(...findings.map((each) => `${each.id} (${each.impact}): ${each.nodes.join(' | ')}`))
  const headings = await page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((each) => Number(each.tagName[1])),
  )
  if (headings.filter((level) => level === 1).length !== 1) problems.push('has not exactly one h1')
  if (headings.some((level, at) => at > 0 && level > headings[at - 1]! + 1))
    problems.push('skips a heading level')
  return problems
}

describe.skipIf(!chromiumPath)('every page', () => {
  let folder: string
  let hub: RunningHub
  let browser: Browser

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allmende-axe-'))
    hub = await runHub({ dataDir: folder, demo: true })
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.kill()
    await rm(folder, { recursive: true, force: true })
  })

  /** One-time links of the demo people, as the demo prints them. */
  const signInLinks = () =>
    [...hub.output().matchAll(/https?:\/\/\S*\/identity\/\S+/g)].map((match) => new URL(match[0]))

  async function inspect(extent: Extent, signIn?: URL): Promise<{ paths: string[]; findings: Finding[] }> {
    const { context, page, complaints } = await visitor(browser, { baseURL: hub.url })
    if (signIn) await openSession(page, signIn)
    const paths = await walk(page, signIn ? ['/desk', '/identity/account', ...starts] : starts, extent)
    const findings: Finding[] = []
    for (const { width, prefix } of extent.looks) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of paths) {
        const address = path === '/' && prefix ? prefix : prefix + path
        for (const what of await look(page, address)) findings.push({ at: `${address} at ${width}`, what })
      }
    }
    findings.push(...complaints.map((what) => ({ at: 'console', what })))
    await context.close()
    return { paths, findings }
  }

  // A GET never signs in: the page behind the link has one button.
  async function openSession(page: Page, link: URL): Promise<void> {
    await page.goto(link.pathname + link.search)
    const button = page.locator('main form button[type="submit"]')
    if (await button.count()) await button.first().click()
    await page.waitForLoadState()
  }

  it('passes axe in both languages and widths for a visitor without an account', async () => {
    const { paths, findings } = await inspect(everything)
    expect(paths.length).toBeGreaterThan(starts.length)
    expect(findings).toEqual([])
  }, 1_200_000)

  it('passes axe in both languages and widths for everybody of the demo', async () => {
    const links = signInLinks()
    expect(links.length).toBeGreaterThan(0)
    const findings: Finding[] = []
    for (const link of links) findings.push(...(await inspect(asOnePerson, link)).findings)
    expect(findings).toEqual([])
  }, 1_200_000)
})
