import type { Config } from '../../platform/config.ts'
import type { Finding } from '../../platform/finding.ts'
import type { FormatName, PageContext } from '../formats/format.ts'
import { fileContext } from '../formats/format.ts'
import type { AccessType } from '../model.ts'
import { PAGE_SIZE } from '../runs/model.ts'
import type { Recognised } from '../runs/recognise.ts'
import { recognise } from '../runs/recognise.ts'
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

/** Reads the first page of an address in whatever form it comes, and says what it would bring. */
export async function probeUrl(config: Pick<Config, 'fetchAllow'>, url: string): Promise<SourcePreview> {
  const reader = startReader()
  try {
    const { opened } = await recognise(config, reader, { url, pageSize: SHOWN })
    return await previewOf(reader, opened)
  } finally {
    await reader.close()
  }
}

/** The first page of an address whole, so that a run can begin with it instead of asking for it again. */
export async function fetchFirst(config: Pick<Config, 'fetchAllow'>, url: string): Promise<Recognised> {
  const reader = startReader()
  try {
    return await recognise(config, reader, { url, pageSize: PAGE_SIZE, steady: true })
  } finally {
    await reader.close()
  }
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
