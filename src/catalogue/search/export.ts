import { Readable } from 'node:stream'
import type { Call } from '../../platform/http.ts'
import { csvOf } from '../entries/export.ts'
import type { EntrySummary } from '../entries/model.ts'
import type { Asked } from './asked.ts'
import { asksForAll } from './asked.ts'
import { searchEntries } from './service.ts'
import { walkSummaries } from './store.ts'

const STEP = 1000

/** What an address asks for as CSV: the hits of a search, or the whole catalogue; sent while it is read. */
export async function exportCsv(c: Call, asked: Asked): Promise<Response> {
  const parts = asksForAll(asked) ? everyEntry(c) : hitsOf(c, asked)
  // Read before the answer begins: a search that is refused is still answered with its reason.
  const first = await parts.next()
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="allmende-daten.csv"')
  return c.body(Readable.toWeb(Readable.from(linesOf(c, first.value ?? [], parts))) as ReadableStream)
}

type Parts = AsyncGenerator<readonly EntrySummary[], undefined>

async function* linesOf(c: Call, first: readonly EntrySummary[], rest: Parts): AsyncGenerator<Buffer> {
  const { locale, config } = c.get('ctx')
  const textOf = (entries: readonly EntrySummary[]) => csvOf(entries, { locale, base: config.url })
  yield Buffer.from(textOf(first))
  for await (const entries of rest) {
    const text = textOf(entries)
    // The first line is the head, which was sent already.
    yield Buffer.from(text.slice(text.indexOf('\r\n') + 2))
  }
}

async function* hitsOf(c: Call, asked: Asked): Parts {
  let cursor: string | undefined
  do {
    const found = await searchEntries(c.get('ctx'), { ...asked, limit: 100, cursor })
    yield found.hits
    cursor = found.next
  } while (cursor)
}

async function* everyEntry(c: Call): Parts {
  for (let after: string | undefined; ;) {
    const entries = await walkSummaries(c.get('ctx'), after, STEP)
    if (entries.length === 0) return
    yield entries
    after = entries.at(-1)!.id
  }
}
