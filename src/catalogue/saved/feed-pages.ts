import { writeAtom } from '../../platform/atom.ts'
import type { App, Call } from '../../platform/http.ts'
import { address } from '../../web/pagination.tsx'
import { words } from '../messages.ts'
import { messages } from './messages.ts'
import type { KeptQuery } from './model.ts'
import { readQuery } from './schema.ts'
import { publicNews, readStopLink, searchOfFeed, stopByLink } from './service.ts'

/** Every search as an Atom feed by its address, saved ones also by a private one; and the one-click end of mails. */
export function feedPages(app: App): void {
  app.get('/catalogue/feed.atom', (c) => {
    const search = new URL(c.req.url).search.slice(1)
    const query = JSON.parse(JSON.stringify(readQuery(search))) as KeptQuery
    const text = messages[c.get('view').locale]
    return answer(c, { query, title: text.feedTitle({ q: String(query['q'] ?? '') }), search })
  })
  app.get('/catalogue/saved/feed/:token', async (c) => {
    const saved = await searchOfFeed(c.get('ctx'), c.req.param('token'))
    c.header('cache-control', 'private, max-age=300')
    c.header('x-robots-tag', 'noindex')
    return answer(c, { query: saved.query, title: saved.name, search: '' })
  })
  // RFC 8058: the mail program posts here without cookie, page or redirect. A GET only leads to the page with the button.
  app.get('/api/v1/catalogue/saved/stop/:token', async (c) => {
    await readStopLink(c.get('ctx'), c.req.param('token'))
    return c.redirect(`/catalogue/saved/stop/${c.req.param('token')}`, 303)
  })
  app.post('/api/v1/catalogue/saved/stop/:token', async (c) => {
    await stopByLink(c.get('ctx'), c.req.param('token'))
    return c.body(null, 204)
  })
}

type Asked = { readonly query: KeptQuery; readonly title: string; readonly search: string }

async function answer(c: Call, asked: Asked): Promise<Response> {
  const ctx = c.get('ctx')
  const entries = await publicNews(ctx, asked.query)
  const { url } = ctx.config
  const { href } = c.get('view')
  const asPage = address('/catalogue', asked.query as Record<string, string | string[]>)
  const feed = writeAtom({
    title: asked.title,
    self: `${url}${href(c.req.path)}${asked.search ? `?${asked.search}` : ''}`,
    url: `${url}${href(asPage)}`,
    language: ctx.locale,
    updated: entries[0]?.modifiedAt ?? new Date(0),
    entries: entries.map((entry) => ({
      id: entry.id,
      title: entry.title,
      url: `${url}${href(`/catalogue/datasets/${entry.id}`)}`,
      summary: entry.summary.slice(0, 1000),
      author: entry.holderName,
      updated: entry.modifiedAt,
      categories:
        entry.kind === 'service' ? [words[ctx.locale].kinds.service, ...entry.topics] : entry.topics,
    })),
  })
  c.header('content-type', 'application/atom+xml; charset=utf-8')
  return c.body(feed)
}
