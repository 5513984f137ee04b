import { generateSpecs } from 'hono-openapi'
import type { App, Call } from '../../platform/http.ts'
import type { View } from '../../platform/view.ts'
import { page } from '../../web/layout.tsx'
import { LinkArrow } from '../../web/parts.tsx'
import { DataTable } from '../../web/table.tsx'
import { messages } from './messages.ts'

type Operation = {
  readonly method: string
  readonly path: string
  readonly room: string
  readonly summary: string
}

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
  const specification = once(() => generateSpecs(app, documentation))
  app.get('/api/v1/openapi.json', async (c) => c.json(await specification()))
  app.get('/api', async (c) => overview(c, operationsOf(await specification())))
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

function operationsOf(specification: { paths?: unknown }): readonly Operation[] {
  const paths = (specification.paths ?? {}) as Record<
    string,
    Record<string, { tags?: string[]; summary?: string }>
  >
  return Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        room: operation.tags?.[0] ?? path.split('/')[3] ?? '',
        summary: operation.summary ?? '',
      })),
    )
    .sort((a, b) => a.room.localeCompare(b.room) || a.path.localeCompare(b.path))
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

function Operations({ view, operations }: { view: View; operations: readonly Operation[] }) {
  const m = messages[view.locale]
  const rooms = [...new Set(operations.map((each) => each.room))]
  return (
    <div class="al-stack--l al-gap-4">
      {rooms.map((room) => (
        <section aria-labelledby={`room-${room}`}>
          <h3 class="kern-heading-medium" id={`room-${room}`}>
            {room}
          </h3>
          <DataTable
            view={view}
            caption={m.caption({ room })}
            quietCaption
            stack
            rows={operations.filter((each) => each.room === room)}
            columns={[
              {
                label: m.method,
                header: true,
                cell: (o) => <code class="al-mono">{`${o.method} ${o.path}`}</code>,
              },
              { label: m.does, cell: (o) => <span lang="en">{o.summary}</span> },
            ]}
          />
        </section>
      ))}
    </div>
  )
}
