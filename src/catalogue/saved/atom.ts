import { escapeXml } from '../../platform/xml.ts'
import type { EntrySummary } from '../entries/model.ts'

/** What a feed says about itself: full addresses, and when it last changed. */
export type FeedHead = {
  readonly title: string
  readonly self: string
  readonly page: string
  readonly language: string
  readonly updated: Date
}

/** Entries as an Atom feed (RFC 4287); each keeps its urn:uuid, so that a reader knows it again after a change. */
export function writeAtom(head: FeedHead, entries: readonly EntrySummary[], base: string): string {
  const items = entries.map(
    (entry) => `  <entry>
    <id>urn:uuid:${entry.id}</id>
    <title>${escapeXml(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${escapeXml(`${base}/catalogue/datasets/${entry.id}`)}"/>
    <updated>${entry.modifiedAt.toISOString()}</updated>
    <author><name>${escapeXml(entry.holderName)}</name></author>
${entry.topics.map((topic) => `    <category term="${escapeXml(topic)}"/>\n`).join('')}    <summary type="text">${escapeXml(entry.summary.slice(0, 1000))}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${head.language}">
  <id>${escapeXml(head.self)}</id>
  <title>${escapeXml(head.title)}</title>
  <link rel="self" type="application/atom+xml" href="${escapeXml(head.self)}"/>
  <link rel="alternate" type="text/html" href="${escapeXml(head.page)}"/>
  <updated>${head.updated.toISOString()}</updated>
${items.join('')}</feed>
`
}
