import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { loadAssets } from './assets.ts'

const assets = await loadAssets()
const SCRIPT_BUDGET = 15_000

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return assets.handle({ req: { raw: new Request(`http://localhost${path}`, { headers }) } })
}

async function source(name: string): Promise<string> {
  const answer = await ask(assets.url(name))
  return answer.text()
}

test.each(['enhance.js'])('keeps %s under 15 kB gzip', async (name) => {
  const text = await source(name)
  expect(text.length).toBeGreaterThan(100)
  expect(gzipSync(text).length).toBeLessThan(SCRIPT_BUDGET)
})

test('ships the passkey script, where it is built, under 15 kB gzip', async () => {
  const text = await source('passkey.js')
  expect(gzipSync(text).length).toBeLessThan(SCRIPT_BUDGET)
})

test('builds the map, its worker and the editor as scripts of their own', async () => {
  for (const name of ['map.js', 'map-worker.js', 'editor.js'])
    expect((await source(name)).length).toBeGreaterThan(50_000)
})

test('serves hashed files for ever, compressed where the client can', async () => {
  const answer = await ask(assets.url('site.css'), { 'accept-encoding': 'gzip, br' })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('content-encoding')).toBe('br')
  expect(answer.headers.get('content-type')).toContain('text/css')
})

test('loads nothing from elsewhere and nothing the content policy blocks', async () => {
  const css = await source('site.css')
  const addresses = [...css.matchAll(/url\(["']?([^"')]+)/g)].map((match) => match[1] ?? '')
  expect(addresses.length).toBeGreaterThan(10)
  for (const address of addresses) expect(address).toMatch(/^\.\/[\w.-]+$/)
  for (const address of addresses.slice(0, 12))
    expect((await ask(`/assets/${address.slice(2)}`)).status).toBe(200)
})

test('hands out nothing but built files', async () => {
  for (const path of ['/assets/..%2f..%2fpackage.json', '/assets/manifest.json', '/assets/none.css']) {
    expect((await ask(path)).status).toBe(404)
  }
})

test('draws every icon of the design system from a file', async () => {
  const css = await source('site.css')
  const icon = /icon-[\w-]+\.svg/.exec(css)?.[0] ?? ''
  const answer = await ask(`/assets/${icon}`)
  expect(await answer.text()).toContain('<svg')
  expect(await readFile(new URL('styles/mark.svg', import.meta.url), 'utf8')).toContain('viewBox="0 0 40 40"')
})
