import { rm } from 'node:fs/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningHub } from '../demo-server.ts'
import { runHub } from '../demo-server.ts'
import { freshData } from '../fresh-data.ts'
import { axe, chromiumPath, launch, scrollsSideways, visitor } from './browser.ts'

/** Where the walk begins; all other pages are found by links. */
const starts = [
  '/',
  '/questions',
  '/questions/new',
  '/catalogue',
  '/cooperation',
  '/sandbox',
  '/answers',
  '/transparency',
  '/about',
  '/search?q=Kinder',
]

/** What is no page of ours: downloads, feeds, other formats of the same thing, further pages of a list. */
const skipped =
  /\.(?:csv|json|jsonld|ttl|rdf|xml|atom|pdf|parquet|geojson|zip|nt)(?:$|\?)|^\/(?:api|assets|catalog|en)(?:[/.?]|$)|cursor=|format=|\/files\/|\/odrl|\/pdf/

/** At most so many kinds of pages in one walk. */
const cap = 120

/** What is wrong, and where. */
type Finding = { readonly at: string; readonly what: string }

/** Pages that differ only in ids and in what was chosen are one kind: `/questions/2026-017` and `/questions/2026-003`. */
function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://x')
  return `${pathname.replaceAll(/\/[^/]*\d[^/]*/g, '/:id')}?${[...searchParams.keys()].sort().join('&')}`
}

/** The addresses of our own pages that the markup leads to. */
function linksOf(html: string, path: string): string[] {
  const anchors = [...html.matchAll(/<a\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/\sdownload\b/.test(tag))
  const targets = anchors.flatMap((tag) => /\shref="([^"]*)"/.exec(tag)?.[1] ?? [])
  return targets
    .map((target) => new URL(target.replaceAll('&amp;', '&'), `http://hub.example${path}`))
    .filter((each) => each.host === 'hub.example')
    .map((each) => each.pathname + each.search)
    .filter((each) => !skipped.test(each))
}

/** Walks the hub breadth first by its own links, one page of each kind that is not known yet. */
async function walk(page: Page, from: readonly string[], known: Set<string>): Promise<string[]> {
  const queue = [...from]
  const queued = new Set(queue)
  const paths: string[] = []
  for (let path = queue.shift(); path !== undefined && paths.length < cap; path = queue.shift()) {
    const kind = kindOf(path)
    // A known page is still read for its links: another person may find new ones there.
    const isNew = !known.has(kind)
    if (!isNew && !from.includes(path)) continue
    known.add(kind)
    // Finding the way needs no drawing: the markup says where a page leads.
    const response = await page.request.get(path, { headers: { accept: 'text/html' } })
    if (!(response.headers()['content-type'] ?? '').includes('text/html')) continue
    if (isNew) paths.push(path)
    for (const link of linksOf(await response.text(), path)) {
      if (queued.has(link)) continue
      queued.add(link)
      queue.push(link)
    }
  }
  return paths
}

/** Loads a page once and looks at it on a wide screen and on a phone. */
async function look(page: Page, path: string): Promise<Finding[]> {
  await page.setViewportSize({ width: 1280, height: 900 })
  const response = await page.goto(path)
  const status = response?.status() ?? 0
  const findings: Finding[] = []
  // A refusal is a page too (public stories lead to the doors of rooms that not everybody may enter); a dead link is a fault.
  if (status >= 400 && status !== 403) findings.push({ at: path, what: `answers ${status}` })
  for (const width of [1280, 390]) {
    const at = `${path} at ${width}`
    await page.setViewportSize({ width, height: 900 })
    if (await scrollsSideways(page)) findings.push({ at, what: 'is wider than the window' })
    for (const each of await axe(page))
      findings.push({ at, what: `${each.id} (${each.impact}): ${each.nodes.join(' | ')}` })
  }
  const levels = await page.evaluate(() =>
    [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((each) => Number(each.tagName[1])),
  )
  if (levels.filter((level) => level === 1).length !== 1)
    findings.push({ at: path, what: 'has not exactly one h1' })
  if (levels.some((level, at) => at > 0 && level > levels[at - 1]! + 1))
    findings.push({ at: path, what: 'skips a heading level' })
  return findings
}

/** Looks at each page at both widths; the two languages side by side, as two cores allow. */
async function lookAt(context: BrowserContext, paths: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = []
  const inLanguage = async (prefix: '' | '/en') => {
    const page = await context.newPage()
    page.on('pageerror', (error) => findings.push({ at: page.url(), what: error.message }))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        findings.push({ at: page.url(), what: message.text() })
    })
    for (const path of paths)
      findings.push(...(await look(page, path === '/' && prefix ? prefix : prefix + path)))
    await page.close()
  }
  await Promise.all([inLanguage(''), inLanguage('/en')])
  return findings
}

describe.skipIf(!chromiumPath)('every page', () => {
  const given = process.env['AXE_DEMO']
  let folder: string
  let hub: RunningHub
  let browser: Browser
  const known = new Set<string>()

  beforeAll(async () => {
    folder = given ?? (await freshData())
    hub = await runHub({ dataDir: folder, demo: true })
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await hub?.kill()
    if (!given) await rm(folder, { recursive: true, force: true })
  })

  /** One-time links of the demo's people, as the demo prints them. */
  const signInLinks = () =>
    [...hub.output().matchAll(/https?:\/\/\S*(\/identity\/link\/\S+)/g)].map((match) => match[1]!)

  async function inspect(
    from: readonly string[],
    signIn?: string,
  ): Promise<{ paths: string[]; findings: Finding[] }> {
    const { context, page, complaints } = await visitor(browser, { baseURL: hub.url })
    if (signIn) {
      await page.goto(signIn)
      await page.locator('main form button[type="submit"]').first().click()
      await page.waitForURL((url) => !url.pathname.startsWith('/identity/link'))
    }
    const paths = await walk(page, from, known)
    const findings = await lookAt(context, paths)
    await context.close()
    return { paths, findings: [...findings, ...complaints.map((what) => ({ at: 'console', what }))] }
  }

  it('passes axe in both languages and widths for a visitor without an account', async () => {
    const { paths, findings } = await inspect([...starts, '/identity/sign-in'])
    expect(paths.length).toBeGreaterThan(starts.length)
    expect(findings).toEqual([])
  })

  it('passes axe for everybody of the demo on the pages that only she reaches', async () => {
    const links = signInLinks()
    expect(links.length).toBeGreaterThan(0)
    const findings: Finding[] = []
    // The desk is another one for each person, so all of them are looked at.
    for (const link of links) {
      for (const kind of ['/desk?', '/questions/:id?', '/sandbox/workspaces/:id?']) known.delete(kind)
      findings.push(...(await inspect(['/desk', ...starts], link)).findings)
    }
    expect(findings).toEqual([])
  })
})
