import type { App, Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { DataTable } from '../../web/table.tsx'
import { Section } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { messages } from './messages.ts'
import type { RdfEnding } from './negotiate.ts'
import { preferredForm, rdfForms } from './negotiate.ts'
import { catalogueRdf } from './service.ts'
import type { FeedKind } from './store.ts'

/** The feeds for machines and the page that explains them. */
export function feedPages(app: App): void {
  app.get('/catalog', (c) => negotiated(c, 'open'))
  app.get('/catalog/protected', (c) => negotiated(c, 'protected'))
  for (const ending of Object.keys(rdfForms) as RdfEnding[]) {
    app.get(`/catalog.${ending}`, (c) => feed(c, 'open', ending))
    app.get(`/catalog/protected.${ending}`, (c) => feed(c, 'protected', ending))
  }
  app.get('/catalog.xml', (c) => feed(c, 'open', 'rdf'))
  app.get('/catalogue/feed', (c) => explain(c))
}

async function negotiated(c: Call, kind: FeedKind): Promise<Response> {
  c.header('vary', 'Accept')
  const accept = c.req.header('accept')
  const form = preferredForm(accept)
  if (form !== 'html') return feed(c, kind, form)
  // People are led to an explanation; machines that take anything get what harvesters of open data portals read.
  if (accept?.includes('text/html')) return c.redirect(c.get('view').href('/catalogue/feed'), 303)
  return feed(c, kind, 'rdf')
}

async function feed(c: Call, kind: FeedKind, ending: RdfEnding): Promise<Response> {
  const ctx = c.get('ctx')
  const number = Number(c.req.query('page') ?? '1')
  const since = c.req.query('modified_since')
  const modifiedSince = since && !Number.isNaN(Date.parse(since)) ? new Date(since) : undefined
  const body = await catalogueRdf(ctx, {
    kind,
    format: rdfForms[ending].format,
    page: Number.isInteger(number) && number >= 1 && number <= 1_000_000 ? number : 1,
    modifiedSince,
    base: `${ctx.config.url}/catalog${kind === 'open' ? '' : '/protected'}.${ending}`,
    query: modifiedSince ? `&modified_since=${encodeURIComponent(modifiedSince.toISOString())}` : '',
  })
  c.header('content-type', `${rdfForms[ending].type}; charset=utf-8`)
  return c.body(body)
}

function explain(c: Call): Response | Promise<Response> {
  const view = c.get('view')
  const text = messages[view.locale]
  const base = c.get('ctx').config.url
  const rows = text.ways.map((way) => ({ ...way, address: `${base}${way.path}` }))
  return page(
    c,
    {
      title: text.title,
      room: 'catalogue',
      crumbs: [{ label: words[view.locale].room, href: '/catalogue' }, { label: text.title }],
      lead: text.lead,
      heading: 'x-large',
    },
    <Section plain title={text.addresses} lead={text.addressesLead}>
      <DataTable
        view={view}
        stack
        quietCaption
        caption={text.addresses}
        rows={rows}
        columns={[
          { label: text.what, header: true, cell: (row) => row.what },
          {
            label: text.address,
            cell: (row) =>
              row.path.includes('{') ? <code>{row.address}</code> : <a href={row.path}>{row.address}</a>,
          },
          { label: text.form, cell: (row) => row.form },
        ]}
      />
      <p class="al-small al-muted al-gap-3">{text.paging}</p>
    </Section>,
  )
}
