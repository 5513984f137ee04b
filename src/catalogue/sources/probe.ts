import type { Config } from '../../platform/config.ts'
import type { Finding } from '../../platform/finding.ts'
import { isProblem } from '../../platform/problem.ts'
import type { FormatName, PageContext, PageRequest } from '../formats/format.ts'
import { fileContext, getPage } from '../formats/format.ts'
import { sourceFormats } from '../formats/registry.ts'
import type { AccessType } from '../model.ts'
import { fetchPage } from '../runs/fetching/fetch-page.ts'
import type { OpenedPage } from '../runs/reading/protocol.ts'
import type { Reader } from '../runs/reading/thread.ts'
import { startReader } from '../runs/reading/thread.ts'

/** What a source would bring: the first datasets, how many there are, how it is read, and what is wrong with them. */
export type SourcePreview = {
  readonly datasets: readonly {
    readonly title: string
    readonly publisher: string
    readonly access: AccessType
    readonly remarks: number
  }[]
  readonly total: number
  /** True if the source has further pages. */
  readonly more: boolean
  readonly format: FormatName | null
  readonly findings: readonly Finding[]
}

const SHOWN = 20
const patience = { pace: 0, before: undefined, attempts: 1, timeoutMs: 20_000 } as const

/** Reads the first page of an address in whatever form it comes; where it is a portal's front page, asks its usual interfaces. */
export async function probeUrl(config: Pick<Config, 'fetchAllow'>, url: string): Promise<SourcePreview> {
  const reader = startReader()
  try {
    const direct = await tryRequest(config, reader, { request: getPage(url, '*/*'), format: null })
    if (isUseful(direct)) return await previewOf(reader, direct!)
    for (const format of sourceFormats) {
      const request = format.firstPage({ base: url, pageSize: SHOWN, since: null })
      if (request.url === url && request.method === 'GET') continue
      const asked = await tryRequest(config, reader, { request, format: format.name }).catch(forgive)
      if (isUseful(asked)) return await previewOf(reader, asked!)
    }
    return await previewOf(reader, direct!)
  } finally {
    await reader.close()
  }
}

// An interface a portal does not have is no fault of it.
function forgive(error: unknown): undefined {
  if (!isProblem(error)) throw error
  return undefined
}

function isUseful(page: OpenedPage | undefined): boolean {
  return page !== undefined && page.items.length > 0
}

async function tryRequest(
  config: Pick<Config, 'fetchAllow'>,
  reader: Reader,
  wanted: { request: PageRequest; format: FormatName | null },
): Promise<OpenedPage | undefined> {
  const answer = await fetchPage(config, wanted.request, patience)
  if (answer.same) return undefined
  const context = { request: wanted.request, contentType: answer.contentType, filename: null }
  return reader.open({ page: 1, bytes: answer.bytes, format: wanted.format, context })
}

/** Reads a file as a source: what it would bring. */
export async function probeFile(bytes: Uint8Array, filename: string): Promise<SourcePreview> {
  const reader = startReader()
  try {
    const context: PageContext = fileContext(filename)
    return await previewOf(reader, await reader.open({ page: 1, bytes, format: null, context }))
  } finally {
    await reader.close()
  }
}

async function previewOf(reader: Reader, page: OpenedPage): Promise<SourcePreview> {
  const indexes = page.items.slice(0, SHOWN).map((_, index) => index)
  const mapped = await reader.map({ page: 1, indexes, holderName: '', now: new Date() })
  return {
    datasets: mapped.map((each) => {
      if (!('ready' in each))
        return { title: each.aside.title ?? '–', publisher: '', access: 'open', remarks: 1 }
      const row = JSON.parse(each.ready.row) as { title: string; holder_name: string; access: AccessType }
      return {
        title: row.title,
        publisher: row.holder_name,
        access: row.access,
        remarks: each.ready.findings.length,
      }
    }),
    total: page.total ?? page.items.length,
    more: page.next !== null,
    format: page.format,
    findings: page.findings,
  }
}
