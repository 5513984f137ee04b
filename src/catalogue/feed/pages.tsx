import type { App, Call } from '../../platform/http.ts'
import { page } from '../../web/layout.tsx'
import { DataTable } from '../../web/table.tsx'
import { Section } from '../../web/layout.tsx'
import { words } from '../messages.ts'
import { answerDocument } from './answer.ts'
import { feedAskedOf } from './asked.ts'
import { messages } from './messages.ts'
import type { RdfEnding } from './negotiate.ts'
import { endingNames, preferredForm, rdfForms } from './negotiate.ts'
import { catalogueRdf } from './service.ts'
import type { FeedKind } from './store.ts'

const paths: Readonly<Record<FeedKind, string>> = {
  open: '/catalog',
  protected: '/catalog/protected',
  partner: '/catalog/partner',
}

/** The feeds for machines and the page that explains them. */
export function feedPages(app: App): void {
  for (const kind of Object.keys(paths) as FeedKind[]) {
    app.get(paths[kind], (c) => negotiated(c, kind))
    for (const [name, ending] of Object.entries(endingNames))
      app.get(`${paths[kind]}.${name}`, (c) => feed(c, kind, { ending, name }))
  }
  app.get('/catalogue/feed', (c) => explain(c))
}

async function negotiated(c: Call, kind: FeedKind): Promise<Response> {
  c.header('vary', 'Accept')
  const accept = c.req.header('accept')
  const form = preferredForm(accept)
  if (form !== 'html') return feed(c, kind, { ending: form, name: form })
  // People are led to an explanation; machines that take anything get what harvesters of open data portals read.
  if (accept?.includes('text/html')) return c.redirect(c.get('view').href('/catalogue/feed'), 303)
  return feed(c, kind, { ending: 'rdf', name: 'rdf' })
}

type Named = { readonly ending: RdfEnding; readonly name: string }

async function feed(c: Call, kind: FeedKind, { ending, name }: Named): Promise<Response> {
  const ctx = c.get('ctx')
  const { format, type } = rdfForms[ending]
  const base = `${ctx.config.url}${paths[kind]}.${name}`
  const body = await catalogueRdf(ctx, feedAskedOf(c, kind), { format, base })
  return answerDocument(c, name === 'n3' ? 'text/n3' : type, body)
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
