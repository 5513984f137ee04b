import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { runHub } from '../test/demo-server.ts'
import { launch, visitor } from '../test/e2e/browser.ts'

/** One page worth a picture: how to get there, at which widths, and how far down it is shown. */
type Picture = {
  readonly name: string
  readonly widths: readonly (1280 | 390)[]
  /** Whose eyes: the role's words in the list of people the demo prints; left out for a visitor. */
  readonly as?: RegExp
  /** Shown down to here on the wide page; 1700 if left out. */
  readonly height?: number
  readonly open: (page: Page) => Promise<void>
}

const folder = 'docs/images'
const largest = 400_000

const pictures: readonly Picture[] = [
  { name: 'start', widths: [1280], height: 1470, open: (page) => go(page, '/') },
  {
    name: 'question',
    widths: [1280, 390],
    open: (page) => follow(page, '/questions', /^Wo sind kleine Kinder an heißen Tagen/),
  },
  {
    name: 'entry',
    widths: [1280],
    open: (page) => follow(page, '/catalogue?q=Kinder', /^Kinder unter 6 Jahren nach Baublock/),
  },
  { name: 'sandbox', widths: [1280, 390], as: /Universität:/, height: 2150, open: openResult },
  { name: 'answer', widths: [1280], open: (page) => follow(page, '/answers', /Kinder.*heißen Straße/) },
]

async function go(page: Page, path: string): Promise<void> {
  const response = await page.goto(path)
  if (!response?.ok()) throw new Error(`${path} answers ${response?.status()}`)
}

/** Opens a list and then the first entry of its main part with such words. */
async function follow(page: Page, list: string, words: RegExp): Promise<void> {
  await go(page, list)
  const href = await page.locator('main a').filter({ hasText: words }).first().getAttribute('href')
  await go(page, href as string)
}

/** A stored result of the sandbox: the newest question of the day-care workspace that was answered by district. */
async function openResult(page: Page): Promise<void> {
  await follow(page, '/sandbox', /Kita/)
  const links = page.locator('main a[href^="/sandbox/queries/"]')
  const hrefs = await links.evaluateAll((found) => found.map((each) => each.getAttribute('href') as string))
  for (const href of hrefs) {
    await go(page, href)
    if (
      (await page
        .locator('main table')
        .filter({ hasText: /Bahnhofsviertel/ })
        .count()) > 0
    )
      return
  }
  throw new Error('The workspace shows no answered question by district')
}

async function take(
  browser: Browser,
  hub: { url: string; output: () => string },
  picture: Picture,
): Promise<void> {
  const { context, page } = await visitor(browser, { baseURL: hub.url })
  if (picture.as) await signIn(page, linkFor(hub.output(), picture.as))
  for (const width of picture.widths) {
    await page.setViewportSize({ width, height: 900 })
    await picture.open(page)
    await page.evaluate(() => document.fonts.ready)
    const tallest = width === 390 ? 2400 : (picture.height ?? 1700)
    const height = Math.min(tallest, await page.evaluate(() => document.documentElement.scrollHeight))
    const file = join(folder, `${picture.name}-${width}.png`)
    await page.screenshot({
      path: file,
      fullPage: true,
      clip: { x: 0, y: 0, width, height },
      animations: 'disabled',
    })
    const { size } = await stat(file)
    process.stdout.write(
      `${file}\t${width}×${height}\t${Math.round(size / 1000)} kB\t${new URL(page.url()).pathname}\n`,
    )
    if (size > largest) throw new Error(`${file} is larger than ${largest / 1000} kB`)
  }
  await context.close()
}

function linkFor(output: string, who: RegExp): string {
  const lines = output.split('\n')
  const at = lines.findIndex((line) => who.test(line))
  const link = lines[at + 1]?.match(/\/identity\/link\/\S+/)?.[0]
  if (at < 0 || !link) throw new Error(`The demo offers nobody like ${who.source}`)
  return link
}

async function signIn(page: Page, link: string): Promise<void> {
  await go(page, link)
  await page.locator('main form button[type="submit"]').first().click()
  await page.waitForURL((url) => !url.pathname.startsWith('/identity/link'))
}

/** Takes all pictures, or those whose names are given; of a filled demo folder if `PICTURES_DEMO` names one. */
async function main(names: readonly string[]): Promise<void> {
  const given = process.env['PICTURES_DEMO']
  const data = given ?? (await mkdtemp(join(tmpdir(), 'allmende-pictures-')))
  await mkdir(folder, { recursive: true })
  const hub = await runHub({ dataDir: data, demo: true })
  try {
    const browser = await launch()
    try {
      for (const picture of pictures)
        if (names.length === 0 || names.includes(picture.name)) await take(browser, hub, picture)
    } finally {
      await browser.close()
    }
  } finally {
    await hub.kill()
    if (!given) await rm(data, { recursive: true, force: true })
  }
}

await main(process.argv.slice(2))
