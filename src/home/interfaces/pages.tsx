import { generateSpecs } from 'hono-openapi'
import type { App, Call } from '../../platform/http.ts'
import { general } from '../../platform/problem.ts'
import { page } from '../../web/layout.tsx'
import { LinkArrow } from '../../web/parts.tsx'
import { complete } from './complete.ts'
import { messages } from './messages.ts'
import type { Operation, Specification } from './operation.ts'
import { addressOf, operationsOf } from './operation.ts'
import { OperationView, Operations } from './views.tsx'

const documentation = {
  documentation: {
    info: {
      title: 'Allmende',
      version: '1',
      description: 'Questions, data, agreements, protected results and the register of a town.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
  },
}

/** The machine-readable description of the REST routes, and a page for people who want to use them. */
export function interfacePages(app: App): void {
  const specification = once(async () => complete((await generateSpecs(app, documentation)) as Specification))
  app.get('/api/v1/openapi.json', async (c) => c.json(await specification()))
  app.get('/api', async (c) => overview(c, operationsOf(await specification())))
  app.get('/api/calls/:id', async (c) => operationPage(c, await called(c, await specification())))
  app.get('/api/calls/:id/try', async (c) => {
    const operation = await called(c, await specification())
    // Only what can be asked without changing anything is tried with a click.
    if (operation.method !== 'GET') throw general.notFound()
    return c.redirect(addressOf(operation, c.req.query()), 303)
  })
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

async function called(c: Call, specification: Specification): Promise<Operation> {
  const found = operationsOf(specification).find((each) => each.id === c.req.param('id'))
  if (!found) throw general.notFound()
  return found
}

function operationPage(c: Call, operation: Operation): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  return page(
    c,
    {
      title: `${operation.method} ${operation.path}`,
      crumbs: [{ label: m.title, href: '/api' }, { label: operation.id }],
      lead: <span lang="en">{operation.summary}</span>,
      heading: 'x-large',
    },
    <OperationView view={view} operation={operation} base={c.get('ctx').config.url} />,
  )
}

function overview(c: Call, operations: readonly Operation[]): Promise<Response> {
  const view = c.get('view')
  const m = messages[view.locale]
  return page(
    c,
    { title: m.title, crumbs: [{ label: m.title }], lead: m.lead },
    <div class="al-stack--l">
      <section aria-labelledby="feeds">
        <h2 class="kern-heading-large" id="feeds">
          {m.feeds}
        </h2>
        <ul class="al-stack--s al-gap-3">
          <li>
            {m.catalogue}: <a href="/catalog.ttl">/catalog.ttl</a>, <a href="/catalog.rdf">/catalog.rdf</a>,{' '}
            <a href="/catalog.jsonld">/catalog.jsonld</a>
          </li>
          <li>
            {m.dataset}: <code class="al-mono">/catalogue/datasets/…</code>
          </li>
          <li>
            {m.ckan}: <a href="/api/3/action/package_search?rows=5">/api/3/action/package_search</a>
          </li>
          <li>
            {m.sitemap}: <a href="/sitemap.xml">/sitemap.xml</a>
          </li>
          <li>
            {m.register}: <a href="/transparency/register.json">/transparency/register.json</a>,{' '}
            <a href="/transparency/register.csv">/transparency/register.csv</a>
          </li>
        </ul>
      </section>
      <section aria-labelledby="rest">
        <h2 class="kern-heading-large" id="rest">
          {m.rest}
        </h2>
        <p class="al-w-prose al-gap-3">{m.restLead}</p>
        <LinkArrow href="/api/v1/openapi.json">{m.openapi}</LinkArrow>
        <Operations view={view} operations={operations} />
      </section>
    </div>,
  )
}
