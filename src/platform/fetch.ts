import dns from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector, fetch } from 'undici'
import type { Config } from './config.ts'
import { defineProblems } from './problem.ts'

const problems = defineProblems('fetch', {
  refused: (p: { host: string }) => ({
    status: 422,
    de: {
      title: 'Diese Adresse rufen wir nicht ab',
      detail: `„${p.host}“ liegt nicht im öffentlichen Internet. Der Betrieb kann die Adresse freigeben (ALLMENDE_FETCH_ALLOW).`,
    },
    en: {
      title: 'We do not fetch this address',
      detail: `“${p.host}” is not on the public internet. The operator can allow it (ALLMENDE_FETCH_ALLOW).`,
    },
  }),
  address: (p: { address: string }) => ({
    status: 422,
    de: {
      title: 'Diese Adresse rufen wir nicht ab',
      detail: `Abgerufen werden Adressen mit http oder https und ohne Kennwort, nicht „${p.address}“.`,
    },
    en: {
      title: 'We do not fetch this address',
      detail: `Addresses with http or https and without a password are fetched, not “${p.address}”.`,
    },
  }),
  failed: (p: { host: string; why: { de: string; en: string } }) => ({
    status: 502,
    de: {
      title: 'Die Gegenseite antwortet nicht brauchbar',
      detail: `${p.host}: ${p.why.de}. Es wurde nichts übernommen.`,
    },
    en: {
      title: 'The other side gives no usable answer',
      detail: `${p.host}: ${p.why.en}. Nothing was taken over.`,
    },
  }),
})

const notPublic = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['64:ff9b:1::', 48],
  ['fec0::', 10],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  notPublic.addSubnet(net, bits, 'ipv6')

/** True for loopback, private, link-local, documentation, multicast and other addresses off the public internet. */
export function isPrivateAddress(ip: string): boolean {
  return notPublic.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
}

/**
 * What a fetch may take and cost. `headers` for conditional requests; `discard` leaves the body unread, `beginning` takes
 * what lies within `maxBytes` and leaves the rest.
 */
export type FetchLimits = {
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly body?: string
  readonly discard?: boolean
  readonly beginning?: boolean
  readonly maxBytes?: number
  readonly timeoutMs?: number
  readonly accept?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A fetched document, whole and within its limits. */
export type Fetched = {
  readonly url: string
  readonly status: number
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** True where more would have come than `beginning` took. */
  readonly cut: boolean
}

/**
 * Fetches a public http(s) address (RFC 9110) with at most five redirects, each checked anew. Refuses addresses off the
 * public internet unless the operator allows that host, and answers past the limits, with a `fetch/…` problem.
 */
export async function safeFetch(
  config: Pick<Config, 'fetchAllow'>,
  address: string,
  limits: FetchLimits = {},
): Promise<Fetched> {
  let url = parseHttpUrl(address)
  for (let hop = 0; hop <= 5; hop++) {
    const answer = await fetchOnce(config, url, limits)
    if (answer.status < 300 || answer.status > 399 || !answer.headers['location']) return answer
    // A form sent elsewhere would be asked there with its body; RFC 9110 leaves that to the asker, and we do not.
    if (limits.method === 'POST') return answer
    url = parseHttpUrl(new URL(answer.headers['location'], url).href)
  }
  throw problems.failed({
    host: url.host,
    why: { de: 'mehr als fünf Weiterleitungen', en: 'more than five redirects' },
  })
}

function parseHttpUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw problems.address({ address: withoutPassword(address).slice(0, 200) })
  return url
}

function withoutPassword(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1…@')
}

