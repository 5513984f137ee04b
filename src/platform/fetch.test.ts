import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPrivateAddress, safeFetch } from './fetch.ts'

let host = ''
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://x')
  if (pathname === '/loop') return void response.writeHead(302, { location: '/loop' }).end()
  if (pathname === '/inside')
    return void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
  if (pathname === '/big') return void response.end('x'.repeat(100_000))
  if (pathname === '/slow') return
  response.setHeader('content-type', 'text/plain').end('good')
})
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const allowing = () => ({ fetchAllow: [host] })

describe('safe fetch', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest/meta-data',
    'http://192.168.0.1/',
    'http://172.20.1.1/',
    'http://[fd00::1]/',
    'http://0.0.0.0/',
    'http://localhost/',
  ])('refuses %s', async (address) => {
    await expect(safeFetch({ fetchAllow: [] }, address, { timeoutMs: 2000 })).rejects.toMatchObject({
      room: 'fetch',
      code: 'refused',
    })
  })

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'http://user:secret@example.org/', 'not a url'])(
    'takes %s for no address to fetch, and repeats no password',
    async (address) => {
      const problem = await safeFetch({ fetchAllow: [] }, address).catch((error: unknown) => error)
      expect(problem).toMatchObject({ room: 'fetch', code: 'address' })
      expect(JSON.stringify(problem)).not.toContain('secret')
    },
  )

  it('fetches a host the operator allows, by name and port', async () => {
    const answer = await safeFetch(allowing(), `http://${host}/`)
    expect(answer).toMatchObject({ status: 200, contentType: 'text/plain' })
    expect(answer.body.toString()).toBe('good')
  })

  it.each([
    ['/loop', 'failed', {}],
    ['/inside', 'refused', {}],
    ['/big', 'failed', { maxBytes: 1000 }],
    ['/slow', 'failed', { timeoutMs: 300 }],
  ])('stops at %s with %s', async (path, code, limits) => {
    await expect(safeFetch(allowing(), `http://${host}${path}`, limits)).rejects.toMatchObject({ code })
  })

  it('tells private addresses from public ones', () => {
    expect(['8.8.8.8', '2a00:1450::1', '172.15.0.1'].map(isPrivateAddress)).toEqual([false, false, false])
    expect(['::127.0.0.1', 'fec0::1', '64:ff9b:1::1'].map(isPrivateAddress)).toEqual([true, true, true])
    expect(['100.64.0.1', '224.0.0.1', 'fe80::1', '::ffff:10.0.0.1'].map(isPrivateAddress)).toEqual([
      true,
      true,
      true,
      true,
    ])
  })
})
