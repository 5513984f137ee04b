import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { visitor } from '../browser.ts'
import type { Part, Stage } from './hub.ts'

/** One person at her own browser. */
export type Walker = {
  readonly page: Page
  readonly go: (path: string) => Promise<void>
  /** Fills fields of the form by their names; a list of values ticks boxes; `#id` values choose radios. */
  readonly fill: (
    fields: Readonly<Record<string, string | readonly string[] | { file: string }>>,
    within?: string,
  ) => Promise<void>
  /** Presses a button by its words and waits for the page that follows. */
  readonly press: (label: string | RegExp, within?: string) => Promise<void>
  readonly follow: (label: string | RegExp) => Promise<void>
  readonly sees: (text: string | RegExp) => Promise<void>
  /** What her browser complained about. */
  readonly complaints: readonly string[]
}

/** Opens a browser for a person; with a part of the cast she signs in with her one-time link. */
export async function walkerFor(
  browser: Browser,
  stage: Stage,
  javaScript: boolean,
  part?: Part,
): Promise<Walker> {
  return walkerAt(browser, stage.hub.url, { javaScript, ...(part ? { link: stage.links[part] } : {}) })
}

/** Opens a browser for a person at any hub; with a one-time link she signs in. */
export async function walkerAt(
  browser: Browser,
  baseURL: string,
  given: { javaScript: boolean; link?: string },
): Promise<Walker> {
  const { page, complaints } = await visitor(browser, { baseURL, javaScript: given.javaScript })
  const walker = makeWalker(page, complaints)
  if (given.link) {
    await walker.go(given.link)
    await walker.press(/^(Jetzt anmelden|Anmelden)$/, 'main')
  }
  return walker
}

function makeWalker(page: Page, complaints: string[]): Walker {
  const root = (within?: string) => page.locator(within ?? 'main')
  return {
    page,
    complaints,
    go: async (path) => {
      const response = await page.goto(path)
      expect(response?.status(), `${path} answers`).toBeLessThan(400)
    },
    fill: async (fields, within) => {
      for (const [name, value] of Object.entries(fields)) await fillOne(page, root(within), name, value)
    },
    press: async (label, within) => {
      const button = root(within).locator('button', { hasText: label }).first()
      await present(page, button, `a button ${label}`)
      await openAround(button)
      await Promise.all([page.waitForEvent('load'), button.click()])
    },
    follow: async (label) => {
      const link = root().locator('a', { hasText: label }).first()
      await present(page, link, `a link ${label}`)
      await openAround(link)
      await Promise.all([page.waitForEvent('load'), link.click()])
    },
    sees: async (text) => {
      const body = (await page.locator('main').innerText())
        .replaceAll('\u00ad', '')
        .replaceAll(/[\u00a0\u202f]/g, ' ')
      if (typeof text === 'string') expect(body).toContain(text)
      else expect(body).toMatch(text)
    },
  }
}

type Root = ReturnType<Page['locator']>

/** Fails with what the page says instead, so that a broken walk explains itself. */
async function present(page: Page, control: Root, what: string): Promise<void> {
  if ((await control.count()) > 0) return
  throw new Error(
    `${page.url()} has no ${what}. It says:\n${(await page.locator('main').innerText()).slice(0, 2500)}`,
  )
}

/** Opens every closed `<details>` around a control, as a person would. */
async function openAround(control: Root): Promise<void> {
  const closed = control.locator('xpath=ancestor::details[not(@open)]')
  for (let n = await closed.count(); n > 0; n = await closed.count())
    await closed.first().locator('> summary').click()
}

async function fillOne(
  page: Page,
  root: Root,
  name: string,
  value: string | readonly string[] | { file: string },
): Promise<void> {
  const field = root.locator(`[name="${name}"]:not([type=hidden])`)
  await present(page, field.first(), `field ${name}`)
  await openAround(field.first())
  if (typeof value === 'object' && 'file' in value) return field.first().setInputFiles(value.file)
  const type = await field.first().getAttribute('type')
  const tag = await field.first().evaluate((element) => element.tagName)
  if (type === 'checkbox' || type === 'radio') {
    for (const each of typeof value === 'string' ? [value] : (value as readonly string[]))
      await root.locator(`[name="${name}"][value="${each}"]`).check()
    return
  }
  if (tag === 'SELECT') return void (await field.first().selectOption(value as string))
  // With JavaScript the SQL field is an editor of its own over the hidden text area.
  const editor = root.locator('.cm-content')
  if ((await field.first().getAttribute('data-editor')) && (await editor.count()))
    return editor.first().fill(value as string)
  await field.first().fill(value as string)
}

/** The last part of the address a walker stands at. */
export function lastPart(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1)!
}

/** Waits until something becomes true on a page that shows the work of background jobs, by loading it again. */
export async function until(
  walker: Walker,
  path: string,
  text: string | RegExp,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    await walker.go(path)
    const body = await walker.page.locator('main').innerText()
    if (typeof text === 'string' ? body.includes(text) : text.test(body)) return
    if (Date.now() > deadline) throw new Error(`“${text}” did not appear on ${path}:\n${body.slice(0, 2000)}`)
    await new Promise((later) => setTimeout(later, 500))
  }
}
