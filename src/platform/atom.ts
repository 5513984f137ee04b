import { escapeXml } from './xml.ts'

/** One entry of a feed: plain texts and full addresses; `id` is a UUID that stays when the entry changes. */
export type AtomEntry = {
  readonly id: string
  readonly title: string
  readonly url: string
  readonly summary: string
  readonly author: string
  readonly published?: Date | undefined
  readonly updated: Date
  readonly categories: readonly string[]
}

/** A feed as a whole. `url`: the page it goes with, `self`: its own address. */
export type AtomFeed = {
  readonly title: string
  readonly url: string
  readonly self: string
  readonly language: string
  readonly updated: Date
  readonly entries: readonly AtomEntry[]
}

/** An Atom feed (RFC 4287); each entry has a lasting urn:uuid, so that a reader knows it again after a change. */
export function writeAtom(feed: AtomFeed): string {
  const e = escapeXml
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${e(feed.language)}">
  <id>${e(feed.self)}</id>
  <title>${e(feed.title)}</title>
  <link rel="self" type="application/atom+xml" href="${e(feed.self)}"/>
  <link rel="alternate" type="text/html" href="${e(feed.url)}"/>
  <updated>${feed.updated.toISOString()}</updated>
${feed.entries.map(entryText).join('')}</feed>
`
}

function entryText(entry: AtomEntry): string {
  const e = escapeXml
  const published = entry.published ? `    <published>${entry.published.toISOString()}</published>\n` : ''
  const categories = entry.categories.map((term) => `    <category term="${e(term)}"/>\n`).join('')
  return `  <entry>
    <id>urn:uuid:${e(entry.id)}</id>
    <title>${e(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${e(entry.url)}"/>
${published}    <updated>${entry.updated.toISOString()}</updated>
    <author><name>${e(entry.author)}</name></author>
${categories}    <summary type="text">${e(entry.summary)}</summary>
  </entry>
`
}
