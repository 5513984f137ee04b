import { csvText } from '../../platform/csv.ts'
import type { Locale } from '../../platform/i18n.ts'
import { words } from '../messages.ts'
import { messages } from '../search/messages.ts'
import type { EntrySummary } from './model.ts'

/** A list of entries as CSV (RFC 4180, UTF-8 with mark so that spreadsheets read umlauts); public words and facts only. */
export function csvOf(entries: readonly EntrySummary[], given: { locale: Locale; base: string }): string {
  const text = words[given.locale]
  const topics: Readonly<Record<string, string>> = text.topics
  const rows = entries.map((entry) => [
    entry.title,
    text.kinds[entry.kind],
    entry.holderName,
    text.access[entry.access],
    entry.topics.map((topic) => topics[topic] ?? topic).join('; '),
    entry.formats.join('; '),
    entry.starts ?? '',
    entry.ends ?? '',
    entry.licence ?? '',
    String(entry.quality),
    `${given.base}/catalogue/datasets/${entry.id}`,
  ])
  return csvText([messages[given.locale].columns, ...rows])
}