async function fetchOnce(
  config: Pick<Config, 'fetchAllow'>,
  url: URL,
  limits: FetchLimits,
): Promise<Fetched> {
  const { maxBytes = 50 * 1024 * 1024, timeoutMs = 30_000 } = limits
  const agent = createAgent(config.fetchAllow.includes(url.host), timeoutMs)
  try {
    const response = await fetch(url, {
      dispatcher: agent,
      method: limits.method ?? 'GET',
      ...(limits.body === undefined ? {} : { body: limits.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: limits.accept ?? '*/*', 'user-agent': 'Allmende/0.2', ...limits.headers },
    })
    return {
      url: url.href,
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      headers: Object.fromEntries(response.headers),
      ...(limits.discard ? nothing : await bodyOf(response.body, { ...limits, maxBytes }, url.host)),
    }
  } catch (error) {
    throw asProblem(error, url.host)
  } finally {
    await agent.destroy()
  }
}

const nothing = { body: Buffer.alloc(0), cut: false }

async function bodyOf(
  body: AsyncIterable<unknown> | null,
  { maxBytes, beginning }: { maxBytes: number; beginning?: boolean },
  host: string,
): Promise<Pick<Fetched, 'body' | 'cut'>> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += (chunk as Uint8Array).length
    if (size > maxBytes && beginning)
      return { body: Buffer.concat([...chunks, chunk as Uint8Array]).subarray(0, maxBytes), cut: true }
    if (size > maxBytes) {
      const most = `${Math.floor(maxBytes / 1024 / 1024)} MiB`
      throw problems.failed({ host, why: { de: `mehr als ${most}`, en: `more than ${most}` } })
    }
    chunks.push(chunk as Uint8Array)
  }
  return { body: Buffer.concat(chunks), cut: false }
}

function asProblem(error: unknown, host: string): unknown {
  let why = { de: 'Verbindung nicht möglich', en: 'cannot connect' }
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'Problem') return cause
    if (cause.message === REFUSED) return problems.refused({ host })
    why = reasons.find(([sign]) => sign.test(`${cause.name} ${codeOf(cause)} ${cause.message}`))?.[1] ?? why
  }
  return problems.failed({ host, why })
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}

/** Why a connection failed, in words, by names and codes of Node and undici. */
const reasons: readonly (readonly [RegExp, { de: string; en: string }])[] = [
  [/TimeoutError|_TIMEOUT|ETIMEDOUT/, { de: 'Zeitüberschreitung', en: 'timed out' }],
  [/ENOTFOUND|EAI_AGAIN/, { de: 'Den Namen gibt es nicht', en: 'there is no such name' }],
  [/ECONNREFUSED/, { de: 'Dort nimmt niemand Verbindungen an', en: 'nobody accepts connections there' }],
  [/CERT|SSL|TLS|EPROTO/, { de: 'keine sichere Verbindung möglich', en: 'no secure connection possible' }],
  [
    /Z_DATA|Z_BUF|ERR__ERROR_FORMAT/,
    { de: 'Die Antwort ist fehlerhaft gepackt', en: 'the answer is packed faultily' },
  ],
  [/ECONNRESET|UND_ERR_SOCKET|terminated/, { de: 'Die Verbindung brach ab', en: 'the connection broke off' }],
  [/HPE_|HTTPParserError|Parse Error/, { de: 'Die Antwort ist kein HTTP', en: 'the answer is no HTTP' }],
]

const REFUSED = 'address is not public'

function createAgent(allowed: boolean, timeout: number): Agent {
  const connect = buildConnector({
    timeout: Math.min(timeout, 10_000),
    ...(allowed ? {} : { lookup: refusingLookup }),
  })
  return new Agent({
    headersTimeout: timeout,
    bodyTimeout: timeout,
    connect: (options, callback) => {
      // undici never asks `lookup` for IP literals
      const ip = options.hostname.replace(/^\[|\]$/g, '')
      if (!allowed && isIP(ip) && isPrivateAddress(ip)) return callback(new Error(REFUSED), null)
      return connect(options, callback)
    },
  })
}

const refusingLookup: LookupFunction = (hostname, options, callback) => {
  dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    if (addresses.some((each) => isPrivateAddress(each.address))) return callback(new Error(REFUSED), '', 0)
    if (options.all)
      return (callback as unknown as (e: null, list: dns.LookupAddress[]) => void)(null, addresses)
    callback(null, addresses[0]!.address, addresses[0]!.family)
  })
}
