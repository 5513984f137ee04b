import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The system's Chromium; undefined where there is none. */
export const chromiumPath = process.env['CHROMIUM'] ?? paths.find((path) => existsSync(path))

/** Starts the system's Chromium. As root it needs to run without its own sandbox. */
export async function launch(): Promise<Browser> {
  if (!chromiumPath) throw new Error('Chromium is missing: apt-get install chromium')
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: chromiumPath, args: [...args, '--disable-dev-shm-usage'] })
}

/** How a visitor looks at the hub. */
export type Looking = { readonly javaScript?: boolean; readonly width?: 1280 | 390; readonly baseURL: string }

/** A visitor of her own, with an empty cookie jar; what the page complains about in the console is collected. */
export async function visitor(
  browser: Browser,
  looking: Looking,
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL: looking.baseURL,
    javaScriptEnabled: looking.javaScript ?? true,
    viewport: { width: looking.width ?? 1280, height: 900 },
    locale: 'de-DE',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A refused form is an answer with status 4xx, which Chromium reports as well.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  return { context, page, complaints }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** One thing axe found. */
export type AxeFinding = { readonly id: string; readonly impact: string; readonly nodes: readonly string[] }

/** Runs axe (WCAG 2.0–2.2 A and AA, and its best practices) on the page with every `<details>` open. */
export async function axe(page: Page): Promise<readonly AxeFinding[]> {
  await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)))
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  return page.evaluate(async () => {
    type Violation = { id: string; impact: string; nodes: { html: string }[] }
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run({
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
      // Style sheets are only fetched anew for experimental rules, which these tags leave out.
      preload: false,
    })
    return violations.map((v) => ({
      id: v.id,
      impact: v.impact,
      nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)),
    }))
  })
}

/** True if something on the page is wider than the window. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1)
}
