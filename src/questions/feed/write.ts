import { escapeXml } from '../../platform/xml.ts'

/** One entry of a feed: plain texts and full addresses. */
export type FeedEntry = {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly summary: string
  readonly author: string
  readonly published: Date
  readonly updated: Date
  readonly category: string
}

/** A feed as a whole. */
export type Feed = {
  readonly title: string
  readonly url: string
  readonly self: string
  readonly language: string
  readonly updated: Date
  readonly entries: readonly FeedEntry[]
}

/** An Atom feed (RFC 4287); each entry has a lasting urn:uuid id. */
export function writeAtom(feed: Feed): string {
  const e = escapeXml
  const entries = feed.entries.map(
    (entry) => `  <entry>
    <id>urn:uuid:${e(entry.id)}</id>
    <title>${e(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${e(entry.url)}"/>
    <published>${entry.published.toISOString()}</published>
    <updated>${entry.updated.toISOString()}</updated>
    <author><name>${e(entry.author)}</name></author>
    <category term="${e(entry.category)}"/>
    <summary type="text">${e(entry.summary)}</summary>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${e(feed.language)}">
  <id>${e(feed.self)}</id>
  <title>${e(feed.title)}</title>
  <link rel="self" type="application/atom+xml" href="${e(feed.self)}"/>
  <link rel="alternate" type="text/html" href="${e(feed.url)}"/>
  <updated>${feed.updated.toISOString()}</updated>
${entries.join('')}</feed>
`
}
