import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { World } from '../../../test/harness.ts'
import { createWorld } from '../../../test/harness.ts'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { createEntry } from '../service.ts'
import { previewFile } from './service.ts'
import { totalOf, wholeLines } from './start.ts'

const line = (n: number) =>
  `Stadtteil ${n};${n * 7};${(52 + n / 1e5).toFixed(5)};${(7 + n / 1e5).toFixed(5)}\n`
const big = `Name;Kinder;lat;lon\n${Array.from({ length: 60_000 }, (_, n) => line(n)).join('')}`

let world: World
let server: Server
let base: string
let asked: { path: string; range: string | undefined }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push({ path, range: request.headers.range })
    if (path === '/weg.csv') return response.writeHead(404).end()
    const body = Buffer.from(
      path === '/formen.geojson' ? `{"type":"FeatureCollection","features":[]}${' '.repeat(9e6)}` : big,
    )
    const range = /bytes=0-(\d+)/.exec(request.headers.range ?? '')
    if (path === '/endlos.csv') return void response.writeHead(200).write(Buffer.alloc(9e6, big))
    if (!range || path === '/ohne-range.csv') return response.writeHead(200).end(body)
    const part = body.subarray(0, Number(range[1]) + 1)
    const status = part.length < body.length ? 206 : 200
    return response
      .writeHead(status, { 'content-range': `bytes 0-${part.length - 1}/${body.length}` })
      .end(part)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  base = `http://127.0.0.1:${port}`
  world = await createWorld({ config: { fetchAllow: [`127.0.0.1:${port}`] } })
})
afterAll(async () => {
  await world.close()
  server.close()
})

async function entryWith(path: string, format: string, access: 'open' | 'sandbox' = 'open', host = base) {
  const record = {
    ...emptyRecord(),
    title: { de: 'Kinder je Stadtteil' },
    access: { ...emptyRecord().access, type: access },
    distributions: [
      { ...emptyDistribution(), downloadUrl: `${host}${path}`, accessUrl: `${host}${path}`, format },
    ],
  }
  return createEntry(world.as('holder').ctx, { organisationId: world.as('holder').organisationId, record })
}

describe('the preview of a file at its own address', () => {
  it('reads the beginning by a ranged request, shows whole lines, and asks once a day', async () => {
    const { id } = await entryWith('/kinder.csv', 'CSV')
    asked = []
    const page = await (await world.anonymous.get(`/catalogue/datasets/${id}/preview/0`)).text()
    expect(page).toContain('Stadtteil 0')
    expect(page).toContain('nur der Anfang')
    await world.anonymous.get(`/en/catalogue/datasets/${id}/preview/0`)
    expect(asked).toEqual([{ path: '/kinder.csv', range: 'bytes=0-1048575' }])
  })

  it('takes no more than the beginning of a server that neither knows ranges nor ends', async () => {
    const { id } = await entryWith('/endlos.csv', 'CSV')
    const found = await previewFile(world.anonymous.ctx, id, 0)
    expect([found.partial, found.preview?.columns]).toEqual([true, ['Name', 'Kinder', 'lat', 'lon']])
  })

  it('takes a server that does not know ranges', async () => {
    const { id } = await entryWith('/ohne-range.csv', 'CSV')
    const { preview, partial } = await previewFile(world.anonymous.ctx, id, 0)
    expect(partial).toBe(false)
    expect(preview?.columns).toEqual(['Name', 'Kinder', 'lat', 'lon'])
  })

  it('says why nothing can be shown: too large, gone, not public', async () => {
    for (const [path, format, host, code] of [
      ['/formen.geojson', 'GEOJSON', base, 'too-large'],
      ['/weg.csv', 'CSV', base, 'refused'],
      ['/x.csv', 'CSV', 'http://10.1.2.3', 'unreachable'],
    ] as const) {
      const { id } = await entryWith(path, format, 'open', host)
      const { preview, findings } = await previewFile(world.anonymous.ctx, id, 0)
      expect([preview, findings[0]?.code]).toEqual([null, code])
      const page = await world.anonymous.get(`/catalogue/datasets/${id}/preview/0`)
      expect([page.status, (await page.text()).includes('Datei öffnen')]).toEqual([200, true])
    }
  })

  it('is there for open data of forms that can be shown only', async () => {
    const closed = await entryWith('/kinder.csv', 'CSV', 'sandbox')
    const paper = await entryWith('/bericht.pdf', 'PDF')
    for (const id of [closed.id, paper.id]) {
      expect((await world.anonymous.get(`/catalogue/datasets/${id}/preview/0`)).status).toBe(404)
      expect(await (await world.anonymous.get(`/catalogue/datasets/${id}`)).text()).not.toContain(
        '/preview/0',
      )
    }
    const { id } = await entryWith('/kinder.csv', 'CSV')
    expect(await (await world.anonymous.get(`/catalogue/datasets/${id}`)).text()).toContain(`${id}/preview/0`)
    expect((await world.anonymous.get(`/catalogue/datasets/${id}/preview/7`)).status).toBe(404)
  })
})

describe('the entry page for search engines', () => {
  it('carries schema.org’s Dataset as a block of data that cannot break out', async () => {
    const record = { ...emptyRecord(), title: { de: 'Böse</script><b>' }, description: { de: 'x' } }
    const holder = world.as('holder')
    const { id } = await createEntry(holder.ctx, { organisationId: holder.organisationId, record })
    const page = await (await world.anonymous.get(`/catalogue/datasets/${id}`)).text()
    const block = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
    expect(JSON.parse(block)).toMatchObject({ '@type': 'Dataset', name: 'Böse</script><b>' })
  })
})

describe('a cut file', () => {
  it('ends with a whole line', () => {
    expect(new TextDecoder().decode(wholeLines(Buffer.from('a;b\n1;2\n3'), true))).toBe('a;b\n1;2\n')
    expect(wholeLines(Buffer.from('abc'), true)).toHaveLength(3)
  })
  it('has the size its server names', () => {
    expect([totalOf('bytes 0-9/123'), totalOf('bytes 0-9/*'), totalOf(undefined)]).toEqual([123, null, null])
  })
})
