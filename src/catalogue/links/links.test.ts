import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askLink } from './ask.ts'
import type { Outcome } from './model.ts'
import { service } from '../dcat/examples.ts'
import { capabilitiesUrl, linkAfter, linksOf } from './model.ts'

const DAY = 86_400_000
const now = new Date('2026-01-10T12:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const fresh = { state: 'unknown', failedAt: null, failures: 0 } as const
const failed: Outcome = { kind: 'failed', status: 404, note: 'HTTP 404' }

describe('how an address stands', () => {
  it('is suspect after one failure and broken only after a second one a day later', () => {
    const first = linkAfter(fresh, failed, now)
    expect(first).toMatchObject({ state: 'suspect', failures: 1, nextAt: later(DAY) })
    expect(linkAfter(first, failed, later(DAY / 2)).state).toBe('suspect')
    expect(linkAfter(first, failed, later(DAY)).state).toBe('broken')
  })
  it('is well again with the first answer', () => {
    const broken = { state: 'broken', failedAt: now, failures: 5 } as const
    expect(linkAfter(broken, { kind: 'ok', status: 200 }, later(DAY))).toMatchObject({
      state: 'ok',
      failedAt: null,
      failures: 0,
    })
  })
  it('stays as it was where the server asks for patience', () => {
    const outcome = { kind: 'later', status: 429, until: later(DAY) } as const
    expect(linkAfter(fresh, outcome, now)).toMatchObject({ state: 'unknown', nextAt: later(DAY) })
  })
})

describe('asking for the capabilities of a service', () => {
  it('asks for what describes it, each once, and not where it answers', () => {
    const [url] = service.service!.descriptions
    const twice = { ...service.service!, descriptions: [url!, url!, 'ftp://a.example/x'] }
    expect(linksOf({ ...service, service: twice })).toEqual([
      { url, position: 0, kind: 'access', service: false },
    ])
  })

  it('adds what is missing and leaves a finished request alone', () => {
    expect(capabilitiesUrl('https://geo.example.org/wfs?map=a')).toBe(
      'https://geo.example.org/wfs?map=a&SERVICE=WFS&REQUEST=GetCapabilities',
    )
    const whole = 'https://geo.example.org/ows?service=WMS&request=GetCapabilities'
    expect(capabilitiesUrl(whole)).toBe(whole)
  })
})

describe('asking an address', () => {
  const asked: { method: string; url: string; range: string | undefined }[] = []
  let base: string
  let allow: string[]
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request
    asked.push({ method, url, range: request.headers.range })
    if (url.startsWith('/no-head')) response.writeHead(method === 'HEAD' ? 405 : 206).end('x')
    else if (url.startsWith('/gone')) response.writeHead(404).end()
    else if (url.startsWith('/busy')) response.writeHead(429, { 'retry-after': '120' }).end()
    else if (url.startsWith('/inside')) response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    else response.writeHead(200).end()
  })
  beforeAll(async () => {
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    base = `http://${host}`
    allow = [host]
  })
  afterAll(() => server.close())
  const ask = (path: string, service = false) =>
    askLink({ fetchAllow: allow }, { url: base + path, service }, now)

  it('is content with HEAD where the server likes it', async () => {
    expect(await ask('/file.csv')).toEqual({ kind: 'ok', status: 200 })
    expect(asked.at(-1)).toMatchObject({ method: 'HEAD' })
  })
  it('asks for the first byte only where HEAD is refused', async () => {
    expect(await ask('/no-head')).toEqual({ kind: 'ok', status: 206 })
    expect(asked.at(-1)).toMatchObject({ method: 'GET', range: 'bytes=0-0' })
  })
  it('asks services for their capabilities', async () => {
    expect((await ask('/wms', true)).kind).toBe('ok')
    expect(asked.at(-1)!.url).toContain('REQUEST=GetCapabilities')
  })
  it('keeps the patience a server asks for, and says what failed', async () => {
    expect(await ask('/busy')).toEqual({ kind: 'later', status: 429, until: later(120_000) })
    expect(await ask('/gone')).toEqual({ kind: 'failed', status: 404, note: 'HTTP 404' })
  })
  it('never follows to an address off the public internet', async () => {
    expect(await ask('/inside')).toMatchObject({ kind: 'refused' })
    expect(await askLink({ fetchAllow: [] }, { url: base, service: false }, now)).toMatchObject({
      kind: 'refused',
    })
  })
})
