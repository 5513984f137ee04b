import type { Config } from '../../platform/config.ts'
import { isProblem } from '../../platform/problem.ts'
import type { FormatName, PageRequest } from '../formats/format.ts'
import { getPage } from '../formats/format.ts'
import { sourceFormats } from '../formats/registry.ts'
import type { Asking, FetchedPage } from './fetching/fetch-page.ts'
import { fetchPage } from './fetching/fetch-page.ts'
import type { OpenedPage } from './reading/protocol.ts'
import type { Reader } from './reading/thread.ts'

/** The first page of a source, as it came and as it was read. */
export type Recognised = {
  readonly request: PageRequest
  readonly answer: Extract<FetchedPage, { same: false }>
  readonly opened: OpenedPage
}

/** `steady`: pages in an order that lasts, as a run needs them, even where the address itself gives none. */
type Wanted = {
  readonly url: string
  readonly pageSize: number
  readonly steady?: boolean
  readonly asking?: Asking
}

const once: Asking = { pace: 0, before: undefined, attempts: 1, timeoutMs: 20_000 }

/**
 * Reads the first page of an address in whatever form it comes; where it is a portal's front page, asks its usual
 * interfaces. Without any dataset it gives what the address itself answered. Throws where the address does not answer.
 */
export async function recognise(
  config: Pick<Config, 'fetchAllow'>,
  reader: Reader,
  wanted: Wanted,
): Promise<Recognised> {
  const asking = wanted.asking ?? once
  const ask = (request: PageRequest, format: FormatName | null, how: Asking) =>
    openFirst(config, reader, { request, format, asking: how })
  const direct = await ask(getPage(wanted.url, '*/*'), null, asking)
  const useful = direct.opened.items.length > 0
  if (useful && !wanted.steady) return direct
  for (const format of sourceFormats.filter(({ name }) => !useful || name === direct.opened.format)) {
    const request = format.firstPage({ base: wanted.url, pageSize: wanted.pageSize, since: null })
    if (request.url === wanted.url && request.method === 'GET') continue
    const found = await ask(request, format.name, { ...once, pace: asking.pace }).catch(forgive)
    if (found && found.opened.items.length > 0) return found
  }
  return direct
}

// An interface a portal does not have is no fault of it.
function forgive(error: unknown): undefined {
  if (!isProblem(error)) throw error
  return undefined
}

async function openFirst(
  config: Pick<Config, 'fetchAllow'>,
  reader: Reader,
  wanted: { request: PageRequest; format: FormatName | null; asking: Asking },
): Promise<Recognised> {
  const answer = await fetchPage(config, wanted.request, wanted.asking)
  if (answer.same) throw new Error('a page that was never read can not be the same')
  const context = { request: wanted.request, contentType: answer.contentType, filename: null }
  const opened = await reader.open({ page: 1, bytes: answer.bytes, format: wanted.format, context })
  return { request: wanted.request, answer, opened }
}
