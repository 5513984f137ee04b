import { Readable } from 'node:stream'
import type { Call } from '../../platform/http.ts'
import { csvOf } from '../entries/export.ts'
import type { EntrySummary } from '../entries/model.ts'
import type { Asked } from './asked.ts'
import { asksForAll } from './asked.ts'
import { searchEntries } from './service.ts'
import { walkSummaries } from './store.ts'

/** Hits of a search in one file: more than anyone reads through. The whole catalogue is not cut. */
const MAX_HITS = 5000
const STEP = 1000

/** What an address asks for as CSV: the hits of a search, or the whole catalogue, which is sent while it is read. */
export async function exportCsv(c: Call, asked: Asked): Promise<Response> {
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', 'attachment; filename="allmende-daten.csv"')
  if (asksForAll(asked)) return c.body(Readable.toWeb(Readable.from(wholeCatalogue(c))) as ReadableStream)
  return c.body(textOf(c, await hitsOf(c, asked)))
}

function textOf(c: Call, entries: readonly EntrySummary[]): string {
  const { locale, config } = c.get('ctx')
  return csvOf(entries, { locale, base: config.url })
}

async function hitsOf(c: Call, asked: Asked): Promise<EntrySummary[]> {
  const hits: EntrySummary[] = []
  for (let cursor: string | undefined; hits.length < MAX_HITS;) {
    const found = await searchEntries(c.get('ctx'), { ...asked, limit: 100, cursor })
    hits.push(...found.hits)
    cursor = found.next
    if (!cursor) break
  }
  return hits
}

async function* wholeCatalogue(c: Call): AsyncGenerator<Buffer> {
  yield Buffer.from(textOf(c, []))
  for (let after: string | undefined; ;) {
    const entries = await walkSummaries(c.get('ctx'), after, STEP)
    if (entries.length === 0) return
    const text = textOf(c, entries)
    // The first line is the head, which was sent already.
    yield Buffer.from(text.slice(text.indexOf('\r\n') + 2))
    after = entries.at(-1)!.id
  }
}
