import type { App, Call } from '../../platform/http.ts'
import { escapeXml } from '../../platform/xml.ts'
import { general } from '../../platform/problem.ts'
import { listAddresses } from '../../catalogue/service.ts'
import { listQuestions } from '../../questions/service.ts'

/** Addresses per part; the protocol allows 50 000, a smaller part keeps the page quick. */
const PER_PART = 5000

const fixed = [
  '/',
  '/questions',
  '/catalogue',
  '/catalogue/model-datasets',
  '/cooperation',
  '/sandbox',
  '/answers',
  '/transparency',
  '/about',
  '/about/protection',
]

/** `/sitemap.xml` (sitemaps.org 0.9) in parts, and `/robots.txt` that names it. Only what a stranger sees is in it. */
export function sitemapPages(app: App): void {
  app.get('/robots.txt', (c) => robots(c))
  app.get('/sitemap.xml', (c) => index(c))
  app.get('/sitemap-pages.xml', (c) => mainPages(c))
  app.get('/:file{sitemap-datasets-\\d{1,4}\\.xml}', (c) =>
    datasets(c, Number(/\d+/.exec(c.req.param('file'))?.[0])),
  )
}

function robots(c: Call): Response {
  const lines = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /identity/',
    'Disallow: /desk',
    'Disallow: /catalogue/datasets/*/preview/',
    `Sitemap: ${c.get('ctx').config.url}/sitemap.xml`,
  ]
  return c.text(`${lines.join('\n')}\n`)
}

const stranger = (c: Call) => ({ ...c.get('ctx'), actor: { kind: 'anonymous' as const } })

async function index(c: Call): Promise<Response> {
  const { total } = await listAddresses(stranger(c), { offset: 0, limit: 1 })
  const base = c.get('ctx').config.url
  const parts = Array.from(
    { length: Math.ceil(total / PER_PART) },
    (_, n) => `/sitemap-datasets-${n + 1}.xml`,
  )
  const lines = ['/sitemap-pages.xml', ...parts].map(
    (path) => `<sitemap><loc>${escapeXml(base + path)}</loc></sitemap>`,
  )
  return xml(c, 'sitemapindex', lines)
}

async function mainPages(c: Call): Promise<Response> {
  const ctx = stranger(c)
  const questions: string[] = []
  for (let cursor: string | undefined, n = 0; n < 100; n++) {
    const found = await listQuestions(ctx, { limit: 50, sort: 'newest', ...(cursor ? { cursor } : {}) })
    questions.push(...found.questions.map((question) => `/questions/${question.number}`))
    cursor = found.next
    if (!cursor) break
  }
  const lines = [...fixed, ...questions].map((path) => urlLine(ctx.config.url + path))
  return xml(c, 'urlset', lines)
}

async function datasets(c: Call, part: number): Promise<Response> {
  const ctx = stranger(c)
  if (part < 1) throw general.notFound()
  const { rows } = await listAddresses(ctx, { offset: (part - 1) * PER_PART, limit: PER_PART })
  if (rows.length === 0) throw general.notFound()
  const lines = rows.map((row) =>
    urlLine(`${ctx.config.url}/catalogue/datasets/${row.id}`, row.modifiedAt.toISOString()),
  )
  return xml(c, 'urlset', lines)
}

function urlLine(address: string, changed?: string): string {
  return `<url><loc>${escapeXml(address)}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}</url>`
}

function xml(c: Call, root: string, lines: readonly string[]): Response {
  c.header('content-type', 'application/xml; charset=utf-8')
  return c.body(
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</${root}>\n`,
  )
}
